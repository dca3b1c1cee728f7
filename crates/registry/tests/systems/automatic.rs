//! Steps that the program takes by itself, and steps that are not passed on.

use directory::{Grant, Principal, Role, province};
use registry::system::{Hindrance, NewRecord, StepAsked};
use registry::{Kind, RegistryError};
use serde_json::json;
use store::Scope;
use vocab::{Id, Instant};

use crate::fixture::{PACK, Place, declared, fields, page, places_of};

const PERMIT: &str = r#"
[record]
id = "permit"
title = { vi = "Giấy phép", en = "Permit" }
label = "{name}"
owner = { unit = "any" }

[[field]]
id = "name"
type = "text"
required = true
title = { vi = "Tên", en = "Name" }
[[field]]
id = "until"
type = "date"
title = { vi = "Đến ngày", en = "Until" }
[[field]]
id = "ended_on"
type = "date"
title = { vi = "Hết hạn ngày", en = "Ended on" }

[[rollup]]
id = "faults"
of = "fault"
via = "permit"
function = "count"
when = "state == 'found'"

[lifecycle]
initial = "draft"
[[lifecycle.state]]
id = "draft"
title = { vi = "Nháp", en = "Draft" }
editable = true
[[lifecycle.state]]
id = "held"
title = { vi = "Hiệu lực", en = "In force" }
editable = true
[[lifecycle.state]]
id = "stopped"
title = { vi = "Tạm dừng", en = "Stopped" }
[[lifecycle.state]]
id = "ended"
title = { vi = "Hết hạn", en = "Ended" }
final = true
[[lifecycle.step]]
id = "grant"
title = { vi = "Cấp", en = "Grant" }
from = "draft"
to = "held"
by = "samples.keeper"
[[lifecycle.step]]
id = "go-on"
title = { vi = "Cho tiếp tục", en = "Go on" }
from = "stopped"
to = "held"
by = "samples.keeper"
delegable = true
[[lifecycle.step]]
id = "stop"
title = { vi = "Tự tạm dừng", en = "Stopped" }
from = "held"
to = "stopped"
automatic = true
when = "faults > 1"
[[lifecycle.step]]
id = "end"
title = { vi = "Tự hết hạn", en = "Ended" }
from = ["held", "stopped"]
to = "ended"
automatic = true
when = "until < today"
sets = { ended_on = "today" }

[[grant]]
role = "samples.keeper"
may = ["create", "read", "edit", "step"]
scope = "subtree"
"#;

const FAULT: &str = r#"
[record]
id = "fault"
title = { vi = "Lỗi", en = "Fault" }
label = "{permit}"
owner = { unit = "any" }

[[field]]
id = "permit"
type = "reference"
to = "permit"
required = true
title = { vi = "Giấy phép", en = "Permit" }

[lifecycle]
initial = "found"
[[lifecycle.state]]
id = "found"
title = { vi = "Phát hiện", en = "Found" }
[[lifecycle.state]]
id = "mended"
title = { vi = "Đã sửa", en = "Mended" }
final = true
[[lifecycle.step]]
id = "mend"
title = { vi = "Sửa", en = "Mend" }
from = "found"
to = "mended"
by = "samples.keeper"

[[grant]]
role = "samples.keeper"
may = ["create", "read", "edit", "step"]
scope = "subtree"
"#;

fn permits() -> std::sync::Arc<registry::Systems> {
    declared([
        ("pack.toml", PACK),
        ("permit.toml", PERMIT),
        ("fault.toml", FAULT),
    ])
}

impl Place {
    fn type_of(&self, name: &str) -> &Kind {
        self.systems.find("samples", name).unwrap()
    }

    async fn made(&self, who: &Principal, kind: &str, said: serde_json::Value) -> Id {
        let new = NewRecord {
            unit: Some(province()),
            fields: fields(said),
            ..NewRecord::default()
        };
        let made = self
            .registry
            .make(&page(who), self.type_of(kind), new)
            .await;
        made.unwrap().record.id
    }

