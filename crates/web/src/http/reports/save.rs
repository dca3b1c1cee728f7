//! Saving what a form of a report sent, and handing it in.

use axum::response::{IntoResponse, Response};
use plan::import::IndicatorKind;
use plan::{Entered, PlanError, Report, ReportDraft, ReportStep};
use registry::RegistryError;
use store::StoreError;
use vocab::{FieldProblem, Problem};

use super::super::multipart::too_large;
use super::super::{Failure, GoTo, MultipartForm, Notice, fields};
use super::desk::Desk;
use super::matter::Matter;
use super::typed::{Typed, same};
use super::{conflict, files, form};
use crate::pages::links;

/// What a form of a report sent.
pub(super) struct Sent {
    pub typed: Typed,
    /// The version that it was made from; 0 for a new report.
    pub version: i64,
    /// Whether to hand the report in.
    submit: bool,
    problems: Vec<FieldProblem>,
    /// Whether its files were more than one form may carry.
    cut: bool,
}

impl Sent {
    pub(super) async fn read(
        desk: &Desk,
        kind: IndicatorKind,
        form: MultipartForm,
    ) -> Result<Self, Failure> {
        let cut = form.cut;
        let sent = Self::taken(desk, kind, form).await;
        // What is missing is missing because it was cut off.
        sent.map_err(|failure| if cut { too_large().into() } else { failure })
    }

    async fn taken(
        desk: &Desk,
        kind: IndicatorKind,
        mut form: MultipartForm,
    ) -> Result<Self, Failure> {
        let cut = form.cut;
        let (received, problems) = files::take(desk, &mut form).await?;
        let mut fields = form.fields;
        let typed = Typed::take(kind, &mut fields)?;
        let version = fields::version(&fields.take("phien-ban")?)?;
        // The button stands below the files: of a form that was cut it is not known.
        let submit = match fields.lookup("viec")?.as_deref() {
            Some("gui") => true,
            Some("luu") => false,
            None if cut => false,
            None => return Err(fields::at("viec", 422, "form-missing-field")),
            Some(_) => return Err(fields::at("viec", 422, "choice-unknown")),
        };
        fields.done()?;
        Ok(Self {
            typed: Typed { received, ..typed },
            version,
            submit,
            problems,
            cut,
        })
    }

    /// What it asks to save, over what the report holds now; everything that is wrong
    /// otherwise.
    pub(super) fn draft(
        &self,
        desk: &Desk,
        matter: Matter<'_>,
        known: Option<&Report>,
    ) -> Result<ReportDraft, Problem> {
        let lang = desk.words().lang;
        let entered = self.typed.entered(matter.kind(), self.submit, lang);
        let (entered, mut problems) = match entered {
            Ok(entered) => (entered, Vec::new()),
            Err(problems) => (Entered::default(), problems),
        };
        problems.extend(self.problems.iter().cloned());
        if self.cut || !problems.is_empty() {
            let mut problem = Problem::new(422, "invalid-fields", "the form of a report");
            if self.cut {
                problem.status = 413;
            }
            problem.fields = problems;
            return Err(problem);
        }
        let held = known.map_or(&[][..], |report| &report.body.evidence);
        Ok(ReportDraft {
            indicator: matter.indicator.id,
            unit: matter.unit,
            period: matter.period,
            entered,
            note: self.typed.note.clone(),
            evidence: self.typed.evidence(held),
            explanations: self.typed.explanations.clone(),
        })
    }

    /// Goes on once the report is saved: to the page of the report, handed in if asked.
    pub(super) async fn saved(&self, desk: &Desk, report: &Report) -> Result<Response, Failure> {
        let id = report.record.id;
        let here = GoTo::link(&links::report(&id.to_string()));
        if !self.submit {
            return Ok(here.saying(Notice::ReportSaved).into_response());
        }
        let (caller, step) = (desk.caller(), ReportStep::Submit);
        let version = report.record.version;
        match desk
            .app
            .plans
            .step_report(&caller, id, version, &step)
            .await
        {
            Ok(_) => Ok(here.saying(Notice::ReportSubmitted).into_response()),
            // The same form came twice and the other one was quicker.
            Err(PlanError::Registry(RegistryError::Conflict { current, .. }))
                if current.state == "submitted" =>
            {
                Ok(here.saying(Notice::ReportSubmitted).into_response())
            }
            // It is kept as a draft; what looks wrong with it wants a word.
            Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
                let matter = Matter::of(desk, report)?;
                let typed = Typed::of(&report.body, desk.words());
                form::again(desk, matter, Some(report), &typed, &problem).await
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Goes on when the report is not as the form knew it: the same form came twice, or
    /// somebody else was quicker.
    pub(super) async fn overtaken(
        &self,
        desk: &Desk,
        matter: Matter<'_>,
        current: &Report,
    ) -> Result<Response, Failure> {
        if !same(current, matter.kind(), &self.typed, desk.words().lang) {
            return conflict::show(desk, matter, &self.typed, current).await;
        }
        if self.submit && desk.may_edit(current) {
            return self.saved(desk, current).await;
        }
        let here = GoTo::link(&links::report(&current.record.id.to_string()));
        Ok(here.saying(Notice::AlreadyDone).into_response())
    }

    /// The form again for what can be corrected in it; the failure for what cannot.
    pub(super) async fn again(
        &self,
        desk: &Desk,
        matter: Matter<'_>,
        known: Option<&Report>,
        error: PlanError,
    ) -> Result<Response, Failure> {
        let problem = match error {
            PlanError::Registry(RegistryError::Refused(problem)) if problem.status == 422 => {
                problem
            }
            PlanError::Registry(RegistryError::Store(StoreError::MissingFile { .. })) => {
                Problem::new(422, "file-missing", "a file that this account did not send")
                    .at(FieldProblem::new("tep", "file-missing"))
            }
            error => return Err(error.into()),
        };
        form::again(desk, matter, known, &self.typed, &problem).await
    }
}

impl Desk {
    pub(super) fn may_edit(&self, report: &Report) -> bool {
        let principal = &self.visitor.principal;
        self.registry()
            .may_edit(principal, plan::OBSERVATION, &report.record)
    }
}
