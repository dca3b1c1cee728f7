//! Digests by subscription: whose turn it is, and what they tell.

use directory::{AccountChange, Grant, NewAccount, Principal, Role};
use plan::digests::{DigestLetter, Rhythm};
use plan::{DIGEST_MAIL, Plans, ReportStep};
use store::jobs::Job;
use store::{Op, Write};
use vocab::{Id, Instant, Lang};

use crate::fixture::{Place, page, places};

/// Somebody with an account and an address.
async fn account(plans: &Plans, login: &str, role: Role, unit: Id) -> Principal {
    let directory = plans.registry().directory();
    let actor = Principal::system().actor("cli", Id::NIL);
    let new = NewAccount {
        login: login.to_owned(),
        name: format!("Bà {login}"),
        password: "bảy con cò trắng bay".to_owned(),
        grants: vec![Grant::new(role, unit)],
        demo: false,
    };
    let account = directory.create_account(&actor, new).await.unwrap();
    let change = AccountChange {
        email: Some(format!("{login}@vinhlong.test")),
        ..AccountChange::default()
    };
    let changed = directory.change_account(&actor, account.id, account.version, change);
    let account = changed.await.unwrap();
    directory.acting_today(&account).await.unwrap().unwrap()
}

/// Takes the mails that wait, as a worker does, and ends their jobs.
async fn letters(plans: &Plans) -> Vec<Option<DigestLetter>> {
    let store = plans.registry().store();
    let worker = Id::NIL;
    let mut letters = Vec::new();
    loop {
        let jobs: Vec<Job> = store.lease_jobs(worker, 50, 60).await.unwrap();
        if jobs.is_empty() {
            return letters;
        }
        for job in jobs {
            if job.kind == DIGEST_MAIL {
                letters.push(plans.digest_letter(&job).await.unwrap());
            }
            let write = Write::by(Principal::system().actor("job", job.id));
            let done = write.op(Op::CompleteJob { id: job.id, worker });
            store.commit(done).await.unwrap();
        }
    }
}

/// 6:45 of a day of August 2023.
fn morning(day: i8) -> Instant {
    Instant::from_vietnam(jiff::civil::date(2023, 8, day).at(6, 45, 0, 0))
}

async fn run(place: &Place, at: Instant) -> usize {
    place.clock.set(at);
    place.plans.run_digests().await.unwrap()
}

#[tokio::test]
async fn each_turn_is_taken_once_and_tells_what_came_since_the_last() {
    for place in places(77).await {
        let plans = &place.plans;
        let head = account(plans, "truongphong", Role::Head, place.unit).await;
        // Monday 14 August, by day.
        plans
            .subscribe(&page(&head), Some(Rhythm::Daily), Lang::Vi)
            .await
            .unwrap();
        assert_eq!(run(&place, morning(14).plus_seconds(9 * 3_600)).await, 0);
        // Nothing happened: the turn is taken, and no mail goes out.
        assert_eq!(run(&place, morning(15).plus_seconds(-3_600)).await, 0);
        assert_eq!(run(&place, morning(15)).await, 1);
        assert_eq!(letters(plans).await, [None], "{}", place.name);

        // One report is consolidated, another waits for the head.
        place.consolidated(40).await;
        let mut second = place.draft(3, 4);
        second.period = vocab::Period::quarter(2023, 1).unwrap();
        let report = plans.begin_report(&page(&place.officer), second).await;
        let id = report.unwrap().record.id;
        plans
            .step_report(&page(&place.officer), id, 1, &ReportStep::Submit)
            .await
            .unwrap();
        assert_eq!(run(&place, morning(15).plus_seconds(3_600)).await, 0);
        assert_eq!(run(&place, morning(16)).await, 1);
        let told = letters(plans).await.remove(0).unwrap();
        assert_eq!(told.to, "truongphong@vinhlong.test");
        assert_eq!((told.tasks, told.late), (1, 0));
        let changes = told.changes.unwrap();
        let numbers: Vec<u16> = changes.iter().map(|change| change.number).collect();
        assert_eq!(numbers, [place.number]);

        // What was told is not told again; what waits still is, and is late in the end.
        assert_eq!(run(&place, morning(25)).await, 1);
        let told = letters(plans).await.remove(0).unwrap();
        assert_eq!((told.tasks, told.late), (1, 1));
        assert_eq!(told.changes, Some(Vec::new()));

        // Saturday is nobody's turn; after never, no day is.
        assert_eq!(run(&place, morning(26)).await, 0);
        plans.subscribe(&page(&head), None, Lang::Vi).await.unwrap();
        assert_eq!(
            plans
                .subscription(head.account.unwrap())
                .await
                .unwrap()
                .rhythm,
            None
        );
        assert_eq!(run(&place, morning(28)).await, 0);
        assert!(letters(plans).await.is_empty());
    }
}

#[tokio::test]
async fn all_who_are_told_on_a_day_are_told_from_the_same_instant_on() {
    for place in places(79).await {
        let plans = &place.plans;
        for login in ["truongphong", "phophong"] {
            let head = account(plans, login, Role::Head, place.unit).await;
            let actor = page(&head);
            let daily = plans.subscribe(&actor, Some(Rhythm::Daily), Lang::Vi);
            daily.await.unwrap();
        }
        assert_eq!(run(&place, morning(15)).await, 2);
        assert_eq!(letters(plans).await, [None, None]);
        place.consolidated(40).await;
        assert_eq!(run(&place, morning(16)).await, 2);
        let told = letters(plans).await;
        let since: Vec<Instant> = told.iter().flatten().map(|one| one.since).collect();
        assert_eq!(since.len(), 2, "{}", place.name);
        assert_eq!(since[0], since[1], "{}", place.name);
    }
}

#[tokio::test]
async fn two_processes_take_a_turn_once_and_only_its_owner_chooses() {
    for place in places(78).await {
        let plans = &place.plans;
        let head = account(plans, "truongphong", Role::Head, place.unit).await;
        let friday = Rhythm::from_value("friday");
        plans
            .subscribe(&page(&head), friday, Lang::En)
            .await
            .unwrap();
        place.consolidated(40).await;
        place.clock.set(morning(17));
        assert_eq!(plans.run_digests().await.unwrap(), 0);
        place.clock.set(morning(18));
        // The other process has held nothing yet of what this one did.
        let other = Plans::new(plans.registry().clone());
        let (one, two) = tokio::join!(plans.run_digests(), other.run_digests());
        assert_eq!(one.unwrap() + two.unwrap(), 1, "{}", place.name);
        let told = letters(plans).await;
        let [Some(told)] = &told[..] else {
            panic!("{told:?}");
        };
        assert_eq!(told.lang, Lang::En);

        // Nobody has one without an account; and one who left gets none.
        let nobody = page(&Principal::public());
        assert!(plans.subscribe(&nobody, friday, Lang::Vi).await.is_err());
        let directory = plans.registry().directory();
        let account = directory.account(head.account.unwrap()).await.unwrap();
        let account = account.unwrap();
        let change = AccountChange {
            disabled: Some(true),
            ..AccountChange::default()
        };
        let actor = Principal::system().actor("cli", Id::NIL);
        directory
            .change_account(&actor, account.id, account.version, change)
            .await
            .unwrap();
        assert_eq!(run(&place, morning(25)).await, 1);
        assert_eq!(letters(plans).await, [None]);
    }
}
