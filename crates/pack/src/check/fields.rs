//! Fields: keys that suit their type, bounds, what they refer to.

use super::{Subject, packs};
use crate::Code;
use crate::declaration::{Field, FieldType};
use crate::diagnostic::{Diagnostic, Findings};
use crate::shape::{Choice, is_set};
use crate::source::Span;

pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let fields = &subject.record.declared.fields;
    for field in fields {
        one(subject, field, false, findings);
        for column in &field.fields {
            one(subject, column, true, findings);
        }
    }
}

/// The keys that are there and suit only some types, with where they are.
fn given(field: &Field) -> Vec<(&'static str, Span)> {
    let keys = [
        ("max_length", field.max_length.as_ref().map(|key| key.span)),
        ("pattern", field.pattern.as_ref().map(|key| key.span)),
        ("search", field.search.as_ref().map(|key| key.span)),
        ("unique", field.unique.as_ref().map(|key| key.span)),
        ("min", field.min.as_ref().map(|key| key.span)),
        ("max", field.max.as_ref().map(|key| key.span)),
        ("unit", field.unit.as_ref().map(|key| key.span)),
        ("decimals", field.decimals.as_ref().map(|key| key.span)),
        ("list", field.list.as_ref().map(|key| key.span)),
        ("to", field.to.as_ref().map(|key| key.span)),
        ("level", field.level.as_ref().map(|key| key.span)),
        ("max_mb", field.max_mb.as_ref().map(|key| key.span)),
        ("accept", field.accept.first().map(|key| key.span)),
        ("inside", field.inside.as_ref().map(|key| key.span)),
        ("field", field.fields.first().map(|key| key.span)),
    ];
    keys.into_iter()
        .filter_map(|(key, span)| Some((key, span?)))
        .collect()
}

fn one(subject: Subject<'_>, field: &Field, is_column: bool, findings: &mut Findings) {
    let kind = field.kind.value;
    let unsuited = |key: &'static str, span: Span, why: &'static str| {
        Diagnostic::new(Code::Unsuited, span)
            .with("key", key)
            .with("kind", kind.word())
            .with("why", why)
    };
    for (key, span) in given(field) {
        if !kind.own_keys().contains(&key) {
            findings.push(unsuited(key, span, "~why-type"));
        }
    }
    if let (true, Some(filter)) = (!kind.has_column(), &field.filter) {
        findings.push(unsuited("filter", filter.span, "~why-type"));
    }
    if !is_column
        && kind.has_column()
        && is_set(field.filter.as_ref())
        && !super::queries::is_kept(subject, field)
        && let Some(filter) = &field.filter
    {
        findings.push(unsuited("filter", filter.span, "~why-not-kept"));
    }
    let several = is_set(field.repeated.as_ref());
    if kind == FieldType::Table && is_column {
        findings.push(unsuited("type", field.kind.span, "~why-nested"));
    }
    if several && kind == FieldType::Table {
        findings.push(unsuited("repeated", field.span, "~why-table-repeats"));
    }
    for (key, bound) in [("at_least", &field.at_least), ("at_most", &field.at_most)] {
        if let Some(bound) = bound
            && !several
            && kind != FieldType::Table
        {
            findings.push(unsuited(key, bound.span, "~why-not-repeated"));
        }
    }
    if is_column {
        let keys = [
            ("section", field.section.as_ref().map(|key| key.span)),
            ("filter", field.filter.as_ref().map(|key| key.span)),
            ("search", field.search.as_ref().map(|key| key.span)),
            ("unique", field.unique.as_ref().map(|key| key.span)),
        ];
        for (key, span) in keys
            .into_iter()
            .filter_map(|(key, span)| Some((key, span?)))
        {
            findings.push(unsuited(key, span, "~why-column"));
        }
    }
    if several && let Some(unique) = &field.unique {
        findings.push(unsuited("unique", unique.span, "~why-repeated"));
    }
    if let Some(compute) = &field.compute {
        let keys = [
            ("default", field.default.as_ref().map(|key| key.span)),
            ("required", field.required.as_ref().map(|key| key.span)),
            (
                "required_when",
                field.required_when.as_ref().map(|key| key.span),
            ),
        ];
        for (key, span) in keys
            .into_iter()
            .filter_map(|(key, span)| Some((key, span?)))
        {
            let finding =
                Diagnostic::new(Code::OneOf, span).with("keys", format!("compute, {key}"));
            findings.push(finding.also(compute.span));
        }
    }
    if let (Some(_), Some(when)) = (&field.required, &field.required_when) {
        let finding =
            Diagnostic::new(Code::OneOf, when.span).with("keys", "required, required_when");
        findings.push(finding);
    }
    bounds(field, findings);
    refers(subject, field, findings);
}

