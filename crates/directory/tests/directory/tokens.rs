use directory::{AccountChange, NewToken, Role};

use crate::fixture::{actor, id, places};

#[tokio::test]
async fn a_token_acts_for_its_account_until_it_ends() {
    for place in places(40).await {
        let directory = &place.directory;
        let elsewhere = place.another_process().await;
        let made = place.account("he.thong", &[(Role::Viewer, id(1))]).await;
        let token = directory
            .create_token(&actor(), made.id, &NewToken::named("Kho dữ liệu"))
            .await
            .unwrap();
        let other = directory
            .create_token(&actor(), made.id, &NewToken::named("Bản đồ"))
            .await
            .unwrap();
        for process in [directory, &elsewhere] {
            for token in [&token, &other] {
                let who = process.token_use(token).await.unwrap();
                assert_eq!(who.unwrap().principal, made.principal());
                // Not even when it is held in memory.
                assert_eq!(process.session(token).await.unwrap(), None);
            }
        }
        let listed = directory.tokens_of(made.id).await.unwrap();
        assert_eq!(
            listed
                .iter()
                .map(|token| token.label.as_str())
                .collect::<Vec<_>>(),
            ["Bản đồ", "Kho dữ liệu"]
        );
        assert!(
            !directory
                .end_token(&actor(), id(9), listed[1].id)
                .await
                .unwrap()
        );
        assert!(
            directory
                .end_token(&actor(), made.id, listed[1].id)
                .await
                .unwrap()
        );
        assert_eq!(directory.token_use(&token).await.unwrap(), None);
        place.pass(1);
        assert_eq!(elsewhere.token_use(&token).await.unwrap(), None);
        assert!(elsewhere.token_use(&other).await.unwrap().is_some());
        let disable = AccountChange {
            disabled: Some(true),
            ..AccountChange::default()
        };
        directory
            .change_account(&actor(), made.id, 1, disable)
            .await
            .unwrap();
        assert_eq!(directory.token_use(&other).await.unwrap(), None);
        for wrong in ["", "phusa_", &token[1..], &"phusa_".repeat(1_000)] {
            assert_eq!(directory.token_use(wrong).await.unwrap(), None);
        }
    }
}

#[tokio::test]
async fn tokens_are_stored_nowhere() {
    for place in places(41).await {
        let directory = &place.directory;
        let made = place.account("he.thong", &[]).await;
        let token = directory
            .create_token(&actor(), made.id, &NewToken::named("Kho dữ liệu"))
            .await
            .unwrap();
        let listed = directory.tokens_of(made.id).await.unwrap();
        let history = directory
            .store()
            .history(
                "api_token",
                &store::Scope::bypass("a test"),
                listed[0].id,
                10,
            )
            .await
            .unwrap();
        assert!(
            history
                .iter()
                .all(|version| !version.body.as_ref().unwrap().contains(&token[6..]))
        );
        for (account, label) in [(id(9), "x"), (made.id, " "), (made.id, "a\nb")] {
            assert!(
                directory
                    .create_token(&actor(), account, &NewToken::named(label))
                    .await
                    .is_err()
            );
        }
    }
}
