//! States and steps as they were and as they are.

use super::{Change, Pair, Side, Touch, What};
use crate::catalog::RecordType;
use crate::source::Span;

/// Where records stand whose type has no lifecycle.
pub const KEPT: &str = "kept";

/// The states in which records of a type stand.
pub(super) fn of(record: &RecordType) -> Vec<&str> {
    match &record.declared.lifecycle {
        None => vec![KEPT],
        Some(_) => record.state_ids().collect(),
    }
}

fn place(record: &RecordType, state: &str) -> Span {
    let states = record
        .declared
        .lifecycle
        .iter()
        .flat_map(|life| &life.states);
    let named = states.into_iter().find(|known| known.id.text == state);
    named.map_or(record.declared.record.id.span, |known| known.id.span)
}

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (of(pair.old), of(pair.new));
    for state in old.iter().filter(|state| !new.contains(state)) {
        let migration = pair.new.declared.migration.as_ref();
        let mut lines = migration.into_iter().flat_map(|known| &known.states);
        let said = lines.find(|one| one.from.text == **state);
        let change = if let Some(said) = said {
            let span = said.from.span;
            let change = pair.place.change(What::StateMoved, Side::New, span);
            change.with("from", state).with("to", &*said.to)
        } else {
            let span = place(pair.old, state);
            let change = pair.place.change(What::StateRemoved, Side::Old, span);
            change.with("state", state)
        };
        changes.push(change.touching(Touch::Stands((*state).to_owned())));
    }
    for state in new.iter().filter(|state| !old.contains(state)) {
        let span = place(pair.new, state);
        let added = pair.place.change(What::StateAdded, Side::New, span);
        changes.push(added.with("state", state));
    }
    let steps = |record: &'_ RecordType| -> Vec<(String, Span)> {
        let steps = record
            .declared
            .lifecycle
            .iter()
            .flat_map(|life| &life.steps);
        steps
            .map(|step| (step.id.text.clone(), step.id.span))
            .collect()
    };
    let kept = steps(pair.new);
    for (step, span) in steps(pair.old) {
        if kept.iter().all(|(known, _)| *known != step) {
            let removed = pair.place.change(What::StepRemoved, Side::Old, span);
            changes.push(removed.with("step", step));
        }
    }
}
