//! What was sent of a change, and what was answered: kept for a while, for whoever looks.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Change, Ephemeral};
use vocab::{Id, Instant, hex};
use webhook::{Address, Answer, Message, SendError};

use super::event::Event;
use super::{Hook, Outlet};
use crate::{Registry, RegistryError};

/// The kind of short-lived row that a delivery is.
const ROW: &str = "webhook_delivery";
/// How long what went well is shown, and what did not, in seconds.
const SHOWN: i64 = 7 * 86_400;
const SHOWN_FAILED: i64 = 30 * 86_400;

/// What a message is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// Nothing: somebody wants to see whether it arrives.
    Test {
        /// When they asked for it.
        at: Instant,
    },
    /// A change.
    Change {
        /// The record's kind.
        kind: String,
        /// The record.
        record: Id,
        /// The version that it made.
        version: i64,
        /// What was done.
        action: String,
        /// When.
        at: Instant,
    },
}

impl What {
    pub(super) fn of(change: &Change) -> Self {
        Self::Change {
            kind: change.table.clone(),
            record: change.record,
            version: change.version,
            action: change.action.clone(),
            at: change.at,
        }
    }

    /// When it happened.
    pub const fn at(&self) -> Instant {
        match self {
            Self::Test { at } | Self::Change { at, .. } => *at,
        }
    }
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryState {
    /// It is sent as soon as a worker comes to it.
    Waiting,
    /// The receiver took it.
    Taken,
    /// It is tried again.
    Failed,
    /// The receiver refused it each time: it is set aside, and others go on.
    Refused,
    /// It may not be told any more.
    Hidden,
}

/// One attempt, the last one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When.
    pub at: Instant,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
    /// The status that was answered.
    pub status: Option<u16>,
    /// Why there was no answer, as a code of `webhook::SendError`, or `key`.
    pub error: Option<String>,
    /// The beginning of what was answered.
    pub excerpt: String,
}

/// A message and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Its `webhook-id`.
    pub message: String,
    /// The type that it had: `record.step`.
    pub name: String,
    /// What it is about.
    pub what: What,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was sent.
    pub attempts: u32,
    /// The last attempt.
    pub last: Option<Attempt>,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The receiver took it.
    Taken,
    /// The receiver refuses this very message.
    Refused,
    /// The receiver wants no more messages.
    Gone,
    /// It is away, or is not set up yet; when it wants to be asked again, in seconds.
    Away(Option<u32>),
}

impl Delivery {
    pub(super) fn new(message: String, what: What) -> Self {
        Self {
            message,
            name: String::new(),
            what,
            state: DeliveryState::Waiting,
            attempts: 0,
            last: None,
        }
    }

    /// Its place among its hook's: latest first.
    pub fn key(&self) -> String {
        let before = i64::MAX - self.what.at().as_micros();
        format!("{before:019}-{}", self.message)
    }
}

/// The `webhook-id` of a change for a receiver: the same whoever tells it, however often.
pub(super) fn message_id(hook: Id, change: &Change) -> String {
    let told = format!(
        "webhook/{hook}/{}/{}/{}",
        change.table, change.record, change.version
    );
    let digest = Sha256::digest(told.as_bytes());
    format!("msg_{}", hex::encode(&digest[..16]))
}

impl Registry {
    /// The deliveries of a hook that are still kept, latest first, at most 1 000.
    pub async fn deliveries(&self, hook: Id) -> Result<Vec<Delivery>, RegistryError> {
        let rows = self.store().ephemerals_of(ROW, hook).await?;
        rows.iter().map(read).collect()
    }

    /// One of them, by its place.
    pub async fn delivery(&self, hook: Id, key: &str) -> Result<Option<Delivery>, RegistryError> {
        let row = self.store().ephemeral(ROW, &row_key(hook, key)).await?;
        row.as_ref().map(read).transpose()
    }

