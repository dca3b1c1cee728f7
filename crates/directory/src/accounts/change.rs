//! Changing accounts: names, grants, disabling, passwords.

use store::{Actor, Op, Remove, Scope, Write};
use vocab::{FieldProblem, Id, Problem};

use super::record::{credential, hash_of};
use super::{Account, rules};
use crate::permission::Taking;
use crate::sessions::{Device, throttled};
use crate::{Directory, DirectoryError, Grant, sessions};

/// What an account shall be from now on; none leaves it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountChange {
    /// The name to show.
    pub name: Option<String>,
    /// What the account may do where.
    pub grants: Option<Vec<Grant>>,
    /// Where a link to a new password is sent; empty takes it away.
    pub email: Option<String>,
    /// Whether it may not sign in any more; its sessions and tokens end with it.
    pub disabled: Option<bool>,
}

impl Directory {
    /// Changes an account that stands at a version. Its sessions act by the new grants from
    /// their next request, in every process. Refused with `account-unknown`, `name-invalid`,
    /// `email-invalid`, and unless the program itself asks with `last-administrator`,
    /// `account-above`, `gives-more-than-held`, `gives-longer-than-held`;
    /// [`store::StoreError::Conflict`] when it was changed meanwhile.
    pub async fn change_account(
        &self,
        actor: &Actor,
        id: Id,
        version: i64,
        change: AccountChange,
    ) -> Result<Account, DirectoryError> {
        // Read before anything is looked at: two administrators who remove each other meet here.
        let epoch = self.store().epoch(sessions::EPOCH).await?;
        let mut stored = self.stored_account(id).await?.ok_or_else(unknown)?;
        let before = stored.account.clone();
        let mut giver = self.giver(actor.account).await?;
        let taking = match &change.email {
            Some(email) if *email != before.email => Taking::Over,
            _ => Taking::Away,
        };
        self.require_reaches(&mut giver, &before, taking, "changing an account")
            .await?;
        stored.account.version = version;
        let mut action = "edit";
        if let Some(name) = change.name {
            stored.account.name = rules::name(&name)?;
        }
        if let Some(email) = change.email {
            stored.account.email = rules::email(&email)?;
        }
        if let Some(mut grants) = change.grants {
            grants.sort_unstable();
            grants.dedup();
            let mut added = grants.clone();
            added.retain(|grant| !before.grants.contains(grant));
            self.require_gives(&mut giver, &added, Some(id), "unit", "giving a role")
                .await?;
            stored.account.grants = grants;
            action = "grant";
        }
        if let Some(disabled) = change.disabled {
            stored.account.disabled = disabled;
            action = if disabled { "disable" } else { "enable" };
        }
        let removes = actor.account != Id::NIL
            && self.removes_administrator(&before, &stored.account).await?;
        let mut write = Write::by(actor.clone())
            .op(Op::Put(stored.put(action)?))
            .op(Op::Bump(sessions::EPOCH.to_owned()));
        if removes {
            write.epochs.push((sessions::EPOCH.to_owned(), epoch));
        }
        giver.hold(&mut write);
        self.store().commit(write).await?;
        self.epochs().forget();
        stored.account.version += 1;
        Ok(stored.account)
    }

    /// Gives an account a new password and ends its sessions. What the old hash's record said
    /// is erased. Refused with `account-unknown`, `account-above`, `password-short`,
    /// `password-long`, `password-common`.
    pub async fn set_password(
        &self,
        actor: &Actor,
        id: Id,
        password: &str,
    ) -> Result<(), DirectoryError> {
        let account = self.account(id).await?.ok_or_else(unknown)?;
        let mut giver = self.giver(actor.account).await?;
        self.require_reaches(&mut giver, &account, Taking::Over, "giving a new password")
            .await?;
        rules::password(password, &[&account.login, &account.name])?;
        let mut write = self.replace_password(actor, id, password).await?;
        giver.hold(&mut write);
        self.end_all(write, id).await
    }

    /// Gives somebody's own account a new password, by the old one; all sessions of the
    /// account end: whoever asked signs in anew. Tries count like those of signing in.
    /// Refused with `password-wrong`, `password-same` and what [`Self::set_password`] and
    /// [`Self::sign_in`] refuse.
    pub async fn change_own_password(
        &self,
        actor: &Actor,
        old: &str,
        new: &str,
        from: &Device,
    ) -> Result<(), DirectoryError> {
        let id = actor.account;
        let account = self.account(id).await?.ok_or_else(unknown)?;
        let now = self.store().context().now();
        let standing = self.standing(id, from).await?;
        let attempt = self
            .throttle()
            .begin(&account.login, &from.address, &standing, now)
            .map_err(throttled)?;
        let hash = self.password_hash(id).await?;
        let is_right = match self.hasher().verify(old, hash).await {
            Err(error) => {
                self.throttle().forgive(&attempt);
                return Err(error);
            }
            Ok(is_right) => is_right,
        };
        if !is_right {
            return Err(refused("old", "password-wrong"));
        }
        self.throttle().forgive(&attempt);
        if rules::password_form(old) == rules::password_form(new) {
            return Err(refused("password", "password-same"));
        }
        rules::password(new, &[&account.login, &account.name])?;
        let write = self.replace_password(actor, id, new).await?;
        self.end_all(write, id).await
    }

    /// A write that puts a new password's hash in the place of the old one, and makes links to
    /// a new one void.
    pub(super) async fn replace_password(
        &self,
        actor: &Actor,
        id: Id,
        password: &str,
    ) -> Result<Write, DirectoryError> {
        let hash = self.hasher().hash(password).await?;
        let old = self
            .store()
            .fetch_by(
                "credential",
                &Scope::bypass("the directory finds accounts for itself"),
                "account",
                id,
            )
            .await?;
        let mut write = Write::by(actor.clone());
        write.ops.extend(self.drop_resets(id).await?);
        if let Some(old) = old {
            write = write.op(Op::Erase(Remove {
                table: "credential".to_owned(),
                id: old.head.id,
                version: old.head.version,
                action: "replace".to_owned(),
            }));
        }
        let fresh = credential(self.store().context().new_id(), id, &hash)?;
        Ok(write.op(Op::Put(fresh)))
    }

    /// The hash of an account's password.
    pub(crate) async fn password_hash(&self, id: Id) -> Result<Option<String>, DirectoryError> {
        let record = self
            .store()
            .fetch_by(
                "credential",
                &Scope::bypass("the directory finds accounts for itself"),
                "account",
                id,
            )
            .await?;
        record.as_ref().map(hash_of).transpose()
    }
}

pub(crate) fn unknown() -> DirectoryError {
    Problem::new(
        404,
        "account-unknown",
        "changing an account that does not exist",
    )
    .into()
}

fn refused(field: &str, code: &str) -> DirectoryError {
    Problem::new(422, code, "changing one's own password")
        .at(FieldProblem::new(field, code))
        .into()
}
