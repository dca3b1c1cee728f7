//! What partners say of a report: asked, answered, waited for, closed, asked again.

use directory::{Grant, NewAccount, Principal, Role};
use jiff::civil::date;
use plan::opinions::{Opinion, OpinionAnswer, OpinionAsking, Round, Stance, states};
use plan::{NOTIFY, OPINION, PlanError, ReportStep};
use registry::{Evidence, RegistryError};
use vocab::Id;

use crate::fixture::{Place, keyed, page, places, refusal, somebody, unit};

struct Cast {
    place: Place,
    /// Two partners of the target, and the units that they act for.
    industry: Principal,
    finance: Principal,
    /// Somebody of a unit that nobody asks.
    stranger: Principal,
    report: Id,
}

async fn account(place: &Place, login: &str, role: Role, unit: Id) -> Principal {
    let directory = place.plans.registry().directory();
    let new = NewAccount {
        login: login.to_owned(),
        name: format!("Bà {login}"),
        password: "gió đưa cành trúc la đà".to_owned(),
        grants: vec![Grant::new(role, unit)],
        demo: false,
    };
    let actor = Principal::system().actor("cli", Id::NIL);
    let made = directory.create_account(&actor, new).await.unwrap();
    made.principal()
}

/// A report that the head of the unit has approved: version 3.
async fn casts(seed: u64) -> Vec<Cast> {
    let mut casts = Vec::new();
    for place in places(seed).await {
        let of = async |name| unit(&place.plans, name).await;
        let (industry, finance) = (of("Sở Công Thương").await, of("Sở Tài chính").await);
        let health = of("Sở Y tế").await;
        let report = place
            .plans
            .begin_report(&page(&place.officer), place.draft(80, 100))
            .await
            .unwrap();
        let cast = Cast {
            industry: account(&place, "canbo.sct", Role::Officer, industry).await,
            finance: account(&place, "lanhdao.stc", Role::Head, finance).await,
            stranger: somebody("nguoila", Role::Officer, health),
            report: report.record.id,
            place,
        };
        cast.step(&cast.place.officer, ReportStep::Submit).await;
        cast.step(&cast.place.head, ReportStep::Approve).await;
        casts.push(cast);
    }
    casts
}

impl Cast {
    async fn version(&self) -> i64 {
        let found = self.place.plans.registry().find("observation", self.report);
        found.await.unwrap().unwrap().version
    }

    async fn step(&self, who: &Principal, step: ReportStep) {
        self.try_step(who, step).await.unwrap();
    }

    async fn try_step(&self, who: &Principal, step: ReportStep) -> Result<plan::Report, PlanError> {
        let (version, plans) = (self.version().await, &self.place.plans);
        plans
            .step_report(&page(who), self.report, version, &step)
            .await
    }

    fn units(&self, who: &[&Principal]) -> OpinionAsking {
        OpinionAsking {
            units: who.iter().map(|who| who.grants[0].unit).collect(),
            due_on: self.place.plans.opinions_due().unwrap(),
        }
    }

    async fn ask(&self, by: &Principal, whom: &[&Principal]) -> Round {
        self.try_ask(by, &self.units(whom)).await.unwrap()
    }

    async fn try_ask(&self, by: &Principal, asking: &OpinionAsking) -> Result<Round, PlanError> {
        let (version, plans) = (self.version().await, &self.place.plans);
        plans
            .ask_opinions(&page(by), self.report, version, asking)
            .await
    }

    async fn opinion(&self, who: &Principal) -> Opinion {
        let round = self.round().await;
        let unit = who.grants[0].unit;
        let mut asked = round.body.asked.iter();
        let id = asked.find(|heard| heard.unit == unit).unwrap().opinion;
        self.place.plans.opinion(who, id).await.unwrap()
    }

    async fn give(&self, who: &Principal, stance: Stance, said: &str) -> Opinion {
        self.try_give(who, stance, said, Vec::new()).await.unwrap()
    }

