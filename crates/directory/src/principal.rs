//! Who acts: an account with its grants, nobody, or the program itself.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use store::Actor;
use vocab::Id;

/// What somebody is trusted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Lãnh đạo theo dõi: reads what all units have submitted.
    Viewer,
    /// Cán bộ báo cáo: writes and submits for his unit.
    Officer,
    /// Thủ trưởng đơn vị: approves or sends back what his unit submits.
    Head,
    /// Đơn vị điều phối: consolidates what units have approved.
    Coordinator,
    /// Quản trị hệ thống: declarations, accounts, jobs, audit; no part in reports.
    Administrator,
}

impl Role {
    /// All roles, the least trusted first.
    pub const ALL: [Self; 5] = [
        Self::Viewer,
        Self::Officer,
        Self::Head,
        Self::Coordinator,
        Self::Administrator,
    ];

    /// The role as it is stored and sent.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Officer => "officer",
            Self::Head => "head",
            Self::Coordinator => "coordinator",
            Self::Administrator => "administrator",
        }
    }

    /// The key of its wording.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Viewer => "role-viewer",
            Self::Officer => "role-officer",
            Self::Head => "role-head",
            Self::Coordinator => "role-coordinator",
            Self::Administrator => "role-administrator",
        }
    }

    /// The role with this value.
    pub fn from_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.value() == value)
    }
}

/// A role in a unit. Officers and heads hold theirs in that unit alone; the other roles
/// reach the whole province, whichever unit the grant names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The unit in which it holds.
    pub unit: Id,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The account; none for somebody who has not signed in, [`Id::NIL`] for the program.
    pub account: Option<Id>,
    /// The login; empty where there is no account.
    pub login: String,
    /// The name to show; empty where there is no account.
    pub name: String,
    /// What the account may do where.
    pub grants: Arc<[Grant]>,
    /// Whether the account is one of the demonstration's.
    pub demo: bool,
}

impl Principal {
    /// Somebody who has not signed in.
    pub fn public() -> Self {
        Self {
            account: None,
            login: String::new(),
            name: String::new(),
            grants: Arc::from([]),
            demo: false,
        }
    }

    /// The program itself: jobs and the command line. It may do what an administrator may.
    pub fn system() -> Self {
        Self {
            account: Some(Id::NIL),
            login: "system".to_owned(),
            name: String::new(),
            grants: Arc::from([Grant {
                role: Role::Administrator,
                unit: Id::NIL,
            }]),
            demo: false,
        }
    }

    /// What stands on the audit leaves of what this principal does.
    pub fn actor(&self, via: &str, request: Id) -> Actor {
        Actor {
            account: self.account.unwrap_or(Id::NIL),
            on_behalf: None,
            via: via.to_owned(),
            request,
        }
    }

    /// Whether a role is held in any unit.
    pub fn holds(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// The units in which a role is held, sorted, without doubles.
    pub fn units(&self, role: Role) -> Vec<Id> {
        let held = self.grants.iter().filter(|grant| grant.role == role);
        let mut units: Vec<Id> = held.map(|grant| grant.unit).collect();
        units.sort_unstable();
        units.dedup();
        units
    }
}
