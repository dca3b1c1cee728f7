//! `/api/v1/webhooks`: what other systems are told as it happens.

use axum::extract::State;
use axum::http::StatusCode;
use directory::Act;
use registry::hooks::{Happening, Hook, NewHook};
use serde::Serialize;
use utoipa::ToSchema;
use vocab::Id;

use super::address::Named;
use super::change::Change;
use super::object::Object;
use super::paging::Page;
use super::problem::{CreateRefusals, ReadRefusals};
use super::query::NoQuery;
use super::shown::Shown;
use crate::http::hooks::subject;
use crate::http::{App, Failure, Visitor, Webhooks};

const PATH: &str = "/api/v1/webhooks";

/// A receiver that is told of changes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WebhookShown {
    /// Its identity.
    #[schema(format = "uuid")]
    id: String,
    #[schema(example = "LGSP")]
    name: String,
    /// Where messages go.
    #[schema(example = "https://lgsp.vinhlong.gov.vn/nhan")]
    address: String,
    /// The login of the account by whose rights is read; none if it is gone.
    account: Option<String>,
    /// `pack/record` of a system, or `observation` for reports on the plan.
    #[schema(example = json!(["growing-area/growing-area"]))]
    kinds: Vec<String>,
    /// `created`, `edited`, `step`, `removed`.
    happenings: Vec<&'static str>,
    /// `thin`, or `whole`: with what the record says.
    contents: &'static str,
    /// `active` or `paused`.
    state: String,
    /// Why it paused by itself: `account`, `gone`, `dead`.
    why: Option<String>,
    /// The signing secret: in the answer that makes it alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

/// A receiver to be told.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "it describes the body; its members are read by name"
)]
pub(super) struct WebhookInput {
    name: String,
    /// Begins with `https://`.
    address: String,
    /// The login of the account by whose rights is read.
    account: String,
    /// `pack/record` of a system, or `observation` for reports on the plan.
    kinds: Vec<String>,
    /// `created`, `edited`, `step`, `removed`; all if not given.
    happenings: Option<Vec<String>>,
    /// Whether messages hold what the record says.
    whole: Option<bool>,
}

/// The receivers that are told of changes.
#[utoipa::path(
    get, path = "/api/v1/webhooks", operation_id = "list_webhooks", tag = "webhooks",
    responses((status = 200, description = "As asked for", body = Page<WebhookShown>), ReadRefusals),
    security(("token" = []), ("session" = []))
)]
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    _: NoQuery,
) -> Result<Shown, Failure> {
    visitor.require(Act::Operate, &subject())?;
    let mut items = Vec::new();
    for hook in app.plans.registry().hooks().await? {
        items.push(shown(&app, hook, None).await?);
    }
    Shown::to_asker(&Page { items, next: None })
}

/// One receiver.
#[utoipa::path(
    get, path = "/api/v1/webhooks/{id}", operation_id = "show_webhook", tag = "webhooks",
    params(("id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "As asked for", body = WebhookShown, headers(("ETag" = String, description = "Its version"))),
        ReadRefusals
    ),
    security(("token" = []), ("session" = []))
)]
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Named(id): Named<Id>,
    _: NoQuery,
) -> Result<Shown, Failure> {
    visitor.require(Act::Operate, &subject())?;
    let hook = app.plans.registry().hook_there(id).await?;
    let version = hook.record.version;
    Ok(Shown::to_asker(&shown(&app, hook, None).await?)?.version(version))
}

