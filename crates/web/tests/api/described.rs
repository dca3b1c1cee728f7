//! The description and the router say the same.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::fixture::run;

const METHODS: [Method; 5] = [
    Method::GET,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
];

#[test]
fn every_operation_is_routed_and_no_other() {
    run(|office| async {
        let nobody = office.nobody();
        let description = nobody.get("/api/openapi.json").await.json();
        let paths = description["paths"].as_object().unwrap();
        assert!(paths.len() >= 16);
        for (path, item) in paths {
            let address = path
                .replace("{number}", "1")
                .replace("{sha256}", "0")
                .replace("{id}", "0");
            let described: BTreeSet<String> = METHODS
                .iter()
                .map(|method| method.as_str().to_lowercase())
                .filter(|method| item.get(method).is_some())
                .collect();
            let options = nobody.send(Method::OPTIONS, &address, Body::empty()).await;
            let routed: BTreeSet<String> = options
                .header("allow")
                .split(',')
                .map(str::to_lowercase)
                .filter(|method| method != "head")
                .collect();
            assert_eq!(described, routed, "{path}");
            for method in METHODS {
                let answer = nobody.send(method.clone(), &address, Body::empty()).await;
                let known = described.contains(&method.as_str().to_lowercase());
                assert_eq!(
                    answer.status != StatusCode::METHOD_NOT_ALLOWED,
                    known,
                    "{method} {path}"
                );
            }
        }
    });
}

#[test]
fn the_description_holds_together() {
    run(|office| async {
        let description = office.nobody().get("/api/openapi.json").await.json();
        assert_eq!(description["openapi"], "3.1.0");
        let mut references = BTreeSet::new();
        gather(&description, &mut references);
        assert!(references.len() > 15);
        for reference in &references {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(description.pointer(pointer).is_some(), "{reference}");
        }
        let mut names = BTreeSet::new();
        for (path, item) in description["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()));
                let responses = operation["responses"].as_object().unwrap();
                assert!(responses.contains_key("default"), "{method} {path}");
                let said = |response: &Value| response["description"].is_string();
                assert!(responses.values().all(said), "{method} {path}");
                let changes = method != "get";
                let security = operation["security"].as_array();
                assert!(
                    !changes
                        || security.is_some_and(|needed| needed
                            .iter()
                            .all(|one| one != &serde_json::json!({})))
                );
                let header = |name: &str| {
                    let parameters = operation["parameters"]
                        .as_array()
                        .cloned()
                        .unwrap_or_default();
                    parameters
                        .iter()
                        .any(|one| one["name"] == name && one["in"] == "header")
                };
                assert_eq!(header("Idempotency-Key"), changes, "{method} {path}");
                assert_eq!(
                    header("If-Match"),
                    responses.contains_key("428"),
                    "{method} {path}"
                );
                for name in path
                    .split('/')
                    .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
                {
                    let parameters = operation["parameters"].as_array().unwrap();
                    assert!(parameters.iter().any(|one| one["name"] == name
                        && one["in"] == "path"
                        && one["required"] == true));
                }
            }
        }
    });
}

fn gather(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                references.insert(reference.to_owned());
            }
            members
                .values()
                .for_each(|member| gather(member, references));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, references)),
        _ => {}
    }
}

/// What bodies are read by is what is described: each described member alone is known, and
/// one that is not described is not.
#[test]
fn bodies_are_read_as_described() {
    run(|office| async {
        let description = office.nobody().get("/api/openapi.json").await.json();
        let officer = office.program("canbo.snv");
        let schema = &description["components"]["schemas"]["ReportInput"];
        assert_eq!(schema["additionalProperties"], false);
        let mut report: Value = schema["properties"]
            .as_object()
            .unwrap()
            .keys()
            .map(|name| (name.clone(), serde_json::json!({})))
            .collect::<serde_json::Map<_, _>>()
            .into();
        report["not-described"] = 1.into();
        let answer = officer.post("/api/v1/observations", &report).await;
        let unknown: Vec<String> = answer
            .faults()
            .into_iter()
            .filter(|(_, code)| code == "unknown-field")
            .map(|(pointer, _)| pointer)
            .collect();
        assert_eq!(unknown, ["/not-described"]);
        assert_eq!(answer.faults().len(), report.as_object().unwrap().len());
        let required = officer
            .post("/api/v1/observations", &serde_json::json!({}))
            .await;
        let missing: BTreeSet<String> = required
            .faults()
            .into_iter()
            .map(|(pointer, _)| pointer[1..].to_owned())
            .collect();
        let described: BTreeSet<String> = schema["required"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap().to_owned())
            .collect();
        assert_eq!(missing, described);
    });
}
