//! Whom to tell: who holds which role where on a day.

use jiff::civil::Date;

use crate::{Account, Directory, DirectoryError, Grant, Principal};

impl Directory {
    /// Everybody who could sign in on a day, with what they hold then: by their account,
    /// their positions, and what was delegated to them; in the unit that a position names and
    /// in what it became. All of them, by name: whoever is left out here is never told.
    pub async fn accounts_acting_on(
        &self,
        day: Date,
    ) -> Result<Vec<(Account, Vec<Grant>)>, DirectoryError> {
        let mut all = Vec::new();
        self.each_principal(day, |account, principal| {
            let grants = principal.grants.iter().filter(|grant| grant.holds_on(day));
            all.push((account.clone(), grants.copied().collect()));
        })
        .await?;
        Ok(all)
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
