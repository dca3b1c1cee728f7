//! `GET`, `POST /ke-hoach/nhap`: the file of a decision. It is kept under its digest for whoever
//! sent it, so that nothing is sent twice; whether it can be read is said at once.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use vocab::{FieldProblem, Problem, hex};

use super::super::super::sent_file::{self, SentFile};
use super::super::super::{App, Failure, GoTo, MultipartForm, Page, Visitor, form_errors, refused};
use super::{refusal, require};
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::plan_import::PlanImport;
use crate::pages::shell::Section;

/// Asks for the file.
pub(super) async fn show(visitor: Visitor) -> Result<Page<PlanImport>, Failure> {
    require(&visitor)?;
    Ok(Page(page(&visitor, FormErrors::default())))
}

/// Takes it, reads it on trial, and leads to what it would change.
pub(super) async fn take(
    State(app): State<App>,
    visitor: Visitor,
    form: MultipartForm,
) -> Result<Response, Failure> {
    require(&visitor)?;
    form.fields.done()?;
    // A saved page or a text in an older way of writing letters is no evidence, and is read.
    let file = form.files.into_iter().chain(form.unlike).next();
    let problem = match (file, form.refused.into_iter().next()) {
        (Some(file), _) => {
            let registry = app.plans.registry();
            let digest = file.stored.digest;
            registry.receive(&visitor.caller(), &digest).await?;
            match read(&app, &digest).await? {
                Ok(bytes) => match app.plans.compare(&bytes).await {
                    Ok(_) => {
                        let preview = links::plan_preview(&hex::encode(&digest), &file.name);
                        return Ok(GoTo::link(&preview).into_response());
                    }
                    Err(error) => refusal::of(error, &bytes)?,
                },
                Err(problem) => problem,
            }
        }
        (None, Some(refusal)) => {
            let code = refusal.code.clone();
            let problem = Problem::new(422, &code, "a decision");
            problem.at(refusal)
        }
        (None, None) => about("decision-missing"),
    };
    Ok(wrong(&visitor, &problem))
}

/// The form with what is wrong with the file.
pub(super) fn wrong(visitor: &Visitor, problem: &Problem) -> Response {
    let errors = form_errors(visitor.words(), problem, &[], "tep");
    refused(problem, page(visitor, errors))
}

/// The file that was sent, or what is wrong with it. Whoever calls this has made sure that the
/// visitor sent it.
pub(in crate::http) async fn read(
    app: &App,
    digest: &[u8; 32],
) -> Result<Result<Vec<u8>, Problem>, Failure> {
    Ok(match sent_file::read(app.store(), digest).await? {
        SentFile::Whole(bytes) => Ok(bytes),
        SentFile::Missing => Err(about("decision-missing")),
        SentFile::TooLarge => Err(about("decision-large")),
    })
}

fn about(code: &str) -> Problem {
    Problem::new(422, code, "a decision").at(FieldProblem::new("tep", code))
}

fn page(visitor: &Visitor, errors: FormErrors) -> PlanImport {
    PlanImport {
        errors,
        shell: visitor.shell(Section::Plan),
    }
}
