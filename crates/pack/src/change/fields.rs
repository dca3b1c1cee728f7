//! Fields of a record type, and columns of its tables, as they were and as they are.

use super::keys::{self, Key};
use super::{Change, Pair, Path, Side, Touch, What, filled};
use crate::declaration::{Field, FieldType, RecordFile};
use crate::shape::{Choice, is_set};
use crate::source::Span;

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    faults(pair, changes);
    let (old, new) = (&pair.old.declared, &pair.new.declared);
    for field in &new.fields {
        let path = own(field);
        match pair.earlier(field) {
            None => added(pair, new, field, &path, changes),
            Some(earlier) => {
                if earlier.id.text != field.id.text {
                    let span = renamed_at(new, &earlier.id).unwrap_or(field.id.span);
                    let renamed = pair.place.change(What::FieldRenamed, Side::New, span);
                    let renamed = renamed.with("from", &*earlier.id).with("to", &*field.id);
                    changes.push(renamed.touching(Touch::Holds(own(earlier))));
                }
                same(pair, new, (earlier, own(earlier)), (field, path), changes);
            }
        }
    }
    for field in &old.fields {
        let is_kept = new.fields.iter().any(|later| {
            let earlier = pair.earlier(later);
            earlier.is_some_and(|earlier| earlier.id.text == field.id.text)
        });
        if !is_kept {
            removed(pair, new, field, changes);
        }
    }
}

fn own(field: &Field) -> Path {
    Path {
        field: field.id.text.clone(),
        column: None,
    }
}

fn column(table: &Field, column: &Field) -> Path {
    Path {
        field: table.id.text.clone(),
        column: Some(column.id.text.clone()),
    }
}

/// Where a migration says what became of a field.
fn renamed_at(new: &RecordFile, old: &str) -> Option<Span> {
    let renamed = new.migration.as_ref()?.renamed.as_ref()?;
    let named = renamed.0.iter().find(|(from, _)| **from == *old)?;
    Some(named.0.span)
}

/// What a migration says that cannot be done with what was there.
fn faults(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    let renames: Vec<(&str, &str)> = pair.renames().collect();
    for (place, (from, to)) in renames.iter().enumerate() {
        let twice = renames[..place].iter().any(|(_, other)| other == to);
        let what = if twice {
            What::RenamedTwice
        } else if pair.old.field(to).is_some() {
            What::RenamedOnto
        } else {
            continue;
        };
        let span = renamed_at(&pair.new.declared, from);
        let span = span.unwrap_or(pair.new.declared.record.id.span);
        let fault = pair.place.change(what, Side::New, span);
        changes.push(fault.with("from", from).with("to", to));
    }
}

/// Whether a field must be there in every record, whatever else it says.
fn is_needed(declared: &RecordFile, field: &Field) -> bool {
    let section = field.section.as_ref().and_then(|name| {
        let mut sections = declared.sections.iter();
        sections.find(|section| section.id.text == name.text)
    });
    is_set(field.required.as_ref())
        && field.when.is_none()
        && field.compute.is_none()
        && section.is_none_or(|section| section.when.is_none())
}

fn is_filled(pair: &Pair<'_>, field: &Field) -> bool {
    filled(pair.old, pair.new).any(|(name, _)| *name == *field.id)
}

fn added(pair: &Pair<'_>, new: &RecordFile, field: &Field, path: &Path, changes: &mut Vec<Change>) {
    let what = if is_filled(pair, field) {
        What::FieldFilled
    } else if is_needed(new, field) {
        What::FieldNeeded
    } else {
        What::FieldAdded
    };
    let change = pair.place.change(what, Side::New, field.id.span);
    let change = change.with("field", path.shown());
    changes.push(match what {
        What::FieldAdded => change,
        _ => change.touching(Touch::Lacks(path.clone())),
    });
}

fn removed(pair: &Pair<'_>, new: &RecordFile, field: &Field, changes: &mut Vec<Change>) {
    // A renaming that cannot be done is said as such.
    if renamed_at(new, &field.id).is_some_and(|_| {
        let mut renames = pair.renames();
        renames.any(|(from, to)| from == &*field.id && pair.new.field(to).is_some())
    }) {
        return;
    }
    let migration = new.migration.as_ref();
    let given_up = migration.and_then(|migration| {
        let mut dropped = migration.dropped.iter();
        dropped.find(|name| ***name == *field.id)
    });
    let change = match given_up {
        Some(name) => pair.place.change(What::FieldDropped, Side::New, name.span),
        // What nobody typed is lost with nothing.
        None if field.compute.is_some() => return,
        None => pair
            .place
            .change(What::FieldRemoved, Side::Old, field.id.span),
    };
    let change = change.with("field", &*field.id);
    changes.push(change.touching(Touch::Holds(own(field))));
}

