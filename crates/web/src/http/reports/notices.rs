//! What others decided about the reader's reports, below his tasks.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use registry::RegistryError;

use super::super::{
    App, Failure, Form, GoTo, Notice, Visitor, campaigns, hooks, obstacles, systems,
};
use super::desk::Desk;
use super::matter::Matter;
use crate::pages::inbox::NoticeRow;
use crate::pages::links;

/// The most that the page shows.
const MOST: usize = 20;

/// The reader's notices in words; without those whose report he may not read any more.
pub(super) async fn worded(
    app: &App,
    visitor: &Visitor,
    desk: Option<&Desk>,
) -> Result<Vec<NoticeRow>, Failure> {
    let plans = &app.plans;
    let principal = &visitor.principal;
    let mut rows = Vec::new();
    for notice in plans.notices(principal, MOST).await? {
        if let Some((kind, told)) = &notice.system {
            rows.extend(of_system(app, visitor, &notice, kind, told).await?);
            continue;
        }
        if notice.step.starts_with(::plan::HOOK_NOTICE) {
            rows.extend(hooks::notice(app, visitor, &notice).await?);
            continue;
        }
        let Some(desk) = desk else {
            continue;
        };
        if notice.step.starts_with("obstacle-") {
            rows.extend(obstacles::notice(desk, &notice).await?);
            continue;
        }
        if notice.step.starts_with("opinion-") {
            rows.extend(super::opinions::notice(desk, &notice).await?);
            continue;
        }
        if notice.step.contains('-') {
            rows.extend(campaigns::notice(desk, &notice).await?);
            continue;
        }
        let Ok(report) = plans.report(principal, notice.report).await else {
            continue;
        };
        let matter = Matter::of(desk, &report)?;
        let key = match notice.step.as_str() {
            "consolidate" => "notice-consolidated",
            _ => "notice-sent-back",
        };
        rows.push(NoticeRow {
            id: notice.id.to_string(),
            what: desk.words().t_args(
                key,
                &[
                    ("number", &matter.target.body.number),
                    ("period", &desk.period_label(matter.period)),
                ],
            ),
            at: notice.at.in_vietnam().datetime(),
            href: links::report(&report.record.id.to_string()),
        });
    }
    Ok(rows)
}

/// What a pack tells of a record of a system, as its reader sees the record; nothing where they
/// may not read it any more, or the pack tells nothing of the kind now.
async fn of_system(
    app: &App,
    visitor: &Visitor,
    notice: &::plan::Notice,
    kind: &str,
    told: &str,
) -> Result<Option<NoticeRow>, Failure> {
    let registry = app.plans.registry();
    let systems = registry.systems();
    let Some(kind) = systems.kind(kind) else {
        return Ok(None);
    };
    let record = match registry
        .get(&visitor.principal, kind.name, notice.report)
        .await
    {
        Ok(record) => record,
        Err(RegistryError::NotFound { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let lang = visitor.words().lang;
    let what = systems::told(lang, systems, kind, &record, told, false);
    Ok(what.map(|what| NoticeRow {
        id: notice.id.to_string(),
        what,
        at: notice.at.in_vietnam().datetime(),
        href: systems::link_to(systems, kind, record.id),
    }))
}

/// `POST /viec-cua-toi/thong-bao/{id}/cat`: puts one aside.
pub(super) async fn put_aside(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    fields.done()?;
    visitor.account()?;
    let id = id
        .parse()
        .map_err(|_| Failure::not_found("no such notice"))?;
    app.plans.put_aside(&visitor.caller(), id).await?;
    Ok(GoTo::link(links::INBOX)
        .saying(Notice::PutAside)
        .into_response())
}
