//! What others decided about the reader's reports, below his tasks.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};

use super::super::{Failure, Form, GoTo, Notice, campaigns, obstacles};
use super::desk::Desk;
use super::matter::Matter;
use crate::pages::inbox::NoticeRow;
use crate::pages::links;

/// The most that the page shows.
const MOST: usize = 20;

/// The reader's notices in words; without those whose report he may not read any more.
pub(super) async fn worded(desk: &Desk) -> Result<Vec<NoticeRow>, Failure> {
    let plans = &desk.app.plans;
    let principal = &desk.visitor.principal;
    let mut rows = Vec::new();
    for notice in plans.notices(principal, MOST).await? {
        if notice.step.starts_with("obstacle-") {
            rows.extend(obstacles::notice(desk, &notice).await?);
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

/// `POST /viec-cua-toi/thong-bao/{id}/cat`: puts one aside.
pub(super) async fn put_aside(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    fields.done()?;
    desk.visitor.account()?;
    let id = id
        .parse()
        .map_err(|_| Failure::not_found("no such notice"))?;
    desk.app.plans.put_aside(&desk.caller(), id).await?;
    Ok(GoTo::link(links::INBOX)
        .saying(Notice::PutAside)
        .into_response())
}
