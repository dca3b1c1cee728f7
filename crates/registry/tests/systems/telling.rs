//! Notifications of a pack: when they are due, and whom they tell.

use directory::{Account, Grant, NewAccount, Principal, Role, UnitKind};
use registry::system::{NewRecord, StepAsked, TELL, Telling};
use serde_json::json;
use store::jobs::Job;
use store::{Op, Write};
use vocab::{Id, Instant};

use crate::fixture::{PACK, Place, declared, fields, page, places_of};

const REQUEST: &str = r#"
[record]
id = "request"
title = { vi = "Đề nghị", en = "Request" }
label = "{name}"
owner = { unit = "any" }

[[field]]
id = "name"
type = "text"
required = true
title = { vi = "Tên", en = "Name" }
[[field]]
id = "mail"
type = "email"
personal = true
title = { vi = "Thư điện tử", en = "Mail" }
[[field]]
id = "helper"
type = "unit"
title = { vi = "Nơi giúp", en = "Helper" }

[lifecycle]
initial = "draft"
[[lifecycle.state]]
id = "draft"
title = { vi = "Nháp", en = "Draft" }
editable = true
[[lifecycle.state]]
id = "sent"
title = { vi = "Đã gửi", en = "Sent" }
[[lifecycle.state]]
id = "waiting"
title = { vi = "Chờ bổ sung", en = "Waiting" }
[[lifecycle.state]]
id = "done"
title = { vi = "Xong", en = "Done" }
final = true
[[lifecycle.step]]
id = "send"
title = { vi = "Gửi", en = "Send" }
from = ["draft", "waiting"]
to = "sent"
by = "samples.keeper"
[[lifecycle.step]]
id = "ask"
title = { vi = "Hỏi lại", en = "Ask" }
from = "sent"
to = "waiting"
by = "samples.clerk"
[[lifecycle.step]]
id = "finish"
title = { vi = "Xong", en = "Finish" }
from = "sent"
to = "done"
by = "samples.clerk"
[[lifecycle.deadline]]
id = "answering"
title = { vi = "Thời hạn trả lời", en = "Time to answer" }
runs_in = "sent"
paused_in = "waiting"
within = "10 working days"

[[grant]]
role = "samples.keeper"
may = ["create", "read", "edit", "step"]
scope = "unit"
[[grant]]
role = "samples.clerk"
may = ["read", "step"]
scope = "subtree"
states = ["sent", "waiting", "done"]
[[grant]]
role = "samples.reader"
may = "read"
scope = "all"
states = ["done"]

[[notification]]
id = "came"
on = "send"
to = { role = "samples.clerk" }
text = { vi = "Có đề nghị {name}", en = "A request: {name}" }
[[notification]]
id = "soon"
on = "answering"
before = "3 working days"
to = { role = "samples.clerk" }
by = ["inbox", "email"]
text = { vi = "{name} sắp hết hạn", en = "{name} is due soon" }
[[notification]]
id = "asked"
on = "ask"
to = { author = true }
by = "email"
text = { vi = "{name} cần bổ sung", en = "{name} needs more" }
[[notification]]
id = "answered"
on = "finish"
to = { field = "mail" }
by = "email"
text = { vi = "{name} đã xong", en = "{name} is done" }
[[notification]]
id = "help"
on = "finish"
to = { field = "helper" }
text = { vi = "{name} cần giúp", en = "{name} needs help" }
"#;

impl Place {
    /// Somebody with an account, as permissions are compiled for them.
    async fn account(&self, login: &str, role: &str, unit: Id) -> (Account, Principal) {
        let directory = self.registry.directory();
        let actor = Principal::system().actor("cli", Id::NIL);
        let new = NewAccount {
            login: login.to_owned(),
            name: format!("Bà {login}"),
            password: "bảy con cò trắng bay".to_owned(),
            grants: vec![Grant::new(Role::coded(role).unwrap(), unit)],
            demo: false,
        };
        let account = directory.create_account(&actor, new).await.unwrap();
        let principal = directory.acting_today(&account).await.unwrap();
        (account, principal.unwrap())
    }

    /// What waits to be told, in the order of the notifications; the jobs are ended.
    async fn tellings(&self) -> Vec<(String, Telling)> {
        let mut told: Vec<(String, Telling)> = Vec::new();
        for job in self.due().await {
            if let Some(telling) = self.registry.telling(&job).await.unwrap() {
                told.push((telling.told.notification.clone(), telling));
            }
        }
        told.sort_by(|one, other| one.0.cmp(&other.0));
        told
    }

