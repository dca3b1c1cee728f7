//! What an edit of packs does to the records that exist.
//!
//! [`compare`] looks at two catalogs and no database: it names each change, where it is written,
//! and which records it concerns ([`Touch`]), so that whoever has the records can count them.
//! Titles, roles, rules, views and papers change nothing about records and are not among it.

mod fields;
mod keys;
mod lists;
mod retention;
mod said;
mod states;
mod what;

use std::collections::BTreeSet;

pub use self::said::Texts;
pub use self::states::KEPT;
pub use self::what::{Effect, Refusal, What};
use crate::catalog::{Catalog, Pack, RecordType};
use crate::declaration::Field;
use crate::expression::Expression;
use crate::shape::is_set;
use crate::source::Span;

/// In which of two catalogs something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The earlier one.
    Old,
    /// The later one.
    New,
}

/// A field of a record, or a column of a table within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The field.
    pub field: String,
    /// The column.
    pub column: Option<String>,
}

impl Path {
    /// As people read it: `parts.label`.
    pub fn shown(&self) -> String {
        match &self.column {
            None => self.field.clone(),
            Some(column) => format!("{}.{column}", self.field),
        }
    }
}

/// Which records a change concerns, in the words of the earlier declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Every one.
    All,
    /// Those that say something there.
    Holds(Path),
    /// Those that say nothing there.
    Lacks(Path),
    /// Those that stand in this state.
    Stands(String),
    /// Those whose value is not what the later field takes.
    Unfit {
        /// Where it stands.
        path: Path,
        /// The field as it is called later.
        later: Path,
    },
    /// Those that say one of these codes there.
    Codes(Path, BTreeSet<String>),
    /// Those whose term has ended by what the later declaration says.
    Due,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What changes.
    pub what: What,
    /// The pack.
    pub pack: String,
    /// The record type, as the earlier declaration calls it if that has it.
    pub record: String,
    /// Where it is written.
    pub side: Side,
    /// The place there.
    pub span: Span,
    /// The values that its wording names.
    pub args: Vec<(&'static str, String)>,
    /// Which records it concerns; none if none.
    pub touch: Option<Touch>,
}

impl Change {
    /// Whether it can be refused at all, as far as the declarations tell.
    pub fn may_be_refused(&self) -> bool {
        self.what.refusal() != Refusal::Never
    }

    /// Whether it is refused, now that so many records are concerned.
    pub fn is_refused(&self, records: u64) -> bool {
        match self.what.refusal() {
            Refusal::Never => false,
            Refusal::IfTouched => records > 0,
            Refusal::Always => true,
        }
    }

    /// Whether records must be written anew for it.
    pub const fn rewrites(&self) -> bool {
        matches!(
            self.what,
            What::FieldDropped | What::FieldRenamed | What::FieldFilled | What::StateMoved
        )
    }
}

/// What the later catalog changes for records of the earlier one, in the order of its files.
pub fn compare(old: &Catalog, new: &Catalog) -> Vec<Change> {
    let mut changes = Vec::new();
    for (at, record) in old.records() {
        let pack = &old.packs[at.pack];
        let place = Place::of(pack, record);
        let kept = new
            .pack(&place.pack)
            .and_then(|pack| new.find_record(pack, &place.record));
        let Some(kept) = kept else {
            let span = record.declared.record.id.span;
            let removed = place.change(What::RecordRemoved, Side::Old, span);
            changes.push(removed.touching(Touch::All));
            continue;
        };
        let pair = Pair {
            place,
            catalogs: (old, new),
            packs: (at.pack, kept.pack),
            old: record,
            new: new.record(kept),
        };
        pair.series(&mut changes);
        fields::compare(&pair, &mut changes);
        states::compare(&pair, &mut changes);
        retention::compare(&pair, &mut changes);
        lists::compare(&pair, &mut changes);
    }
    for (at, record) in new.records() {
        let place = Place::of(&new.packs[at.pack], record);
        let known = old
            .pack(&place.pack)
            .and_then(|pack| old.find_record(pack, &place.record));
        if known.is_none() {
            let span = record.declared.record.id.span;
            changes.push(place.change(What::RecordAdded, Side::New, span));
        }
    }
    lists::added(old, new, &mut changes);
    changes
}

/// A record type's name.
#[derive(Clone, Debug)]
struct Place {
    pack: String,
    record: String,
}

impl Place {
    fn of(pack: &Pack, record: &RecordType) -> Self {
        Self {
            pack: pack.declared.pack.id.text.clone(),
            record: record.declared.record.id.text.clone(),
        }
    }

