//! The lines in which a unit can stand under another.

use serde::{Deserialize, Serialize};

/// A hierarchy of units. A version of a unit belongs to exactly one.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Hierarchy {
    /// The administration of the province.
    #[default]
    Administration,
    /// A sector's line: the office in a commune under the department of the province.
    Sector,
    /// The administrations of other provinces, kept because a later event brings them in:
    /// they are no part of the province's tree before it.
    Neighbours,
}

impl Hierarchy {
    /// All hierarchies.
    pub const ALL: [Self; 3] = [Self::Administration, Self::Sector, Self::Neighbours];

    /// The hierarchy as it is stored.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Administration => "administration",
            Self::Sector => "sector",
            Self::Neighbours => "neighbours",
        }
    }

    /// The hierarchy with this value.
    pub fn from_value(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.value() == value)
    }
}
