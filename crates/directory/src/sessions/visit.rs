//! From a request's token to its session.

use std::sync::Arc;

use vocab::Instant;

use super::{Mark, Session, row};
use crate::{Along, Directory, DirectoryError};

/// How often the store is told that a session is used, in seconds.
const SEEN_EVERY: i64 = 60;
/// Longer texts are no tokens.
const LONGEST_TOKEN: usize = 200;

/// A session that was good when it was read.
#[derive(Clone)]
pub(crate) struct Held {
    session: Session,
    /// When it ends, however busy.
    ends: Instant,
    /// When the store was last told that it is used.
    seen: Instant,
}

impl Directory {
    /// The session of a token, while it lasts: it was not ended, was used within the last
    /// half hour, began within the last twelve, and its account is not disabled. Only the
    /// epoch is read as long as what is held in memory holds.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, DirectoryError> {
        self.session_along(token, None).await
    }

    /// The same, reading a record along.
    pub async fn session_along(
        &self,
        token: &str,
        along: Option<&mut Along>,
    ) -> Result<Option<Session>, DirectoryError> {
        if token.is_empty() || token.len() > LONGEST_TOKEN {
            return Ok(None);
        }
        let key = row::key_of(token);
        let mark = self.session_mark(along).await?;
        if let Some(held) = self.sessions().get(&key, mark) {
            return self.visited(&key, mark, held).await;
        }
        let Some(held) = self.read_session(token, &key).await? else {
            self.sessions().forget(&key);
            return Ok(None);
        };
        let held = Arc::new(held);
        self.sessions().keep(&key, mark, Arc::clone(&held));
        self.visited(&key, mark, held).await
    }

    /// Tells the store that a session is used, unless it ended by itself.
    async fn visited(
        &self,
        key: &str,
        mark: Mark,
        held: Arc<Held>,
    ) -> Result<Option<Session>, DirectoryError> {
        let now = self.store().context().now();
        let idle_since = now.plus_seconds(-self.config().idle_seconds);
        if held.ends <= now || held.seen <= idle_since {
            self.sessions().forget(key);
            return Ok(None);
        }
        let told = (now.as_micros() - held.seen.as_micros()).abs();
        if told >= SEEN_EVERY * 1_000_000
            && let Some(account) = held.session.principal.account
        {
            let seen = row::seen(key, account, now, self.config())?;
            self.store().keep(&seen).await?;
            let told = Held {
                seen: now,
                ..Held::clone(&held)
            };
            self.sessions().keep(key, mark, Arc::new(told));
        }
        let mut session = held.session.clone();
        session.principal = self.permitted(session.principal).await?;
        Ok(Some(session))
    }

    /// What a session that is read now depends on.
    pub(super) async fn session_mark(
        &self,
        along: Option<&mut Along>,
    ) -> Result<Mark, DirectoryError> {
        let epoch = self.epochs().read(self.store(), along).await?.sessions;
        Ok((epoch, self.today()))
    }

    async fn read_session(&self, token: &str, key: &str) -> Result<Option<Held>, DirectoryError> {
        let Some(stored) = self.store().ephemeral(row::SESSION, key).await? else {
            return Ok(None);
        };
        let Some(seen) = self.store().ephemeral(row::SEEN, key).await? else {
            return Ok(None);
        };
        let Some(account) = self.account(stored.owner).await? else {
            return Ok(None);
        };
        let Some(principal) = self.principal_today(&account).await? else {
            return Ok(None);
        };
        Ok(Some(Held {
            session: row::session(token, principal),
            ends: stored.expires_at,
            seen: row::seen_at(&seen)?,
        }))
    }
}
