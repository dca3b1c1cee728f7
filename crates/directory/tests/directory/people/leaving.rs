//! Leaving, with nothing left open unsaid.

use directory::{Leave, PersonDraft, PositionKind, Role, Source};
use jiff::civil::date;

use super::{TODAY, code, draft, given, loaded, person, position};
use crate::fixture::{PASSWORD, actor, id, phone};

#[tokio::test]
async fn leaving_ends_everything_and_leaves_nothing_open_unsaid() {
    for (place, unit, _) in loaded(15).await {
        let directory = &place.directory;
        let (head, account) = person(&place, 1).await;
        let (deputy, deputy_account) = person(&place, 2).await;
        directory
            .add_position(
                &actor(),
                id(51),
                head,
                position(unit, "Giám đốc", &[Role::Head]),
            )
            .await
            .unwrap();
        let weeks = given(head, deputy, TODAY, date(2023, 6, 1));
        directory.delegate(&actor(), id(52), weeks).await.unwrap();
        let session = directory
            .sign_in("nguoi.1", PASSWORD, &phone())
            .await
            .unwrap();
        let token = directory
            .create_token(&actor(), account, &directory::NewToken::named("máy"))
            .await
            .unwrap();

        let preview = directory.preview_leave(head, TODAY).await.unwrap();
        assert_eq!((preview.positions.len(), preview.given.len()), (1, 1));
        assert_eq!((preview.sessions, preview.tokens), (1, 1), "{}", place.name);
        // Acting for somebody is not holding his office.
        assert_eq!(preview.vacancies.len(), 1);
        let mut leave = Leave {
            person: head,
            day: TODAY,
            successor: None,
            kind: PositionKind::InCharge,
            leave_vacant: false,
        };
        assert_eq!(
            code(directory.leave(&actor(), &leave).await),
            "leave-vacant"
        );
        leave.successor = Some(head);
        assert_eq!(
            code(directory.leave(&actor(), &leave).await),
            "successor-oneself"
        );
        leave.successor = Some(deputy);
        directory.leave(&actor(), &leave).await.unwrap();

        assert!(directory.session(&session.token).await.unwrap().is_none());
        assert!(directory.token_use(&token).await.unwrap().is_none());
        assert!(
            directory
                .sign_in("nguoi.1", PASSWORD, &phone())
                .await
                .is_err()
        );
        assert!(directory.holdings(account, TODAY).await.unwrap().is_empty());
        let yesterday = TODAY.yesterday().unwrap();
        assert!(directory.holdings(account, yesterday).await.unwrap().len() == 1);
        let holdings = directory.holdings(deputy_account, TODAY).await.unwrap();
        assert_eq!(holdings.len(), 1);
        assert!(matches!(holdings[0].source, Source::Position { .. }));
        assert_eq!(code(directory.leave(&actor(), &leave).await), "person-left");
        let late = position(unit, "Cố vấn", &[]);
        assert_eq!(
            code(directory.add_position(&actor(), id(53), head, late).await),
            "person-left"
        );
    }
}

#[tokio::test]
async fn leaving_on_a_day_to_come_closes_the_account_on_that_day() {
    for (place, unit, _) in loaded(16).await {
        let directory = &place.directory;
        let (clerk, _) = person(&place, 1).await;
        directory
            .add_position(
                &actor(),
                id(61),
                clerk,
                position(unit, "Chuyên viên", &[Role::Viewer]),
            )
            .await
            .unwrap();
        let leave = Leave {
            person: clerk,
            day: TODAY.tomorrow().unwrap(),
            successor: None,
            kind: PositionKind::Regular,
            leave_vacant: false,
        };
        directory.leave(&actor(), &leave).await.unwrap();
        let session = directory
            .sign_in("nguoi.1", PASSWORD, &phone())
            .await
            .unwrap();
        assert!(directory.session(&session.token).await.unwrap().is_some());
        place.pass(24 * 60 * 60);
        assert!(directory.session(&session.token).await.unwrap().is_none());
        assert!(
            directory
                .sign_in("nguoi.1", PASSWORD, &phone())
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn the_last_administrator_stays() {
    for (place, unit, _) in loaded(17).await {
        let directory = &place.directory;
        let account = place
            .account("quan.tri", &[(Role::Administrator, unit)])
            .await;
        let draft = PersonDraft {
            account: Some(account.id),
            ..draft("Lê Minh Khoa")
        };
        directory
            .create_person(&actor(), id(1), draft)
            .await
            .unwrap();
        let leave = Leave {
            person: id(1),
            day: TODAY,
            successor: None,
            kind: PositionKind::Regular,
            leave_vacant: true,
        };
        assert_eq!(
            code(directory.leave(&actor(), &leave).await),
            "last-administrator"
        );
    }
}
