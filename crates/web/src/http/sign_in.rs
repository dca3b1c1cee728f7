//! `GET /dang-nhap`, `POST /dang-nhap`: signing in.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use directory::permission::RoleBook;
use directory::{DirectoryError, NewSession};
use serde::Deserialize;
use vocab::Problem;

use super::{App, Failure, Form, GoTo, LocalPath, Page, Visitor, cookies, form_errors, refused};
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::shell::Section;
use crate::pages::sign_in::{DemoAccount, SignIn};

/// The query of the form: where to go afterwards.
#[derive(Debug, Deserialize)]
pub(super) struct Next {
    tiep: Option<String>,
}

impl Next {
    fn path(&self) -> LocalPath {
        let next = self.tiep.as_deref().and_then(LocalPath::lookup);
        next.unwrap_or_else(|| LocalPath::or_home(links::INBOX))
    }
}

/// Shows the form; whoever is signed in goes on at once.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(next): Query<Next>,
) -> Response {
    if visitor.session.is_some() {
        return GoTo::page(next.path()).into_response();
    }
    let page = page(
        &app,
        &visitor,
        String::new(),
        &next.path(),
        FormErrors::default(),
    );
    Page(page).into_response()
}

/// Signs in: `ten-dang-nhap`, `mat-khau`, `tiep`.
pub(super) async fn sign_in(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [login, password, next] = fields.exactly(["ten-dang-nhap", "mat-khau", "tiep"])?;
    let next = Next { tiep: Some(next) }.path();
    match app
        .directory
        .sign_in(&login, &password, &visitor.device())
        .await
    {
        Ok(new) => begin(&app, &visitor, &new, GoTo::page(next)).await,
        Err(DirectoryError::Refused(problem)) => {
            let errors = form_errors(visitor.words(), &problem, &[], "ten-dang-nhap");
            Ok(refused(
                &problem,
                page(&app, &visitor, login, &next, errors),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives the browser its new session; one that it had before ends.
pub(super) async fn begin(
    app: &App,
    visitor: &Visitor,
    new: &NewSession,
    way: GoTo,
) -> Result<Response, Failure> {
    if let Some(before) = &visitor.frame.session {
        app.directory.sign_out(before).await?;
    }
    let mut response = way.into_response();
    let cookie = cookies::Kind::Session.set(&app.settings, new.token.as_str());
    cookies::send(&mut response, &cookie);
    let device = cookies::Kind::Device.set(&app.settings, new.device.as_str());
    cookies::send(&mut response, &device);
    Ok(response)
}

/// The words that a refused sign-in is explained with, when another form leads to it.
pub(super) fn explained(problem: Problem) -> Failure {
    Failure::from(problem).back_to(LocalPath::or_home(links::SIGN_IN))
}

fn page(
    app: &App,
    visitor: &Visitor,
    login: String,
    next: &LocalPath,
    errors: FormErrors,
) -> SignIn {
    let words = visitor.words();
    let shipped = RoleBook::shipped();
    let demo = app.settings.demo.iter().flat_map(|demo| {
        demo.accounts.iter().map(|account| DemoAccount {
            login: account.login.clone(),
            password: demo.password.clone(),
            role: words.role(&shipped, account.role),
            unit: account.unit.clone(),
        })
    });
    SignIn {
        shell: visitor.shell(Section::Other),
        login,
        errors,
        next: next.as_str().to_owned(),
        demo_accounts: demo.collect(),
    }
}
