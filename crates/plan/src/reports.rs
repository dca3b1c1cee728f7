//! Reports: an observation on its way from draft to the public figure.

use directory::Act;
use directory::permission::reach;
use registry::{Caller, Done, Draft, Evidence, Record, RegistryError};
use serde::{Deserialize, Serialize};
use store::{Ahead, ListQuery, Scope, StoreError};
use vocab::{FieldProblem, Id, Period, Problem};

use crate::declarations::OBSERVATION;
use crate::entry::Explanation;
use crate::entry_known::{demand_words, impossible};
use crate::error::PlanError;
use crate::figure::{Entered, Measurement};
use crate::import::IndicatorKind;
use crate::notices;
use crate::plans::{EPOCH, Plans};
use crate::records::{ObservationBody, to_map};
use crate::view::{IndicatorView, PlanView, TargetView};

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

/// What a repetition of a request is told: the report as the request left it.
#[derive(Serialize, Deserialize)]
struct Answer {
    id: Id,
    version: i64,
    author: Option<Id>,
}

impl Report {
    fn of(record: Record) -> Result<Self, PlanError> {
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
        let reports = self
            .reports_on(&view, draft.indicator, draft.unit, draft.period)
            .await?;
        let mut body = body(&view, self.today(), &draft, reports)?;
        demand_words(&draft.explanations)?;
        body.checks = self.checks(by, &view, &draft).await?;
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
            Ok(done) => self.after(by, done, record.id).await,
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
        let reports = self
            .reports_on(&view, draft.indicator, draft.unit, draft.period)
            .await?;
        let mut body = body(&view, self.today(), &draft, reports)?;
        demand_words(&draft.explanations)?;
        body.checks = self.checks(by, &view, &draft).await?;
        let mut batch = self.registry().batch(by);
        let record = batch
            .edit(OBSERVATION, &current, to_map("a report", &body)?)
            .await?;
        let done = batch.commit(answer(&record)).await?;
        self.after(by, done, id).await
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
        let mut batch = self.registry().batch(by);
        let record = batch
            .step(OBSERVATION, &current, step.name(), reason)
            .await?;
        // Whoever submitted it learns what others decided.
        if matches!(step, ReportStep::SendBack(_) | ReportStep::Consolidate)
            && let Some(author) = current.author
        {
            batch.enqueue(notices::job(author, &record, step.name())?);
        }
        // Only what is consolidated, or was, shows in the public figures.
        let shows = [&current.state, &record.state].contains(&&"consolidated".to_owned());
        if shows {
            batch.bump(EPOCH);
        }
        let done = batch.commit(answer(&record)).await?;
        if shows {
            self.stale();
        }
        self.after(by, done, id).await
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

    /// A report that this reader may see. Without an account one sees only what the coordinator
    /// publishes of what was consolidated.
    pub async fn report(&self, reader: &directory::Principal, id: Id) -> Result<Report, PlanError> {
        self.report_ahead(reader, id, None).await
    }

    /// The same of one that was read along with what the reader's rights depend on
    /// ([`directory::Along`]).
    pub async fn report_ahead(
        &self,
        reader: &directory::Principal,
        id: Id,
        ahead: Option<Ahead>,
    ) -> Result<Report, PlanError> {
        let registry = self.registry();
        let report = Report::of(registry.get_ahead(reader, OBSERVATION, id, ahead).await?)?;
        if reader.account.is_none() {
            let view = self.view().await?.ok_or(PlanError::NoPlan)?;
            if !view.is_public(report.body.indicator) {
                let kind = OBSERVATION.to_owned();
                return Err(RegistryError::NotFound { kind, id }.into());
            }
        }
        Ok(report)
    }

    /// The same of what was consolidated, published or not: for what is asked on behalf of
    /// somebody who was shown its figure.
    pub(crate) async fn consolidated_or_readable(
        &self,
        reader: &directory::Principal,
        id: Id,
    ) -> Result<Report, PlanError> {
        Report::of(self.registry().get(reader, OBSERVATION, id).await?)
    }

    /// The report on an indicator by a unit for a period, if it was begun and this reader
    /// may see it.
    pub async fn report_on(
        &self,
        reader: &directory::Principal,
        indicator: Id,
        unit: Id,
        period: Period,
    ) -> Result<Option<Report>, PlanError> {
        let key = key(indicator, unit, period);
        let found = self.registry().find_by(OBSERVATION, "key", key).await?;
        let Some(found) = found else {
            return Ok(None);
        };
        match self.report(reader, found.id).await {
            Err(PlanError::Registry(RegistryError::NotFound { .. })) => Ok(None),
            readable => readable.map(Some),
        }
    }

    /// The reports of some units for a period that this reader may see.
    pub async fn reports_of(
        &self,
        reader: &directory::Principal,
        units: &[Id],
        period: Period,
    ) -> Result<Vec<Report>, PlanError> {
        let readable = reach(reader, Act::Read, OBSERVATION);
        let mut query = ListQuery::new(OBSERVATION, readable.within(units.iter().copied()))
            .filter("period", period.code())
            .limit(1_000);
        let mut reports = Vec::new();
        loop {
            let page = self.registry().list_shown(reader, &query).await?;
            for record in page.items {
                reports.push(Report::of(record)?);
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(reports),
            }
        }
    }

    /// The reports of a state that this reader may see: at most so many.
    pub async fn reports_in(
        &self,
        reader: &directory::Principal,
        state: &str,
        after: Option<store::Cursor>,
        limit: usize,
    ) -> Result<store::Page<Report>, PlanError> {
        let query = ListQuery {
            after,
            ..ListQuery::new(OBSERVATION, Scope::nothing()).limit(limit)
        };
        let page = self.registry().list(reader, query, Some(state)).await?;
        let items = page.items.into_iter().map(Report::of);
        Ok(store::Page {
            items: items.collect::<Result<_, _>>()?,
            next: page.next,
        })
    }

    pub(crate) fn today(&self) -> jiff::civil::Date {
        self.registry().store().context().now().in_vietnam().date()
    }

    /// Does what a request asks for, unless it was done for this very request before. Two
    /// that come at once may both find no answer, and the later one then finds things as the
    /// earlier one left them: whatever stops it, the answer is looked for again. A change and
    /// the answer kept for its key are written together.
    async fn once(
        &self,
        by: &Caller,
        work: impl Future<Output = Result<Report, PlanError>>,
    ) -> Result<Report, PlanError> {
        if let Some(report) = self.repeated(by).await? {
            return Ok(report);
        }
        match work.await {
            Ok(report) => Ok(report),
            Err(error) => self.repeated(by).await?.ok_or(error),
        }
    }

    /// The report that this very request led to before.
    async fn repeated(&self, by: &Caller) -> Result<Option<Report>, PlanError> {
        match self.registry().answered(by).await? {
            Some(answer) => self.answered_report(by, &answer).await.map(Some),
            None => Ok(None),
        }
    }

    async fn after(&self, by: &Caller, done: Done, id: Id) -> Result<Report, PlanError> {
        match done {
            Done::Now(_) => self.report(&by.principal, id).await,
            Done::Before(answer) => self.answered_report(by, &answer).await,
        }
    }

    async fn answered_report(&self, by: &Caller, answer: &str) -> Result<Report, PlanError> {
        let answer: Answer = serde_json::from_str(answer)
            .map_err(|error| PlanError::Shape(format!("a kept answer: {error}")))?;
        let hidden = || RegistryError::NotFound {
            kind: OBSERVATION.to_owned(),
            id: answer.id,
        };
        let registry = self.registry();
        let told = Scope::bypass("the answer that this very account was given before");
        let version = registry
            .store()
            .fetch_version(OBSERVATION, &told, answer.id, answer.version)
            .await?;
        // What the law had erased since is not answered again.
        let version = version.ok_or_else(hidden)?;
        let body = version.body.ok_or_else(hidden)?;
        let record = Record {
            id: version.id,
            version: version.version,
            unit: version.unit,
            state: version.state,
            author: answer.author,
            at: version.at,
            body: serde_json::from_str(&body)
                .map_err(|error| PlanError::Shape(format!("a kept report: {error}")))?,
        };
        if registry.may(&by.principal, Act::Read, OBSERVATION, &record) {
            Report::of(record)
        } else {
            Err(hidden().into())
        }
    }

    async fn at_version(&self, by: &Caller, id: Id, version: i64) -> Result<Record, PlanError> {
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
        let missing = Entered::of(&report.body).missing(indicator.body.measure.kind);
        if missing.is_empty() {
            return self.demand_explanations(by, &view, &report).await;
        }
        let mut problem =
            Problem::new(422, "invalid-fields", "submitting a report without a value");
        problem.fields = required(missing);
        Err(RegistryError::Refused(problem).into())
    }
}

fn required(fields: Vec<&'static str>) -> Vec<FieldProblem> {
    let required = |field| FieldProblem::new(field, "field-required");
    fields.into_iter().map(required).collect()
}

fn answer(record: &Record) -> String {
    let answer = Answer {
        id: record.id,
        version: record.version,
        author: record.author,
    };
    serde_json::to_string(&answer).unwrap_or_default()
}

fn key(indicator: Id, unit: Id, period: Period) -> String {
    format!("{indicator}/{unit}/{period}")
}

fn exists(id: Id) -> PlanError {
    let problem = Problem::new(409, "report-exists", "beginning a report twice");
    RegistryError::Refused(problem.with("id", id)).into()
}

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
    today: jiff::civil::Date,
    draft: &ReportDraft,
    reports: bool,
) -> Result<ObservationBody, PlanError> {
    let (target, indicator) = indicator(view, draft.indicator)?;
    let mut fields = Vec::new();
    if target.body.retired.is_some() {
        fields.push(FieldProblem::new("indicator", "target-retired"));
    }
    if !reports {
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
    fields.extend(impossible(&indicator.body, entered));
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
        });
    }
    let mut problem = Problem::new(422, "invalid-fields", "a report");
    problem.fields = fields;
    Err(RegistryError::Refused(problem).into())
}
