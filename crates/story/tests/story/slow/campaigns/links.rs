//! A body without accounts fills in its sheet by a link that ends.

use std::collections::BTreeSet;

use directory::{Act, Device, Principal, Role};
use plan::campaigns::links::{LinkDraft, LinkStanding, LinkVisit, came_by_link};
use plan::campaigns::{Campaign, LineEdit, Sheet, SheetStep, Stage, Which};
use plan::{OBSERVATION, Plans, ReportStep};
use registry::Caller;
use vocab::{Id, Instant, Lang};

use super::{CampaignDraft, code, day, draft, value};
use crate::fixture::{Place, page, places};

/// A browser of the body.
fn phone() -> Device {
    Device {
        agent: "an old phone".to_owned(),
        address: "10.3.2.1".to_owned(),
        known: String::new(),
    }
}

/// A campaign for the period before that and this one of a body; nobody has an account there.
async fn opened(place: &Place) -> Campaign {
    let one = draft(Which::Numbers(vec![place.number]));
    let by = page(&place.coordinator);
    place.plans.open_campaign(&by, one).await.unwrap()
}

fn until(ends_on: &str, version: i64) -> LinkDraft {
    LinkDraft {
        version,
        ends_on: day(ends_on),
        email: String::new(),
    }
}

/// Makes a link that lasts until the middle of September.
async fn made(place: &Place, campaign: &Campaign, version: i64) -> String {
    let by = page(&place.coordinator);
    let draft = until("2023-09-15", version);
    let made = place
        .plans
        .make_sheet_link(&by, campaign.record.id, place.unit, &draft);
    made.await.unwrap().1
}

async fn follow(plans: &Plans, secret: &str) -> Result<LinkVisit, plan::PlanError> {
    plans.follow_sheet_link(secret, &phone()).await
}

fn through(visit: &LinkVisit) -> Caller {
    Caller::new(visit.principal.clone(), "link", Id::NIL)
}

async fn its_sheet(place: &Place, visit: &LinkVisit) -> Sheet {
    let sheet = place
        .plans
        .sheet(&visit.principal, visit.campaign, visit.unit);
    sheet.await.unwrap()
}

/// Enters a value in every open line and hands the sheet in.
async fn hand_in(place: &Place, visit: &LinkVisit, numerator: i64) -> Sheet {
    let (plans, by) = (&place.plans, through(visit));
    let sheet = its_sheet(place, visit).await;
    let open = sheet.lines.iter().filter(|line| line.is_open());
    let edits: Vec<LineEdit> = open.map(|line| value(line, numerator)).collect();
    let saved = plans.save_sheet(&by, visit.campaign, visit.unit, &edits);
    let saved = saved.await.unwrap();
    assert_eq!((saved.problems, saved.conflicts), (vec![], vec![]));
    let version = sheet.record.version;
    let step = SheetStep::HandIn;
    let done = plans.step_sheet(&by, visit.campaign, visit.unit, version, &step);
    done.await.unwrap();
    its_sheet(place, visit).await
}

