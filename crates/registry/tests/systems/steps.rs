//! What a step writes, and what is told of it.

use directory::province;
use registry::system::{NewRecord, StepAsked};
use serde_json::json;

use crate::fixture::{fields, page, places};

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
        let kept = place.registry.take_step(&page(&clerk), kind, id, asked);
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
