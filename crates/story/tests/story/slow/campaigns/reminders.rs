//! Word to officers, heads and leaders: by hand and by rule, each once.

use directory::{Grant, NewAccount, Principal, Role};
use plan::campaigns::Which;
use plan::{NOTICE, SHEET_NOTIFY};
use vocab::{Id, Instant};

use super::{Due, code, draft};
use crate::fixture::{Place, keyed, page, places};

/// An account that can be told something.
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

/// Does the jobs that wait; what each person was told by them.
async fn told(place: &Place, people: &[&Principal]) -> Vec<Vec<String>> {
    let store = place.plans.registry().store();
    let worker = store.context().new_id();
    loop {
        let jobs = store.lease_jobs(worker, 50, 60).await.unwrap();
        if jobs.is_empty() {
            break;
        }
        for job in jobs {
            assert_eq!(job.kind, SHEET_NOTIFY);
            place
                .plans
                .notify_of_sheet(&job, worker, false)
                .await
                .unwrap();
        }
    }
    let mut all = Vec::new();
    for person in people {
        let notices = place.plans.notices(person, 50).await.unwrap();
        let mut steps = Vec::new();
        for notice in notices {
            steps.insert(0, notice.step);
            place
                .plans
                .put_aside(&page(person), notice.id)
                .await
                .unwrap();
        }
        all.push(steps);
    }
    all
}

#[tokio::test]
async fn everybody_is_told_once() {
    for place in places(71).await {
        let plans = &place.plans;
        let officer = account(&place, "can.bo", Role::Officer, place.unit).await;
        let head = account(&place, "lanh.dao", Role::Head, place.unit).await;
        let leader = account(&place, "chu.tich", Role::Viewer, directory::province()).await;
        let people = [&officer, &head, &leader];
        let one = super::CampaignDraft {
            due: Due::WorkingDays(10),
            ..draft(Which::Numbers(vec![place.number]))
        };
        let coordinator = page(&place.coordinator);
        let campaign = plans.open_campaign(&coordinator, one).await.unwrap();
        let id = campaign.record.id;
        assert_eq!(campaign.body.due_on, super::day("2023-08-28"));
        let opened = vec!["sheet-opened".to_owned()];
        assert_eq!(
            told(&place, &people).await,
            [opened.clone(), opened, vec![]]
        );

        // By hand: the same request once.
        let by_hand = keyed(&place.coordinator, "nhac", 9);
        for _ in 0..2 {
            assert_eq!(plans.remind(&by_hand, id, None).await.unwrap(), 1);
        }
        let reminded = vec!["sheet-reminded".to_owned()];
        assert_eq!(
            told(&place, &people).await,
            [reminded.clone(), reminded.clone(), vec![]]
        );
        let stranger = plans.remind(&page(&officer), id, None).await;
        assert_eq!(code(stranger), "role-missing");

        // By rule, as days go by: nothing before offices open on the day, then once.
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_microsecond();
        let quiet = [vec![], vec![], vec![]];
        for (now, expected) in [
            ("2023-08-22T12:00:00+07:00", quiet.clone()),
            ("2023-08-23T06:00:00+07:00", quiet.clone()),
            (
                "2023-08-23T08:00:00+07:00",
                [reminded.clone(), vec![], vec![]],
            ),
            ("2023-08-23T09:00:00+07:00", quiet.clone()),
            ("2023-08-28T09:00:00+07:00", [vec![], reminded, vec![]]),
            (
                "2023-08-30T09:00:00+07:00",
                [vec![], vec![], vec!["campaign-late".to_owned()]],
            ),
            ("2023-09-30T09:00:00+07:00", quiet),
        ] {
            place.clock.set(Instant::from_micros(at(now)));
            // Two processes at once.
            let (one, two) = tokio::join!(plans.run_reminders(), plans.run_reminders());
            one.unwrap();
            two.unwrap();
            assert_eq!(
                told(&place, &people).await,
                expected,
                "{} {now}",
                place.name
            );
        }
        let kept = store::ListQuery::new(NOTICE, store::Scope::bypass("a test counts"));
        let kept = plans.registry().all(kept).await.unwrap();
        assert_eq!(kept.len(), 7);
    }
}
