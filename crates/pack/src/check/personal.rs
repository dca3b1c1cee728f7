//! Personal data: where it must not come to.

use super::Subject;
use crate::Code;
use crate::declaration::Field;
use crate::diagnostic::{Diagnostic, Findings};
use crate::expression::Expression;
use crate::shape::{Key, is_set};

pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared;
    for field in &declared.fields {
        one(field, findings);
        field.fields.iter().for_each(|column| one(column, findings));
        searched(subject, field, findings);
    }
    label(subject, findings);
    copied(subject, findings);
    if let Some(public) = &declared.public {
        hidden(subject, &public.fields, Code::PersonalPublic, findings);
        condition(subject, public.when.as_ref(), findings);
    }
    for lookup in &declared.lookups {
        hidden(subject, &lookup.shows, Code::PersonalPublic, findings);
    }
    for indicator in &declared.indicators {
        hidden(subject, &indicator.by, Code::PersonalPublic, findings);
        if is_set(indicator.public.as_ref()) {
            // A figure of few records would tell what each of them holds.
            for asked in indicator.when.iter().chain(&indicator.part) {
                condition(subject, Some(asked), findings);
            }
            let value = indicator.value.as_slice();
            hidden(subject, value, Code::PersonalPublic, findings);
        }
    }
    for share in declared.shares.iter().filter(|share| share.legal.is_none()) {
        hidden(subject, &share.fields, Code::PersonalShared, findings);
    }
}

/// Kinds of data that say who somebody is must say whether they do.
fn one(field: &Field, findings: &mut Findings) {
    if field.kind.value.is_often_personal() && field.personal.is_none() && field.compute.is_none() {
        let finding = Diagnostic::new(Code::PersonalUnsaid, field.id.span).with("name", &*field.id);
        findings.push(finding);
    }
}

fn searched(subject: Subject<'_>, field: &Field, findings: &mut Findings) {
    if let Some(search) = &field.search
        && search.value
        && subject.personal(&field.id).is_some()
    {
        let finding = Diagnostic::new(Code::PersonalSearched, search.span).with("name", &*field.id);
        findings.push(finding);
    }
}

/// A label is shown wherever the record is named, to whoever sees that it is there.
fn label(subject: Subject<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared.record;
    for (name, span) in declared.label.names() {
        if let Some((from, _)) = subject.personal(name) {
            let finding = Diagnostic::new(Code::PersonalLabel, span)
                .with("name", name)
                .with("from", from);
            findings.push(finding);
        }
    }
}

/// What is put into a field from personal data stays there when that is erased, unless the field
/// is personal too.
fn copied(subject: Subject<'_>, findings: &mut Findings) {
    for unsaid in subject.flow.unsaid(subject.catalog, subject.at) {
        let (from, span) = unsaid.origin;
        let finding = Diagnostic::new(Code::PersonalCopied, unsaid.at)
            .with("name", unsaid.into)
            .with("from", from)
            .also(*span);
        findings.push(finding);
    }
}

fn hidden(subject: Subject<'_>, keys: &[Key], code: Code, findings: &mut Findings) {
    for key in keys {
        if let Some((from, span)) = subject.personal(key) {
            let finding = Diagnostic::new(code, key.span)
                .with("name", &**key)
                .with("from", from)
                .also(*span);
            findings.push(finding);
        }
    }
}

/// Which records are public must not tell what a personal field holds.
fn condition(subject: Subject<'_>, when: Option<&Expression>, findings: &mut Findings) {
    let Some(when) = when else { return };
    if let Some((from, span)) = subject.flow.told_by(subject.catalog, subject.at, when) {
        let finding = Diagnostic::new(Code::PersonalPublic, when.span)
            .with("name", from)
            .with("from", from)
            .also(*span);
        findings.push(finding);
    }
}
