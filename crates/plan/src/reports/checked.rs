//! What a draft says as the body of a record, checked against the plan.

use jiff::civil::Date;
use registry::RegistryError;
use vocab::{FieldProblem, Id, Period, Problem};

use super::ReportDraft;
use crate::entry_known::impossible;
use crate::error::PlanError;
use crate::figure::Entered;
use crate::import::IndicatorKind;
use crate::records::ObservationBody;
use crate::view::{IndicatorView, PlanView, TargetView};

pub(crate) fn indicator(
    view: &PlanView,
    id: Id,
) -> Result<(&TargetView, &IndicatorView), PlanError> {
    view.indicator(id).ok_or_else(|| {
        RegistryError::NotFound {
            kind: crate::INDICATOR.to_owned(),
            id,
        }
        .into()
    })
}

/// What a draft says, checked against the plan: what is measured, by whom, for when. What is
/// still missing is asked for when it is handed in. `reports` says whether the unit reports
/// on it.
pub(crate) fn body(
    view: &PlanView,
    today: Date,
    draft: &ReportDraft,
    reports: bool,
) -> Result<ObservationBody, PlanError> {
    let (target, indicator) = indicator(view, draft.indicator)?;
    let mut fields = Vec::new();
    if target.body.retired.is_some() {
        fields.push(FieldProblem::new("indicator", "target-retired"));
    } else if !target.in_force {
        fields.push(FieldProblem::new("period", "target-not-in-force"));
    } else if !reports {
        fields.push(FieldProblem::new("unit", "unit-not-reporting"));
    }
    if !view.periods().contains(&draft.period) {
        fields.push(FieldProblem::new("period", "period-outside-plan"));
    } else if draft.period.start() > today {
        fields.push(FieldProblem::new("period", "period-not-begun"));
    }
    let kind = indicator.body.measure.kind;
    let entered = draft.entered;
    if entered.strays(kind) {
        fields.extend(required(Entered::default().missing(kind)));
    }
    fields.extend(impossible(kind, entered));
    if fields.is_empty() {
        return Ok(ObservationBody {
            indicator: draft.indicator,
            target: target.id,
            period: draft.period,
            key: key(draft.indicator, draft.unit, draft.period),
            numerator: entered.numerator,
            denominator: entered.denominator,
            count: entered.count,
            reached: entered.reached,
            note: draft.note.trim().to_owned(),
            evidence: draft.evidence.clone(),
            checks: Vec::new(),
            computed: None,
        });
    }
    let mut problem = Problem::new(422, "invalid-fields", "a report");
    problem.fields = fields;
    Err(RegistryError::Refused(problem).into())
}

/// Fields that are still to be entered, as problems.
pub(super) fn required(fields: Vec<&'static str>) -> Vec<FieldProblem> {
    let required = |field| FieldProblem::new(field, "field-required");
    fields.into_iter().map(required).collect()
}

/// What is missing from a report whose value is another than was computed for it: a word on why.
pub(crate) fn unsaid_correction(
    body: &ObservationBody,
    kind: IndicatorKind,
) -> Option<FieldProblem> {
    let unsaid = body.is_corrected(kind) && body.note.trim().is_empty();
    unsaid.then(|| FieldProblem::new("note", "correction-unsaid"))
}

/// What there is one report for.
pub(super) fn key(indicator: Id, unit: Id, period: Period) -> String {
    format!("{indicator}/{unit}/{period}")
}
