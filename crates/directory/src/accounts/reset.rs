//! A new password for somebody who has lost the old one: a link that works once, for a while.
//!
//! Its secret is in the link alone. Asked for by mail, it is made when the mail is written, by
//! the job: whoever asks is answered the same and as fast whether or not there is such an
//! account, and no secret waits in the outbox.

use serde::{Deserialize, Serialize};
use store::{Actor, Ephemeral, NewJob, Op, StoreError, Write};
use vocab::{Id, Lang, Problem};

use super::change::unknown;
use super::{Account, login_key, rules};
use crate::permission::Taking;
use crate::sessions::{Device, secret, too_many};
use crate::{Directory, DirectoryError, Principal, error};

const KIND: &str = "password_reset";
/// How long a link lasts that came by mail, and one that an administrator hands over.
const BY_MAIL_SECONDS: i64 = 60 * 60;
const BY_HAND_SECONDS: i64 = 24 * 60 * 60;

/// What the job needs to know.
#[derive(Serialize, Deserialize)]
struct Asked {
    login: String,
    lang: String,
}

/// What a mail about a new password says.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetLetter {
    /// The address.
    pub to: String,
    /// The account's name.
    pub name: String,
    /// The language of whoever asked.
    pub lang: Lang,
    /// The link's secret.
    pub token: String,
}

impl Directory {
    /// The kind of job that sends a link to a new password.
    pub const RESET_MAIL: &str = "mail-password-reset";

    /// Has a link sent to the account of a login, if there is one with a mail address. Refused
    /// with `too-many-tries` (429, `seconds`), whether or not there is.
    pub async fn request_password_reset(
        &self,
        login: &str,
        from: &Device,
        lang: Lang,
    ) -> Result<(), DirectoryError> {
        let context = self.store().context();
        let login: String = login_key(login)
            .replace('\0', "")
            .chars()
            .take(41)
            .collect();
        self.throttle()
            .begin_reset(&login, &from.address, context.now())
            .map_err(too_many)?;
        let payload = Asked {
            lang: lang.tag().to_owned(),
            login: login.clone(),
        };
        let job = NewJob {
            kind: Self::RESET_MAIL.to_owned(),
            payload: error::body("a reset", &payload)?,
            unique_key: Some(format!("reset {login}")),
            run_at: None,
        };
        let actor = Principal::public().actor("page", context.new_id());
        self.store()
            .commit(Write::by(actor).op(Op::Enqueue(job)))
            .await?;
        Ok(())
    }

    /// What the job of that kind shall send; none where nobody gets a mail.
    pub async fn reset_letter(&self, payload: &str) -> Result<Option<ResetLetter>, DirectoryError> {
        let asked: Asked = error::read_body("a reset", payload)?;
        let account = self.account_by_login(&asked.login).await?;
        let Some(account) = account.filter(|found| !found.email.is_empty()) else {
            return Ok(None);
        };
        if self.principal_today(&account).await?.is_none() {
            return Ok(None);
        }
        let actor = Principal::system().actor("job", self.store().context().new_id());
        let (token, ops) = self.fresh_reset(account.id, BY_MAIL_SECONDS).await?;
        let mut write = Write::by(actor);
        write.ops.extend(ops);
        self.store().commit(write).await?;
        Ok(Some(ResetLetter {
            to: account.email,
            name: account.name,
            lang: Lang::lookup(&asked.lang).unwrap_or_default(),
            token,
        }))
    }

    /// A link to a new password for an administrator to hand over, told this once; the
    /// account's sessions end now. Refused with `account-unknown`, `account-above`.
    pub async fn issue_password_reset(
        &self,
        actor: &Actor,
        id: Id,
    ) -> Result<String, DirectoryError> {
        let stored = self.stored_account(id).await?.ok_or_else(unknown)?;
        if self.principal_today(&stored.account).await?.is_none() {
            return Err(unknown());
        }
        let mut giver = self.giver(actor.account).await?;
        let doing = "making a link to a new password";
        self.require_reaches(&mut giver, &stored.account, Taking::Over, doing)
            .await?;
        let (token, ops) = self.fresh_reset(id, BY_HAND_SECONDS).await?;
        let mut write = Write::by(actor.clone()).op(Op::Put(stored.put("reset")?));
        giver.hold(&mut write);
        write.ops.extend(ops);
        self.end_all(write, id).await?;
        Ok(token)
    }

