//! Who acts: an account with its grants, nobody, or the program itself.

use std::sync::Arc;

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use store::Actor;
use vocab::Id;

use crate::permission::{Compiled, Permissions};

/// What somebody is trusted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// A role that an administrator made or a pack brought along.
    Custom(RoleCode),
}

/// The code of a role that an administrator made or a pack brought along: a lower-case word of
/// at most 40 letters, digits, `_`, `.` and `-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleCode {
    length: u8,
    bytes: [u8; LONGEST_CODE],
}

const LONGEST_CODE: usize = 40;

impl RoleCode {
    fn new(code: &str) -> Option<Self> {
        let plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.-".contains(&byte);
        let is_word = code.starts_with(|first: char| first.is_ascii_lowercase());
        if !is_word || code.len() > LONGEST_CODE || !code.bytes().all(plain) {
            return None;
        }
        let mut bytes = [0; LONGEST_CODE];
        bytes[..code.len()].copy_from_slice(code.as_bytes());
        let length = u8::try_from(code.len()).ok()?;
        Some(Self { length, bytes })
    }

    fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.value())
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        let unusable = || D::Error::custom(format!("{code:?} is no role's code"));
        Self::coded(&code).ok_or_else(unusable)
    }
}

impl Role {
    /// The roles that ship, the least trusted first.
    pub const ALL: [Self; 5] = [
        Self::Viewer,
        Self::Officer,
        Self::Head,
        Self::Coordinator,
        Self::Administrator,
    ];

    /// The role as it is stored and sent.
    pub fn value(&self) -> &str {
        match self {
            Self::Viewer => "viewer",
            Self::Officer => "officer",
            Self::Head => "head",
            Self::Coordinator => "coordinator",
            Self::Administrator => "administrator",
            Self::Custom(code) => code.as_str(),
        }
    }

    /// The role with this code, of those that ship or of those that an administrator can make.
    pub fn coded(code: &str) -> Option<Self> {
        Self::from_value(code).or_else(|| RoleCode::new(code).map(Self::Custom))
    }

    /// The role that ships with this value.
    pub fn from_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.value() == value)
    }
}

/// A role held in a unit. How far it reaches from there is the role's own matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The unit in which it holds.
    pub unit: Id,
    /// The first day on which it is held; from the beginning if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last day; none if it has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
}

impl Grant {
    /// A role in a unit, without dates.
    pub const fn new(role: Role, unit: Id) -> Self {
        Self {
            role,
            unit,
            valid_from: None,
            valid_to: None,
        }
    }

    /// Whether it is held on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|first| first <= day)
            && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Whether it is held on a day or on one after it.
    pub(crate) fn holds_on_or_later(&self, day: Date) -> bool {
        self.valid_to.is_none_or(|last| day <= last)
    }
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
    /// Those of them that are held by delegation alone, for somebody else.
    pub delegated: Arc<[Grant]>,
    /// Whether the account is one of the demonstration's.
    pub demo: bool,
    /// What follows from the account and its grants ([`crate::Directory::permitted`]); what
    /// is not compiled yet follows from the roles that ship, each in its own unit.
    pub compiled: Compiled,
}

impl Principal {
    /// Somebody who has not signed in.
    pub fn public() -> Self {
        Self {
            account: None,
            login: String::new(),
            name: String::new(),
            grants: Arc::from([]),
            delegated: Arc::from([]),
            demo: false,
            compiled: Compiled::default(),
        }
    }

    /// The program itself: jobs and the command line. It may do what an administrator may.
    pub fn system() -> Self {
        Self {
            account: Some(Id::NIL),
            login: "system".to_owned(),
            name: String::new(),
            grants: Arc::from([Grant::new(Role::Administrator, Id::NIL)]),
            delegated: Arc::from([]),
            demo: false,
            compiled: Compiled::default(),
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

    /// What this principal may do.
    pub fn permissions(&self) -> Arc<Permissions> {
        self.compiled.for_(self.account, &self.grants)
    }

    /// Whether a grant is held by delegation alone, for somebody else.
    pub fn is_delegated(&self, grant: &Grant) -> bool {
        let mut delegated = self.delegated.iter();
        delegated.any(|given| (given.role, given.unit) == (grant.role, grant.unit))
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
