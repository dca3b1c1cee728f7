//! `/quen-mat-khau` and `/mat-khau-moi/{ma}`: a new password for a lost one.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use directory::DirectoryError;
use vocab::{FieldProblem, Problem};

use super::{App, Failure, Form, GoTo, Notice, Page, Visitor, form_errors, refused};
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::password_reset::{PasswordLost, PasswordNew};
use crate::pages::shell::Section;

/// Shows the form that asks for a link.
pub(super) async fn ask(State(app): State<App>, visitor: Visitor) -> Page<PasswordLost> {
    Page(lost(&app, &visitor, String::new(), FormErrors::default()))
}

fn lost(app: &App, visitor: &Visitor, login: String, errors: FormErrors) -> PasswordLost {
    PasswordLost {
        shell: visitor.shell(Section::Other),
        by_mail: app.settings.sends_mail,
        asked: false,
        login,
        errors,
    }
}

/// Has a link sent (`ten-dang-nhap`); the answer says nothing about who there is.
pub(super) async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [login] = fields.exactly(["ten-dang-nhap"])?;
    if !app.settings.sends_mail {
        return Ok(Page(lost(&app, &visitor, login, FormErrors::default())).into_response());
    }
    let (device, lang) = (visitor.device(), visitor.frame.lang);
    match app
        .directory
        .request_password_reset(&login, &device, lang)
        .await
    {
        Ok(()) => {
            let page = lost(&app, &visitor, String::new(), FormErrors::default());
            Ok(Page(PasswordLost {
                asked: true,
                ..page
            })
            .into_response())
        }
        Err(DirectoryError::Refused(problem)) => {
            let errors = form_errors(visitor.words(), &problem, &[], "ten-dang-nhap");
            Ok(refused(&problem, lost(&app, &visitor, login, errors)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows the form for the new password; looking uses nothing up.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Page<PasswordNew>, Failure> {
    page(&app, &visitor, &token, FormErrors::default())
        .await
        .map(Page)
}

async fn page(
    app: &App,
    visitor: &Visitor,
    token: &str,
    errors: FormErrors,
) -> Result<PasswordNew, Failure> {
    let account = app
        .directory
        .account_of_reset(token, &visitor.device())
        .await?;
    let account = account.ok_or_else(link_void)?;
    Ok(PasswordNew {
        shell: visitor.shell(Section::Other),
        action: links::password_reset(token),
        login: account.login,
        errors,
    })
}

/// Sets it (`mat-khau`, `mat-khau-lai`).
pub(super) async fn set(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [password, again] = fields.exactly(["mat-khau", "mat-khau-lai"])?;
    let done = match same(&password, &again) {
        Ok(()) => app
            .directory
            .reset_password(&token, &password, &visitor.device(), visitor.frame.request)
            .await
            .map(drop),
        Err(problem) => Err(problem.into()),
    };
    match done {
        Ok(()) => Ok(GoTo::link(links::SIGN_IN)
            .saying(Notice::PasswordReset)
            .into_response()),
        Err(DirectoryError::Refused(problem)) if !problem.fields.is_empty() => {
            let errors = form_errors(
                visitor.words(),
                &problem,
                &[("password", "mat-khau")],
                "mat-khau",
            );
            Ok(refused(
                &problem,
                page(&app, &visitor, &token, errors).await?,
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// Refuses two passwords that differ.
pub(super) fn same(password: &str, again: &str) -> Result<(), Problem> {
    if password == again {
        return Ok(());
    }
    Err(
        Problem::new(422, "password-differs", "choosing two passwords")
            .at(FieldProblem::new("mat-khau-lai", "password-differs")),
    )
}

/// A link that leads nowhere any more.
pub(super) fn link_void() -> Failure {
    Problem::new(410, "link-void", "following a link that has ended").into()
}
