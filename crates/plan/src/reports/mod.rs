//! Reports: an observation on its way from draft to the public figure.

mod checked;
mod once;
mod read;
mod recompute;

use registry::{Caller, Done, Draft, Evidence, Record, RegistryError};
use store::StoreError;
use vocab::{Id, Period, Problem};

use crate::declarations::OBSERVATION;
use crate::entry::Explanation;
use crate::entry_known::demand_words;
use crate::error::PlanError;
use crate::figure::{Entered, Measurement};
use crate::import::IndicatorKind;
use crate::notices;
use crate::opinions::is_about_opinions;
use crate::plans::{EPOCH, Plans};
use crate::records::{ObservationBody, to_map};
use checked::required;
use once::answer;

pub(crate) use checked::{body, indicator, unsaid_correction};

/// What somebody enters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportDraft {
    /// What was measured.
    pub indicator: Id,
    /// The unit that reports.
    pub unit: Id,
    /// The period.
    pub period: Period,
    /// The value as far as it is known; a draft may wait for all or half of it.
    pub entered: Entered,
    /// What the unit says about it.
    pub note: String,
    /// The files behind it.
    pub evidence: Vec<Evidence>,
    /// What it says about what looks wrong with its value.
    pub explanations: Vec<Explanation>,
}

/// A report as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its record: identity, version, state, unit.
    pub record: Record,
    /// What it says.
    pub body: ObservationBody,
}

/// A step of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportStep {
    /// Hand it in.
    Submit,
    /// The head of the unit answers for it.
    Approve,
    /// Back to its writer, with a reason.
    SendBack(String),
    /// Make it part of the public figure.
    Consolidate,
}

impl ReportStep {
    /// Its name in the lifecycle.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::SendBack(_) => "send_back",
            Self::Consolidate => "consolidate",
        }
    }
}

impl Report {
    pub(crate) fn of(record: Record) -> Result<Self, PlanError> {
        Ok(Self {
            body: record.read()?,
            record,
        })
    }

    /// Its value, as its indicator's kind has it.
    pub fn measurement(&self, kind: IndicatorKind) -> Option<Measurement> {
        Measurement::of(kind, &self.body)
    }
}

impl Plans {
    /// Begins a report. There is one for each indicator, unit and period.
    pub async fn begin_report(&self, by: &Caller, draft: ReportDraft) -> Result<Report, PlanError> {
        self.once(by, Box::pin(self.begin(by, draft))).await
    }

