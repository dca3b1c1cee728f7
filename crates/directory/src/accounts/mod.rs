//! Accounts: who may sign in, and with which grants.
//!
//! An account is a record of the table `account`; it belongs to itself, so that a scope of
//! one unit can mean «only oneself». Its password hash is a record of its own in the table
//! `credential`, which no permission reaches and no page lists: an account's history can be
//! shown without showing hashes, and a swapped hash is found by the audit. A new password
//! erases what the old record said, so that no old hash stays behind.

mod change;
mod create;
mod guessable;
mod hasher;
mod invitation;
mod last;
mod record;
mod reset;
mod rules;
mod set_up;
mod through;
mod way;

use store::{ColumnKind, TableSpec};
use vocab::Id;

pub use change::AccountChange;
pub(crate) use change::unknown;
pub(crate) use hasher::Hasher;
pub use invitation::{Invitation, InvitationLetter, NewInvitation};
pub use reset::ResetLetter;
pub use rules::email as mail_address;
pub(crate) use rules::{login_key, name as person_name};

use crate::permission::Compiled;
use crate::{Grant, Principal};

/// Somebody who shall be able to sign in.
#[derive(Clone)]
pub struct NewAccount {
    /// 3 to 40 of `a-z 0-9 . _ -`; capitals are made small.
    pub login: String,
    /// The name to show, kept as it is written.
    pub name: String,
    /// At least 12 characters.
    pub password: String,
    /// What the account may do where.
    pub grants: Vec<Grant>,
    /// Whether it is one of the demonstration's.
    pub demo: bool,
}

impl std::fmt::Debug for NewAccount {
    /// Leaves the password out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewAccount")
            .field("login", &self.login)
            .field("name", &self.name)
            .field("grants", &self.grants)
            .field("demo", &self.demo)
            .finish_non_exhaustive()
    }
}

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The permanent identity.
    pub id: Id,
    /// The version of the record.
    pub version: i64,
    /// What is typed to sign in.
    pub login: String,
    /// The name to show.
    pub name: String,
    /// What the account may do where.
    pub grants: Vec<Grant>,
    /// Whether it is one of the demonstration's.
    pub demo: bool,
    /// Where a link to a new password is sent; empty where none is known.
    pub email: String,
    /// Whether it may not sign in any more.
    pub disabled: bool,
}

impl Account {
    /// The account as somebody who acts.
    pub fn principal(&self) -> Principal {
        Principal {
            account: Some(self.id),
            login: self.login.clone(),
            name: self.name.clone(),
            grants: self.grants.as_slice().into(),
            delegated: [].into(),
            demo: self.demo,
            compiled: Compiled::default(),
        }
    }
}

pub(crate) fn tables() -> Vec<TableSpec> {
    vec![
        TableSpec::new("account")
            .unique("login", ColumnKind::Text)
            .column("name", ColumnKind::Text)
            .column("administrator", ColumnKind::Int)
            .unique("founder", ColumnKind::Text)
            .filter("administrator")
            .filter("state"),
        invitation::table(),
        TableSpec::new("credential").unique("account", ColumnKind::Bytes),
    ]
}
