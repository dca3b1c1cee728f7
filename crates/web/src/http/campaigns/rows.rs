//! The lines of a sheet as its page shows them.

use directory::Act;
use plan::campaigns::{Sheet, SheetLine};
use plan::{OBSERVATION, Report};
use vocab::Problem;

use super::super::reports::desk::Desk;
use super::super::reports::typed::Typed;
use super::super::reports::words;
use super::super::{Failure, form_errors};
use super::sheet::Shown;
use super::typed::standing;
use crate::i18n::Translator;
use crate::pages::checks::Check;
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::reading::Reading;
use crate::pages::sheet::{LineRow, Mode};

/// One line.
pub(in crate::http) async fn row(
    desk: &Desk,
    sheet: &Sheet,
    line: &SheetLine,
    shown: &Shown,
    mode: Mode,
) -> Result<LineRow, Failure> {
    let words_of = desk.words();
    let conflict = shown.conflicts.contains(&line.indicator);
    let typed = shown.lines.of(line, words_of);
    let stands = standing(line, words_of);
    let fillable = mode == Mode::Fill && line.is_open();
    let mine = if fillable || typed == stands {
        String::new()
    } else {
        said_in_words(desk, &typed)
    };
    let (_, indicator) = desk
        .view
        .indicator(line.indicator)
        .ok_or_else(|| Failure::internal("a line on an indicator of no plan"))?;
    let reading = |measurement| Reading::of(&indicator.body, measurement);
    let report = line.report.as_ref();
    let current = report.and_then(|report| words::value(indicator, report));
    let fields = shown.problems.iter();
    let wrong = fields
        .filter(|(id, _)| *id == line.indicator)
        .flat_map(|(_, fields)| {
            let mut problem = Problem::new(422, "invalid-fields", "a line");
            problem.fields.clone_from(fields);
            let FormErrors(errors) = form_errors(words_of, &problem, &[], "");
            errors.into_iter().map(|error| error.message)
        })
        .collect();
    let waits = mode == Mode::Decide
        && report.is_some_and(|report| {
            let principal = &desk.visitor.principal;
            let registry = desk.registry();
            registry.may(principal, Act::Approve, OBSERVATION, &report.record)
        });
    let method = [line.counts.as_deref(), line.among.as_deref()];
    let method: Vec<&str> = method.into_iter().flatten().collect();
    Ok(LineRow {
        place: line.place,
        numbers: numbers(line),
        title: line.name.clone(),
        method: method.join(" / "),
        goal: line.goal.clone(),
        last: line.last.and_then(reading),
        entry: typed.entry(
            words_of,
            line.kind(),
            line.measure_unit.as_deref(),
            [None, None],
        ),
        current,
        ratio: report.and_then(words::ratio),
        checks: checks(words_of, report, &typed),
        note: if fillable {
            typed.note
        } else {
            line.note().to_owned()
        },
        version: line.version(),
        state: report.map(words::state),
        open: line.is_open(),
        waits,
        done: matches!(line.state(), Some("approved" | "consolidated")),
        files: report.map_or(0, |report| report.body.evidence.len()),
        report: report.map(|report| links::report(&report.record.id.to_string())),
        theirs: if conflict {
            said_in_words(desk, &stands)
        } else {
            String::new()
        },
        mine,
        back: shown.back.get(&line.indicator).cloned().unwrap_or_default(),
        said: said(desk, sheet, line).await?,
        wrong,
    })
}

/// What a line says, or was to say.
fn said_in_words(desk: &Desk, typed: &Typed) -> String {
    let words = desk.words();
    let value = match typed.answer() {
        Some(true) => words.t("milestone-reached"),
        Some(false) => words.t("milestone-open"),
        _ if typed.denominator.is_empty() && typed.numerator.is_empty() => typed.count.clone(),
        _ => format!("{} / {}", typed.numerator, typed.denominator),
    };
    match (value.is_empty(), typed.note.is_empty()) {
        (true, true) => "–".to_owned(),
        (true, false) => typed.note.clone(),
        (false, true) => value,
        (false, false) => format!("{value} · {}", typed.note),
    }
}

/// What looks wrong with a line as it was saved, with the words that were typed about it.
fn checks(words_of: Translator, report: Option<&Report>, typed: &Typed) -> Vec<Check> {
    let kept = report.map_or(&[][..], |report| &report.body.checks);
    let mut checks = words::checks(words_of, kept);
    for check in &mut checks {
        let said = typed.explanations.iter();
        if let Some(said) = said.rev().find(|said| said.finding == check.token)
            && said.text != check.explanation
        {
            check.explanation.clone_from(&said.text);
            (check.explained, check.stale) = (false, false);
        }
    }
    checks
}

fn numbers(line: &SheetLine) -> String {
    let numbers: Vec<String> = line.numbers.iter().map(u16::to_string).collect();
    numbers.join(", ")
}

/// Why a line was sent back.
async fn said(desk: &Desk, sheet: &Sheet, line: &SheetLine) -> Result<String, Failure> {
    let waits = matches!(sheet.record.state.as_str(), "sent_back" | "reopened");
    let Some(report) = line.report.as_ref().filter(|_| waits) else {
        return Ok(String::new());
    };
    if report.record.state != "sent_back" {
        return Ok(String::new());
    }
    let back = desk.sent_back(report.record.id).await?;
    Ok(back.map_or_else(String::new, |back| back.reason))
}
