//! Keys of a field that say what it takes: whether they allow more or less than they did.

use super::Pair;
use crate::declaration::{Field, UnitLevel};
use crate::shape::Choice;
use crate::source::{Located, Span};

/// A key that says something else than it did.
pub(super) struct Key {
    pub name: &'static str,
    /// Where it is written, if it is.
    pub span: Option<Span>,
    pub from: String,
    pub to: String,
    /// Whether it allows less.
    pub narrows: bool,
}

const NOTHING: &str = "–";

fn shown<T: std::fmt::Display>(value: Option<&Located<T>>) -> String {
    value.map_or_else(|| NOTHING.to_owned(), |value| value.value.to_string())
}

/// A bound; `upper` if values must lie below it.
fn bound<T: PartialOrd + std::fmt::Display>(
    name: &'static str,
    upper: bool,
    old: Option<&Located<T>>,
    new: Option<&Located<T>>,
) -> Option<Key> {
    let narrows = match (old, new) {
        (None, None) => return None,
        (Some(old), Some(new)) if old.value == new.value => return None,
        (Some(old), Some(new)) => (new.value < old.value) == upper,
        (None, Some(_)) => true,
        (Some(_), None) => false,
    };
    Some(Key {
        name,
        span: new.map(|new| new.span),
        from: shown(old),
        to: shown(new),
        narrows,
    })
}

/// A word; one that is `free` allows all that others do.
fn word(
    name: &'static str,
    old: Option<(&str, Span)>,
    new: Option<(&str, Span)>,
    free: Option<&str>,
) -> Option<Key> {
    let said = |value: Option<(&str, Span)>| {
        let text = value.map(|(text, _)| text.to_owned());
        text.filter(|text| Some(text.as_str()) != free)
    };
    let (from, to) = (said(old), said(new));
    if from == to {
        return None;
    }
    Some(Key {
        name,
        span: new.map(|(_, span)| span),
        narrows: to.is_some(),
        from: from.unwrap_or_else(|| NOTHING.to_owned()),
        to: to.unwrap_or_else(|| NOTHING.to_owned()),
    })
}

fn level(level: Option<&Located<UnitLevel>>) -> Option<(&'static str, Span)> {
    level.map(|level| (level.value.word(), level.span))
}

/// The keys of a field that differ.
pub(super) fn of(pair: &Pair<'_>, old: &Field, new: &Field) -> Vec<Key> {
    let pattern = |field: &Field| {
        let pattern = field.pattern.as_ref();
        pattern.map(|pattern| (pattern.text.clone(), pattern.span))
    };
    let (was, is) = (pattern(old), pattern(new));
    let accept = |field: &Field| {
        let mut endings: Vec<&str> = field.accept.iter().map(|known| &**known).collect();
        endings.sort_unstable();
        endings.join(", ")
    };
    let mut keys: Vec<Key> = [
        bound(
            "max_length",
            true,
            old.max_length.as_ref(),
            new.max_length.as_ref(),
        ),
        bound("min", false, old.min.as_ref(), new.min.as_ref()),
        bound("max", true, old.max.as_ref(), new.max.as_ref()),
        bound(
            "decimals",
            true,
            old.decimals.as_ref(),
            new.decimals.as_ref(),
        ),
        bound(
            "at_least",
            false,
            old.at_least.as_ref(),
            new.at_least.as_ref(),
        ),
        bound("at_most", true, old.at_most.as_ref(), new.at_most.as_ref()),
        bound("max_mb", true, old.max_mb.as_ref(), new.max_mb.as_ref()),
        word(
            "pattern",
            was.as_ref().map(|(text, span)| (text.as_str(), *span)),
            is.as_ref().map(|(text, span)| (text.as_str(), *span)),
            None,
        ),
        word(
            "level",
            level(old.level.as_ref()),
            level(new.level.as_ref()),
            Some("any"),
        ),
        word(
            "inside",
            level(old.inside.as_ref()),
            level(new.inside.as_ref()),
            None,
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    let (from, to) = (accept(old), accept(new));
    if from != to {
        let all = |field: &Field, of: &Field| {
            of.accept.is_empty()
                || (!field.accept.is_empty()
                    && field
                        .accept
                        .iter()
                        .all(|one| of.accept.iter().any(|other| **other == **one)))
        };
        keys.push(Key {
            name: "accept",
            span: new.accept.first().map(|known| known.span),
            narrows: !all(old, new),
            from: if from.is_empty() {
                NOTHING.to_owned()
            } else {
                from
            },
            to: if to.is_empty() {
                NOTHING.to_owned()
            } else {
                to
            },
        });
    }
    keys.extend(list(pair, old, new));
    keys
}

/// Another list of codes, which may lack some that the one before had.
fn list(pair: &Pair<'_>, old: &Field, new: &Field) -> Option<Key> {
    let (was, is) = (old.list.as_ref()?, new.list.as_ref()?);
    if was.text == is.text {
        return None;
    }
    let (before, after) = pair.catalogs;
    let before = before
        .find_list(pair.packs.0, was)
        .map(|at| before.list(at))?;
    let after = after.find_list(pair.packs.1, is).map(|at| after.list(at))?;
    Some(Key {
        name: "list",
        span: Some(is.span),
        narrows: !before.codes.is_subset(&after.codes),
        from: was.text.clone(),
        to: is.text.clone(),
    })
}
