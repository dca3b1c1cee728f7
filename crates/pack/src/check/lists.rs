//! Code lists: validity and hierarchy.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::Code;
use crate::catalog::{Catalog, ListAt, Pack};
use crate::declaration::{Field, FieldType};
use crate::diagnostic::{Diagnostic, Findings};
use crate::list::{CodeList, CodeRow};
use crate::source::Span;

/// For how many unknown parents the nearest code is offered.
const OFFERED: usize = 10;

pub(super) fn check(pack: &Pack, findings: &mut Findings) {
    for list in &pack.lists {
        validity(list, findings);
        hierarchy(list, findings);
    }
}

fn span_of(row: &CodeRow) -> (Date, Date) {
    (
        row.valid_from.unwrap_or(Date::MIN),
        row.valid_to.unwrap_or(Date::MAX),
    )
}

fn validity(list: &CodeList, findings: &mut Findings) {
    let mut by_code: BTreeMap<&str, Vec<&CodeRow>> = BTreeMap::new();
    for row in &list.rows {
        let (from, to) = span_of(row);
        if to < from {
            findings.push(Diagnostic::new(Code::Backwards, row.span).with("name", &row.code));
        } else {
            by_code.entry(&row.code).or_default().push(row);
        }
    }
    for (code, mut rows) in by_code {
        rows.sort_by_key(|row| (span_of(row), row.span));
        for pair in rows.windows(2) {
            if span_of(pair[1]).0 <= span_of(pair[0]).1 {
                let (first, second) = if pair[0].span < pair[1].span {
                    (pair[0], pair[1])
                } else {
                    (pair[1], pair[0])
                };
                let finding = Diagnostic::new(Code::Overlap, second.span)
                    .with("name", code)
                    .also(first.span);
                findings.push(finding);
            }
        }
    }
}

fn hierarchy(list: &CodeList, findings: &mut Findings) {
    let mut parents: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let codes: BTreeSet<&str> = list.codes.iter().map(String::as_str).collect();
    let mut unknown = 0;
    for row in &list.rows {
        let Some(parent) = row.parent.as_deref() else {
            continue;
        };
        if codes.contains(parent) {
            parents.entry(&row.code).or_default().insert(parent);
        } else {
            let finding = Diagnostic::new(Code::UnknownParent, row.span).with("name", parent);
            // Looking for the nearest of many codes takes its time: for the first few only.
            unknown += 1;
            findings.push(if unknown <= OFFERED {
                finding.meant(parent, codes.iter().copied())
            } else {
                finding
            });
        }
    }
    // Whatever is not cleared from the top down goes in a circle, or hangs below one.
    let mut open: BTreeMap<&str, usize> = parents
        .iter()
        .map(|(code, above)| (*code, above.len()))
        .collect();
    let mut below: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (code, above) in &parents {
        for parent in above {
            below.entry(parent).or_default().push(code);
        }
    }
    let mut cleared: Vec<&str> = codes
        .iter()
        .copied()
        .filter(|code| !open.contains_key(code))
        .collect();
    while let Some(code) = cleared.pop() {
        for child in below.get(code).into_iter().flatten() {
            if let Some(left) = open.get_mut(child) {
                *left -= 1;
                if *left == 0 {
                    open.remove(child);
                    cleared.push(child);
                }
            }
        }
    }
    let first = list
        .rows
        .iter()
        .find(|row| open.contains_key(row.code.as_str()));
    if let Some(row) = first {
        let names: Vec<&str> = open.keys().copied().take(8).collect();
        let finding = Diagnostic::new(Code::ParentCycle, row.span).with("names", names.join(", "));
        findings.push(finding);
    }
}

/// Lists that no field of any pack takes codes from.
pub(super) fn unused(catalog: &Catalog, findings: &mut Findings) {
    let mut used: BTreeSet<ListAt> = BTreeSet::new();
    for (at, record) in catalog.records() {
        let fields = record.declared.fields.iter();
        let is_code = |field: &&Field| field.kind.value == FieldType::Code;
        let all = fields.clone().chain(fields.flat_map(|field| &field.fields));
        for list in all.filter(is_code).filter_map(|field| field.list.as_ref()) {
            used.extend(catalog.find_list(at.pack, list));
        }
    }
    for (pack, declared) in catalog.packs.iter().enumerate() {
        if declared.records.iter().any(|record| !record.is_whole) {
            continue;
        }
        for (index, list) in declared.lists.iter().enumerate() {
            if !used.contains(&ListAt { pack, list: index }) {
                let span = Span::new(list.file, 0..0);
                findings.push(Diagnostic::new(Code::UnusedList, span).with("name", &list.id));
            }
        }
    }
}