    async fn try_give(
        &self,
        who: &Principal,
        stance: Stance,
        said: &str,
        files: Vec<Evidence>,
    ) -> Result<Opinion, PlanError> {
        let known = self.opinion(who).await.record;
        let answer = OpinionAnswer {
            stance,
            said: said.to_owned(),
            files,
        };
        let plans = &self.place.plans;
        plans
            .give_opinion(&page(who), known.id, known.version, &answer)
            .await
    }

    async fn round(&self) -> Round {
        let plans = &self.place.plans;
        let round = plans.opinion_round(&self.place.officer, self.report).await;
        round.unwrap().unwrap()
    }

    async fn close(&self, who: &Principal, reason: &str) -> Result<Round, PlanError> {
        let version = self.round().await.record.version;
        let plans = &self.place.plans;
        plans
            .close_opinions(&page(who), self.report, version, reason)
            .await
    }

    /// The figure that the unit corrects it to once it is sent back, handed in and approved.
    async fn corrected(&self, numerator: i64) {
        let place = &self.place;
        let (version, draft) = (self.version().await, place.draft(numerator, 100));
        let officer = page(&place.officer);
        let edited = place
            .plans
            .edit_report(&officer, self.report, version, draft);
        edited.await.unwrap();
        self.step(&place.officer, ReportStep::Submit).await;
        self.step(&place.head, ReportStep::Approve).await;
    }

    async fn tasks(&self, who: &Principal, role: Role) -> Vec<String> {
        let registry = self.place.plans.registry();
        let tasks = registry.tasks(who, role, None, 20).await.unwrap();
        tasks.items.into_iter().map(|task| task.name).collect()
    }

    /// Does the jobs that wait; what somebody was told by them.
    async fn told(&self, who: &Principal) -> Vec<String> {
        let plans = &self.place.plans;
        let store = plans.registry().store();
        let worker = store.context().new_id();
        for job in store.lease_jobs(worker, 50, 60).await.unwrap() {
            assert_eq!(job.kind, NOTIFY);
            plans.notify(&job, worker).await.unwrap();
        }
        let notices = plans.notices(who, 50).await.unwrap();
        notices
            .into_iter()
            .rev()
            .map(|notice| notice.step)
            .collect()
    }
}

fn denied<T: std::fmt::Debug>(result: Result<T, PlanError>) {
    match result.unwrap_err() {
        PlanError::Registry(RegistryError::Refused(problem)) => {
            assert_eq!(problem.status, 403, "{problem}");
        }
        PlanError::Registry(RegistryError::NotFound { .. }) => {}
        other => panic!("not denied: {other}"),
    }
}

