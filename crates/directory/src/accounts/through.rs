//! Having the program read by an account's rights for somebody else.

use vocab::Id;

use crate::permission::Taking;
use crate::{Account, Directory, DirectoryError};

impl Directory {
    /// Refuses to have something done by an account's rights for somebody who could not act by
    /// it themselves: `account-unknown`, `account-above`. One's own is one's own.
    pub async fn require_over(&self, by: Id, account: &Account) -> Result<(), DirectoryError> {
        let mut giver = self.giver(by).await?;
        let doing = "reading by an account's rights";
        self.require_reaches(&mut giver, account, Taking::Over, doing)
            .await
    }
}
