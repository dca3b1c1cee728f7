//! A program that reads and writes records of a system.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use directory::{Grant, NewAccount, NewToken, Role, UnitKind};
use serde_json::{Value, json};

use crate::fixture::{Answer, Browser, PASSWORD, TestApp, system};

const LIST: &str = "/api/v1/systems/growing-area/growing-area";

async fn send(
    browser: &mut Browser,
    token: &str,
    (method, path, version): (Method, &str, &str),
    body: &Value,
) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"));
    if !body.is_null() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    if !version.is_empty() {
        request = request.header(header::IF_MATCH, version);
    }
    let body = if body.is_null() {
        Body::empty()
    } else {
        Body::from(body.to_string())
    };
    browser.send(request.body(body).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_program_is_not_shown_outlives_its_changes() {
    for app in TestApp::with_packs().await {
        let units = app.app.directory.units().await.unwrap();
        let mut communes = units.iter().filter(|unit| unit.kind == UnitKind::Commune);
        let unit = communes.next().unwrap().id;
        let new = NewAccount {
            login: "may.xa".to_owned(),
            name: "Phần mềm xã (giả lập)".to_owned(),
            password: PASSWORD.to_owned(),
            grants: vec![Grant::new(Role::coded("agri.officer").unwrap(), unit)],
            demo: false,
        };
        let directory = &app.app.directory;
        let account = directory.create_account(&system(), new).await.unwrap();
        let named = NewToken::named("thử");
        let token = directory.create_token(&system(), account.id, &named).await;
        let token = token.unwrap();
        let mut browser = app.browser();

        let area = json!({
            "name": "Vùng sầu riêng ấp Phú Long (giả lập)", "crop": "durian-ri6",
            "commune": unit.to_string(),
            "boundary": { "type": "Polygon", "coordinates": [[[105.9, 10.2], [105.904, 10.2],
                [105.904, 10.204], [105.9, 10.204], [105.9, 10.2]]] },
            "responsible_name": "Hợp tác xã (giả lập)", "representative_name": "Ông A (giả lập)",
            "representative_phone": "0912 345 678", "markets": ["CN"], "yearly_yield_t": "120",
            "holders": [{ "full_name": "Ông A (giả lập)", "citizen_id": "086090000123",
                "plot_ha": "5.5" }],
        });
        let made = send(&mut browser, &token, (Method::POST, LIST, ""), &area).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let place = made.header("location").to_owned();
        let read = send(
            &mut browser,
            &token,
            (Method::GET, &place, ""),
            &Value::Null,
        )
        .await;
        assert!(
            !read.text().contains("912345678") && !read.text().contains("086090000123"),
            "{}",
            read.text()
        );

        // Sent back as it was shown but for the hamlet.
        let shown: Value = serde_json::from_str(read.text()).unwrap();
        let mut fields = shown["fields"].clone();
        fields["hamlet"] = json!("Ấp Phú Long");
        let version = read.header("etag").to_owned();
        let asked = (Method::PUT, place.as_str(), version.as_str());
        let put = send(&mut browser, &token, asked, &fields).await;
        assert_eq!(put.status, StatusCode::OK, "{}", put.text());
        let registry = app.app.plans.registry();
        let kind = registry.systems().find("growing-area", "growing-area");
        let kind = kind.unwrap().name;
        let id = shown["id"].as_str().unwrap().parse().unwrap();
        let whole = registry.find(kind, id).await.unwrap().unwrap();
        assert_eq!(whole.body["hamlet"], "Ấp Phú Long");
        assert_eq!(whole.body["representative_phone"], "+84912345678");
        assert_eq!(whole.body["holders"][0]["citizen_id"], "086090000123");

        // Named, it changes.
        fields["representative_phone"] = json!("0987 654 321");
        let version = put.header("etag").to_owned();
        let asked = (Method::PUT, place.as_str(), version.as_str());
        let put = send(&mut browser, &token, asked, &fields).await;
        assert_eq!(put.status, StatusCode::OK, "{}", put.text());
        let whole = registry.find(kind, id).await.unwrap().unwrap();
        assert_eq!(whole.body["representative_phone"], "+84987654321");
    }
}
