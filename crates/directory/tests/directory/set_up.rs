use directory::{AccountChange, DirectoryError, Role, province};
use vocab::Id;

use crate::fixture::{actor, id, new_account, places};

fn code<T: std::fmt::Debug>(result: Result<T, DirectoryError>) -> String {
    result.unwrap_err().code().unwrap().to_owned()
}

#[tokio::test]
async fn the_first_administrator_comes_with_the_code() {
    for place in places(20).await {
        let directory = &place.directory;
        assert!(!directory.has_administrator().await.unwrap());
        let old = directory.issue_setup_code().await.unwrap().unwrap();
        let new = directory.issue_setup_code().await.unwrap().unwrap();
        for wrong in ["", "0000-0000", old.as_str()] {
            let refused = directory
                .set_up(wrong, new_account("quan.tri", &[]), Id::NIL)
                .await;
            assert_eq!(code(refused), "setup-code-wrong", "{wrong}");
        }
        let short = directory::NewAccount {
            password: "ngắn".to_owned(),
            ..new_account("quan.tri", &[])
        };
        assert_eq!(
            code(directory.set_up(&new, short, Id::NIL).await),
            "password-short"
        );
        let typed = new.to_lowercase().replace('-', " ");
        let made = directory
            .set_up(&typed, new_account("quan.tri", &[]), Id::NIL)
            .await
            .unwrap();
        assert_eq!(
            (made.grants[0].role, made.grants[0].unit),
            (Role::Administrator, province())
        );
        assert!(directory.has_administrator().await.unwrap());
        assert_eq!(directory.issue_setup_code().await.unwrap(), None);
        let again = directory
            .set_up(&new, new_account("quan.tri.2", &[]), Id::NIL)
            .await;
        assert_eq!(code(again), "already-set-up");
    }
}

#[tokio::test]
async fn when_two_set_up_one_wins() {
    for place in places(21).await {
        let code = place.directory.issue_setup_code().await.unwrap().unwrap();
        let elsewhere = place.another_process().await;
        let (one, other) = tokio::join!(
            place
                .directory
                .set_up(&code, new_account("mot", &[]), id(1)),
            elsewhere.set_up(&code, new_account("hai", &[]), id(2))
        );
        let refused = match (one, other) {
            (Ok(_), Err(error)) | (Err(error), Ok(_)) => error,
            both => panic!("{}: {both:?}", place.name),
        };
        assert_eq!(refused.code(), Some("already-set-up"), "{}", place.name);
        assert_eq!(place.count("account").await, 1, "{}", place.name);
    }
}

#[tokio::test]
async fn a_code_is_void_after_a_day() {
    for place in places(22).await {
        let setup = place.directory.issue_setup_code().await.unwrap().unwrap();
        place.pass(86_400);
        let late = place
            .directory
            .set_up(&setup, new_account("quan.tri", &[]), Id::NIL)
            .await;
        assert_eq!(code(late), "setup-code-wrong");
    }
}

#[tokio::test]
async fn without_an_administrator_there_is_a_code_again() {
    for place in places(23).await {
        let directory = &place.directory;
        let setup = directory.issue_setup_code().await.unwrap().unwrap();
        let made = directory
            .set_up(&setup, new_account("quan.tri", &[]), Id::NIL)
            .await
            .unwrap();
        let disable = AccountChange {
            disabled: Some(true),
            ..AccountChange::default()
        };
        directory
            .change_account(&actor(), made.id, made.version, disable)
            .await
            .unwrap();
        let setup = directory.issue_setup_code().await.unwrap().unwrap();
        directory
            .set_up(&setup, new_account("quan.tri.2", &[]), Id::NIL)
            .await
            .unwrap();
    }
}
