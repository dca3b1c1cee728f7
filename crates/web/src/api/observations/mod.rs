//! Observations: reports on an indicator by a unit for a period.

pub(super) mod comment;
pub(super) mod create;
pub(super) mod edit;
mod entered;
pub(super) mod history;
pub(super) mod list;
pub(super) mod show;
pub(super) mod steps;

use directory::Principal;
use plan::records::ObservationBody;
use plan::{Entered, OBSERVATION, Report};
use registry::{Record, Registry};
use serde::Serialize;
use utoipa::ToSchema;
use vocab::{Id, Period};

use super::checks::CheckShown;
use super::figure::EnteredValue;
use super::files::EvidenceFile;
use super::shown::Shown;
use crate::http::{App, Failure};

const PATH: &str = "/api/v1/observations";

/// A report as it stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Observation {
    #[schema(value_type = String, format = "uuid")]
    id: Id,
    /// Its version, which is its `ETag` too.
    #[schema(example = 3)]
    version: i64,
    /// `draft`, `submitted`, `approved`, `sent_back` or `consolidated`.
    #[schema(example = "submitted")]
    state: String,
    /// The unit that reports.
    #[schema(value_type = String, format = "uuid")]
    unit: Id,
    /// What was measured.
    #[schema(value_type = String, format = "uuid")]
    indicator: Id,
    /// The target that it is for.
    #[schema(value_type = String, format = "uuid")]
    target: Id,
    #[schema(value_type = String, example = "2023Q1")]
    period: Period,
    #[serde(flatten)]
    entered: EnteredValue,
    /// What the unit says about it.
    #[schema(example = "Số liệu đến ngày 31/3, theo Trục liên thông văn bản.")]
    note: String,
    /// The files behind it.
    evidence: Vec<EvidenceFile>,
    /// What looks wrong with the value, and what the unit says about it.
    checks: Vec<CheckShown>,
    /// When this version was made.
    #[schema(format = DateTime, example = "2023-04-14T09:30:00+07:00")]
    updated_at: String,
    /// What the asker may do with it now: `edit`, `submit`, `approve`, `send_back`,
    /// `consolidate`.
    #[schema(example = json!(["approve", "send_back"]))]
    actions: Vec<&'static str>,
}

impl Observation {
    /// A record as this principal sees it.
    pub(super) fn of(
        registry: &Registry,
        principal: &Principal,
        record: &Record,
    ) -> Result<Self, Failure> {
        let body: ObservationBody = record.read()?;
        Ok(Self::new(registry, principal, record, body))
    }

    fn new(
        registry: &Registry,
        principal: &Principal,
        record: &Record,
        body: ObservationBody,
    ) -> Self {
        let edits = registry.may_edit(principal, OBSERVATION, record);
        let steps = registry.open_steps(principal, OBSERVATION, record);
        Self {
            id: record.id,
            version: record.version,
            state: record.state.clone(),
            unit: record.unit,
            indicator: body.indicator,
            target: body.target,
            period: body.period,
            entered: Entered::of(&body).into(),
            note: body.note,
            evidence: body.evidence.iter().map(EvidenceFile::from).collect(),
            checks: body.checks.iter().map(CheckShown::from).collect(),
            updated_at: record.at.to_string(),
            actions: edits.then_some("edit").into_iter().chain(steps).collect(),
        }
    }
}

/// A report as an answer, tagged with its version.
fn shown(app: &App, principal: &Principal, report: Report) -> Result<Shown, Failure> {
    let Report { record, body } = report;
    let shown = Observation::new(app.plans.registry(), principal, &record, body);
    Ok(Shown::to_asker(&shown)?.version(record.version))
}
