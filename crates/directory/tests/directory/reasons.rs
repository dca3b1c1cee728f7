use directory::{Act, Decision, Grant, Principal, Reason, Role, Subject, may};

use crate::fixture::id;

fn holding(account: u8, role: Role, unit: u8) -> Principal {
    Principal {
        account: Some(id(account)),
        grants: [Grant::new(role, id(unit))].into(),
        ..Principal::public()
    }
}

#[test]
fn what_allows_something_and_why_it_is_refused() {
    let head = holding(1, Role::Head, 5);
    let other = holding(2, Role::Head, 6);
    let officer = holding(3, Role::Officer, 5);
    let subject = Subject {
        kind: "observation",
        unit: id(5),
        state: "submitted",
        author: None,
    };
    assert!(may(&head, Act::Approve, &subject).is_allowed());
    let permissions = head.permissions();
    let because: Vec<_> = permissions
        .deciding(Act::Approve, &subject, None)
        .map(|clause| (clause.role.code.as_str(), clause.held))
        .collect();
    assert_eq!(because, [("head", Some(head.grants[0]))]);
    let refused = may(&other, Act::Approve, &subject);
    assert_eq!(refused, Decision::Denied(Reason::OtherUnit));
    let permissions = other.permissions();
    let mut because = permissions.deciding(Act::Approve, &subject, None);
    assert!(because.next().is_none());

    let readers = [&head, &other, &officer].map(|who| may(who, Act::Read, &subject).is_allowed());
    assert_eq!(readers, [true, false, true]);
}

#[test]
fn four_eyes_decide_nothing_on_ones_own() {
    let head = holding(1, Role::Head, 5);
    let subject = Subject {
        kind: "observation",
        unit: id(5),
        state: "submitted",
        author: head.account,
    };
    let permissions = head.permissions();
    let mut allowing = permissions.allowing(Act::Approve, &subject, None);
    assert!(allowing.next().is_some());
    let mut deciding = permissions.deciding(Act::Approve, &subject, None);
    assert!(deciding.next().is_none());
}
