//! The form for an event of units: first what and when, then of whom and by which resolution.

use askama::Template;
use jiff::civil::Date;

use super::parts::{Choice, FormErrors};
use super::{Shell, links};

/// The form.
#[derive(Clone, Debug, Template)]
#[template(path = "unit_event_form.html")]
pub struct UnitEventForm {
    /// The frame.
    pub shell: Shell,
    /// The kind of event; empty while it is asked for.
    pub kind: String,
    /// The same in words.
    pub kind_words: String,
    /// From which day.
    pub day: Date,
    /// The kinds of events to choose from.
    pub kinds: Vec<Choice>,
    /// The kinds of units to choose from.
    pub unit_kinds: Vec<Choice>,
    /// What was typed.
    pub typed: TypedEvent,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct TypedEvent {
    /// The units that it happens to, one a line.
    pub units: String,
    /// The unit, or the parts, that they go into or under.
    pub into: String,
    /// The official name.
    pub name: String,
    /// The name for narrow places.
    pub short_name: String,
    /// What a new unit is.
    pub unit_kind: String,
    /// The code of its area.
    pub code: String,
    /// The symbol of the resolution.
    pub symbol: String,
    /// Its day.
    pub issued: String,
    /// Who passed it.
    pub issuer: String,
}

/// What an event or a file of events would do.
#[derive(Clone, Debug, Template)]
#[template(path = "unit_event_preview.html")]
pub struct UnitEventPreview {
    /// The frame.
    pub shell: Shell,
    /// What a file leaves open.
    pub notes: Vec<String>,
    /// What appears, ends and changes: titles and lines.
    pub parts: Vec<(String, Vec<String>)>,
    /// How many roles are held in units that end.
    pub grants: String,
    /// How many records are touched.
    pub records: Vec<String>,
    /// Whether there is anything to confirm.
    pub confirm: bool,
    /// Where the form goes.
    pub action: String,
    /// What it sends again.
    pub hidden: Vec<(String, String)>,
    /// Where it is changed.
    pub back: String,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::samples::{HOSTILE, Sampled};

    impl Sampled for UnitEventForm {
        const NAME: &'static str = "unit-event-form";

        fn samples(shell: &Shell) -> Vec<Self> {
            let kinds = ["", "create", "rename", "move", "merge", "split", "abolish"];
            let form = |kind: &str| Self {
                shell: shell.clone(),
                kind: kind.to_owned(),
                kind_words: "Chia".to_owned(),
                day: date(2025, 7, 1),
                kinds: vec![Choice::default()],
                unit_kinds: vec![Choice::default()],
                typed: TypedEvent {
                    units: HOSTILE.to_owned(),
                    ..TypedEvent::default()
                },
                errors: FormErrors::default(),
            };
            kinds.map(form).to_vec()
        }
    }

    impl Sampled for UnitEventPreview {
        const NAME: &'static str = "unit-event-preview";

        fn samples(shell: &Shell) -> Vec<Self> {
            vec![Self {
                shell: shell.clone(),
                notes: vec![HOSTILE.to_owned()],
                parts: vec![("Kết thúc".to_owned(), vec![HOSTILE.to_owned()])],
                grants: "2 vai trò".to_owned(),
                records: vec!["observation: 12".to_owned()],
                confirm: true,
                action: links::UNIT_EVENT_APPLY.to_owned(),
                hidden: vec![("don-vi".to_owned(), HOSTILE.to_owned())],
                back: links::UNIT_EVENT_NEW.to_owned(),
            }]
        }
    }
}
