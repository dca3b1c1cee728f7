//! What a step writes, and what is told of it.

use directory::{UnitKind, province};
use registry::system::{NewRecord, StepAsked};
use serde_json::json;

use crate::fixture::{PACK, declared, fields, page, places, places_of};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_computed_follows_from_what_a_step_puts_in() {
    for place in places(51).await {
        let keeper = place.somebody(1, &[("samples.keeper", province())]).await;
        let clerk = place.somebody(2, &[("samples.clerk", province())]).await;
        let kind = place.systems.find("samples", "thing").unwrap();
        let new = NewRecord {
            fields: fields(json!({ "name": "Vật", "note": "Ghi", "phone": "0912345678" })),
            ..NewRecord::default()
        };
        let made = place.registry.make(&page(&keeper), kind, new).await;
        let id = made.unwrap().record.id;
        let asked = StepAsked {
            step: "issue".to_owned(),
            ..StepAsked::default()
        };
        let by = page(&clerk);
        let kept = place.registry.take_step(&by, kind, id, asked);
        let told = kept.await.unwrap().record;
        let whole = place.registry.find(kind.name, id).await.unwrap().unwrap();
        assert_eq!(whole.body["issued_on"], "2023-04-14", "{}", place.name);
        assert_eq!(whole.body["valid_until"], "2024-04-14", "{}", place.name);

        // Issued, it is not the clerk's to read: they are told its number, and no telephone.
        assert!(place.registry.get(&clerk, kind.name, id).await.is_err());
        assert_eq!(told.body["code"], "VL-001");
        assert!(
            whole.body.contains_key("phone") && !told.body.contains_key("phone"),
            "{:?}",
            told.body
        );
    }
}

const HANDED_ON: &str = r#"
[record]
id = "file"
title = { vi = "Hồ sơ", en = "File" }
label = "{code}"
owner = { unit = "any", field = "holder" }
code = { format = "HS-{seq:3}" }

[[field]]
id = "holder"
type = "unit"
required = true
title = { vi = "Nơi giữ", en = "Holder" }

[lifecycle]
initial = "here"
[[lifecycle.state]]
id = "here"
title = { vi = "Ở đây", en = "Here" }
editable = true
[[lifecycle.state]]
id = "there"
title = { vi = "Nơi khác", en = "There" }
final = true
[[lifecycle.step]]
id = "hand-on"
title = { vi = "Chuyển", en = "Hand on" }
from = "here"
to = "there"
by = "samples.keeper"
needs = ["holder"]

[[grant]]
role = "samples.keeper"
may = ["create", "read", "edit", "step"]
scope = "unit"
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_names_another_owner_hands_the_record_over() {
    let systems = declared([("pack.toml", PACK), ("file.toml", HANDED_ON)]);
    for place in places_of(systems, 52).await {
        let units = place.registry.directory().units().await.unwrap();
        let communes = units.iter().filter(|unit| unit.kind == UnitKind::Commune);
        let communes: Vec<_> = communes.map(|unit| unit.id).take(2).collect();
        let giver = place.somebody(1, &[("samples.keeper", communes[0])]).await;
        let taker = place.somebody(2, &[("samples.keeper", communes[1])]).await;
        let kind = place.systems.find("samples", "file").unwrap();
        let new = NewRecord {
            fields: fields(json!({ "holder": communes[0].to_string() })),
            ..NewRecord::default()
        };
        let made = place.registry.make(&page(&giver), kind, new).await;
        let id = made.unwrap().record.id;
        assert!(place.registry.get(&taker, kind.name, id).await.is_err());
        let asked = StepAsked {
            step: "hand-on".to_owned(),
            fields: fields(json!({ "holder": communes[1].to_string() })),
            ..StepAsked::default()
        };
        let by = page(&giver);
        let handed = place.registry.take_step(&by, kind, id, asked);
        handed.await.unwrap();
        let theirs = place.registry.get(&taker, kind.name, id).await.unwrap();
        assert_eq!(theirs.unit, communes[1], "{}", place.name);
        assert!(place.registry.get(&giver, kind.name, id).await.is_err());
    }
}
