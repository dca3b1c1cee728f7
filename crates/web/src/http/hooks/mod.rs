//! Webhooks, for administrators: what other systems are told as it happens.

mod deeds;
mod desk;
mod form;
mod list;
mod show;

use std::sync::Arc;

use directory::{Act, Subject, may, province};
use registry::hooks::{LinkTo, WEBHOOK};

use super::route_list::{Routes, get, post};
use super::{App, Failure, Visitor};
use crate::pages::inbox::NoticeRow;
use crate::pages::links;

/// The routes of the pages about webhooks.
pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::HOOKS, get(list::show))
        .route(links::HOOK_NEW, get(form::begin).post(form::declare))
        .route("/quan-tri/webhook/{id}", get(show::show))
        .route(
            "/quan-tri/webhook/{id}/sua",
            get(form::edit).post(form::save),
        )
        .route("/quan-tri/webhook/{id}/viec", post(deeds::take))
        .route("/quan-tri/webhook/{id}/khoa", post(deeds::rotate))
        .route("/quan-tri/webhook/{id}/gui-lai", post(deeds::send_again))
}

/// Webhooks as one thing.
pub(crate) fn subject() -> Subject<'static> {
    Subject {
        kind: WEBHOOK,
        unit: province(),
        state: "",
        author: None,
    }
}

/// Where records are found in the API, for messages.
pub fn record_links(public_url: &str) -> LinkTo {
    let at = public_url.trim_end_matches('/').to_owned();
    Arc::new(move |kind, id| match kind.split_once('/') {
        Some((pack, record)) => format!("{at}/api/v1/systems/{pack}/{record}/{id}"),
        None => format!("{at}/api/v1/{kind}s/{id}"),
    })
}

/// What somebody is told of a webhook that was given up.
pub(super) async fn notice(
    app: &App,
    visitor: &Visitor,
    notice: &::plan::Notice,
) -> Result<Option<NoticeRow>, Failure> {
    if !may(&visitor.principal, Act::Operate, &subject()).is_allowed() {
        return Ok(None);
    }
    let hook = app.plans.registry().hook(notice.report).await?;
    Ok(hook.map(|hook| NoticeRow {
        id: notice.id.to_string(),
        what: visitor
            .words()
            .t1("hook-notice-given-up", "name", hook.name.as_str()),
        at: notice.at.in_vietnam().datetime(),
        href: links::hook(&hook.id().to_string()),
    }))
}
