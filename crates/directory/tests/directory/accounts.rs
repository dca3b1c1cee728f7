use directory::{AccountChange, DirectoryError, NewAccount, Role};
use store::StoreError;

use crate::fixture::{PASSWORD, actor, id, new_account, phone, places};

fn code<T: std::fmt::Debug>(result: Result<T, DirectoryError>) -> String {
    result.unwrap_err().code().unwrap().to_owned()
}

#[tokio::test]
async fn a_login_is_taken_once_whatever_its_capitals() {
    for place in places(10).await {
        let directory = &place.directory;
        let made = place.account("Tran.Be", &[(Role::Officer, id(1))]).await;
        assert_eq!(made.login, "tran.be");
        assert_eq!(
            directory.account(made.id).await.unwrap(),
            Some(made.clone())
        );
        let found = directory.account_by_login(" TRAN.BE ").await.unwrap();
        assert_eq!(found, Some(made));
        let again = directory
            .create_account(&actor(), new_account("tran.bE", &[]))
            .await;
        assert_eq!(code(again), "login-taken", "{}", place.name);
        for hostile in ["", "a\0b", "' OR 1=1 --", "%"] {
            assert_eq!(directory.account_by_login(hostile).await.unwrap(), None);
        }
    }
}

#[tokio::test]
async fn two_that_want_one_login_are_told_apart() {
    for place in places(11).await {
        let elsewhere = place.another_process().await;
        let (here, there) = (actor(), actor());
        let (one, other) = tokio::join!(
            place
                .directory
                .create_account(&here, new_account("tran.be", &[])),
            elsewhere.create_account(&there, new_account("tran.be", &[]))
        );
        let refused = match (one, other) {
            (Ok(_), Err(error)) | (Err(error), Ok(_)) => error,
            both => panic!("{}: {both:?}", place.name),
        };
        assert_eq!(refused.code(), Some("login-taken"), "{}", place.name);
        assert_eq!(
            (
                place.count("account").await,
                place.count("credential").await
            ),
            (1, 1)
        );
    }
}

#[tokio::test]
async fn names_are_kept_as_written() {
    for place in places(12).await {
        let name = "Trần <b onclick=\"alert(1)\">Bé</b> & 'con'";
        let new = NewAccount {
            name: name.to_owned(),
            ..new_account("tran.be", &[])
        };
        let made = place.directory.create_account(&actor(), new).await.unwrap();
        assert_eq!(
            place
                .directory
                .account(made.id)
                .await
                .unwrap()
                .unwrap()
                .name,
            name
        );
    }
}

