//! People: who they are, where they work, and for whom they act.
//!
//! A [`Person`] has [`Position`]s over time and may have an account. What a person may do
//! on a day follows from the positions and [`Delegation`]s of that day ([`Roster::holdings`]);
//! nothing is copied into the account, so that a position that ends takes its roles along.
//! Days are half-open: a position holds from `valid_from` up to the day before `valid_to`.
//!
//! A person's record belongs to the account, without one to itself; a position's to its unit, a delegation's to the
//! person who gave it. The citizen's number is in the person's body alone: no list, column
//! or search token has it. That nobody is entered twice is ensured by a keyed digest.

mod codes;
mod delegation;
mod ever;
mod guard;
mod holders;
mod holdings;
mod import;
mod kept;
mod leave;
mod person;
mod position;
mod roster;
mod secret;
mod shown;
mod write;

use store::{ColumnKind, TableSpec};

pub use delegation::{Delegation, DelegationDraft};
pub use holders::Holder;
pub use import::{ImportOptions, ImportOutcome, ImportedRow, PeopleImport, RowProblem, read_day};
pub(crate) use kept::Kept;
pub use leave::{Leave, LeavePreview, Vacancy};
pub use person::{Person, PersonDraft};
pub use position::{Position, PositionDraft, PositionKind};
pub use roster::{Holding, Roster, Source};
pub use shown::ShownPerson;

/// The epoch that moves on when people, positions or delegations change.
pub(crate) const EPOCH: &str = "people";

const PERSON: &str = "person";
const POSITION: &str = "position";
const DELEGATION: &str = "delegation";
/// The longest sort key, in bytes.
const SORT_KEY: usize = 200;

pub(crate) fn tables() -> Vec<TableSpec> {
    vec![
        TableSpec::new(PERSON)
            .column("name", ColumnKind::Text)
            .unique("account", ColumnKind::Bytes)
            .unique("citizen_key", ColumnKind::Bytes)
            .filter("state")
            .searchable(),
        TableSpec::new(POSITION)
            .column("person", ColumnKind::Bytes)
            .column("valid_from", ColumnKind::Text)
            .column("valid_to", ColumnKind::Text)
            .filter("person"),
        TableSpec::new(DELEGATION)
            .column("giver", ColumnKind::Bytes)
            .column("receiver", ColumnKind::Bytes)
            .column("valid_from", ColumnKind::Text)
            .column("valid_to", ColumnKind::Text)
            .filter("giver")
            .filter("receiver"),
        secret::table(),
    ]
}
