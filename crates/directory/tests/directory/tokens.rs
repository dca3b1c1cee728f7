use directory::{AccountChange, NewToken, Role, TokenArea, TokenScope};

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
        for process in [&elsewhere, directory] {
            assert_eq!(process.token_use(&other).await.unwrap(), None);
        }
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

#[tokio::test]
async fn a_token_ends_by_itself_even_where_it_is_held() {
    const DAY: i64 = 24 * 60 * 60;
    for place in places(44).await {
        let directory = &place.directory;
        let elsewhere = place.another_process().await;
        let made = place.account("he.thong", &[]).await;
        let new = NewToken {
            days: 2,
            ..NewToken::named("Kho dữ liệu")
        };
        let token = directory
            .create_token(&actor(), made.id, &new)
            .await
            .unwrap();
        place.pass(2 * DAY - 60);
        for process in [directory, &elsewhere] {
            assert!(process.token_use(&token).await.unwrap().is_some());
        }
        place.pass(60);
        let third = place.another_process().await;
        for process in [directory, &elsewhere, &third] {
            assert_eq!(process.token_use(&token).await.unwrap(), None);
        }
        // Its owner still sees that it was there and when it was used last.
        let listed = directory.tokens_of(made.id).await.unwrap();
        assert_eq!(listed.len(), 1);
        let now = directory.store().context().now();
        assert!(listed[0].ends <= now && listed[0].used.is_some());
        for days in [0, -1, 367, i64::MAX] {
            let endless = NewToken {
                days,
                ..new.clone()
            };
            let refused = directory.create_token(&actor(), made.id, &endless).await;
            assert_eq!(refused.unwrap_err().code(), Some("token-days"), "{days}");
        }
    }
}

#[tokio::test]
async fn a_token_keeps_to_its_scope() {
    for place in places(45).await {
        let directory = &place.directory;
        let made = place.account("he.thong", &[]).await;
        let scope = TokenScope {
            writes: false,
            areas: Some([TokenArea::Units].into()),
        };
        let new = NewToken {
            scope: scope.clone(),
            ..NewToken::named("Bản đồ")
        };
        let token = directory
            .create_token(&actor(), made.id, &new)
            .await
            .unwrap();
        let used = directory.token_use(&token).await.unwrap().unwrap();
        assert_eq!(used.scope, scope);
        assert!(used.scope.opens(Some(TokenArea::Units)));
        for shut in [Some(TokenArea::Plan), Some(TokenArea::Tasks), None] {
            assert!(!used.scope.opens(shut), "{shut:?}");
        }
        let nothing = NewToken {
            scope: TokenScope {
                writes: true,
                areas: Some([].into()),
            },
            ..new
        };
        let refused = directory.create_token(&actor(), made.id, &nothing).await;
        assert_eq!(refused.unwrap_err().code(), Some("token-areas"));
    }
}
