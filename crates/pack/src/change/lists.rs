//! Codes of lists as they were and as they are.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Change, Pair, Path, Place, Side, Touch, What};
use crate::catalog::Catalog;
use crate::declaration::{Field, FieldType};
use crate::list::CodeList;

/// How many codes are named; the others are counted.
const NAMED: usize = 8;

fn named(codes: &BTreeSet<String>) -> String {
    let first: Vec<&str> = codes.iter().take(NAMED).map(String::as_str).collect();
    let rest = codes.len().saturating_sub(NAMED);
    if rest == 0 {
        first.join(", ")
    } else {
        format!("{}, … (+{rest})", first.join(", "))
    }
}

/// The last day of a code; none if it has none.
fn last_day(list: &CodeList, code: &str) -> Option<Date> {
    let rows = list.rows.iter().filter(|row| row.code == code);
    let days: Vec<Option<Date>> = rows.map(|row| row.valid_to).collect();
    if days.contains(&None) {
        return None;
    }
    days.into_iter().flatten().max()
}

/// What became of the codes that the fields of a record type take.
pub(super) fn compare(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    for field in &pair.new.declared.fields {
        let Some(earlier) = pair.earlier(field) else {
            continue;
        };
        let path = |column: Option<&Field>| Path {
            field: earlier.id.text.clone(),
            column: column.map(|column| column.id.text.clone()),
        };
        codes(pair, (earlier, field), path(None), changes);
        for column in &field.fields {
            let was = earlier
                .fields
                .iter()
                .find(|known| known.id.text == column.id.text);
            if let Some(was) = was {
                codes(pair, (was, column), path(Some(was)), changes);
            }
        }
    }
}

fn codes(pair: &Pair<'_>, (old, new): (&Field, &Field), path: Path, changes: &mut Vec<Change>) {
    let is_code = |field: &Field| field.kind.value == FieldType::Code;
    if !is_code(old) || !is_code(new) {
        return;
    }
    let (before, after) = pair.catalogs;
    let of = |catalog: &'_ Catalog, pack: usize, field: &Field| {
        let name = field.list.as_ref()?;
        catalog
            .find_list(pack, name)
            .map(|at| catalog.list(at).clone())
    };
    let (Some(before), Some(after)) = (of(before, pair.packs.0, old), of(after, pair.packs.1, new))
    else {
        return;
    };
    let gone: BTreeSet<String> = before.codes.difference(&after.codes).cloned().collect();
    let first = before.rows.iter().find(|row| gone.contains(&row.code));
    if let Some(first) = first {
        let removed = pair.place.change(What::CodesRemoved, Side::Old, first.span);
        let removed = removed.with("field", path.shown()).with("list", &before.id);
        let removed = removed.with("codes", named(&gone));
        changes.push(removed.touching(Touch::Codes(path.clone(), gone.clone())));
    }
    let ended = |code: &&String| match (last_day(&before, code), last_day(&after, code)) {
        (None, Some(_)) => true,
        (Some(was), Some(is)) => is < was,
        _ => false,
    };
    let kept = before.codes.intersection(&after.codes);
    let ended: BTreeSet<String> = kept.filter(ended).cloned().collect();
    let first = after.rows.iter().find(|row| ended.contains(&row.code));
    if let Some(first) = first {
        let change = pair.place.change(What::CodesEnded, Side::New, first.span);
        let change = change.with("field", path.shown()).with("list", &after.id);
        let change = change.with("codes", named(&ended));
        changes.push(change.touching(Touch::Codes(path, ended)));
    }
}

/// Codes that lists have more.
pub(super) fn added(old: &Catalog, new: &Catalog, changes: &mut Vec<Change>) {
    for (at, pack) in new.packs.iter().enumerate() {
        let id = &pack.declared.pack.id.text;
        let Some(before) = old.pack(id) else { continue };
        for list in &pack.lists {
            let known = old.find_list(before, &list.id).map(|at| old.list(at));
            let Some(known) = known else { continue };
            let more: BTreeSet<String> = list.codes.difference(&known.codes).cloned().collect();
            let first = list.rows.iter().find(|row| more.contains(&row.code));
            let Some(first) = first else { continue };
            let place = Place {
                pack: new.packs[at].declared.pack.id.text.clone(),
                record: String::new(),
            };
            let change = place.change(What::CodesAdded, Side::New, first.span);
            let change = change.with("list", &list.id);
            changes.push(change.with("codes", named(&more)));
        }
    }
}