#[tokio::test]
async fn a_report_waits_for_its_partners_until_they_have_spoken() {
    for cast in casts(331).await {
        let place = &cast.place;
        let round = cast
            .ask(&place.officer, &[&cast.industry, &cast.finance])
            .await;
        assert!(round.is_open() && !round.body.coordinated, "{}", place.name);
        // Five working days after Monday, 14 August.
        assert_eq!(round.body.asked[0].due_on, date(2023, 8, 21));
        assert_eq!(cast.tasks(&cast.industry, Role::Officer).await, ["answer"]);
        assert_eq!(cast.tasks(&cast.finance, Role::Head).await, ["answer"]);
        let refused = cast
            .try_step(&place.coordinator, ReportStep::Consolidate)
            .await;
        assert_eq!(refusal(refused).0, "opinions-waited-for", "{}", place.name);

        let given = cast.give(&cast.industry, Stance::Agree, "").await;
        assert_eq!(given.record.state, states::ANSWERED);
        assert!(cast.tasks(&cast.industry, Role::Officer).await.is_empty());
        let refused = cast
            .try_step(&place.coordinator, ReportStep::Consolidate)
            .await;
        assert_eq!(refusal(refused).0, "opinions-waited-for", "{}", place.name);
        // Whoever does not agree says why.
        for stance in [Stance::Disagree, Stance::Remarks] {
            let wordless = cast.try_give(&cast.finance, stance, " ", Vec::new()).await;
            let at = ("said".to_owned(), "opinions-words".to_owned());
            assert_eq!(refusal(wordless).1.unwrap(), at, "{}", place.name);
        }
        let file = place.evidence(&cast.finance, b"cong van").await;
        let files = vec![file.clone()];
        let said = "Thiếu hai đơn vị sự nghiệp";
        cast.try_give(&cast.finance, Stance::Disagree, said, files)
            .await
            .unwrap();
        // May be said otherwise; both versions are kept, and the lead sees the last one.
        cast.give(&cast.industry, Stance::Remarks, "Nên nêu cách đếm")
            .await;
        let history = place
            .plans
            .registry()
            .history(
                &cast.industry,
                OPINION,
                &cast.opinion(&cast.industry).await.record,
                20,
            )
            .await
            .unwrap();
        let actions: Vec<&str> = history.iter().map(|one| one.action.as_str()).collect();
        assert_eq!(actions, ["answer", "answer", "create"], "{}", place.name);
        let round = cast.round().await;
        let stances: Vec<Stance> = round
            .body
            .asked
            .iter()
            .filter_map(|heard| Some(heard.given.as_ref()?.stance))
            .collect();
        assert_eq!(stances, [Stance::Remarks, Stance::Disagree]);
        assert_eq!(round.body.files, [file]);
        assert_eq!(cast.told(&place.officer).await, ["opinion-given"; 3]);

        // Everybody spoke: consolidating closes the asking, and the way names what was said.
        cast.step(&place.coordinator, ReportStep::Consolidate).await;
        assert_eq!(cast.round().await.record.state, states::CLOSED);
        let late = cast
            .try_give(&cast.finance, Stance::Agree, "", Vec::new())
            .await;
        assert_eq!(refusal(late).0, "opinions-closed", "{}", place.name);
        let view = place.plans.view().await.unwrap().unwrap();
        let target = view.target(place.number).unwrap();
        let said_in = async |reader: &Principal| {
            let way = place.plans.way_of_target(reader, target).await.unwrap();
            let opinions = way.into_iter().filter(|step| step.action == "opinion");
            opinions
                .map(|step| step.opinion.unwrap())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            said_in(&place.coordinator).await,
            [(Stance::Remarks, false), (Stance::Disagree, false)],
            "{}",
            place.name
        );
        assert!(said_in(&Principal::public()).await.is_empty());
        let report = place
            .plans
            .report(&place.officer, cast.report)
            .await
            .unwrap();
        let way = place.plans.way_of_report(&place.officer, &report).await;
        let way = way.unwrap();
        let done: Vec<&str> = way.iter().map(|step| step.action.as_str()).collect();
        assert_eq!(
            done,
            [
                "consolidate",
                "opinion",
                "opinion",
                "ask_opinions",
                "approve",
                "submit",
                "create"
            ]
        );
    }
}

#[tokio::test]
async fn nobody_waits_longer_than_the_day_or_a_reason() {
    for cast in casts(332).await {
        let place = &cast.place;
        cast.ask(&place.head, &[&cast.industry, &cast.finance])
            .await;
        cast.give(&cast.industry, Stance::Agree, "").await;
        let reasonless = cast.close(&place.officer, " ").await;
        assert_eq!(
            refusal(reasonless).1.unwrap(),
            ("reason".to_owned(), "field-required".to_owned())
        );
        let closed = cast.close(&place.officer, "Cần số liệu hôm nay").await;
        let closed = closed.unwrap();
        assert_eq!(closed.body.closed.unwrap().reason, "Cần số liệu hôm nay");
        // What was given stays; what was not is not given any more.
        assert!(cast.tasks(&cast.finance, Role::Head).await.is_empty());
        for who in [&cast.industry, &cast.finance] {
            let late = cast.try_give(who, Stance::Agree, "", Vec::new()).await;
            assert_eq!(refusal(late).0, "opinions-closed", "{}", place.name);
        }
        // Asked again, the coordinator waits for the day to pass, and no longer.
        let again = cast.ask(&place.coordinator, &[&cast.finance]).await;
        assert!(again.is_open() && again.body.coordinated && again.body.closed.is_none());
        let theirs = cast.close(&place.officer, "Không chờ nữa").await;
        assert_eq!(refusal(theirs).0, "opinions-coordinators", "{}", place.name);
        let refused = cast
            .try_step(&place.coordinator, ReportStep::Consolidate)
            .await;
        assert_eq!(refusal(refused).0, "opinions-waited-for", "{}", place.name);
        let after = vocab::calendar::end_of_day(date(2023, 8, 21)).plus_seconds(60);
        place.clock.set(after);
        cast.step(&place.coordinator, ReportStep::Consolidate).await;
        let round = cast.round().await;
        assert!(round.body.asked.iter().all(|heard| !heard.waits));
        // Part of the public figure, nobody is asked about it.
        let late = cast
            .try_ask(&place.coordinator, &cast.units(&[&cast.finance]))
            .await;
        assert_eq!(refusal(late).0, "opinions-not-yet", "{}", place.name);
    }
}

