//! A session as rows of the store.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use store::Ephemeral;
use vocab::{Context, Id, Instant, hex};

use super::{Device, Session, SessionInfo};
use crate::{Config, DirectoryError, Principal, digest, error};

/// The kind of a session's row.
pub(super) const SESSION: &str = "session";
/// The kind of the row that says when it was used last.
pub(super) const SEEN: &str = "session_seen";
/// The longest name of a browser that is kept, in characters.
const LONGEST_AGENT: usize = 300;
/// The longest address that is kept, in characters.
const LONGEST_ADDRESS: usize = 60;

#[derive(Serialize, Deserialize)]
struct SessionBody {
    agent: String,
    address: String,
    started: Instant,
}

#[derive(Serialize, Deserialize)]
struct SeenBody {
    at: Instant,
}

/// A fresh secret of 256 bits.
pub(super) fn new_token(context: &Context) -> String {
    BASE64URL_NOPAD.encode(&context.random::<32>())
}

/// The key under which a token's session is stored.
pub(super) fn key_of(token: &str) -> String {
    hex::encode(&digest::of_secret(token))
}

/// The name of the session under a key.
pub(super) fn public_id(key: &str) -> String {
    hex::encode(&digest::derived(key, "public id")[..8])
}

/// The session of a token as requests see it.
pub(super) fn session(token: &str, principal: Principal) -> Session {
    Session {
        principal,
        csrf: BASE64URL_NOPAD.encode(&digest::derived(token, "forms")),
        public_id: public_id(&key_of(token)),
    }
}

/// The row of a session that begins.
pub(super) fn begun(
    key: &str,
    account: Id,
    device: &Device,
    now: Instant,
    config: &Config,
) -> Result<Ephemeral, DirectoryError> {
    let body = SessionBody {
        agent: plain(&device.agent, LONGEST_AGENT),
        address: plain(&device.address, LONGEST_ADDRESS),
        started: now,
    };
    Ok(Ephemeral {
        kind: SESSION.to_owned(),
        key: key.to_owned(),
        owner: account,
        expires_at: now.plus_seconds(config.absolute_seconds),
        body: error::body("a session", &body)?,
    })
}

/// The row that says that a session is used now: without it the session is idle.
pub(super) fn seen(
    key: &str,
    account: Id,
    now: Instant,
    config: &Config,
) -> Result<Ephemeral, DirectoryError> {
    Ok(Ephemeral {
        kind: SEEN.to_owned(),
        key: key.to_owned(),
        owner: account,
        expires_at: now.plus_seconds(config.idle_seconds),
        body: error::body("a session's use", &SeenBody { at: now })?,
    })
}

/// When a session was used last.
pub(super) fn seen_at(row: &Ephemeral) -> Result<Instant, DirectoryError> {
    let body: SeenBody = error::read_body("a session's use", &row.body)?;
    Ok(body.at)
}

/// A session as its owner's list shows it.
pub(super) fn info(row: &Ephemeral, seen: &Ephemeral) -> Result<SessionInfo, DirectoryError> {
    let body: SessionBody = error::read_body("a session", &row.body)?;
    Ok(SessionInfo {
        public_id: public_id(&row.key),
        device: Device {
            agent: body.agent,
            address: body.address,
            known: String::new(),
        },
        started: body.started,
        seen: seen_at(seen)?,
    })
}

/// Text of a request without controls, cut.
fn plain(text: &str, most: usize) -> String {
    text.chars()
        .filter(|ch| !ch.is_control())
        .take(most)
        .collect()
}
