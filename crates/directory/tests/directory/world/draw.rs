//! Numbers that look random and are the same for the same seed, and what is made of them.

use directory::{
    Hierarchy, Level, Part, Resolution, Role, UnitChange, UnitDetails, UnitEvent, UnitKind,
};
use jiff::Span;
use jiff::civil::Date;
use vocab::Id;

use super::{DAY, FIRST, ROLES, coded};

/// Draws numbers (`SplitMix64`).
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }

    /// A day before or after the one that everything is asked on, seldom that day itself.
    pub(super) fn day(&mut self) -> Date {
        let days = (DAY - FIRST).get_days();
        let offset = self.below(usize::try_from(days).unwrap() + 40);
        match offset % 9 {
            0 => DAY,
            _ => FIRST + Span::new().days(i64::try_from(offset).unwrap()),
        }
    }

    /// The administration as often as the sector line.
    pub(super) fn hierarchy(&mut self) -> Hierarchy {
        match self.below(2) {
            0 => Hierarchy::Sector,
            _ => Hierarchy::Administration,
        }
    }

    pub(super) fn roles(&mut self) -> Vec<Role> {
        (0..=self.below(2))
            .map(|_| coded(self.below(ROLES)))
            .collect()
    }

    pub(super) fn create(
        day: Date,
        unit: Id,
        name: &str,
        hierarchy: Hierarchy,
        parent: Option<Id>,
    ) -> UnitEvent {
        let details = UnitDetails {
            hierarchy,
            parent,
            name: name.to_owned(),
            short_name: name.to_owned(),
            aliases: Vec::new(),
            kind: UnitKind::Office,
            level: Level::Province,
            code: None,
            area_code: None,
        };
        ordered(day, UnitChange::Create { unit, details })
    }

    /// Any other event of four units, of which some may be the same.
    pub(super) fn change(&mut self, day: Date, units: &[Id], number: i64) -> UnitEvent {
        let part = |unit: Id| Part {
            unit,
            share: None,
            basis: None,
        };
        let change = match self.below(8) {
            0..=2 => UnitChange::Merge {
                from: units[..=self.below(2)].to_vec(),
                into: units[3],
            },
            3 | 4 => UnitChange::Split {
                from: units[0],
                into: units[1..].iter().take(2).copied().map(part).collect(),
            },
            5 => UnitChange::Move {
                unit: units[0],
                hierarchy: self.hierarchy(),
                // A sector line may begin with it.
                parent: Some(units[1]).filter(|_| self.below(5) > 0),
            },
            6 => UnitChange::Rename {
                unit: units[0],
                name: format!("Phòng đổi tên {number}"),
                short_name: format!("Phòng {number}"),
            },
            _ => UnitChange::Abolish {
                units: vec![units[0]],
            },
        };
        ordered(day, change)
    }
}

fn ordered(date: Date, change: UnitChange) -> UnitEvent {
    UnitEvent {
        date,
        change,
        ordered_by: Resolution::default(),
    }
}
