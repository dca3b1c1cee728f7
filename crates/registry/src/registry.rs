//! The registry: its declarations and where it keeps their records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use directory::permission::{self, Decision};
use directory::{Act, Directory, Principal, Subject};
use jiff::civil::Date;
use store::{Head, Store, TableSpec};
use vocab::{Problem, WorkingCalendar};

use crate::system::applied;
use crate::system::figures::Held;
use crate::system::following;
use crate::system::imports::{self, Sources};
use crate::system::maps::Tiles;
use crate::system::retention;
use crate::system::series::{self, Queues};
use crate::{Declaration, Kind, Record, RegistryError, Systems, comment, hooks, task};

/// Records of all declared kinds. Cheap to clone.
#[derive(Clone)]
pub struct Registry {
    inner: Arc<Inner>,
}

struct Inner {
    directory: Directory,
    declarations: BTreeMap<&'static str, Declaration>,
    calendar: WorkingCalendar,
    systems: Arc<Systems>,
    queues: Queues,
    tiles: Tiles,
    figures: Held,
    sources: Sources,
    retained_on: Mutex<Option<(Date, i64)>>,
    moved_on: Mutex<Option<Date>>,
    /// The tables whose records are being arranged anew.
    arranging: Mutex<BTreeSet<String>>,
}

impl Registry {
    /// The tables that these declarations need, the registry's own among them: hand them to
    /// [`Store::open`].
    pub fn tables(declarations: &[Declaration]) -> Vec<TableSpec> {
        let own = own();
        own.iter()
            .chain(declarations)
            .map(Declaration::table)
            .collect()
    }

    /// A registry of these kinds; `calendar` tells when tasks are due.
    pub fn new(
        directory: Directory,
        declarations: Vec<Declaration>,
        calendar: WorkingCalendar,
    ) -> Self {
        Self::with_systems(directory, declarations, Arc::default(), calendar)
    }

    /// The same, running systems that packs declare beside those kinds. Their roles count from
    /// now on.
    pub fn with_systems(
        directory: Directory,
        declarations: Vec<Declaration>,
        systems: Arc<Systems>,
        calendar: WorkingCalendar,
    ) -> Self {
        if !systems.roles().is_empty() {
            directory.bring_roles(systems.roles());
        }
        let declarations = own()
            .into_iter()
            .chain(declarations)
            .chain(systems.declarations())
            .map(|declaration| (declaration.kind, declaration))
            .collect();
        Self {
            inner: Arc::new(Inner {
                directory,
                declarations,
                calendar,
                systems,
                queues: Queues::default(),
                tiles: Tiles::default(),
                figures: Held::default(),
                sources: Sources::default(),
                retained_on: Mutex::default(),
                moved_on: Mutex::default(),
                arranging: Mutex::default(),
            }),
        }
    }

    /// Units, people and accounts.
    pub fn directory(&self) -> &Directory {
        &self.inner.directory
    }

    /// The store underneath.
    pub fn store(&self) -> &Store {
        self.inner.directory.store()
    }

    /// When offices are open: deadlines are counted by it.
    pub fn calendar(&self) -> &WorkingCalendar {
        &self.inner.calendar
    }

    /// The systems that packs declare.
    pub fn systems(&self) -> &Arc<Systems> {
        &self.inner.systems
    }

    /// The tiles of maps that were drawn in this process.
    pub(crate) fn tiles(&self) -> &Tiles {
        &self.inner.tiles
    }

    /// Whoever takes a number of this series in this process stands in line here.
    pub(crate) fn queue(&self, key: &str) -> Arc<series::Queue> {
        self.inner.queues.of(key)
    }

    /// Figures of the past that were computed lately.
    pub(crate) fn held_figures(&self) -> &Held {
        &self.inner.figures
    }

    /// The tables that are being read in this process.
    pub(crate) fn sources(&self) -> &Sources {
        &self.inner.sources
    }

    /// The day whose retention this process has dealt with, and over which epoch; another one
    /// from now on if one is given.
    pub(crate) fn retention_turn(&self, done: Option<(Date, i64)>) -> Option<(Date, i64)> {
        let held = self.inner.retained_on.lock();
        let mut held = held.unwrap_or_else(PoisonError::into_inner);
        if done.is_some() {
            *held = done;
        }
        *held
    }

