//! The one place that answers «may this actor do this to that».
//!
//! [`may`] answers for one thing, [`scope`] gives the same answer as a set of units, for
//! lists. Both read the same rules, so that a list never shows what a page refuses; a
//! property test holds them together.
//!
//! What roles grant is data ([`RoleSpec`], `data/roles/roles.toml`); what an account holds
//! compiles to [`Permissions`]. Whoever adds a kind of record adds it to the roles; a kind
//! that no role names is refused to everybody.

mod compare;
mod compile;
mod condition;
mod edited;
mod giving;
mod link;
mod mask;
mod role;
mod role_edit;
mod stored;

pub use compile::{Clause, Compiled, Ground, Permissions};
pub use condition::{ConditionError, Names, compile as compile_condition};
pub(crate) use giving::{FOREVER, Giver, Giving, Taking};
pub use link::LinkReach;
pub use mask::personal_fields;
pub use role::{EVERYBODY, Reach, RoleBook, RoleGrant, RoleName, RoleSpec};
pub use role_edit::{RoleStanding, RoleVersion};
use serde::{Deserialize, Serialize};
use store::{Head, Scope};
pub use stored::check as check_role;
pub(crate) use stored::{EPOCH, Held, table};
use vocab::Id;

use crate::{Principal, Role};

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// See it.
    Read,
    /// Create or edit it.
    Draft,
    /// Hand it in.
    Submit,
    /// Approve it.
    Approve,
    /// Send it back to be corrected.
    SendBack,
    /// Take it into the province's figures.
    Consolidate,
    /// Write a comment on it.
    Comment,
    /// Declare and set up.
    Configure,
    /// Run and repeat jobs.
    Operate,
    /// Read the audit log.
    Audit,
    /// Make a record of a system.
    Create,
    /// Change a record of a system.
    Edit,
    /// Move a record of a system on by a step.
    Step,
    /// Bring many records in at once.
    Import,
    /// Take many records out at once.
    Export,
    /// See personal data of a record unmasked.
    Unmask,
    /// Delete a record that nobody has handed in.
    Delete,
    /// Give a role to others, without holding what it grants.
    Give,
}

impl Act {
    /// All acts.
    pub const ALL: [Self; 18] = [
        Self::Read,
        Self::Draft,
        Self::Submit,
        Self::Approve,
        Self::SendBack,
        Self::Consolidate,
        Self::Comment,
        Self::Configure,
        Self::Operate,
        Self::Audit,
        Self::Create,
        Self::Edit,
        Self::Step,
        Self::Import,
        Self::Export,
        Self::Unmask,
        Self::Delete,
        Self::Give,
    ];

    /// The act as it is stored and typed.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Draft => "draft",
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::SendBack => "send_back",
            Self::Consolidate => "consolidate",
            Self::Comment => "comment",
            Self::Configure => "configure",
            Self::Operate => "operate",
            Self::Audit => "audit",
            Self::Create => "create",
            Self::Edit => "edit",
            Self::Step => "step",
            Self::Import => "import",
            Self::Export => "export",
            Self::Unmask => "unmask",
            Self::Delete => "delete",
            Self::Give => "give",
        }
    }

    /// The act with this value.
    pub fn from_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.value() == value)
    }
}

/// What it is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Its kind: `plan`, `observation`, `account`, …
    pub kind: &'a str,
    /// Whose it is. An account belongs to itself: its id stands here.
    pub unit: Id,
    /// Where it stands in its lifecycle.
    pub state: &'a str,
    /// Who submitted it.
    pub author: Option<Id>,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Allowed,
    /// No, and why.
    Denied(Reason),
}

impl Decision {
    /// Whether it is yes.
    pub fn is_allowed(self) -> bool {
        self == Self::Allowed
    }
}

/// Why something is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// It takes an account; signing in may help.
    SignInRequired,
    /// None of the account's roles allows it.
    RoleMissing,
    /// The role is held, but in another unit.
    OtherUnit,
    /// Nobody does this to a thing that stands where this one does.
    WrongState,
    /// Nobody does this to a thing of this kind.
    NotPossible,
    /// Four eyes: whoever submitted it does not also decide on it.
    OwnSubmission,
}

