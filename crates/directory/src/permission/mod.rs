//! The one place that answers «may this actor do this to that».
//!
//! [`may`] answers for one thing, [`scope`] gives the same answer as a set of units, for
//! lists. Both read the same rules, so that a list never shows what a page refuses; a
//! property test holds them together.
//!
//! Whoever adds a kind of record adds its rules to `permission/rule.rs`; a kind without
//! rules is refused to everybody.

mod rule;

pub use rule::states;
use rule::{Rule, rule};
use store::{Column, Comparison, Predicate, Scope};
use vocab::Id;

use crate::Principal;

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
}

impl Act {
    /// All acts.
    pub const ALL: [Self; 10] = [
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
    ];
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

/// Whether somebody may do this to that.
pub fn may(principal: &Principal, act: Act, subject: &Subject<'_>) -> Decision {
    let rule = rule(subject.kind, act, subject.state);
    if rule.everybody {
        return Decision::Allowed;
    }
    let Some(account) = principal.account else {
        return Decision::Denied(Reason::SignInRequired);
    };
    let anywhere = rule.anywhere.iter().any(|role| principal.holds(*role));
    let in_unit = principal
        .grants
        .iter()
        .any(|grant| grant.unit == subject.unit && rule.in_unit.contains(&grant.role));
    let oneself = rule.oneself && subject.unit == account;
    if !(anywhere || in_unit || oneself) {
        return Decision::Denied(why_not(principal, act, subject.kind, rule));
    }
    if rule.four_eyes && subject.author == Some(account) {
        return Decision::Denied(Reason::OwnSubmission);
    }
    Decision::Allowed
}

fn why_not(principal: &Principal, act: Act, kind: &str, denied: Rule) -> Reason {
    if denied.in_unit.iter().any(|role| principal.holds(*role)) {
        return Reason::OtherUnit;
    }
    if denied != Rule::NOBODY {
        return Reason::RoleMissing;
    }
    let possible = states(kind)
        .iter()
        .any(|state| rule(kind, act, state) != Rule::NOBODY);
    if possible {
        Reason::WrongState
    } else {
        Reason::NotPossible
    }
}

/// The units whose things of this kind somebody may do this to: in this state, or without
/// one in every state that the kind has. Four eyes are no matter of units: ask [`may`]
/// before deciding on a single thing.
pub fn scope(principal: &Principal, act: Act, kind: &str, state: Option<&str>) -> Scope {
    match state {
        Some(state) => reached(principal, rule(kind, act, state)),
        None => states(kind)
            .iter()
            .map(|state| reached(principal, rule(kind, act, state)))
            .reduce(|one, other| one.intersection(&other))
            .unwrap_or_else(Scope::nothing),
    }
}

/// The things of this kind that somebody may do this to, each in the state in which it
/// stands: what single reads, histories and files ask for.
pub fn reach(principal: &Principal, act: Act, kind: &str) -> Scope {
    let states = states(kind);
    if let [only] = states {
        return reached(principal, rule(kind, act, only));
    }
    Scope::any(states.iter().map(|state| {
        let of_state = reached(principal, rule(kind, act, state));
        let condition = Predicate::Compare(Column::State, Comparison::Equal, (*state).into());
        of_state.and(&condition)
    }))
}

fn reached(principal: &Principal, rule: Rule) -> Scope {
    if rule.everybody {
        return Scope::bypass("a test");
    }
    let Some(account) = principal.account else {
        return Scope::nothing();
    };
    if rule.anywhere.iter().any(|role| principal.holds(*role)) {
        return Scope::bypass("a test");
    }
    let held = rule.in_unit.iter().flat_map(|role| principal.units(*role));
    Scope::units(held.chain(rule.oneself.then_some(account)))
}
