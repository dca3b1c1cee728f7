//! Sessions of people and tokens of programs.
//!
//! A session is a short-lived row of the store, `session`, under the digest of its token:
//! the token itself is in the cookie alone. When it was used last stands in a row beside
//! it, `session_seen`: a use that races with signing out can then never bring a session
//! back. Ending a session or changing an account moves the epoch `session` on, by which
//! other processes notice at the next request that what they hold in memory may be void.

mod cache;
mod end;
mod known;
mod link;
mod public;
mod row;
pub(crate) mod secret;
mod sign_in;
mod throttle;
mod token;
mod visit;

use store::{ColumnKind, TableSpec};
use vocab::Instant;

pub(crate) use cache::{Cache, Mark};
pub use link::{FollowedLink, FreshLink, form_secret};
pub use public::PublicLook;
pub(crate) use sign_in::{throttled, too_many};
pub(crate) use throttle::Throttle;
pub(crate) use token::HeldToken;
pub use token::{NewToken, TokenArea, TokenInfo, TokenScope, TokenUse};
pub(crate) use visit::Held;

use crate::Principal;

/// The epoch that moves on when accounts change and when sessions or tokens end.
pub(crate) const EPOCH: &str = "session";

/// What somebody signs in from, as the request says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// The browser's own words; cut to 300 characters.
    pub agent: String,
    /// The network address; cut to 60 characters.
    pub address: String,
    /// The secret that a browser keeps in which somebody signed in before; empty without.
    pub known: String,
}

/// A session that has just begun.
#[derive(Clone)]
pub struct NewSession {
    /// The secret that goes into the cookie; it cannot be had again.
    pub token: String,
    /// The secret by which the browser is known the next time; see [`Device::known`].
    pub device: String,
    /// The session.
    pub session: Session,
}

impl std::fmt::Debug for NewSession {
    /// Leaves the token out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewSession")
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

/// A session as a request sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// Who signed in.
    pub principal: Principal,
    /// What every form of the session carries; derived from the token.
    pub csrf: String,
    /// A name for the session that opens nothing.
    pub public_id: String,
}

impl std::fmt::Debug for Session {
    /// Leaves the forms' secret out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("principal", &self.principal)
            .field("public_id", &self.public_id)
            .finish_non_exhaustive()
    }
}

/// A session as its owner's list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionInfo {
    /// Its name.
    pub public_id: String,
    /// What it was begun from.
    pub device: Device,
    /// When it began.
    pub started: Instant,
    /// When it was used last, to the minute.
    pub seen: Instant,
}

pub(crate) fn tables() -> Vec<TableSpec> {
    vec![TableSpec::new("api_token").unique("digest", ColumnKind::Bytes)]
}