#[tokio::test]
async fn another_figure_makes_opinions_stale_and_asks_again() {
    for cast in casts(333).await {
        let place = &cast.place;
        cast.ask(&place.officer, &[&cast.industry, &cast.finance])
            .await;
        cast.give(&cast.industry, Stance::Disagree, "Đếm thừa 3 người")
            .await;
        let back = || ReportStep::SendBack("Xem lại theo góp ý".to_owned());
        cast.step(&place.coordinator, back()).await;
        // The same figure with other words about it asks nobody anew, and is shown.
        let (version, mut draft) = (cast.version().await, place.draft(80, 100));
        draft.note = "Đã đối chiếu".to_owned();
        draft.evidence = vec![place.evidence(&place.officer, b"danh sach").await];
        let officer = page(&place.officer);
        let edited = place
            .plans
            .edit_report(&officer, cast.report, version, draft);
        edited.await.unwrap();
        cast.step(&place.officer, ReportStep::Submit).await;
        let shown = cast.opinion(&cast.industry).await;
        assert_eq!(shown.record.state, states::ANSWERED, "{}", place.name);
        assert_eq!(
            (shown.body.note.as_str(), shown.body.evidence.len()),
            ("Đã đối chiếu", 1)
        );
        cast.step(&place.head, ReportStep::Approve).await;
        cast.step(&place.coordinator, back()).await;
        place
            .clock
            .set(vocab::calendar::end_of_day(date(2023, 8, 20)));
        cast.corrected(77).await;

        let round = cast.round().await;
        assert!(
            round.body.asked.iter().all(|heard| heard.waits),
            "{}",
            place.name
        );
        let stale = cast.opinion(&cast.industry).await;
        assert!(stale.waits() && stale.is_stale());
        assert_eq!(stale.body.figure.numerator, Some(77));
        // Three working days from Monday, 21 August.
        assert_eq!(stale.body.due_on, date(2023, 8, 24));
        assert_eq!(cast.tasks(&cast.industry, Role::Officer).await, ["answer"]);
        assert_eq!(cast.told(&cast.industry).await, ["opinion-again"]);
        // Whoever had not spoken yet has the new figure, and one task.
        assert_eq!(cast.tasks(&cast.finance, Role::Head).await, ["answer"]);
        assert_eq!(
            cast.opinion(&cast.finance).await.body.figure.numerator,
            Some(77)
        );
        let refused = cast
            .try_step(&place.coordinator, ReportStep::Consolidate)
            .await;
        assert_eq!(refusal(refused).0, "opinions-waited-for", "{}", place.name);
        cast.give(&cast.industry, Stance::Agree, "").await;
        cast.give(&cast.finance, Stance::Agree, "").await;
        cast.step(&place.coordinator, ReportStep::Consolidate).await;

        // Once the asking is closed, who spoke of another figure is told and not asked.
        cast.step(&place.coordinator, back()).await;
        cast.corrected(76).await;
        assert_eq!(cast.round().await.record.state, states::CLOSED);
        let stale = cast.opinion(&cast.finance).await;
        assert!(stale.is_stale() && !stale.waits(), "{}", place.name);
        assert_eq!(cast.told(&cast.finance).await, ["opinion-changed"]);
        cast.step(&place.coordinator, ReportStep::Consolidate).await;
        let view = place.plans.view().await.unwrap().unwrap();
        let target = view.target(place.number).unwrap();
        let way = place
            .plans
            .way_of_target(&place.head, target)
            .await
            .unwrap();
        let stale = way.iter().filter_map(|step| step.opinion);
        assert!(
            stale.map(|(_, stale)| stale).eq([true, true]),
            "{}",
            place.name
        );
    }
}

