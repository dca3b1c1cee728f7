//! Print-outs: templates that are there and name fields that there are.

use std::collections::BTreeSet;

use super::Subject;
use crate::Code;
use crate::catalog::Catalog;
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

/// A template finds what it prints in `record`: every `record.name` must be a field.
fn template(subject: Subject<'_>, file: u32, findings: &mut Findings) {
    let Some(source) = subject.catalog.sources.get(file) else {
        return;
    };
    let own: Vec<&str> = ["code", "state", "unit", "created_on", "label", "qr"].to_vec();
    let is_part = |ch: char| ch.is_ascii_alphanumeric() || ch == '_';
    for (at, _) in source.text.match_indices("record.") {
        if source.text[..at].ends_with(|ch: char| is_part(ch) || ch == '-' || ch == '.') {
            continue;
        }
        let mut start = at + "record.".len();
        // `record.at("name")` names a field too.
        if source.text[start..].starts_with("at(\"") {
            start += "at(\"".len();
        }
        let rest = &source.text[start..];
        let name = &rest[..rest.find(|ch| !is_part(ch)).unwrap_or(rest.len())];
        let known = subject.record.field_ids().chain(own.iter().copied());
        if !name.is_empty() && !known.clone().any(|known| known == name) {
            let span = Span::new(file, start..start + name.len());
            let finding = Diagnostic::new(Code::PrintField, span)
                .with("name", name)
                .with("record", &*subject.record.declared.record.id)
                .meant(name, known);
            findings.push(finding);
        }
    }
}

/// Templates that no print-out names.
pub(super) fn unused(catalog: &Catalog, findings: &mut Findings) {
    for pack in &catalog.packs {
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
