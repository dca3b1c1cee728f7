//! Bringing events to the store.

use store::{Actor, ListQuery, Op, Remove, Scope, StoreError, Write};
use vocab::{Id, Problem};

use super::order::Fault;
use super::plan::{Plan, plan};
use super::record::{EventBody, StoredEvent, all_events};
use super::timeline::{Held, Timeline};
use super::{RecordedEvent, UnitEvent};
use crate::units::EPOCH;
use crate::units::record::UnitBody;
use crate::units::snapshot;
use crate::{Directory, DirectoryError};

/// How often a plan is made again because somebody else changed units meanwhile.
pub(super) const ATTEMPTS: usize = 4;

/// Events that were applied together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rearrangement {
    /// Its identity: by it all of it can be undone at once.
    pub id: Id,
    /// Its events, in their order.
    pub events: Vec<Id>,
}

/// Everything that a plan starts from, and the epoch that it was read at.
pub(crate) struct Ground {
    epoch: i64,
    pub(super) events: Vec<StoredEvent>,
    pub(crate) timeline: Timeline,
}

impl Ground {
    pub(crate) async fn read(directory: &Directory) -> Result<Self, DirectoryError> {
        let store = directory.store();
        let epoch = store.epoch(EPOCH).await?;
        let events = all_events(store).await?;
        let mut versions = Vec::new();
        for record in snapshot::all(
            store,
            ListQuery::new("unit_version", Scope::bypass("units are public")),
        )
        .await?
        {
            let held = Held {
                version: record.head.version,
                body: UnitBody::read(&record.body)?,
            };
            versions.push((record.head.id, held));
        }
        let links = events.iter().flat_map(StoredEvent::links).collect();
        Ok(Self {
            epoch,
            events,
            timeline: Timeline::new(versions, links),
        })
    }

    /// Whether events of a rearrangement hold.
    pub(crate) fn holds(&self, rearrangement: Id) -> bool {
        self.events.iter().any(|event| {
            !event.undone && event.body.event.is_some() && event.body.rearrangement == rearrangement
        })
    }

    /// The number that the next event gets.
    pub(super) fn next_sequence(&self) -> i64 {
        self.events
            .iter()
            .map(|event| event.body.sequence)
            .max()
            .unwrap_or(0)
            + 1
    }

    /// A write that holds only if no unit has changed since.
    pub(super) fn write(&self, actor: &Actor) -> Write {
        let mut write = Write::by(actor.clone()).op(Op::Bump(EPOCH.to_owned()));
        write.epochs.push((EPOCH.to_owned(), self.epoch));
        write
    }
}

/// Brings the versions of `after` to the store where they differ from those of `before`.
pub(super) fn difference(
    mut write: Write,
    records: impl IntoIterator<Item = Id>,
    before: &Timeline,
    after: &Timeline,
    action: &str,
) -> Result<Write, DirectoryError> {
    for record in records {
        let (old, new) = (before.versions.get(&record), after.versions.get(&record));
        let version = old.map_or(0, |held| held.version);
        match (old, new) {
            (Some(old), Some(new)) if old.body == new.body => {}
            (_, Some(new)) => {
                write = write.op(Op::Put(new.body.put_as(record, version, action)?));
            }
            (Some(_), None) => {
                write = write.op(Op::Remove(Remove {
                    table: "unit_version".to_owned(),
                    id: record,
                    version,
                    action: action.to_owned(),
                }));
            }
            (None, None) => {}
        }
    }
    Ok(write)
}

/// The refusal of events, each fault at the place of its event in the list.
pub(super) fn refused(faults: Vec<Fault>) -> DirectoryError {
    let mut problem = Problem::new(
        422,
        "unit-events-refused",
        format!("working in events of units: {} faults", faults.len()),
    )
    .with("count", faults.len());
    problem.fields = faults;
    problem.into()
}

/// Whether somebody else changed units between the reading and the writing.
pub(super) fn is_overtaken(error: &DirectoryError) -> bool {
    matches!(
        error,
        DirectoryError::Store(
            StoreError::StaleEpoch { .. }
                | StoreError::Conflict { .. }
                | StoreError::Duplicate { .. }
        )
    )
}

impl Directory {
    /// Applies events in their order, all or none, in one transaction: the versions that
    /// end and begin, and the events themselves. Records that units own are not touched.
    ///
    /// Refused with `unit-events-refused`; each field names the place of an event in the
    /// list and says what is wrong with it.
    pub async fn rearrange(
        &self,
        actor: &Actor,
        events: &[UnitEvent],
    ) -> Result<Rearrangement, DirectoryError> {
        let id = self.store().context().new_id();
        self.rearrange_as(actor, id, events).await
    }

    /// The same under an identity of the caller's, so that it can be found again.
    pub async fn rearrange_as(
        &self,
        actor: &Actor,
        id: Id,
        events: &[UnitEvent],
    ) -> Result<Rearrangement, DirectoryError> {
        let mut attempt = 1;
        loop {
            match self.try_rearrange(actor, id, events).await {
                Err(error) if attempt < ATTEMPTS && is_overtaken(&error) => attempt += 1,
                done => return done,
            }
        }
    }

    async fn try_rearrange(
        &self,
        actor: &Actor,
        id: Id,
        events: &[UnitEvent],
    ) -> Result<Rearrangement, DirectoryError> {
        let ground = Ground::read(self).await?;
        let made = self.plan_on(&ground, events)?;
        let records = made.planned.iter().flat_map(|planned| &planned.touched);
        let mut records: Vec<Id> = records.map(|touch| touch.record).collect();
        records.sort_unstable();
        records.dedup();
        let mut write = difference(
            ground.write(actor),
            records,
            &ground.timeline,
            &made.timeline,
            "rearrange",
        )?;
        for (planned, sequence) in made.planned.iter().zip(ground.next_sequence()..) {
            let body = EventBody::of(planned, id, sequence);
            write = write.op(Op::Put(body.put(planned.id, 0, false)?));
        }
        self.store().commit(write).await?;
        self.epochs().forget();
        Ok(Rearrangement {
            id,
            events: made.planned.iter().map(|planned| planned.id).collect(),
        })
    }

    pub(super) fn plan_on(
        &self,
        ground: &Ground,
        events: &[UnitEvent],
    ) -> Result<Plan, DirectoryError> {
        let context = self.store().context();
        plan(ground.timeline.clone(), events, || context.new_id()).map_err(refused)
    }

    /// All events in the order in which they were recorded, those that were undone
    /// included.
    pub async fn unit_events(&self) -> Result<Vec<RecordedEvent>, DirectoryError> {
        let events = all_events(self.store()).await?;
        Ok(events.iter().map(StoredEvent::told).collect())
    }
}
