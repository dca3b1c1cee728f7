//! `/bao-cao`: what a unit reports in a period, target by target.

use std::collections::HashMap;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use directory::Act;
use plan::import::IndicatorKind;
use plan::{Measurement, OBSERVATION, Report};
use serde::Deserialize;
use vocab::PeriodKind;
use vocab::{Id, Period};

use super::super::{Failure, Page};
use super::begin::address;
use super::desk::Desk;
use super::matter::{Matter, before, period};
use super::{province, words};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors, Pager};
use crate::pages::reading::Reading;
use crate::pages::report_list::{ReportList, ReportRow};
use crate::pages::shell::Section;
use crate::pages::state::ReportState;

/// The unit of the list over all units.
pub(super) const ALL_UNITS: &str = "tat-ca";

/// The state of what was not begun.
const NOT_BEGUN: &str = "none";

/// What to show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Asked {
    pub ky: String,
    pub tinh_trang: String,
    pub don_vi: String,
    pub sau: String,
}

impl Asked {
    /// The list that this asks for.
    pub(super) fn href(&self) -> String {
        links::report_list(&self.ky, &self.tinh_trang, &self.don_vi)
    }
}

/// What is ticked and what is wrong, when a list comes back.
#[derive(Debug, Default)]
pub(super) struct Returned {
    pub ticked: Vec<Id>,
    pub errors: FormErrors,
}

/// Shows it.
pub(super) async fn show(desk: Desk, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    desk.visitor.account()?;
    let page = page(&desk, &asked, Returned::default()).await?;
    Ok(Page(page).into_response())
}

/// The list of one of the reader's units, or of all units for whoever follows them.
pub(super) async fn page(
    desk: &Desk,
    asked: &Asked,
    returned: Returned,
) -> Result<ReportList, Failure> {
    let own = desk.own_units();
    let chosen = own
        .iter()
        .copied()
        .find(|unit| asked.don_vi.parse() == Ok(*unit));
    let unit = chosen.or(own.first().copied());
    match unit {
        Some(unit) if !(asked.don_vi == ALL_UNITS && follows(desk)) => {
            of_unit(desk, asked, unit, returned).await
        }
        _ => province::page(desk, asked).await,
    }
}

/// Whether the reader sees what all units have handed in.
fn follows(desk: &Desk) -> bool {
    desk.may_of(Act::Read, Id::NIL, "submitted")
}

/// The latest quarter that has begun.
pub(in crate::http) fn latest_period(desk: &Desk) -> Option<Period> {
    let (periods, today) = (desk.view.periods(), desk.today());
    let quarters = periods
        .iter()
        .filter(|period| period.kind() == PeriodKind::Quarter);
    let begun = quarters.clone().rfind(|period| period.start() <= today);
    begun.or(quarters.clone().next()).copied()
}

async fn of_unit(
    desk: &Desk,
    asked: &Asked,
    unit: Id,
    returned: Returned,
) -> Result<ReportList, Failure> {
    let words = desk.words();
    let shown = if asked.ky.is_empty() {
        latest_period(desk).ok_or_else(|| Failure::not_found("a plan without a year"))?
    } else {
        period(desk, &asked.ky)?
    };
    let rows = Rows {
        desk,
        unit,
        period: shown,
        reports: of_period(desk, unit, Some(shown)).await?,
        before: of_period(desk, unit, before(desk, shown)).await?,
        dues: desk.dues().await?,
        returned: &returned,
    };
    let mut rows = rows.all();
    let total = rows.len();
    let done = rows.iter().filter(|row| row.current.is_some()).count();
    let state = asked.tinh_trang.as_str();
    rows.retain(|row| match state {
        "" => true,
        NOT_BEGUN => row.state.is_none(),
        state => row.state.is_some_and(|known| known.value() == state),
    });
    Ok(ReportList {
        shell: desk.shell(Section::Reports),
        unit: desk.unit_name(unit),
        period: desk.period_label(shown),
        progress: words.t_args(
            "report-list-progress",
            &[("done", &done), ("total", &total)],
        ),
        periods: periods(desk, Some(shown)),
        states: states(desk, &ReportState::ALL, state, true),
        units: units(desk, Some(unit)),
        approves: desk.may_of(Act::Approve, unit, "submitted"),
        excel: desk
            .may_of(Act::Draft, unit, "draft")
            .then(|| links::excel(links::EXCEL, &shown.code(), &unit.to_string(), "")),
        asked: [
            ("ky", shown.code()),
            ("tinh-trang", state.to_owned()),
            ("don-vi", unit.to_string()),
        ],
        rows,
        pager: Pager::default(),
        errors: returned.errors,
    })
}

/// The unit's reports for a period by indicator.
pub(super) async fn of_period(
    desk: &Desk,
    unit: Id,
    period: Option<Period>,
) -> Result<HashMap<Id, Report>, Failure> {
    let Some(period) = period else {
        return Ok(HashMap::new());
    };
    let principal = &desk.visitor.principal;
    let reports = desk
        .app
        .plans
        .reports_of(principal, &[unit], period)
        .await?;
    let by_indicator = reports
        .into_iter()
        .map(|report| (report.body.indicator, report));
    Ok(by_indicator.collect())
}