#[tokio::test]
async fn a_sheet_goes_by_its_link_comes_back_and_counts() {
    for place in places(91).await {
        let plans = &place.plans;
        let campaign = opened(&place).await;
        let id = campaign.record.id;
        let secret = made(&place, &campaign, 0).await;
        let visit = follow(plans, &secret).await.unwrap();
        assert_eq!((visit.unit, visit.campaign), (place.unit, id));

        let mut sheet = its_sheet(&place, &visit).await;
        plans
            .mark_opened(&through(&visit), &mut sheet)
            .await
            .unwrap();
        // A body has nobody who approves: what it hands in waits for the coordinator.
        let early = SheetStep::Submit;
        let by = through(&visit);
        let refused = plans.step_sheet(&by, id, place.unit, 2, &early).await;
        assert_eq!(code(refused), "role-missing", "{}", place.name);
        let empty = plans
            .step_sheet(&by, id, place.unit, 2, &SheetStep::HandIn)
            .await;
        assert_eq!(code(empty), "invalid-fields");
        let sheet = hand_in(&place, &visit, 60).await;
        assert_eq!(sheet.record.state, "approved");
        assert!(came_by_link(&sheet.record));
        let again = plans.save_sheet(&by, id, place.unit, &[]).await;
        assert_eq!(code(again), "sheet-handed-in");

        // Its reports come back through the sheet, never alone.
        let report = sheet.lines[0].report.clone().unwrap();
        assert_eq!(report.record.state, "approved");
        let back = ReportStep::SendBack("Chưa đúng kỳ".to_owned());
        let coordinator = page(&place.coordinator);
        let alone = plans
            .step_report(&coordinator, report.record.id, report.record.version, &back)
            .await;
        assert_eq!(code(alone), "came-by-link");
        let reopen = SheetStep::Reopen {
            reason: "Chưa đúng kỳ".to_owned(),
            back: sheet.lines.iter().map(|line| line.indicator).collect(),
        };
        let version = sheet.record.version;
        plans
            .step_sheet(&coordinator, id, place.unit, version, &reopen)
            .await
            .unwrap();
        let sheet = hand_in(&place, &visit, 61).await;
        let version = sheet.record.version;
        plans
            .step_sheet(
                &coordinator,
                id,
                place.unit,
                version,
                &SheetStep::Consolidate,
            )
            .await
            .unwrap();
        let rows = plans
            .campaign_rows(&place.coordinator, &campaign)
            .await
            .unwrap();
        assert_eq!(rows[0].stage, Stage::Consolidated);

        // The way of the public figure says how it came.
        let view = plans.view().await.unwrap().unwrap();
        let target = view.target(place.number).unwrap();
        let public = Principal::public();
        let way = plans.way_of_target(&public, target);
        let way = way.await.unwrap();
        let steps: BTreeSet<&str> = way.iter().map(|step| step.action.as_str()).collect();
        assert_eq!(steps, BTreeSet::from(["hand_in", "consolidate"]));
        let handed = way.iter().find(|step| step.action == "hand_in").unwrap();
        assert_eq!((handed.acted_for, handed.person.as_str()), (place.unit, ""));
        assert_eq!(
            plans.body_of_link(handed.actor).await.unwrap(),
            Some(place.unit)
        );
    }
}

#[tokio::test]
async fn a_link_ends_is_withdrawn_and_is_replaced() {
    for place in places(92).await {
        let plans = &place.plans;
        let campaign = opened(&place).await;
        let (id, unit) = (campaign.record.id, place.unit);
        let by = page(&place.coordinator);
        // By default it outlasts the day for handing in; it never lasts for ever.
        assert_eq!(plans.link_end(&campaign).unwrap(), day("2023-09-04"));
        for (ends_on, field) in [("2023-08-13", "past"), ("2023-11-22", "late")] {
            let draft = until(ends_on, 0);
            let refused = plans.make_sheet_link(&by, id, unit, &draft).await;
            assert_eq!(code(refused), "invalid-fields", "{field}");
        }
        for who in [&place.officer, &place.head] {
            let draft = until("2023-09-15", 0);
            let refused = plans.make_sheet_link(&page(who), id, unit, &draft).await;
            assert_eq!(code(refused), "role-missing");
        }
        let one = made(&place, &campaign, 0).await;
        assert!(follow(plans, &one).await.is_ok());
        for none in ["", "x", &one[1..], &format!("{one}a"), &"A".repeat(43)] {
            assert_eq!(code(follow(plans, none).await), "sheet-link-void");
        }

        // What was stored opens nothing, and the secret stands nowhere.
        let links = plans.sheet_links(&place.coordinator, id).await.unwrap();
        let kept = serde_json::to_string(&links[&unit].record.body).unwrap();
        assert!(!kept.contains(&one));
        let digest = links[&unit].body.digest.clone();
        assert_eq!(code(follow(plans, &digest).await), "sheet-link-void");
        assert!(
            plans
                .sheet_links(&place.officer, id)
                .await
                .unwrap()
                .is_empty()
        );

        // Of two who make it anew at once, one is told that it was made meanwhile.
        let (draft, other) = (until("2023-09-15", 1), until("2023-09-14", 1));
        let (first, second) = tokio::join!(
            plans.make_sheet_link(&by, id, unit, &draft),
            plans.make_sheet_link(&by, id, unit, &other),
        );
        let mut made = [first, second].into_iter().filter_map(Result::ok);
        let (link, two) = made.next().unwrap();
        assert!(made.next().is_none(), "{}", place.name);
        assert_eq!(code(follow(plans, &one).await), "sheet-link-void");
        let visit = follow(plans, &two).await.unwrap();

        let version = link.record.version;
        let withdrawn = plans.withdraw_sheet_link(&by, id, unit, version).await;
        let withdrawn = withdrawn.unwrap().unwrap();
        let now = plans.registry().store().context().now();
        assert_eq!(withdrawn.standing(now), LinkStanding::Withdrawn);
        assert_eq!(code(follow(plans, &two).await), "sheet-link-void");
        let actions =
            plans
                .registry()
                .history(&place.coordinator, plan::SHEET_LINK, &withdrawn.record, 10);
        let actions = actions.await.unwrap();
        let actions: Vec<&str> = actions.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["withdraw", "renew", "create"]);

        let three = self::made(&place, &campaign, withdrawn.record.version).await;
        assert!(follow(plans, &three).await.is_ok());
        // Until the end of its last day, not a moment longer.
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_microsecond();
        let moment = |text| Instant::from_micros(at(text));
        place.clock.set(moment("2023-09-15T23:59:00+07:00"));
        assert!(follow(plans, &three).await.is_ok());
        place.clock.set(moment("2023-09-16T00:00:00+07:00"));
        assert_eq!(code(follow(plans, &three).await), "sheet-link-void");
        drop(visit);
    }
}

