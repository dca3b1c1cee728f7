//! `GET /tien-do`: the progress wall.

use axum::extract::{Query, State};
use axum::response::Response;
use plan::PlanView;
use plan::view::TargetView;

use super::super::super::{App, Failure, Visitor};
use super::super::query::Asked;
use super::super::{figures, headings, measures, reasons, shown};
use super::narrow::Narrowed;
use super::sheets::{Cell, Sheet};
use super::{figure, files, goal};
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::progress::wall::{Tile, TileGroup, Wall};
use crate::pages::shell::Section;

/// The stem of its files.
pub(super) const FILE: &str = "muc-tieu";

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let publishes = measures::may_configure(&visitor);
    shown(&app, &visitor, Section::Progress, |view, shell| {
        page(view, shell, &asked, publishes)
    })
    .await
}

fn page(view: &PlanView, shell: Shell, asked: &Asked, publishes: bool) -> Wall {
    let words = shell.translator;
    let narrowed = Narrowed::of(view, asked);
    let targets = narrowed.targets(view);
    let query = narrowed.query();
    let query: Vec<(&str, &str)> = query
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let groups = headings::by_heading(view, &targets).into_iter();
    Wall {
        narrowings: narrowed.choices(view, words),
        narrowed: narrowed.any(),
        total: u32::try_from(view.targets.len()).unwrap_or(u32::MAX),
        until: view.figures_until(),
        rule: view.rule.version.clone(),
        counts: targets
            .iter()
            .map(|target| figures::status(target.standing))
            .collect(),
        groups: groups
            .map(|(heading, targets)| TileGroup {
                title: heading.map_or_else(|| words.t("target-list-title"), headings::title),
                tiles: targets
                    .into_iter()
                    .map(|target| tile(view, words, target))
                    .collect(),
            })
            .collect(),
        files: files(FILE, &query),
        publishes,
        shell,
    }
}

fn tile(view: &PlanView, words: Translator, target: &TargetView) -> Tile {
    let judged = target.judged(view);
    Tile {
        number: judged.number,
        status: figures::status(judged.standing),
        figure: figure(words, &judged).unwrap_or_else(|| "–".to_owned()),
        goal: goal(words, &judged),
        reason: reasons::of_target(words, &judged),
        published: judged.published,
        title: judged.name,
    }
}

/// The targets that a query narrows to, as a file.
pub(super) fn sheet(view: &PlanView, words: Translator, asked: &Asked) -> Sheet {
    let rows = Narrowed::of(view, asked).targets(view);
    let rows = rows.into_iter().map(|target| {
        let judged = target.judged(view);
        let ratio = judged
            .figure
            .and_then(|figure| figures::ratio(figure.measurement));
        let leads = target.body.leads.iter();
        let leads: Vec<String> = leads
            .map(|party| super::super::parties::name(view, party))
            .collect();
        vec![
            Cell::number(judged.number),
            Cell::text(&judged.group),
            Cell::text(&judged.name),
            Cell::text(&judged.goal),
            Cell::text(leads.join("; ")),
            Cell::date(judged.due),
            Cell::decimal(judged.value()),
            ratio.map_or(Cell::Empty, |(part, _)| Cell::number(part)),
            ratio.map_or(Cell::Empty, |(_, whole)| Cell::number(whole)),
            Cell::text(judged.measure_unit.as_deref().unwrap_or_default()),
            Cell::date(judged.figure.map(|figure| figure.period.end())),
            Cell::text(words.t(figures::status(judged.standing).key())),
            Cell::text(reasons::of_target(words, &judged)),
            Cell::text(judged.rule),
        ]
    });
    Sheet {
        title: words.t("progress-wall"),
        heads: [
            "col-number",
            "filter-group",
            "col-target",
            "target-goal",
            "col-lead",
            "progress-due",
            "col-value",
            "col-numerator",
            "col-denominator",
            "progress-measure-unit",
            "progress-until",
            "col-status",
            "progress-reason",
            "progress-rule",
        ]
        .map(|key| words.t(key))
        .to_vec(),
        rows: rows.collect(),
    }
}
