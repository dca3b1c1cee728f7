//! The sentences of a layout, and filling in what they name.

use serde::{Deserialize, Serialize};

macro_rules! sentences {
    ($(#[$doc:meta])* $name:ident: $($field:ident($($known:literal),*),)*) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[expect(missing_docs, reason = "named as what they say")]
        pub struct $name {
            $(pub $field: String,)*
        }

        impl $name {
            /// Each sentence, and the names that it may fill in.
            pub(super) fn each(&self) -> Vec<(&'static str, &str, &'static [&'static str])> {
                vec![$((stringify!($field), self.$field.as_str(), &[$($known),*] as &[_]),)*]
            }
        }
    };
}

sentences! {
    /// How standings and values read.
    Words:
    done(), on_track(), at_risk(), off_track(), no_data(), duty_kept(), duty_missed(),
    reached(), not_reached(), nothing(), no_amount(),
    more_units("count"), annex("number"), attached("period", "unit"), millions("amount"),
}

sentences! {
    /// The sentences that sections are drafted from.
    Drafts:
    opening("plan", "title", "unit", "period", "until"),
    counts(), reporting(), money(),
    group("group", "code"), group_measured("group", "code"),
    group_line("number", "place", "name", "goal", "leads"), group_nothing("group", "code"),
    behind(), behind_line("number", "place", "name", "goal", "leads"), behind_none(),
    late(), findings(),
    causes(), causes_line("unit", "number", "note"), causes_none(),
    hasten(), hasten_line("number", "place", "name", "goal", "leads"), next(),
}

sentences! {
    /// The sentences of the section on obstacles.
    Obstacles:
    opening("count"), line("unit", "matter", "since", "what", "asks", "whom"),
    waiting("due"), escalated(), answered("said", "by"), by("day"), solved("day"), none(),
    about_target("number"), about_project("name"), about_duty("name"),
}

/// What ships of them.
const OBSTACLES: &str = include_str!("../../../../../data/reports/obstacles.toml");

impl Default for Obstacles {
    /// The sentences that ship.
    ///
    /// # Panics
    /// Never: a test reads the same file.
    fn default() -> Self {
        toml::from_str(OBSTACLES).expect("the shipped sentences about obstacles are complete")
    }
}

/// The names in braces of a sentence.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// A sentence with its names filled in, in one pass: what is filled in is not looked at again.
pub(in crate::periodic) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let known = after.split_once('}').and_then(|(name, after)| {
            let value = values.iter().find(|(known, _)| *known == name);
            value.map(|(_, value)| (*value, after))
        });
        if let Some((value, after)) = known {
            text.push_str(value);
            rest = after;
        } else {
            text.push('{');
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_that_ship_are_complete() {
        for (at, text, known) in Obstacles::default().each() {
            assert!(
                names(text).all(|name| known.contains(&name)),
                "{at}: {text}"
            );
        }
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let values = [("a", "{b}"), ("b", "x")];
        assert_eq!(fill("{a} {b} {c} {", &values), "{b} x {c} {");
    }
}
