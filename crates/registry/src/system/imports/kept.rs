//! What the record of an import says.

use serde::{Deserialize, Serialize};
use vocab::{Id, Instant, Lang};

use super::ImportState;
use crate::{Record, RegistryError};

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// Comma-separated values.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// Features of a map.
    Geojson,
}

/// The file that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentTable {
    /// Its name.
    pub name: String,
    /// Its digest in hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// How it is laid out.
    pub layout: Layout,
}

/// How far a pass over the rows came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// How many rows it went through.
    pub rows: i64,
    /// How many were good: could be taken in, were, or are out again.
    pub good: i64,
    /// How many were refused.
    pub refused: i64,
    /// When it began, in microseconds.
    pub began: i64,
    /// When its latest batch ended, in microseconds.
    pub at: i64,
}

impl Pass {
    pub(super) fn begun(now: Instant) -> Self {
        Self {
            began: now.as_micros(),
            at: now.as_micros(),
            ..Self::default()
        }
    }

    /// Rows a second, so far; none before the first batch.
    pub fn speed(&self) -> Option<i64> {
        let took = self.at - self.began;
        (took > 0 && self.rows > 0).then(|| self.rows.saturating_mul(1_000_000) / took)
    }
}

/// Which pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Which {
    /// Trying them.
    Trial,
    /// Taking them in.
    Run,
    /// Taking them out again.
    Undo,
}

impl Which {
    pub(super) const fn value(self) -> &'static str {
        match self {
            Self::Trial => "trial",
            Self::Run => "run",
            Self::Undo => "undo",
        }
    }
}

/// What the record of an import says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Body {
    pub(super) kind: String,
    pub(super) began: i64,
    pub(super) file: SentTable,
    pub(super) lang: String,
    /// The field of each column; none for one that is not taken.
    pub(super) columns: Vec<Option<String>>,
    pub(super) trial: Pass,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) run: Option<Pass>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) undo: Option<Pass>,
    /// Whose rights taking out again has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) undoer: Option<Id>,
    /// Why it stopped: the code of its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) why: Option<String>,
    /// Whether its file is still kept.
    pub(super) holds: bool,
}

impl Body {
    pub(super) fn lang(&self) -> Lang {
        Lang::ALL
            .into_iter()
            .find(|lang| lang.tag() == self.lang)
            .unwrap_or(Lang::Vi)
    }
}

/// An import as it stands.
#[derive(Clone, Debug)]
pub struct Import {
    pub(super) record: Record,
    pub(super) body: Body,
    /// Where it stands.
    pub state: ImportState,
}

impl Import {
    pub(crate) fn of(record: Record) -> Result<Self, RegistryError> {
        let body = record.read()?;
        let mut states = ImportState::ALL.into_iter();
        let state = states.find(|state| state.value() == record.state);
        let state = state.ok_or_else(|| RegistryError::Unreadable {
            id: record.id,
            why: format!("an import stands at {}", record.state),
        })?;
        Ok(Self {
            record,
            body,
            state,
        })
    }

    /// Its identity.
    pub fn id(&self) -> Id {
        self.record.id
    }

    /// Its version.
    pub fn version(&self) -> i64 {
        self.record.version
    }

    /// Who began it.
    pub fn starter(&self) -> Id {
        self.record.unit
    }

    /// The kind of the records that it brings in.
    pub fn kind(&self) -> &str {
        &self.body.kind
    }

    /// The file that was sent.
    pub fn file(&self) -> &SentTable {
        &self.body.file
    }

    /// Whether its file and what was refused are still kept.
    pub fn holds_file(&self) -> bool {
        self.body.holds
    }

    /// When it began.
    pub fn began(&self) -> Instant {
        Instant::from_micros(self.body.began)
    }

    /// How far a pass came; none if it was not begun.
    pub fn pass(&self, which: Which) -> Option<Pass> {
        match which {
            Which::Trial => Some(self.body.trial),
            Which::Run => self.body.run,
            Which::Undo => self.body.undo,
        }
    }

    /// The pass that was begun last.
    pub fn latest(&self) -> Which {
        match (&self.body.undo, &self.body.run) {
            (Some(_), _) => Which::Undo,
            (None, Some(_)) => Which::Run,
            (None, None) => Which::Trial,
        }
    }

    /// How many rows the pass that was begun last has to go through, where that is known.
    pub fn rows(&self) -> Option<i64> {
        match self.latest() {
            Which::Trial => (self.state != ImportState::Trying).then_some(self.body.trial.rows),
            Which::Run => Some(self.body.trial.rows),
            Which::Undo => self.body.run.map(|run| run.rows),
        }
    }

    /// Why it stopped, as the code of its words.
    pub fn why(&self) -> Option<&str> {
        self.body.why.as_deref()
    }

    /// Whether something that it brought in may still be there.
    pub fn has_brought(&self) -> bool {
        self.body.run.is_some_and(|run| run.good > 0)
    }

    pub(super) fn digest(&self) -> Option<[u8; 32]> {
        vocab::hex::decode_digest(&self.body.file.sha256)
    }

    /// The same, further on.
    pub(super) fn next(&self, state: ImportState, change: impl FnOnce(&mut Body)) -> Self {
        let mut next = self.clone();
        change(&mut next.body);
        next.record.version += 1;
        state.value().clone_into(&mut next.record.state);
        next.state = state;
        next
    }

    /// The record that says so.
    pub(super) fn written(&self) -> Result<Record, RegistryError> {
        let body = serde_json::to_value(&self.body)
            .map_err(|error| RegistryError::refused(500, "internal", error.to_string()))?;
        Ok(Record {
            body: crate::comment::object(body)?,
            ..self.record.clone()
        })
    }
}
