use std::sync::Arc;

use directory::{Act, Decision, Grant, Principal, Reason, Role, Subject, may, scope};
use proptest::prelude::*;
use vocab::Id;

use crate::fixture::id;
use crate::shipped_rules;

const KINDS: [&str; 26] = [
    "plan",
    "target",
    "project",
    "indicator",
    "duty",
    "body_name",
    "feed",
    "unit",
    "observation",
    "task",
    "account",
    "notice",
    "digest",
    "record_import",
    "campaign",
    "sheet",
    "sheet_link",
    "opinion_round",
    "opinion",
    "periodic_report",
    "report_section",
    "report_layout",
    "person",
    "credential",
    "session",
    "",
];
const STATES: [&str; 12] = [
    "draft",
    "submitted",
    "approved",
    "sent_back",
    "consolidated",
    "under_review",
    "active",
    "open",
    "asked",
    "answered",
    "closed",
    "",
];

fn principal(account: Option<Id>, grants: &[(Role, u8)]) -> Principal {
    let grant = |&(role, unit): &(Role, u8)| Grant::new(role, id(unit));
    let grants: Vec<Grant> = grants.iter().map(grant).collect();
    Principal {
        account,
        login: "test".to_owned(),
        grants: Arc::from(grants),
        ..Principal::public()
    }
}

fn observation(unit: u8, state: &str) -> Subject<'_> {
    Subject {
        kind: "observation",
        unit: id(unit),
        state,
        author: None,
    }
}

fn principals() -> impl Strategy<Value = Principal> {
    let role = proptest::sample::select(Role::ALL.to_vec());
    let grants = proptest::collection::vec((role, 0..6_u8), 0..5);
    // Nobody holds a grant without an account.
    (proptest::option::of(0..6_u8), grants).prop_map(|(account, grants)| match account {
        Some(account) => principal(Some(id(account)), &grants),
        None => Principal::public(),
    })
}

proptest! {
    #[test]
    fn a_list_shows_what_a_page_allows(
        principal in principals(),
        act in proptest::sample::select(Act::ALL.to_vec()),
        kind in proptest::sample::select(KINDS.to_vec()),
        state in proptest::sample::select(STATES.to_vec()),
        unit in 0..6_u8,
        author in proptest::option::of(0..6_u8),
    ) {
        let subject = Subject { kind, unit: id(unit), state, author: None };
        let allowed = may(&principal, act, &subject).is_allowed();
        let listed = scope(&principal, act, kind, Some(state)).contains(id(unit));
        prop_assert_eq!(allowed, listed);

        // Who submitted it can only narrow the answer, and only by four eyes.
        let own = Subject { author: author.map(id), ..subject };
        let decision = may(&principal, act, &own);
        if decision.is_allowed() != allowed {
            prop_assert_eq!(decision, Decision::Denied(Reason::OwnSubmission));
            prop_assert_eq!(own.author, principal.account);
        }
    }

    #[test]
    fn the_shipped_roles_grant_what_the_rules_say(
        principal in principals(),
        act in proptest::sample::select(Act::ALL.to_vec()),
        kind in proptest::sample::select(KINDS.to_vec()),
        state in proptest::sample::select(STATES.to_vec()),
        unit in 0..6_u8,
    ) {
        let subject = Subject { kind, unit: id(unit), state, author: None };
        let allowed = may(&principal, act, &subject).is_allowed();
        let expected = shipped_rules::allows(&principal, act, kind, state, id(unit));
        prop_assert_eq!(allowed, expected);
    }

    #[test]
    fn a_list_of_all_states_shows_what_each_allows(
        principal in principals(),
        act in proptest::sample::select(Act::ALL.to_vec()),
        unit in 0..6_u8,
    ) {
        let everywhere = STATES[..5]
            .iter()
            .all(|state| may(&principal, act, &observation(unit, state)).is_allowed());
        let listed = scope(&principal, act, "observation", None).contains(id(unit));
        prop_assert_eq!(everywhere, listed);
    }

    #[test]
    fn nobody_decides_on_what_he_submitted(
        principal in principals(),
        unit in 0..6_u8,
        state in proptest::sample::select(STATES.to_vec()),
    ) {
        for act in [Act::Approve, Act::SendBack, Act::Consolidate] {
            let subject = Subject { author: principal.account, ..observation(unit, state) };
            if principal.account.is_some() {
                prop_assert!(!may(&principal, act, &subject).is_allowed());
            }
        }
    }
}

