//! Which records an actor reaches: what the permission compiler hands to a query.
//!
//! A scope is one tree with two back ends: SQL for lists, counts and searches
//! (`query/reach.rs`), and [`Scope::reaches`] for a single head. No read goes without one;
//! what the program reads for itself says so with [`Scope::bypass`].

use std::sync::Arc;

use vocab::Id;

use crate::{Head, Predicate, StoreError, TableSpec};

/// The records that a query may touch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope(Reach);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Reach {
    /// Every record, for this reason.
    Bypass(&'static str),
    /// What any of these reaches.
    Parts(Arc<[Part]>),
}

/// Records of some units that meet a condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// Whose records.
    pub units: Units,
    /// What must be true of them besides; a condition that is unknown does not hold.
    pub condition: Option<Arc<Predicate>>,
}

/// A set of units.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Units {
    /// All.
    All,
    /// These; sorted, without doubles.
    These(Arc<[Id]>),
    /// All but these; sorted, without doubles.
    AllBut(Arc<[Id]>),
}

impl Units {
    /// These units.
    pub fn these(units: impl IntoIterator<Item = Id>) -> Self {
        Self::These(sorted(units))
    }

    /// Whether a unit is among them.
    pub fn contains(&self, unit: Id) -> bool {
        match self {
            Self::All => true,
            Self::These(units) => units.binary_search(&unit).is_ok(),
            Self::AllBut(units) => units.binary_search(&unit).is_err(),
        }
    }

    /// The units that are in one of both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::These(one), Self::These(two)) => Self::these(one.iter().chain(&**two).copied()),
            (Self::AllBut(left), Self::These(added)) | (Self::These(added), Self::AllBut(left)) => {
                Self::AllBut(kept(left, |unit| added.binary_search(&unit).is_err()))
            }
            (Self::AllBut(one), Self::AllBut(two)) => {
                Self::AllBut(kept(one, |unit| two.binary_search(&unit).is_ok()))
            }
        }
    }

    /// The units that are in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::All, units) | (units, Self::All) => units.clone(),
            (Self::These(units), other) | (other, Self::These(units)) => {
                Self::These(kept(units, |unit| other.contains(unit)))
            }
            (Self::AllBut(one), Self::AllBut(two)) => {
                Self::AllBut(sorted(one.iter().chain(&**two).copied()))
            }
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::These(units) if units.is_empty())
    }
}

fn sorted(units: impl IntoIterator<Item = Id>) -> Arc<[Id]> {
    let mut units: Vec<Id> = units.into_iter().collect();
    units.sort_unstable();
    units.dedup();
    units.into()
}

fn kept(units: &[Id], keep: impl Fn(Id) -> bool) -> Arc<[Id]> {
    units.iter().copied().filter(|unit| keep(*unit)).collect()
}

impl Scope {
    /// Every record, whoever asks: what the program needs for itself. The reason says why no
    /// permission is asked; `grep -rn 'Scope::bypass'` lists them all.
    pub const fn bypass(reason: &'static str) -> Self {
        Self(Reach::Bypass(reason))
    }

    /// No record at all.
    pub fn nothing() -> Self {
        Self(Reach::Parts(Arc::from([])))
    }

    /// The records of these units.
    pub fn units(units: impl IntoIterator<Item = Id>) -> Self {
        Self::of([Part {
            units: Units::these(units),
            condition: None,
        }])
    }

    /// The records of all units but these.
    pub fn except(units: impl IntoIterator<Item = Id>) -> Self {
        let left_out = sorted(units);
        Self::of([Part {
            units: if left_out.is_empty() {
                Units::All
            } else {
                Units::AllBut(left_out)
            },
            condition: None,
        }])
    }

    /// What any of these parts reaches. Parts under the same condition become one, and a
    /// condition is asked of those units alone that no part reaches without one, so that ten
    /// grants cost a list what one costs.
    pub fn of(parts: impl IntoIterator<Item = Part>) -> Self {
        let mut merged: Vec<Part> = Vec::new();
        for part in parts {
            if part.units.is_empty() {
                continue;
            }
            match merged
                .iter_mut()
                .find(|known| known.condition == part.condition)
            {
                Some(known) => known.units = known.units.union(&part.units),
                None => merged.push(part),
            }
        }
        if let Some(free) = merged.iter().find(|part| part.condition.is_none()).cloned() {
            // What is reached without a condition is not asked about once more.
            for part in merged.iter_mut().filter(|part| part.condition.is_some()) {
                part.units = match &part.units {
                    _ if free.units == Units::All => Units::these([]),
                    Units::These(units) => {
                        Units::These(kept(units, |unit| !free.units.contains(unit)))
                    }
                    wide => wide.clone(),
                };
            }
            merged.retain(|part| !part.units.is_empty());
        }
        Self(Reach::Parts(merged.into()))
    }

    /// Whether it reaches records of this unit: all of them, or those that meet a condition.
    pub fn contains(&self, unit: Id) -> bool {
        match &self.0 {
            Reach::Bypass(_) => true,
            Reach::Parts(parts) => parts.iter().any(|part| part.units.contains(unit)),
        }
    }

