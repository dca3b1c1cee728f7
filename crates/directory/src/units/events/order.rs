//! The form of what an event says: names, counts and shares, before any unit is looked at.

use unicode_normalization::UnicodeNormalization;
use vocab::FieldProblem;

use super::{Part, UnitChange, UnitEvent};
use crate::units::Fraction;

/// No name of a unit is longer, in characters.
const LONGEST_NAME: usize = 250;

/// What is wrong with an event, before it has a place.
pub(super) type Fault = FieldProblem;

/// A fault with this code; the planner says at which event.
pub(super) fn fault(code: &str) -> Fault {
    FieldProblem::new("", code)
}

/// The event with its names composed, its white space single and its shares complete.
pub(super) fn in_order(event: &UnitEvent) -> Result<UnitEvent, Fault> {
    let mut event = event.clone();
    match &mut event.change {
        UnitChange::Create { details, .. } => {
            clean(&mut details.name)?;
            clean(&mut details.short_name)?;
            for alias in &mut details.aliases {
                clean(alias)?;
            }
        }
        UnitChange::Rename {
            name, short_name, ..
        } => {
            clean(name)?;
            clean(short_name)?;
        }
        UnitChange::Move { .. } => {}
        UnitChange::Merge { from, into } => {
            if from.is_empty() {
                return Err(fault("unit-merge-empty"));
            }
            if from.contains(into) {
                return Err(fault("unit-merge-itself"));
            }
            distinct(from)?;
        }
        UnitChange::Split { from, into } => {
            if into.iter().all(|part| part.unit == *from) {
                return Err(fault("unit-split-empty"));
            }
            let mut units: Vec<_> = into.iter().map(|part| part.unit).collect();
            distinct(&mut units)?;
            complete(into)?;
        }
        UnitChange::Abolish { units } => {
            if units.is_empty() {
                return Err(fault("unit-abolish-empty"));
            }
            distinct(units)?;
        }
    }
    Ok(event)
}

fn distinct(units: &mut [vocab::Id]) -> Result<(), Fault> {
    units.sort_unstable();
    if units.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(fault("unit-twice"));
    }
    Ok(())
}

/// Composes a name. What cannot be seen has no place in it.
fn clean(name: &mut String) -> Result<(), Fault> {
    let composed: String = name.nfc().collect();
    let words: Vec<&str> = composed.split_whitespace().collect();
    let text = words.join(" ");
    let hidden = |ch: char| {
        ch.is_control()
            || matches!(ch, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if text.is_empty() || text.chars().any(hidden) || text.chars().count() > LONGEST_NAME {
        return Err(fault("unit-name-invalid").with("limit", LONGEST_NAME));
    }
    *name = text;
    Ok(())
}

/// Known shares of a whole add up to it; a single unknown one is the rest.
fn complete(parts: &mut [Part]) -> Result<(), Fault> {
    let wrong = || fault("unit-shares-wrong");
    let mut known = Fraction::ZERO;
    for part in parts.iter() {
        match (part.share, part.basis) {
            (Some(Fraction::ZERO), _) => return Err(wrong()),
            (Some(share), Some(_)) => known = known.plus(share).ok_or_else(wrong)?,
            (Some(_), None) | (None, Some(_)) => return Err(fault("unit-share-basis")),
            (None, None) => {}
        }
    }
    let basis = parts.iter().find_map(|part| part.basis);
    let rest = known.rest();
    let mut unknown = parts.iter_mut().filter(|part| part.share.is_none());
    match (unknown.next(), unknown.next()) {
        (None, _) if known == Fraction::ONE => Ok(()),
        (None, _) => Err(wrong()),
        (Some(_), _) if rest == Fraction::ZERO => Err(wrong()),
        (Some(last), None) if basis.is_some() => {
            last.share = Some(rest);
            last.basis = basis;
            Ok(())
        }
        (Some(_), _) => Ok(()),
    }
}
