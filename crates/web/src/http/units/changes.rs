//! `GET /quan-tri/don-vi`: the events of units.

use axum::extract::State;
use directory::{EventState, RecordedEvent, Succession, UnitChange, UnitEvent};
use vocab::Id;

use super::{require_configure, words};
use crate::http::{App, Failure, Page, Visitor};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::shell::Section;
use crate::pages::unit_changes::{EventRow, UnitChanges};

/// The most that the page shows.
const MOST: usize = 300;

/// Shows them, the latest first.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<UnitChanges>, Failure> {
    require_configure(&visitor)?;
    let events = app.directory.unit_events().await?;
    let succession = app.directory.succession().await?;
    let language = visitor.words();
    let rows = events.iter().rev().take(MOST);
    let rows = rows.map(|event| row(language, event, &succession));
    Ok(Page(UnitChanges {
        events: rows.collect(),
        shell: visitor.shell(Section::Admin),
    }))
}

/// An event as a row.
pub(super) fn row(
    language: Translator,
    recorded: &RecordedEvent,
    succession: &Succession,
) -> EventRow {
    let state = match recorded.state {
        EventState::Applied => "applied",
        EventState::Undone => "undone",
        EventState::Undoing => "undoing",
    };
    let event = recorded.event.as_ref();
    let kind = event.map_or("undo", |event| event.change.kind());
    let link = |unit: Id| {
        Link::new(
            links::unit_history(&unit.to_string()),
            succession.name(unit),
        )
    };
    let holds = recorded.state == EventState::Applied;
    EventRow {
        date: event.map_or_else(String::new, |event| language.date(&event.date)),
        what: language.t(&format!("units-change-{kind}")),
        units: event.map_or_else(Vec::new, |event| {
            concerned(event).into_iter().map(link).collect()
        }),
        order: event.map_or_else(String::new, |event| {
            words::order(language, &event.ordered_by)
        }),
        state: language.t(&format!("units-state-{state}")),
        undo: holds.then(|| links::unit_undo(&recorded.rearrangement.to_string())),
    }
}

/// The units that an event names: those before, then those after.
fn concerned(event: &UnitEvent) -> Vec<Id> {
    match &event.change {
        UnitChange::Create { unit, .. }
        | UnitChange::Rename { unit, .. }
        | UnitChange::Move { unit, .. } => vec![*unit],
        UnitChange::Merge { from, into } => from.iter().copied().chain([*into]).collect(),
        UnitChange::Split { from, into } => {
            let parts = into.iter().map(|part| part.unit);
            std::iter::once(*from).chain(parts).collect()
        }
        UnitChange::Abolish { units } => units.clone(),
    }
}
