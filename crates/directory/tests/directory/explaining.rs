use directory::permission::{RoleBook, explain, who_may};
use directory::{Act, Grant, Principal, Reason, Role, Subject};

use crate::fixture::id;

fn holding(account: u8, role: Role, unit: u8) -> Principal {
    Principal {
        account: Some(id(account)),
        grants: [Grant::new(role, id(unit))].into(),
        ..Principal::public()
    }
}

#[test]
fn why_who_and_what_would_change() {
    let book = RoleBook::shipped();
    let head = holding(1, Role::Head, 5);
    let other = holding(2, Role::Head, 6);
    let officer = holding(3, Role::Officer, 5);
    let subject = Subject {
        kind: "observation",
        unit: id(5),
        state: "submitted",
        author: None,
    };
    let yes = explain(&head, &book, Act::Approve, &subject, None);
    assert!(yes.decision.is_allowed());
    assert_eq!(yes.because.len(), 1);
    assert_eq!(yes.because[0].role.code, "head");
    assert_eq!(yes.because[0].held, Some(head.grants[0]));
    let no = explain(&other, &book, Act::Approve, &subject, None);
    assert_eq!(no.decision, directory::Decision::Denied(Reason::OtherUnit));
    assert!(no.because.is_empty());
    assert_eq!(no.would_allow, ["head"]);

    let all = [&head, &other, &officer];
    assert_eq!(who_may(all, Act::Read, &subject, None), [&head, &officer]);
}