    /// Whose new password a link leads to, while it lasts. Refused with `too-many-tries` after
    /// many links that are none from one place.
    pub async fn account_of_reset(
        &self,
        token: &str,
        from: &Device,
    ) -> Result<Option<Account>, DirectoryError> {
        let now = self.store().context().now();
        let attempt = self
            .throttle()
            .begin_lookup(&from.address, now)
            .map_err(too_many)?;
        let Some(row) = self.reset_row(token).await? else {
            return Ok(None);
        };
        self.throttle().forgive(&attempt);
        // Whoever has left meanwhile gets no new password.
        match self.account(row.owner).await? {
            Some(account) if self.principal_today(&account).await?.is_some() => Ok(Some(account)),
            _ => Ok(None),
        }
    }

    /// Gives the account of a link its new password; the link and all sessions end. Refused
    /// with `link-void` and as [`Self::set_password`] refuses. Of two at once, one wins;
    /// [`StoreError::Conflict`] when the account was changed meanwhile.
    pub async fn reset_password(
        &self,
        token: &str,
        password: &str,
        from: &Device,
        request: Id,
    ) -> Result<Account, DirectoryError> {
        let account = self.account_of_reset(token, from).await?;
        let account = account.ok_or_else(link_void)?;
        rules::password(password, &[&account.login, &account.name])?;
        let actor = account.principal().actor("page", request);
        // The link is looked at again after the account's version was read: whoever follows it
        // meanwhile moves the version on, and this write then fails.
        let stored = self.stored_account(account.id).await?;
        let stored = stored.filter(|stored| !stored.account.disabled);
        let stored = stored.ok_or_else(link_void)?;
        if self.reset_row(token).await?.is_none() {
            return Err(link_void());
        }
        let write = self
            .replace_password(&actor, account.id, password)
            .await?
            .op(Op::Put(stored.put("set-password")?));
        let done = self.end_all(write, account.id).await;
        let met = matches!(
            done,
            Err(DirectoryError::Store(
                StoreError::Conflict { .. } | StoreError::Duplicate { .. }
            ))
        );
        if met && self.reset_row(token).await?.is_none() {
            return Err(link_void());
        }
        done.map(|()| account)
    }

    async fn reset_row(&self, token: &str) -> Result<Option<Ephemeral>, DirectoryError> {
        match secret::key(token) {
            Some(key) => Ok(self.store().ephemeral(KIND, &key).await?),
            None => Ok(None),
        }
    }

    /// What makes an account's links void.
    pub(super) async fn drop_resets(&self, account: Id) -> Result<Vec<Op>, DirectoryError> {
        let rows = self.store().ephemerals_of(KIND, account).await?;
        let drop = |row: Ephemeral| Op::Drop {
            kind: row.kind,
            key: row.key,
        };
        Ok(rows.into_iter().map(drop).collect())
    }

    /// A link's secret, and what makes it the only one of its account.
    async fn fresh_reset(
        &self,
        account: Id,
        seconds: i64,
    ) -> Result<(String, Vec<Op>), DirectoryError> {
        let mut ops = self.drop_resets(account).await?;
        let context = self.store().context();
        let (token, key) = secret::fresh(context);
        ops.push(Op::Keep(Ephemeral {
            kind: KIND.to_owned(),
            key,
            owner: account,
            expires_at: context.now().plus_seconds(seconds),
            body: "{}".to_owned(),
        }));
        Ok((token, ops))
    }
}

pub(super) fn link_void() -> DirectoryError {
    Problem::new(410, "link-void", "following a link that has ended").into()
}
