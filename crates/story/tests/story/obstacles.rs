//! What stands in a unit's way: written, sent, passed up, answered, confirmed, opened again.

use directory::{Principal, Role, province};
use jiff::civil::date;
use plan::obstacles::{
    About, Answer, Ask, AskStep, Obstacle, ObstacleDraft, ObstacleStep, Overview, Rung, states,
};
use vocab::Id;

use crate::fixture::{Place, page, places, refusal, somebody, unit};

struct Cast {
    place: Place,
    /// The head of the unit that leads the target that stands still.
    lead: Principal,
    chairman: Principal,
    /// The head of a unit that has nothing to do with it.
    stranger: Principal,
    target: Id,
}

async fn casts(seed: u64) -> Vec<Cast> {
    let mut casts = Vec::new();
    for place in places(seed).await {
        let view = place.plans.view().await.unwrap().unwrap();
        let leading = unit(&place.plans, "Sở Công Thương").await;
        let other = unit(&place.plans, "Sở Tài chính").await;
        let target = view
            .targets
            .iter()
            .find(|target| target.reporters == [leading])
            .unwrap();
        casts.push(Cast {
            lead: somebody("lanhdaosct", Role::Head, leading),
            chairman: somebody("chutich", Role::Head, province()),
            stranger: somebody("nguoila", Role::Head, other),
            target: target.id,
            place,
        });
    }
    casts
}

impl Cast {
    fn draft(&self, of: Rung) -> ObstacleDraft {
        ObstacleDraft {
            about: About::Target(self.target),
            what: "Chưa được bố trí kinh phí (giả lập)".to_owned(),
            since: date(2023, 8, 1),
            asks: "Bố trí kinh phí hoặc giảm mục tiêu".to_owned(),
            of,
            evidence: Vec::new(),
        }
    }

    /// Written by the officer and sent by the head.
    async fn sent(&self, of: Rung) -> Obstacle {
        let place = &self.place;
        let officer = page(&place.officer);
        let begun = place
            .plans
            .begin_obstacle(&officer, None, place.unit, self.draft(of))
            .await
            .unwrap();
        let id = begun.record.id;
        let submitted = self.step(&place.officer, id, &ObstacleStep::Submit).await;
        assert_eq!(submitted.record.state, states::SUBMITTED);
        self.step(&place.head, id, &ObstacleStep::Send).await
    }

    async fn step(&self, by: &Principal, id: Id, step: &ObstacleStep) -> Obstacle {
        let known = self.place.plans.obstacle(by, id).await.unwrap();
        let caller = page(by);
        let plans = &self.place.plans;
        let stepped = plans.step_obstacle(&caller, id, known.record.version, step);
        stepped.await.unwrap()
    }

    /// The question that waits for somebody.
    async fn asked(&self, who: &Principal) -> Ask {
        let asks = self.place.plans.asks(who, None).await.unwrap();
        let waiting = asks
            .into_iter()
            .find(|ask| ask.waits() && ask.record.unit == who.grants[0].unit);
        waiting.unwrap()
    }

    async fn tasks(&self, who: &Principal, role: Role) -> Vec<String> {
        let registry = self.place.plans.registry();
        let tasks = registry.tasks(who, role, None, 20).await.unwrap();
        tasks.items.into_iter().map(|task| task.name).collect()
    }
}

fn answer(said: &str) -> AskStep {
    AskStep::Answer(Answer {
        said: said.to_owned(),
        by: Some(date(2023, 9, 30)),
    })
}

#[tokio::test]
async fn an_obstacle_climbs_the_ladder_and_comes_back_answered() {
    for cast in casts(311).await {
        let (place, plans) = (&cast.place, &cast.place.plans);
        let sent = cast.sent(Rung::Lead).await;
        let id = sent.record.id;
        assert_eq!(sent.record.state, states::ASKED, "{}", place.name);
        // Five working days after Monday, 14 August.
        assert_eq!(sent.body.last().unwrap().due_on, date(2023, 8, 21));
        // The lead has the task, passes it up; so does the coordinator.
        assert_eq!(cast.tasks(&cast.lead, Role::Head).await, ["answer"]);
        let up = AskStep::Escalate("Vượt thẩm quyền".to_owned());
        for (who, role) in [
            (&cast.lead, Role::Head),
            (&place.coordinator, Role::Coordinator),
        ] {
            let ask = cast.asked(who).await;
            let caller = page(who);
            let done = plans.step_ask(&caller, ask.record.id, ask.record.version, &up);
            assert!(!done.await.unwrap().waits(), "{}", place.name);
            assert!(cast.tasks(who, role).await.is_empty(), "{}", place.name);
        }
        let ask = cast.asked(&cast.chairman).await;
        assert_eq!(ask.body.rung, Rung::Chairman);
        // Above the chairman stands nobody.
        let by = page(&cast.chairman);
        let refused = plans
            .step_ask(&by, ask.record.id, ask.record.version, &up)
            .await;
        assert_eq!(refusal(refused).0, "obstacle-highest", "{}", place.name);
        let said = answer("Giảm mục tiêu");
        let done = plans.step_ask(&by, ask.record.id, ask.record.version, &said);
        done.await.unwrap();
        let known = plans.obstacle(&place.officer, id).await.unwrap();
        assert_eq!(known.record.state, states::ANSWERED);
        assert!(known.body.was_escalated() && known.body.rungs.len() == 3);
        assert_eq!(known.body.answer().unwrap().said, "Giảm mục tiêu");
        assert_eq!(cast.tasks(&place.officer, Role::Officer).await, ["confirm"]);
        // Not solved: whoever answered is asked again, then it is.
        let reopen = ObstacleStep::Reopen("Chưa có văn bản".to_owned());
        let reopened = cast.step(&place.officer, id, &reopen).await;
        assert_eq!(reopened.body.last().unwrap().rung, Rung::Chairman);
        let all = plans.obstacles(&place.coordinator, None).await.unwrap();
        let overview = Overview::of(&all, date(2023, 9, 30));
        assert_eq!(
            (
                overview.open,
                overview.waiting,
                overview.escalated,
                overview.overdue
            ),
            (1, 1, 1, 1),
            "{}",
            place.name
        );
        let ask = cast.asked(&cast.chairman).await;
        let said = answer("Đã ban hành");
        let done = plans.step_ask(&by, ask.record.id, ask.record.version, &said);
        done.await.unwrap();
        let solved = cast.step(&place.officer, id, &ObstacleStep::Solve).await;
        assert_eq!(solved.record.state, states::SOLVED);
        assert_eq!(solved.body.solved_on, Some(date(2023, 8, 14)));
        assert!(cast.tasks(&place.officer, Role::Officer).await.is_empty());
    }
}

