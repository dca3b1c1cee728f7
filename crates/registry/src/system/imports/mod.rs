//! Many records brought in from a table, in the background.
//!
//! Whoever sends a file begins an import, a record of its own ([`IMPORT`]): the rows are tried
//! first, without effect; then, when they say so, taken in; and taken out again as one, if they
//! wish. Each of these is a *pass* over the rows. A job does one batch of a pass and leaves a job
//! for the next one. The records of a batch, how far the pass came, what was refused, the end of
//! the job and the next job are one write over the version of the import that was read: whatever
//! dies and however many workers there are, no row is taken in twice and none is left out.
//!
//! Each batch has the rights that whoever began it has then. The record of the n-th row has an
//! identity that follows from the import and n: nothing else need be kept to find it again.
//!
//! - `kept` is what the record of one says; `start` begins one, `steps` is what people do to it, `shown` what they see of it.
//! - `source` reads the file row by row, `cells` says what a row says, `keys` what it shares with
//!   other rows of the file.
//! - `work` does a batch: `trial`, `run`, `undo`. `refusals` keeps what was refused.
//! - `letting_go` erases the file and what was refused when an import is old.

mod cells;
mod features;
mod kept;
mod keys;
mod letting_go;
mod refusals;
mod run;
mod shown;
mod source;
mod start;
mod steps;
mod trial;
mod undo;
mod work;

use directory::{Act, Principal};
use sha2::{Digest, Sha256};
use vocab::Id;

pub(crate) use self::kept::Body;
pub use self::kept::{Import, Layout, Pass, SentTable, Which};
pub use self::refusals::{Refusals, Refused};
pub use self::shown::FailedRows;
pub(crate) use self::source::Sources;
pub use self::source::is_taken;
pub use self::start::NewImport;
pub use self::steps::ImportStep;
pub use self::work::WORK;
use crate::{Declaration, Field, FieldKind, Indexed, Kind, Lifecycle, Step};

/// The kind of record that an import is.
pub const IMPORT: &str = "record_import";
/// The kind of what holds an import's file as long as it is kept.
pub(crate) const FILE: &str = "import_file";
/// The kind of what a batch of an import refused.
pub(crate) const PART: &str = "import_part";

/// How long an import that ended keeps its file and what was refused, in days.
pub const KEPT_DAYS: i64 = 90;

pub(crate) fn declarations() -> [Declaration; 3] {
    let structure = |name| Field::required(name, FieldKind::Structure);
    let step = |name, from, to| Step::plain(name, from, to, Act::Draft);
    [
        Declaration {
            kind: IMPORT,
            fields: vec![
                Field::required("kind", FieldKind::Text(60)).indexed(Indexed::Filtered),
                Field::required("began", FieldKind::Whole(0, i64::MAX)),
                structure("file"),
                Field::required("lang", FieldKind::Text(10)),
                structure("columns"),
                structure("trial"),
                Field::optional("run", FieldKind::Structure),
                Field::optional("undo", FieldKind::Structure),
                Field::optional("undoer", FieldKind::Reference),
                Field::optional("why", FieldKind::Text(60)),
                Field::required("holds", FieldKind::Flag).indexed(Indexed::Filtered),
            ],
            order: &["began"],
            orders: Vec::new(),
            lifecycle: Lifecycle {
                initial: "trying",
                editable: &[],
                editing: Act::Draft,
                steps: vec![
                    step("start", &["tried"], "running"),
                    step(
                        "cancel",
                        &["trying", "tried", "running", "undoing"],
                        "cancelled",
                    ),
                    step("resume", &["stopped"], "running"),
                    step("undo", &["done", "cancelled", "stopped"], "undoing"),
                ],
            },
        },
        Declaration {
            kind: FILE,
            fields: vec![
                Field::required("import", FieldKind::Reference),
                Field::required("file", FieldKind::Evidence(1)),
            ],
            order: &[],
            orders: Vec::new(),
            lifecycle: Lifecycle::kept(Act::Draft),
        },
        Declaration {
            kind: PART,
            fields: vec![
                Field::required("import", FieldKind::Reference).indexed(Indexed::Filtered),
                Field::required("pass", FieldKind::Text(80)).indexed(Indexed::Filtered),
                Field::required("first", FieldKind::Whole(0, i64::MAX)),
                structure("problems"),
                structure("rows"),
            ],
            order: &["first"],
            orders: Vec::new(),
            lifecycle: Lifecycle::kept(Act::Draft),
        },
    ]
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// Its rows are being tried.
    Trying,
    /// They were tried; nothing was kept yet.
    Tried,
    /// Its rows are being taken in.
    Running,
    /// All rows were gone through.
    Done,
    /// Somebody stopped it; what is in stays.
    Cancelled,
    /// It could not go on, for a reason that is said; what is in stays.
    Stopped,
    /// Its records are being taken out again.
    Undoing,
    /// They were, as far as they could be.
    Undone,
}

impl ImportState {
    /// All states.
    pub const ALL: [Self; 8] = [
        Self::Trying,
        Self::Tried,
        Self::Running,
        Self::Done,
        Self::Cancelled,
        Self::Stopped,
        Self::Undoing,
        Self::Undone,
    ];

    /// The state as it is stored.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Trying => "trying",
            Self::Tried => "tried",
            Self::Running => "running",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Stopped => "stopped",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    /// Whether jobs are at work on it.
    pub const fn is_at_work(self) -> bool {
        matches!(self, Self::Trying | Self::Running | Self::Undoing)
    }
}

/// The identity of the record of a row, which is counted from 1.
pub fn id_of_row(import: Id, row: i64) -> Id {
    id_of(&format!("import/{import}/row/{row}"))
}

fn file_id(import: Id) -> Id {
    id_of(&format!("import/{import}/file"))
}

fn id_of(key: &str) -> Id {
    let digest = Sha256::digest(key);
    let (half, _) = digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
    Id::from_digest(*half)
}

/// Whether somebody may bring records of a kind in.
pub fn may_import(principal: &Principal, kind: &Kind) -> bool {
    let permissions = principal.permissions();
    let acts = [Act::Import, Act::Create];
    acts.iter()
        .all(|act| permissions.clauses(*act, kind.name).next().is_some())
}