#[tokio::test]
async fn a_link_reaches_its_own_sheet_alone() {
    for place in places(93).await {
        let plans = &place.plans;
        let campaign = opened(&place).await;
        // Another call: for another quarter, and one for the same with other targets.
        let by = page(&place.coordinator);
        let others = plans.view().await.unwrap().unwrap();
        let other = others.targets.iter().find(|target| {
            target.body.number != place.number
                && target.reporters.contains(&place.unit)
                && target
                    .indicators
                    .iter()
                    .all(|indicator| indicator.id != place.indicator)
                && !target.indicators.is_empty()
        });
        let other = other.unwrap().body.number;
        let elsewhere = draft(Which::Numbers(vec![other]));
        let elsewhere = plans.open_campaign(&by, elsewhere).await.unwrap();
        let earlier = CampaignDraft {
            period: vocab::Period::quarter(2023, 1).unwrap(),
            ..draft(Which::Numbers(vec![place.number]))
        };
        let earlier = plans.open_campaign(&by, earlier).await.unwrap();

        let secret = made(&place, &campaign, 0).await;
        let visit = follow(plans, &secret).await.unwrap();
        let who = &visit.principal;
        for another in [&elsewhere, &earlier] {
            let id = another.record.id;
            let hidden = plans.sheet(who, id, place.unit).await;
            assert_eq!(code(hidden), "not-found");
            assert_eq!(code(plans.campaign(who, id).await), "not-found");
            let by = through(&visit);
            let saved = plans.save_sheet(&by, id, place.unit, &[]).await;
            assert_eq!(code(saved), "not-found");
        }
        assert!(plans.campaigns(who).await.unwrap().len() == 1);

        // The unit's other drafts are not there for it, nor may it begin any.
        let draft = plan::ReportDraft {
            period: vocab::Period::quarter(2023, 1).unwrap(),
            ..place.draft(10, 100)
        };
        let report = plans
            .begin_report(&page(&place.officer), draft.clone())
            .await
            .unwrap();
        let hidden = plans.report(who, report.record.id).await;
        assert_eq!(code(hidden), "not-found");
        let refused = plans.begin_report(&through(&visit), draft).await;
        assert_eq!(code(refused), "other-unit");
        // Its own report it may begin, and may not consolidate.
        let own = plans
            .begin_report(&through(&visit), place.draft(10, 100))
            .await
            .unwrap();
        let registry = plans.registry();
        for act in [Act::Submit, Act::Consolidate, Act::SendBack, Act::Configure] {
            assert!(!registry.may(who, act, OBSERVATION, &own.record), "{act:?}");
        }
        assert!(registry.may(who, Act::Draft, OBSERVATION, &own.record));
        for role in Role::ALL {
            assert!(!who.holds(role));
        }
        let opening = plans
            .open_campaign(&through(&visit), super::draft(Which::All))
            .await;
        assert_eq!(code(opening), "role-missing");
    }
}

