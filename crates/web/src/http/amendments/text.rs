//! `POST /ke-hoach/sua-doi/{id}/tep`: a text of the amended annex, read into the draft.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use plan::PlanError;
use registry::RegistryError;
use vocab::{FieldProblem, Problem};

use super::super::plan::{decision_bytes, decision_refused};
use super::super::reports::desk::Desk;
use super::super::{Failure, GoTo, MultipartForm, Notice, fields, form_errors, refused};
use super::{deeds, require, show};
use crate::pages::links;

/// Reads it.
pub(super) async fn take(
    desk: Desk,
    Path(id): Path<String>,
    form: MultipartForm,
) -> Result<Response, Failure> {
    let known = desk.amendment_of(&id).await?;
    require(&desk.visitor, &known.record.state)?;
    let mut fields = form.fields;
    let version = fields::version(&fields.take("phien-ban")?)?;
    let whole = match fields.take("pham-vi")?.as_str() {
        "tat-ca" => true,
        "mot-phan" => false,
        _ => return Err(fields::at("pham-vi", 422, "choice-unknown")),
    };
    fields.done()?;
    // A saved page or a text in an older way of writing letters is no evidence, and is read.
    let file = form.files.into_iter().chain(form.unlike).next();
    let problem = match (file, form.refused.into_iter().next()) {
        (Some(file), _) => match decision_bytes(&desk.app, &file.stored.digest).await? {
            Ok(bytes) => {
                let plans = &desk.app.plans;
                let by = desk.caller();
                let own = known.record.id;
                match plans.amend_by_text(&by, own, version, &bytes, whole).await {
                    Ok(_) => {
                        return Ok(GoTo::link(&links::amendment(&id))
                            .saying(Notice::AmendmentRead)
                            .into_response());
                    }
                    Err(PlanError::Registry(RegistryError::Refused(problem)))
                        if problem.status == 422 =>
                    {
                        problem
                    }
                    Err(PlanError::Registry(RegistryError::Conflict { .. })) => deeds::changed(),
                    Err(error) => decision_refused(error, &bytes)?,
                }
            }
            Err(problem) => problem,
        },
        (None, Some(refusal)) => {
            let code = refusal.code.clone();
            Problem::new(422, &code, "an amended annex").at(refusal)
        }
        (None, None) => {
            let missing = FieldProblem::new("tep", "decision-missing");
            let mut problem = Problem::new(422, "invalid-fields", "an amended annex");
            problem.fields.push(missing);
            problem
        }
    };
    let errors = form_errors(desk.words(), &problem, &[], "tep");
    let known = desk.amendment_of(&id).await?;
    Ok(refused(
        &problem,
        show::page(&desk, &known, String::new(), errors).await?,
    ))
}
