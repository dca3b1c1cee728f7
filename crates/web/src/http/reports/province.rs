//! The reports of all units, for whoever consolidates or follows them.

use directory::Act;
use plan::{OBSERVATION, Report};
use registry::Record;
use store::{Cursor, ListQuery, Scope};
use vocab::{Id, Period};

use super::super::Failure;
use super::desk::Desk;
use super::list::{ALL_UNITS, Asked, checks, files, periods, states, units};
use super::matter::{Matter, period};
use super::words;
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors, Pager};
use crate::pages::report_list::{ReportList, ReportRow};
use crate::pages::shell::Section;
use crate::pages::state::ReportState;

/// How many reports a page shows.
const PAGE: usize = 50;

/// What leaves a unit.
const HANDED_IN: [ReportState; 4] = [
    ReportState::Submitted,
    ReportState::Approved,
    ReportState::Consolidated,
    ReportState::SentBack,
];

/// The reports of a state, in all periods or one.
pub(super) async fn page(desk: &Desk, asked: &Asked) -> Result<ReportList, Failure> {
    let words = desk.words();
    let state = ReportState::lookup(&asked.tinh_trang)
        .filter(|state| HANDED_IN.contains(state))
        .unwrap_or_else(|| usual(desk));
    let shown = match asked.ky.as_str() {
        "" => None,
        text => Some(period(desk, text)?),
    };
    let after: Option<Cursor> = asked.sau.parse().ok();
    let mut query = ListQuery::new(OBSERVATION, Scope::nothing())
        .limit(PAGE)
        .after(after.clone());
    if let Some(period) = shown {
        query = query.filter("period", period.code());
    }
    let principal = &desk.visitor.principal;
    let page = desk
        .registry()
        .list(principal, query, Some(state.value()))
        .await?;
    let code = shown.map_or_else(String::new, Period::code);
    let here = links::report_list(&code, state.value(), ALL_UNITS);
    let dues = desk.dues().await?;
    let mut rows = Vec::with_capacity(page.items.len());
    for record in page.items {
        let mut row = row(desk, record)?;
        let id = row.id.as_deref().and_then(|id| id.parse().ok());
        row.due = id.and_then(|id| dues.get(&id).copied());
        rows.push(row);
    }
    let mut choices = vec![Choice {
        value: String::new(),
        label: words.t("periods-all"),
        selected: shown.is_none(),
    }];
    choices.extend(periods(desk, shown));
    Ok(ReportList {
        shell: desk.shell(Section::Reports),
        unit: words.t("units-all"),
        period: shown.map_or_else(
            || words.t("periods-all-inline"),
            |period| desk.period_label(period),
        ),
        progress: words.t1("report-list-count", "count", rows.len()),
        periods: choices,
        states: states(desk, &HANDED_IN, state.value(), false),
        units: units(desk, None),
        approves: false,
        excel: None,
        asked: [
            ("ky", code),
            ("tinh-trang", state.value().to_owned()),
            ("don-vi", ALL_UNITS.to_owned()),
        ],
        rows,
        pager: Pager {
            previous: after.map(|_| here.clone()),
            next: page.next.map(|mark| format!("{here}&sau={mark}")),
        },
        errors: FormErrors::default(),
    })
}

/// What the reader looks for first.
fn usual(desk: &Desk) -> ReportState {
    if desk.may_of(Act::Consolidate, Id::NIL, "approved") {
        ReportState::Approved
    } else {
        ReportState::Consolidated
    }
}

fn row(desk: &Desk, record: Record) -> Result<ReportRow, Failure> {
    let report = Report {
        body: record.read()?,
        record,
    };
    let matter = Matter::of(desk, &report)?;
    let id = report.record.id.to_string();
    Ok(ReportRow {
        number: matter.target.body.number,
        title: matter.title(),
        unit: format!(
            "{} · {}",
            desk.unit_name(matter.unit),
            desk.period_label(matter.period)
        ),
        goal: matter.indicator.body.goal.clone(),
        previous: None,
        current: words::value(matter.indicator, &report),
        state: Some(words::state(&report)),
        files: files(&report),
        checks: checks(&report),
        due: None,
        href: links::report(&id),
        id: Some(id),
        tick: None,
        ticked: false,
    })
}
