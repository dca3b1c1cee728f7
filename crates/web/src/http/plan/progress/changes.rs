//! `GET /tien-do/thay-doi`: what changed since a day.

use axum::extract::{Query, State};
use axum::response::Response;
use jiff::ToSpan as _;
use jiff::civil::Date;
use plan::view::{TargetChange, changed};
use plan::{PlanError, PlanView};
use registry::RegistryError;
use vocab::Instant;

use super::super::super::{App, Failure, Visitor, page_tag};
use super::super::query::Asked;
use super::super::{figures, no_plan};
use super::sheets::{Cell, Sheet};
use super::{figure, files};
use crate::i18n::Translator;
use crate::pages::progress::changes::{ChangeRow, Changes};
use crate::pages::shell::Section;

/// The stem of its files.
pub(super) const FILE: &str = "thay-doi";

/// So many days back, where no day is asked for.
const WEEK: i64 = 7;

/// The day that is asked for, else that of a week ago.
pub(super) fn since(app: &App, asked: &Asked) -> Date {
    let today = app.store().context().now().in_vietnam().date();
    let asked = asked.choice("tu").and_then(|day| day.parse().ok());
    let week = || today.checked_sub(WEEK.days()).unwrap_or(today);
    asked.filter(|day| *day <= today).unwrap_or_else(week)
}

/// What changed since the beginning of a day; nothing where that is too much to look through.
pub(super) async fn of(
    app: &App,
    view: &PlanView,
    since: Date,
) -> Result<Option<Vec<TargetChange>>, Failure> {
    let begin = Instant::from_vietnam(since.at(0, 0, 0, 0));
    // What was at the beginning of the day is what was at the end of the day before.
    let eve = Instant::from_micros(begin.as_micros() - 1);
    match app.plans.view_at(eve).await {
        Ok(before) => Ok(Some(changed(before.as_deref(), view, eve))),
        Err(PlanError::Registry(RegistryError::Refused(problem)))
            if problem.code == "too-much-changed" =>
        {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let Some(view) = app.plans.view_for(&visitor.principal).await? else {
        return Ok(no_plan(visitor.shell(Section::Progress)));
    };
    let since = since(&app, &asked);
    let changes = of(&app, &view, since).await?;
    Ok(page_tag::of_content(&visitor, Section::Progress, |shell| {
        let words = shell.translator;
        let day = since.to_string();
        Changes {
            since,
            too_much: changes.is_none(),
            rows: changes
                .iter()
                .flatten()
                .map(|change| row(words, change))
                .collect(),
            files: files(FILE, &[("tu", &day)]),
            shell,
        }
    }))
}

/// A changed target, in words.
pub(crate) fn row(words: Translator, change: &TargetChange) -> ChangeRow {
    let named = change.after.as_ref().or(change.before.as_ref());
    let what = match (&change.before, &change.after) {
        (None, _) => "progress-added",
        (_, None) => "progress-dropped",
        _ if change.worse() => "progress-worse",
        _ if change.standing() => "progress-better",
        _ if change.figure() => "progress-new-figure",
        _ if change.asked() => "progress-asked-otherwise",
        _ => "progress-more-reports",
    };
    let standing = |judged: &Option<plan::JudgedTarget>| {
        judged
            .as_ref()
            .map(|judged| figures::status(judged.standing))
    };
    let figure = |judged: &Option<plan::JudgedTarget>| {
        judged.as_ref().and_then(|judged| figure(words, judged))
    };
    ChangeRow {
        number: change.number,
        title: named.map_or_else(String::new, |judged| judged.name.clone()),
        what: words.t(what),
        before: standing(&change.before),
        after: standing(&change.after),
        figure_before: figure(&change.before),
        figure_after: figure(&change.after),
        reports: u32::try_from(change.reports).unwrap_or(u32::MAX),
    }
}

/// The same as a file.
pub(super) fn sheet(words: Translator, changes: &[TargetChange]) -> Sheet {
    let status = |status: Option<crate::pages::status::Status>| {
        Cell::text(status.map_or_else(String::new, |status| words.t(status.key())))
    };
    let rows = changes.iter().map(|change| {
        let row = row(words, change);
        vec![
            Cell::number(row.number),
            Cell::text(row.title),
            Cell::text(row.what),
            status(row.before),
            Cell::text(row.figure_before.unwrap_or_default()),
            status(row.after),
            Cell::text(row.figure_after.unwrap_or_default()),
            Cell::number(row.reports),
        ]
    });
    let heads = [
        "col-number",
        "col-target",
        "progress-what-changed",
        "progress-before",
        "progress-figure-before",
        "progress-now",
        "progress-figure-now",
        "progress-reports",
    ];
    Sheet {
        title: words.t("progress-changes"),
        heads: heads.map(|key| words.t(key)).to_vec(),
        rows: rows.collect(),
    }
}