#[tokio::test]
async fn two_at_the_body_at_once_lose_nothing_and_send_once() {
    for place in places(94).await {
        let plans = &place.plans;
        let campaign = opened(&place).await;
        let (id, unit) = (campaign.record.id, place.unit);
        let secret = made(&place, &campaign, 0).await;
        let visit = follow(plans, &secret).await.unwrap();
        let by = through(&visit);
        let sheet = its_sheet(&place, &visit).await;
        let line = sheet.line(place.indicator).unwrap();
        let (one, two) = ([value(line, 40)], [value(line, 41)]);
        let (first, second) = tokio::join!(
            plans.save_sheet(&by, id, unit, &one),
            plans.save_sheet(&by, id, unit, &two),
        );
        let (first, second) = (first.unwrap(), second.unwrap());
        assert_eq!(first.written + second.written, 1, "{}", place.name);
        assert_eq!(first.conflicts.len() + second.conflicts.len(), 1);

        let version = sheet.record.version;
        let step = SheetStep::HandIn;
        let rest = its_sheet(&place, &visit).await;
        let edits: Vec<LineEdit> = rest.lines.iter().map(|line| value(line, 42)).collect();
        plans.save_sheet(&by, id, unit, &edits).await.unwrap();
        let (first, second) = tokio::join!(
            plans.step_sheet(&by, id, unit, version, &step),
            plans.step_sheet(&by, id, unit, version, &step),
        );
        assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1);
        // A link that was withdrawn in between opens nothing to the next request.
        let coordinator = page(&place.coordinator);
        plans
            .withdraw_sheet_link(&coordinator, id, unit, 1)
            .await
            .unwrap();
        assert_eq!(code(follow(plans, &secret).await), "sheet-link-void");
    }
}

#[tokio::test]
async fn a_link_is_mailed_with_a_secret_that_waits_nowhere() {
    for place in places(95).await {
        let plans = &place.plans;
        let campaign = opened(&place).await;
        let (id, unit) = (campaign.record.id, place.unit);
        let by = page(&place.coordinator);
        let to = |email: &str| LinkDraft {
            email: email.to_owned(),
            ..until("2023-09-15", 0)
        };
        for wrong in ["", "không phải địa chỉ", "a@b"] {
            let draft = to(wrong);
            let refused = plans.mail_sheet_link(&by, id, unit, &draft, Lang::Vi);
            assert_eq!(code(refused.await), "invalid-fields", "{wrong}");
        }
        let draft = to("bao.cao@vidu.vn");
        plans
            .mail_sheet_link(&by, id, unit, &draft, Lang::Vi)
            .await
            .unwrap();
        let store = plans.registry().store();
        let worker = store.context().new_id();
        let jobs = store.lease_jobs(worker, 50, 60).await.unwrap();
        let mut letters = Vec::new();
        for job in jobs.iter().filter(|job| job.kind == plan::SHEET_LINK_MAIL) {
            let letter = plans.sheet_link_letter(job).await.unwrap().unwrap();
            let secret = letter.secret.clone().unwrap();
            assert!(!job.payload.contains(&secret));
            letters.push((letter.to, secret.clone()));
            assert!(follow(plans, &secret).await.is_ok());
            // Tried again, it brings a link that works, and the one before does not.
            let again = plans.sheet_link_letter(job).await.unwrap().unwrap();
            assert_eq!(code(follow(plans, &secret).await), "sheet-link-void");
            assert!(follow(plans, &again.secret.unwrap()).await.is_ok());
        }
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].0, "bao.cao@vidu.vn");
        // Reminders go there too, without the link.
        plans.remind(&by, id, None).await.unwrap();
        let jobs = store.lease_jobs(worker, 50, 60).await.unwrap();
        let job = jobs.iter().find(|job| job.kind == plan::SHEET_LINK_MAIL);
        let letter = plans
            .sheet_link_letter(job.unwrap())
            .await
            .unwrap()
            .unwrap();
        assert_eq!((letter.what.as_str(), letter.secret), ("reminded", None));
    }
}
