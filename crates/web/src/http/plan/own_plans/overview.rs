//! `GET /ke-hoach-don-vi`: who has issued a plan of their own, who is late, what nobody covers.

use axum::extract::Path;
use axum::response::Response;
use plan::own_plans::{DueDay, Overview, OwnPlanRow, OwnPlanState};
use vocab::Id;

use super::super::super::{Failure, Page};
use super::super::progress::sheets::{Cell, Sheet, sent};
use super::super::project::{Desk, require_stating};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::own_plans::overview::{OwnPlanLine, OwnPlans};
use crate::pages::parts::Link;
use crate::pages::progress::FileOf;
use crate::pages::status::Status;

/// The stem of its files.
const FILE: &str = "ke-hoach-don-vi";

/// Shows them.
pub(super) async fn show(desk: Desk) -> Result<Page<OwnPlans>, Failure> {
    let principal = &desk.visitor.principal;
    let overview = desk.app.plans.own_plans(principal, &desk.view).await?;
    let words = desk.words();
    let duty = overview.duty.and_then(|id| {
        let duty = desk.view.duties.iter().find(|duty| duty.id == id)?;
        Some((duty.body.text.clone(), duty.body.line))
    });
    let counts = OwnPlanState::ALL.map(|state| {
        let rows = overview.rows.iter();
        let count = rows.filter(|row| row.ordered && row.state == state).count();
        (words.t(state_key(state)), count)
    });
    let files = [("csv", "CSV"), ("xlsx", "XLSX")].map(|(ending, form)| FileOf {
        href: format!("{}/tep/{FILE}.{ending}", links::OWN_PLANS),
        form: form.to_owned(),
    });
    Ok(Page(OwnPlans {
        duty,
        due: overview.due.day(),
        due_said: due_said(words, &overview.due),
        due_href: require_stating(&desk)
            .is_ok()
            .then_some(links::OWN_PLANS_DUE),
        kept: overview.kept(),
        counts: counts.to_vec(),
        rows: overview.rows.iter().map(|row| line(&desk, row)).collect(),
        targets: overview
            .uncovered_targets
            .iter()
            .filter_map(|id| of(&desk, *id))
            .collect(),
        projects: overview
            .uncovered_projects
            .iter()
            .filter_map(|id| of(&desk, *id))
            .collect(),
        files: files.to_vec(),
        shell: desk.shell(),
    }))
}

/// Sends them as a file.
pub(super) async fn send(desk: Desk, Path(name): Path<String>) -> Result<Response, Failure> {
    let unknown = || Failure::not_found("no file of this name");
    let (stem, ending) = name.rsplit_once('.').ok_or_else(unknown)?;
    if stem != FILE {
        return Err(unknown());
    }
    let principal = &desk.visitor.principal;
    let overview = desk.app.plans.own_plans(principal, &desk.view).await?;
    let now = desk.app.store().context().now();
    sent(&sheet(&desk, &overview), stem, ending, now)
}

fn sheet(desk: &Desk, overview: &Overview) -> Sheet {
    let words = desk.words();
    let rows = overview.rows.iter().map(|row| {
        let body = row.plan.as_ref().map(|plan| &plan.body);
        let all = row.coverage.targets.len() + row.coverage.projects.len();
        vec![
            Cell::text(desk.unit(Some(row.unit)).text),
            Cell::text(words.t(state_key(row.state))),
            Cell::text(body.map_or("", |body| &body.symbol)),
            Cell::date(body.and_then(|body| body.on)),
            Cell::number(all - row.coverage.left_out.len()),
            Cell::number(all),
        ]
    });
    let heads = [
        "project-unit",
        "col-status",
        "project-symbol",
        "own-plan-day",
        "own-plans-file-covered",
        "own-plans-file-named",
    ];
    Sheet {
        title: words.t("own-plans-title"),
        heads: heads.map(|key| words.t(key)).to_vec(),
        rows: rows.collect(),
    }
}

/// A target or project, leading to its page.
pub(super) fn of(desk: &Desk, id: Id) -> Option<Link> {
    if let Some(target) = desk.view.target_by_id(id) {
        let number = target.body.number;
        let text = desk.words().t_args(
            "own-plan-target",
            &[
                ("number", &number),
                ("name", &super::super::project::short(&target.body.name)),
            ],
        );
        return Some(Link::new(links::target(number), text));
    }
    let project = desk.view.project(id)?;
    let number = format!("{}/{}", project.body.annex, project.body.code);
    let text = desk.words().t_args(
        "own-plan-project",
        &[
            ("number", &number),
            ("name", &super::super::project::short(&project.body.name)),
        ],
    );
    Some(Link::new(links::project_page(&id.to_string()), text))
}

fn line(desk: &Desk, row: &OwnPlanRow) -> OwnPlanLine {
    let words = desk.words();
    let all = row.coverage.targets.len() + row.coverage.projects.len();
    let body = row.plan.as_ref().map(|plan| &plan.body);
    let plan = body.map_or_else(String::new, |body| match body.on {
        Some(on) => format!("{}, {}", body.symbol, words.date(&on)),
        None => body.symbol.clone(),
    });
    OwnPlanLine {
        unit: Link::new(
            links::own_plan(&row.unit.to_string()),
            desk.unit(Some(row.unit)).text,
        ),
        state: words.t(state_key(row.state)),
        status: state_status(row.state),
        plan,
        covered: (all - row.coverage.left_out.len(), all),
        ordered: row.ordered,
    }
}

/// The name of where a unit stands.
pub(super) const fn state_key(state: OwnPlanState) -> &'static str {
    match state {
        OwnPlanState::Late => "own-plan-state-late",
        OwnPlanState::Missing => "own-plan-state-missing",
        OwnPlanState::Waiting => "own-plan-state-waiting",
        OwnPlanState::Issued => "own-plan-state-issued",
    }
}

/// The mark of it.
pub(super) const fn state_status(state: OwnPlanState) -> Status {
    match state {
        OwnPlanState::Late => Status::OffTrack,
        OwnPlanState::Missing => Status::NoData,
        OwnPlanState::Waiting => Status::AtRisk,
        OwnPlanState::Issued => Status::Done,
    }
}

fn due_said(words: Translator, due: &DueDay) -> String {
    match due {
        DueDay::OfDuty(_) => words.t("own-plans-due-of-duty"),
        DueDay::Stated(_, source) => words.t1("own-plans-due-stated", "source", source),
        DueDay::Default(_, days, why) => {
            words.t_args("own-plans-due-default", &[("days", days), ("why", why)])
        }
        DueDay::Unknown => words.t("own-plans-due-unknown"),
    }
}
