//! Events as records.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use store::{ColumnKind, Expect, ListQuery, Record, RecordPut, Scope, Store, TableSpec};
use vocab::Id;

use super::plan::{Planned, Touch};
use super::timeline::Link;
use super::{UnitChange, UnitEvent};
use crate::units::{Fraction, province};
use crate::{DirectoryError, error};

/// The table of events.
pub(crate) const TABLE: &str = "unit_event";

/// The state of an event that holds.
const APPLIED: &str = "applied";
/// The state of an event that another one has undone.
const UNDONE: &str = "undone";

/// Whether an event holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventState {
    /// It holds.
    Applied,
    /// A later one has undone it.
    Undone,
    /// It undid others, and changes nothing of its own.
    Undoing,
}

/// An event as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedEvent {
    /// Its identity.
    pub id: Id,
    /// What was ordered together with it.
    pub rearrangement: Id,
    /// In which order events were recorded: 1, 2, 3, …
    pub sequence: i64,
    /// Whether it holds.
    pub state: EventState,
    /// What it says; nothing where it undid others.
    pub event: Option<UnitEvent>,
    /// The events that it undid.
    pub supersedes: Vec<Id>,
}

/// The body of a `unit_event`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EventBody {
    pub(crate) rearrangement: Id,
    pub(crate) sequence: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) event: Option<UnitEvent>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) touched: Vec<Touch>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) relies_on: BTreeSet<Id>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) supersedes: Vec<Id>,
}

/// An event's record as it stands.
#[derive(Clone, Debug)]
pub(crate) struct StoredEvent {
    pub(crate) id: Id,
    pub(crate) version: i64,
    pub(crate) undone: bool,
    pub(crate) body: EventBody,
}

pub(crate) fn table() -> TableSpec {
    TableSpec::new(TABLE)
        .unique("sequence", ColumnKind::Int)
        .column("rearrangement", ColumnKind::Bytes)
        .column("date", ColumnKind::Text)
        .column("kind", ColumnKind::Text)
        .filter("rearrangement")
}

impl EventBody {
    pub(crate) fn of(planned: &Planned, rearrangement: Id, sequence: i64) -> Self {
        Self {
            rearrangement,
            sequence,
            event: Some(planned.event.clone()),
            touched: planned.touched.clone(),
            relies_on: planned.relies_on.clone(),
            supersedes: Vec::new(),
        }
    }

    /// The record of an event; it belongs to the province.
    pub(crate) fn put(
        &self,
        id: Id,
        version: i64,
        undone: bool,
    ) -> Result<RecordPut, DirectoryError> {
        let (expect, action) = match version {
            0 => (Expect::New, "create"),
            version => (Expect::Version(version), "undo"),
        };
        let date = self.event.as_ref().map(|event| event.date.to_string());
        let kind = self
            .event
            .as_ref()
            .map_or("undo", |event| event.change.kind());
        Ok(RecordPut {
            table: TABLE.to_owned(),
            id,
            expect,
            action: action.to_owned(),
            unit: province(),
            state: if undone { UNDONE } else { APPLIED }.to_owned(),
            sort_key: self.sequence.to_be_bytes().to_vec(),
            columns: vec![
                self.sequence.into(),
                self.rearrangement.into(),
                date.into(),
                kind.into(),
            ],
            body: error::body("an event of units", self)?,
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        })
    }
}

/// What became of what by an event.
pub(crate) fn links(event: &UnitEvent, id: Id) -> Vec<Link> {
    let link = |from: Id, to: Id, share: Option<Fraction>| Link {
        date: event.date,
        from,
        to,
        share,
        event: id,
    };
    match &event.change {
        UnitChange::Merge { from, into } => from
            .iter()
            .map(|from| link(*from, *into, Some(Fraction::ONE)))
            .collect(),
        UnitChange::Split { from, into } => into
            .iter()
            .map(|part| link(*from, part.unit, part.share))
            .collect(),
        UnitChange::Create { .. }
        | UnitChange::Rename { .. }
        | UnitChange::Move { .. }
        | UnitChange::Abolish { .. } => Vec::new(),
    }
}

impl StoredEvent {
    /// What became of what by it; nothing once it is undone.
    pub(crate) fn links(&self) -> Vec<Link> {
        match &self.body.event {
            Some(event) if !self.undone => links(event, self.id),
            _ => Vec::new(),
        }
    }

    pub(crate) fn read(record: &Record) -> Result<Self, DirectoryError> {
        Ok(Self {
            id: record.head.id,
            version: record.head.version,
            undone: record.head.state == UNDONE,
            body: error::read_body("an event of units", &record.body)?,
        })
    }

    pub(crate) fn told(&self) -> RecordedEvent {
        RecordedEvent {
            id: self.id,
            rearrangement: self.body.rearrangement,
            sequence: self.body.sequence,
            state: match (&self.body.event, self.undone) {
                (None, _) => EventState::Undoing,
                (Some(_), true) => EventState::Undone,
                (Some(_), false) => EventState::Applied,
            },
            event: self.body.event.clone(),
            supersedes: self.body.supersedes.clone(),
        }
    }
}

/// All events in the order in which they were recorded.
pub(crate) async fn all_events(store: &Store) -> Result<Vec<StoredEvent>, DirectoryError> {
    let query = ListQuery::new(TABLE, Scope::bypass("units are public"));
    let records = crate::units::snapshot::all(store, query).await?;
    records.iter().map(StoredEvent::read).collect()
}