#[tokio::test]
async fn who_sees_and_does_what_follows_the_units() {
    for cast in casts(312).await {
        let (place, plans) = (&cast.place, &cast.place.plans);
        let officer = page(&place.officer);
        let begun = plans
            .begin_obstacle(&officer, None, place.unit, cast.draft(Rung::Lead))
            .await
            .unwrap();
        let id = begun.record.id;
        // A draft is the unit's own; another unit writes none for it.
        for who in [&cast.lead, &place.coordinator, &cast.stranger] {
            assert!(plans.obstacle(who, id).await.is_err(), "{}", place.name);
            let foreign = plans
                .begin_obstacle(&page(who), None, place.unit, cast.draft(Rung::Lead))
                .await;
            assert!(foreign.is_err(), "{}", place.name);
        }
        cast.step(&place.officer, id, &ObstacleStep::Submit).await;
        // The officer does not send what only the head sends.
        let own = plans
            .step_obstacle(&officer, id, 2, &ObstacleStep::Send)
            .await;
        assert!(own.is_err(), "{}", place.name);
        let back = ObstacleStep::SendBack("Nêu rõ số tiền".to_owned());
        cast.step(&place.head, id, &back).await;
        assert_eq!(cast.tasks(&place.officer, Role::Officer).await, ["correct"]);
        cast.step(&place.officer, id, &ObstacleStep::Submit).await;
        cast.step(&place.head, id, &ObstacleStep::Send).await;
        // Sent: the coordinator sees it, the lead its question, a stranger nothing.
        assert!(plans.obstacle(&place.coordinator, id).await.is_ok());
        assert!(plans.obstacle(&cast.lead, id).await.is_err());
        let told = |who| plans.told_of(who, cast.target);
        assert_eq!(told(&cast.lead).await.unwrap().len(), 1, "{}", place.name);
        assert!(told(&cast.stranger).await.unwrap().is_empty());
        let anybody = Principal::public();
        assert!(told(&anybody).await.unwrap().is_empty(), "{}", place.name);
        // Nobody answers for another body, nor the unit for itself.
        let ask = cast.asked(&cast.lead).await;
        for who in [&cast.stranger, &place.head, &place.coordinator] {
            let (caller, said) = (page(who), answer("Được"));
            let foreign = plans.step_ask(&caller, ask.record.id, 1, &said);
            assert!(foreign.await.is_err(), "{}", place.name);
        }
        let empty = plans
            .step_ask(&page(&cast.lead), ask.record.id, 1, &answer(" "))
            .await;
        assert_eq!(
            refusal(empty).1.unwrap(),
            ("said".to_owned(), "field-required".to_owned())
        );
    }
}

#[tokio::test]
async fn the_periodic_report_tells_of_what_was_sent() {
    for cast in casts(313).await {
        let (place, plans) = (&cast.place, &cast.place.plans);
        cast.sent(Rung::Coordinator).await;
        let ask = cast.asked(&place.coordinator).await;
        let by = page(&place.coordinator);
        plans
            .step_ask(&by, ask.record.id, 1, &answer("Điều chỉnh trong quý IV"))
            .await
            .unwrap();
        for (quarter, tells) in [(2, false), (3, true)] {
            let period = vocab::Period::quarter(2023, quarter).unwrap();
            let report = plans.begin_periodic_report(&by, period).await.unwrap();
            let mut sections = report.sections.iter();
            let section = sections
                .find(|section| section.body.key.ends_with("/vuong-mac"))
                .unwrap();
            let text = &section.body.text;
            let said = text.contains("Chưa được bố trí kinh phí (giả lập)")
                && text.contains("Sở Nội vụ")
                && text.contains("Điều chỉnh trong quý IV, thực hiện trước ngày 30/09/2023");
            assert_eq!(said, tells, "{} {quarter}: {text}", place.name);
        }
    }
}
