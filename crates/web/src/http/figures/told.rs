//! Figures and what they are computed from, in words.

use pack::declaration::{Function, Taking};
use plan::{Computed, Covers};
use registry::system::Systems;
use registry::system::figures::{Amount, Source};
use vocab::{Decimal, Instant, Ratio};

use super::super::systems::Saying;
use crate::i18n::{Translator, said};
use crate::pages::figure::Definition;
use crate::pages::links;
use crate::pages::observation::ComputedShown;
use crate::pages::parts::Link;

/// What an indicator counts, in words.
pub(super) fn definition(words: Translator, systems: &Systems, source: &Source<'_>) -> Definition {
    let declared = source.declared;
    let record = systems.record(source.kind);
    let saying = Saying {
        words,
        systems,
        kind: source.kind,
    };
    let title = |key: &str| {
        let field = record.field(key);
        field.map_or_else(
            || match key {
                "created_on" => words.t("system-created"),
                "state" => words.t("col-state"),
                _ => words.t("col-unit"),
            },
            |field| said(words.lang, &field.title),
        )
    };
    let value = declared.value.as_ref().map(|key| title(key));
    let value = value.unwrap_or_default();
    let function = match *declared.function {
        Function::Count => words.t("figures-count"),
        Function::Share => words.t("figures-share"),
        Function::Sum => words.t1("figures-sum", "field", value),
        Function::Least => words.t1("figures-least", "field", value),
        Function::Greatest => words.t1("figures-greatest", "field", value),
    };
    Definition {
        title: said(words.lang, &declared.title),
        system: said(words.lang, &systems.pack(source.kind).declared.pack.title),
        records: said(words.lang, &record.declared.record.title),
        function,
        when: declared
            .when
            .as_ref()
            .map(|when| saying.condition(when, &[])),
        part: declared
            .part
            .as_ref()
            .map(|part| saying.condition(part, &[])),
        taken: match (*declared.taken, &declared.date) {
            (Taking::Over, Some(date)) => words.t1("figures-over", "field", title(date)),
            _ => words.t("figures-end"),
        },
        cuts: declared.by.iter().map(|key| title(key)).collect(),
    }
}

/// A figure in words: `72,3% (81/112)`, `40 ha`; none where no record says anything.
pub(super) fn value(words: Translator, source: &Source<'_>, amount: &Amount) -> Option<String> {
    let unit = source.declared.unit.as_ref();
    let unit = unit.map_or_else(String::new, |unit| format!(" {}", unit.text));
    let value = amount.value?.normalized();
    if *source.declared.function != Function::Share {
        return Some(format!("{}{unit}", words.decimal(&value)));
    }
    let among = amount.among?;
    share(words, value, among)
}

fn share(words: Translator, part: Decimal, whole: Decimal) -> Option<String> {
    let (part, whole) = (part.rescale(0)?.mantissa(), whole.rescale(0)?.mantissa());
    let percent = Ratio::new(part, whole).percent(2)?;
    Some(format!(
        "{} ({}/{})",
        words.percent(&percent.normalized()),
        words.number(part),
        words.number(whole)
    ))
}

/// The page of an indicator, under its title; none where its pack does not run.
pub(in crate::http) fn link_to(systems: &Systems, words: Translator, key: &str) -> Option<Link> {
    let source = systems.indicator(key)?;
    let title = said(words.lang, &source.declared.title);
    Some(Link::new(links::figure(key, &[]), title))
}

/// The page of an indicator as of an instant.
fn link_of(systems: &Systems, words: Translator, computed: &Computed) -> Link {
    let name = match systems.indicator(&computed.source) {
        None => return Link::plain(computed.source.clone()),
        Some(source) => said(words.lang, &source.declared.title),
    };
    Link::new(
        links::figure(&computed.source, &at(computed.as_of, computed)),
        name,
    )
}

fn at(as_of: Instant, computed: &Computed) -> Vec<(&'static str, String)> {
    let mut query = vec![("luc", as_of.as_micros().to_string())];
    if let (Some(from), Some(to)) = (computed.from, computed.to) {
        query.push(("tu", from.to_string()));
        query.push(("den", to.to_string()));
    }
    query
}

/// A computed figure in words: `81/112`, `40`.
pub(super) fn number(words: Translator, computed: &Computed) -> String {
    match (computed.numerator, computed.denominator, computed.count) {
        (Some(part), Some(whole), _) => share(words, part.into(), whole.into()).unwrap_or_default(),
        (_, _, Some(count)) => words.decimal(&count.normalized()),
        _ => "–".to_owned(),
    }
}

/// What was computed for a report, as its pages show it.
pub(in crate::http) fn computed(
    systems: &Systems,
    words: Translator,
    computed: &Computed,
    corrected: bool,
) -> ComputedShown {
    let mut remarks = vec![words.t(match computed.covers {
        Covers::Own => "figures-covers-own",
        Covers::All => "figures-covers-all",
    })];
    if computed.late {
        remarks.push(words.t("figures-late"));
    }
    if computed.unclear > 0 {
        remarks.push(words.t1("figures-unclear", "count", words.number(computed.unclear)));
    }
    if computed.untold > 0 {
        remarks.push(words.t1("figures-untold", "count", words.number(computed.untold)));
    }
    ComputedShown {
        source: link_of(systems, words, computed),
        value: number(words, computed),
        records: words.number(computed.records),
        as_of: computed.as_of.in_vietnam().datetime(),
        remarks,
        corrected,
        recompute: None,
    }
}

/// One sentence on what was computed, for the way of a public figure.
pub(in crate::http) fn sentence(words: Translator, computed: &Computed, corrected: bool) -> String {
    let key = if corrected {
        "figures-step-corrected"
    } else {
        "figures-step"
    };
    words.t_args(
        key,
        &[
            ("value", &number(words, computed)),
            ("count", &words.number(computed.records)),
            (
                "date",
                &words.moment(&computed.as_of.in_vietnam().datetime()),
            ),
        ],
    )
}
