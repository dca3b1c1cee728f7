//! `GET /quan-tri/webhook`.

use axum::extract::State;

use super::super::{App, Failure, Page, Visitor};
use super::desk::Desk;
use crate::pages::hooks::{HookList, HookRow};

/// Shows them, for administrators.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<HookList>, Failure> {
    let desk = Desk::open(app, visitor)?;
    let words = desk.words();
    let mut rows = Vec::new();
    for hook in desk.registry().hooks().await? {
        let standing = desk.registry().hook_standing(hook.id()).await?;
        let is_failing = standing.is_none_or(|standing| standing.failing.is_some());
        let state = match (hook.is_active(), is_failing) {
            (false, _) => "hook-paused",
            (true, true) => "hook-failing",
            (true, false) => "hook-active",
        };
        let account = desk.app.directory.account(hook.account).await?;
        rows.push(HookRow {
            id: hook.id().to_string(),
            state: words.t(state),
            account: account.map_or_else(String::new, |account| account.login),
            name: hook.name,
            address: hook.address,
        });
    }
    Ok(Page(HookList {
        shell: desk.shell(),
        rows,
    }))
}
