//! Where the plan stands: the wall, the heat map, what each unit owes, the steering
//! committee's page, what changed, the money, and what of it is public.

mod changes;
mod committee;
mod heat;
mod money;
mod narrow;
mod publication;
mod sheets;
mod unit;
mod wall;

use plan::PlanView;
use plan::standing::Standing;
use plan::view::{IndicatorView, JudgedTarget};

use super::super::route_list::{Routes, get};
use super::{figures, reasons};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::progress::{Brief, FileOf};

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
        .route("/tien-do/tep/{name}", get(sheets::send))
}

/// The files of a page, with the same query.
fn files(name: &str, query: &[(&str, &str)]) -> Vec<FileOf> {
    [("csv", "CSV"), ("xlsx", "XLSX")]
        .map(|(ending, form)| FileOf {
            href: links::progress_file(name, ending, query),
            form,
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
    match judged.value() {
        Some(value) => Some(reasons::number(words, measure, unit, value)),
        None => {
            let done = matches!(figure.measurement, plan::Measurement::Reached(true));
            let duty = measure.kind == plan::import::IndicatorKind::Standing;
            Some(words.t(match (duty, done) {
                (true, true) => "duty-done",
                (true, false) => "duty-open",
                (false, true) => "milestone-reached",
                (false, false) => "milestone-open",
            }))
        }
    }
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
    let bad = [Standing::AtRisk, Standing::DutyMissed, Standing::OffTrack];
    let mut judged = view.judged();
    judged.retain(|target| bad.contains(&target.standing));
    judged.sort_by(|one, other| {
        let standing = other.standing.cmp(&one.standing);
        let behind = || other.behind().cmp(&one.behind());
        standing
            .then_with(behind)
            .then(one.number.cmp(&other.number))
    });
    judged
}