/// Declare a receiver.
///
/// The answer holds its signing secret, this once.
#[utoipa::path(
    post, path = "/api/v1/webhooks", operation_id = "declare_webhook", tag = "webhooks",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless")),
    request_body = WebhookInput,
    responses(
        (status = 201, description = "Made", body = WebhookShown, headers(
            ("ETag" = String, description = "Its version"),
            ("Location" = String, description = "Where it is")
        )),
        CreateRefusals
    ),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(super) async fn declare(
    State(app): State<App>,
    _: NoQuery,
    change: Change,
) -> Result<Shown, Failure> {
    change.visitor.require(Act::Operate, &subject())?;
    let new = read(&app, change.body).await?;
    let Webhooks { key, allow } = webhooks(&app)?;
    let registry = app.plans.registry();
    let declared = registry.declare_hook(&change.caller, key, allow, plan::HOOK_KINDS, &new);
    let (hook, secret) = declared.await?;
    let (version, place) = (hook.record.version, format!("{PATH}/{}", hook.id()));
    let made = shown(&app, hook, Some(secret.handed_over())).await?;
    Ok(Shown::to_asker(&made)?.version(version).created(place))
}

/// Remove a receiver.
///
/// The answer is the receiver as it was. What was not told yet is not told any more.
#[utoipa::path(
    delete, path = "/api/v1/webhooks/{id}", operation_id = "remove_webhook", tag = "webhooks",
    params(
        ("id" = String, Path, format = "uuid"),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repetition harmless"),
    ),
    responses((status = 200, description = "Removed", body = WebhookShown), CreateRefusals),
    security(("token" = []), ("session" = [], "csrf" = []))
)]
pub(super) async fn remove(
    State(app): State<App>,
    Named(id): Named<Id>,
    _: NoQuery,
    change: Change,
) -> Result<Shown, Failure> {
    change.visitor.require(Act::Operate, &subject())?;
    change.body.done()?;
    let registry = app.plans.registry();
    let hook = registry.hook_there(id).await?;
    registry.remove_hook(&change.caller, id).await?;
    Shown::to_asker(&shown(&app, hook, None).await?)
}

fn webhooks(app: &App) -> Result<&Webhooks, Failure> {
    let webhooks = app.settings.webhooks.as_ref();
    webhooks.ok_or_else(|| {
        let about = "this program sends no webhooks";
        Failure::new(StatusCode::SERVICE_UNAVAILABLE, "webhooks-off", about)
    })
}

async fn read(app: &App, mut body: Object) -> Result<NewHook, Failure> {
    let name = body.required("name", Object::text);
    let address = body.required("address", Object::text);
    let login = body.required("account", Object::text);
    let kinds = body.required("kinds", Object::texts);
    let happenings = body.texts("happenings");
    let whole = body.flag("whole").unwrap_or_default();
    let happenings = match happenings {
        None => Some(Happening::ALL.into()),
        Some(values) => values
            .iter()
            .map(|value| Happening::lookup(value))
            .collect(),
    };
    if happenings.is_none() {
        body.wrong("happenings", "webhook-happenings");
    }
    body.done()?;
    let account = match login {
        Some(login) => app.directory.account_by_login(&login).await?,
        None => None,
    };
    let systems = app.plans.registry().systems();
    let inside = |name: &String| match name.split_once('/') {
        Some((pack, record)) => systems
            .find(pack, record)
            .map_or_else(|| name.clone(), |kind| kind.name.to_owned()),
        None => name.clone(),
    };
    Ok(NewHook {
        name: name.unwrap_or_default(),
        address: address.unwrap_or_default(),
        account: account.map(|account| account.id),
        kinds: kinds.unwrap_or_default().iter().map(inside).collect(),
        happenings: happenings.unwrap_or_default(),
        whole,
    })
}

async fn shown(app: &App, hook: Hook, secret: Option<String>) -> Result<WebhookShown, Failure> {
    let registry = app.plans.registry();
    let account = app.directory.account(hook.account).await?;
    let happenings = hook.happenings.iter();
    Ok(WebhookShown {
        id: hook.id().to_string(),
        account: account.map(|account| account.login),
        kinds: hook
            .kinds
            .iter()
            .map(|kind| registry.hook_name(kind))
            .collect(),
        happenings: happenings.map(|happening| happening.value()).collect(),
        contents: if hook.whole { "whole" } else { "thin" },
        state: hook.record.state.clone(),
        name: hook.name,
        address: hook.address,
        why: hook.why,
        secret,
    })
}
