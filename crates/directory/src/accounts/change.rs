//! Changing accounts: names, grants, disabling, passwords.

use store::{Actor, Op, Remove, Scope, Write};
use vocab::{Id, Problem};

use super::record::{credential, hash_of};
use super::{Account, rules};
use crate::{Directory, DirectoryError, Grant, sessions};

/// What an account shall be from now on; none leaves it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountChange {
    /// The name to show.
    pub name: Option<String>,
    /// What the account may do where.
    pub grants: Option<Vec<Grant>>,
    /// Whether it may not sign in any more; its sessions and tokens end with it.
    pub disabled: Option<bool>,
}

impl Directory {
    /// Changes an account that stands at a version. Its sessions act by the new grants at
    /// once here, within a second elsewhere. Refused with `account-unknown`, `name-invalid`;
    /// [`store::StoreError::Conflict`] when it was changed meanwhile.
    pub async fn change_account(
        &self,
        actor: &Actor,
        id: Id,
        version: i64,
        change: AccountChange,
    ) -> Result<Account, DirectoryError> {
        let mut stored = self.stored_account(id).await?.ok_or_else(unknown)?;
        stored.account.version = version;
        let mut action = "edit";
        if let Some(name) = change.name {
            stored.account.name = rules::name(&name)?;
        }
        if let Some(mut grants) = change.grants {
            grants.sort_unstable();
            grants.dedup();
            stored.account.grants = grants;
            action = "grant";
        }
        if let Some(disabled) = change.disabled {
            stored.account.disabled = disabled;
            action = if disabled { "disable" } else { "enable" };
        }
        let write = Write::by(actor.clone())
            .op(Op::Put(stored.put(action)?))
            .op(Op::Bump(sessions::EPOCH.to_owned()));
        self.store().commit(write).await?;
        self.epochs().forget();
        stored.account.version += 1;
        Ok(stored.account)
    }

    /// Gives an account a new password and ends its sessions. What the old hash's record said
    /// is erased. Refused with `account-unknown`, `password-short`, `password-long`,
    /// `password-common`.
    pub async fn set_password(
        &self,
        actor: &Actor,
        id: Id,
        password: &str,
    ) -> Result<(), DirectoryError> {
        let account = self.account(id).await?.ok_or_else(unknown)?;
        rules::password(password, &account.login)?;
        let hash = self.hasher().hash(password).await?;
        let old = self
            .store()
            .fetch_by("credential", &Scope::All, "account", id)
            .await?;
        let mut write = Write::by(actor.clone());
        if let Some(old) = old {
            write = write.op(Op::Erase(Remove {
                table: "credential".to_owned(),
                id: old.head.id,
                version: old.head.version,
                action: "replace".to_owned(),
            }));
        }
        write = write.op(Op::Put(credential(
            self.store().context().new_id(),
            id,
            &hash,
        )?));
        self.end_all(write, id).await
    }

    /// The hash of an account's password.
    pub(crate) async fn password_hash(&self, id: Id) -> Result<Option<String>, DirectoryError> {
        let record = self
            .store()
            .fetch_by("credential", &Scope::All, "account", id)
            .await?;
        record.as_ref().map(hash_of).transpose()
    }
}

pub(super) fn unknown() -> DirectoryError {
    Problem::new(
        404,
        "account-unknown",
        "changing an account that does not exist",
    )
    .into()
}
