//! `GET /tien-do/ban-do-nhiet`: units and targets.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use directory::UnitTree;
use jiff::civil::Date;
use plan::PlanView;
use plan::view::{Board, UnitRow};

use super::super::super::{App, Failure, Visitor, page_tag};
use super::super::query::Asked;
use super::super::{figures, headings, no_plan};
use super::files;
use super::sheets::{Cell, Sheet};
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::links;
use crate::pages::parts::{Choice, Link};
use crate::pages::progress::Narrowing;
use crate::pages::progress::heat::{self, Heat, HeatRow};
use crate::pages::shell::Section;
use crate::pages::status::Status;

/// The stem of its files.
pub(super) const FILE: &str = "don-vi-va-muc-tieu";
/// How many letters of a name stand beside the map.
const SHORT: usize = 36;

/// What a query asks to see.
pub(super) struct Shown {
    group: Option<String>,
    /// The day whose units are asked for, if another than that of the plan.
    day: Option<Date>,
    board: Option<Board>,
    units: Arc<UnitTree>,
}

impl Shown {
    pub(super) async fn of(app: &App, view: &PlanView, asked: &Asked) -> Result<Self, Failure> {
        let known = |code: &String| view.body.groups.iter().any(|group| &group.code == code);
        let day: Option<Date> = asked.choice("ngay").and_then(|day| day.parse().ok());
        let day = day.filter(|day| Some(*day) != view.date);
        let (board, units) = match day {
            None => (None, view.units.clone()),
            Some(day) => {
                let units = app.directory.units_on(day).await?;
                let succession = app.directory.succession().await?;
                let board = view.board_on(&succession, &units, day);
                (Some(board), units)
            }
        };
        Ok(Self {
            group: asked.choice("nhom").filter(known),
            day,
            board,
            units,
        })
    }

    fn board<'s>(&'s self, view: &'s PlanView) -> &'s Board {
        self.board.as_ref().unwrap_or(&view.board)
    }

    /// The places of the targets that are shown.
    fn places(&self, view: &PlanView) -> Vec<usize> {
        let shown = view.targets.iter().enumerate();
        let of_group = |target: &plan::view::TargetView| {
            let group = self.group.as_ref();
            group.is_none_or(|group| &target.body.group == group)
        };
        let shown = shown.filter(|(_, target)| of_group(target));
        shown.map(|(place, _)| place).collect()
    }

    fn name(&self, row: &UnitRow) -> String {
        let unit = self.units.get(row.unit);
        unit.map_or_else(|| row.unit.to_string(), |unit| unit.name.clone())
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let parts = [
            ("nhom", self.group.clone()),
            ("ngay", self.day.map(|day| day.to_string())),
        ];
        let said = parts.into_iter();
        said.filter_map(|(name, value)| Some((name, value?)))
            .collect()
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
    let shown = Shown::of(&app, &view, &asked).await?;
    // Units of another day may change without the plan.
    Ok(match shown.day {
        None => page_tag::of_view(&app, &visitor, Section::Progress, &view, |shell| {
            page(&view, shell, &shown)
        }),
        Some(_) => page_tag::of_content(&visitor, Section::Progress, |shell| {
            page(&view, shell, &shown)
        }),
    })
}

fn page(view: &PlanView, shell: Shell, shown: &Shown) -> Heat {
    let words = shell.translator;
    let places = shown.places(view);
    let query = shown.query();
    let query: Vec<(&str, &str)> = query
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let rows = shown.board(view).units.iter();
    let rows = rows.filter_map(|row| heat_row(words, shown, row, &places));
    Heat {
        narrowings: vec![groups(view, words, shown)],
        until: view.figures_until(),
        day: shown.day.or(view.date).unwrap_or_default(),
        restated: shown.day.is_some(),
        targets: places
            .iter()
            .filter_map(|place| view.targets.get(*place))
            .map(|target| target.body.number)
            .collect(),
        rows: rows.collect(),
        files: files(FILE, &query),
        shell,
    }
}

/// A row of the map; nothing for a unit that owes none of the targets that are shown.
fn heat_row(words: Translator, shown: &Shown, row: &UnitRow, places: &[usize]) -> Option<HeatRow> {
    let mut paths: HashMap<Status, String> = HashMap::new();
    let mut statuses: Vec<Status> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let Some(standing) = row.cells.get(*place).copied().flatten() else {
            continue;
        };
        let status = figures::status(standing);
        heat::shape(paths.entry(status).or_default(), status, at);
        statuses.push(status);
    }
    if statuses.is_empty() {
        return None;
    }
    let name = shown.name(row);
    // Cut between words, and without a mark, so that the name that is read out begins with it.
    let short = match name.char_indices().nth(SHORT) {
        None => name.clone(),
        Some((end, _)) => {
            let cut = &name[..end];
            cut.rsplit_once(' ')
                .map_or(cut, |(words, _)| words)
                .to_owned()
        }
    };
    let cells = Status::ALL.into_iter();
    Some(HeatRow {
        unit: Link::new(links::progress_unit(&row.unit.to_string()), name),
        short,
        counts: statuses.into_iter().collect(),
        latest: row
            .latest
            .map_or_else(|| "–".to_owned(), |period| period.label(words.lang)),
        cells: cells
            .filter_map(|status| Some((status.class(), paths.remove(&status)?)))
            .collect(),
    })
}

fn groups(view: &PlanView, words: Translator, shown: &Shown) -> Narrowing {
    let day = shown.day.map(|day| day.to_string()).unwrap_or_default();
    let choice = |label: String, group: Option<&str>| Choice {
        value: links::with_query(
            links::PROGRESS_HEAT,
            &[("nhom", group.unwrap_or_default()), ("ngay", &day)],
        ),
        label,
        selected: shown.group.as_deref() == group,
    };
    let groups = view.body.groups.iter();
    let groups = groups.map(|heading| choice(headings::title(heading), Some(&heading.code)));
    Narrowing {
        label: words.t("filter-group"),
        choices: std::iter::once(choice(words.t("filter-all"), None))
            .chain(groups)
            .collect(),
        folded: false,
    }
}

/// Units down, targets across, as a file.
pub(super) fn sheet(view: &PlanView, words: Translator, shown: &Shown) -> Sheet {
    let places = shown.places(view);
    let numbers = places.iter().filter_map(|place| view.targets.get(*place));
    let numbers = numbers.map(|target| target.body.number.to_string());
    let rows = shown.board(view).units.iter();
    let rows = rows.map(|row| {
        let cells = places.iter().map(|place| {
            let standing = row.cells.get(*place).copied().flatten();
            standing.map_or(Cell::Empty, |standing| {
                Cell::text(words.t(figures::status(standing).key()))
            })
        });
        std::iter::once(Cell::text(shown.name(row)))
            .chain(cells)
            .collect()
    });
    Sheet {
        title: words.t("progress-heat"),
        heads: std::iter::once(words.t("col-unit"))
            .chain(numbers)
            .collect(),
        rows: rows.collect(),
    }
}
