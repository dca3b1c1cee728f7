use directory::{AccountChange, Config, Device, Directory, DirectoryError, PasswordCost, Role};

use crate::fixture::{PASSWORD, actor, cheap, id, new_account, phone, places};

const WRONG: &str = "sai mật khẩu";

fn code<T: std::fmt::Debug>(result: Result<T, DirectoryError>) -> String {
    result.unwrap_err().code().unwrap().to_owned()
}

#[tokio::test]
async fn a_session_lasts_while_it_is_used() {
    for place in places(30).await {
        let directory = &place.directory;
        let made = place.account("tran.be", &[(Role::Officer, id(1))]).await;
        let new = directory
            .sign_in(" TRAN.BE", PASSWORD, &phone())
            .await
            .unwrap();
        assert_eq!(new.session.principal, made.principal());
        // Twelve hours, never half an hour without a use.
        for at in 0..27 {
            let session = directory.session(&new.token).await.unwrap();
            assert_eq!(session.as_ref(), Some(&new.session), "{at}");
            place.pass(1_600);
        }
        assert_eq!(directory.session(&new.token).await.unwrap(), None);
        assert!(directory.sessions_of(made.id).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_idle_session_ends() {
    for place in places(31).await {
        let directory = &place.directory;
        place.account("tran.be", &[]).await;
        let read = directory
            .sign_in("tran.be", PASSWORD, &phone())
            .await
            .unwrap();
        let unread = directory
            .sign_in("tran.be", PASSWORD, &phone())
            .await
            .unwrap();
        assert!(directory.session(&read.token).await.unwrap().is_some());
        place.pass(30 * 60);
        for new in [read, unread] {
            assert_eq!(directory.session(&new.token).await.unwrap(), None);
        }
    }
}

#[tokio::test]
async fn an_ended_session_is_noticed_at_the_next_request_here_and_elsewhere() {
    for place in places(32).await {
        let directory = &place.directory;
        let elsewhere = place.another_process().await;
        let made = place.account("tran.be", &[]).await;
        let tokens = [(); 3].map(|()| async {
            directory
                .sign_in("tran.be", PASSWORD, &phone())
                .await
                .unwrap()
        });
        let [one, two, three] = tokens;
        let (one, two, three) = (one.await, two.await, three.await);
        for process in [directory, &elsewhere] {
            for new in [&one, &two, &three] {
                assert_eq!(
                    process.session(&new.token).await.unwrap().as_ref(),
                    Some(&new.session)
                );
            }
        }
        directory.sign_out(&one.token).await.unwrap();
        assert!(
            directory
                .end_session(made.id, &two.session.public_id)
                .await
                .unwrap()
        );
        assert!(
            !directory
                .end_session(made.id, &two.session.public_id)
                .await
                .unwrap()
        );
        assert!(
            !directory
                .end_session(id(9), &three.session.public_id)
                .await
                .unwrap()
        );
        for (new, lasts) in [(&one, false), (&two, false), (&three, true)] {
            assert_eq!(
                directory.session(&new.token).await.unwrap().is_some(),
                lasts
            );
        }
        for (new, lasts) in [(&one, false), (&two, false), (&three, true)] {
            let held = elsewhere.session(&new.token).await.unwrap();
            assert_eq!(held.is_some(), lasts, "{}", place.name);
        }
        let left = directory.sessions_of(made.id).await.unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(
            (&left[0].public_id, &left[0].device),
            (&three.session.public_id, &phone())
        );
    }
}

#[tokio::test]
async fn a_use_right_after_signing_out_elsewhere_brings_nothing_back() {
    for place in places(33).await {
        let directory = &place.directory;
        let elsewhere = place.another_process().await;
        let made = place.account("tran.be", &[]).await;
        let new = directory
            .sign_in("tran.be", PASSWORD, &phone())
            .await
            .unwrap();
        assert!(elsewhere.session(&new.token).await.unwrap().is_some());
        let store = directory.store();
        let used = store.ephemerals_of("session_seen", made.id).await.unwrap();
        assert_eq!(used.len(), 1);
        directory.sign_out(&new.token).await.unwrap();
        // Another process had found the session before it ended, and tells of its use now.
        store.keep(&used[0]).await.unwrap();
        for process in [directory, &elsewhere] {
            let held = process.session(&new.token).await.unwrap();
            assert_eq!(held, None, "{}", place.name);
            assert!(process.sessions_of(made.id).await.unwrap().is_empty());
        }
    }
}

#[tokio::test]
async fn uses_and_signing_out_at_once_leave_no_session() {
    for place in places(43).await {
        let directory = &place.directory;
        let elsewhere = place.another_process().await;
        let made = place.account("tran.be", &[]).await;
        for at in 0..20 {
            let new = directory
                .sign_in("tran.be", PASSWORD, &phone())
                .await
                .unwrap();
            assert!(elsewhere.session(&new.token).await.unwrap().is_some());
            // The next use is written.
            place.pass(61);
            let (out, used) = tokio::join!(
                directory.sign_out(&new.token),
                elsewhere.session(&new.token)
            );
            out.unwrap();
            used.unwrap();
            for process in [directory, &elsewhere] {
                let held = process.session(&new.token).await.unwrap();
                assert_eq!(held, None, "{} {at}", place.name);
            }
            assert!(directory.sessions_of(made.id).await.unwrap().is_empty());
        }
    }
}

#[tokio::test]
async fn a_disabled_accounts_sessions_end_and_new_grants_act() {
    for place in places(34).await {
        let directory = &place.directory;
        let elsewhere = place.another_process().await;
        let made = place.account("tran.be", &[(Role::Officer, id(1))]).await;
        let new = directory
            .sign_in("tran.be", PASSWORD, &phone())
            .await
            .unwrap();
        for process in [directory, &elsewhere] {
            assert!(process.session(&new.token).await.unwrap().is_some());
        }
        let promote = AccountChange {
            grants: Some(vec![directory::Grant::new(Role::Head, id(1))]),
            ..AccountChange::default()
        };
        directory
            .change_account(&actor(), made.id, 1, promote)
            .await
            .unwrap();
        assert!(
            directory
                .session(&new.token)
                .await
                .unwrap()
                .unwrap()
                .principal
                .holds(Role::Head)
        );
        let disable = AccountChange {
            disabled: Some(true),
            ..AccountChange::default()
        };
        directory
            .change_account(&actor(), made.id, 2, disable)
            .await
            .unwrap();
        for process in [directory, &elsewhere] {
            assert_eq!(
                process.session(&new.token).await.unwrap(),
                None,
                "{}",
                place.name
            );
            assert_eq!(
                code(process.sign_in("tran.be", PASSWORD, &phone()).await),
                "sign-in-refused"
            );
        }
    }
}

#[tokio::test]
async fn tokens_and_forms_secrets_are_each_sessions_own() {
    for place in places(35).await {
        let directory = &place.directory;
        place.account("tran.be", &[]).await;
        let one = directory
            .sign_in("tran.be", PASSWORD, &phone())
            .await
            .unwrap();
        let two = directory
            .sign_in("tran.be", PASSWORD, &phone())
            .await
            .unwrap();
        assert_ne!(one.token, two.token);
        assert_ne!(one.session.csrf, two.session.csrf);
        assert_ne!(one.session.csrf, one.token);
        assert!(
            !format!("{one:?}").contains(&one.token)
                && !format!("{one:?}").contains(&one.session.csrf)
        );
        for wrong in [
            "",
            "a",
            one.session.csrf.as_str(),
            one.session.public_id.as_str(),
            &"x".repeat(100_000),
            "\0",
            &one.token.to_lowercase(),
        ] {
            assert_eq!(directory.session(wrong).await.unwrap(), None);
        }
        // The rows themselves do not open anything.
        let rows = directory
            .store()
            .ephemerals_of("session", one.session.principal.account.unwrap())
            .await
            .unwrap();
        assert_eq!(rows.len(), 2);
        for row in rows {
            assert!(!row.body.contains(&one.token) && row.key != one.token);
            assert_eq!(directory.session(&row.key).await.unwrap(), None);
        }
    }
}

#[tokio::test]
async fn refusals_do_not_say_what_was_wrong_and_grow_slow() {
    for place in places(36).await {
        let directory = &place.directory;
        place.account("tran.be", &[]).await;
        for login in ["tran.be", "nobody.here", "", "a\0b", &"x".repeat(10_000)] {
            for _ in 0..5 {
                assert_eq!(
                    code(directory.sign_in(login, WRONG, &phone()).await),
                    "sign-in-refused"
                );
            }
            let Err(DirectoryError::Refused(problem)) =
                directory.sign_in(login, PASSWORD, &phone()).await
            else {
                panic!("{login} was not throttled");
            };
            assert_eq!(
                (problem.code.as_str(), problem.status),
                ("sign-in-throttled", 429)
            );
            let seconds: i64 = problem.args["seconds"].parse().unwrap();
            assert!((1..=61).contains(&seconds), "{seconds}");
        }
        let desk = Device {
            address: "10.86.0.8".to_owned(),
            ..phone()
        };
        assert!(directory.sign_in("tran.be", PASSWORD, &desk).await.is_ok());
        place.pass(61);
        assert!(
            directory
                .sign_in("tran.be", PASSWORD, &phone())
                .await
                .is_ok()
        );
    }
}

#[tokio::test]
async fn many_at_once_do_not_slip_past_the_throttle() {
    for place in places(37).await {
        place.account("tran.be", &[]).await;
        let tries: Vec<_> = (0..40)
            .map(|_| {
                let directory = place.directory.clone();
                tokio::spawn(async move { directory.sign_in("tran.be", WRONG, &phone()).await })
            })
            .collect();
        let mut refused = 0;
        for attempt in tries {
            refused += usize::from(code(attempt.await.unwrap()) == "sign-in-refused");
        }
        assert_eq!(refused, 5);
    }
}

#[tokio::test]
async fn passwords_match_however_their_marks_were_typed() {
    for place in places(38).await {
        place.account("tran.be", &[]).await;
        let decomposed = "ta\u{301}m con co\u{300} tra\u{306}\u{301}ng";
        assert_ne!(decomposed, PASSWORD);
        assert!(
            place
                .directory
                .sign_in("tran.be", decomposed, &phone())
                .await
                .is_ok()
        );
        assert!(
            place
                .directory
                .sign_in("tran.be", "tam con co trang", &phone())
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn hostile_devices_are_cut() {
    for place in places(39).await {
        let made = place.account("tran.be", &[]).await;
        let device = Device {
            agent: "<b>\0".repeat(1_000),
            address: "x".repeat(1_000),
            known: "x".repeat(1_000),
        };
        place
            .directory
            .sign_in("tran.be", PASSWORD, &device)
            .await
            .unwrap();
        let sessions = place.directory.sessions_of(made.id).await.unwrap();
        assert_eq!(sessions[0].device.agent.len(), 300);
        assert_eq!(sessions[0].device.address.len(), 60);
    }
}

#[tokio::test]
async fn passwords_cost_what_owasp_asks() {
    let place = places(40).await.remove(0);
    let store = place.directory.store().clone();
    let directory = Directory::open(store).await.unwrap();
    let new = new_account("tran.be", &[]);
    let made = directory.create_account(&actor(), new).await.unwrap();
    let credential = directory
        .store()
        .fetch_by(
            "credential",
            &store::Scope::bypass("a test"),
            "account",
            made.id,
        )
        .await
        .unwrap();
    let body = credential.unwrap().body;
    assert!(body.contains("$argon2id$v=19$m=19456,t=2,p=1$"), "{body}");
}

#[tokio::test]
async fn a_crowd_is_sent_away_and_nobody_is_blamed_for_it() {
    let place = places(41).await.remove(0);
    let store = place.directory.store().clone();
    // Slow enough that the crowd is there before the first password is hashed.
    let settings = Config {
        password: PasswordCost {
            memory_kib: 65_536,
            passes: 1,
        },
        hashing_at_once: 1,
        hashing_queue: 2,
        ..cheap()
    };
    // Her password is stored at that cost too: checking it takes as long.
    let slow = Directory::open_with(store.clone(), settings.clone())
        .await
        .unwrap();
    let new = new_account("tran.be", &[]);
    slow.create_account(&actor(), new).await.unwrap();
    // An unknown login waits for its turn too: its password is hashed like any other.
    for login in ["tran.be", "nobody.here"] {
        let directory = Directory::open_with(store.clone(), settings.clone())
            .await
            .unwrap();
        let crowd: Vec<_> = (0..5)
            .map(|_| {
                let directory = directory.clone();
                tokio::spawn(async move { directory.sign_in(login, WRONG, &phone()).await })
            })
            .collect();
        let mut busy = 0;
        for attempt in crowd {
            match code(attempt.await.unwrap()).as_str() {
                "sign-in-busy" => busy += 1,
                other => assert_eq!(other, "sign-in-refused"),
            }
        }
        assert!((1..=3).contains(&busy), "{login} {busy}");
        for _ in 0..busy {
            let refused = directory.sign_in(login, WRONG, &phone()).await;
            assert_eq!(code(refused), "sign-in-refused");
        }
        let refused = directory.sign_in(login, WRONG, &phone()).await;
        assert_eq!(code(refused), "sign-in-throttled");
    }
}

#[tokio::test]
async fn endless_passwords_are_not_looked_at() {
    for place in places(42).await {
        place.account("tran.be", &[]).await;
        let endless = PASSWORD.repeat(100_000);
        let refused = place.directory.sign_in("tran.be", &endless, &phone()).await;
        assert_eq!(code(refused), "sign-in-refused");
    }
}

#[tokio::test]
async fn nobody_is_shut_out_by_what_others_try() {
    for place in places(90).await {
        let directory = &place.directory;
        place.account("tran.be", &[]).await;
        let first = directory
            .sign_in("tran.be", PASSWORD, &phone())
            .await
            .unwrap();
        for at in 0..40 {
            let attacker = Device {
                address: format!("192.0.2.{at}"),
                ..Device::default()
            };
            let _ = directory.sign_in("tran.be", "đoán bừa", &attacker).await;
        }
        let stranger = Device {
            address: "198.51.100.7".to_owned(),
            ..Device::default()
        };
        let held = directory.sign_in("tran.be", PASSWORD, &stranger).await;
        assert_eq!(held.unwrap_err().code(), Some("sign-in-throttled"));
        // From the network of before, and from the browser of before wherever it is now.
        directory
            .sign_in("tran.be", PASSWORD, &phone())
            .await
            .unwrap();
        let elsewhere = Device {
            known: first.device.clone(),
            ..stranger
        };
        directory
            .sign_in("tran.be", PASSWORD, &elsewhere)
            .await
            .unwrap();
        // The browser's secret says nothing about other accounts.
        place.account("le.sau", &[]).await;
        let standing = directory.sign_in("le.sau", "đoán bừa", &elsewhere).await;
        assert_eq!(standing.unwrap_err().code(), Some("sign-in-refused"));
    }
}
