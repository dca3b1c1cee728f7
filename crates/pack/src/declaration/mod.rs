//! The typed declaration: what `pack.toml` and the files of record types say.
//!
//! Each table of the language is one struct; its keys, its reader and its JSON Schema come from
//! that one description. To add a key, add it there, check what it means in `check/`, say what it
//! does in `docs/packs.md`.

mod field;
mod figure;
mod lifecycle;
mod public;
mod record;
mod rule;
mod scenario;
mod view;

pub use field::{Field, FieldType};
pub use figure::{Cut, Function, Indicator, Migration, PeriodPart, Rollup, StateMove, Taking};
pub use lifecycle::{Approval, Deadline, Lifecycle, Needed, State, Step, SubTask};
pub use public::{
    Channel, Lookup, Notification, Public, Recipient, Retention, RetentionEnd, Share,
};
pub use record::{
    Legal, Owner, PackFile, PackHead, RecordFile, RecordHead, Role, Section, Series, SeriesPer,
    UnitLevel,
};
pub use rule::{Act, Duplicate, DuplicateAction, Grant, Gravity, Reach, Rule};
pub use scenario::{Act as ScenarioAct, Person, Scenario, ScenarioFile, Sent};
pub use view::{ChartKind, Paper, Print, View, ViewKind};
