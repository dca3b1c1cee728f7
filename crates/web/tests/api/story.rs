//! From a draft with its evidence to the public figure, by tokens.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::fixture::{Answer, Program, run_on_each_engine};

const EVIDENCE: &[u8] = "Xã Tân Hạnh: 45/60 hồ sơ".as_bytes();

#[test]
fn a_report_becomes_the_public_figure() {
    run_on_each_engine(|office| async {
        let (officer, head) = (office.program("canbo.snv"), office.program("lanhdao.snv"));
        let (coordinator, nobody) = (office.program("dieuphoi.sttt"), office.nobody());
        let place = office.place();
        let target = format!("/api/v1/targets/{}", place.target);
        let before = nobody.get(&target).await;
        assert_eq!(before.json()["standing"], "no-data");

        let named = officer.with(
            "content-disposition",
            "attachment; filename*=UTF-8''b%C3%A1o%20c%C3%A1o.txt",
        );
        let file = named.send(Method::POST, "/api/v1/files", EVIDENCE).await;
        assert_eq!(file.status, StatusCode::CREATED, "{}", file.text());
        assert_eq!(file.json()["name"], "báo cáo.txt");
        let file_path = file.header("location").to_owned();

        let mut report = office.report(&place, 45, 60);
        report["note"] = "Số liệu đến ngày 31/3.".into();
        report["evidence"] = json!([file.json()]);
        let begun = officer.post("/api/v1/observations", &report).await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
        let path = begun.header("location").to_owned();
        assert_eq!(begun.json()["actions"], json!(["edit", "submit"]));
        assert_eq!(begun.json()["evidence"], json!([file.json()]));
        assert_eq!(nobody.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            nobody.get(&file_path).await.status,
            StatusCode::UNAUTHORIZED
        );
        assert_eq!(officer.get(&file_path).await.bytes, EVIDENCE);
        let other = office.program("canbo.sct").get(&file_path).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);

        report["numerator"] = 40.into();
        let edited = officer.matching(&begun).put(&path, &report).await;
        assert_eq!(edited.status, StatusCode::OK, "{}", edited.text());
        assert_eq!(
            (edited.header("etag"), &edited.json()["numerator"]),
            ("\"2\"", &json!(40))
        );

        let submitted = taken(officer.step(&edited, "submit").await, "submitted");
        assert!(waits_for(&head, &path, "approve").await);
        let back = head
            .matching(&submitted)
            .post(
                &format!("{path}/send-back"),
                &json!({"reason": "Thiếu xã Tân Hạnh."}),
            )
            .await;
        let back = taken(back, "sent_back");
        assert!(!waits_for(&head, &path, "approve").await);
        assert!(waits_for(&officer, &path, "correct").await);
        let again = taken(officer.step(&back, "submit").await, "submitted");
        let said = head
            .matching(&again)
            .post(&format!("{path}/comments"), &json!({"text": "Đã đủ."}))
            .await;
        assert_eq!(said.status, StatusCode::OK, "{}", said.text());
        let approved = taken(head.step(&again, "approve").await, "approved");
        let last = taken(
            coordinator.step(&approved, "consolidate").await,
            "consolidated",
        );

        let shown = nobody.get(&path).await;
        assert_eq!(shown.header("etag"), last.header("etag"));
        assert_eq!(shown.json()["actions"], json!([]));
        let other = office.program("canbo.sct");
        assert_eq!(other.get(&file_path).await.bytes, EVIDENCE);
        let closed = nobody.get(&file_path).await;
        assert_eq!(closed.status, StatusCode::UNAUTHORIZED);
        let after = nobody.get(&target).await;
        assert_ne!(after.header("etag"), before.header("etag"));
        let indicator = indicator(&after.json(), &place.indicator.to_string());
        assert_eq!(indicator["figure"]["numerator"], 40);
        assert_eq!(indicator["figure"]["denominator"], 60);
        assert_eq!(indicator["figure"]["value"], "66.67");
        assert_eq!(
            indicator["standing"]["ruleVersion"],
            after.json()["ruleVersion"]
        );
        assert_ne!(indicator["standing"]["reason"], "nothing-consolidated");

        let way = nobody.get(&format!("{target}/way")).await.json();
        assert_eq!(
            actions(&way, &begun.id()),
            ["consolidate", "approve", "submit"]
        );
        assert_eq!(way["items"][0]["person"], "dieuphoi.sttt (giả lập)");
        assert_eq!(way["items"][0]["evidence"][0]["name"], "báo cáo.txt");
        let history = format!("{path}/history");
        let all = officer.get(&history).await.json();
        assert_eq!(
            actions(&all, &begun.id()),
            [
                "consolidate",
                "approve",
                "comment",
                "submit",
                "send_back",
                "submit",
                "edit",
                "create"
            ]
        );
        let public = nobody.get(&history).await.json();
        assert_eq!(
            actions(&public, &begun.id()),
            ["consolidate", "approve", "submit"]
        );
        assert!(!public.to_string().contains("Thiếu xã"));
    });
}

fn taken(answer: Answer, state: &str) -> Answer {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["state"], state);
    answer
}

async fn waits_for(program: &Program, path: &str, name: &str) -> bool {
    let tasks = program.get("/api/v1/tasks?limit=200").await.json();
    let tasks = tasks["items"].as_array().unwrap();
    tasks
        .iter()
        .any(|task| task["name"] == name && path.ends_with(task["record"].as_str().unwrap()))
}

fn indicator(target: &Value, id: &str) -> Value {
    let indicators = target["indicators"].as_array().unwrap();
    indicators
        .iter()
        .find(|one| one["id"] == id)
        .unwrap()
        .clone()
}

fn actions(way: &Value, observation: &str) -> Vec<String> {
    let steps = way["items"].as_array().unwrap().iter();
    steps
        .filter(|step| step["observation"] == observation)
        .map(|step| step["action"].as_str().unwrap().to_owned())
        .collect()
}
