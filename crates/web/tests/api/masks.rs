//! What a role hides of a record is hidden wherever the record is read.

use axum::http::{Method, StatusCode};
use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec};
use directory::{Act, Grant, NewAccount, NewToken, Principal, Role};
use serde_json::json;
use vocab::Id;
use web::pages::links;

use crate::fixture::{PASSWORD, run};

const SECRET: &str = "chỉ nội bộ đơn vị được đọc";

#[test]
fn a_hidden_field_goes_out_nowhere() {
    run(|office| async {
        let directory = &office.app.directory;
        let (system, actor) = (
            Principal::system(),
            Principal::system().actor("test", Id::NIL),
        );
        let role = RoleSpec {
            code: "nhin_che".to_owned(),
            name: RoleName {
                vi: "Nhìn che".to_owned(),
                en: "Sees in part".to_owned(),
            },
            grants: vec![RoleGrant {
                kinds: vec!["observation".to_owned()],
                verbs: vec![Act::Read, Act::Draft],
                reach: Reach::All,
                states: Vec::new(),
                condition: None,
                masks: vec!["note".to_owned()],
                four_eyes: false,
            }],
            valid_from: None,
            valid_to: None,
        };
        directory.put_role(&system, &actor, &role).await.unwrap();
        let new = NewAccount {
            login: "nhin.che".to_owned(),
            name: "Nhìn che".to_owned(),
            password: PASSWORD.to_owned(),
            grants: vec![Grant::new(Role::coded("nhin_che").unwrap(), Id::NIL)],
            demo: false,
        };
        let account = directory.create_account(&actor, new).await.unwrap();
        let token = directory
            .create_token(&actor, account.id, &NewToken::named("thử"))
            .await
            .unwrap();
        let place = office.place();
        let mut body = office.report(&place, 45, 60);
        body["note"] = json!(SECRET);
        let officer = office.program("canbo.snv");
        let begun = officer.post("/api/v1/observations", &body).await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
        let own = format!("/api/v1/observations/{}", begun.id());
        assert!(officer.get(&own).await.text().contains(SECRET));

        let masked = office
            .nobody()
            .with("authorization", format!("Bearer {token}"));
        let list = format!("/api/v1/observations?state=draft&unit={}", office.unit);
        let history = format!("{own}/history");
        for path in [own.as_str(), &history, &list, "/api/v1/tasks"] {
            let answer = masked.get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
            assert!(!answer.text().contains(SECRET), "{path}");
        }
        for path in [&own, &list] {
            assert!(masked.get(path).await.text().contains("45"), "{path}");
        }
        // What is hidden stays as it is, whatever is sent: also where nothing was said.
        let silent = office.draft().await.1;
        for (report, said) in [(&begun, json!(SECRET)), (&silent, json!(""))] {
            let path = format!("/api/v1/observations/{}", report.id());
            let mut sent = officer.get(&path).await.json();
            let mut edit = office.report(&place, 46, 60);
            for kept in ["indicator", "unit", "period"] {
                edit[kept] = sent[kept].take();
            }
            edit["note"] = json!("viết mò");
            // Also from who asks for it again.
            let editor = masked.matching(report).with("idempotency-key", &path);
            for _ in 0..2 {
                let edited = editor.put(&path, &edit).await;
                assert_eq!(edited.status, StatusCode::OK, "{}", edited.text());
                assert!(!edited.text().contains(SECRET), "{}", edited.text());
            }
            let stands = officer.get(&path).await.json();
            assert_eq!((&stands["numerator"], &stands["note"]), (&json!(46), &said));
        }
        // The pages, with a session.
        let device = directory::Device {
            agent: "test".to_owned(),
            address: "127.0.0.1".to_owned(),
            known: String::new(),
        };
        let session = directory
            .sign_in("nhin.che", PASSWORD, &device)
            .await
            .unwrap();
        let page = office
            .nobody()
            .with("cookie", format!("phusa={}", session.token));
        let report = links::report(&begun.id());
        let listed = links::report_list(place.period, "draft", &office.unit.to_string());
        for path in [report.clone(), format!("{report}/lich-su"), listed] {
            let answer = page.send(Method::GET, &path, "").await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(!answer.text().contains(SECRET), "{path}");
        }
    });
}