impl Reason {
    /// A stable name; its wording is `denied-` and this.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignInRequired => "sign-in-required",
            Self::RoleMissing => "role-missing",
            Self::OtherUnit => "other-unit",
            Self::WrongState => "wrong-state",
            Self::NotPossible => "not-possible",
            Self::OwnSubmission => "own-submission",
        }
    }
}

/// Whether somebody may do this to that. Grants with a condition need the head besides:
/// [`may_head`].
pub fn may(principal: &Principal, act: Act, subject: &Subject<'_>) -> Decision {
    may_head(principal, act, subject, None)
}

/// The same of something whose head is known.
pub fn may_head(
    principal: &Principal,
    act: Act,
    subject: &Subject<'_>,
    head: Option<&Head>,
) -> Decision {
    match principal.permissions().refusal(act, subject, head) {
        None => Decision::Allowed,
        Some(reason) => Decision::Denied(reason),
    }
}

/// The things of this kind that somebody may do this to: in this state, or without one in
/// every state that the kind has. Four eyes are no matter of lists: ask [`may`] before
/// deciding on a single thing.
pub fn scope(principal: &Principal, act: Act, kind: &str, state: Option<&str>) -> Scope {
    let permissions = principal.permissions();
    match state {
        Some(state) => permissions.scope(act, kind, state),
        None => states(kind)
            .iter()
            .map(|state| permissions.scope(act, kind, state))
            .reduce(|one, other| one.intersection(&other))
            .unwrap_or_else(Scope::nothing),
    }
}

/// The things of this kind that somebody may do this to, each in the state in which it
/// stands: what single reads, histories and files ask for.
pub fn reach(principal: &Principal, act: Act, kind: &str) -> Scope {
    principal.permissions().reach(act, kind)
}

/// The things of a kind of which somebody reads this field: those that a grant reads which does
/// not hide it.
pub fn reach_showing(principal: &Principal, kind: &str, field: &str) -> Scope {
    if !principal.permissions().hides(kind) {
        return reach(principal, Act::Read, kind);
    }
    principal
        .permissions()
        .reach_where(Act::Read, kind, |clause| {
            clause.grant().masks.iter().all(|hidden| hidden != field)
        })
}

/// The same by the grants of one role alone: what waits for those who hold it.
pub fn reach_as(principal: &Principal, role: Role, act: Act, kind: &str) -> Scope {
    principal.permissions().reach_where(act, kind, |clause| {
        clause.held.is_some_and(|held| held.role == role)
    })
}

/// The roles that the lifecycle of reports gives tasks to, and what whoever does one does.
const QUEUES: [(Role, Act); 3] = [
    (Role::Officer, Act::Submit),
    (Role::Head, Act::Approve),
    (Role::Coordinator, Act::Consolidate),
];

/// The tasks in a role's queue that wait for somebody: those that they read by this role, and
/// those of the units in which a role that does not ship lets them do the same.
pub fn queue(principal: &Principal, role: Role) -> Scope {
    let own = reach_as(principal, role, Act::Read, "task");
    match QUEUES.iter().find(|(known, _)| *known == role) {
        None => own,
        Some((_, act)) => {
            let others = principal.permissions();
            Scope::any([own, others.units_by_other_roles(*act, "observation")])
        }
    }
}

/// The roles in whose queues tasks may wait for somebody.
pub fn queues(principal: &Principal) -> Vec<Role> {
    let permissions = principal.permissions();
    let does = |act| permissions.units_by_other_roles(act, "observation") != Scope::nothing();
    let lifecycle = QUEUES.into_iter();
    let lifecycle = lifecycle.filter(|(role, act)| principal.holds(*role) || does(*act));
    let others = principal.grants.iter().map(|grant| grant.role);
    let others = others.filter(|role| matches!(role, Role::Custom(_)));
    let mut roles: Vec<Role> = lifecycle.map(|(role, _)| role).chain(others).collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// The states that an observation passes through.
const OBSERVATION: [&str; 5] = [
    "draft",
    "submitted",
    "approved",
    "sent_back",
    "consolidated",
];

/// The states in which a kind of thing may stand: whoever lists what somebody may read in
/// any of them asks for the scope of each. One empty state where the roles do not look at
/// states.
pub fn states(kind: &str) -> &'static [&'static str] {
    if kind == "observation" {
        &OBSERVATION
    } else {
        &[""]
    }
}
