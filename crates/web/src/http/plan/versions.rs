//! What was in force of a target from when to when, with the document that ordered it.

use plan::PlanView;
use plan::view::TargetView;

use super::super::amendments::{document, threshold};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::target::VersionRow;

/// The spans of a target, the latest first; none where no later document is about it.
pub(super) fn rows(view: &PlanView, target: &TargetView, words: Translator) -> Vec<VersionRow> {
    let timeline = target.timeline();
    if !timeline.is_amended() {
        return Vec::new();
    }
    let now = timeline.span(view.day);
    let spans = timeline.spans().iter().enumerate();
    let shown = spans.filter(|(_, span)| span.from.is_some() || span.terms.is_some());
    let rows = shown.map(|(place, span)| {
        let until = timeline.until(place);
        let said = match (span.from, until) {
            (None, None) => words.t("target-version-always"),
            (None, Some(until)) => words.t1("target-version-until", "until", words.date(&until)),
            (Some(from), None) => words.t1("target-version-from", "from", words.date(&from)),
            (Some(from), Some(until)) => words.t_args(
                "target-version-both",
                &[("from", &words.date(&from)), ("until", &words.date(&until))],
            ),
        };
        let lines = span.terms.as_ref().map_or_else(Vec::new, |terms| {
            let mut lines = vec![format!("{}: {}", terms.name, terms.goal)];
            lines.extend(terms.measures.iter().map(|measure| {
                let value = threshold(words, measure);
                format!("{}: {value}", measure.name)
            }));
            lines.dedup();
            lines
        });
        VersionRow {
            span: said,
            by: span
                .by
                .iter()
                .filter_map(|id| link(view, words, *id))
                .collect(),
            lines,
            now: std::ptr::eq(span, now),
        }
    });
    let mut rows: Vec<VersionRow> = rows.collect();
    rows.reverse();
    rows
}

/// That a target is not in force on the day of the view, and by which document.
pub(super) fn out(view: &PlanView, target: &TargetView, words: Translator) -> Option<String> {
    let timeline = target.timeline();
    if timeline.on(view.day).is_some() || !timeline.is_amended() {
        return None;
    }
    let held = timeline.span(view.day);
    let (key, span) = match held.from {
        Some(_) => ("target-dropped", held),
        None => (
            "target-to-come",
            timeline.spans().iter().find(|span| span.terms.is_some())?,
        ),
    };
    let links = span.by.iter().filter_map(|id| link(view, words, *id));
    let names: Vec<String> = links.map(|link| link.text).collect();
    Some(words.t_args(
        key,
        &[
            ("date", &words.date(&span.from?)),
            ("document", &names.join("; ")),
        ],
    ))
}

fn link(view: &PlanView, words: Translator, id: vocab::Id) -> Option<Link> {
    let mut amendments = view.amendments.iter();
    let found = amendments.find(|amendment| amendment.record.id == id)?;
    Some(Link::new(
        links::amendment(&id.to_string()),
        document(words, &found.body),
    ))
}
