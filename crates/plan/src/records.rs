//! The shapes of the plan's records, as their bodies keep them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use registry::Evidence;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use vocab::{Decimal, Id, Period, Vnd};

use crate::entry::Kept;
use crate::error::PlanError;
use crate::feeds::Computed;
use crate::import::{Bound, DutyKind, IndicatorKind};
use crate::measures::Origin;

/// A body or a set of bodies, as written and as understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// As written.
    pub written: String,
    /// Its official name, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The unit, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id>,
    /// The set of units, if it is one: its key in the directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// The body of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanBody {
    /// Such as `833/QĐ-UBND`.
    pub symbol: String,
    /// The plan's title, as written.
    #[serde(default)]
    pub title: Option<String>,
    /// The year that it is for.
    #[serde(default)]
    pub year: Option<i16>,
    /// The file that it was read from; then the text of it, if the file is no text itself.
    pub source: Vec<Evidence>,
    /// What it says as a whole.
    pub facts: Facts,
    /// The headings under which targets stand.
    pub groups: Vec<Heading>,
    /// The annexes of projects.
    pub annexes: Vec<Annex>,
    /// What does not add up.
    pub findings: Vec<Finding>,
    /// The digest of the review that says how its targets are measured, if one ships.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    /// The names of bodies that wait for a person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<NameInDoubt>,
    /// The figures that the body tells of the time before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub baselines: Vec<Baseline>,
}

/// A name of a body that was not understood for sure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameInDoubt {
    /// As written first.
    pub written: String,
    /// What its spellings have in common: under this a decision is remembered.
    pub key: String,
    /// Why it waits.
    pub why: NameDoubt,
    /// The known name that it was taken for, or that nobody stands behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_for: Option<String>,
    /// Where it stands, ascending.
    pub lines: Vec<u32>,
    /// The numbers of the targets that name it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<u32>,
    /// The projects that name it: `2/9.1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<String>,
}

/// Why a name waits for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameDoubt {
    /// A letter or two away from a known one, for which it was taken.
    Near,
    /// Not known.
    Unknown,
    /// Known, and no unit or set of units is called so.
    Nobody,
}

/// A figure of the time before, as the body tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// Where it stands.
    pub line: u32,
    /// The sentence that tells it, as written.
    pub text: String,
    /// Percent, or how many.
    pub value: Decimal,
    /// `%`, or the thing counted.
    pub unit: String,
    /// The year that it is of, where the heading says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// The indicator that it fits, if it fits one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<Id>,
}

/// When something is to be done, as written and as understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// As written.
    pub written: String,
    /// The first day, `2024-01-01`, of what begins then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last day, `2023-03-31`, of what is to be done by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// Since when a later text of the decision does without something. It is counted no longer and
/// asked for no longer; what was reported on it stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    /// The day of the import, `2023-08-14`.
    pub on: String,
    /// The name of the file that does without it.
    pub document: String,
}

/// The body of a duty that the decision's text orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyBody {
    /// The plan.
    pub plan: Id,
    /// `833/QĐ-UBND#nv12`.
    pub key: String,
    /// Its place among all duties, from 1.
    pub place: u32,
    /// Where it stands.
    pub line: u32,
    /// What kind of order it is.
    pub kind: DutyKind,
    /// The headings above it, the widest first.
    pub under: Vec<String>,
    /// As written.
    pub text: String,
    /// Who is to do it, where the text or the heading above says so.
    pub bodies: Vec<Party>,
    /// The days that it names.
    pub due: Vec<Due>,
    /// Whether it goes on, or comes back every year.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub standing: bool,
    /// What was reported of it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<DutyReported>,
    /// Whether a later text does without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retired>,
}

/// What was reported of a duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyReported {
    /// The day on which it was done, `2023-03-31`.
    pub on: String,
    /// What was said of it: the document or the result that shows it.
    pub note: String,
    /// Who entered it.
    pub by: String,
}

/// What a plan says as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The day of the decision, `2023-04-14`.
    pub date: Option<String>,
    /// Where symbol and date were read.
    pub line: u32,
    /// Who issues it, as written.
    pub issuer: Option<String>,
    /// Who organises its execution.
    pub coordinator: Option<Party>,
    /// The budget that the body states.
    pub budget: Option<Budget>,
    /// Where the budget is stated.
    pub budget_line: Option<u32>,
}

/// A heading under which targets stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Such as `II`.
    pub code: String,
    /// Such as `KINH TẾ SỐ`.
    pub title: String,
    /// Where it stands.
    pub line: u32,
}

/// Money by source; what is left blank is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// Both sources together.
    #[serde(default)]
    pub total: Option<Vnd>,
    /// «Nguồn sự nghiệp»
    #[serde(default)]
    pub recurrent: Option<Vnd>,
    /// «Nguồn đầu tư»
    #[serde(default)]
    pub capital: Option<Vnd>,
}

/// An annex of projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    /// Its number.
    pub number: u32,
    /// Its title, as written.
    pub title: String,
    /// What it states as its total.
    pub stated: Budget,
    /// Where the total stands.
    pub line: u32,
    /// Its groups of projects, in order.
    pub groups: Vec<AnnexGroup>,
}

