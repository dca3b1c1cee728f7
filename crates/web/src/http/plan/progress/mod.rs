//! Where the plan stands: the wall, the heat map, what each unit owes, the steering
//! committee's page, what changed, the money, and what of it is public.

mod changes;
mod committee;
mod feed;
mod heat;
mod money;
mod narrow;
mod publication;
pub(super) mod sheets;
mod unit;
mod wall;

use plan::PlanView;
use plan::view::{IndicatorView, JudgedTarget};

use super::super::route_list::{Routes, get};
use super::{figures, reasons};
pub(crate) use changes::row as changed_row;
pub(super) use unit::spread;

use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::progress::{Brief, FileOf};
use sheets::{Cell, Sheet};

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::PROGRESS, get(wall::show))
        .route(links::PROGRESS_HEAT, get(heat::show))
        .route("/tien-do/don-vi/{id}", get(unit::show))
        .route(links::PROGRESS_COMMITTEE, get(committee::show))
        .route(links::PROGRESS_CHANGES, get(changes::show))
        .route(links::PROGRESS_MONEY, get(money::show))
        .route(
            links::PROGRESS_PUBLICATION,
            get(publication::show).post(publication::save),
        )
        .route(links::PROGRESS_FEED, get(feed::send))
        .route("/tien-do/tep/{name}", get(sheets::send))
}

/// The stem of the files of a target's history.
pub(super) const HISTORY: &str = "lich-su";

/// The figures of a target period by period, as a file, each beside where the line to the goal
/// stands.
fn history(view: &PlanView, words: Translator, number: u16) -> Option<Sheet> {
    let target = view.target(number)?;
    let rows = target.indicators.iter().flat_map(|indicator| {
        indicator.trend.iter().map(move |figure| {
            let own = (&indicator.body.measure, &indicator.course);
            // By what was asked on the last day of the period.
            let (measure, course) = indicator.asked_on(figure.period.end()).unwrap_or(own);
            let ratio = figures::ratio(figure.measurement);
            let bound = measure.bound.unwrap_or(plan::import::Bound::AtLeast);
            let end = figure.period.end();
            let needed = measure.value;
            let needed = needed.map(|goal| course.needed(goal, bound, end));
            vec![
                Cell::number(number),
                Cell::text(&indicator.body.name),
                Cell::text(figure.period.code()),
                Cell::decimal(figure.measurement.value()),
                ratio.map_or(Cell::Empty, |(part, _)| Cell::number(part)),
                ratio.map_or(Cell::Empty, |(_, whole)| Cell::number(whole)),
                Cell::decimal(needed),
                Cell::decimal(measure.value),
            ]
        })
    });
    let heads = [
        "col-number",
        "col-target",
        "col-period",
        "col-value",
        "col-numerator",
        "col-denominator",
        "progress-needed",
        "target-goal",
    ];
    Some(Sheet {
        title: words.t1("target-number", "number", number),
        heads: heads.map(|key| words.t(key)).to_vec(),
        rows: rows.collect(),
    })
}

/// The files of a page, with the same query.
pub(super) fn files(name: &str, query: &[(&str, &str)]) -> Vec<FileOf> {
    [("csv", "CSV"), ("xlsx", "XLSX")]
        .map(|(ending, form)| FileOf {
            href: links::progress_file(name, ending, query),
            form: form.to_owned(),
        })
        .to_vec()
}

/// A judged target in short.
fn brief(words: Translator, judged: &JudgedTarget) -> Brief {
    Brief {
        number: judged.number,
        title: judged.name.clone(),
        status: figures::status(judged.standing),
        reason: reasons::of_target(words, judged),
    }
}

/// The figure of a judged target in words; nothing where there is none.
fn figure(words: Translator, judged: &JudgedTarget) -> Option<String> {
    let (measure, figure) = (judged.measure.as_ref()?, judged.figure?);
    let unit = judged.measure_unit.as_deref();
    if let Some(value) = judged.value() {
        return Some(reasons::number(words, measure, unit, value));
    }
    let done = matches!(figure.measurement, plan::Measurement::Reached(true));
    let duty = measure.kind == plan::import::IndicatorKind::Standing;
    Some(words.t(match (duty, done) {
        (true, true) => "duty-done",
        (true, false) => "duty-open",
        (false, true) => "milestone-reached",
        (false, false) => "milestone-open",
    }))
}

/// The goal of a judged target in words: what is to be reached, or else as written.
fn goal(words: Translator, judged: &JudgedTarget) -> String {
    let unit = judged.measure_unit.as_deref();
    let measure = judged.measure.as_ref();
    let said = measure.and_then(|measure| reasons::goal(words, measure, unit));
    // One figure does not say what a cell of several goals asks for.
    match &judged.indicator_name {
        None => said.unwrap_or_else(|| judged.goal.clone()),
        Some(_) => judged.goal.clone(),
    }
}

/// The goal of an indicator in words: what is to be reached, or else as written.
fn goal_of(words: Translator, indicator: &IndicatorView) -> String {
    let body = &indicator.body;
    let said = reasons::goal(words, &body.measure, body.measure_unit.as_deref());
    said.unwrap_or_else(|| body.goal.clone())
}

/// The worst targets first: by how they stand, then by how far they are behind.
fn worst(view: &PlanView) -> Vec<JudgedTarget> {
    let mut judged = view.judged();
    judged.retain(|target| target.standing.is_behind());
    judged.sort_by(|one, other| {
        let standing = other.standing.cmp(&one.standing);
        let behind = || other.behind().cmp(&one.behind());
        standing
            .then_with(behind)
            .then(one.number.cmp(&other.number))
    });
    judged
}
