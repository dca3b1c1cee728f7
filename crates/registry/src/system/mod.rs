//! Systems that packs declare, as the registry runs them.
//!
//! Packs are read and checked when the program starts ([`pack::Catalog`]); each record type
//! becomes a [`Kind`]: a declaration beside those written in Rust, with a table of its own, and
//! what its pack grants becomes roles of the directory, so that lists, single reads, counts,
//! files and explanations ask the one compiler of permissions.
//!
//! - `settle` goes from what was typed to a body: values (`value`, `plain`, `evidence`,
//!   `shape`), defaults, computed fields, conditions, rules. `facts`, `others` answer what
//!   expressions ask.
//! - `write` makes and changes records, `step` moves them on, `flow` remembers their way; `keep`
//!   is the one write of all three, `series` numbers, `tasks` gives work to whoever must act,
//!   `telling` has them and others told, whoever is `following` a record among them.
//! - `undo` lets whoever took a step take it back.
//! - `automatic` takes the steps that the program takes itself.
//! - `listing` gives lists, `looks` what boards, charts and calendars show.
//! - `maps` draws tiles of shapes and tells what stands at a place.
//! - `figures` computes indicators from the records, as of any instant.
//! - `scenario` plays what a pack says must happen.
//! - `applied` keeps which declaration is applied, and brings records to another one.
//! - `imports` brings in many records from a table, in the background.
//! - `retention` says how long records are kept, and does what becomes of them then.
//! - `condition` makes queries of conditions for lists, `grants` makes roles of grants, `public`
//!   is what anyone may see.

pub mod applied;
mod automatic;
mod condition;
mod doubles;
mod evidence;
mod facts;
pub mod figures;
mod fill;
mod flow;
pub(crate) mod following;
mod grants;
pub mod imports;
mod keep;
mod kind;
mod listing;
mod looks;
pub mod maps;
mod names;
mod open_steps;
mod others;
mod owner;
mod plain;
mod public;
pub mod retention;
pub mod scenario;
pub(crate) mod series;
mod settle;
mod shape;
mod step;
pub(crate) mod tasks;
mod telling;
mod tree;
mod typed;
pub(crate) mod undo;
mod units;
mod value;
mod write;

use std::collections::HashMap;

use directory::permission::RoleSpec;
use geometry::Ground;
use pack::catalog::RecordAt;
use pack::{Catalog, Pack, RecordType};

pub(crate) use evidence::files as files_in;
pub use flow::{Approved, Clock, Flow};
pub use following::{FOLLOWED, Followed};
pub use grants::LoadError;
pub use keep::Kept;
pub use kind::Kind;
pub use listing::{Listing, Wanted, filter_value};
pub use looks::Pile;
pub use open_steps::{Hindrance, OpenStep};
pub use public::{FOUND_AT_MOST, Known, PublicVersion};
pub use shape::geojson;
pub use step::StepAsked;
pub use tasks::Waiting;
pub use telling::{TELL, Telling, Told};
pub use typed::typed_value;
pub use undo::{UNDO, Undoable};
pub use units::is_of as unit_is_of;
pub use write::NewRecord;

use crate::Declaration;

/// All systems that run here.
#[derive(Debug)]
pub struct Systems {
    catalog: Catalog,
    kinds: Vec<Kind>,
    by_name: HashMap<&'static str, usize>,
    by_place: HashMap<RecordAt, usize>,
    roles: Vec<RoleSpec>,
    ground: Ground,
    epoch: Option<i64>,
}

impl Default for Systems {
    fn default() -> Self {
        Self {
            catalog: Catalog::default(),
            kinds: Vec::new(),
            by_name: HashMap::new(),
            by_place: HashMap::new(),
            roles: Vec::new(),
            ground: Ground::shipped(),
            epoch: None,
        }
    }
}

impl Systems {
    /// The systems of a catalog whose packs are all right.
    pub fn load(catalog: Catalog) -> Result<Self, LoadError> {
        let columns = kind::columns(&catalog);
        let kinds: Vec<Kind> = catalog
            .records()
            .map(|(at, _)| Kind::of(&catalog, at, &columns))
            .collect();
        let roles = grants::roles(&catalog, &kinds)?;
        let by_name = kinds
            .iter()
            .enumerate()
            .map(|(place, kind)| (kind.name, place));
        let by_place = kinds
            .iter()
            .enumerate()
            .map(|(place, kind)| (kind.at, place));
        let systems = Self {
            by_name: by_name.collect(),
            by_place: by_place.collect(),
            roles,
            ground: Ground::shipped(),
            kinds,
            catalog,
            epoch: None,
        };
        condition::check(&systems)?;
        Ok(systems)
    }

    /// The same, whose maps go by other data than what ships.
    #[must_use]
    pub fn on(mut self, ground: Ground) -> Self {
        self.ground = ground;
        self
    }

    /// The same, written by only as long as the epoch of applied packs stands there
    /// ([`applied::Known::epoch`]).
    #[must_use]
    pub fn as_of(mut self, epoch: i64) -> Self {
        self.epoch = Some(epoch);
        self
    }

    /// The epoch over which records are written.
    pub(crate) fn epoch(&self) -> Option<i64> {
        self.epoch
    }

    /// What maps go by: grids of VN-2000, about where the province lies.
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// What their packs say.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Their record types.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// Their record types as the registry and the store know them.
    pub fn declarations(&self) -> Vec<Declaration> {
        self.kinds
            .iter()
            .map(|kind| kind.declaration.clone())
            .collect()
    }

    /// The roles that they bring along, with what they grant.
    pub fn roles(&self) -> &[RoleSpec] {
        &self.roles
    }

    /// The record type with this kind's name.
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.by_name.get(name).map(|place| &self.kinds[*place])
    }

    /// The record type of this id in the pack of that id, as addresses name them.
    pub fn find(&self, pack: &str, record: &str) -> Option<&Kind> {
        let pack = self.catalog.pack(pack)?;
        self.at(self
            .catalog
            .find_record(pack, record)
            .filter(|at| at.pack == pack)?)
    }

    /// The record type that a pack names so.
    pub(crate) fn named(&self, from: usize, name: &str) -> Option<&Kind> {
        self.at(self.catalog.find_record(from, name)?)
    }

    /// The record type that a reference of a kind leads to.
    pub fn referred(&self, kind: &Kind, to: &str) -> Option<&Kind> {
        self.named(kind.at.pack, to)
    }

    fn at(&self, at: RecordAt) -> Option<&Kind> {
        self.by_place.get(&at).map(|place| &self.kinds[*place])
    }

    /// What a record type says.
    pub fn record(&self, kind: &Kind) -> &RecordType {
        self.catalog.record(kind.at)
    }

    /// The pack of a record type.
    pub fn pack(&self, kind: &Kind) -> &Pack {
        &self.catalog.packs[kind.at.pack]
    }
}

/// The name of a file in a record as it is shown; none if it does not stand there.
pub fn file_name(
    systems: &Systems,
    kind: &Kind,
    record: &crate::Record,
    digest: &[u8; 32],
) -> Option<String> {
    evidence::file_name(&systems.record(kind).declared.fields, &record.body, digest)
}

pub(crate) use names::{is_of_pack, shape_column};

/// The same names for as long as the program runs.
pub fn shared(names: &[&'static str]) -> &'static [&'static str] {
    names::shared(names)
}
