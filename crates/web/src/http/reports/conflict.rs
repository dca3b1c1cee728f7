//! Two people changed one report: both versions, field by field, nothing lost.

use axum::http::StatusCode;
use axum::response::Response;
use plan::import::IndicatorKind;
use plan::{OBSERVATION, Report};
use vocab::Problem;

use super::super::{Failure, refused};
use super::desk::Desk;
use super::matter::Matter;
use super::typed::{Typed, flag};
use super::words;
use crate::pages::conflict::{Conflict, ConflictField};
use crate::pages::links::{self, ReportStep};
use crate::pages::parts::{Choice, Link};
use crate::pages::shell::Section;

/// The page, with what was typed over what the report says now.
pub(super) async fn show(
    desk: &Desk,
    matter: Matter<'_>,
    typed: &Typed,
    current: &Report,
) -> Result<Response, Failure> {
    let id = current.record.id.to_string();
    let versions = desk
        .registry()
        .history(&desk.visitor.principal, OBSERVATION, &current.record, 1)
        .await?;
    let actor = match versions.first() {
        Some(version) => desk.app.directory.account(version.actor).await?,
        None => None,
    };
    let page = Conflict {
        shell: desk.shell(Section::Reports),
        record: record_link(desk, matter, current),
        action: links::report_step(&id, ReportStep::Edit),
        version: words::version(current),
        person: actor.map_or_else(String::new, |account| account.name),
        at: current.record.at.in_vietnam().datetime(),
        fields: fields(desk, matter.kind(), typed, current),
        files: words::files(&current.body.evidence),
        received: words::files(&typed.received),
        dropped: typed.dropped.clone(),
        said: typed
            .explanations
            .iter()
            .map(|said| (said.finding.clone(), said.text.clone()))
            .collect(),
        open: desk.may_edit(current),
    };
    let status = StatusCode::CONFLICT.as_u16();
    let problem = Problem::new(status, "stale-version", "editing a report that was changed");
    Ok(refused(&problem, page))
}

/// A report's name that leads to it.
pub(super) fn record_link(desk: &Desk, matter: Matter<'_>, report: &Report) -> Link {
    let words = desk.words();
    let text = words.t_args(
        "report-name",
        &[
            ("period", &desk.period_label(matter.period)),
            ("number", &matter.target.body.number),
        ],
    );
    Link::new(links::report(&report.record.id.to_string()), text)
}

fn fields(desk: &Desk, kind: IndicatorKind, typed: &Typed, current: &Report) -> Vec<ConflictField> {
    let words = desk.words();
    let theirs = Typed::of(&current.body, words);
    let field = |name: &str, key: &str, mine: &str, theirs: &str| ConflictField {
        name: name.to_owned(),
        label: words.t(key),
        mine: mine.to_owned(),
        theirs: theirs.to_owned(),
        long: false,
        choices: Vec::new(),
    };
    let mut fields = match kind {
        IndicatorKind::Ratio => vec![
            field(
                "tu-so",
                "col-numerator",
                &typed.numerator,
                &theirs.numerator,
            ),
            field(
                "mau-so",
                "col-denominator",
                &typed.denominator,
                &theirs.denominator,
            ),
        ],
        IndicatorKind::Count => {
            vec![field(
                "so-luong",
                "entry-count",
                &typed.count,
                &theirs.count,
            )]
        }
        IndicatorKind::Milestone => vec![chosen(
            field("hoan-thanh", "entry-milestone", &typed.reached, ""),
            &theirs.reached,
            [words.t("milestone-reached"), words.t("milestone-open")],
        )],
        IndicatorKind::Standing => vec![chosen(
            field("hoan-thanh", "entry-standing", &typed.reached, ""),
            &theirs.reached,
            [words.t("duty-done"), words.t("duty-open")],
        )],
    };
    fields.push(ConflictField {
        long: true,
        ..field("ghi-chu", "note", &typed.note, &theirs.note)
    });
    fields
}

/// A field with two answers to choose from.
fn chosen(field: ConflictField, theirs: &str, labels: [String; 2]) -> ConflictField {
    let values = [flag(true), flag(false)];
    let choices: Vec<Choice> = values
        .into_iter()
        .zip(labels)
        .map(|(value, label)| Choice {
            value: value.to_owned(),
            label,
            selected: value == field.mine,
        })
        .collect();
    let label = |value: &str| {
        let found = choices.iter().find(|choice| choice.value == value);
        found.map_or_else(String::new, |choice| choice.label.clone())
    };
    ConflictField {
        mine: label(&field.mine),
        theirs: label(theirs),
        choices,
        ..field
    }
}
