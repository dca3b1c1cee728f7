//! Why somebody may do something to a record or may not, told so that an administrator knows
//! what would have to change; who may; and whom an edit of a role concerns.
//!
//! The decision itself is [`crate::permission`]'s; what is said here is found by compiling the
//! account's roles once more without their dates and looking at what each grant lacks.

mod audience;
mod explain;
mod holds;
mod recipients;
mod record;

pub use audience::{Audience, RoleChange, Seer};
pub use holds::{Hold, Through};
use jiff::civil::Date;
pub use record::AccessRecord;
use serde::Serialize;
use vocab::Id;

use crate::permission::{RoleGrant, RoleName};
use crate::{Account, Act};

/// The answer to «may this account do this to that record on this day», with its reasons.
#[derive(Clone, Debug, Serialize)]
pub struct AccessAnswer {
    /// Who.
    pub account: AccountName,
    /// What.
    pub act: Act,
    /// To what.
    pub record: AccessRecord,
    /// When.
    pub day: Date,
    /// Yes or no.
    pub allowed: bool,
    /// Why not: the code of a [`crate::Reason`], or `account-disabled`, `person-left`.
    pub reason: Option<&'static str>,
    /// What allows it.
    pub because: Vec<Basis>,
    /// Where it is refused: the grants that come near, the nearest first.
    pub near: Vec<Near>,
}

/// An account by its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountName {
    /// The permanent identity.
    pub id: Id,
    /// What is typed to sign in.
    pub login: String,
    /// The name to show.
    pub name: String,
}

impl From<&Account> for AccountName {
    fn from(account: &Account) -> Self {
        Self {
            id: account.id,
            login: account.login.clone(),
            name: account.name.clone(),
        }
    }
}

/// One grant of a role, and how the role is held; not at all for what everybody may do, and
/// for a role that is missing.
#[derive(Clone, Debug, Serialize)]
pub struct Basis {
    /// The role.
    pub role: String,
    /// What it is called.
    pub name: RoleName,
    /// Whence and where.
    pub hold: Option<Hold>,
    /// The grant.
    pub grant: RoleGrant,
}

/// A grant that would allow it but for something.
#[derive(Clone, Debug, Serialize)]
pub struct Near {
    /// The grant.
    pub basis: Basis,
    /// What keeps it from doing so.
    pub missing: Vec<Missing>,
}

/// What keeps a grant from allowing something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Missing {
    /// The account does not hold the role.
    RoleNotHeld,
    /// The role is held from a later day on.
    NotYet {
        /// That day.
        from: Date,
    },
    /// The role is held no longer.
    NoLonger {
        /// Its last day.
        last: Date,
    },
    /// The role itself grants nothing on that day.
    RoleNotValid {
        /// The first day on which it does.
        from: Option<Date>,
        /// The last.
        last: Option<Date>,
    },
    /// What the grant reaches is not where the record belongs.
    OtherUnit,
    /// The record stands elsewhere in its lifecycle.
    WrongState,
    /// The record does not meet the grant's condition.
    Condition,
    /// Four eyes: the account submitted it.
    OwnSubmission,
}