    /// The day on which this process has looked for steps that the program takes; another one
    /// from now on if one is given.
    pub(crate) fn automatic_turn(&self, done: Option<Date>) -> Option<Date> {
        let held = self.inner.moved_on.lock();
        let mut held = held.unwrap_or_else(PoisonError::into_inner);
        *held = done.or(*held);
        *held
    }

    /// The tables whose records are being arranged anew, as far as this process knows.
    pub(crate) fn arranging(&self) -> &Mutex<BTreeSet<String>> {
        &self.inner.arranging
    }

    /// Refuses what changes a record that is archived.
    pub(crate) fn refuse_archived(&self, kind: &str, record: &Record) -> Result<(), RegistryError> {
        let known = self.systems().kind(kind);
        if known.is_some_and(|known| known.is_archived(&record.body)) {
            let about = format!("{kind} {}", record.id);
            return Err(RegistryError::refused(409, "archived", about));
        }
        Ok(())
    }

    /// The head that a record has.
    pub(crate) fn head(&self, kind: &str, record: &Record) -> Result<Head, RegistryError> {
        Ok(head(self.declaration(kind)?, record))
    }

    /// The head that a record of a system has.
    pub(crate) fn head_of(kind: &Kind, record: &Record) -> Head {
        head(&kind.declaration, record)
    }

    /// What was declared under a name.
    pub fn declaration(&self, kind: &str) -> Result<&Declaration, RegistryError> {
        let declaration = self.inner.declarations.get(kind);
        declaration.ok_or_else(|| RegistryError::Undeclared(kind.to_owned()))
    }

    /// Whether this principal may do that to a record as it stands.
    pub fn may(&self, principal: &Principal, act: Act, kind: &str, record: &Record) -> bool {
        matches!(self.decide(principal, act, kind, record), Decision::Allowed)
    }

    /// The steps that this principal may take with a record as it stands, by name.
    pub fn open_steps(
        &self,
        principal: &Principal,
        kind: &str,
        record: &Record,
    ) -> Vec<&'static str> {
        let Ok(declaration) = self.declaration(kind) else {
            return Vec::new();
        };
        let steps = declaration.lifecycle.steps.iter();
        steps
            .filter(|step| step.from.contains(&record.state.as_str()))
            .filter(|step| self.may(principal, step.act, kind, record))
            .map(|step| step.name)
            .collect()
    }

    /// Whether this principal may edit a record as it stands.
    pub fn may_edit(&self, principal: &Principal, kind: &str, record: &Record) -> bool {
        self.declaration(kind).is_ok_and(|declaration| {
            let lifecycle = &declaration.lifecycle;
            lifecycle.editable.contains(&record.state.as_str())
                && self.refuse_archived(kind, record).is_ok()
                && self.may(principal, lifecycle.editing, kind, record)
        })
    }

    fn decide(&self, principal: &Principal, act: Act, kind: &str, record: &Record) -> Decision {
        let subject = Subject {
            kind,
            unit: record.unit,
            state: &record.state,
            author: record.author,
        };
        let asked = principal.permissions().asks_heads(act, kind);
        let declaration = self.declaration(kind).ok().filter(|_| asked);
        let head = declaration.map(|declaration| head(declaration, record));
        permission::may_head(principal, act, &subject, head.as_ref())
    }

    /// Refuses what is not allowed, with the reason.
    pub(crate) fn demand(
        &self,
        principal: &Principal,
        act: Act,
        kind: &str,
        record: &Record,
    ) -> Result<(), RegistryError> {
        match self.decide(principal, act, kind, record) {
            Decision::Allowed => Ok(()),
            Decision::Denied(reason) => Err(RegistryError::Refused(Problem::new(
                403,
                reason.code(),
                format!("{act:?} on {kind} {}", record.id),
            ))),
        }
    }
}

/// The kinds that the registry itself needs.
fn own() -> Vec<Declaration> {
    let mut own = vec![
        task::declaration(),
        comment::declaration(),
        following::declaration(),
        series::declaration(),
        hooks::declaration(),
    ];
    own.extend(applied::declarations());
    own.extend(imports::declarations());
    own.extend(retention::declarations());
    own
}

fn head(declaration: &Declaration, record: &Record) -> Head {
    Head {
        id: record.id,
        version: record.version,
        unit: record.unit,
        state: record.state.clone(),
        sort_key: Vec::new(),
        created_at: record.at,
        updated_at: record.at,
        columns: declaration.columns(record.author, &record.body),
    }
}
