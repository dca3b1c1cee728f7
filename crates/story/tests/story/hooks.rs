//! Webhooks of a province: reports are told of beside the records of systems, and whoever runs
//! the system hears of a receiver that was given up.

#[path = "../../../registry/tests/systems/hooks/receiver.rs"]
#[expect(dead_code, reason = "one way of answering is enough here")]
mod receiver;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use directory::{Account, Grant, NewAccount, Principal, Role, province};
use plan::{HOOK_KINDS, HOOK_NOTICE, OBSERVATION};
use registry::Caller;
use registry::hooks::{Happening, Hook, NewHook, Outlet, WEBHOOK};
use store::jobs::Kinds;
use vocab::Id;
use webhook::{Allow, Key, Sender};

use self::receiver::{Came, Receiver, Reply};
use crate::fixture::{Place, places, unit};

const LEASE: i64 = 180;

fn allow() -> Allow {
    Allow::listed("127.0.0.0/8").unwrap().over_http(true)
}

fn outlet() -> Outlet {
    Outlet {
        sender: Sender::new(allow(), None).unwrap(),
        key: Key::new([9; 32]),
        link: Arc::new(|kind, id| format!("https://phusa.test/{kind}/{id}")),
    }
}

fn worker() -> Id {
    Id::from_digest([1; 16])
}

impl Place {
    async fn account(&self, login: &str, role: Role, unit: Id) -> Account {
        let new = NewAccount {
            login: login.to_owned(),
            name: format!("Tài khoản {login}"),
            password: "bảy con cò trắng bay".to_owned(),
            grants: vec![Grant::new(role, unit)],
            demo: false,
        };
        let actor = Principal::system().actor("cli", Id::NIL);
        let directory = self.plans.registry().directory();
        directory.create_account(&actor, new).await.unwrap()
    }

    /// A hook that tells of reports, with all that they say, as an account may read them.
    async fn hook(&self, receiver: &Receiver, reads: &Account) -> Hook {
        let new = NewHook {
            name: "Trục liên thông".to_owned(),
            address: receiver.url(),
            account: Some(reads.id),
            kinds: BTreeSet::from([OBSERVATION.to_owned()]),
            happenings: Happening::ALL.into(),
            whole: true,
        };
        let by = Caller::new(Principal::system(), "page", Id::NIL);
        let (key, allow) = (Key::new([9; 32]), allow());
        let registry = self.plans.registry();
        let declared = registry.declare_hook(&by, &key, &allow, HOOK_KINDS, &new);
        declared.await.unwrap().0
    }

    /// Does what is due for hooks, again and again, until nothing is.
    async fn turn(&self) {
        let (registry, outlet) = (self.plans.registry(), outlet());
        let store = registry.store();
        for _ in 0..50 {
            // On PostgreSQL it waits for whatever runs beside it, also for other tests.
            for _ in 0..400 {
                store.seal().await.unwrap();
                if store.unsealed().await.unwrap() == 0 {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(25)).await;
            }
            registry.wake_hooks().await.unwrap();
            let jobs = store.lease_jobs_of(Kinds::Only(WEBHOOK), worker(), 16, LEASE);
            let jobs = jobs.await.unwrap();
            if jobs.is_empty() {
                return;
            }
            for job in jobs {
                let run = self.plans.run_hook(&outlet, &job, worker());
                run.await.unwrap();
            }
        }
        panic!("the lane never comes to rest");
    }

    /// What an account is told of hooks: about which, and what.
    async fn told(&self, account: &Account) -> Vec<(Id, String)> {
        let reader = Principal {
            account: Some(account.id),
            ..Principal::public()
        };
        let notices = self.plans.notices(&reader, 50).await.unwrap();
        let about_hooks = notices
            .into_iter()
            .filter(|notice| notice.step.starts_with(HOOK_NOTICE));
        about_hooks
            .map(|notice| (notice.report, notice.step))
            .collect()
    }
}

fn steps(came: &[Came]) -> Vec<(&str, i64, &str)> {
    came.iter()
        .map(|one| {
            let state = one.body["data"]["state"].as_str().unwrap();
            (one.name(), one.version(), state)
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_told_of_as_whoever_reads_them_may() {
    for place in places(611).await {
        let other = unit(&place.plans, "Sở Thông tin và Truyền thông").await;
        assert_ne!(place.unit, other);
        let (own, others) = (Receiver::open().await, Receiver::open().await);
        let inside = place.account("trong", Role::Officer, place.unit).await;
        let outside = place.account("ngoai", Role::Officer, other).await;
        place.hook(&own, &inside).await;
        place.hook(&others, &outside).await;
        let report = place.consolidated(40).await;
        place.turn().await;
        let came = own.came();
        let whole = [
            ("record.created", 1, "draft"),
            ("record.step", 2, "submitted"),
            ("record.step", 3, "approved"),
            ("record.step", 4, "consolidated"),
        ];
        assert_eq!(steps(&came), whole, "{}", place.name);
        for one in &came {
            let data = &one.body["data"];
            assert_eq!(data["kind"], OBSERVATION);
            assert_eq!(one.record(), report.to_string());
            let link = format!("https://phusa.test/{OBSERVATION}/{report}");
            assert_eq!(data["link"], link.as_str());
            assert_eq!(
                data["fields"]["indicator"],
                place.indicator.to_string().as_str()
            );
            assert_eq!(data["fields"]["numerator"], 40);
        }
        assert_eq!(came[3].body["data"]["step"], "consolidate");
        // Another unit learns of it with everybody else: of no draft, and of nothing before.
        let came = others.came();
        assert_eq!(steps(&came), whole[3..], "{}", place.name);

        // What was sent back is drafts again.
        place.sent_back(report).await;
        place.turn().await;
        assert_eq!(
            steps(&own.came()),
            [("record.step", 5, "sent_back")],
            "{}",
            place.name
        );
        assert_eq!(steps(&others.came()), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_runs_the_system_hears_once_of_a_receiver_that_was_given_up() {
    for place in places(612).await {
        let receiver = Receiver::open().await;
        let (role, top) = (Role::coded("administrator").unwrap(), province());
        let first = place.account("quantri1", role, top).await;
        let second = place.account("quantri2", role, top).await;
        let reads = place.account("trong", Role::Officer, place.unit).await;
        let hook = place.hook(&receiver, &reads).await;
        place.turn().await;
        assert_eq!(place.told(&first).await, []);
        receiver.usually(Reply::Status(410));
        let report = place.consolidated(40).await;
        place.turn().await;
        let gone = (hook.id(), format!("{HOOK_NOTICE}gone"));
        let told = std::slice::from_ref(&gone);
        assert_eq!(place.told(&first).await, told, "{}", place.name);
        assert_eq!(place.told(&second).await, told);
        assert_eq!(place.told(&reads).await, [], "it runs nothing");
        let registry = place.plans.registry();
        let paused = registry.hook_there(hook.id()).await.unwrap();
        assert_eq!(
            (paused.is_active(), paused.why.as_deref()),
            (false, Some("gone"))
        );
        // Paused it says nothing more; given up again, that is news again.
        place.sent_back(report).await;
        place.turn().await;
        assert_eq!(place.told(&first).await.len(), 1);
        let by = Caller::new(Principal::system(), "page", Id::NIL);
        let resumed = registry.resume_hook(&by, hook.id(), false);
        resumed.await.unwrap();
        place.turn().await;
        assert_eq!(place.told(&first).await, [gone.clone(), gone]);
    }
}
