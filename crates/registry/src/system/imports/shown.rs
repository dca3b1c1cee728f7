//! What people see of imports.

use std::collections::VecDeque;

use directory::permission::reach;
use directory::{Act, Principal};
use office::long::{LongCell, LongError};
use store::{Cursor, ListQuery, Order, Page};
use vocab::{Id, Problem};

use super::refusals::{Refusals, Refused};
use super::source::Source;
use super::{IMPORT, Import, Which};
use crate::{Kind, Registry, RegistryError};

impl Registry {
    /// An import that this principal may see: its starter's own, and whose grants reach others'.
    pub async fn import(&self, principal: &Principal, id: Id) -> Result<Import, RegistryError> {
        Import::of(self.get(principal, IMPORT, id).await?)
    }

    /// The imports into a kind that this principal may see, latest first.
    pub async fn imports(
        &self,
        principal: &Principal,
        kind: &Kind,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page<Import>, RegistryError> {
        let mut query = ListQuery::new(IMPORT, reach(principal, Act::Read, IMPORT))
            .filter("kind", kind.name)
            .limit(limit);
        query.order = Order::Descending;
        query.after = after;
        let page = self.list_shown(principal, &query).await?;
        let items = page.items.into_iter().map(Import::of);
        Ok(Page {
            items: items.collect::<Result<_, _>>()?,
            next: page.next,
        })
    }

    /// Whether somebody may act on an import that they see: cancel it, take it back.
    pub fn may_change_import(&self, principal: &Principal, import: &Import) -> bool {
        self.may(principal, Act::Draft, IMPORT, &import.record)
    }

    /// The file of an import from its titles on, with the rows that a pass refused so far. The
    /// import is one that its reader may see.
    ///
    /// # Errors
    ///
    /// 409 where the file is not kept any more.
    pub async fn failed_rows(
        &self,
        import: &Import,
        which: Which,
    ) -> Result<FailedRows, RegistryError> {
        let gone = || RegistryError::refused(409, "import-file-gone", "the file of an import");
        let mut source = self.opened(import).await?.ok_or_else(gone)?;
        let head = source.peek(1).await.map_err(|_| gone())?;
        let head = head.first().map(|row| row.cells.clone());
        source.pass(1);
        Ok(FailedRows {
            head: head.unwrap_or_default(),
            refusals: self.refusals(import, which),
            source,
            next: VecDeque::new(),
        })
    }
}

/// The refused rows of an import's file, read on as they are asked for.
pub struct FailedRows {
    /// The titles.
    pub head: Vec<LongCell>,
    refusals: Refusals,
    source: Source,
    next: VecDeque<Refused>,
}

impl FailedRows {
    /// Some more of them; none at the end.
    pub async fn more(&mut self) -> Result<Option<Vec<(Vec<LongCell>, Problem)>>, RegistryError> {
        if self.next.is_empty() {
            match self.refusals.more().await? {
                None => return Ok(None),
                Some(some) => self.next.extend(some),
            }
        }
        let mut found = Vec::new();
        while let Some(refused) = self.next.front() {
            let broken = |error: LongError| {
                RegistryError::refused(500, "internal", format!("a file read before: {error}"))
            };
            let rows = self.source.peek(1).await.map_err(broken)?;
            let Some(row) = rows.first() else {
                self.next.clear();
                break;
            };
            let place = refused.place;
            let cells = row.cells.clone();
            if self.source.next == place {
                if let Some(refused) = self.next.pop_front() {
                    found.push((cells, refused.problem));
                }
            } else if self.source.next > place {
                // Never in this order; and not looked for in what was passed.
                self.next.pop_front();
                continue;
            }
            self.source.pass(1);
        }
        Ok(Some(found))
    }
}
