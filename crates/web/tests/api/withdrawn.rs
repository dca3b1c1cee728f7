//! A right that was withdrawn, or a token that was ended, opens nothing at the next request: a
//! report is read by the same question as what tells whether its reader still may.

use axum::http::StatusCode;
use directory::{AccountChange, Device, Grant, NewAccount, NewToken, Principal, Role};
use vocab::Id;

use crate::fixture::{PASSWORD, run_on_each_engine};

#[test]
fn a_report_is_read_by_what_its_reader_may_now() {
    run_on_each_engine(|office| async {
        let directory = &office.app.directory;
        let actor = Principal::system().actor("test", Id::NIL);
        let officer = |unit| vec![Grant::new(Role::Officer, unit)];
        let new = NewAccount {
            login: "nguoi.cu".to_owned(),
            name: "Người cũ".to_owned(),
            password: PASSWORD.to_owned(),
            grants: officer(office.unit),
            demo: false,
        };
        let account = directory.create_account(&actor, new).await.unwrap();
        let named = NewToken::named("thử");
        let token = directory.create_token(&actor, account.id, &named).await;
        let device = Device::default();
        let session = directory.sign_in("nguoi.cu", PASSWORD, &device).await;
        let nobody = office.nobody();
        let program = nobody.with("authorization", format!("Bearer {}", token.unwrap()));
        let browser = nobody.with("cookie", format!("phusa={}", session.unwrap().token));

        let (_, begun) = office.draft().await;
        let path = format!("/api/v1/observations/{}", begun.id());
        for reader in [&program, &browser] {
            for _ in 0..2 {
                let answer = reader.get(&path).await;
                assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
                assert_eq!(answer.json()["id"], begun.id());
                assert_eq!(answer.header("etag"), begun.header("etag"));
            }
            // Of this reader, not of whoever read it before.
            assert_eq!(nobody.get(&path).await.problem(), "not-found");
        }
        for (version, unit, status) in [
            (1, Id::from_bytes([9; 16]), StatusCode::NOT_FOUND),
            (2, office.unit, StatusCode::OK),
        ] {
            let change = AccountChange {
                grants: Some(officer(unit)),
                ..AccountChange::default()
            };
            let changed = directory.change_account(&actor, account.id, version, change);
            changed.await.unwrap();
            for reader in [&program, &browser] {
                assert_eq!(reader.get(&path).await.status, status, "{version}");
            }
        }
        let held = directory.tokens_of(account.id).await.unwrap();
        let ended = directory.end_token(&actor, account.id, held[0].id);
        assert!(ended.await.unwrap());
        assert_eq!(program.get(&path).await.problem(), "token-unknown");
        assert_eq!(browser.get(&path).await.status, StatusCode::OK);
    });
}