/// The projects of one body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnexGroup {
    /// Such as `9`.
    pub code: String,
    /// The body as written.
    pub name: String,
    /// The unit that it is.
    #[serde(default)]
    pub unit: Option<Id>,
    /// Where it stands.
    pub line: u32,
    /// What the annex states for it.
    pub stated: Budget,
    /// What stands beside it.
    pub note: String,
}

/// A place where the document does not add up; the wording is the web's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong: `annex-total-differs`.
    pub code: String,
    /// `note`, `warning` or `error`.
    pub severity: String,
    /// Lines of the source, ascending.
    pub lines: Vec<u32>,
    /// The values that the wording needs; amounts are in đồng.
    pub args: BTreeMap<String, Value>,
}

/// The body of a target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetBody {
    /// The plan.
    pub plan: Id,
    /// `833/QĐ-UBND#12`.
    pub key: String,
    /// Its number in the annex.
    pub number: u16,
    /// The code of its heading.
    pub group: String,
    /// Where it stands.
    pub line: u32,
    /// What is to be done, as written.
    pub name: String,
    /// Its goals, as written.
    pub goal: String,
    /// Who leads.
    pub leads: Vec<Party>,
    /// Who takes part.
    pub partners: Vec<Party>,
    /// The documents that order it, as written.
    pub legal_bases: Vec<String>,
    /// Whether its figures are public, where the coordinator said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<bool>,
    /// When it is due, where the annex says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// Whether a later text does without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retired>,
    /// The amendment that put it into the plan; nothing of what the plan's own text has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered_by: Option<Id>,
}

/// The body of a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProjectBody {
    /// The plan.
    pub plan: Id,
    /// `833/QĐ-UBND#2/9.1`.
    pub key: String,
    /// Its place among all projects, from 0.
    pub place: u32,
    /// The annex.
    pub annex: u32,
    /// The code of its group.
    pub group: String,
    /// Its own: `9.1`.
    pub code: String,
    /// Where it stands.
    pub line: u32,
    /// As written.
    pub name: String,
    /// Who leads.
    pub leads: Vec<Party>,
    /// What it asks for.
    pub budget: Budget,
    /// What stands beside it.
    #[serde(default)]
    pub note: String,
    /// Whether a later text does without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Retired>,
}

/// The body of an indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndicatorBody {
    /// The plan.
    pub plan: Id,
    /// The target whose goal it measures.
    pub target: Id,
    /// `833/QĐ-UBND#12.1`.
    pub key: String,
    /// Its place among all indicators, from 0.
    pub place: u32,
    /// What it measures, in the target's words.
    pub name: String,
    /// How it is measured and what is to be reached.
    pub measure: Measure,
    /// `%`, or the thing counted.
    #[serde(default)]
    pub measure_unit: Option<String>,
    /// The goal, as written.
    pub goal: String,
    /// Other targets that ask for the same figure: it is entered once for all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Id>,
    /// What the numerator or the count counts; what must be done, or told of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<String>,
    /// What the denominator counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub among: Option<String>,
    /// Why it is measured like this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What a person should look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<String>,
    /// Where the figure stood before, as the decision's body tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<Baseline>,
    /// Who says so.
    #[serde(default)]
    pub origin: Origin,
    /// The day on which its goal is due, where it has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Where it stood when the plan began, in its own unit, as a person confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Decimal>,
    /// Whether nothing is measured by it any more: what was reported on it stays on record.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
    /// The amendment that asks for it; nothing of what the plan's own text asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered_by: Option<Id>,
}

impl IndicatorBody {
    /// The targets that it measures.
    pub fn targets(&self) -> impl Iterator<Item = Id> {
        std::iter::once(self.target).chain(self.also.iter().copied())
    }

    /// Where it stood when the plan began, in its own unit: as a person confirmed, else as the
    /// decision tells it. What it tells of a share says nothing once a person made a count of
    /// it, nor the other way round.
    pub fn start(&self) -> Option<Decimal> {
        let share = self.measure.kind == IndicatorKind::Ratio;
        let told = self.started.as_ref();
        let told = told.filter(|told| (told.unit == "%") == share);
        self.baseline.or(told.map(|told| told.value))
    }
}

/// How an indicator is measured and what is to be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// What kind of figure it gathers.
    pub kind: IndicatorKind,
    /// On which side of the value the goal lies.
    #[serde(default)]
    pub bound: Option<Bound>,
    /// Percent or count to be reached.
    #[serde(default)]
    pub value: Option<Decimal>,
}

/// The body of an observation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObservationBody {
    /// What was measured.
    pub indicator: Id,
    /// The target that it is for.
    pub target: Id,
    /// The period.
    pub period: Period,
    /// Indicator, unit and period together.
    pub key: String,
    /// The numerator of a ratio.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerator: Option<i64>,
    /// Its denominator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<i64>,
    /// A count, from the beginning of the year to the end of the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Decimal>,
    /// Whether a milestone was reached, or a standing duty done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<bool>,
    /// What the unit says about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The files behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// What looked wrong with the value, and what the unit says about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Kept>,
    /// What was computed for it from records of a system, and as of when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Computed>,
}

/// A body as the registry takes it.
pub(crate) fn to_map<T: Serialize>(what: &str, body: &T) -> Result<Map<String, Value>, PlanError> {
    match serde_json::to_value(body) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(PlanError::Shape(format!("the body of {what} is no object"))),
        Err(error) => Err(PlanError::Shape(format!("the body of {what}: {error}"))),
    }
}