#[test]
fn the_ladder_of_a_report() {
    let officer = principal(Some(id(1)), &[(Role::Officer, 5)]);
    let head = principal(Some(id(2)), &[(Role::Head, 5)]);
    let both = principal(Some(id(6)), &[(Role::Officer, 5), (Role::Head, 5)]);
    let coordinator = principal(Some(id(3)), &[(Role::Coordinator, 0)]);
    let viewer = principal(Some(id(4)), &[(Role::Viewer, 0)]);
    let administrator = principal(Some(id(5)), &[(Role::Administrator, 0)]);
    let public = Principal::public();
    let denied = Decision::Denied;
    let ask = |who: &Principal, act, state| may(who, act, &observation(5, state));

    assert_eq!(ask(&officer, Act::Draft, "draft"), Decision::Allowed);
    assert_eq!(ask(&officer, Act::Submit, "sent_back"), Decision::Allowed);
    assert_eq!(
        ask(&officer, Act::Draft, "submitted"),
        denied(Reason::WrongState)
    );
    assert_eq!(
        ask(&officer, Act::Approve, "submitted"),
        denied(Reason::RoleMissing)
    );
    assert_eq!(ask(&head, Act::Approve, "submitted"), Decision::Allowed);
    assert_eq!(ask(&head, Act::SendBack, "submitted"), Decision::Allowed);
    assert_eq!(
        ask(&head, Act::SendBack, "approved"),
        denied(Reason::RoleMissing)
    );
    assert_eq!(
        ask(&head, Act::Consolidate, "approved"),
        denied(Reason::RoleMissing)
    );
    assert_eq!(
        ask(&coordinator, Act::Consolidate, "approved"),
        Decision::Allowed
    );
    assert_eq!(
        ask(&coordinator, Act::SendBack, "approved"),
        Decision::Allowed
    );
    assert_eq!(
        ask(&coordinator, Act::SendBack, "submitted"),
        denied(Reason::RoleMissing)
    );
    assert_eq!(
        ask(&coordinator, Act::Consolidate, "submitted"),
        denied(Reason::WrongState)
    );

    let elsewhere = observation(6, "submitted");
    assert_eq!(
        may(&head, Act::Approve, &elsewhere),
        denied(Reason::OtherUnit)
    );
    assert_eq!(
        may(&public, Act::Approve, &elsewhere),
        denied(Reason::SignInRequired)
    );
    let own = Subject {
        author: Some(id(6)),
        ..observation(5, "submitted")
    };
    assert_eq!(
        may(&both, Act::Approve, &own),
        denied(Reason::OwnSubmission)
    );
    assert_eq!(may(&head, Act::Approve, &own), Decision::Allowed);

    for who in [&public, &officer, &viewer] {
        assert_eq!(ask(who, Act::Read, "consolidated"), Decision::Allowed);
        assert!(!ask(who, Act::Comment, "consolidated").is_allowed());
    }
    for (who, sees_drafts) in [
        (&officer, true),
        (&head, true),
        (&viewer, false),
        (&coordinator, false),
        (&administrator, false),
    ] {
        assert_eq!(ask(who, Act::Read, "draft").is_allowed(), sees_drafts);
        assert_eq!(ask(who, Act::Read, "submitted"), Decision::Allowed);
        assert_eq!(ask(who, Act::Comment, "submitted"), Decision::Allowed);
    }
    assert_eq!(
        ask(&public, Act::Read, "submitted"),
        denied(Reason::SignInRequired)
    );
    for act in [
        Act::Draft,
        Act::Submit,
        Act::Approve,
        Act::SendBack,
        Act::Consolidate,
    ] {
        for state in STATES {
            assert!(
                !ask(&administrator, act, state).is_allowed(),
                "{act:?} {state}"
            );
            assert!(
                !ask(&Principal::system(), act, state).is_allowed(),
                "{act:?} {state}"
            );
        }
    }
}

#[test]
fn accounts_are_for_administrators_and_oneself() {
    let officer = principal(Some(id(1)), &[(Role::Officer, 1), (Role::Head, 2)]);
    let administrator = principal(Some(id(5)), &[(Role::Administrator, 0)]);
    let account = |number| Subject {
        kind: "account",
        unit: id(number),
        state: "active",
        author: None,
    };
    assert!(may(&officer, Act::Read, &account(1)).is_allowed());
    assert!(!may(&officer, Act::Read, &account(2)).is_allowed());
    assert!(!may(&officer, Act::Configure, &account(1)).is_allowed());
    assert!(may(&administrator, Act::Configure, &account(1)).is_allowed());
    assert_eq!(
        scope(&officer, Act::Read, "account", None),
        store::Scope::units([id(1)])
    );
}

#[test]
fn secrets_are_for_nobody() {
    let everything: Vec<(Role, u8)> = Role::ALL.into_iter().map(|role| (role, 1)).collect();
    let all = principal(Some(id(1)), &everything);
    for who in [&all, &Principal::system()] {
        for act in [Act::Read, Act::Draft, Act::Configure] {
            assert_eq!(scope(who, act, "credential", None), store::Scope::nothing());
        }
    }
}
