//! The same request twice is done once.

use axum::http::{Method, StatusCode};
use futures_util::future::join_all;
use serde_json::json;

use crate::fixture::{Answer, run};

#[test]
fn twenty_at_once_have_one_effect_and_one_answer() {
    run(|office| async {
        let place = office.place();
        let officer = office
            .program("canbo.snv")
            .with("idempotency-key", "twenty");
        let report = office.report(&place, 1, 2);
        let answers =
            join_all((0..20).map(|_| officer.post("/api/v1/observations", &report))).await;
        for answer in &answers {
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
            assert_eq!(answer.bytes, answers[0].bytes);
            assert_eq!(answer.header("location"), answers[0].header("location"));
        }
        let path = format!("/api/v1/observations/{}/history", answers[0].id());
        let history = officer.get(&path).await.json();
        assert_eq!(history["items"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn a_key_stands_for_one_request_of_one_account() {
    run(|office| async {
        let (place, other) = (office.place(), office.place());
        let officer = office.program("canbo.snv").with("idempotency-key", "one");
        let path = "/api/v1/observations";
        let begun = officer.post(path, &office.report(&place, 1, 2)).await;
        assert_eq!(begun.status, StatusCode::CREATED);
        let reused = officer.post(path, &office.report(&other, 1, 2)).await;
        assert_eq!(
            (reused.status, reused.problem()),
            (StatusCode::UNPROCESSABLE_ENTITY, "key-reused".to_owned())
        );
        let head = office.program("lanhdao.snv").with("idempotency-key", "one");
        let theirs = head.post(path, &office.report(&other, 1, 2)).await;
        assert_eq!(theirs.status, StatusCode::CREATED, "{}", theirs.text());
    });
}

#[test]
fn a_step_sent_again_is_answered_again() {
    run(|office| async {
        let (_, begun) = office.draft().await;
        let officer = office
            .program("canbo.snv")
            .with("idempotency-key", "submit-1");
        let first = officer.step(&begun, "submit").await;
        let second = officer.step(&begun, "submit").await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.text());
        assert_eq!((second.status, &second.bytes), (first.status, &first.bytes));
        let head = office.program("lanhdao.snv");
        assert_eq!(head.step(&first, "approve").await.status, StatusCode::OK);
        // However far the report went since.
        let late = officer.step(&begun, "submit").await;
        assert_eq!((late.status, &late.bytes), (first.status, &first.bytes));
        assert_eq!(late.header("etag"), first.header("etag"));
        let without = office.program("canbo.snv").step(&begun, "submit").await;
        assert_eq!(without.status, StatusCode::CONFLICT);
    });
}

#[test]
fn edits_and_steps_that_come_at_once_are_answered_alike() {
    run(|office| async {
        // One report that goes to the head and back, ten times.
        let (place, mut report) = office.draft().await;
        let path = format!("/api/v1/observations/{}", report.id());
        for round in 0..10 {
            let officer = |key: &str| {
                let program = office.program("canbo.snv");
                program.with("idempotency-key", format!("at-once-{key}-{round}"))
            };
            let body = office.report(&place, round, 60);
            let editor = officer("edit").matching(&report);
            let edited = join_all((0..20).map(|_| editor.put(&path, &body))).await;
            alike(&edited);
            let sender = officer("submit");
            let handed_in = join_all((0..20).map(|_| sender.step(&edited[0], "submit"))).await;
            alike(&handed_in);
            let head = office.program("lanhdao.snv").matching(&handed_in[0]);
            let reason = json!({ "reason": "Đề nghị kiểm tra lại." });
            report = head.post(&format!("{path}/send-back"), &reason).await;
            assert_eq!(report.status, StatusCode::OK, "{}", report.text());
        }
    });
}

fn alike(answers: &[Answer]) {
    for answer in answers {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.bytes, answers[0].bytes);
    }
}

#[test]
fn a_file_sent_again_is_the_same_file() {
    run(|office| async {
        let officer = office
            .program("canbo.snv")
            .with("idempotency-key", "file-1");
        let send =
            |body: &'static str| officer.send(Method::POST, "/api/v1/files?name=a.txt", body);
        let (first, second) = (send("một").await, send("một").await);
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
        assert_eq!((second.status, &second.bytes), (first.status, &first.bytes));
        assert_eq!(send("hai").await.problem(), "key-reused");
    });
}

#[test]
fn keys_have_a_form() {
    run(|office| async {
        let place = office.place();
        for key in ["", " ", "một", &"k".repeat(201)] {
            let officer = office.program("canbo.snv").with("idempotency-key", key);
            let answer = officer
                .post("/api/v1/observations", &office.report(&place, 1, 2))
                .await;
            assert_eq!(
                (answer.status, answer.problem()),
                (StatusCode::BAD_REQUEST, "key-invalid".to_owned())
            );
        }
    });
}
