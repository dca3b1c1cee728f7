//! `GET /tai-khoan`: my account and where I am signed in; ending one of my sessions.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use directory::{Act, SessionInfo, Subject};
use vocab::Id;

use super::sign_out::leave;
use super::{App, Failure, Form, GoTo, Notice, Page, Visitor, agent};
use crate::pages::account::{Account, SessionRow};
use crate::pages::links;
use crate::pages::shell::Section;

fn itself(account: Id) -> Subject<'static> {
    Subject {
        kind: "account",
        unit: account,
        state: "",
        author: None,
    }
}

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<Account>, Failure> {
    let account = visitor.account()?;
    visitor.require(Act::Read, &itself(account))?;
    let words = visitor.words();
    let units = app.directory.units().await?;
    let roles = visitor.principal.grants.iter().map(|grant| {
        let role = words.t(grant.role.key());
        match units.get(grant.unit) {
            Some(unit) => format!("{role}, {}", unit.name),
            None => role,
        }
    });
    let roles = roles.collect();
    let current = visitor
        .session
        .as_ref()
        .map(|session| session.public_id.as_str());
    let mut sessions = app.directory.sessions_of(account).await?;
    sessions.sort_by_key(|session| Some(session.public_id.as_str()) != current);
    let unknown = words.t("device-unknown");
    let row = |session: SessionInfo| SessionRow {
        current: Some(session.public_id.as_str()) == current,
        device: agent::short(&session.device.agent).unwrap_or_else(|| unknown.clone()),
        address: session.device.address,
        started: session.started.in_vietnam().datetime(),
        seen: session.seen.in_vietnam().datetime(),
        id: session.public_id,
    };
    Ok(Page(Account {
        name: visitor.principal.name.clone(),
        login: visitor.principal.login.clone(),
        roles,
        sessions: sessions.into_iter().map(row).collect(),
        shell: visitor.shell(Section::Other),
    }))
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
