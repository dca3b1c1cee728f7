//! What an event says.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocab::{Id, UnitCode};

use crate::units::{Fraction, Hierarchy, Level, UnitKind};

/// Something that happens to units from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitEvent {
    /// The first day on which it holds.
    pub date: Date,
    /// What happens.
    pub change: UnitChange,
    /// What ordered it.
    pub ordered_by: Resolution,
}

/// The resolution or decision that ordered an event, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    /// `1687/NQ-UBTVQH15`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// When it was passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Where in it, or where that was read: a clause, a line of a file, a register.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// What happens to units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum UnitChange {
    /// A unit begins.
    Create {
        /// Its identity, new and for ever.
        unit: Id,
        /// What it is.
        details: UnitDetails,
    },
    /// A unit gets another name; the old one stays an alias.
    Rename {
        /// The unit.
        unit: Id,
        /// The official name from then on.
        name: String,
        /// The name for narrow places from then on.
        short_name: String,
    },
    /// A unit stands under another one, perhaps in another hierarchy.
    Move {
        /// The unit.
        unit: Id,
        /// The hierarchy from then on.
        hierarchy: Hierarchy,
        /// The unit above from then on.
        parent: Option<Id>,
    },
    /// Units end, and another one takes them in whole.
    Merge {
        /// Those that end.
        from: Vec<Id>,
        /// The one that takes them in; it stands on that day, or begins with it.
        into: Id,
    },
    /// A unit is divided among others. It ends, unless it is itself one of the parts.
    Split {
        /// The unit.
        from: Id,
        /// Where its parts go.
        into: Vec<Part>,
    },
    /// Units end, and nothing takes their place.
    Abolish {
        /// Those that end.
        units: Vec<Id>,
    },
}

/// What a new unit is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitDetails {
    /// The hierarchy that it stands in.
    pub hierarchy: Hierarchy,
    /// The unit above.
    pub parent: Option<Id>,
    /// The official name.
    pub name: String,
    /// The name for narrow places.
    pub short_name: String,
    /// Other ways to write the name.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: UnitKind,
    /// At which level it works.
    pub level: Level,
    /// The electronic identifier.
    #[serde(default)]
    pub code: Option<UnitCode>,
    /// The statistics code of its area.
    #[serde(default)]
    pub area_code: Option<String>,
}

/// A part of a unit that is divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The unit that takes it in.
    pub unit: Id,
    /// How much of the divided unit that is; none where nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Fraction>,
    /// By what the share was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<ShareBasis>,
}

/// By what a share is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShareBasis {
    /// By area.
    Area,
    /// By people.
    People,
    /// By a key that somebody answerable declared.
    Declared,
}

impl ShareBasis {
    /// The basis with this value.
    pub fn from_value(value: &str) -> Option<Self> {
        match value {
            "area" => Some(Self::Area),
            "people" => Some(Self::People),
            "declared" => Some(Self::Declared),
            _ => None,
        }
    }
}

impl UnitChange {
    /// The kind as it is stored.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Create { .. } => "create",
            Self::Rename { .. } => "rename",
            Self::Move { .. } => "move",
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Abolish { .. } => "abolish",
        }
    }
}
