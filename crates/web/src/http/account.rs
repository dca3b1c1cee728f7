//! `GET /tai-khoan`: my account and where I am signed in; ending one of my sessions; another
//! password.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use directory::{Act, DirectoryError, SessionInfo, Subject};
use vocab::{FieldProblem, Id, Problem};

use super::invitation::roles;
use super::sign_in::{begin, explained};
use super::sign_out::leave;
use super::{App, Failure, Form, GoTo, Notice, Page, Visitor, agent, digest, form_errors, refused};
use crate::pages::account::{Account, SessionRow};
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::shell::Section;

pub(super) fn itself(account: Id) -> Subject<'static> {
    Subject {
        kind: "account",
        unit: account,
        state: "",
        author: None,
    }
}

/// The directory's fields and the form's.
const NAMES: [(&str, &str); 2] = [("old", "mat-khau-cu"), ("password", "mat-khau")];

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<Account>, Failure> {
    page(&app, &visitor, FormErrors::default()).await.map(Page)
}

async fn page(app: &App, visitor: &Visitor, errors: FormErrors) -> Result<Account, Failure> {
    let account = visitor.account()?;
    visitor.require(Act::Read, &itself(account))?;
    let words = visitor.words();
    let units = app.directory.units().await?;
    let book = app.directory.roles().await?;
    let digest = digest::form(app, visitor, account).await?;
    let roles = roles(words, &book, &units, &visitor.principal.grants);
    Ok(Account {
        name: visitor.principal.name.clone(),
        login: visitor.principal.login.clone(),
        roles,
        sessions: session_rows(app, visitor, account).await?,
        digest,
        shell: visitor.shell(Section::Other),
        errors,
    })
}

/// The sessions of an account, the one that asks first.
pub(super) async fn session_rows(
    app: &App,
    visitor: &Visitor,
    account: Id,
) -> Result<Vec<SessionRow>, Failure> {
    let current = visitor
        .session
        .as_ref()
        .map(|session| session.public_id.as_str());
    let mut sessions = app.directory.sessions_of(account).await?;
    sessions.sort_by_key(|session| Some(session.public_id.as_str()) != current);
    let unknown = visitor.words().t("device-unknown");
    let row = |session: SessionInfo| SessionRow {
        current: Some(session.public_id.as_str()) == current,
        device: agent::short(&session.device.agent).unwrap_or_else(|| unknown.clone()),
        address: session.device.address,
        started: session.started.in_vietnam().datetime(),
        seen: session.seen.in_vietnam().datetime(),
        id: session.public_id,
    };
    Ok(sessions.into_iter().map(row).collect())
}

/// `POST /tai-khoan/mat-khau`: `mat-khau-cu`, `mat-khau`, `mat-khau-lai`. All sessions of the
/// account end; this browser gets a new one.
pub(super) async fn change_password(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let account = visitor.account()?;
    visitor.require(Act::Draft, &itself(account))?;
    let [old, password, again] = fields.exactly(["mat-khau-cu", "mat-khau", "mat-khau-lai"])?;
    let (directory, device) = (&app.directory, visitor.device());
    let changed = if password == again {
        let actor = visitor.actor();
        directory
            .change_own_password(&actor, &old, &password, &device)
            .await
    } else {
        let problem = Problem::new(422, "password-differs", "changing to two passwords");
        let field = FieldProblem::new("mat-khau-lai", "password-differs");
        Err(DirectoryError::Refused(problem.at(field)))
    };
    match changed {
        Ok(()) => {}
        Err(DirectoryError::Refused(problem)) => {
            let errors = form_errors(visitor.words(), &problem, &NAMES, "mat-khau-cu");
            return Ok(refused(&problem, page(&app, &visitor, errors).await?));
        }
        Err(error) => return Err(error.into()),
    }
    let login = &visitor.principal.login;
    match directory.sign_in(login, &password, &device).await {
        Ok(session) => {
            let way = GoTo::link(links::ACCOUNT).saying(Notice::PasswordChanged);
            begin(&app, &visitor, &session, way).await
        }
        Err(DirectoryError::Refused(problem)) => Err(explained(problem)),
        Err(error) => Err(error.into()),
    }
}

/// `POST /tai-khoan/phien/{id}/ket-thuc`: ends one of my sessions.
pub(super) async fn end_session(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    fields.done()?;
    let account = visitor.account()?;
    visitor.require(Act::Draft, &itself(account))?;
    let ended = app.directory.end_session(account, &id).await?;
    if visitor
        .session
        .as_ref()
        .is_some_and(|session| session.public_id == id)
    {
        return Ok(leave(
            &app,
            GoTo::link(links::SIGN_IN).saying(Notice::SignedOut),
        ));
    }
    let notice = if ended {
        Notice::SessionEnded
    } else {
        Notice::SessionGone
    };
    Ok(GoTo::link(links::ACCOUNT).saying(notice).into_response())
}
