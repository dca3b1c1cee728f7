//! Number series, owners, and what became of earlier names.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Subject, unfit};
use crate::Code;
use crate::declaration::{Field, FieldType, RetentionEnd, Series, SeriesPer, UnitLevel};
use crate::diagnostic::{Diagnostic, Findings};
use crate::shape::is_set;
use crate::source::{Located, Span};
use crate::template::Part;

pub(super) fn check(subject: Subject<'_>, findings: &mut Findings) {
    let head = &subject.record.declared.record;
    if let Some(series) = &head.code {
        numbering(subject, series, findings);
    }
    if let Some(key) = &head.owner.field
        && let Some(field) = subject.field(key, findings)
        && (!matches!(field.kind.value, FieldType::Unit | FieldType::Area)
            || is_set(field.repeated.as_ref())
            || !is_of_level(field, head.owner.unit.value))
    {
        unfit(key, "~fit-unit", findings);
    }
    migration(subject, findings);
    retention(subject, findings);
    for rule in &subject.record.declared.rules {
        backwards(rule.from.as_ref(), rule.to.as_ref(), findings);
    }
}

/// How long records are kept: a rule is whole, and something comes of it.
fn retention(subject: Subject<'_>, findings: &mut Findings) {
    let declared = &subject.record.declared;
    let Some(retention) = &declared.retention else {
        return;
    };
    let unsuited = |key: &'static str, span: Span, why: &'static str| {
        Diagnostic::new(Code::Unsuited, span)
            .with("key", key)
            .with("kind", "retention")
            .with("why", why)
    };
    let Some(keep) = retention.keep else {
        let after = retention.after.first().map(|key| ("after", key.span));
        let then = retention.then.as_ref().map(|key| ("then", key.span));
        for (key, span) in after.into_iter().chain(then) {
            findings.push(unsuited(key, span, "~why-no-keep"));
        }
        return;
    };
    super::lifecycle::term(subject, keep, None, findings);
    let missing = [
        ("after", retention.after.is_empty()),
        ("then", retention.then.is_none()),
    ];
    for (key, _) in missing.into_iter().filter(|(_, missing)| *missing) {
        let finding = Diagnostic::new(Code::MissingKey, keep.span)
            .with("key", key)
            .with("place", "[retention]");
        findings.push(finding);
    }
    if let Some(then) = &retention.then
        && then.value == RetentionEnd::ErasePersonal
        && !has_personal(&declared.fields)
    {
        findings.push(unsuited("then", then.span, "~why-no-personal"));
    }
}

fn has_personal(fields: &[Field]) -> bool {
    let mut fields = fields.iter();
    fields.any(|field| is_set(field.personal.as_ref()) || has_personal(&field.fields))
}

/// A span of days that ends before it begins.
pub(super) fn backwards(
    from: Option<&Located<Date>>,
    to: Option<&Located<Date>>,
    findings: &mut Findings,
) {
    if let (Some(from), Some(to)) = (from, to)
        && to.value < from.value
    {
        let name = format!("{} – {}", from.value, to.value);
        findings.push(
            Diagnostic::new(Code::Backwards, to.span)
                .with("name", name)
                .also(from.span),
        );
    }
}

/// Whether a unit's field holds units of the level that owns records.
fn is_of_level(field: &Field, level: UnitLevel) -> bool {
    let own = field
        .level
        .as_ref()
        .map_or(UnitLevel::Any, |level| level.value);
    own == level || level == UnitLevel::Any || own == UnitLevel::Any
}

fn numbering(subject: Subject<'_>, series: &Series, findings: &mut Findings) {
    let bad =
        |span: Span, what: &'static str| Diagnostic::new(Code::BadSeries, span).with("what", what);
    let names = ["seq", "year", "month", "day", "unit"];
    let mut has = [0_usize; 5];
    for part in &series.format.parts {
        let Part::Name { name, width, span } = part else {
            continue;
        };
        match names.iter().position(|known| known == name) {
            Some(index) => {
                has[index] += 1;
                if width.is_some() && index != 0 {
                    findings.push(bad(*span, "~series-width"));
                }
            }
            None => findings.push(bad(*span, "~series-name").meant(name, names)),
        }
    }
    if !series.format.text.is_empty() && has[0] != 1 {
        findings.push(bad(series.format.span, "~series-seq"));
    }
    for per in &series.per {
        let shown = match per.value {
            SeriesPer::Year => has[1] > 0,
            SeriesPer::Day => has[1] > 0 && has[2] > 0 && has[3] > 0,
            SeriesPer::Unit => has[4] > 0,
        };
        if !shown {
            findings.push(bad(per.span, "~series-per"));
        }
    }
    let gapless = series.gapless.as_ref().filter(|gapless| gapless.value);
    let has_steps = subject.record.declared.lifecycle.is_some();
    if let (Some(gapless), None, true) = (gapless, &series.at, has_steps) {
        findings.push(bad(gapless.span, "~series-gapless"));
    }
    if let Some(at) = series.at.as_ref().filter(|at| !at.is_empty()) {
        let life = subject.record.declared.lifecycle.as_ref();
        let known = || {
            life.into_iter()
                .flat_map(|life| &life.steps)
                .map(|step| step.id.text.as_str())
        };
        if !known().any(|known| known == at.text) {
            let finding = Diagnostic::new(Code::UnknownStep, at.span)
                .with("name", &at.text)
                .meant(at, known());
            findings.push(finding);
        }
    }
}

fn migration(subject: Subject<'_>, findings: &mut Findings) {
    let Some(migration) = &subject.record.declared.migration else {
        return;
    };
    let bad = |name: &str, span: Span, what: &'static str| {
        let found = Diagnostic::new(Code::BadMigration, span);
        found.with("name", name).with("what", what)
    };
    let still = |name: &str, span: Span| bad(name, span, "~migration-still");
    let twice =
        |name: &str, span: Span, first: Span| bad(name, span, "~migration-twice").also(first);
    let mut named: BTreeMap<&str, Span> = BTreeMap::new();
    for (old, new) in migration.renamed.iter().flat_map(|renamed| &renamed.0) {
        if subject.record.field(old).is_some() {
            findings.push(still(old, old.span));
        }
        subject.field(new, findings);
        // Of a record that had both, one value would be lost.
        if let Some(first) = named.insert(new, new.span).filter(|_| !new.is_empty()) {
            findings.push(twice(new, new.span, first));
        }
    }
    let mut earlier: BTreeMap<&str, Span> = BTreeMap::new();
    let renamed = migration.renamed.iter().flat_map(|renamed| &renamed.0);
    earlier.extend(renamed.map(|(old, _)| (&**old, old.span)));
    for old in &migration.dropped {
        if subject.record.field(old).is_some() {
            findings.push(still(old, old.span));
        }
        if let Some(first) = earlier.insert(old, old.span).filter(|_| !old.is_empty()) {
            findings.push(twice(old, old.span, first));
        }
    }
    let mut states: BTreeMap<&str, Span> = BTreeMap::new();
    for moved in &migration.states {
        let from = &moved.from;
        if subject.record.state_ids().any(|state| state == from.text) {
            findings.push(still(from, from.span));
        }
        if let Some(first) = states.insert(from, from.span).filter(|_| !from.is_empty()) {
            findings.push(twice(from, from.span, first));
        }
    }
}
