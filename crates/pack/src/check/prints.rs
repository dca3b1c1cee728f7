//! Print-outs: templates that are there and name fields that there are.

use std::collections::BTreeSet;

use super::Subject;
use crate::Code;
use crate::catalog::{Catalog, Pack};
use crate::diagnostic::{Diagnostic, Findings};
use crate::shape::is_set;
use crate::source::Span;

pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared;
    for print in &declared.prints {
        if is_set(print.qr.as_ref()) && declared.public.is_none() {
            let finding = Diagnostic::new(Code::MissingKey, print.id.span)
                .with("key", "[public]")
                .with("place", "[[print]] qr = true");
            findings.push(finding);
        }
        if print.template.is_empty() {
            continue;
        }
        let Some(file) = subject.pack.templates.get(&print.template.text) else {
            let known = subject.pack.templates.keys().map(String::as_str);
            let finding = Diagnostic::new(Code::NoTemplate, print.template.span)
                .with("name", &print.template.text)
                .meant(&print.template, known);
            findings.push(finding);
            continue;
        };
        template(subject, *file, findings);
    }
}

/// What templates find in `record` beside its fields.
const OWN: [&str; 6] = ["code", "state", "unit", "created_on", "label", "qr"];

/// A template finds what it prints in `record`: every `record.name` must be a field, and in
/// `for row in record.table` every `row.name` a column of that table.
fn template(subject: Subject<'_>, file: u32, findings: &mut Findings) {
    let Some(source) = subject.catalog.sources.get(file) else {
        return;
    };
    let known = subject.record.field_ids().chain(OWN);
    for (name, at) in named(&source.text, "record", 0) {
        unknown(subject, file, at, name, known.clone(), findings);
        let before = source.text[..at]
            .strip_suffix("record.")
            .unwrap_or_default();
        let Some(variable) = loop_variable(before) else {
            continue;
        };
        let columns = subject.record.field(name).map(|field| &field.fields);
        let Some(columns) = columns.filter(|columns| !columns.is_empty()) else {
            continue;
        };
        let known = columns.iter().map(|column| column.id.text.as_str());
        for (name, at) in named(&source.text, variable, at) {
            unknown(subject, file, at, name, known.clone(), findings);
        }
    }
}

fn unknown<'a>(
    subject: Subject<'_>,
    file: u32,
    at: usize,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    findings: &mut Findings,
) {
    if !known.clone().any(|known| known == name) {
        let finding = Diagnostic::new(Code::PrintField, Span::new(file, at..at + name.len()))
            .with("name", name)
            .with("record", &*subject.record.declared.record.id)
            .meant(name, known);
        findings.push(finding);
    }
}

fn is_part(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || ch == '_'
}

/// The names after `word.`, from a byte on, and where they stand; `word.at("name")` names one too,
/// any other call does not.
fn named<'a>(text: &'a str, word: &str, from: usize) -> Vec<(&'a str, usize)> {
    let start = format!("{word}.");
    let mut found = Vec::new();
    for (at, _) in text[from..]
        .match_indices(&start)
        .map(|(at, found)| (from + at, found))
    {
        if text[..at].ends_with(|ch: char| is_part(ch) || ch == '-' || ch == '.') {
            continue;
        }
        let mut at = at + start.len();
        let is_at = text[at..].starts_with("at(\"");
        if is_at {
            at += "at(\"".len();
        }
        let rest = &text[at..];
        let name = &rest[..rest.find(|ch| !is_part(ch)).unwrap_or(rest.len())];
        let is_call = !is_at && rest[name.len()..].starts_with('(');
        if !name.is_empty() && !is_call {
            found.push((name, at));
        }
    }
    found
}

/// The variable of `for variable in `, where a text ends so.
fn loop_variable(text: &str) -> Option<&str> {
    let text = text.strip_suffix(" in ")?;
    let start = text.rfind(|ch| !is_part(ch)).map_or(0, |at| at + 1);
    let variable = &text[start..];
    (!variable.is_empty() && text[..start].ends_with("for ")).then_some(variable)
}

/// Templates that no print-out names.
pub(super) fn unused(catalog: &Catalog, findings: &mut Findings) {
    let is_whole = |pack: &&Pack| pack.records.iter().all(|record| record.is_whole);
    for pack in catalog.packs.iter().filter(is_whole) {
        let records = pack
            .records
            .iter()
            .flat_map(|record| &record.declared.prints);
        let used: BTreeSet<&str> = records.map(|print| print.template.text.as_str()).collect();
        for (name, file) in &pack.templates {
            if !used.contains(name.as_str()) {
                let span = Span::new(*file, 0..0);
                findings.push(Diagnostic::new(Code::UnusedTemplate, span).with("name", name));
            }
        }
    }
}