/// A field, or column, that is there in both.
fn same(
    pair: &Pair<'_>,
    new: &RecordFile,
    (old, was): (&Field, Path),
    (field, path): (&Field, Path),
    changes: &mut Vec<Change>,
) {
    let change = |what, span| {
        let change = pair.place.change(what, Side::New, span);
        change.with("field", path.shown())
    };
    let holds = || Touch::Holds(was.clone());
    if let Some(what) = retyped(old, field) {
        let shown = |field: &Field| {
            let several = is_set(field.repeated.as_ref());
            let several = if several { "[]" } else { "" };
            format!("{}{several}", field.kind.value.word())
        };
        let retyped = change(what, field.kind.span).with("from", shown(old));
        let retyped = retyped.with("to", shown(field));
        changes.push(retyped.touching(holds()));
        if what == What::TypeChanged {
            return;
        }
    }
    let needed = is_set(field.required.as_ref());
    let filled = path.column.is_none() && is_filled(pair, field);
    if filled {
        let touch = Touch::Lacks(was.clone());
        changes.push(change(What::FieldFilled, field.id.span).touching(touch));
    }
    if needed && !is_set(old.required.as_ref()) && !filled {
        let conditional = path.column.is_some() || !is_needed(new, field);
        changes.push(if conditional {
            change(What::RequiredWhen, field.id.span)
        } else {
            let touch = Touch::Lacks(was.clone());
            change(What::FieldRequired, field.id.span).touching(touch)
        });
    } else if !needed && is_set(old.required.as_ref()) && field.required_when.is_none() {
        changes.push(change(What::FieldOptional, field.id.span));
    }
    let text = |when: &Option<crate::expression::Expression>| {
        when.as_ref().map(|known| known.text.clone())
    };
    if let Some(when) = &field.required_when
        && text(&old.required_when).as_deref() != Some(&when.text)
    {
        changes.push(change(What::RequiredWhen, when.span));
    }
    if let Some(when) = &field.when
        && text(&old.when).as_deref() != Some(&when.text)
    {
        changes.push(change(What::FieldAsked, when.span).touching(holds()));
    }
    if let (Some(compute), None) = (&field.compute, &old.compute) {
        changes.push(change(What::FieldComputed, compute.span).touching(holds()));
    }
    if is_set(field.unique.as_ref()) && !is_set(old.unique.as_ref()) {
        changes.push(change(What::FieldUnique, field.id.span).touching(holds()));
    }
    for key in keys::of(pair, old, field) {
        let Key {
            name,
            span,
            from,
            to,
            narrows,
        } = key;
        let what = if narrows {
            What::FieldNarrowed
        } else {
            What::FieldWidened
        };
        let differs = change(what, span.unwrap_or(field.id.span));
        let differs = differs.with("key", name).with("from", from).with("to", to);
        changes.push(if narrows {
            differs.touching(Touch::Unfit {
                path: was.clone(),
                later: path.clone(),
            })
        } else {
            differs
        });
    }
    columns(pair, new, old, field, changes);
}

fn columns(
    pair: &Pair<'_>,
    new: &RecordFile,
    old: &Field,
    field: &Field,
    changes: &mut Vec<Change>,
) {
    for later in &field.fields {
        let path = column(field, later);
        let earlier = old
            .fields
            .iter()
            .find(|known| known.id.text == later.id.text);
        if let Some(earlier) = earlier {
            let was = column(old, earlier);
            same(pair, new, (earlier, was), (later, path), changes);
        } else {
            let span = later.id.span;
            let added = pair.place.change(What::FieldAdded, Side::New, span);
            changes.push(added.with("field", path.shown()));
        }
    }
    let kept = |name: &str| field.fields.iter().any(|later| later.id.text == *name);
    let gone = old.fields.iter().filter(|known| !kept(&known.id));
    for earlier in gone.filter(|known| known.compute.is_none()) {
        let path = column(old, earlier);
        let span = earlier.id.span;
        let removed = pair.place.change(What::ColumnRemoved, Side::Old, span);
        let removed = removed.with("field", path.shown());
        changes.push(removed.touching(Touch::Holds(path)));
    }
}

/// Whether a field holds something else than before, and whether that holds all that it did.
fn retyped(old: &Field, new: &Field) -> Option<What> {
    use FieldType::{
        CitizenId, Code, Email, File, Link, Money, Number, Paragraph, Phone, Photo, TaxCode, Text,
    };
    let several = is_set(new.repeated.as_ref());
    let target = |field: &Field| field.to.as_ref().map(|to| to.text.clone());
    if is_set(old.repeated.as_ref()) != several || target(old) != target(new) {
        return Some(What::TypeChanged);
    }
    let (from, to) = (old.kind.value, new.kind.value);
    if from == to {
        return None;
    }
    let is_word = matches!(
        from,
        Text | Code | CitizenId | TaxCode | Phone | Email | Link
    );
    let widens = match to {
        Text | Paragraph => is_word,
        Money => from == Number,
        Number => from == Money,
        File => from == Photo,
        _ => false,
    };
    Some(if widens {
        What::TypeWidened
    } else {
        What::TypeChanged
    })
}
