//! Receivers that are told of changes, declared by a program.

use axum::http::{Method, StatusCode};
use serde_json::json;
use web::http::{Settings, Webhooks};

use crate::fixture::run_apart;

const LIST: &str = "/api/v1/webhooks";
/// 32 bytes.
const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn sending() -> Settings {
    Settings {
        webhooks: Some(Webhooks {
            key: webhook::Key::from_hex(KEY).unwrap(),
            allow: webhook::Allow::listed("").unwrap(),
        }),
        ..Settings::default()
    }
}

#[test]
fn a_receiver_is_declared_shown_without_its_secret_and_removed() {
    run_apart(async |office| {
        let administrator = office.administrator(sending()).await;
        let receiver = json!({
            "name": "Trục liên thông (giả lập)",
            "address": "https://lgsp.example/nhan",
            "account": "dieuphoi.sttt",
            "kinds": ["observation"],
            "happenings": ["step"],
        });
        let once = administrator.with("idempotency-key", "khai-bao-1");
        let declared = once.post(LIST, &receiver).await;
        assert_eq!(declared.status, StatusCode::CREATED, "{}", declared.text());
        let secret = declared.json()["secret"].clone();
        assert!(secret.as_str().unwrap().starts_with("whsec_"), "{secret}");
        let place = declared.header("location").to_owned();
        assert_eq!(place, format!("{LIST}/{}", declared.id()));
        // The same request once more makes no second one, and tells what the first one told.
        let again = once.post(LIST, &receiver).await;
        assert_eq!(
            (again.id(), &again.json()["secret"]),
            (declared.id(), &secret)
        );

        let shown = administrator.get(&place).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
        let body = shown.json();
        assert_eq!(body["account"], "dieuphoi.sttt");
        assert_eq!(body["happenings"], json!(["step"]));
        assert_eq!(
            (&body["contents"], &body["state"]),
            (&json!("thin"), &json!("active"))
        );
        let listed = administrator.get(LIST).await;
        assert_eq!(listed.json()["items"].as_array().unwrap().len(), 1);
        for answer in [&shown, &listed] {
            assert!(!answer.text().contains("whsec_"), "{}", answer.text());
        }

        let removed = administrator.send(Method::DELETE, &place, "").await;
        assert_eq!(removed.status, StatusCode::OK, "{}", removed.text());
        assert_eq!(
            administrator.get(&place).await.status,
            StatusCode::NOT_FOUND
        );
        let nothing = administrator.send(Method::DELETE, &place, "").await;
        assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn what_would_tell_nobody_or_whom_it_must_not_is_refused() {
    run_apart(async |office| {
        let administrator = office.administrator(sending()).await;
        let receiver = |address: &str, account: &str, kinds: &[&str]| json!({ "name": "Thử", "address": address, "account": account, "kinds": kinds });
        for (wrong, pointer) in [
            (
                receiver("http://lgsp.example/", "dieuphoi.sttt", &["observation"]),
                "/address",
            ),
            (
                receiver("https://127.0.0.1/", "dieuphoi.sttt", &["observation"]),
                "/address",
            ),
            (
                receiver("https://lgsp.example/", "khong.co", &["observation"]),
                "/account",
            ),
            (
                receiver("https://lgsp.example/", "dieuphoi.sttt", &["account"]),
                "/kinds",
            ),
            (
                receiver("https://lgsp.example/", "dieuphoi.sttt", &[]),
                "/kinds",
            ),
        ] {
            let refused = administrator.post(LIST, &wrong).await;
            assert_eq!(
                refused.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{wrong}: {}",
                refused.text()
            );
            let faults = refused.faults();
            assert!(
                faults.iter().any(|(at, _)| at == pointer),
                "{wrong}: {faults:?}"
            );
        }
        let fine = receiver("https://lgsp.example/", "dieuphoi.sttt", &["observation"]);
        for login in ["canbo.snv", "dieuphoi.sttt"] {
            let denied = office.program(login).post(LIST, &fine).await;
            assert_eq!(denied.status, StatusCode::FORBIDDEN, "{login}");
        }
        assert_eq!(
            office.nobody().post(LIST, &fine).await.status,
            StatusCode::UNAUTHORIZED
        );
        assert_eq!(administrator.get(LIST).await.json()["items"], json!([]));
    });
}
