//! `/quan-tri/vai-tro/{code}`: one role; removing it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use directory::DirectoryError;
use directory::permission::{EVERYBODY, RoleStanding};

use super::super::audit::Names;
use super::super::{App, Failure, Form, GoTo, Notice, Page, Visitor, form_errors, refused};
use super::desk::{Desk, account_link, shipped};
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::roles::{RolePage, RoleVersionRow};

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Page<RolePage>, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let standing = desk.standing(&code).await?;
    page(&desk, standing, FormErrors::default()).await.map(Page)
}

async fn page(
    desk: &Desk,
    standing: RoleStanding,
    errors: FormErrors,
) -> Result<RolePage, Failure> {
    let (words, role) = (desk.words(), standing.role);
    let editable = role.code != EVERYBODY;
    let mut holders = desk.app.directory.role_holders(desk.today).await?;
    let holders = holders.remove(&role.code).unwrap_or_default();
    let mut history = Vec::new();
    let mut names = Names::new(&desk.app, words);
    for version in desk.app.directory.role_history(standing.record).await? {
        history.push(RoleVersionRow {
            version: version.version,
            at: version.at.in_vietnam().datetime(),
            person: names.of(version.account).await?,
            grants: version
                .role
                .map_or_else(Vec::new, |role| desk.sentences(&role.grants)),
        });
    }
    Ok(RolePage {
        version: standing.version,
        name: words.role_name(&role.name),
        origin: desk.origin(&role),
        span: words.span(role.valid_from, role.valid_to),
        grants: desk.sentences(&role.grants),
        holders: holders.iter().map(account_link).collect(),
        history,
        editable,
        removable: editable && !standing.ships,
        changed: standing.ships && shipped(&role.code).as_ref() != Some(&role),
        code: role.code,
        shell: desk.shell(),
        errors,
    })
}

/// Removes a role that was made here and that nobody is given: `phien-ban`.
pub(super) async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let [version] = fields.exactly(["phien-ban"])?;
    let standing = desk.standing(&code).await?;
    let (actor, principal) = (desk.visitor.actor(), &desk.visitor.principal);
    let directory = &desk.app.directory;
    let version = version.parse().unwrap_or(0);
    match directory
        .remove_role(principal, &actor, version, &code)
        .await
    {
        Ok(()) => Ok(GoTo::link(links::ROLES)
            .saying(Notice::Saved)
            .into_response()),
        Err(DirectoryError::Refused(problem)) => {
            let errors = form_errors(desk.words(), &problem, &[], "bo");
            Ok(refused(&problem, page(&desk, standing, errors).await?))
        }
        Err(error) => Err(error.into()),
    }
}
