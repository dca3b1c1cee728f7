//! Which units' records an actor reaches: what a permission compiler hands to a query.

use std::sync::Arc;

use vocab::Id;

/// The set of owner units whose records a query may touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every record.
    All,
    /// Records of these units; sorted, without doubles.
    Units(Arc<[Id]>),
    /// Records of all units but these; sorted, without doubles.
    Except(Arc<[Id]>),
}

impl Scope {
    /// No record at all.
    pub fn nothing() -> Self {
        Self::Units(Arc::from([]))
    }

    /// The records of these units.
    pub fn units(units: impl IntoIterator<Item = Id>) -> Self {
        let mut units: Vec<Id> = units.into_iter().collect();
        units.sort_unstable();
        units.dedup();
        Self::Units(units.into())
    }

    /// Whether a record of this unit is reached.
    pub fn contains(&self, unit: Id) -> bool {
        match self {
            Self::All => true,
            Self::Units(units) => units.binary_search(&unit).is_ok(),
            Self::Except(units) => units.binary_search(&unit).is_err(),
        }
    }
}