/// What the rows of a unit's list are made of.
struct Rows<'a> {
    desk: &'a Desk,
    unit: Id,
    period: Period,
    reports: HashMap<Id, Report>,
    before: HashMap<Id, Report>,
    dues: HashMap<Id, crate::pages::inbox::Due>,
    returned: &'a Returned,
}

impl Rows<'_> {
    /// One for each indicator of each target that the unit reports on.
    fn all(&self) -> Vec<ReportRow> {
        let targets = self.desk.view.reported_by(self.unit);
        let matters = targets.flat_map(|target| {
            target.indicators.iter().map(move |indicator| Matter {
                target,
                indicator,
                unit: self.unit,
                period: self.period,
            })
        });
        matters.map(|matter| self.row(matter)).collect()
    }

    fn row(&self, matter: Matter<'_>) -> ReportRow {
        let desk = self.desk;
        let report = self.reports.get(&matter.indicator.id);
        let href = match report {
            Some(report) => address(desk, report),
            None if desk.may_of(Act::Draft, self.unit, "draft") => matter.begin(),
            None => links::target(matter.target.body.number),
        };
        let before = self.before.get(&matter.indicator.id);
        let value = |report: &Report| words::value(matter.indicator, report);
        let id = report.map(|report| report.record.id);
        ReportRow {
            number: matter.target.body.number,
            title: matter.title(),
            unit: String::new(),
            goal: matter.indicator.body.goal.clone(),
            previous: before.and_then(value).or_else(|| started(matter)),
            current: report.and_then(value),
            state: report.map(words::state),
            files: report.map_or(0, files),
            checks: report.map_or(0, checks),
            due: id.and_then(|id| self.dues.get(&id).copied()),
            id: id.map(|id| id.to_string()),
            tick: report
                .filter(|report| may_approve(desk, report))
                .map(|report| format!("{}:{}", report.record.id, report.record.version)),
            ticked: id.is_some_and(|id| self.returned.ticked.contains(&id)),
            href,
        }
    }
}

/// Where the figure stood when the plan began, where nothing was reported yet. It speaks of the
/// whole: only for a unit that reports alone it is its own.
fn started(matter: Matter<'_>) -> Option<Reading> {
    if matter.target.reporters != [matter.unit] || matter.indicator.figure.is_some() {
        return None;
    }
    let body = &matter.indicator.body;
    let start = body.start()?.normalized();
    match matter.kind() {
        IndicatorKind::Ratio => Some(Reading::Percent(start)),
        _ => Reading::of(body, Measurement::Count(start)),
    }
}

fn may_approve(desk: &Desk, report: &Report) -> bool {
    let principal = &desk.visitor.principal;
    report.record.state == "submitted"
        && desk
            .registry()
            .may(principal, Act::Approve, OBSERVATION, &report.record)
}

/// How many files a report has.
pub(super) fn files(report: &Report) -> u32 {
    u32::try_from(report.body.evidence.len()).unwrap_or(u32::MAX)
}

/// How much looks wrong with a report's value.
pub(super) fn checks(report: &Report) -> u32 {
    u32::try_from(report.body.checks.len()).unwrap_or(u32::MAX)
}

/// The periods to choose from that have begun.
pub(in crate::http) fn periods(desk: &Desk, shown: Option<Period>) -> Vec<Choice> {
    let today = desk.today();
    let begun = desk.view.periods().into_iter();
    let begun = begun.filter(|period| period.start() <= today);
    let choice = |period: Period| Choice {
        value: period.code(),
        label: desk.period_title(period),
        selected: Some(period) == shown,
    };
    begun.map(choice).collect()
}

/// The states to choose from.
pub(super) fn states(desk: &Desk, states: &[ReportState], shown: &str, any: bool) -> Vec<Choice> {
    let words = desk.words();
    let choice = |value: &str, key: &str| Choice {
        value: value.to_owned(),
        label: words.t(key),
        selected: value == shown,
    };
    let any = any.then(|| [choice("", "filter-all"), choice(NOT_BEGUN, "state-none")]);
    let known = states
        .iter()
        .map(|state| choice(state.value(), state.key()));
    any.into_iter().flatten().chain(known).collect()
}

/// The reader's units, and all of them for whoever follows all; nothing where there is no
/// choice.
pub(super) fn units(desk: &Desk, shown: Option<Id>) -> Vec<Choice> {
    let own = desk.own_units().into_iter().map(|unit| Choice {
        value: unit.to_string(),
        label: desk.unit_name(unit),
        selected: Some(unit) == shown,
    });
    let all = follows(desk).then(|| Choice {
        value: ALL_UNITS.to_owned(),
        label: desk.words().t("units-all"),
        selected: shown.is_none(),
    });
    let choices: Vec<Choice> = own.chain(all).collect();
    if choices.len() > 1 {
        choices
    } else {
        Vec::new()
    }
}
