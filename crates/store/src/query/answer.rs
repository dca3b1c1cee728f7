//! What was answered to a request before.

use vocab::Id;

use crate::engine::{Param, Statement};
use crate::store::Fields;
use crate::{Store, StoreError};

impl Store {
    /// The answer that an idempotency key was given before, so that a repeated request need
    /// not be decided again against what it changed itself. A key that is free now may be
    /// taken at any moment: [`Store::commit`] has the last word.
    ///
    /// Error: [`StoreError::KeyReused`] if it was given to another request.
    pub async fn answered(
        &self,
        account: Id,
        key: &str,
        request_digest: &[u8; 32],
    ) -> Result<Option<String>, StoreError> {
        let sql = "SELECT request_digest, body FROM answer WHERE account = ?1 AND key = ?2";
        let params = vec![Param::from(account), key.into()];
        let rows = self
            .inner
            .engine
            .query(&Statement::new(sql, params))
            .await?;
        match rows.first() {
            None => Ok(None),
            Some(row) if row.digest(0)? == *request_digest => Ok(Some(row.text(1)?)),
            Some(_) => Err(StoreError::KeyReused {
                key: key.to_owned(),
            }),
        }
    }
}
