//! The life of a growing area, as its pack declares it: from proposal to its code.

use directory::{Principal, UnitKind, province};
use registry::system::{Flow, Hindrance, NewRecord, StepAsked};
use registry::{Evidence, Kind, Record, Registry, RegistryError};
use serde_json::{Value, json};
use vocab::Id;

use crate::fixture::{fields, page, places_of, shipped};

fn area(unit: Id) -> Value {
    json!({
        "name": "Vùng sầu riêng ấp Phú Long (giả lập)", "crop": "durian-ri6", "commune": unit.to_string(),
        "boundary": { "type": "Polygon", "coordinates": [[["105.9", "10.2"], ["105.904", "10.2"],
            ["105.904", "10.204"], ["105.9", "10.204"], ["105.9", "10.2"]]] },
        "responsible_name": "Hợp tác xã (giả lập)", "representative_name": "Ông A (giả lập)",
        "representative_phone": "0912 345 678", "markets": ["CN"], "yearly_yield_t": "120",
        "holders": [{ "full_name": "Ông A (giả lập)", "citizen_id": "086090000123", "plot_ha": "5.5" }],
    })
}

async fn step(
    registry: &Registry,
    who: &Principal,
    kind: &Kind,
    id: Id,
    step: &str,
    sent: Value,
) -> Result<Record, RegistryError> {
    let asked = StepAsked {
        step: step.to_owned(),
        fields: fields(sent),
        ..StepAsked::default()
    };
    registry
        .take_step(&page(who), kind, id, asked)
        .await
        .map(|kept| kept.record)
}

/// The code of a refusal, and the first field that it names.
fn refusal(result: Result<Record, RegistryError>) -> (String, String) {
    match result.unwrap_err() {
        RegistryError::Refused(problem) => {
            let field = problem.fields.first().map(|field| field.field.clone());
            (problem.code, field.unwrap_or_default())
        }
        other => panic!("refused otherwise: {other}"),
    }
}

