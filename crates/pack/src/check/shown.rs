//! Views, look-ups, duplicates, notifications: fields that suit where they are named.

use super::queries::{is_choice, is_kept};
use super::{Subject, unfit};
use crate::Code;
use crate::declaration::{ChartKind, Field, FieldType, View, ViewKind};
use crate::diagnostic::{Diagnostic, Findings};
use crate::shape::{Choice, Key, is_set};
use crate::source::Span;

pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared;
    let columns = |keys: &[Key], findings: &mut Findings| {
        for key in keys {
            suits(
                subject,
                key,
                IN_COLUMNS,
                |field| is_kept(subject, field),
                "~fit-column",
                findings,
            );
        }
    };
    columns(&declared.record.order, findings);
    for key in &declared.record.sort {
        let fit = |field: &Field| {
            let kind = field.kind.value;
            is_in_order(kind) && is_kept(subject, field) && subject.personal(key).is_none()
        };
        suits(subject, key, IN_ORDER, fit, "~fit-sort", findings);
    }
    for rule in &declared.rules {
        rule.fields.iter().for_each(|key| {
            subject.field(key, findings);
        });
        steps(subject, &rule.at, findings);
    }
    for view in &declared.views {
        columns(&view.columns, findings);
        columns(&view.order, findings);
        one_view(subject, view, findings);
    }
    for lookup in &declared.lookups {
        if lookup.by.is_empty() {
            findings.push(missing("by", "[[lookup]]", lookup.id.span));
        }
        columns(&lookup.by, findings);
        for key in &lookup.shows {
            subject.field_or_own(key, findings);
        }
    }
    let public = declared.public.iter().flat_map(|public| &public.fields);
    for key in public.chain(declared.shares.iter().flat_map(|share| &share.fields)) {
        subject.field_or_own(key, findings);
    }
    duplicates(subject, findings);
    notifications(subject, findings);
    label(subject, findings);
}

fn missing(key: &'static str, place: &'static str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingKey, span)
        .with("key", key)
        .with("place", place)
}

/// What every record has that can stand in a column.
const IN_COLUMNS: &[&str] = &["code", "state", "unit", "author", "created_on"];
/// What every record has that is more or less than another's.
const IN_ORDER: &[&str] = &["code", "created_on"];
/// What every record has that is one of a few.
pub(super) const CHOICES: &[&str] = &["state", "unit", "author"];
/// What every record has that is a day.
pub(super) const DAYS: &[&str] = &["created_on"];

/// Says so if a key names no field, or one that does not suit; what every record has suits if it
/// is named here.
pub(super) fn suits(
    subject: Subject<'_>,
    key: &Key,
    own: &[&str],
    fit: impl Fn(&Field) -> bool,
    wanted: &'static str,
    findings: &mut Findings,
) {
    if subject.own(key) {
        if !own.contains(&&**key) {
            unfit(key, wanted, findings);
        }
    } else if let Some(field) = subject.field(key, findings)
        && (!fit(field) || is_set(field.repeated.as_ref()))
    {
        unfit(key, wanted, findings);
    }
}

/// Whether one value comes before another, for whoever reads a list.
fn is_in_order(kind: FieldType) -> bool {
    kind.is_amount()
        || matches!(
            kind,
            FieldType::Text | FieldType::Date | FieldType::DateTime
        )
}

fn one_view(subject: Subject<'_>, view: &View, findings: &mut Findings) {
    let kind = view.kind.value;
    let keys = [
        (
            "columns",
            view.columns.first(),
            &[ViewKind::List, ViewKind::Board][..],
        ),
        ("order", view.order.first(), &[ViewKind::List]),
        ("by", view.by.as_ref(), &[ViewKind::Board, ViewKind::Chart]),
        ("shape", view.shape.as_ref(), &[ViewKind::Map]),
        ("colour", view.colour.as_ref(), &[ViewKind::Map]),
        ("sum", view.sum.as_ref(), &[ViewKind::Chart]),
        ("date", view.date.as_ref(), &[ViewKind::Calendar]),
        ("until", view.until.as_ref(), &[ViewKind::Calendar]),
    ];
    let needed = match kind {
        ViewKind::List => "columns",
        ViewKind::Board | ViewKind::Chart => "by",
        ViewKind::Map => "shape",
        ViewKind::Calendar => "date",
    };
    let chart = view.chart.as_ref().map(|chart| chart.span);
    let keys = keys.map(|(key, given, kinds)| (key, given.map(|given| given.span), kinds));
    for (key, given, kinds) in keys
        .into_iter()
        .chain([("chart", chart, &[ViewKind::Chart][..])])
    {
        let fits = kinds.contains(&kind);
        match given {
            Some(given) if !fits => {
                let finding = Diagnostic::new(Code::Unsuited, given)
                    .with("key", key)
                    .with("kind", kind.word())
                    .with("why", "~why-view");
                findings.push(finding);
            }
            None if key == needed => findings.push(missing(key, "[[view]]", view.id.span)),
            _ => {}
        }
    }
    let line = view
        .chart
        .as_ref()
        .is_some_and(|chart| chart.value == ChartKind::Line);
    for key in view.by.iter().chain(&view.colour) {
        let fit = |field: &Field| {
            let kind = field.kind.value;
            is_choice(kind) || (line && kind == FieldType::Date)
        };
        suits(subject, key, CHOICES, fit, "~fit-choice", findings);
    }
    if let Some(key) = &view.shape {
        suits(
            subject,
            key,
            &[],
            |field| field.kind.value.is_geometry(),
            "~fit-shape",
            findings,
        );
    }
    if let Some(key) = &view.sum {
        suits(
            subject,
            key,
            &[],
            |field| field.kind.value.is_amount() && is_kept(subject, field),
            "~fit-amount",
            findings,
        );
    }
    for key in view.date.iter().chain(&view.until) {
        let fit = |field: &Field| matches!(field.kind.value, FieldType::Date | FieldType::DateTime);
        suits(subject, key, DAYS, fit, "~fit-date", findings);
    }
}

