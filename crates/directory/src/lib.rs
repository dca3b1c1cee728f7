//! Who there is, and who may do what.
//!
//! - [`Unit`]s through time: the province, its districts and communes, the bodies that
//!   decisions name, and groups of them ([`UnitTree`], one per day).
//! - People, their positions and delegations, and what follows from them ([`Roster`]).
//! - Accounts with [`Grant`]s, sessions, and tokens for programs ([`Directory`]).
//! - [`permission`]: the one place that answers «may this actor do this to that».
//!
//! Everything is kept through the store; nothing here knows SQL or HTTP. What a refusal
//! says to people is a [`vocab::Problem`] that the floors above put into words.
//!
//! To add a kind of thing with its own rules, name it in `data/roles/roles.toml`; to ship
//! other units, change `data/units/` and `units/shipped.rs`.

pub mod access;
mod accounts;
mod config;
mod digest;
mod directory;
mod epochs;
mod error;
mod people;
pub mod permission;
mod principal;
mod sessions;
mod units;

pub use accounts::{
    Account, AccountChange, Invitation, InvitationLetter, NewAccount, NewInvitation, ResetLetter,
    mail_address,
};
pub use config::{Config, PasswordCost};
pub use directory::Directory;
pub use epochs::Along;
pub use error::DirectoryError;
pub use people::{
    Delegation, DelegationDraft, Holder, Holding, ImportOptions, ImportOutcome, ImportedRow, Leave,
    LeavePreview, PeopleImport, Person, PersonDraft, Position, PositionDraft, PositionKind, Roster,
    RowProblem, ShownPerson, Source, Vacancy, read_day,
};
pub use permission::{Act, Decision, Reason, Subject, may, scope};
pub use principal::{Grant, Principal, Role, RoleCode};
pub use sessions::{
    Device, FollowedLink, FreshLink, NewSession, NewToken, PublicLook, Session, SessionInfo,
    TokenArea, TokenInfo, TokenScope, TokenUse, form_secret,
};
pub use units::{
    Affected, Appearing, Centroid, Changing, Ending, EventState, Fraction, Group, Hierarchy,
    InvalidFraction, Kin, Level, LoadReport, MappedShare, Part, Reading, Rearrangement,
    RecordedEvent, Resolution, RowNote, Share, ShareBasis, Succession, Unit, UnitChange,
    UnitDetails, UnitEvent, UnitImport, UnitKind, UnitMeasure, UnitPreview, UnitTree, UnitVersion,
    province,
};

/// The tables that the directory keeps its records in.
pub fn tables() -> Vec<store::TableSpec> {
    let mut tables = units::tables();
    tables.extend(accounts::tables());
    tables.extend(sessions::tables());
    tables.push(permission::table());
    tables.extend(people::tables());
    tables
}