    /// Whether it reaches the record with this head.
    pub fn reaches(&self, head: &Head) -> bool {
        match &self.0 {
            Reach::Bypass(_) => true,
            Reach::Parts(parts) => parts.iter().any(|part| part.reaches(head)),
        }
    }

    /// The same, of these units only.
    #[must_use]
    pub fn within(&self, units: impl IntoIterator<Item = Id>) -> Self {
        let units = Units::these(units);
        match &self.0 {
            Reach::Bypass(_) => Self::of([Part {
                units,
                condition: None,
            }]),
            Reach::Parts(parts) => Self::of(parts.iter().map(|part| Part {
                units: part.units.intersection(&units),
                condition: part.condition.clone(),
            })),
        }
    }

    /// What both reach.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let (Reach::Parts(ours), Reach::Parts(theirs)) = (&self.0, &other.0) else {
            return match self.0 {
                Reach::Bypass(_) => other.clone(),
                Reach::Parts(_) => self.clone(),
            };
        };
        let pairs = ours
            .iter()
            .flat_map(|one| theirs.iter().map(move |two| (one, two)));
        Self::of(pairs.map(|(one, two)| Part {
            units: one.units.intersection(&two.units),
            condition: match (&one.condition, &two.condition) {
                (None, condition) | (condition, None) => condition.clone(),
                (Some(one), Some(two)) if one == two => Some(one.clone()),
                (Some(one), Some(two)) => Some(Arc::new(Predicate::All(vec![
                    (**one).clone(),
                    (**two).clone(),
                ]))),
            },
        }))
    }

    /// What any of these scopes reaches.
    pub fn any(scopes: impl IntoIterator<Item = Self>) -> Self {
        let mut parts = Vec::new();
        for scope in scopes {
            match scope.0 {
                Reach::Bypass(reason) => return Self::bypass(reason),
                Reach::Parts(more) => parts.extend(more.iter().cloned()),
            }
        }
        Self::of(parts)
    }

    /// The same, where a condition holds besides.
    #[must_use]
    pub fn and(&self, condition: &Predicate) -> Self {
        self.intersection(&Self::of([Part {
            units: Units::All,
            condition: Some(Arc::new(condition.clone())),
        }]))
    }

    /// Whether it leaves no record out.
    pub fn is_everything(&self) -> bool {
        let whole = |part: &Part| part.units == Units::All && part.condition.is_none();
        self.parts().is_none_or(|parts| parts.iter().any(whole))
    }

    /// The parts; none where every record is reached without a question.
    pub(crate) fn parts(&self) -> Option<&[Part]> {
        match &self.0 {
            Reach::Bypass(_) => None,
            Reach::Parts(parts) => Some(parts),
        }
    }

    /// Refuses conditions on what a table does not have.
    pub(crate) fn check(&self, spec: &TableSpec) -> Result<(), StoreError> {
        for part in self.parts().into_iter().flatten() {
            if let Some(condition) = &part.condition {
                condition.check(spec).map_err(StoreError::Invalid)?;
            }
        }
        Ok(())
    }
}

impl Part {
    /// Whether the record with this head is one of them.
    pub fn reaches(&self, head: &Head) -> bool {
        self.units.contains(head.unit)
            && self
                .condition
                .as_ref()
                .is_none_or(|condition| condition.holds(head) == Some(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, Comparison};

    fn unit(number: u8) -> Id {
        Id::from_bytes([number; 16])
    }

    fn part(units: Units, asks: bool) -> Part {
        let state = Predicate::Compare(Column::State, Comparison::Equal, "draft".into());
        Part {
            units,
            condition: asks.then(|| Arc::new(state)),
        }
    }

    #[test]
    fn what_a_wider_part_reaches_is_not_asked_about() {
        let these = |numbers: &[u8]| Units::these(numbers.iter().map(|number| unit(*number)));
        let scope = Scope::of([
            part(these(&[1, 2]), true),
            part(these(&[2, 3]), false),
            part(these(&[3]), true),
            part(these(&[4]), false),
        ]);
        let expected = [part(these(&[1]), true), part(these(&[2, 3, 4]), false)];
        assert_eq!(scope.parts(), Some(&expected[..]));
        let all = Scope::of([part(these(&[1]), true), part(Units::All, false)]);
        assert_eq!(all.parts(), Some(&[part(Units::All, false)][..]));
        let wide = Scope::of([part(Units::All, true), part(these(&[1]), false)]);
        let expected = [part(Units::All, true), part(these(&[1]), false)];
        assert_eq!(wide.parts(), Some(&expected[..]));
        let but = Scope::of([
            part(these(&[1, 2]), true),
            part(Units::AllBut(sorted([unit(2)])), false),
        ]);
        assert!(
            but.contains(unit(2))
                && but
                    .parts()
                    .is_some_and(|parts| parts[0].units == these(&[2]))
        );
    }
}
