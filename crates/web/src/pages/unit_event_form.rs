//! The form for an event of units, a step each: what and when, which units, which resolution,
//! what it would do.

use askama::Template;
use jiff::civil::Date;

use super::parts::{Choice, FormErrors};
use super::{Shell, links};

/// Where one is on the way to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventStep {
    /// What happens, and when.
    What,
    /// To which units.
    Units,
    /// By which resolution.
    Order,
    /// What it would do.
    Preview,
}

impl EventStep {
    /// All steps in their order.
    pub const ALL: [Self; 4] = [Self::What, Self::Units, Self::Order, Self::Preview];

    /// As forms and addresses have it.
    pub const fn value(self) -> &'static str {
        match self {
            Self::What => "viec",
            Self::Units => "don-vi",
            Self::Order => "van-ban",
            Self::Preview => "xem",
        }
    }

    /// The key of its wording.
    pub const fn key(self) -> &'static str {
        match self {
            Self::What => "units-step-what",
            Self::Units => "units-step-units",
            Self::Order => "units-step-order",
            Self::Preview => "units-step-preview",
        }
    }
}

/// The form.
#[derive(Clone, Debug, Template)]
#[template(path = "unit_event_form.html")]
pub struct UnitEventForm {
    /// The frame.
    pub shell: Shell,
    /// Which step.
    pub step: EventStep,
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
    /// What the other steps asked for, to be sent along.
    pub hidden: Vec<(String, String)>,
    /// Where the first step is answered otherwise.
    pub back: String,
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
    /// Where one is; none for a file.
    pub step: Option<EventStep>,
    /// What a file leaves open, row by row.
    pub notes: Vec<LineNote>,
    /// Whether the file was applied before.
    pub known: bool,
    /// What appears, ends and changes: titles and lines.
    pub parts: Vec<(String, Vec<String>)>,
    /// How much of each kind belongs to units that end.
    pub touched: Vec<String>,
    /// Who holds positions in units that end; of very many the first.
    pub holders: Vec<HolderRow>,
    /// How many people they are.
    pub people: usize,
    /// Whether there is anything to confirm.
    pub confirm: bool,
    /// Where the form goes.
    pub action: String,
    /// What it sends again.
    pub hidden: Vec<(String, String)>,
    /// Which steps it goes back to, with their wording.
    pub edits: Vec<(String, String)>,
    /// Where it is changed, if no step does.
    pub back: String,
}

impl UnitEventPreview {
    /// Whether there are more people than are named.
    fn more_people(&self) -> bool {
        let mut named: Vec<&str> = self.holders.iter().map(|row| row.person.as_str()).collect();
        named.sort_unstable();
        named.dedup();
        self.people > named.len()
    }
}

/// What is to be known of a row of a file.
#[derive(Clone, Debug)]
pub struct LineNote {
    /// The line on which the row begins.
    pub line: String,
    /// What about it, in words.
    pub says: String,
}

/// Somebody who holds a position in a unit that ends.
#[derive(Clone, Debug)]
pub struct HolderRow {
    /// Their name.
    pub person: String,
    /// The title.
    pub title: String,
    /// Held or stood in for, in words.
    pub kind: String,
    /// The unit that ends.
    pub unit: String,
    /// What it goes into, by name.
    pub into: String,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::samples::{HOSTILE, Sampled};

    impl Sampled for UnitEventForm {
        const NAME: &'static str = "unit-event-form";

        fn samples(shell: &Shell) -> Vec<Self> {
            let kinds = ["create", "rename", "move", "merge", "split", "abolish"];
            let form = |step: EventStep, kind: &str| Self {
                shell: shell.clone(),
                step,
                hidden: vec![("loai".to_owned(), HOSTILE.to_owned())],
                back: links::UNIT_EVENT_NEW.to_owned(),
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
            let steps = [EventStep::What, EventStep::Order].map(|step| form(step, "merge"));
            let units = kinds.map(|kind| form(EventStep::Units, kind));
            steps.into_iter().chain(units).collect()
        }
    }

    impl Sampled for UnitEventPreview {
        const NAME: &'static str = "unit-event-preview";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: shell.clone(),
                step: Some(EventStep::Preview),
                known: false,
                notes: Vec::new(),
                parts: vec![("Kết thúc".to_owned(), vec![HOSTILE.to_owned()])],
                touched: vec!["2 vai trò".to_owned(), "báo cáo: 12".to_owned()],
                holders: vec![HolderRow {
                    person: HOSTILE.to_owned(),
                    title: "Chủ tịch UBND xã".to_owned(),
                    kind: "Bổ nhiệm".to_owned(),
                    unit: "UBND xã Hòa Ninh".to_owned(),
                    into: "UBND xã Long Hồ".to_owned(),
                }],
                people: 3,
                confirm: true,
                action: links::UNIT_EVENT_APPLY.to_owned(),
                hidden: vec![("don-vi".to_owned(), HOSTILE.to_owned())],
                edits: vec![("don-vi".to_owned(), "Sửa đơn vị".to_owned())],
                back: links::UNIT_EVENT_NEW.to_owned(),
            };
            let of_file = Self {
                step: None,
                edits: Vec::new(),
                notes: vec![LineNote {
                    line: "12".to_owned(),
                    says: HOSTILE.to_owned(),
                }],
                ..usual.clone()
            };
            let known = Self {
                known: true,
                confirm: false,
                parts: Vec::new(),
                holders: Vec::new(),
                people: 0,
                ..of_file.clone()
            };
            vec![usual, of_file, known]
        }
    }
}
