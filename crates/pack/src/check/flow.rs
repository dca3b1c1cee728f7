//! What flows from field to field: which computed values carry personal data, change with the day,
//! or wait for one another, across all record types.

use std::collections::{BTreeMap, BTreeSet};

use crate::Code;
use crate::catalog::{Catalog, RecordAt};
use crate::declaration::{Field, FieldType};
use crate::diagnostic::{Diagnostic, Findings};
use crate::expression::Expression;
use crate::expression::infer::{Scope, Use, infer};
use crate::shape::is_set;
use crate::source::Span;

/// A field, or a column of a table: the record type, the field's place, the column's.
type Place = (RecordAt, usize, Option<usize>);

/// Where a value comes from: a field's id and where it is declared.
pub(super) type Origin = (String, Span);

/// What is known of computed fields.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// What each computed value reads.
    reads: BTreeMap<Place, BTreeSet<Place>>,
    /// The personal field that a value comes from.
    personal: BTreeMap<Place, Origin>,
    /// Values that change though no record does.
    moving: BTreeSet<Place>,
    /// What is put into fields, by whatever puts it there, other than a yes or no.
    copies: Vec<Copied>,
    /// The personal field that a value holds something of: more than a yes or no.
    held: BTreeMap<Place, Origin>,
}

/// A value that the program puts into a field.
#[derive(Debug)]
struct Copied {
    into: Place,
    /// Where the expression stands that gives it.
    at: Span,
    reads: BTreeSet<Place>,
}

/// Personal data that a field takes on without saying that it is personal.
pub(super) struct Unsaid<'a> {
    /// The field that takes it on.
    pub(super) into: &'a str,
    /// Where the expression stands that puts it there.
    pub(super) at: Span,
    /// Where it comes from.
    pub(super) origin: &'a Origin,
}

impl Flow {
    /// Follows every computed value of all packs.
    pub(super) fn of(catalog: &Catalog) -> Self {
        let mut flow = Self::default();
        for (at, record) in catalog.records() {
            for (index, field) in record.declared.fields.iter().enumerate() {
                flow.add(catalog, (at, index, None), field);
                for (column, field) in field.fields.iter().enumerate() {
                    flow.add(catalog, (at, index, Some(column)), field);
                }
            }
            let steps = record.declared.lifecycle.iter();
            let sets = steps.flat_map(|life| &life.steps);
            let sets = sets.filter_map(|step| step.sets.as_ref());
            let moved = record.declared.migration.iter();
            for puts in sets.chain(moved.filter_map(|moved| moved.filled.as_ref())) {
                for (key, value) in &puts.0 {
                    if let Some(index) = record.position(key) {
                        flow.copy(catalog, (at, index, None), value);
                    }
                }
            }
        }
        flow.spread();
        flow.spread_held(catalog);
        flow
    }

    fn add(&mut self, catalog: &Catalog, place: Place, field: &Field) {
        if is_set(field.personal.as_ref()) {
            self.personal
                .insert(place, (field.id.text.clone(), field.id.span));
        }
        if let Some(default) = &field.default {
            self.copy(catalog, place, default);
        }
        let Some(compute) = &field.compute else {
            return;
        };
        self.copy(catalog, place, compute);
        let row = place.2.map(|_| place.1);
        let found = infer(
            compute,
            &scope(catalog, place.0, row),
            None,
            &mut Findings::default(),
        );
        if found.moves {
            self.moving.insert(place);
        }
        let reads = found.uses.iter().filter_map(|used| place_of(catalog, used));
        self.reads.insert(place, reads.collect());
    }

    /// Notes that an expression gives what stands in a field. A yes or no tells too little of
    /// anybody to be a copy of what is known of them.
    fn copy(&mut self, catalog: &Catalog, into: Place, value: &Expression) {
        if *field(catalog, into).kind == FieldType::Flag {
            return;
        }
        let row = into.2.map(|_| into.1);
        let around = scope(catalog, into.0, row);
        let found = infer(value, &around, None, &mut Findings::default());
        let reads = found.uses.iter().filter_map(|used| place_of(catalog, used));
        self.copies.push(Copied {
            into,
            at: value.span,
            reads: reads.collect(),
        });
    }

    /// What a value is made from it holds something of, from field to field.
    fn spread_held(&mut self, catalog: &Catalog) {
        let marked = self.personal.iter();
        let marked = marked.filter(|(place, _)| is_set(field(catalog, **place).personal.as_ref()));
        self.held = marked
            .map(|(place, origin)| (*place, origin.clone()))
            .collect();
        let mut readers: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
        for copied in &self.copies {
            for read in &copied.reads {
                readers.entry(*read).or_default().push(copied.into);
            }
        }
        let mut changed: Vec<Place> = self.held.keys().copied().collect();
        while let Some(place) = changed.pop() {
            let origin = self.held[&place].clone();
            for reader in readers.get(&place).into_iter().flatten() {
                if !self.held.contains_key(reader) {
                    self.held.insert(*reader, origin.clone());
                    changed.push(*reader);
                }
            }
        }
    }

