//! What happens to records is told to other systems: signed, in order, to whoever may know it.

mod receiver;
mod stopping;
mod telling;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use directory::{Account, Grant, NewAccount, Principal, Role, UnitKind};
use registry::hooks::{GivenUp, Happening, Hook, HookRun, NewHook, Outlet, WEBHOOK};
use registry::system::{NewRecord, StepAsked};
use registry::{Caller, Record};
use serde_json::{Value, json};
use store::jobs::{Job, Kinds};
use vocab::{Id, Instant};
use webhook::{Allow, Key, Limits, Sender};

use self::receiver::Receiver;
use crate::fixture::{Place, fields, page};

const LEASE: i64 = 180;

fn allow() -> Allow {
    Allow::listed("127.0.0.0/8").unwrap().over_http(true)
}

fn key() -> Key {
    Key::new([9; 32])
}

fn outlet() -> Outlet {
    let limits = Limits {
        connect: Duration::from_secs(3),
        whole: Duration::from_secs(4),
    };
    Outlet {
        sender: Sender::new(allow(), None).unwrap().within(limits),
        key: key(),
        link: Arc::new(|kind, id| format!("https://phusa.test/{kind}/{id}")),
    }
}

fn program() -> Caller {
    Caller::new(Principal::system(), "page", Id::NIL)
}

/// A place with a commune, who keeps its things, and who reads them from outside.
struct World<'a> {
    place: &'a Place,
    unit: Id,
    keeper: Principal,
    outlet: Outlet,
}

impl<'a> World<'a> {
    async fn of(place: &'a Place) -> Self {
        let units = place.registry.directory().units().await.unwrap();
        let mut communes = units.iter().filter(|unit| unit.kind == UnitKind::Commune);
        let unit = communes.next().unwrap().id;
        let keeper = place.somebody(1, &[("samples.keeper", unit)]).await;
        Self {
            place,
            unit,
            keeper,
            outlet: outlet(),
        }
    }

    fn kind(&self) -> &'static str {
        self.place.systems.find("samples", "thing").unwrap().name
    }

    async fn account(&self, login: &str, role: &str) -> Account {
        let actor = Principal::system().actor("cli", Id::NIL);
        let new = NewAccount {
            login: login.to_owned(),
            name: format!("Hệ thống {login}"),
            password: "bảy con cò trắng bay".to_owned(),
            grants: vec![Grant::new(Role::coded(role).unwrap(), self.unit)],
            demo: false,
        };
        let directory = self.place.registry.directory();
        directory.create_account(&actor, new).await.unwrap()
    }

    fn new_hook(&self, receiver: &Receiver, account: Id) -> NewHook {
        NewHook {
            name: "LGSP".to_owned(),
            address: receiver.url(),
            account: Some(account),
            kinds: BTreeSet::from([self.kind().to_owned()]),
            happenings: Happening::ALL.into(),
            whole: false,
        }
    }

    /// A hook, and its secret as it is handed over.
    async fn declare(&self, new: &NewHook) -> (Hook, String) {
        let (by, key, allow) = (program(), key(), allow());
        let registry = &self.place.registry;
        let declared = registry.declare_hook(&by, &key, &allow, &[], new);
        let (hook, secret) = declared.await.unwrap();
        (hook, secret.handed_over())
    }

    async fn make(&self, said: Value) -> Record {
        let kind = self.place.systems.find("samples", "thing").unwrap();
        let new = NewRecord {
            unit: Some(self.unit),
            fields: fields(said),
            ..NewRecord::default()
        };
        let by = page(&self.keeper);
        self.place
            .registry
            .make(&by, kind, new)
            .await
            .unwrap()
            .record
    }

    async fn revise(&self, record: &Record, said: Value) -> Record {
        let kind = self.place.systems.find("samples", "thing").unwrap();
        let by = page(&self.keeper);
        let revised =
            self.place
                .registry
                .revise(&by, kind, record.id, record.version, fields(said));
        revised.await.unwrap().record
    }

    async fn issue(&self, record: &Record) -> Record {
        let kind = self.place.systems.find("samples", "thing").unwrap();
        let asked = StepAsked {
            step: "issue".to_owned(),
            ..StepAsked::default()
        };
        let by = page(&self.keeper);
        let taken = self.place.registry.take_step(&by, kind, record.id, asked);
        taken.await.unwrap().record
    }

    async fn lease(&self, worker: u8) -> Vec<Job> {
        let store = self.place.registry.store();
        // On PostgreSQL it waits for whatever runs beside it, also for other tests.
        for _ in 0..400 {
            store.seal().await.unwrap();
            if store.unsealed().await.unwrap() == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        self.place.registry.wake_hooks().await.unwrap();
        let jobs = store.lease_jobs_of(Kinds::Only(WEBHOOK), id(worker), 16, LEASE);
        jobs.await.unwrap()
    }

    /// Does what is due, again and again, until nothing is; who was given up.
    async fn turn(&self) -> Vec<GivenUp> {
        let mut given_up = Vec::new();
        for _ in 0..50 {
            let jobs = self.lease(1).await;
            if jobs.is_empty() {
                return given_up;
            }
            for job in jobs {
                let run = self
                    .place
                    .registry
                    .run_hook(&self.outlet, &job, id(1))
                    .await;
                if let HookRun::GivenUp(one) = run.unwrap() {
                    // As the program does it, with word to whoever keeps it.
                    let program = program();
                    let registry = &self.place.registry;
                    let mut batch = registry.batch(&program);
                    let paused = registry.give_hook_up(&mut batch, &one.hook, one.why);
                    paused.await.unwrap();
                    batch.commit(String::new()).await.unwrap();
                    let rested = registry.rest_given_up(&job, id(1), &one);
                    rested.await.unwrap();
                    given_up.push(*one);
                }
            }
        }
        panic!("the lane never comes to rest");
    }

    fn wait(&self, seconds: i64) {
        let now: Instant = self.place.registry.store().context().now();
        self.place.clock.set(now.plus_seconds(seconds));
    }
}

fn id(number: u8) -> Id {
    Id::from_digest([number; 16])
}

fn thing(name: &str) -> Value {
    json!({ "name": name, "size": "1.5", "owner_id": "086089001234", "phone": "0912345678" })
}