    async fn begin(&self, by: &Caller, draft: ReportDraft) -> Result<Report, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        // Owed is what holds on the last day of the period.
        let view = view.in_force_on(draft.period.end());
        let reports = self
            .reports_on(&view, draft.indicator, draft.unit, draft.period)
            .await?;
        let mut body = body(&view, self.today(), &draft, reports)?;
        demand_words(&draft.explanations)?;
        body.checks = self.checks(by, &view, &draft).await?;
        body.computed = self
            .offered(&view, draft.indicator, draft.unit, draft.period)
            .await?;
        let key = body.key.clone();
        let mut batch = self.registry().batch(by);
        let record = batch
            .create(Draft {
                kind: OBSERVATION,
                id: None,
                unit: draft.unit,
                body: to_map("a report", &body)?,
            })
            .await?;
        // Only whoever may begin one is told that there is one.
        if let Some(known) = self
            .registry()
            .find_by(OBSERVATION, "key", key.as_str())
            .await?
        {
            return Err(exists(known.id));
        }
        match batch.commit(answer(&record)).await {
            Ok(done) => self.after(by, done, &record).await,
            // Two began it at once: the other one was first.
            Err(RegistryError::Store(StoreError::Duplicate { .. })) => {
                let known = self
                    .registry()
                    .find_by(OBSERVATION, "key", key.as_str())
                    .await?;
                Err(exists(known.map_or(Id::NIL, |known| known.id)))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Gives a report another value, note or evidence. `version` is the one that was read.
    pub async fn edit_report(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        draft: ReportDraft,
    ) -> Result<Report, PlanError> {
        self.once(by, Box::pin(self.edit(by, id, version, draft)))
            .await
    }

    async fn edit(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        draft: ReportDraft,
    ) -> Result<Report, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let current = self.at_version(by, id, version).await?;
        let known = Report::of(current.clone())?;
        let draft = ReportDraft {
            indicator: known.body.indicator,
            period: known.body.period,
            unit: current.unit,
            ..draft
        };
        let view = view.in_force_on(draft.period.end());
        let reports = self
            .reports_on(&view, draft.indicator, draft.unit, draft.period)
            .await?;
        let mut body = body(&view, self.today(), &draft, reports)?;
        demand_words(&draft.explanations)?;
        body.checks = self.checks(by, &view, &draft).await?;
        // What was computed stays beside the value until somebody has it computed again.
        body.computed = match known.body.computed {
            Some(computed) => Some(computed),
            None => {
                self.offered(&view, draft.indicator, draft.unit, draft.period)
                    .await?
            }
        };
        let mut batch = self.registry().batch(by);
        let record = batch
            .edit(OBSERVATION, &current, to_map("a report", &body)?)
            .await?;
        let done = batch.commit(answer(&record)).await?;
        self.after(by, done, &record).await
    }

    /// Moves a report on. `version` is the one that was read.
    pub async fn step_report(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        step: &ReportStep,
    ) -> Result<Report, PlanError> {
        self.once(by, Box::pin(self.step(by, id, version, step)))
            .await
    }

    async fn step(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        step: &ReportStep,
    ) -> Result<Report, PlanError> {
        let current = self.at_version(by, id, version).await?;
        if *step == ReportStep::Submit {
            self.demand_value(by, &current).await?;
        }
        let reason = match step {
            ReportStep::SendBack(reason) => Some(reason.as_str()),
            _ => None,
        };
        let by_link = self.is_of_link(&current).await?;
        if by_link && reason.is_some() {
            // Its body reaches it through the sheet alone.
            let about = format!("sending {id} back, which came by a link");
            return Err(RegistryError::refused(409, "came-by-link", about).into());
        }
        let mut batch = self.registry().batch(by);
        let record = batch
            .step(OBSERVATION, &current, step.name(), reason)
            .await?;
        match step {
            ReportStep::Submit => {
                let again = std::slice::from_ref(&record);
                self.renew_opinions(&mut batch, again).await?;
            }
            ReportStep::Consolidate => {
                let ids = std::iter::once(id);
                self.settle_opinions(&mut batch, ids, by).await?;
            }
            _ => {}
        }
        // Whoever submitted it learns what others decided.
        if matches!(step, ReportStep::SendBack(_) | ReportStep::Consolidate)
            && let Some(author) = current.author.filter(|_| !by_link)
        {
            batch.enqueue(notices::job(author, &record, step.name())?);
        }
        // Only what is consolidated, or was, shows in the public figures.
        let shows = [&current.state, &record.state].contains(&&"consolidated".to_owned());
        if shows {
            batch.bump(EPOCH);
        }
        let done = match batch.commit(answer(&record)).await {
            // A partner spoke while the step was taken: whoever takes it is to see that first.
            Err(RegistryError::Conflict { kind, .. }) if is_about_opinions(&kind) => {
                let about = format!("{} of {id} beside an opinion", step.name());
                return Err(RegistryError::refused(409, "opinions-changed", about).into());
            }
            done => done?,
        };
        if shows {
            self.stale();
        }
        self.after(by, done, &record).await
    }

    /// Says something about a report. Gives the report that it was said about.
    pub async fn comment_report(
        &self,
        by: &Caller,
        id: Id,
        text: &str,
    ) -> Result<Report, PlanError> {
        self.once(by, Box::pin(self.comment(by, id, text))).await
    }

    async fn comment(&self, by: &Caller, id: Id, text: &str) -> Result<Report, PlanError> {
        let record = self.registry().get(&by.principal, OBSERVATION, id).await?;
        let mut batch = self.registry().batch(by);
        batch.comment(OBSERVATION, &record, text).await?;
        match batch.commit(answer(&record)).await? {
            Done::Now(_) => Report::of(record),
            Done::Before(answer) => self.answered_report(by, &answer).await,
        }
    }

    /// A report as somebody read it.
    pub(crate) async fn at_version(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
    ) -> Result<Record, PlanError> {
        let current = self.registry().get(&by.principal, OBSERVATION, id).await?;
        if current.version == version {
            return Ok(current);
        }
        Err(RegistryError::Conflict {
            kind: OBSERVATION.to_owned(),
            expected: version,
            current: Box::new(current),
        }
        .into())
    }

    /// Nothing is handed in without a value, or with something strange about it and no word on
    /// that.
    async fn demand_value(&self, by: &Caller, record: &Record) -> Result<(), PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let report = Report::of(record.clone())?;
        let (_, indicator) = indicator(&view, report.body.indicator)?;
        let kind = indicator.body.measure.kind;
        let missing = Entered::of(&report.body).missing(kind);
        if let Some(unsaid) = unsaid_correction(&report.body, kind) {
            let doing = "handing in another value than was computed without a word on it";
            let problem = Problem::new(422, "invalid-fields", doing).at(unsaid);
            return Err(RegistryError::Refused(problem).into());
        }
        if missing.is_empty() {
            return self.demand_explanations(by, &view, &report).await;
        }
        let mut problem =
            Problem::new(422, "invalid-fields", "submitting a report without a value");
        problem.fields = required(missing);
        Err(RegistryError::Refused(problem).into())
    }
}

fn exists(id: Id) -> PlanError {
    let problem = Problem::new(409, "report-exists", "beginning a report twice");
    RegistryError::Refused(problem.with("id", id)).into()
}