fn bounds(field: &Field, findings: &mut Findings) {
    let outside =
        |span: Span, name: String| Diagnostic::new(Code::OutOfRange, span).with("name", name);
    if let (Some(min), Some(max)) = (&field.min, &field.max)
        && min.value > max.value
    {
        findings.push(outside(
            max.span,
            format!("min {} > max {}", min.value, max.value),
        ));
    }
    if let (Some(least), Some(most)) = (&field.at_least, &field.at_most)
        && least.value > most.value
    {
        findings.push(outside(
            most.span,
            format!("at_least {} > at_most {}", least.value, most.value),
        ));
    }
    let limits = [
        (&field.at_most, 1, 5_000),
        (&field.max_length, 1, 100_000),
        (&field.decimals, 0, 4),
        (&field.max_mb, 1, 200),
    ];
    for (number, least, most) in limits {
        if let Some(number) = number
            && !(least..=most).contains(&number.value)
        {
            let name = format!("{} ({least} – {most})", number.value);
            findings.push(outside(number.span, name));
        }
    }
}

fn refers(subject: Subject<'_>, field: &Field, findings: &mut Findings) {
    let missing = |key: &'static str| {
        Diagnostic::new(Code::MissingKey, field.kind.span)
            .with("key", key)
            .with("place", "[[field]]")
    };
    match field.kind.value {
        FieldType::Code if field.list.is_none() => findings.push(missing("list")),
        FieldType::Reference if field.to.is_none() => findings.push(missing("to")),
        FieldType::Table if field.fields.is_empty() => findings.push(missing("field")),
        _ => {}
    }
    let catalog = subject.catalog;
    if let Some(name) = field.list.as_ref().filter(|name| !name.is_empty()) {
        packs::needed(subject.pack, name, findings);
        if catalog.find_list(subject.at.pack, name).is_none() {
            let known = subject.pack.lists.iter().map(|list| list.id.as_str());
            let finding = Diagnostic::new(Code::UnknownList, name.span)
                .with("name", &name.text)
                .meant(name, known);
            findings.push(finding);
        }
    }
    if let Some(name) = field.to.as_ref().filter(|name| !name.is_empty()) {
        record(subject, name, findings);
    }
}

/// Says so if a name names no record type, or one of a pack that is not needed.
pub(super) fn record(
    subject: Subject<'_>,
    name: &crate::shape::Word,
    findings: &mut Findings,
) -> Option<crate::catalog::RecordAt> {
    packs::needed(subject.pack, name, findings);
    let found = subject.catalog.find_record(subject.at.pack, name);
    if found.is_none() && !name.is_empty() {
        let near = subject
            .pack
            .records
            .iter()
            .map(|record| record.declared.record.id.text.clone());
        let far = subject.catalog.records().map(|(at, record)| {
            let pack = &subject.catalog.packs[at.pack].declared.pack.id.text;
            format!("{pack}/{}", record.declared.record.id.text)
        });
        let known: Vec<String> = near.chain(far).collect();
        let finding = Diagnostic::new(Code::UnknownRecord, name.span)
            .with("name", &name.text)
            .meant(name, known.iter().map(String::as_str));
        findings.push(finding);
    }
    found
}