#[tokio::test]
async fn hashes_stand_in_no_account_and_none_stays_behind() {
    for place in places(13).await {
        let store = place.directory.store().clone();
        let made = place.account("tran.be", &[]).await;
        let credential = |place: &crate::fixture::Place| {
            let store = place.directory.store().clone();
            async move {
                let found = store
                    .fetch_by(
                        "credential",
                        &store::Scope::bypass("a test"),
                        "account",
                        made.id,
                    )
                    .await;
                found.unwrap().unwrap()
            }
        };
        let first = credential(&place).await;
        assert!(first.body.contains("$argon2id$"), "{}", first.body);
        place
            .directory
            .set_password(&actor(), made.id, "bảy con cò trắng")
            .await
            .unwrap();
        let second = credential(&place).await;
        assert_ne!(first.head.id, second.head.id);
        for version in store
            .history(
                "account",
                &store::Scope::bypass("a test"),
                first.head.id,
                10,
            )
            .await
            .unwrap()
        {
            assert!(
                version.body.is_none_or(|body| !body.contains("argon2")),
                "{}",
                place.name
            );
        }
        for version in store
            .history("account", &store::Scope::bypass("a test"), made.id, 10)
            .await
            .unwrap()
        {
            assert!(version.body.is_some_and(|body| !body.contains("argon2")));
        }
        assert!(
            place
                .directory
                .sign_in("tran.be", PASSWORD, &phone())
                .await
                .is_err()
        );
        place
            .directory
            .sign_in("tran.be", "bảy con cò trắng", &phone())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_change_against_an_old_version_is_refused() {
    for place in places(14).await {
        let made = place.account("tran.be", &[(Role::Officer, id(1))]).await;
        let rename = |name: &str| AccountChange {
            name: Some(name.to_owned()),
            ..AccountChange::default()
        };
        let directory = &place.directory;
        let renamed = directory
            .change_account(&actor(), made.id, 1, rename("Bé"))
            .await
            .unwrap();
        assert_eq!((renamed.version, renamed.name.as_str()), (2, "Bé"));
        assert_eq!(renamed.grants, made.grants);
        let late = directory
            .change_account(&actor(), made.id, 1, rename("Tư"))
            .await;
        assert!(
            matches!(
                late,
                Err(DirectoryError::Store(StoreError::Conflict { .. }))
            ),
            "{late:?}"
        );
        assert_eq!(
            code(
                directory
                    .change_account(&actor(), id(9), 1, rename("Tư"))
                    .await
            ),
            "account-unknown"
        );
    }
}

#[tokio::test]
async fn accounts_are_listed_by_name_page_by_page() {
    for place in places(15).await {
        for login in ["be", "an", "dao", "cam"].map(|name| format!("tran.{name}")) {
            place.account(&login, &[]).await;
        }
        let directory = &place.directory;
        let first = directory
            .accounts(store::Scope::bypass("a test"), None, 3)
            .await
            .unwrap();
        let rest = directory
            .accounts(store::Scope::bypass("a test"), first.next, 3)
            .await
            .unwrap();
        let logins: Vec<_> = first
            .items
            .iter()
            .chain(&rest.items)
            .map(|account| account.login.as_str())
            .collect();
        assert_eq!(logins, ["tran.an", "tran.be", "tran.cam", "tran.dao"]);
        assert_eq!(rest.next, None);
        let own = store::Scope::units([first.items[1].id]);
        let own = directory.accounts(own, None, 3).await.unwrap();
        assert_eq!(own.items, first.items[1..2]);
    }
}

#[tokio::test]
async fn people_change_their_own_password_by_the_old_one() {
    for place in places(16).await {
        let directory = &place.directory;
        let made = place.account("tran.be", &[]).await;
        let own = store::Actor {
            account: made.id,
            ..actor()
        };
        let change = async |old: &str, new: &str| {
            directory
                .change_own_password(&own, old, new, &phone())
                .await
        };
        let next = "bảy con cò trắng";
        assert_eq!(code(change("không phải đâu", next).await), "password-wrong");
        assert_eq!(code(change(PASSWORD, "ngắn").await), "password-short");
        assert_eq!(code(change(PASSWORD, PASSWORD).await), "password-same");
        assert_eq!(
            code(change(PASSWORD, "tran.be2023!!").await),
            "password-common"
        );
        let session = directory
            .sign_in("tran.be", PASSWORD, &phone())
            .await
            .unwrap();
        let elsewhere = place.another_process().await;
        change(PASSWORD, next).await.unwrap();
        for directory in [directory, &elsewhere] {
            let ended = directory.session(session.token.as_str()).await.unwrap();
            assert!(ended.is_none(), "{}", place.name);
        }
        let old = directory.sign_in("tran.be", PASSWORD, &phone()).await;
        assert_eq!(code(old), "sign-in-refused");
        directory.sign_in("tran.be", next, &phone()).await.unwrap();
        // Whoever sits at somebody's screen cannot try passwords for ever.
        let mut refused = Vec::new();
        for _ in 0..7 {
            refused.push(code(
                change("đoán thử một lần", "con cò bay lả bay la").await,
            ));
        }
        assert_eq!(refused[0], "password-wrong");
        assert_eq!(refused.last().unwrap(), "sign-in-throttled");
    }
}
