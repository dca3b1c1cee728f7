//! A right that was withdrawn, or a token that was ended, opens nothing at the next request,
//! whichever process took it away: a report is read by the same question as what tells whether
//! its reader still may.

use axum::http::StatusCode;
use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec};
use directory::{Account, AccountChange, Act, Device, Directory, Grant, NewAccount, NewToken};
use directory::{Principal, Role};
use plan::OBSERVATION;
use store::Actor;
use vocab::Id;

use crate::fixture::{PASSWORD, run_on_each_engine};

const ROLE: &str = "nguoi_doc";

fn actor() -> Actor {
    Principal::system().actor("test", Id::NIL)
}

fn held(unit: Id) -> Vec<Grant> {
    vec![Grant::new(Role::coded(ROLE).unwrap(), unit)]
}

/// Has the role let its holders do this to the reports of their unit.
async fn granting(directory: &Directory, verb: Act) {
    let grant = RoleGrant {
        kinds: vec![OBSERVATION.to_owned()],
        verbs: vec![verb],
        reach: Reach::Unit,
        states: Vec::new(),
        condition: None,
        masks: Vec::new(),
        four_eyes: false,
    };
    let role = RoleSpec {
        code: ROLE.to_owned(),
        name: RoleName {
            vi: "Người đọc".to_owned(),
            en: "Reader".to_owned(),
        },
        grants: vec![grant],
        valid_from: None,
        valid_to: None,
    };
    let (by, actor) = (Principal::system(), actor());
    directory.put_role(&by, &actor, &role).await.unwrap();
}

async fn moved(directory: &Directory, account: &Account, version: i64, unit: Id) {
    let change = AccountChange {
        grants: Some(held(unit)),
        ..AccountChange::default()
    };
    let by = actor();
    let changed = directory.change_account(&by, account.id, version, change);
    changed.await.unwrap();
}

#[test]
fn a_report_is_read_by_what_its_reader_may_now() {
    run_on_each_engine(|office| async {
        let directory = &office.app.directory;
        granting(directory, Act::Read).await;
        let new = NewAccount {
            login: "nguoi.cu".to_owned(),
            name: "Người cũ".to_owned(),
            password: PASSWORD.to_owned(),
            grants: held(office.unit),
            demo: false,
        };
        let account = directory.create_account(&actor(), new).await.unwrap();
        let named = NewToken::named("thử");
        let token = directory.create_token(&actor(), account.id, &named).await;
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
        let elsewhere = office.another_process().await;
        let other = Id::from_bytes([9; 16]);
        let mut version = 1;
        for process in [directory, &elsewhere] {
            for (unit, status) in [
                (other, StatusCode::NOT_FOUND),
                (office.unit, StatusCode::OK),
            ] {
                moved(process, &account, version, unit).await;
                version += 1;
                for reader in [&program, &browser] {
                    assert_eq!(reader.get(&path).await.status, status, "{version}");
                }
            }
            for (verb, status) in [
                (Act::Comment, StatusCode::NOT_FOUND),
                (Act::Read, StatusCode::OK),
            ] {
                granting(process, verb).await;
                for reader in [&program, &browser] {
                    assert_eq!(reader.get(&path).await.status, status, "{verb:?}");
                }
            }
        }
        let held = directory.tokens_of(account.id).await.unwrap();
        let by = actor();
        let ended = elsewhere.end_token(&by, account.id, held[0].id);
        assert!(ended.await.unwrap());
        assert_eq!(program.get(&path).await.problem(), "token-unknown");
        assert_eq!(browser.get(&path).await.status, StatusCode::OK);
        let ended = elsewhere.end_sessions_by(&by, account.id, None);
        assert_eq!(ended.await.unwrap(), 1);
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
    });
}
