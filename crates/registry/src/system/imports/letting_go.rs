//! Old imports let go of their files and of what they refused: those are erased, and the file goes
//! with the next clearing. That there was an import, and what came of it, stays.

use directory::Principal;
use serde_json::Map;
use store::{ListQuery, Scope};

use super::{FILE, IMPORT, Import, KEPT_DAYS, file_id};
use crate::{Caller, Record, Registry, RegistryError};

/// How many imports are looked at in one go, and how many parts are erased in one write.
const AT_ONCE: usize = 100;

impl Registry {
    /// Has imports that nothing happened to for [`KEPT_DAYS`] let go of what they hold. Gives how
    /// many.
    pub async fn let_go_of_old_imports(&self) -> Result<usize, RegistryError> {
        let now = self.store().context().now();
        let before = now.plus_seconds(-KEPT_DAYS * 86_400);
        let scope = Scope::bypass("what old imports hold is erased, whoever began them");
        let mut query = ListQuery::new(IMPORT, scope)
            .filter("holds", 1_i64)
            .limit(AT_ONCE);
        let mut count = 0;
        loop {
            let page = self.list_all(&query).await?;
            for record in page.items {
                let import = Import::of(record)?;
                // The list is in the order in which they began.
                if import.began() >= before {
                    return Ok(count);
                }
                if import.record.at < before && !import.state.is_at_work() {
                    count += usize::from(self.let_go_of(&import).await?);
                }
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(count),
            }
        }
    }

    /// False where somebody did something to it meanwhile.
    async fn let_go_of(&self, import: &Import) -> Result<bool, RegistryError> {
        let program = Caller::new(Principal::system(), "job", import.id());
        loop {
            let parts = self.parts(import.id(), AT_ONCE).await?;
            if parts.is_empty() {
                break;
            }
            let mut batch = self.batch(&program);
            for part in &parts {
                batch.erase_record(super::PART, part);
            }
            if !went(batch.commit(String::new()).await)? {
                return Ok(false);
            }
        }
        let held: Option<Record> = self.find(FILE, file_id(import.id())).await?;
        let next = import.next(import.state, |body| body.holds = false);
        let mut batch = self.batch(&program);
        batch
            .put(IMPORT, &next.written()?, "let-go", &Map::new())
            .await?;
        if let Some(held) = held {
            batch.erase_record(FILE, &held);
        }
        went(batch.commit(String::new()).await)
    }
}

fn went<T>(done: Result<T, RegistryError>) -> Result<bool, RegistryError> {
    match done {
        Ok(_) => Ok(true),
        Err(error) if error.is_conflict() => Ok(false),
        Err(error) => Err(error),
    }
}