    pub(super) fn row(&self, hook: Id, delivery: &Delivery) -> Result<Ephemeral, RegistryError> {
        let shown = match delivery.state {
            DeliveryState::Taken => SHOWN,
            _ => SHOWN_FAILED,
        };
        Ok(Ephemeral {
            kind: ROW.to_owned(),
            key: row_key(hook, &delivery.key()),
            owner: hook,
            expires_at: self.store().context().now().plus_seconds(shown),
            body: serde_json::to_string(delivery)
                .map_err(|error| RegistryError::refused(500, "internal", error.to_string()))?,
        })
    }

    /// Sends a message once, and keeps what came of it. A worker that dies between the two sends
    /// it again, under the same name.
    pub(super) async fn attempt(
        &self,
        outlet: &Outlet,
        hook: &Hook,
        event: &Event,
        delivery: &mut Delivery,
        refusals: u32,
    ) -> Result<Verdict, RegistryError> {
        let begun = self.store().context().now();
        let sent = self.send(outlet, hook, event, delivery).await;
        let now = self.store().context().now();
        delivery.name.clone_from(&event.name);
        delivery.attempts += 1;
        delivery.last = Some(Attempt {
            at: begun,
            took_ms: now.as_millis() - begun.as_millis(),
            status: sent.as_ref().ok().map(|answer| answer.status),
            error: sent.as_ref().err().map(|code| (*code).to_owned()),
            excerpt: sent
                .as_ref()
                .map_or_else(|_| String::new(), |answer| answer.excerpt.clone()),
        });
        let verdict = sent.map_or(Verdict::Away(None), |answer| verdict(&answer));
        delivery.state = match verdict {
            Verdict::Taken => DeliveryState::Taken,
            Verdict::Refused if delivery.attempts >= refusals => DeliveryState::Refused,
            _ => DeliveryState::Failed,
        };
        if delivery
            .last
            .as_ref()
            .is_some_and(|last| last.status.is_some())
        {
            self.note_told(hook, event);
        }
        self.store().keep(&self.row(hook.id(), delivery)?).await?;
        Ok(verdict)
    }

    async fn send(
        &self,
        outlet: &Outlet,
        hook: &Hook,
        event: &Event,
        delivery: &Delivery,
    ) -> Result<Answer, &'static str> {
        let now = self.store().context().now();
        let timestamp = now.as_micros() / 1_000_000;
        let check = outlet.key.check();
        let id = hook.id().to_string();
        let signatures: Vec<String> = hook
            .signing(now)
            .filter(|secret| secret.check == check)
            .map(|secret| {
                let secret = outlet.key.secret(&id, secret.generation);
                secret.sign(&delivery.message, timestamp, &event.body)
            })
            .collect();
        if signatures.is_empty() {
            // Another installation's key: the receiver would take it for somebody else's.
            return Err("key");
        }
        let address = Address::read(&hook.address, outlet.sender.allow());
        let address = address.map_err(|_| "address")?;
        let message = Message {
            id: delivery.message.clone(),
            timestamp,
            signature: signatures.join(" "),
            body: event.body.clone(),
        };
        let sent = outlet.sender.send(&address, &message).await;
        sent.map_err(|error: SendError| error.code())
    }
}

/// Statuses by which a receiver refuses one message, and would take another: anything else that
/// is no success says that the receiver is not ready.
fn verdict(answer: &Answer) -> Verdict {
    match answer.status {
        200..=299 => Verdict::Taken,
        410 => Verdict::Gone,
        400 | 409 | 413 | 415 | 422 => Verdict::Refused,
        _ => Verdict::Away(answer.retry_after),
    }
}

fn row_key(hook: Id, key: &str) -> String {
    format!("{hook}/{key}")
}

fn read(row: &Ephemeral) -> Result<Delivery, RegistryError> {
    serde_json::from_str(&row.body)
        .map_err(|error| RegistryError::refused(500, "internal", error.to_string()))
}
