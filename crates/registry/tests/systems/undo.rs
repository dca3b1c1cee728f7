//! A step that whoever took it takes back.

use directory::{Principal, Role, province};
use registry::system::{NewRecord, StepAsked, UNDO};
use registry::{RegistryError, Task};
use serde_json::json;
use vocab::Id;

use crate::fixture::{PACK, Place, declared, fields, page, places_of};

const LETTER: &str = r#"
[record]
id = "letter"
title = { vi = "Công văn", en = "Letter" }
label = "{subject}"
owner = { unit = "any" }

[[field]]
id = "subject"
type = "text"
required = true
title = { vi = "Trích yếu", en = "Subject" }
[[field]]
id = "sent_on"
type = "date"
title = { vi = "Ngày gửi", en = "Sent on" }

[lifecycle]
initial = "draft"
[[lifecycle.state]]
id = "draft"
title = { vi = "Nháp", en = "Draft" }
editable = true
[[lifecycle.state]]
id = "sent"
title = { vi = "Đã gửi", en = "Sent" }
editable = true
[[lifecycle.state]]
id = "read"
title = { vi = "Đã đọc", en = "Read" }
final = true
[[lifecycle.step]]
id = "send"
title = { vi = "Gửi", en = "Send" }
from = "draft"
to = "sent"
by = ["samples.keeper", "samples.clerk"]
sets = { sent_on = "today" }
within = "5 working days"
undo = "4 working hours"
[[lifecycle.step]]
id = "take-note"
title = { vi = "Xem", en = "Take note" }
from = "sent"
to = "read"
by = "samples.keeper"
within = "2 working days"

[[grant]]
role = "samples.keeper"
may = ["create", "read", "edit", "step"]
scope = "all"
[[grant]]
role = "samples.clerk"
may = ["read", "step"]
scope = "all"
"#;

struct Desk {
    place: Place,
    keeper: Principal,
    clerk: Principal,
    id: Id,
}

impl Desk {
    fn kind(&self) -> &registry::system::Kind {
        self.place.systems.find("samples", "letter").unwrap()
    }

    async fn send(&self) -> i64 {
        let asked = StepAsked {
            step: "send".to_owned(),
            ..StepAsked::default()
        };
        let by = page(&self.keeper);
        let registry = &self.place.registry;
        let sent = registry.take_step(&by, self.kind(), self.id, asked).await;
        sent.unwrap().record.version
    }

    async fn undo(&self, by: &Principal, version: i64) -> Result<i64, RegistryError> {
        let by = page(by);
        let registry = &self.place.registry;
        let done = registry.undo_step(&by, self.kind(), self.id, version).await;
        done.map(|kept| kept.record.version)
    }

    async fn tasks(&self) -> Vec<Task> {
        let role = Role::coded("samples.keeper").unwrap();
        let registry = &self.place.registry;
        let tasks = registry.tasks(&self.keeper, role, None, 10).await;
        tasks.unwrap().items
    }

    fn later(&self, seconds: i64) {
        let now = self.place.registry.store().context().now();
        self.place.clock.set(now.plus_seconds(seconds));
    }

    /// Whether the page of the record offers it.
    async fn is_offered(&self, to: &Principal) -> bool {
        let registry = &self.place.registry;
        let record = registry.get(to, self.kind().name, self.id).await.unwrap();
        let offered = registry.undoable(to, self.kind(), &record).await;
        offered.unwrap().is_some()
    }
}

async fn desks(seed: u64) -> Vec<Desk> {
    let systems = declared([("pack.toml", PACK), ("letter.toml", LETTER)]);
    let mut desks = Vec::new();
    for place in places_of(systems, seed).await {
        let keeper = place.somebody(1, &[("samples.keeper", province())]).await;
        let clerk = place.somebody(2, &[("samples.clerk", province())]).await;
        let kind = place.systems.find("samples", "letter").unwrap();
        let new = NewRecord {
            fields: fields(json!({ "subject": "Về việc thử (giả lập)" })),
            ..NewRecord::default()
        };
        let made = place.registry.make(&page(&keeper), kind, new).await;
        let id = made.unwrap().record.id;
        desks.push(Desk {
            place,
            keeper,
            clerk,
            id,
        });
    }
    desks
}

