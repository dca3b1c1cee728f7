//! Figures: from other records, and computed for the plan.

use super::queries::{is_choice, is_kept};
use super::shown::{CHOICES, DAYS, suits};
use super::{Subject, fields, unfit};
use crate::Code;
use crate::catalog::{Catalog, RecordAt};
use crate::declaration::{Field, FieldType, Function, Indicator, Rollup, Taking};
use crate::diagnostic::{Diagnostic, Findings};
use crate::expression::infer::field_type;
use crate::expression::types::Type;
use crate::shape::{Key, is_set};
use crate::source::Span;

pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    for rollup in &subject.record.declared.rollups {
        one_rollup(subject, rollup, findings);
    }
    for indicator in &subject.record.declared.indicators {
        one_indicator(subject, indicator, findings);
    }
}

/// Another record type, looked at in the same surroundings.
pub(super) fn seen_from(subject: Subject<'_>, at: RecordAt) -> Subject<'_> {
    Subject {
        at,
        record: subject.catalog.record(at),
        pack: &subject.catalog.packs[at.pack],
        ..subject
    }
}

/// The type of a figure from other records.
pub(crate) fn rollup_type(catalog: &Catalog, at: RecordAt, rollup: &Rollup) -> Type {
    if rollup.function.value == Function::Count {
        return Type::NUMBER;
    }
    let Some(of) = catalog.find_record(at.pack, &rollup.of) else {
        return Type::Unknown;
    };
    let value = rollup
        .value
        .as_ref()
        .and_then(|value| catalog.record(of).field(value));
    value.map_or(Type::Unknown, |field| field_type(catalog, of, field))
}

fn missing(key: &'static str, place: &'static str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingKey, span)
        .with("key", key)
        .with("place", place)
}

fn one_rollup(subject: Subject<'_>, rollup: &Rollup, findings: &mut Findings) {
    let Some(of) = fields::record(subject, &rollup.of, findings) else {
        return;
    };
    let other = seen_from(subject, of);
    if !other.record.is_whole {
        return;
    }
    let key = |word: &crate::shape::Word| Key {
        text: word.text.clone(),
        span: word.span,
    };
    if let Some(field) = other.field(&key(&rollup.via), findings) {
        let named = field.to.as_ref();
        let named = named.and_then(|to| subject.catalog.find_record(of.pack, to));
        if field.kind.value != FieldType::Reference || named != Some(subject.at) {
            unfit(&key(&rollup.via), "~fit-names-this", findings);
        }
    }
    match (&rollup.value, rollup.function.value) {
        (_, Function::Share) => {
            let finding = Diagnostic::new(Code::Unsuited, rollup.function.span)
                .with("key", "function")
                .with("kind", "rollup")
                .with("why", "~why-rollup-share");
            findings.push(finding);
        }
        (Some(value), Function::Count) => {
            let finding = Diagnostic::new(Code::Unsuited, value.span)
                .with("key", "value")
                .with("kind", "count")
                .with("why", "~why-count");
            findings.push(finding);
        }
        (None, Function::Count) => {}
        (None, _) => findings.push(missing("value", "[[rollup]]", rollup.id.span)),
        (Some(value), function) => {
            let value = key(value);
            if let Some(field) = other.field(&value, findings) {
                let kind = field.kind.value;
                let orders = matches!(function, Function::Least | Function::Greatest);
                let is_date = matches!(kind, FieldType::Date | FieldType::DateTime);
                if !(kind.is_amount() || (orders && is_date)) || is_set(field.repeated.as_ref()) {
                    unfit(&value, "~fit-amount", findings);
                }
            }
        }
    }
}

fn one_indicator(subject: Subject<'_>, indicator: &Indicator, findings: &mut Findings) {
    let place = "[[indicator]]";
    let span = indicator.id.span;
    let function = indicator.function.value;
    let unsuited = |key: &'static str, span: Span, why: &'static str| {
        Diagnostic::new(Code::Unsuited, span)
            .with("key", key)
            .with("kind", crate::shape::Choice::word(function))
            .with("why", why)
    };
    match (&indicator.value, function) {
        (None, Function::Count | Function::Share) => {}
        (None, _) => findings.push(missing("value", place, span)),
        (Some(value), Function::Count | Function::Share) => {
            findings.push(unsuited("value", value.span, "~why-count"));
        }
        (Some(value), _) => {
            let fit = |field: &Field| field.kind.value.is_amount() && is_kept(subject, field);
            suits(subject, value, &[], fit, "~fit-amount", findings);
        }
    }
    match (&indicator.part, function) {
        (None, Function::Share) => findings.push(missing("part", place, span)),
        (Some(part), other) if other != Function::Share => {
            findings.push(unsuited("part", part.span, "~why-part"));
        }
        _ => {}
    }
    match (&indicator.date, indicator.taken.value) {
        (None, Taking::Over) => findings.push(missing("date", place, span)),
        (Some(date), Taking::End) => findings.push(unsuited("date", date.span, "~why-end")),
        (Some(date), Taking::Over) => {
            let fit =
                |field: &Field| matches!(field.kind.value, FieldType::Date | FieldType::DateTime);
            suits(subject, date, DAYS, fit, "~fit-date", findings);
        }
        (None, Taking::End) => {}
    }
    if let Some(feeds) = &indicator.feeds {
        let items = || {
            subject
                .pack
                .declared
                .pack
                .plan
                .iter()
                .map(|item| item.text.as_str())
        };
        if !feeds.is_empty() && !items().any(|item| item == feeds.text) {
            let finding = Diagnostic::new(Code::UnknownItem, feeds.span)
                .with("name", &feeds.text)
                .meant(feeds, items());
            findings.push(finding);
        }
    }
    for key in &indicator.by {
        let fit = |field: &Field| is_choice(field.kind.value);
        suits(subject, key, CHOICES, fit, "~fit-choice", findings);
    }
}