#[tokio::test]
async fn who_asks_and_who_answers_follows_the_units() {
    for cast in casts(334).await {
        let (place, plans) = (&cast.place, &cast.place.plans);
        let asking = cast.units(&[&cast.industry]);
        for who in [&cast.industry, &cast.stranger] {
            denied(cast.try_ask(who, &asking).await);
        }
        let field = |result| refusal::<Round>(result).1.unwrap();
        let problem = |name: &str, code: &str| (name.to_owned(), code.to_owned());
        let nobody = OpinionAsking {
            units: Vec::new(),
            ..asking.clone()
        };
        let refused = cast.try_ask(&place.officer, &nobody).await;
        assert_eq!(field(refused), problem("units", "opinions-nobody"));
        // Not the unit itself, nor one of which nobody has an account.
        for unit in [place.unit, cast.stranger.grants[0].unit] {
            let other = OpinionAsking {
                units: vec![unit],
                ..asking.clone()
            };
            let refused = cast.try_ask(&place.officer, &other).await;
            assert_eq!(field(refused), problem("units", "choice-unknown"));
        }
        for (day, code) in [
            (date(2023, 8, 13), "opinions-day-past"),
            (date(2024, 8, 13), "opinions-day-far"),
        ] {
            let other = OpinionAsking {
                due_on: day,
                ..asking.clone()
            };
            let refused = cast.try_ask(&place.officer, &other).await;
            assert_eq!(field(refused), problem("due", code), "{}", place.name);
        }
        // Sent twice, asked once; the report moved on for whoever read it before.
        let version = cast.version().await;
        for _ in 0..2 {
            let by = keyed(&place.officer, "hoi", 1);
            let asked = plans.ask_opinions(&by, cast.report, version, &asking).await;
            assert_eq!(asked.unwrap().record.version, 1, "{}", place.name);
        }
        let consolidating = plans
            .step_report(
                &page(&place.coordinator),
                cast.report,
                version,
                &ReportStep::Consolidate,
            )
            .await;
        assert!(matches!(
            consolidating,
            Err(PlanError::Registry(RegistryError::Conflict { .. }))
        ));
        let refused = cast.try_ask(&place.officer, &asking).await;
        assert_eq!(field(refused), problem("units", "opinions-asked-before"));

        // The opinion is the partner's own: seen by those who follow all units, by the lead in
        // its asking, by nobody else.
        let opinion = cast.opinion(&cast.industry).await.record;
        for who in [
            &place.officer,
            &cast.finance,
            &cast.stranger,
            &Principal::public(),
        ] {
            assert!(plans.opinion(who, opinion.id).await.is_err());
        }
        assert!(plans.opinion(&place.coordinator, opinion.id).await.is_ok());
        let seen = async |who| plans.opinion_round(who, cast.report).await.unwrap();
        assert!(seen(&place.head).await.is_some() && seen(&place.coordinator).await.is_some());
        for who in [&cast.industry, &cast.stranger, &Principal::public()] {
            assert!(seen(who).await.is_none(), "{}", place.name);
        }
        // Nobody answers for a partner, nor closes another unit's asking.
        let agrees = OpinionAnswer {
            stance: Stance::Agree,
            said: String::new(),
            files: Vec::new(),
        };
        for who in [&place.officer, &place.coordinator, &cast.finance] {
            denied(plans.give_opinion(&page(who), opinion.id, 1, &agrees).await);
        }
        for who in [&cast.industry, &cast.stranger] {
            denied(
                plans
                    .close_opinions(&page(who), cast.report, 1, "Thôi")
                    .await,
            );
        }
        // A file that somebody else sent is not theirs to attach.
        let foreign = place.evidence(&place.officer, b"khong phai cua minh").await;
        let taken = cast
            .try_give(&cast.industry, Stance::Agree, "", vec![foreign])
            .await;
        assert!(taken.is_err(), "{}", place.name);
        let round = cast.round().await;
        assert!(round.body.asked[0].waits && round.body.files.is_empty());
    }
}
