//! Which pages for administrators somebody may open: what each of them asks for.

use directory::{Act, Principal, Subject, may, province};
use vocab::Id;

use super::rights::ROLES;
use super::{audit, hooks, jobs};
use crate::pages::shell::{AdminPage, AdminPages};

/// The units as one thing.
pub(super) fn units() -> Subject<'static> {
    Subject {
        kind: "unit",
        unit: province(),
        state: "",
        author: None,
    }
}

/// The kind of people's records.
pub(super) const PERSON: &str = "person";

/// People as one thing: for what is done to none of them alone.
pub(super) const PEOPLE: Subject<'static> = Subject {
    kind: PERSON,
    unit: Id::NIL,
    state: "",
    author: None,
};

/// The pages that a principal may open.
pub(super) fn pages(principal: &Principal) -> AdminPages {
    if principal.account.is_none() {
        return AdminPages::default();
    }
    let can = |act, subject: &Subject<'_>| may(principal, act, subject).is_allowed();
    AdminPages::those(|page| match page {
        AdminPage::Jobs => can(Act::Operate, &jobs::JOBS),
        AdminPage::Hooks => can(Act::Operate, &hooks::subject()),
        AdminPage::Audit | AdminPage::Readings => can(Act::Audit, &audit::LOG),
        AdminPage::People => principal.permissions().ever(Act::Read, PERSON),
        AdminPage::Units => can(Act::Configure, &units()),
        AdminPage::Accounts => principal.permissions().ever(Act::Configure, "account"),
        AdminPage::Roles | AdminPage::Rights => can(Act::Configure, &ROLES),
    })
}
