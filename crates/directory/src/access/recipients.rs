//! Whom to tell: who holds which role where on a day.

use jiff::civil::Date;

use crate::{Account, Directory, DirectoryError, Grant, Principal};

impl Directory {
    /// Everybody who could sign in on a day, with what they hold then: by their account,
    /// their positions, and what was delegated to them; in the unit that a position names and
    /// in what it became. At most 2 000 accounts.
    pub async fn accounts_acting_on(
        &self,
        day: Date,
    ) -> Result<Vec<(Account, Vec<Grant>)>, DirectoryError> {
        let (all, _) = self.everybody_on(day).await?;
        let held = all.into_iter().map(|(account, principal)| {
            let grants = principal.grants.iter().filter(|grant| grant.holds_on(day));
            (account, grants.copied().collect())
        });
        Ok(held.collect())
    }

    /// An account as somebody who acts today, with all that they may: for what the program does
    /// for somebody who is not there. None if it is disabled or its person has left.
    pub async fn acting_today(
        &self,
        account: &Account,
    ) -> Result<Option<Principal>, DirectoryError> {
        match self.principal_today(account).await? {
            Some(principal) => Ok(Some(self.permitted(principal).await?)),
            None => Ok(None),
        }
    }
}