    fn change(&self, what: What, side: Side, span: Span) -> Change {
        let change = Change {
            what,
            pack: self.pack.clone(),
            record: self.record.clone(),
            side,
            span,
            args: Vec::new(),
            touch: None,
        };
        change.with("record", &self.record)
    }
}

impl Change {
    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    fn touching(mut self, touch: Touch) -> Self {
        self.touch = Some(touch);
        self
    }
}

/// A record type as it was and as it is.
struct Pair<'a> {
    place: Place,
    catalogs: (&'a Catalog, &'a Catalog),
    /// The places of its pack in both.
    packs: (usize, usize),
    old: &'a RecordType,
    new: &'a RecordType,
}

impl<'a> Pair<'a> {
    fn series(&self, changes: &mut Vec<Change>) {
        let (old, new) = (&self.old.declared.record, &self.new.declared.record);
        match (&old.code, &new.code) {
            (Some(series), None) => {
                let path = Path {
                    field: "code".to_owned(),
                    column: None,
                };
                let span = series.format.span;
                let removed = self.place.change(What::SeriesRemoved, Side::Old, span);
                changes.push(removed.touching(Touch::Holds(path)));
            }
            (None, Some(series)) => {
                let span = series.format.span;
                changes.push(self.place.change(What::SeriesAdded, Side::New, span));
            }
            _ => {}
        }
    }

    /// The earlier field that a later one was, by its own name or as the migration says.
    fn earlier(&self, field: &Field) -> Option<&'a Field> {
        let renamed = self.renames().find(|(_, new)| *new == field.id.text);
        match renamed {
            Some((old, _)) => self.old.field(old),
            None => self.old.field(&field.id),
        }
    }

    /// What the migration renames, of what was there: the earlier name and the later one. What was
    /// renamed by an earlier application is passed over.
    fn renames(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'_, 'a> {
        renames(self.old, self.new)
    }
}

/// What the migration of a later declaration renames, of what the earlier one had.
pub fn renames<'a>(
    old: &'a RecordType,
    new: &'a RecordType,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let migration = new.declared.migration.as_ref();
    let renamed = migration.and_then(|migration| migration.renamed.as_ref());
    let pairs = renamed.into_iter().flat_map(|renamed| &renamed.0);
    pairs
        .filter(|(from, _)| old.field(from).is_some())
        .map(|(from, to)| (&**from, &**to))
}

/// Which earlier fields the migration of a later declaration gives up.
pub fn dropped<'a>(old: &'a RecordType, new: &'a RecordType) -> impl Iterator<Item = &'a str> {
    let migration = new.declared.migration.as_ref();
    let names = migration.into_iter().flat_map(|known| &known.dropped);
    names
        .map(|name| &**name)
        .filter(|name| old.field(name).is_some() && new.field(name).is_none())
}

/// Where records of an earlier state stand later, as the migration says.
pub fn moved<'a>(
    old: &'a RecordType,
    new: &'a RecordType,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let migration = new.declared.migration.as_ref();
    let moves = migration.into_iter().flat_map(|known| &known.states);
    moves
        .map(|one| (&*one.from, &*one.to))
        .filter(|(from, _)| states::of(old).contains(from) && !states::of(new).contains(from))
}

/// What records that lack a field are given, as the migration says: lines that stood there before
/// were carried out then, unless the field is new or needed only now.
pub fn filled<'a>(
    old: &'a RecordType,
    new: &'a RecordType,
) -> impl Iterator<Item = (&'a str, &'a Expression)> {
    fn lines(record: &RecordType) -> impl Iterator<Item = (&str, &Expression)> {
        let migration = record.declared.migration.as_ref();
        let filled = migration.and_then(|migration| migration.filled.as_ref());
        let lines = filled.into_iter().flat_map(|filled| &filled.0);
        lines.map(|(name, value)| (&**name, value))
    }
    lines(new).filter(move |(name, value)| {
        let renamed = renames(old, new).find(|(_, to)| to == name);
        let earlier = old.field(renamed.map_or(name, |(from, _)| from));
        let needed = new
            .field(name)
            .is_some_and(|field| is_set(field.required.as_ref()));
        let stands_anew = match earlier {
            None => true,
            Some(earlier) => needed && !is_set(earlier.required.as_ref()),
        };
        stands_anew || !lines(old).any(|(known, said)| known == *name && said.text == value.text)
    })
}
