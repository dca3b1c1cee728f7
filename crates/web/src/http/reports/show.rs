//! `/bao-cao/{id}`: one report.

use axum::extract::Path;
use directory::Act;
use plan::{OBSERVATION, Report};

use super::super::{Failure, Page, figures, rights};
use super::desk::Desk;
use super::matter::{Matter, before};
use super::{opinions, words};
use crate::pages::links::{self, ReportStep};
use crate::pages::observation::{Allowed, ComputedShown, Observation, Said};
use crate::pages::parts::FormErrors;
use crate::pages::shell::Section;

/// Shows it.
pub(super) async fn show(desk: Desk, Path(id): Path<String>) -> Result<Page<Observation>, Failure> {
    let report = desk.report(&id).await?;
    Ok(Page(page(&desk, &report).await?))
}

/// The page of a report.
pub(super) async fn page(desk: &Desk, report: &Report) -> Result<Observation, Failure> {
    let matter = Matter::of(desk, report)?;
    let principal = &desk.visitor.principal;
    let previous = match before(desk, matter.period) {
        Some(period) => {
            desk.app
                .plans
                .report_on(principal, matter.indicator.id, matter.unit, period)
                .await?
        }
        None => None,
    };
    Ok(Observation {
        shell: desk.shell(Section::Reports),
        id: report.record.id.to_string(),
        version: words::version(report),
        number: matter.target.body.number,
        title: matter.title(),
        goal: matter.indicator.body.goal.clone(),
        unit: desk.unit_name(matter.unit),
        period: desk.period_label(matter.period),
        state: words::state(report),
        reading: words::value(matter.indicator, report),
        ratio: [report.body.numerator, report.body.denominator],
        missing: words::missing(desk, matter.indicator, report),
        previous: previous.and_then(|report| words::value(matter.indicator, &report)),
        checks: words::checks(desk.words(), &report.body.checks),
        computed: computed(desk, matter, report),
        note: report.body.note.clone(),
        files: words::files(&report.body.evidence),
        opinions: opinions::beside(desk, report, matter.indicator).await?,
        steps: desk.steps(report).await?,
        inside: desk.sees_inside(&report.record),
        explains: rights::may_ask(&desk.visitor),
        allowed: allowed(desk, report),
        said: Said::default(),
        errors: FormErrors::default(),
    })
}

/// What was computed for a report, for whoever reads it.
fn computed(desk: &Desk, matter: Matter<'_>, report: &Report) -> Option<ComputedShown> {
    let body = &report.body;
    let computed = body.computed.as_ref()?;
    let corrected = body.is_corrected(matter.kind());
    let systems = desk.registry().systems();
    let shown = figures::computed(systems, desk.words(), computed, corrected);
    let id = report.record.id.to_string();
    Some(ComputedShown {
        recompute: desk
            .may_edit(report)
            .then(|| links::report_step(&id, ReportStep::Recompute)),
        ..shown
    })
}

fn allowed(desk: &Desk, report: &Report) -> Allowed {
    let (registry, principal) = (desk.registry(), &desk.visitor.principal);
    let steps = registry.open_steps(principal, OBSERVATION, &report.record);
    Allowed {
        edit: desk.may_edit(report),
        submit: steps.contains(&"submit"),
        approve: steps.contains(&"approve"),
        send_back: steps.contains(&"send_back"),
        consolidate: steps.contains(&"consolidate"),
        comment: registry.may(principal, Act::Comment, OBSERVATION, &report.record),
    }
}
