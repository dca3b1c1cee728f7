//! What comes in wrong goes back with a word on each place, in the asker's language.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::fixture::run;

fn fault(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

#[test]
fn each_wrong_member_is_named() {
    run(|office| async {
        let place = office.place();
        let officer = office.program("canbo.snv");
        let cases: Vec<(&str, Value, (&str, &str))> = vec![
            ("la", json!(1), ("/la", "unknown-field")),
            ("a/b~", json!(1), ("/a~1b~0", "unknown-field")),
            ("indicator", json!("x"), ("/indicator", "not-an-id")),
            ("indicator", Value::Null, ("/indicator", "field-required")),
            ("unit", json!(7), ("/unit", "not-an-id")),
            ("period", json!("2023Q5"), ("/period", "not-a-period")),
            ("period", json!("2023-02-30"), ("/period", "not-a-period")),
            ("period", json!("2023-13"), ("/period", "not-a-period")),
            (
                "period",
                json!("2022Q1"),
                ("/period", "period-outside-plan"),
            ),
            ("numerator", json!(-1), ("/numerator", "number-range")),
            (
                "numerator",
                json!(61),
                ("/numerator", "numerator-above-denominator"),
            ),
            ("numerator", json!(1.5), ("/numerator", "not-whole")),
            ("numerator", json!("45"), ("/numerator", "not-whole")),
            ("numerator", json!(true), ("/numerator", "not-whole")),
            (
                "denominator",
                json!(1_000_000_000_001_i64),
                ("/denominator", "number-range"),
            ),
            (
                "denominator",
                json!(u64::MAX),
                ("/denominator", "not-whole"),
            ),
            ("count", json!("3"), ("/count", "one-value-only")),
            ("count", json!(3), ("/count", "not-decimal-text")),
            ("count", json!("1,5"), ("/count", "not-decimal-text")),
            ("count", json!("NaN"), ("/count", "not-decimal-text")),
            ("reached", json!("yes"), ("/reached", "not-a-flag")),
            ("note", json!(["x"]), ("/note", "not-text")),
            ("note", json!("x\u{0}"), ("/note", "text-control")),
            ("note", json!("ở".repeat(4_001)), ("/note", "text-too-long")),
            ("evidence", json!({}), ("/evidence", "not-a-list")),
            ("evidence", json!([1]), ("/evidence/0", "not-an-object")),
            (
                "evidence",
                json!([{"name": "a", "sha256": "../x"}]),
                ("/evidence/0/sha256", "not-a-digest"),
            ),
            (
                "evidence",
                json!([{"sha256": "0".repeat(64)}]),
                ("/evidence/0/name", "field-required"),
            ),
        ];
        for (member, value, (pointer, code)) in cases {
            let mut report = office.report(&place, 45, 60);
            report[member] = value.clone();
            let answer = officer.post("/api/v1/observations", &report).await;
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{member} {value}: {}",
                answer.text()
            );
            assert_eq!(answer.problem(), "invalid-fields");
            assert_eq!(answer.faults(), [fault(pointer, code)], "{member} {value}");
        }
        let absurd = format!(
            r#"{{"indicator":"{}","unit":"{}","period":"2023Q1","numerator":1e400,"denominator":{}}}"#,
            place.indicator,
            office.unit,
            "9".repeat(10_000)
        );
        let typed = officer.with("content-type", "application/json");
        let answer = typed
            .send(Method::POST, "/api/v1/observations", absurd)
            .await;
        assert_eq!(
            answer.faults(),
            [
                fault("/numerator", "not-whole"),
                fault("/denominator", "not-whole")
            ]
        );
        let none = officer
            .get(&format!("/api/v1/targets/{}", place.target))
            .await;
        assert!(!none.text().contains("\"observation\""));
    });
}

#[test]
fn html_stays_text() {
    run(|office| async {
        let mut report = office.report(&office.place(), 1, 2);
        report["note"] = "<script>alert(1)</script>\r\n=1+1 Tra\u{300}".into();
        let begun = office
            .program("canbo.snv")
            .post("/api/v1/observations", &report)
            .await;
        assert_eq!(begun.json()["note"], "<script>alert(1)</script>\n=1+1 Trà");
        assert_eq!(begun.header("content-type"), "application/json");
        assert_eq!(begun.header("x-content-type-options"), "nosniff");
    });
}

#[test]
fn bodies_that_are_no_object_are_refused() {
    run(|office| async {
        let officer = office
            .program("canbo.snv")
            .with("content-type", "application/json");
        let path = "/api/v1/observations";
        for (body, status, code) in [
            ("{", 400, "body-unreadable"),
            ("{\"a\":\"\u{0}\"}", 400, "body-unreadable"),
            ("[]", 422, "not-an-object"),
            ("{\"unit\":1,\"unit\":2}", 422, "not-an-object"),
            ("", 422, "invalid-fields"),
        ] {
            let answer = officer.send(Method::POST, path, body).await;
            assert_eq!(
                (answer.status.as_u16(), answer.problem()),
                (status, code.to_owned()),
                "{body}"
            );
        }
        let large = officer
            .send(Method::POST, path, vec![b' '; 300 << 10])
            .await;
        assert_eq!(
            (large.status.as_u16(), large.problem()),
            (413, "body-too-large".to_owned())
        );
        let form = office
            .program("canbo.snv")
            .with("content-type", "text/plain");
        assert_eq!(
            form.send(Method::POST, path, "{}").await.problem(),
            "body-media-type"
        );
    });
}

