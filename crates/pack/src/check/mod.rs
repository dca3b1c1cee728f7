//! All that must hold before a pack can run.

mod expressions;
mod fields;
pub(crate) mod figures;
mod flow;
mod lifecycle;
mod lists;
mod names;
mod packs;
mod personal;
mod prints;
mod queries;
mod roles;
mod series;
mod shown;

use std::collections::BTreeSet;

use self::flow::{Flow, Origin};
use crate::Code;
use crate::catalog::{Catalog, Pack, RecordAt, RecordType};
use crate::declaration::Field;
use crate::diagnostic::{Diagnostic, Findings};
use crate::expression::infer::own_names;
use crate::folder::{PackFolder, load};
use crate::shape::Key;
use crate::source::Sources;

/// What packs find in the product that they run in.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The roles that the product ships.
    pub roles: BTreeSet<String>,
    /// The calendars of working time that it knows.
    pub calendars: BTreeSet<String>,
}

/// What came of a check.
#[derive(Debug)]
pub struct Outcome {
    catalog: Catalog,
    /// What was found, in the order of the files.
    pub findings: Vec<Diagnostic>,
    passes: bool,
}

impl Outcome {
    /// Whether every pack can run.
    pub const fn passes(&self) -> bool {
        self.passes
    }

    /// The text of the files.
    pub const fn sources(&self) -> &Sources {
        &self.catalog.sources
    }

    /// How many packs, record types and fields were read.
    pub fn counts(&self) -> (usize, usize, usize) {
        let fields = self
            .catalog
            .records()
            .map(|(_, record)| record.declared.fields.len());
        (
            self.catalog.packs.len(),
            self.catalog.records().count(),
            fields.sum(),
        )
    }

    /// The packs that were read: their folders and ids.
    pub fn packs(&self) -> impl Iterator<Item = (&std::path::Path, &str)> {
        let packs = self.catalog.packs.iter();
        packs.map(|pack| (pack.folder.as_path(), &*pack.declared.pack.id.text))
    }

    pub(crate) const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Notes more that is wrong.
    pub(crate) fn add(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        let mut findings = Findings::default();
        for found in std::mem::take(&mut self.findings).into_iter().chain(more) {
            findings.push(found);
        }
        self.passes = findings.passes();
        self.findings = findings.sorted();
    }

    /// The packs, ready to run; none if anything is wrong with one.
    pub fn into_catalog(self) -> Option<Catalog> {
        self.passes.then_some(self.catalog)
    }
}

/// Checks packs together.
pub fn check(folders: &[PackFolder], surroundings: &Surroundings) -> Outcome {
    let mut findings = Findings::default();
    let catalog = load(folders, &mut findings);
    packs::check(&catalog, surroundings, &mut findings);
    for pack in &catalog.packs {
        lists::check(pack, &mut findings);
    }
    let flow = Flow::of(&catalog);
    flow.circles(&catalog, &mut findings);
    for (at, record) in catalog.records() {
        // What follows from a file that is not TOML would only confuse.
        if !record.is_whole || !catalog.packs[at.pack].is_whole {
            continue;
        }
        let subject = Subject {
            flow: &flow,
            catalog: &catalog,
            at,
            record,
            pack: &catalog.packs[at.pack],
            surroundings,
        };
        names::check(subject, &mut findings);
        fields::check(subject, &mut findings);
        expressions::check(subject, &mut findings);
        lifecycle::check(subject, &mut findings);
        roles::check(subject, &mut findings);
        personal::check(subject, &mut findings);
        prints::check(subject, &mut findings);
        shown::check(subject, &mut findings);
        figures::check(subject, &mut findings);
        series::check(subject, &mut findings);
    }
    lists::unused(&catalog, &mut findings);
    prints::unused(&catalog, &mut findings);
    Outcome {
        passes: findings.passes(),
        findings: findings.sorted(),
        catalog,
    }
}

/// The record type that is looked at, and what is around it.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) at: RecordAt,
    pub(crate) record: &'a RecordType,
    pub(crate) pack: &'a Pack,
    pub(crate) surroundings: &'a Surroundings,
    flow: &'a Flow,
}

impl<'a> Subject<'a> {
    /// The field that a key names; says so if there is none.
    fn field(self, key: &Key, findings: &mut Findings) -> Option<&'a Field> {
        let found = self.record.field(key);
        if found.is_none() && !key.is_empty() {
            let finding = Diagnostic::new(Code::UnknownField, key.span)
                .with("name", &**key)
                .with("record", &*self.record.declared.record.id)
                .meant(key, self.record.field_ids());
            findings.push(finding);
        }
        found
    }

    /// The field that a key names, unless it names what every record has, such as `state`.
    fn field_or_own(self, key: &Key, findings: &mut Findings) -> Option<&'a Field> {
        if self.own(key) {
            None
        } else {
            self.field(key, findings)
        }
    }

    /// The personal field that would be seen with the field of this name.
    fn personal(self, name: &str) -> Option<&'a Origin> {
        let place = self.record.position(name)?;
        self.flow.seen_with(self.at, place)
    }

    /// Whether this names what every record of the type has beside its fields.
    fn own(self, name: &str) -> bool {
        own_names(self.catalog, self.at)
            .iter()
            .any(|(known, _)| *known == name)
    }
}

/// Says that a field does not suit where it is named.
fn unfit(key: &Key, wanted: &'static str, findings: &mut Findings) {
    let found = Diagnostic::new(Code::UnfitField, key.span)
        .with("name", &**key)
        .with("wanted", wanted);
    findings.push(found);
}