    async fn due(&self) -> Vec<Job> {
        let store = self.registry.store();
        let jobs = store.lease_jobs(Id::NIL, 50, 60).await.unwrap();
        for job in &jobs {
            assert_eq!(job.kind, TELL);
            let write = Write::by(Principal::system().actor("job", job.id));
            let done = Op::CompleteJob {
                id: job.id,
                worker: Id::NIL,
            };
            store.commit(write.op(done)).await.unwrap();
        }
        jobs
    }

    async fn step(&self, who: &Principal, id: Id, step: &str) {
        let kind = self.systems.find("samples", "request").unwrap();
        let asked = StepAsked {
            step: step.to_owned(),
            ..StepAsked::default()
        };
        let by = page(who);
        let taken = self.registry.take_step(&by, kind, id, asked);
        taken.await.unwrap();
    }
}

fn names(telling: &Telling) -> Vec<&str> {
    let mut names: Vec<&str> = telling.accounts.iter().map(|one| &*one.login).collect();
    names.sort_unstable();
    names
}

fn at(day: i8, month: i8, hour: i8) -> Instant {
    Instant::from_vietnam(jiff::civil::date(2023, month, day).at(hour, 0, 0, 0))
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_and_deadlines_tell_those_who_may_read() {
    let systems = declared([("pack.toml", PACK), ("request.toml", REQUEST)]);
    for place in places_of(systems, 61).await {
        let units = place.registry.directory().units().await.unwrap();
        let communes = units.iter().filter(|unit| unit.kind == UnitKind::Commune);
        let communes: Vec<_> = communes.collect();
        let (here, elsewhere) = (communes[0], communes.last().unwrap());
        let above = here.parent.unwrap();
        let (_, keeper) = place.account("nguoigiu", "samples.keeper", here.id).await;
        let (_, clerk) = place.account("vanthu", "samples.clerk", above).await;
        place
            .account("vanthu.khac", "samples.clerk", elsewhere.id)
            .await;
        place
            .account("nguoidoc", "samples.reader", elsewhere.id)
            .await;
        let kind = place.systems.find("samples", "request").unwrap();
        let new = NewRecord {
            unit: Some(here.id),
            fields: fields(json!({
                "name": "Cấp lại biển tên", "mail": "dan@vinhlong.test",
                "helper": elsewhere.id.to_string(),
            })),
            ..NewRecord::default()
        };
        let made = place.registry.make(&page(&keeper), kind, new).await;
        let id = made.unwrap().record.id;
        assert!(place.due().await.is_empty(), "nothing is told of a draft");

        // Friday 14 April; ten working days on is the 28th. Who may not read it is not told.
        place.step(&keeper, id, "send").await;
        let told = place.tellings().await;
        assert_eq!(told.len(), 1, "{}: {told:?}", place.name);
        assert_eq!(
            (told[0].0.as_str(), names(&told[0].1)),
            ("came", vec!["vanthu"])
        );
        assert!(told[0].1.inbox && !told[0].1.email);

        // Three working days ahead of the 28th is the 25th, in the morning.
        place.clock.set(at(25, 4, 6));
        assert!(place.due().await.is_empty());
        // Asked back before that, the clock stands still: what was to be told is not.
        place.clock.set(at(24, 4, 9));
        place.step(&clerk, id, "ask").await;
        let told = place.tellings().await;
        assert_eq!(told.len(), 1);
        assert_eq!(
            (told[0].0.as_str(), names(&told[0].1)),
            ("asked", vec!["nguoigiu"])
        );
        assert!(!told[0].1.inbox && told[0].1.email);
        place.clock.set(at(25, 4, 8));
        assert_eq!(place.tellings().await, [], "it waits for the unit");

        // Sent again two days later it ends two working days later: told then, once.
        place.clock.set(at(26, 4, 9));
        place.step(&keeper, id, "send").await;
        assert_eq!(place.tellings().await[0].0, "came");
        place.clock.set(at(26, 4, 20));
        assert_eq!(place.tellings().await, []);
        place.clock.set(at(27, 4, 8));
        let told = place.tellings().await;
        assert_eq!(told.len(), 1, "{}: {told:?}", place.name);
        assert_eq!(
            (told[0].0.as_str(), names(&told[0].1)),
            ("soon", vec!["vanthu"])
        );
        assert!(told[0].1.inbox && told[0].1.email);

        // Done: the address in the field, and those in the unit of the other who may read it now.
        place.step(&clerk, id, "finish").await;
        let told = place.tellings().await;
        let notified: Vec<&str> = told.iter().map(|(name, _)| &**name).collect();
        assert_eq!(notified, ["answered", "help"]);
        assert_eq!(told[0].1.address.as_deref(), Some("dan@vinhlong.test"));
        assert!(told[0].1.accounts.is_empty());
        assert_eq!(names(&told[1].1), ["nguoidoc"]);
        assert_eq!(told[1].1.address, None);
    }
}
