//! `GET /so-do`: how each target is measured, by whose word, and what is in doubt.

use std::collections::HashMap;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use directory::{Act, Subject, province};
use plan::import::{Bound, IndicatorKind};
use plan::view::{IndicatorView, TargetView};
use plan::{INDICATOR, Origin, PlanView};
use vocab::Id;

use super::super::{App, Failure, Page, Visitor};
use super::query::Asked;
use super::{figures, no_plan};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::measures::{Measures, Method, Row};
use crate::pages::parts::Choice;
use crate::pages::shell::Section;

/// What the list shows.
const FILTERS: [(&str, &str); 3] = [
    ("", "measures-all"),
    ("xem-lai", "measures-doubtful"),
    ("chua-xac-nhan", "measures-unconfirmed"),
];

/// Shows them.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let Some(view) = app.plans.view_for(&visitor.principal).await? else {
        return Ok(no_plan(visitor.shell(Section::Plan)));
    };
    let asked = asked.choice("loc").unwrap_or_default();
    Ok(Page(page(&view, &visitor, &asked)).into_response())
}

fn page(view: &PlanView, visitor: &Visitor, asked: &str) -> Measures {
    let shell = visitor.shell(Section::Plan);
    let words = shell.translator;
    let open = |indicator: &IndicatorView| indicator.body.origin != Origin::Confirmed;
    let shown = |target: &&TargetView| match asked {
        "xem-lai" => {
            let doubtful = |of: &IndicatorView| open(of) && !of.body.doubts.is_empty();
            target.indicators.iter().any(doubtful)
        }
        "chua-xac-nhan" => target.indicators.iter().any(open),
        _ => true,
    };
    let editable = may_configure(visitor);
    let rows = view.targets.iter().filter(shown).map(|target| Row {
        number: target.body.number,
        title: target.body.name.clone(),
        goal: target.body.goal.clone(),
        measures: target
            .indicators
            .iter()
            .map(|indicator| Method {
                goal: goal(words, indicator),
                ..method(view, indicator, target.id)
            })
            .collect(),
        edit: (editable && !target.indicators.is_empty())
            .then(|| links::target_measures(target.body.number)),
    });
    let (shared, saved) = saved(view);
    Measures {
        tabs: FILTERS
            .map(|(value, label)| Choice {
                value: if value.is_empty() {
                    links::MEASURES.to_owned()
                } else {
                    format!("{}?loc={value}", links::MEASURES)
                },
                label: words.t(label),
                selected: value == asked,
            })
            .to_vec(),
        shared,
        saved,
        rows: rows.collect(),
        shell,
    }
}

/// Whether somebody says how targets are measured.
pub(super) fn may_configure(visitor: &Visitor) -> bool {
    directory::may(&visitor.principal, Act::Configure, &subject()).is_allowed()
}

pub(super) fn subject() -> Subject<'static> {
    Subject {
        kind: INDICATOR,
        unit: province(),
        state: "",
        author: None,
    }
}

/// How many figures several targets share, and how many entries that has saved: each report
/// would have been written once more for each further target.
fn saved(view: &PlanView) -> (u32, u32) {
    let all = view.targets.iter().flat_map(|target| &target.indicators);
    let shared: HashMap<Id, &IndicatorView> = all
        .filter(|indicator| !indicator.body.also.is_empty())
        .map(|indicator| (indicator.id, indicator))
        .collect();
    let saved = shared.values().map(|indicator| {
        let reports: usize = indicator.units.iter().map(|unit| unit.reports).sum();
        reports * indicator.body.also.len()
    });
    let whole = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    (whole(shared.len()), whole(saved.sum()))
}

/// How an indicator is measured, seen from one of its targets.
pub(super) fn method(view: &PlanView, indicator: &IndicatorView, target: Id) -> Method {
    let body = &indicator.body;
    let others = body.targets().filter(|other| *other != target);
    let numbers = others.filter_map(|other| Some(view.target_by_id(other)?.body.number));
    Method {
        kind: body.measure.kind.name(),
        goal: String::new(),
        counts: body.counts.clone(),
        among: body.among.clone(),
        reason: body.reason.clone(),
        doubts: body.doubts.clone(),
        origin: body.origin.name(),
        also: numbers.collect(),
    }
}

/// What is to be reached: `từ 85% trở lên`.
fn goal(words: Translator, indicator: &IndicatorView) -> String {
    let body = &indicator.body;
    let Some(value) = body.measure.value else {
        return String::new();
    };
    let figure = figures::number(words, body, value);
    let figure = match (body.measure.kind, &body.measure_unit) {
        (IndicatorKind::Count, Some(unit)) => format!("{figure} {unit}"),
        _ => figure,
    };
    let bound = body.measure.bound.unwrap_or(Bound::AtLeast);
    words.t1(&format!("measure-goal-{}", bound.name()), "value", figure)
}