fn duplicates(subject: Subject<'_>, findings: &mut Findings) {
    for like in &subject.record.declared.duplicates {
        if like.same.is_empty() && like.similar.is_empty() && like.overlaps.is_none() {
            let finding =
                Diagnostic::new(Code::OneOf, like.span).with("keys", "same, similar, overlaps");
            findings.push(finding);
        }
        for key in &like.same {
            suits(
                subject,
                key,
                IN_COLUMNS,
                |field| is_kept(subject, field),
                "~fit-column",
                findings,
            );
        }
        for key in &like.similar {
            suits(
                subject,
                key,
                &[],
                |field| field.kind.value == FieldType::Text,
                "~fit-text",
                findings,
            );
        }
        if let Some(key) = &like.overlaps {
            suits(
                subject,
                key,
                &[],
                |field| field.kind.value.is_geometry(),
                "~fit-shape",
                findings,
            );
        }
    }
}

fn notifications(subject: Subject<'_>, findings: &mut Findings) {
    let life = subject.record.declared.lifecycle.as_ref();
    let steps = || {
        life.into_iter()
            .flat_map(|life| &life.steps)
            .map(|step| step.id.text.as_str())
    };
    let deadlines = || {
        let clocks = life.into_iter().flat_map(|life| &life.deadlines);
        clocks.map(|clock| clock.id.text.as_str())
    };
    for sent in &subject.record.declared.notifications {
        let is_clock = deadlines().any(|known| known == sent.on.text);
        if !sent.on.is_empty() && !is_clock && !steps().any(|known| known == sent.on.text) {
            let finding = Diagnostic::new(Code::UnknownTrigger, sent.on.span)
                .with("name", &sent.on.text)
                .meant(&sent.on, steps().chain(deadlines()));
            findings.push(finding);
        } else if let Some(before) = sent.before {
            super::lifecycle::term(subject, before, None, findings);
            if !is_clock {
                let finding = Diagnostic::new(Code::Unsuited, before.span)
                    .with("key", "before")
                    .with("kind", "notification")
                    .with("why", "~why-before");
                findings.push(finding);
            }
        }
        let to = &sent.to;
        let ways = [
            to.role.is_some(),
            to.field.is_some(),
            is_set(to.author.as_ref()),
        ];
        if ways.iter().filter(|way| **way).count() != 1 {
            let finding = Diagnostic::new(Code::OneOf, to.span).with("keys", "role, field, author");
            findings.push(finding);
        }
        if let Some(key) = &to.field {
            let fit = |field: &Field| {
                matches!(
                    field.kind.value,
                    FieldType::Phone | FieldType::Email | FieldType::Unit
                )
            };
            suits(subject, key, &[], fit, "~fit-address", findings);
        }
        for template in [&sent.text.vi, &sent.text.en] {
            braces(subject, template, &["label"], findings);
        }
    }
}

fn label(subject: Subject<'_>, findings: &mut Findings) {
    braces(
        subject,
        &subject.record.declared.record.label,
        &[],
        findings,
    );
}

/// Every name in braces is a field or what every record has.
fn braces(
    subject: Subject<'_>,
    template: &crate::template::Template,
    also: &[&str],
    findings: &mut Findings,
) {
    for (name, span) in template.names() {
        if !also.contains(&name) {
            let key = Key {
                text: name.to_owned(),
                span,
            };
            subject.field_or_own(&key, findings);
        }
    }
}

fn steps(subject: Subject<'_>, named: &[crate::shape::Word], findings: &mut Findings) {
    let life = subject.record.declared.lifecycle.as_ref();
    let known = || {
        life.into_iter()
            .flat_map(|life| &life.steps)
            .map(|step| step.id.text.as_str())
    };
    for step in named.iter().filter(|step| !step.is_empty()) {
        if !known().any(|known| known == step.text) {
            let finding = Diagnostic::new(Code::UnknownStep, step.span)
                .with("name", &step.text)
                .meant(step, known());
            findings.push(finding);
        }
    }
}
