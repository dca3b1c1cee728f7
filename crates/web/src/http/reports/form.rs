//! The form of a report, filled with what is known or was typed.

use axum::response::Response;
use plan::{Computed, Report, ReportDraft};
use vocab::Problem;

use super::super::{Failure, figures, form_errors, refused};
use super::NAMES;
use super::desk::Desk;
use super::matter::{Matter, before};
use super::typed::Typed;
use super::words;
use crate::pages::checks::{Check, anchor};
use crate::pages::links::{self, ReportStep};
use crate::pages::observation::ComputedShown;
use crate::pages::observation_edit::{ObservationEdit, PreviousPeriod};
use crate::pages::parts::{FieldError, FormErrors};
use crate::pages::shell::Section;

/// Where a problem stands that is about no field.
const WHOLE_FORM: &str = "bao-cao";

/// The form of a new report, or of one that is known.
pub(super) async fn page(
    desk: &Desk,
    matter: Matter<'_>,
    known: Option<&Report>,
    typed: &Typed,
) -> Result<ObservationEdit, Failure> {
    let due = match known {
        Some(report) => desk.dues().await?.remove(&report.record.id),
        None => None,
    };
    let indicator = &matter.indicator.body;
    Ok(ObservationEdit {
        shell: desk.shell(Section::Reports),
        action: known.map_or_else(
            || matter.begin(),
            |report| links::report_step(&report.record.id.to_string(), ReportStep::Edit),
        ),
        number: matter.target.body.number,
        title: matter.title(),
        goal: indicator.goal.clone(),
        unit: desk.unit_name(matter.unit),
        period: desk.period_label(matter.period),
        due,
        version: known.map_or(0, words::version),
        entry: typed.entry(
            desk.words(),
            matter.kind(),
            indicator.measure_unit.as_deref(),
            [indicator.counts.as_deref(), indicator.among.as_deref()],
        ),
        checks: checks(desk, matter, typed).await?,
        computed: computed(desk, matter, known).await?,
        note: typed.note.clone(),
        files: known.map_or_else(Vec::new, |report| words::files(&report.body.evidence)),
        received: words::files(&typed.received),
        dropped: typed.dropped.clone(),
        previous: previous(desk, matter).await?,
        sent_back: match known {
            Some(report) if report.record.state == "sent_back" => {
                desk.sent_back(report.record.id).await?
            }
            _ => None,
        },
        errors: FormErrors::default(),
        file_limit_bytes: desk.app.settings.evidence_limit,
    })
}

/// What is offered for a report, or was computed for it when it was begun.
async fn computed(
    desk: &Desk,
    matter: Matter<'_>,
    known: Option<&Report>,
) -> Result<Option<ComputedShown>, Failure> {
    let kept = known.and_then(|report| report.body.computed.clone());
    let computed = match (kept, known) {
        (None, None) => offered(desk, matter).await?,
        (kept, _) => kept,
    };
    let corrected = known.is_some_and(|report| report.body.is_corrected(matter.kind()));
    let systems = desk.registry().systems();
    Ok(computed.map(|of| figures::computed(systems, desk.words(), &of, corrected)))
}

/// The figure that is offered for what a report is about.
pub(super) async fn offered(desk: &Desk, matter: Matter<'_>) -> Result<Option<Computed>, Failure> {
    let plans = &desk.app.plans;
    let (unit, period) = (matter.unit, matter.period);
    Ok(plans
        .offered(&desk.view, matter.indicator.id, unit, period)
        .await?)
}

/// The form again, with what was typed and what is wrong with it.
pub(super) async fn again(
    desk: &Desk,
    matter: Matter<'_>,
    known: Option<&Report>,
    typed: &Typed,
    problem: &Problem,
) -> Result<Response, Failure> {
    let page = page(desk, matter, known, typed).await?;
    let errors = errors(desk, problem, &page.checks);
    Ok(refused(problem, ObservationEdit { errors, ..page }))
}

/// What is wrong, each beside its field; what looks wrong, at the room for words about it.
fn errors(desk: &Desk, problem: &Problem, checks: &[Check]) -> FormErrors {
    let words = desk.words();
    let place = |token: &str| {
        let found = checks.iter().position(|check| check.token == token);
        found.map(|index| anchor(index + 1))
    };
    if problem.code != "findings-unexplained" {
        let mut errors = form_errors(words, problem, NAMES, WHOLE_FORM);
        for error in &mut errors.0 {
            if let Some(anchor) = place(&error.field) {
                error.field = anchor;
            }
        }
        return errors;
    }
    let letters = problem.args.get("letters").cloned().unwrap_or_default();
    let needed = words.t1("entry-explain-needed", "letters", &letters);
    let tokens = problem.fields.iter();
    let anchors = tokens.filter_map(|field| place(field.args.get("finding")?));
    let needed = anchors.map(|field| FieldError {
        field,
        message: needed.clone(),
    });
    FormErrors(needed.collect())
}

/// What looks wrong with what was typed so far, with what was said about it.
async fn checks(desk: &Desk, matter: Matter<'_>, typed: &Typed) -> Result<Vec<Check>, Failure> {
    let entered = typed.entered(matter.kind(), false, desk.words().lang);
    let draft = ReportDraft {
        indicator: matter.indicator.id,
        unit: matter.unit,
        period: matter.period,
        // What cannot be read has its own message.
        entered: entered.unwrap_or_default(),
        note: String::new(),
        evidence: Vec::new(),
        explanations: typed.explanations.clone(),
    };
    let plans = &desk.app.plans;
    let kept = plans.checks(&desk.caller(), &desk.view, &draft).await?;
    Ok(words::checks(desk.words(), &kept))
}

async fn previous(desk: &Desk, matter: Matter<'_>) -> Result<Option<PreviousPeriod>, Failure> {
    let Some(period) = before(desk, matter.period) else {
        return Ok(None);
    };
    let principal = &desk.visitor.principal;
    let report = desk
        .app
        .plans
        .report_on(principal, matter.indicator.id, matter.unit, period)
        .await?;
    Ok(report.and_then(|report| {
        Some(PreviousPeriod {
            period: desk.period_label(period),
            reading: words::value(matter.indicator, &report)?,
            ratio: words::ratio(&report),
            note: report.body.note,
        })
    }))
}
