//! What is done with a webhook: testing, pausing, resuming, removing it, sending again, another
//! secret.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use vocab::Id;

use super::super::fields::unreadable;
use super::super::{App, Failure, Form, GoTo, Notice, Page, Visitor};
use super::desk::Desk;
use super::show;
use crate::pages::links;

/// `viec` says what: `thu` sends a test, `tam-dung` pauses, `tiep-tuc` resumes from where it was
/// paused, `tu-nay` with what happens from now on, `bo` removes.
pub(super) async fn take(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor)?;
    let caller = desk.caller(&fields);
    let [deed] = fields.exactly(["viec"])?;
    let registry = desk.registry();
    let there = links::hook(&id.to_string());
    let (to, notice) = match deed.as_str() {
        "thu" => {
            registry.test_hook(&desk.visitor.caller(), id).await?;
            (there.as_str(), Notice::HookAsked)
        }
        "tam-dung" => {
            registry.pause_hook(&caller, id).await?;
            (there.as_str(), Notice::HookPaused)
        }
        "tiep-tuc" | "tu-nay" => {
            registry.resume_hook(&caller, id, deed == "tu-nay").await?;
            (there.as_str(), Notice::HookResumed)
        }
        "bo" => {
            registry.remove_hook(&caller, id).await?;
            (links::HOOKS, Notice::HookRemoved)
        }
        _ => return Err(unreadable("form-unreadable", "no such deed")),
    };
    Ok(GoTo::link(to).saying(notice).into_response())
}

/// Makes another secret and shows it this once; the old one signs for `song-song` hours more.
pub(super) async fn rotate(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor)?;
    let caller = desk.caller(&fields);
    let [overlap] = fields.exactly(["song-song"])?;
    let known = show::OVERLAPS.iter();
    let mut known = known.filter(|(value, _, _)| *value == overlap);
    let Some((_, _, seconds)) = known.next() else {
        return Err(unreadable("form-unreadable", "no such overlap"));
    };
    desk.hook(id).await?;
    let key = &desk.webhooks()?.key;
    let (hook, secret) = desk
        .registry()
        .rotate_hook(&caller, key, id, *seconds)
        .await?;
    let page = show::page(&desk, &hook, Some(secret.handed_over())).await?;
    Ok(Page(page).into_response())
}

/// Sends a message again, `tin`.
pub(super) async fn send_again(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor)?;
    let [key] = fields.exactly(["tin"])?;
    let registry = desk.registry();
    registry
        .send_again(&desk.visitor.caller(), id, &key)
        .await?;
    Ok(GoTo::link(&links::hook(&id.to_string()))
        .saying(Notice::HookAsked)
        .into_response())
}