async fn report(registry: &Registry, who: &Principal) -> Value {
    let mut upload = registry.store().upload(1 << 20).await.unwrap();
    upload
        .write(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
        .await
        .unwrap();
    let stored = upload.finish().await.unwrap();
    registry.receive(&page(who), &stored.digest).await.unwrap();
    serde_json::to_value(Evidence::of("bien-ban.pdf", &stored)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_area_goes_from_proposal_to_its_code() {
    for place in places_of(shipped(), 41).await {
        let registry = &place.registry;
        let kind = place.systems.find("growing-area", "growing-area").unwrap();
        let declared = &place.systems.record(kind).declared;
        let units = registry.directory().units().await.unwrap();
        let commune = units
            .iter()
            .find(|unit| unit.kind == UnitKind::Commune)
            .unwrap()
            .id;
        let officer = place.somebody(1, &[("agri.officer", commune)]).await;
        let inspector = place.somebody(2, &[("agri.inspector", province())]).await;
        let approver = place.somebody(3, &[("agri.approver", province())]).await;
        let head = place.somebody(4, &[("agri.head", province())]).await;

        let new = NewRecord {
            fields: fields(area(commune)),
            ..NewRecord::default()
        };
        let made = registry
            .make(&page(&officer), kind, new)
            .await
            .unwrap()
            .record;
        let id = made.id;
        let whole = registry.find(kind.name, id).await.unwrap().unwrap();
        // What is left out begins as the pack says; what is computed follows.
        assert_eq!(whole.body["area_ha"], "19.39", "{}", place.name);
        assert_eq!(
            (
                &whole.body["standard"],
                &whole.body["holder_count"],
                &whole.body["plots_ha"]
            ),
            (&json!("none"), &json!(1), &json!("5.5"))
        );
        assert_eq!(whole.body["representative_phone"], "+84912345678");
        // Personal data is masked for whoever was not granted to see it, columns of tables too.
        assert!(
            !made.body.contains_key("representative_phone")
                && made.body["holders"][0].get("citizen_id").is_none()
        );
        assert!(
            registry.get(&inspector, kind.name, id).await.is_err(),
            "a draft is its commune's"
        );
        assert_eq!(
            refusal(step(registry, &officer, kind, id, "grant", json!({})).await).0,
            "step-closed"
        );

        step(registry, &officer, kind, id, "propose", json!({}))
            .await
            .unwrap();
        let whole = registry.find(kind.name, id).await.unwrap().unwrap();
        let clocks = Flow::of(&whole.body).clocks(declared, registry.calendar());
        assert!(
            clocks
                .iter()
                .any(|clock| clock.id == "handling" && clock.due.is_some()),
            "{clocks:?}"
        );
        let role = directory::Role::coded("agri.inspector").unwrap();
        let tasks = registry.tasks(&inspector, role, None, 10).await.unwrap();
        assert_eq!(
            tasks
                .items
                .iter()
                .map(|task| task.name.as_str())
                .collect::<Vec<_>>(),
            ["inspect"]
        );

        // The inspection waits for the commune, for a day that is none in the future, for a report.
        let open = registry.steps_open(&inspector, kind, &whole).await.unwrap();
        assert_eq!(
            open.iter()
                .find(|open| &*open.step.id == "inspect")
                .unwrap()
                .hindered,
            Some(Hindrance::Tasks)
        );
        let evidence = report(registry, &inspector).await;
        let found = json!({ "inspected_on": "2023-04-14", "inspection_report": evidence });
        assert_eq!(
            refusal(step(registry, &inspector, kind, id, "inspect", found.clone()).await).0,
            "step-awaits-tasks"
        );
        let waiting = registry.waiting(&officer, id).await.unwrap();
        let task = waiting.iter().find(|task| task.mine).unwrap();
        assert!(
            registry
                .finish_task(&page(&inspector), kind, id, task.id)
                .await
                .is_err()
        );
        registry
            .finish_task(&page(&officer), kind, id, task.id)
            .await
            .unwrap();
        let missing = json!({ "inspected_on": "2023-04-14" });
        assert_eq!(
            refusal(step(registry, &inspector, kind, id, "inspect", missing).await).1,
            "inspection_report"
        );
        // A file is what it is, whatever is said of it.
        for (name, value) in [("size", json!(1)), ("media_type", json!("image/png"))] {
            let mut other = evidence.clone();
            other[name] = value;
            let other = json!({ "inspected_on": "2023-04-14", "inspection_report": other });
            assert_eq!(
                refusal(step(registry, &inspector, kind, id, "inspect", other).await).1,
                "inspection_report"
            );
        }
        let future = json!({ "inspected_on": "2099-01-01", "inspection_report": evidence });
        assert_eq!(
            refusal(step(registry, &inspector, kind, id, "inspect", future).await).1,
            "inspected_on"
        );
        let foreign = step(
            registry,
            &inspector,
            kind,
            id,
            "inspect",
            json!({ "name": "B" }),
        )
        .await;
        assert_eq!(refusal(foreign).1, "name");
        // Sent back and proposed again, the clock of the handling stands still meanwhile.
        let unreasoned = step(registry, &inspector, kind, id, "send-back", json!({})).await;
        assert_eq!(refusal(unreasoned).1, "reason");
        step(registry, &inspector, kind, id, "inspect", found)
            .await
            .unwrap();

        // Two approve, each in a role of their own; the code comes with the second.
        let number = json!({ "decision_number": "12/QĐ-BVTV" });
        assert_eq!(
            refusal(step(registry, &inspector, kind, id, "grant", number.clone()).await).0,
            "role-missing"
        );
        let first = step(registry, &approver, kind, id, "grant", number.clone())
            .await
            .unwrap();
        assert_eq!(first.state, "inspected");
        assert_eq!(
            refusal(step(registry, &approver, kind, id, "grant", number.clone()).await).0,
            "step-approved"
        );
        let granted = step(registry, &head, kind, id, "grant", number)
            .await
            .unwrap();
        assert!(
            granted.body.contains_key("code") && granted.body.contains_key("granted_on"),
            "{granted:?}"
        );
        assert_eq!(
            (
                granted.state.as_str(),
                &granted.body["code"],
                &granted.body["granted_on"]
            ),
            ("granted", &json!("VN-VLOR-0001"), &json!("2023-04-14"))
        );
        assert!(registry.waiting(&officer, id).await.unwrap().is_empty());
        let history = registry
            .history(&approver, kind.name, &granted, 20)
            .await
            .unwrap();
        let actions: Vec<&str> = history
            .iter()
            .rev()
            .map(|entry| entry.action.as_str())
            .collect();
        assert_eq!(
            actions,
            ["create", "propose", "inspect", "approval.grant", "grant"]
        );
        let verified = registry.store().verify(None).await.unwrap();
        assert!(verified.findings.is_empty(), "{:?}", verified.findings);
    }
}