    /// The fields of a record type that take personal data on and do not say so: neither they
    /// nor the table around them.
    pub(super) fn unsaid<'a>(
        &'a self,
        catalog: &'a Catalog,
        at: RecordAt,
    ) -> impl Iterator<Item = Unsaid<'a>> {
        let here = self.copies.iter().filter(move |copied| copied.into.0 == at);
        here.filter_map(move |copied| {
            let (_, index, _) = copied.into;
            let into = field(catalog, copied.into);
            let around = field(catalog, (at, index, None));
            if [into, around].map(|field| is_set(field.personal.as_ref())) != [false, false] {
                return None;
            }
            let mut origins = copied.reads.iter().filter_map(|read| self.held.get(read));
            Some(Unsaid {
                into: &into.id.text,
                at: copied.at,
                origin: origins.next()?,
            })
        })
    }

    /// What a value reads it takes on.
    fn spread(&mut self) {
        let mut readers: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
        for (reader, reads) in &self.reads {
            for read in reads {
                readers.entry(*read).or_default().push(*reader);
            }
        }
        let mut changed: Vec<Place> = self.personal.keys().copied().collect();
        while let Some(place) = changed.pop() {
            let origin = self.personal[&place].clone();
            for reader in readers.get(&place).into_iter().flatten() {
                if !self.personal.contains_key(reader) {
                    self.personal.insert(*reader, origin.clone());
                    changed.push(*reader);
                }
            }
        }
        let mut changed: Vec<Place> = self.moving.iter().copied().collect();
        while let Some(place) = changed.pop() {
            for reader in readers.get(&place).into_iter().flatten() {
                if self.moving.insert(*reader) {
                    changed.push(*reader);
                }
            }
        }
    }

    /// Whether a field's value changes with the day.
    pub(super) fn moves(&self, at: RecordAt, field: usize) -> bool {
        self.moving.contains(&(at, field, None))
    }

    /// The personal field that would be seen with a field: itself, what it is computed from, or
    /// any of its columns.
    pub(super) fn seen_with(&self, at: RecordAt, field: usize) -> Option<&Origin> {
        let own = self.personal.get(&(at, field, None));
        own.or_else(|| {
            let columns = (at, field, Some(0))..=(at, field, Some(usize::MAX));
            self.personal
                .range(columns)
                .map(|(_, origin)| origin)
                .next()
        })
    }

    /// The personal field that an expression tells of.
    pub(super) fn told_by(
        &self,
        catalog: &Catalog,
        at: RecordAt,
        expression: &Expression,
    ) -> Option<&Origin> {
        let found = infer(
            expression,
            &scope(catalog, at, None),
            None,
            &mut Findings::default(),
        );
        let places = found.uses.iter().filter_map(|used| place_of(catalog, used));
        places.filter_map(|place| self.personal.get(&place)).min()
    }

    /// Says of every circle of computed values that it is one.
    pub(super) fn circles(&self, catalog: &Catalog, findings: &mut Findings) {
        let mut open = self.reads.clone();
        loop {
            prune(&mut open);
            let Some(first) = open.keys().next().copied() else {
                return;
            };
            let circle = circle_from(&open, first);
            let names: Vec<&str> = circle
                .iter()
                .map(|place| field(catalog, *place).id.text.as_str())
                .collect();
            let spans = circle.iter().filter_map(|place| {
                field(catalog, *place)
                    .compute
                    .as_ref()
                    .map(|compute| compute.span)
            });
            let span = spans.min().unwrap_or_default();
            let finding = Diagnostic::new(Code::Circular, span).with("names", names.join(", "));
            findings.push(finding);
            for place in circle {
                open.remove(&place);
            }
        }
    }
}

/// Takes away what waits for nothing that still waits, until nothing more can be.
fn prune(open: &mut BTreeMap<Place, BTreeSet<Place>>) {
    let mut waits: BTreeMap<Place, usize> = BTreeMap::new();
    let mut readers: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
    for (reader, reads) in open.iter() {
        let mut count = 0;
        for read in reads.iter().filter(|read| open.contains_key(read)) {
            readers.entry(*read).or_default().push(*reader);
            count += 1;
        }
        waits.insert(*reader, count);
    }
    let is_free = |(place, count): (&Place, &usize)| (*count == 0).then_some(*place);
    let mut free: Vec<Place> = waits.iter().filter_map(is_free).collect();
    while let Some(place) = free.pop() {
        open.remove(&place);
        for reader in readers.get(&place).into_iter().flatten() {
            if let Some(count) = waits.get_mut(reader) {
                *count -= 1;
                if *count == 0 {
                    free.push(*reader);
                }
            }
        }
    }
}

/// Walks along what still waits until a place comes again: that is a circle.
fn circle_from(open: &BTreeMap<Place, BTreeSet<Place>>, first: Place) -> Vec<Place> {
    let mut way = vec![first];
    let mut seen = BTreeMap::from([(first, 0)]);
    loop {
        let here = way[way.len() - 1];
        let next = open[&here].iter().find(|place| open.contains_key(place));
        // After pruning, whatever is left waits for something that is left.
        let Some(next) = next else { return way };
        if let Some(from) = seen.get(next) {
            return way.split_off(*from);
        }
        seen.insert(*next, way.len());
        way.push(*next);
    }
}

fn scope(catalog: &Catalog, record: RecordAt, row: Option<usize>) -> Scope<'_> {
    Scope {
        catalog,
        record,
        row,
        also: Vec::new(),
    }
}

fn field(catalog: &Catalog, (at, index, column): Place) -> &Field {
    let field = &catalog.record(at).declared.fields[index];
    column.map_or(field, |column| &field.fields[column])
}

fn place_of(catalog: &Catalog, used: &Use) -> Option<Place> {
    let record = catalog.record(used.record);
    let Some(table) = used.table else {
        return Some((used.record, record.position(&used.field)?, None));
    };
    let columns = &record.declared.fields.get(table)?.fields;
    let column = columns
        .iter()
        .position(|column| column.id.text == used.field)?;
    Some((used.record, table, Some(column)))
}
