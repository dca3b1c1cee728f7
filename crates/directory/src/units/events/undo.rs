//! Undoing events.

use std::collections::{BTreeMap, BTreeSet};

use store::{Actor, Op};
use vocab::{Id, Problem};

use super::apply::{ATTEMPTS, Ground, difference, is_overtaken, refused};
use super::check;
use super::record::{EventBody, RecordedEvent, StoredEvent};
use super::timeline::Held;
use crate::{Directory, DirectoryError};

impl Directory {
    /// Undoes a whole rearrangement: see [`Directory::undo_events`].
    pub async fn undo_rearrangement(
        &self,
        actor: &Actor,
        rearrangement: Id,
    ) -> Result<Id, DirectoryError> {
        self.undo(actor, |event| event.body.rearrangement == rearrangement)
            .await
    }

    /// Undoes events by one that supersedes them: every version of a unit stands as it
    /// stood before; the events stay on record as undone. Gives the superseding event.
    ///
    /// Refused with `unit-event-unknown` where there is nothing to undo, and with
    /// `unit-event-has-dependants` while other events build on these.
    pub async fn undo_events(&self, actor: &Actor, events: &[Id]) -> Result<Id, DirectoryError> {
        self.undo(actor, |event| events.contains(&event.id)).await
    }

    /// The events that [`Directory::undo_rearrangement`] would undo, in their order. Refused
    /// as it would be for what depends on them; nothing is written.
    pub async fn preview_undo(
        &self,
        rearrangement: Id,
    ) -> Result<Vec<RecordedEvent>, DirectoryError> {
        let ground = Ground::read(self).await?;
        let meant = |event: &StoredEvent| event.body.rearrangement == rearrangement;
        let meant = undoable(&ground, &meant)?;
        Ok(meant.into_iter().map(StoredEvent::told).collect())
    }

    async fn undo(
        &self,
        actor: &Actor,
        is_meant: impl Fn(&StoredEvent) -> bool,
    ) -> Result<Id, DirectoryError> {
        let mut attempt = 1;
        loop {
            match self.try_undo(actor, &is_meant).await {
                Err(error) if attempt < ATTEMPTS && is_overtaken(&error) => attempt += 1,
                done => return done,
            }
        }
    }

    async fn try_undo(
        &self,
        actor: &Actor,
        is_meant: &impl Fn(&StoredEvent) -> bool,
    ) -> Result<Id, DirectoryError> {
        let ground = Ground::read(self).await?;
        let meant = undoable(&ground, is_meant)?;
        let mut after = ground.timeline.clone();
        let mut records = BTreeSet::new();
        let mut by_unit = BTreeMap::new();
        for event in meant.iter().rev() {
            for touch in &event.body.touched {
                records.insert(touch.record);
                let body = touch.before.as_ref().or(touch.after.as_ref());
                by_unit.extend(body.map(|body| (body.unit, 0)));
                let held = touch.before.clone().map(|body| Held { version: 0, body });
                after.set(touch.record, held);
            }
        }
        let ids: BTreeSet<Id> = meant.iter().map(|event| event.id).collect();
        after.links.retain(|link| !ids.contains(&link.event));
        let first = meant.iter().filter_map(|event| event.body.event.as_ref());
        if let Some(first) = first.map(|event| event.date).min() {
            let faults = check::touched(&after, first, &by_unit);
            if !faults.is_empty() {
                return Err(refused(
                    faults.into_iter().map(|(_, fault)| fault).collect(),
                ));
            }
        }
        let mut write = difference(
            ground.write(actor),
            records,
            &ground.timeline,
            &after,
            "undo",
        )?;
        for event in &meant {
            write = write.op(Op::Put(event.body.put(event.id, event.version, true)?));
        }
        let id = self.store().context().new_id();
        let superseding = EventBody {
            rearrangement: id,
            sequence: ground.next_sequence(),
            event: None,
            touched: Vec::new(),
            relies_on: BTreeSet::new(),
            supersedes: ids.into_iter().collect(),
        };
        write = write.op(Op::Put(superseding.put(id, 0, false)?));
        self.store().commit(write).await?;
        self.epochs().forget();
        Ok(id)
    }
}

/// The events that are meant and hold; refused while others build on them.
fn undoable<'a>(
    ground: &'a Ground,
    is_meant: &impl Fn(&StoredEvent) -> bool,
) -> Result<Vec<&'a StoredEvent>, DirectoryError> {
    let (meant, others): (Vec<_>, Vec<_>) = ground
        .events
        .iter()
        .filter(|event| !event.undone && event.body.event.is_some())
        .partition(|event| is_meant(event));
    if meant.is_empty() {
        let problem = Problem::new(404, UNKNOWN, "undoing events that do not hold");
        return Err(problem.into());
    }
    refuse_dependants(&meant, &others)?;
    Ok(meant)
}

const UNKNOWN: &str = "unit-event-unknown";
const HAS_DEPENDANTS: &str = "unit-event-has-dependants";

/// An event builds on an earlier one if it changed or needed a version that this one made,
/// or changed or divided a unit that this one gave a part of another to.
fn refuse_dependants(
    meant: &[&StoredEvent],
    others: &[&StoredEvent],
) -> Result<(), DirectoryError> {
    let mut made: BTreeMap<Id, i64> = BTreeMap::new();
    let mut given: BTreeMap<Id, i64> = BTreeMap::new();
    let earliest = |known: &mut BTreeMap<Id, i64>, id: Id, sequence: i64| {
        let first = known.entry(id).or_insert(sequence);
        *first = (*first).min(sequence);
    };
    for event in meant {
        let sequence = event.body.sequence;
        for touch in &event.body.touched {
            earliest(&mut made, touch.record, sequence);
        }
        for link in event.links() {
            earliest(&mut given, link.to, sequence);
        }
    }
    let builds_on = |other: &StoredEvent| {
        let before = |known: &BTreeMap<Id, i64>, id: &Id| {
            known
                .get(id)
                .is_some_and(|sequence| *sequence < other.body.sequence)
        };
        let touched = &other.body.touched;
        let records = touched.iter().map(|touch| &touch.record);
        let bodies = touched
            .iter()
            .filter_map(|touch| touch.before.as_ref().or(touch.after.as_ref()));
        records
            .chain(&other.body.relies_on)
            .any(|record| before(&made, record))
            || bodies
                .map(|body| body.unit)
                .chain(other.links().into_iter().map(|link| link.from))
                .any(|unit| before(&given, &unit))
    };
    let dependants: Vec<&&StoredEvent> = others.iter().filter(|event| builds_on(event)).collect();
    let Some(first) = dependants.first() else {
        return Ok(());
    };
    let about = format!("undoing events of units: {} builds on them", first.id);
    let date = first
        .body
        .event
        .as_ref()
        .map(|event| event.date.to_string());
    let problem = Problem::new(409, HAS_DEPENDANTS, about)
        .with("count", dependants.len())
        .with("event", first.id)
        .with("date", date.unwrap_or_default());
    Err(problem.into())
}
