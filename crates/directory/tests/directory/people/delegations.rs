//! Delegations, and what they may not give.

use directory::{DelegationDraft, PositionDraft, Role, Source};
use jiff::civil::date;

use super::{code, given, loaded, person, position};
use crate::fixture::{actor, id};

#[tokio::test]
async fn delegations_give_no_more_than_is_held() {
    for (place, unit, other) in loaded(14).await {
        let directory = &place.directory;
        let (head, _) = person(&place, 1).await;
        let (deputy, account) = person(&place, 2).await;
        let (third, third_account) = person(&place, 3).await;
        let term = PositionDraft {
            valid_to: Some(date(2023, 7, 1)),
            ..position(unit, "Giám đốc", &[Role::Head])
        };
        directory
            .add_position(&actor(), id(31), head, term)
            .await
            .unwrap();
        let officer = position(other, "Chuyên viên", &[Role::Officer]);
        directory
            .add_position(&actor(), id(32), deputy, officer)
            .await
            .unwrap();
        let (may, june) = (date(2023, 5, 1), date(2023, 6, 1));
        let try_it =
            async |draft: DelegationDraft| code(directory.delegate(&actor(), id(40), draft).await);
        assert_eq!(
            try_it(given(head, head, may, june)).await,
            "delegation-to-oneself"
        );
        assert_eq!(try_it(given(head, deputy, june, may)).await, "dates-order");
        assert_eq!(
            try_it(given(deputy, third, may, june)).await,
            "delegation-not-held"
        );
        let late = given(head, deputy, may, date(2023, 7, 2));
        assert_eq!(try_it(late).await, "delegation-outside-term");
        let later = given(head, deputy, date(2023, 8, 1), date(2023, 9, 1));
        assert_eq!(try_it(later).await, "delegation-outside-term");
        assert_eq!(
            try_it(given(head, id(99), may, june)).await,
            "person-unknown"
        );
        let none = DelegationDraft {
            roles: Vec::new(),
            ..given(head, deputy, may, june)
        };
        assert_eq!(try_it(none).await, "delegation-nothing");
        let mute = DelegationDraft {
            reason: " ".to_owned(),
            ..given(head, deputy, may, june)
        };
        assert_eq!(try_it(mute).await, "delegation-reason");

        let first = given(head, deputy, may, june);
        let made = directory
            .delegate(&actor(), id(41), first.clone())
            .await
            .unwrap();
        assert_eq!(try_it(first.clone()).await, "delegation-overlaps");
        assert_eq!(
            try_it(given(deputy, third, may, june)).await,
            "delegation-not-passed-on"
        );
        let holdings = directory.holdings(account, may).await.unwrap();
        assert!(holdings.iter().any(|one| one.role == Role::Head
            && one.unit == unit
            && matches!(one.source, Source::Delegation { giver, .. } if giver == head)));
        for day in [may.yesterday().unwrap(), june] {
            let holdings = directory.holdings(account, day).await.unwrap();
            assert!(holdings.iter().all(|one| one.role != Role::Head), "{day}");
        }
        // Allowed to be passed on, it is, but not back.
        directory
            .end_delegation(&actor(), made.id, made.version, may)
            .await
            .unwrap();
        let free = DelegationDraft {
            may_pass_on: true,
            ..first
        };
        directory.delegate(&actor(), id(42), free).await.unwrap();
        let on = given(deputy, third, may, june);
        directory.delegate(&actor(), id(43), on).await.unwrap();
        assert!(
            !directory
                .holdings(third_account, may)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            try_it(given(third, head, may, june)).await,
            "delegation-circle"
        );
    }
}
