//! `GET /quan-tri/vai-tro`: all roles, and how many hold each.

use axum::extract::State;
use directory::permission::EVERYBODY;

use super::super::{App, Failure, Page, Visitor};
use super::desk::Desk;
use crate::pages::links;
use crate::pages::parts::{FormErrors, Link};
use crate::pages::roles::{RoleRow, Roles};

pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Page<Roles>, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let holders = desk.app.directory.role_counts(desk.today).await?;
    let words = desk.words();
    let everybody = desk.book.everybody().into_iter().cloned();
    let givable = desk.book.givable().into_iter().map(|(_, role)| role);
    let rows = everybody.chain(givable).map(|role| RoleRow {
        role: Link::new(links::role(&role.code), words.role_name(&role.name)),
        origin: desk.origin(&role),
        grants: role.grants.len(),
        holders: (role.code != EVERYBODY)
            .then(|| holders.get(&role.code).copied().unwrap_or_default()),
    });
    Ok(Page(Roles {
        rows: rows.collect(),
        errors: FormErrors::default(),
        shell: desk.shell(),
    }))
}
