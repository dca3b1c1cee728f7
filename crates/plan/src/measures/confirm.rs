//! A person says how a target is measured.

use jiff::civil::Date;
use registry::{Caller, RegistryError};
use vocab::{Decimal, FieldProblem, Id, Problem};

use super::Origin;
use crate::declarations::{INDICATOR, LARGEST, LONGEST_WORDS, OBSERVATION};
use crate::error::PlanError;
use crate::import::IndicatorKind;
use crate::plans::{EPOCH, Plans};
use crate::records::{IndicatorBody, Measure, to_map};

/// What a person says of one measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureEdit {
    /// The indicator.
    pub indicator: Id,
    /// The version that was read.
    pub version: i64,
    /// How it is measured and what is to be reached.
    pub measure: Measure,
    /// The thing counted; nothing for what is no count.
    pub unit: Option<String>,
    /// What the numerator or the count counts; what must be done, or told of.
    pub counts: String,
    /// What the denominator counts, of a ratio.
    pub among: Option<String>,
    /// The day on which its goal is due, where it has one of its own.
    pub due: Option<Date>,
    /// Where it stood when the plan began.
    pub baseline: Option<Decimal>,
}

impl Plans {
    /// Says how targets are measured: all of these, or none. Afterwards no import changes
    /// them. Refused with `measure-reported` where the kind of a measure would change that
    /// was reported on, and with `invalid-fields` for what does not fit its kind; fields are
    /// named by the place of the measure, such as `counts-2`.
    pub async fn confirm_measures(
        &self,
        by: &Caller,
        edits: Vec<MeasureEdit>,
    ) -> Result<(), PlanError> {
        let mut batch = self.registry().batch(by);
        let mut wrong = Vec::new();
        for (place, edit) in (1..).zip(edits) {
            let current = self
                .registry()
                .get(&by.principal, INDICATOR, edit.indicator)
                .await?;
            let known: IndicatorBody = current.read()?;
            if current.version != edit.version {
                return Err(RegistryError::Conflict {
                    kind: INDICATOR.to_owned(),
                    expected: edit.version,
                    current: Box::new(current),
                }
                .into());
            }
            wrong.extend(problems(&edit, place));
            if known.measure.kind != edit.measure.kind && self.is_reported(edit.indicator).await? {
                let doing = format!("changing the kind of {}", known.key);
                let problem = Problem::new(409, "measure-reported", doing);
                return Err(RegistryError::Refused(problem).into());
            }
            let body = IndicatorBody {
                measure_unit: match edit.measure.kind {
                    IndicatorKind::Ratio => Some("%".to_owned()),
                    IndicatorKind::Count => edit.unit,
                    IndicatorKind::Milestone | IndicatorKind::Standing => None,
                },
                measure: edit.measure,
                counts: Some(edit.counts).filter(|words| !words.is_empty()),
                among: edit.among.filter(|words| !words.is_empty()),
                due: edit.due,
                baseline: edit.baseline,
                origin: Origin::Confirmed,
                ..known
            };
            batch
                .edit(INDICATOR, &current, to_map("a measure", &body)?)
                .await?;
        }
        if !wrong.is_empty() {
            let mut problem = Problem::new(422, "invalid-fields", "confirming measures");
            problem.fields = wrong;
            return Err(RegistryError::Refused(problem).into());
        }
        batch.bump(EPOCH);
        batch.commit(String::new()).await?;
        self.stale();
        Ok(())
    }

    async fn is_reported(&self, indicator: Id) -> Result<bool, PlanError> {
        let reports = store::ListQuery::new(
            OBSERVATION,
            store::Scope::bypass("whether anybody reported decides, not what they reported"),
        );
        let reports = reports.filter("indicator", indicator).limit(1);
        Ok(!self.registry().list_all(&reports).await?.items.is_empty())
    }
}

/// The fields of the measure at a place that do not fit its kind, each told once.
fn problems(edit: &MeasureEdit, place: usize) -> Vec<FieldProblem> {
    let at = |field: &str, code| FieldProblem::new(format!("{field}-{place}"), code);
    let words = |field: &str, words: Option<&str>, required: bool| {
        let length = words.map_or(0, |words| words.chars().count());
        if length > LONGEST_WORDS {
            return Some(at(field, "text-too-long").with("limit", LONGEST_WORDS));
        }
        (required && length == 0).then(|| at(field, "field-required"))
    };
    let kind = edit.measure.kind;
    let most = match kind {
        IndicatorKind::Ratio => Some(100),
        IndicatorKind::Count => Some(LARGEST),
        IndicatorKind::Milestone | IndicatorKind::Standing => None,
    };
    let value = most.and_then(|most| match edit.measure.value {
        None => Some(at("value", "field-required")),
        Some(value) if value < Decimal::ZERO || value > Decimal::from(most) => {
            let outside = at("value", "number-range");
            Some(outside.with("least", 0).with("most", most))
        }
        Some(_) => None,
    });
    let baseline = most.zip(edit.baseline).and_then(|(most, value)| {
        (value < Decimal::ZERO || value > Decimal::from(most)).then(|| {
            let outside = at("baseline", "number-range");
            outside.with("least", 0).with("most", most)
        })
    });
    let problems = [
        baseline,
        words("counts", Some(&edit.counts), true),
        words("among", edit.among.as_deref(), kind == IndicatorKind::Ratio),
        words("unit", edit.unit.as_deref(), kind == IndicatorKind::Count),
        value,
    ];
    problems.into_iter().flatten().collect()
}
