//! `/quan-tri/vai-tro/{code}`: one role; removing it.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use directory::access::RoleHolders;
use directory::permission::{EVERYBODY, RoleStanding};
use directory::{DirectoryError, Role};
use serde::Deserialize;
use store::Cursor;

use super::super::account_list::read_mark;
use super::super::audit::Names;
use super::super::{App, Failure, Form, GoTo, Notice, Page, Visitor, form_errors, refused};
use super::desk::{Desk, account_link};
use crate::pages::links;
use crate::pages::parts::{FormErrors, Pager};
use crate::pages::roles::{RolePage, RoleVersionRow};

/// How many holders a page shows.
const SHOWN: usize = 100;

/// Which page of the holders: `sau` is the mark of the last one of the page before.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    sau: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page<RolePage>, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let standing = desk.standing(&code).await?;
    let after = asked.sau.as_deref().map(read_mark).transpose()?;
    page(&desk, standing, after, FormErrors::default())
        .await
        .map(Page)
}

async fn page(
    desk: &Desk,
    standing: RoleStanding,
    after: Option<Cursor>,
    errors: FormErrors,
) -> Result<RolePage, Failure> {
    let (words, role) = (desk.words(), standing.role);
    let editable = role.code != EVERYBODY;
    let holders = match Role::coded(&role.code) {
        Some(own) => {
            let directory = &desk.app.directory;
            let holding = directory.role_holders(own, desk.today, after.as_ref(), SHOWN);
            holding.await?
        }
        None => RoleHolders::default(),
    };
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
        holders: holders.accounts.iter().map(account_link).collect(),
        holding: holders.count,
        pager: Pager {
            previous: after.map(|_| links::role(&role.code)),
            next: holders
                .next
                .map(|next| format!("{}?sau={next}", links::role(&role.code))),
        },
        history,
        editable,
        removable: editable && !standing.ships,
        changed: desk.given(&role.code).is_some_and(|given| *given != role),
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
            Ok(refused(
                &problem,
                page(&desk, standing, None, errors).await?,
            ))
        }
        Err(error) => Err(error.into()),
    }
}
