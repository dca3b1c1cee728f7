//! `GET /thiet-lap`, `POST /thiet-lap`: the first administrator.

use axum::extract::State;
use axum::response::Response;
use directory::{DirectoryError, NewAccount};
use vocab::{FieldProblem, Problem};

use super::sign_in::{begin, explained};
use super::{App, Failure, Form, GoTo, Notice, Page, Visitor, form_errors, refused};
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::setup::Setup;
use crate::pages::shell::Section;

/// The directory's fields and the form's.
const NAMES: [(&str, &str); 4] = [
    ("code", "ma-thiet-lap"),
    ("name", "ho-ten"),
    ("login", "ten-dang-nhap"),
    ("password", "mat-khau"),
];

/// Shows the form, as long as there is no administrator.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Page<Setup>, Failure> {
    still_open(&app).await?;
    let errors = FormErrors::default();
    Ok(Page(page(&visitor, String::new(), String::new(), errors)))
}

/// Makes the first administrator and signs in: `ma-thiet-lap`, `ho-ten`, `ten-dang-nhap`,
/// `mat-khau`, `mat-khau-lai`.
pub(super) async fn set_up(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    still_open(&app).await?;
    let [code, name, login, password, again] = fields.exactly([
        "ma-thiet-lap",
        "ho-ten",
        "ten-dang-nhap",
        "mat-khau",
        "mat-khau-lai",
    ])?;
    if password != again {
        let problem = Problem::new(422, "password-differs", "setting up with two passwords")
            .at(FieldProblem::new("mat-khau-lai", "password-differs"));
        let errors = form_errors(visitor.words(), &problem, &NAMES, "mat-khau-lai");
        return Ok(refused(&problem, page(&visitor, name, login, errors)));
    }
    let new = NewAccount {
        login: login.clone(),
        name: name.clone(),
        password: password.clone(),
        grants: Vec::new(),
        demo: false,
    };
    match app
        .directory
        .set_up(code.trim(), new, visitor.frame.request)
        .await
    {
        Ok(account) => {
            let device = visitor.device();
            match app
                .directory
                .sign_in(&account.login, &password, &device)
                .await
            {
                Ok(session) => {
                    let way = GoTo::link(links::ACCOUNT).saying(Notice::SetUp);
                    begin(&app, &visitor, &session, way).await
                }
                Err(DirectoryError::Refused(problem)) => Err(explained(problem)),
                Err(error) => Err(error.into()),
            }
        }
        Err(DirectoryError::Refused(problem)) => {
            let errors = form_errors(visitor.words(), &problem, &NAMES, "ma-thiet-lap");
            Ok(refused(&problem, page(&visitor, name, login, errors)))
        }
        Err(error) => Err(error.into()),
    }
}

async fn still_open(app: &App) -> Result<(), Failure> {
    if app.directory.has_administrator().await? {
        return Err(Failure::not_found("set-up after it was done"));
    }
    Ok(())
}

fn page(visitor: &Visitor, name: String, login: String, errors: FormErrors) -> Setup {
    Setup {
        shell: visitor.shell(Section::Other),
        name,
        login,
        errors,
    }
}
