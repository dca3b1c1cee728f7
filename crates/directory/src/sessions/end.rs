//! Ending sessions, and an account's list of them.

use std::collections::HashMap;

use store::{Actor, Op, Write};
use vocab::Id;

use super::{EPOCH, SessionInfo, row};
use crate::permission::Taking;
use crate::{Directory, DirectoryError, Principal, accounts};

impl Directory {
    /// Ends the session of a token; nothing happens if there is none.
    pub async fn sign_out(&self, token: &str) -> Result<(), DirectoryError> {
        let key = row::key_of(token);
        if self.store().ephemeral(row::SESSION, &key).await?.is_none() {
            return Ok(());
        }
        self.end(self.by_program(), [key]).await
    }

    /// An account's sessions that last, the one used last first.
    pub async fn sessions_of(&self, account: Id) -> Result<Vec<SessionInfo>, DirectoryError> {
        let used = self.store().ephemerals_of(row::SEEN, account).await?;
        let used: HashMap<String, _> = used
            .into_iter()
            .map(|seen| (seen.key.clone(), seen))
            .collect();
        let mut sessions = Vec::new();
        for begun in self.store().ephemerals_of(row::SESSION, account).await? {
            if let Some(seen) = used.get(&begun.key) {
                sessions.push(row::info(&begun, seen)?);
            }
        }
        sessions
            .sort_by(|one, other| (other.seen, &other.public_id).cmp(&(one.seen, &one.public_id)));
        Ok(sessions)
    }

    /// Ends one of an account's sessions; false if it has none of this name.
    pub async fn end_session(&self, account: Id, public_id: &str) -> Result<bool, DirectoryError> {
        let sessions = self.store().ephemerals_of(row::SESSION, account).await?;
        let named = sessions
            .into_iter()
            .find(|session| row::public_id(&session.key) == public_id);
        match named {
            Some(session) => self
                .end(self.by_program(), [session.key])
                .await
                .map(|()| true),
            None => Ok(false),
        }
    }

    /// Ends an account's sessions but the one of this name, if it is its own; how many.
    pub async fn end_other_sessions(
        &self,
        account: Id,
        kept: &str,
    ) -> Result<usize, DirectoryError> {
        let sessions = self.store().ephemerals_of(row::SESSION, account).await?;
        let keys = sessions.into_iter().map(|session| session.key);
        let others: Vec<String> = keys.filter(|key| row::public_id(key) != kept).collect();
        let count = others.len();
        if count > 0 {
            self.end(self.by_program(), others).await?;
        }
        Ok(count)
    }

    /// Ends one session of somebody else's account, or all of them; how many. Who did it
    /// stands in the audit of the account, as `end-sessions`. Refused with `account-unknown`,
    /// `account-above`.
    pub async fn end_sessions_by(
        &self,
        actor: &Actor,
        account: Id,
        public_id: Option<&str>,
    ) -> Result<usize, DirectoryError> {
        let stored = self.stored_account(account).await?;
        let stored = stored.ok_or_else(accounts::unknown)?;
        let mut giver = self.giver(actor.account).await?;
        self.require_reaches(&mut giver, &stored.account, Taking::Away, "ending sessions")
            .await?;
        let sessions = self.store().ephemerals_of(row::SESSION, account).await?;
        let keys = sessions.into_iter().map(|session| session.key);
        let named = |key: &String| public_id.is_none_or(|id| row::public_id(key) == id);
        let keys: Vec<String> = keys.filter(named).collect();
        let count = keys.len();
        if count > 0 {
            let write = Write::by(actor.clone()).op(Op::Put(stored.put("end-sessions")?));
            self.end(write, keys).await?;
        }
        Ok(count)
    }

    /// Ends all sessions of an account in one write with something else.
    pub(crate) async fn end_all(&self, write: Write, account: Id) -> Result<(), DirectoryError> {
        let sessions = self.store().ephemerals_of(row::SESSION, account).await?;
        self.end(write, sessions.into_iter().map(|session| session.key))
            .await
    }

    async fn end(
        &self,
        mut write: Write,
        keys: impl IntoIterator<Item = String>,
    ) -> Result<(), DirectoryError> {
        for key in keys {
            for kind in [row::SESSION, row::SEEN] {
                write = write.op(Op::Drop {
                    kind: kind.to_owned(),
                    key: key.clone(),
                });
            }
            self.sessions().forget(&key);
        }
        self.store()
            .commit(write.op(Op::Bump(EPOCH.to_owned())))
            .await?;
        self.epochs().forget();
        Ok(())
    }

    fn by_program(&self) -> Write {
        let request = self.store().context().new_id();
        Write::by(Principal::system().actor("page", request))
    }
}
