//! Ids that stand twice, ids that the language keeps to itself.

use std::collections::BTreeMap;

use super::Subject;
use crate::Code;
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Span;

/// Words of expressions, which nothing can be called.
const WORDS: [&str; 28] = [
    "actor",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "has",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "now",
    "null",
    "package",
    "record",
    "return",
    "row",
    "this",
    "today",
    "true",
    "var",
    "void",
    "while",
];
/// What every record has: fields and figures cannot be called so.
const OWN: [&str; 13] = [
    "author",
    "code",
    "created_at",
    "created_on",
    "id",
    "label",
    "sort_key",
    "state",
    "tokens",
    "tokens_hash",
    "unit",
    "updated_at",
    "version",
];

pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared;
    let mut fields = Seen::default();
    for field in &declared.fields {
        fields.note(&field.id.text, field.id.span, findings);
        reserved(&field.id.text, field.id.span, true, findings);
        let mut columns = Seen::default();
        for column in &field.fields {
            columns.note(&column.id.text, column.id.span, findings);
            reserved(&column.id.text, column.id.span, false, findings);
        }
    }
    for rollup in &declared.rollups {
        fields.note(&rollup.id.text, rollup.id.span, findings);
        reserved(&rollup.id.text, rollup.id.span, true, findings);
    }
    all(
        declared.sections.iter().map(|section| &section.id),
        findings,
    );
    all(declared.prints.iter().map(|print| &print.id), findings);
    all(declared.views.iter().map(|view| &view.id), findings);
    all(declared.lookups.iter().map(|lookup| &lookup.id), findings);
    all(declared.notifications.iter().map(|sent| &sent.id), findings);
    all(declared.shares.iter().map(|share| &share.id), findings);
    all(
        declared.indicators.iter().map(|indicator| &indicator.id),
        findings,
    );
    if let Some(life) = &declared.lifecycle {
        all(life.states.iter().map(|state| &state.id), findings);
        // Notifications name steps and deadlines alike.
        let steps = life.steps.iter().map(|step| &step.id);
        all(
            steps.chain(life.deadlines.iter().map(|deadline| &deadline.id)),
            findings,
        );
        for step in &life.steps {
            all(step.tasks.iter().map(|task| &task.id), findings);
        }
    }
    let sections = || {
        declared
            .sections
            .iter()
            .map(|section| section.id.text.as_str())
    };
    for section in declared
        .fields
        .iter()
        .filter_map(|field| field.section.as_ref())
    {
        if !section.is_empty() && !sections().any(|known| known == section.text) {
            let finding = Diagnostic::new(Code::UnknownSection, section.span)
                .with("name", &section.text)
                .meant(section, sections());
            findings.push(finding);
        }
    }
}

fn all<'a>(names: impl Iterator<Item = &'a crate::shape::Name>, findings: &mut Findings) {
    let mut seen = Seen::default();
    for name in names {
        seen.note(&name.text, name.span, findings);
    }
}

fn reserved(name: &str, span: Span, is_of_record: bool, findings: &mut Findings) {
    if WORDS.contains(&name) || (is_of_record && OWN.contains(&name)) {
        findings.push(Diagnostic::new(Code::Reserved, span).with("name", name));
    }
}

/// The ids that there were, and where.
#[derive(Default)]
pub(super) struct Seen<'a>(BTreeMap<&'a str, Span>);

impl<'a> Seen<'a> {
    pub(super) fn note(&mut self, name: &'a str, span: Span, findings: &mut Findings) {
        if name.is_empty() {
            return;
        }
        if let Some(first) = self.0.get(name) {
            let finding = Diagnostic::new(Code::Duplicate, span)
                .with("name", name)
                .also(*first);
            findings.push(finding);
        } else {
            self.0.insert(name, span);
        }
    }
}