#[test]
fn queries_are_strict() {
    run(|office| async {
        let nobody = office.nobody();
        for (path, parameter, code) in [
            ("/api/v1/plan?x=1", "x", "unknown-parameter"),
            ("/api/v1/targets?limit=0", "limit", "number-range"),
            ("/api/v1/targets?limit=201", "limit", "number-range"),
            ("/api/v1/targets?limit=-1", "limit", "not-whole"),
            (
                "/api/v1/targets?limit=1&limit=2",
                "limit",
                "parameter-twice",
            ),
            ("/api/v1/targets?lead=x", "lead", "not-an-id"),
            (
                "/api/v1/targets?standing=good",
                "standing",
                "choice-unknown",
            ),
            ("/api/v1/targets?after=999", "after", "not-a-page-mark"),
            ("/api/v1/units?kind=ministry", "kind", "choice-unknown"),
            (
                "/api/v1/observations?state=deleted",
                "state",
                "choice-unknown",
            ),
            ("/api/v1/observations?period=soon", "period", "not-a-period"),
            ("/api/v1/observations?after=zz", "after", "not-a-page-mark"),
            ("/api/v1/observations?after=' OR 1=1", "after", ""),
        ] {
            let path = path.replace(' ', "%20").replace('\'', "%27");
            let answer = nobody.get(&path).await;
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{path}: {}",
                answer.text()
            );
            let code = if code.is_empty() {
                "not-a-page-mark"
            } else {
                code
            };
            assert_eq!(answer.faults(), [fault(parameter, code)], "{path}");
        }
        let officer = office.program("canbo.snv");
        for mark in ["", "viewer.", "head.zz", "head"] {
            let answer = officer.get(&format!("/api/v1/tasks?after={mark}")).await;
            assert_eq!(
                answer.status.as_u16(),
                if mark.is_empty() { 200 } else { 422 },
                "{mark}"
            );
        }
    });
}

#[test]
fn addresses_that_name_nothing() {
    run(|office| async {
        let nobody = office.nobody();
        for path in [
            "/api/v1/targets/0",
            "/api/v1/targets/99999999",
            "/api/v1/targets/%C3%A1",
            "/api/v1/targets/%ff",
            "/api/v1/units/x",
            "/api/v1/observations/00000000-0000-0000-0000-000000000000",
            "/api/v1/observations/..%2f..%2fetc",
            "/api/v1/nothing",
            "/api/v2/plan",
        ] {
            let answer = nobody.get(path).await;
            assert_eq!(
                (answer.status, answer.problem()),
                (StatusCode::NOT_FOUND, "not-found".to_owned()),
                "{path}"
            );
        }
        let file = nobody.get("/api/v1/files/xyz").await;
        assert_eq!(
            (file.status, file.problem()),
            (StatusCode::NOT_FOUND, "not-found".to_owned())
        );
    });
}

#[test]
fn methods_and_heads() {
    run(|office| async {
        let nobody = office.nobody();
        let got = nobody.get("/api/v1/plan").await;
        let head = nobody
            .send(Method::HEAD, "/api/v1/plan", Body::empty())
            .await;
        assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
        assert_eq!(head.header("etag"), got.header("etag"));
        let deleted = nobody
            .send(Method::DELETE, "/api/v1/plan", Body::empty())
            .await;
        assert_eq!(
            (deleted.status, deleted.problem()),
            (
                StatusCode::METHOD_NOT_ALLOWED,
                "method-not-allowed".to_owned()
            )
        );
        assert_eq!(deleted.header("allow"), "GET,HEAD");
        let options = nobody
            .send(Method::OPTIONS, "/api/v1/observations", Body::empty())
            .await;
        assert_eq!(
            (options.status, options.header("allow")),
            (StatusCode::NO_CONTENT, "GET,HEAD,POST")
        );
    });
}

#[test]
fn files_are_evidence_or_refused() {
    run(|office| async {
        let officer = office.program("canbo.snv");
        let path = "/api/v1/files?name=..%2F..%2Fa%0Ab.txt";
        let named = officer.send(Method::POST, path, "chữ").await;
        assert_eq!(named.json()["name"], "ab.txt");
        for (body, code) in [
            (&b"MZ\x90\x00"[..], "file-type-refused"),
            (b"<!DOCTYPE html><script>", "file-type-refused"),
            (b"", "file-empty"),
        ] {
            let answer = officer.send(Method::POST, path, body).await;
            assert_eq!(
                (answer.status.as_u16(), answer.problem()),
                (422, code.to_owned())
            );
        }
    });
}

#[test]
fn words_are_in_the_language_asked_for() {
    run(|office| async {
        let nobody = office.nobody();
        let vi = nobody.get("/api/v1/targets?limit=0").await.json();
        assert_eq!(vi["errors"][0]["detail"], "Nhập số từ 1 đến 200.");
        let english = nobody.with("accept-language", "en-GB,en;q=0.9");
        let en = english.get("/api/v1/targets?limit=0").await.json();
        assert_eq!(en["errors"][0]["detail"], "Enter a number from 1 to 200.");
    });
}
