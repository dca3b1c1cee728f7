//! Somebody must be left who may set everything up.

use store::{ListQuery, Scope};
use vocab::Problem;

use super::{Account, record};
use crate::{Directory, DirectoryError, Role};

impl Directory {
    /// Whether a change takes an administrator away. Refused with `last-administrator` if no
    /// other one could sign in afterwards.
    pub(super) async fn removes_administrator(
        &self,
        before: &Account,
        after: &Account,
    ) -> Result<bool, DirectoryError> {
        if !administers(before) || administers(after) {
            return Ok(false);
        }
        let query = ListQuery::new(
            "account",
            Scope::bypass("the last administrator is looked for among all"),
        )
        .filter("administrator", 1)
        .filter("state", record::ACTIVE)
        .limit(2);
        let left = self.store().list(&query).await?.items;
        if left.iter().any(|head| head.id != before.id) {
            return Ok(true);
        }
        Err(Problem::new(409, "last-administrator", "removing the last administrator").into())
    }
}

fn administers(account: &Account) -> bool {
    !account.disabled
        && account
            .grants
            .iter()
            .any(|grant| grant.role == Role::Administrator)
}