fn code(refused: Result<i64, RegistryError>) -> String {
    match refused.unwrap_err() {
        RegistryError::Refused(problem) => problem.code,
        RegistryError::Conflict { .. } => "conflict".to_owned(),
        other => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_took_a_step_takes_it_back_and_all_is_as_before() {
    for desk in desks(57).await {
        let registry = &desk.place.registry;
        let name = desk.kind().name;
        let before = registry.find(name, desk.id).await.unwrap().unwrap();
        let waiting = desk.tasks().await;
        let [wait] = &waiting[..] else {
            panic!("{waiting:?}");
        };
        assert_eq!(wait.name, "send");
        assert!(!desk.is_offered(&desk.keeper).await, "nothing was done yet");
        assert_eq!(code(desk.undo(&desk.keeper, 1).await), "step-not-undoable");

        let version = desk.send().await;
        assert_eq!(desk.tasks().await[0].name, "take-note");
        assert!(desk.is_offered(&desk.keeper).await);
        assert!(!desk.is_offered(&desk.clerk).await);
        // Somebody else's step, and a version that was not read.
        assert_eq!(
            code(desk.undo(&desk.clerk, version).await),
            "step-not-undoable"
        );
        assert_eq!(code(desk.undo(&desk.keeper, 1).await), "conflict");

        desk.later(60);
        let (one, two) = tokio::join!(
            desk.undo(&desk.keeper, version),
            desk.undo(&desk.keeper, version)
        );
        assert_ne!(one.is_ok(), two.is_ok(), "{}", desk.place.name);
        let after = registry.find(name, desk.id).await.unwrap().unwrap();
        assert_eq!((after.version, &*after.state), (3, "draft"));
        assert_eq!(after.body, before.body, "{}", desk.place.name);
        let tasks = desk.tasks().await;
        let [task] = &tasks[..] else {
            panic!("{tasks:?}");
        };
        assert_eq!((&*task.name, task.due), ("send", wait.due));
        let told = registry
            .history(&desk.keeper, name, &after, 9)
            .await
            .unwrap();
        let actions: Vec<&str> = told.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, [&format!("{UNDO}send"), "send", "create"]);

        // It can be taken again, and back again; never back twice.
        assert!(!desk.is_offered(&desk.keeper).await);
        assert_eq!(code(desk.undo(&desk.keeper, 3).await), "step-not-undoable");
        let version = desk.send().await;
        assert_eq!(desk.undo(&desk.keeper, version).await.unwrap(), 5);
        let found = registry.store().verify(None).await.unwrap();
        assert_eq!(found.findings, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_stays_once_its_time_is_over_or_somebody_went_on() {
    for desk in desks(58).await {
        let registry = &desk.place.registry;
        let version = desk.send().await;
        // Somebody changes it: what they wrote is not taken back with the step.
        let edit = fields(json!({ "subject": "Sửa (giả lập)" }));
        let by = page(&desk.keeper);
        registry
            .revise(&by, desk.kind(), desk.id, version, edit)
            .await
            .unwrap();
        assert!(!desk.is_offered(&desk.keeper).await);
        let refused = desk.undo(&desk.keeper, version + 1).await;
        assert_eq!(code(refused), "step-not-undoable");
    }
    for desk in desks(59).await {
        let version = desk.send().await;
        // Nearly four working hours, with the noon between; then a little more.
        desk.later(5 * 3_600 + 55 * 60);
        assert!(desk.is_offered(&desk.keeper).await);
        desk.later(10 * 60);
        assert!(!desk.is_offered(&desk.keeper).await);
        let refused = desk.undo(&desk.keeper, version).await;
        assert_eq!(code(refused), "step-not-undoable");
        // Who holds the role no more takes nothing back, however soon.
        let mut nobody = desk.keeper.clone();
        nobody.grants = std::sync::Arc::from([]);
        nobody.compiled = directory::permission::Compiled::default();
        let registry = &desk.place.registry;
        let record = registry.find(desk.kind().name, desk.id).await.unwrap();
        let record = record.unwrap();
        let offered = registry.undoable(&nobody, desk.kind(), &record);
        assert_eq!(offered.await.unwrap(), None, "{}", desk.place.name);
    }
}
