//! `GET /ke-hoach-don-vi/{id}`: a unit's own plan.

use axum::extract::Path;
use plan::own_plans::{OwnPlanState, Party, UNIT_PLAN, UnitPlan, ordering_duty};
use plan::projects::states;
use vocab::Id;

use super::super::super::audit::Names;
use super::super::super::{Failure, Page};
use super::super::project::{Desk, person_steps, shown};
use super::overview::{of, state_key, state_status};
use super::unit;
use crate::pages::links;
use crate::pages::own_plans::show::{CoverLine, OwnPlan};
use crate::pages::parts::FormErrors;

/// Shows it.
pub(super) async fn show(desk: Desk, Path(id): Path<String>) -> Result<Page<OwnPlan>, Failure> {
    let unit = unit(&desk, &id)?;
    Ok(Page(page(&desk, unit).await?))
}

/// Its page.
pub(super) async fn page(desk: &Desk, unit: Id) -> Result<OwnPlan, Failure> {
    let plans = &desk.app.plans;
    let principal = &desk.visitor.principal;
    let plan = plans.unit_plan(principal, &desk.view, unit).await?;
    let overview = plans.own_plans(principal, &desk.view).await?;
    let row = overview.rows.iter().find(|row| row.unit == unit);
    let state = row.map_or(OwnPlanState::Missing, |row| row.state);
    let words = desk.words();
    let counted = plan.as_ref().filter(|plan| plan.counts());
    let coverage = plans.own_plan_coverage(&desk.view, unit, plan.as_ref());
    let party = |id: Id| {
        let named = coverage.targets.iter().find(|(target, _)| *target == id);
        match named {
            Some((_, party)) => party_key(*party),
            None if coverage.projects.contains(&id) => "own-plan-owner",
            None => "",
        }
    };
    let ordered = row.is_some_and(|row| row.ordered);
    let duty = match (ordering_duty(&desk.view), ordered, counted.is_some()) {
        (Some(_), true, true) => words.t("own-plan-duty-kept"),
        (Some(_), true, false) => words.t("own-plan-duty-open"),
        _ => words.t("own-plan-no-duty"),
    };
    let id = unit.to_string();
    let record = plan.as_ref().map(|plan| &plan.record);
    let registry = desk.registry();
    let open = record.map_or_else(Vec::new, |record| {
        registry.open_steps(principal, UNIT_PLAN, record)
    });
    let editable = match record {
        Some(record) => registry.may_edit(principal, UNIT_PLAN, record),
        None => super::require(desk, directory::Act::Draft, unit, states::DRAFT).is_ok(),
    };
    let mut names = Names::new(&desk.app, words);
    let steps = match record {
        Some(record) => person_steps(desk, &mut names, UNIT_PLAN, record).await?,
        None => Vec::new(),
    };
    let covers = plan.iter().flat_map(|plan| &plan.body.covers);
    let covers = covers.filter_map(|covered| {
        Some(CoverLine {
            of: of(desk, covered.of)?,
            party: party(covered.of),
            number: covered.number.clone(),
            by: covered.by,
        })
    });
    let left_out = coverage.targets.iter().map(|(id, _)| *id);
    let left_out = left_out
        .chain(coverage.projects.iter().copied())
        .filter(|id| coverage.left_out.contains(id))
        .filter_map(|id| Some((party(id), of(desk, id)?)));
    let body = plan.as_ref().map(|plan| &plan.body);
    let text = |of: fn(&UnitPlan) -> &str| plan.as_ref().map_or("", of).to_owned();
    Ok(OwnPlan {
        unit: desk.unit(Some(unit)),
        state: words.t(state_key(state)),
        status: state_status(state),
        duty,
        recorded: plan.is_some(),
        symbol: text(|plan| &plan.body.symbol),
        on: body.and_then(|body| body.on),
        title: text(|plan| &plan.body.title),
        note: text(|plan| &plan.body.note),
        files: body.map_or_else(Vec::new, |body| shown(&body.evidence)),
        covers: covers.collect(),
        adds: body.map_or_else(Vec::new, |body| body.adds.clone()),
        left_out: left_out.collect(),
        steps,
        version: record.map_or(0, |record| record.version),
        edit: editable.then(|| links::own_plan_edit(&id)),
        moves: [
            ("submit", "project-submit", "gui"),
            ("approve", "project-approve", "duyet"),
        ]
        .iter()
        .filter(|(step, ..)| open.contains(step))
        .map(|(_, key, address)| (*key, links::own_plan_step(&id, address)))
        .collect(),
        reasoned: [("send_back", "project-send-back", "tra-lai")]
            .iter()
            .filter(|(step, ..)| open.contains(step))
            .map(|(_, key, address)| (*key, links::own_plan_step(&id, address)))
            .collect(),
        errors: FormErrors::default(),
        shell: desk.shell(),
    })
}

/// As what a unit is named.
pub(super) const fn party_key(party: Party) -> &'static str {
    match party {
        Party::Lead => "own-plan-lead",
        Party::Partner => "own-plan-partner",
    }
}