    async fn take(&self, who: &Principal, id: Id, step: &str) -> Result<String, RegistryError> {
        let asked = StepAsked {
            step: step.to_owned(),
            ..StepAsked::default()
        };
        let by = page(who);
        let kind = self.type_of("permit");
        let taken = self.registry.take_step(&by, kind, id, asked).await;
        taken.map(|kept| kept.record.state)
    }

    async fn state_of(&self, id: Id) -> String {
        let kind = self.type_of("permit").name;
        self.registry.find(kind, id).await.unwrap().unwrap().state
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_takes_a_step_when_its_condition_comes_true() {
    for place in places_of(permits(), 91).await {
        let (registry, permit) = (&place.registry, place.type_of("permit"));
        let keeper = place.somebody(1, &[("samples.keeper", province())]).await;
        let id = place
            .made(
                &keeper,
                "permit",
                json!({ "name": "Chợ nổi", "until": "2023-06-30" }),
            )
            .await;
        assert_eq!(place.take(&keeper, id, "grant").await.unwrap(), "held");
        // By what other records say, in the moment that they say it.
        let named = json!({ "permit": id.to_string() });
        place.made(&keeper, "fault", named.clone()).await;
        assert_eq!(place.state_of(id).await, "held");
        place.made(&keeper, "fault", named).await;
        assert_eq!(place.state_of(id).await, "stopped", "{}", place.name);
        // In the program's own name.
        let why = Scope::bypass("a test");
        let versions = registry.store().history(permit.name, &why, id, 1).await;
        let last = versions.unwrap().remove(0);
        assert_eq!((last.action.as_str(), last.actor), ("stop", Id::NIL));
        // Let go on while the faults stand, it is stopped again, once.
        assert_eq!(place.take(&keeper, id, "go-on").await.unwrap(), "stopped");

        // By the day alone: nobody writes, the daily look takes it, however many look.
        place.clock.set(Instant::from_vietnam(
            jiff::civil::date(2023, 7, 1).at(0, 1, 0, 0),
        ));
        let (one, two) = tokio::join!(
            registry.take_all_automatic(true),
            registry.take_all_automatic(true)
        );
        assert_eq!(one.unwrap() + two.unwrap(), 1, "{}", place.name);
        let ended = registry.find(permit.name, id).await.unwrap().unwrap();
        assert_eq!(
            (ended.state.as_str(), &ended.body["ended_on"]),
            ("ended", &json!("2023-07-01"))
        );
        assert_eq!(registry.take_all_automatic(true).await.unwrap(), 0);
        // Already over when it is granted: at once.
        let late = place
            .made(
                &keeper,
                "permit",
                json!({ "name": "Bến đò", "until": "2023-01-01" }),
            )
            .await;
        assert_eq!(place.take(&keeper, late, "grant").await.unwrap(), "ended");
        registry.store().seal().await.unwrap();
        assert_eq!(
            registry.store().verify(None).await.unwrap().findings,
            vec![]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_a_role_for_another_takes_the_steps_that_may_be_passed_on() {
    for place in places_of(permits(), 92).await {
        let keeper = place.somebody(1, &[("samples.keeper", province())]).await;
        let mut deputy = place.somebody(2, &[("samples.keeper", province())]).await;
        let grant = Grant::new(Role::coded("samples.keeper").unwrap(), province());
        deputy.delegated = [grant].into();
        let id = place
            .made(&keeper, "permit", json!({ "name": "Chợ nổi" }))
            .await;
        let kind = place.type_of("permit");
        let record = place.registry.find(kind.name, id).await.unwrap().unwrap();
        let open = place
            .registry
            .steps_open(&deputy, kind, &record)
            .await
            .unwrap();
        assert_eq!(
            open[0].hindered,
            Some(Hindrance::Delegated),
            "{}",
            place.name
        );
        let refused = place.take(&deputy, id, "grant").await.unwrap_err();
        assert!(
            matches!(&refused, RegistryError::Refused(problem) if problem.code == "step-not-delegable"),
            "{refused}"
        );
        place.take(&keeper, id, "grant").await.unwrap();
        for _ in 0..2 {
            place
                .made(&keeper, "fault", json!({ "permit": id.to_string() }))
                .await;
        }
        assert_eq!(place.take(&deputy, id, "go-on").await.unwrap(), "stopped");
    }
}
