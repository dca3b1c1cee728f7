//! `GET /quan-tri/webhook/{id}`: one webhook, and what it sent lately.

use axum::extract::{Path, State};
use registry::hooks::{Attempt, Delivery, DeliveryState, Hook, What};
use vocab::Id;

use super::super::{App, Failure, Page, Visitor};
use super::desk::Desk;
use crate::pages::hooks::{DeliveryRow, HookPage, SecretRow};
use crate::pages::parts::Choice;

/// How many deliveries the page shows.
const SHOWN: usize = 50;
/// For how many hours an old secret may go on signing.
pub(super) const OVERLAPS: [(&str, &str, i64); 4] = [
    ("0", "hook-overlap-none", 0),
    ("1", "hook-overlap-hour", 3_600),
    ("24", "hook-overlap-day", 86_400),
    ("168", "hook-overlap-week", 604_800),
];

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
) -> Result<Page<HookPage>, Failure> {
    let desk = Desk::open(app, visitor)?;
    let hook = desk.hook(id).await?;
    page(&desk, &hook, None).await.map(Page)
}

/// The page, with a secret that was made just now.
pub(super) async fn page(
    desk: &Desk,
    hook: &Hook,
    secret: Option<String>,
) -> Result<HookPage, Failure> {
    let (words, registry) = (desk.words(), desk.registry());
    let now = desk.app.store().context().now();
    let standing = registry.hook_standing(hook.id()).await?;
    let is_dead = standing.is_none();
    let failing = standing.and_then(|standing| standing.failing);
    let state = match (hook.is_active(), failing.is_some() || is_dead) {
        (false, _) => "hook-paused",
        (true, true) => "hook-failing",
        (true, false) => "hook-active",
    };
    let why = hook.why.as_deref().map(|why| match why {
        "account" => "hook-why-account",
        "gone" => "hook-why-gone",
        _ => "hook-why-dead",
    });
    let check = desk.webhooks().ok().map(|webhooks| webhooks.key.check());
    let account = desk.app.directory.account(hook.account).await?;
    let deliveries = registry.deliveries(hook.id()).await?;
    let rows = deliveries.iter().take(SHOWN);
    Ok(HookPage {
        shell: desk.shell(),
        secret,
        id: hook.id().to_string(),
        name: hook.name.clone(),
        address: hook.address.clone(),
        state: words.t(state),
        why: why
            .or((is_dead && hook.is_active()).then_some("hook-why-lost"))
            .map(|key| words.t(key)),
        active: hook.is_active(),
        account: account.map_or_else(
            || words.t("hook-account-gone"),
            |account| format!("{} ({})", account.name, account.login),
        ),
        kinds: hook.kinds.iter().map(|kind| desk.kind(kind)).collect(),
        happenings: hook
            .happenings
            .iter()
            .map(|happening| desk.happening(*happening))
            .collect(),
        whole: hook.whole,
        failing: failing.map(|(since, tries, again)| {
            let moment = |at: vocab::Instant| at.in_vietnam().datetime();
            (moment(since), tries, moment(again))
        }),
        secrets: hook
            .signing(now)
            .map(|secret| SecretRow {
                generation: secret.generation,
                until: secret.until.map(|until| until.in_vietnam().datetime()),
                ours: check.as_ref() == Some(&secret.check),
            })
            .collect(),
        overlaps: OVERLAPS
            .iter()
            .map(|(value, key, _)| Choice {
                value: (*value).to_owned(),
                label: words.t(key),
                selected: *value == "24",
            })
            .collect(),
        deliveries: rows.map(|delivery| row(desk, delivery)).collect(),
    })
}

fn row(desk: &Desk, delivery: &Delivery) -> DeliveryRow {
    let words = desk.words();
    let about = match &delivery.what {
        What::Test { .. } => words.t("hook-test-message"),
        What::Change { kind, version, .. } => {
            let kind = desk.kind(kind);
            let args: [(&str, &dyn crate::i18n::ToArg); 3] = [
                ("name", &delivery.name),
                ("kind", &kind),
                ("version", version),
            ];
            words.t_args("hook-change-message", &args)
        }
    };
    let state = words.t(match delivery.state {
        DeliveryState::Waiting => "hook-delivery-waiting",
        DeliveryState::Taken => "hook-delivery-taken",
        DeliveryState::Failed => "hook-delivery-failed",
        DeliveryState::Refused => "hook-delivery-refused",
        DeliveryState::Hidden => "hook-delivery-hidden",
    });
    let last = delivery.last.as_ref();
    DeliveryRow {
        key: delivery.key(),
        message: delivery.message.clone(),
        about,
        happened: delivery.what.at().in_vietnam().datetime(),
        state,
        answer: last.map_or_else(|| "–".to_owned(), |last| answer(desk, last)),
        excerpt: last.map_or_else(String::new, |last| last.excerpt.clone()),
        sent: last.map(|last| (last.at.in_vietnam().datetime(), last.took_ms)),
        attempts: delivery.attempts,
        waits: delivery.state == DeliveryState::Waiting,
    }
}

fn answer(desk: &Desk, attempt: &Attempt) -> String {
    let words = desk.words();
    if let Some(status) = attempt.status {
        return words.t1("hook-answered", "status", status.to_string().as_str());
    }
    words.t(match attempt.error.as_deref() {
        Some("name") => "hook-error-name",
        Some("inner" | "address") => "hook-error-inner",
        Some("connect") => "hook-error-connect",
        Some("tls") => "hook-error-tls",
        Some("timeout") => "hook-error-timeout",
        Some("key") => "hook-error-key",
        _ => "hook-error-unreadable",
    })
}
