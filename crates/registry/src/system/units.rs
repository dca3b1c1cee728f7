//! Levels of units as packs name them.

use directory::{Unit, UnitKind};
use pack::declaration::UnitLevel;

/// Whether a unit is one of a level.
pub fn is_of(unit: &Unit, level: UnitLevel) -> bool {
    match level {
        UnitLevel::Any => true,
        UnitLevel::Province => unit.kind == UnitKind::Province,
        UnitLevel::Department => matches!(
            unit.kind,
            UnitKind::Department
                | UnitKind::Branch
                | UnitKind::Office
                | UnitKind::PartyMass
                | UnitKind::Media
                | UnitKind::Centre
        ),
        UnitLevel::District => unit.kind == UnitKind::District,
        UnitLevel::Commune => unit.kind == UnitKind::Commune,
    }
}
