//! Signing in.

use store::{Op, Write};
use vocab::{Id, Problem};

use super::{Device, NewSession, row};
use crate::accounts::login_key;
use crate::{Directory, DirectoryError, Principal};

impl Directory {
    /// Begins a session. Refused with `sign-in-refused` whatever is wrong, be it the login,
    /// the password or a disabled account, and after as long; with `sign-in-throttled`
    /// (status 429, `seconds`) after too many failures; with `sign-in-busy` (503) when too
    /// many sign in at once.
    pub async fn sign_in(
        &self,
        login: &str,
        password: &str,
        from: &Device,
    ) -> Result<NewSession, DirectoryError> {
        let context = self.store().context();
        // A login longer than any is counted like any: its name must not fill the memory.
        let login: String = login_key(login).chars().take(41).collect();
        let account = self.account_by_login(&login).await?;
        let id = account.as_ref().map_or(Id::NIL, |account| account.id);
        let standing = self.standing(id, from).await?;
        let attempt = self
            .throttle()
            .begin(&login, &from.address, &standing, context.now())
            .map_err(throttled)?;
        let hash = self.password_hash(id).await?;
        let is_right = match self.hasher().verify(password, hash).await {
            Err(error) => {
                self.throttle().forgive(&attempt);
                return Err(error);
            }
            Ok(is_right) => is_right,
        };
        let account = account.filter(|_| is_right);
        let principal = match &account {
            Some(account) => self.principal_today(account).await?,
            None => None,
        };
        let (Some(account), Some(principal)) = (account, principal) else {
            return Err(Problem::new(
                401,
                "sign-in-refused",
                "signing in with a wrong login or password",
            )
            .into());
        };
        self.throttle().forgive(&attempt);

        let token = row::new_token(context);
        let key = row::key_of(&token);
        let now = context.now();
        let begun = row::begun(&key, account.id, from, now, self.config())?;
        let (device, known) = self.remember(account.id, from);
        let mut write = Write::by(Principal::public().actor("page", context.new_id()))
            .op(Op::Keep(begun))
            .op(Op::Keep(row::seen(&key, account.id, now, self.config())?));
        write.ops.extend(known);
        self.store().commit(write).await?;
        Ok(NewSession {
            session: row::session(&token, self.permitted(principal).await?),
            token,
            device,
        })
    }
}

/// Refuses what was asked for too often.
pub(crate) fn too_many(seconds: i64) -> DirectoryError {
    Problem::new(429, "too-many-tries", "asking too often")
        .with("seconds", seconds)
        .into()
}

pub(crate) fn throttled(seconds: i64) -> DirectoryError {
    Problem::new(
        429,
        "sign-in-throttled",
        "signing in after too many failures",
    )
    .with("seconds", seconds)
    .into()
}
