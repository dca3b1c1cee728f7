//! Who may do what is asked below; the API says it right.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::fixture::{PASSWORD, run};

#[test]
fn the_drafts_of_another_unit_are_not_there() {
    run(|office| async {
        let (place, begun) = office.draft().await;
        let path = format!("/api/v1/observations/{}", begun.id());
        for login in ["canbo.sct", "dieuphoi.sttt", "lanhdaotinh"] {
            let other = office.program(login);
            assert_eq!(other.get(&path).await.problem(), "not-found", "{login}");
            assert_eq!(
                other.get(&format!("{path}/history")).await.problem(),
                "not-found"
            );
            let put = other
                .matching(&begun)
                .put(&path, &office.report(&place, 1, 2))
                .await;
            assert_eq!(put.problem(), "not-found");
            for step in ["submit", "approve", "consolidate"] {
                assert_eq!(other.step(&begun, step).await.problem(), "not-found");
            }
            let drafts = other
                .get(&format!(
                    "/api/v1/observations?state=draft&unit={}",
                    office.unit
                ))
                .await;
            assert_eq!(drafts.json()["items"], json!([]));
        }
        assert_eq!(
            office.program("lanhdao.snv").get(&path).await.status,
            StatusCode::OK
        );
    });
}

#[test]
fn reports_are_for_units_that_report() {
    run(|office| async {
        let place = office.place();
        let theirs = office.report(&place, 1, 2);
        let answer = office
            .program("canbo.sct")
            .post("/api/v1/observations", &theirs)
            .await;
        assert_eq!(
            (answer.status, answer.problem()),
            (StatusCode::FORBIDDEN, "denied-other-unit".to_owned())
        );
        let answer = office
            .program("lanhdaotinh")
            .post("/api/v1/observations", &theirs)
            .await;
        assert_eq!(
            (answer.status, answer.problem()),
            (StatusCode::FORBIDDEN, "denied-role-missing".to_owned())
        );
    });
}

#[test]
fn four_eyes() {
    run(|office| async {
        let (_, begun) = office.draft().await;
        let head = office.program("lanhdao.snv");
        let submitted = head.step(&begun, "submit").await;
        assert_eq!(submitted.status, StatusCode::OK, "{}", submitted.text());
        let own = head.step(&submitted, "approve").await;
        assert_eq!(
            (own.status, own.problem()),
            (StatusCode::FORBIDDEN, "denied-own-submission".to_owned())
        );
        let early = office
            .program("dieuphoi.sttt")
            .step(&submitted, "consolidate")
            .await;
        assert_eq!(
            (early.status, early.problem()),
            (StatusCode::CONFLICT, "step-not-open".to_owned())
        );
    });
}

#[test]
fn changes_need_an_account() {
    run(|office| async {
        let (place, begun) = office.draft().await;
        let nobody = office.nobody();
        let path = format!("/api/v1/observations/{}", begun.id());
        let report = office.report(&place, 1, 2);
        for answer in [
            nobody.post("/api/v1/observations", &report).await,
            nobody.matching(&begun).put(&path, &report).await,
            nobody.step(&begun, "submit").await,
            nobody
                .send(Method::POST, "/api/v1/files?name=a.txt", "a")
                .await,
            nobody.get("/api/v1/me").await,
            nobody.get("/api/v1/tasks").await,
        ] {
            assert_eq!(
                (answer.status, answer.problem()),
                (StatusCode::UNAUTHORIZED, "sign-in-needed".to_owned())
            );
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
        let unknown = nobody
            .with("authorization", "Bearer phusa_nothing")
            .get("/api/v1/me")
            .await;
        assert_eq!(
            (unknown.status, unknown.problem()),
            (StatusCode::UNAUTHORIZED, "token-unknown".to_owned())
        );
    });
}

#[test]
fn a_session_needs_its_csrf_token_for_changes() {
    run(|office| async {
        let device = directory::Device {
            agent: "thử".to_owned(),
            address: "127.0.0.1".to_owned(),
            known: String::new(),
        };
        let signed_in = office
            .app
            .directory
            .sign_in("canbo.snv", PASSWORD, &device)
            .await
            .unwrap();
        let browser = office
            .nobody()
            .with("cookie", format!("phusa={}", signed_in.token));
        let me = browser.get("/api/v1/me").await.json();
        assert_eq!(
            (&me["login"], &me["grants"][0]["unit"]["name"]),
            (&json!("canbo.snv"), &json!("Sở Nội vụ"))
        );
        let report = office.report(&office.place(), 1, 2);
        let without = browser.post("/api/v1/observations", &report).await;
        assert_eq!(
            (without.status, without.problem()),
            (StatusCode::FORBIDDEN, "form-expired".to_owned())
        );
        let with = browser.with("x-csrf-token", me["csrfToken"].as_str().unwrap());
        let begun = with.post("/api/v1/observations", &report).await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
    });
}

#[test]
fn nobody_uses_a_file_that_somebody_else_sent() {
    run(|office| async {
        let sct = office.program("canbo.sct");
        let file = sct
            .send(Method::POST, "/api/v1/files?name=bi-mat.txt", "của riêng")
            .await;
        assert_eq!(file.status, StatusCode::CREATED, "{}", file.text());
        let mut report = office.report(&office.place(), 1, 2);
        report["evidence"] = json!([file.json()]);
        let stolen = office
            .program("canbo.snv")
            .post("/api/v1/observations", &report)
            .await;
        report["evidence"][0]["sha256"] = "0".repeat(64).into();
        let unknown = office
            .program("canbo.snv")
            .post("/api/v1/observations", &report)
            .await;
        assert_eq!(
            (stolen.status, stolen.problem()),
            (StatusCode::UNPROCESSABLE_ENTITY, "file-missing".to_owned())
        );
        assert_eq!(
            (unknown.status, unknown.problem()),
            (stolen.status, stolen.problem())
        );
        let path = file.header("location").to_owned();
        let read = office
            .program("canbo.snv")
            .send(Method::GET, &path, Body::empty())
            .await;
        assert_eq!(read.status, StatusCode::NOT_FOUND);
    });
}
