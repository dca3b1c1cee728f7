//! What lists go by, brought up to date after a declaration says it anew.
//!
//! A field that is filtered by, shown in lists, searched or ordered by from now on stands in the
//! bodies of the records that there are, but not yet where lists look. Each of them is written
//! again as it is, in small batches between everybody's writes, as a version of its own that the
//! audit proves like any other. It changes nothing that a record says: whoever edits one meanwhile
//! has not missed anything ([`Registry::only_arranged`]), and nobody is told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use serde::{Deserialize, Serialize};
use store::{Cursor, ListQuery, Scope};
use vocab::Id;

use super::{Body, EPOCH, KIND, applied_id, everything};
use crate::{Caller, Declaration, Indexed, Record, Registry, RegistryError, Systems};

/// What is done to a record that is only arranged.
pub(crate) const ARRANGE: &str = "arrange";
/// How many records are written together: whoever else writes waits no longer than for these.
const AT_ONCE: usize = 200;
/// How many such batches are done before it is noted how far it went.
const BATCHES: usize = 5;
/// How many versions are looked back through for one that says something.
const LOOK_BACK: i64 = 20;

/// How far a table is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ahead {
    /// Since when only the later declaration is written by, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<i64>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// What a round of arranging did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arranged {
    /// How many records were written again.
    pub records: u64,
    /// Whether nothing is left to do.
    pub is_done: bool,
}

/// What lists of a kind go by, of the fields that an earlier declaration had too.
fn arrangement(
    declaration: &Declaration,
    earlier: &Declaration,
) -> (BTreeSet<(String, bool, bool)>, &'static [&'static str]) {
    let fields = declaration.fields.iter().filter(|field| {
        let mut known = earlier.fields.iter();
        known.any(|known| known.name == field.name)
    });
    let fields = fields.map(|field| {
        let name = format!("{} {:?}", field.column, field.kind);
        (name, field.indexed != Indexed::No, field.searched)
    });
    (fields.collect(), declaration.order)
}

/// The tables of which the later declaration asks lists to go by something that the records of the
/// earlier one have, but not where lists look.
pub fn rearranged(earlier: &Systems, later: &Systems) -> BTreeSet<String> {
    let kinds = later.kinds().iter().filter(|kind| {
        earlier.kind(kind.name).is_some_and(|known| {
            let known = &known.declaration;
            // An order has nothing of records that were not written by it, whatever they say.
            let mut orders = kind.declaration.orders.iter();
            orders.any(|order| !known.orders.contains(order))
                || arrangement(&kind.declaration, known) != arrangement(known, &kind.declaration)
        })
    });
    kinds.map(|kind| kind.name.to_owned()).collect()
}

impl Registry {
    /// Whether records of a kind are still being arranged anew, as far as this process knows
    /// ([`Registry::arrange_some`]): lists may leave some out.
    pub fn is_arranging(&self, kind: &str) -> bool {
        let arranging = self.arranging().lock();
        let arranging = arranging.unwrap_or_else(PoisonError::into_inner);
        arranging.contains(kind)
    }

    /// Arranges some records anew, if any must be; says how far that came. Cut off anywhere, it goes
    /// on where it was; several processes at once do nothing twice.
    pub async fn arrange_some(&self, caller: &Caller) -> Result<Arranged, RegistryError> {
        let none = Arranged {
            records: 0,
            is_done: true,
        };
        let Some(stored) = self
            .store()
            .fetch(KIND, &everything(), applied_id())
            .await?
        else {
            return Ok(none);
        };
        let mut known = Record::from_store(stored)?;
        let mut body: Body = known.read()?;
        self.note_arranging(&body.arranging);
        // While records are brought to another declaration, that one writes them all it must.
        if body.pending.is_some() || body.arranging.is_empty() {
            return Ok(none);
        }
        let Some((table, mut ahead)) = body.arranging.pop_first() else {
            return Ok(none);
        };
        let mut records = 0;
        let kind = self.systems().kind(&table).map(|kind| kind.name);
        if let Some(kind) = kind {
            // Nobody writes by the earlier declaration any more: now is after all of that.
            let now = self.store().context().now().as_micros();
            let since = *ahead.since.get_or_insert(now);
            let mut query = ListQuery::new(kind, everything()).limit(AT_ONCE);
            query.after = ahead.after.as_deref().and_then(|text| text.parse().ok());
            for _ in 0..BATCHES {
                let (written, next) = self.arrange_page(caller, kind, &query, since).await?;
                records += written;
                query.after = next;
                if query.after.is_none() {
                    break;
                }
            }
            if let Some(after) = &query.after {
                ahead.after = Some(after.to_string());
                body.arranging.insert(table, ahead);
            }
        }
        let is_done = body.arranging.is_empty();
        let before = std::mem::take(&mut known.body);
        let record = self.as_record(caller, known.version + 1, &body)?;
        let mut batch = self.batch(caller);
        if let Some(epoch) = self.systems().epoch() {
            batch.over_epoch(EPOCH, epoch);
        }
        batch.put(KIND, &record, ARRANGE, &before).await?;
        match batch.commit(String::new()).await {
            Ok(_) => self.note_arranging(&body.arranging),
            // Another process does the same, and has noted how far it is.
            Err(error) if error.is_conflict() => {
                return Ok(Arranged {
                    records,
                    is_done: false,
                });
            }
            Err(error) => return Err(error),
        }
        Ok(Arranged { records, is_done })
    }

    fn note_arranging(&self, tables: &BTreeMap<String, Ahead>) {
        let arranging = self.arranging().lock();
        *arranging.unwrap_or_else(PoisonError::into_inner) = tables.keys().cloned().collect();
    }

    /// A page of records, each written again if lists do not go by what it says.
    async fn arrange_page(
        &self,
        caller: &Caller,
        kind: &'static str,
        query: &ListQuery,
        since: i64,
    ) -> Result<(u64, Option<Cursor>), RegistryError> {
        loop {
            let page = self.store().list_records(query).await?;
            let declaration = self.declaration(kind)?;
            let mut batch = self.batch(caller);
            let mut count = 0;
            for stored in page.items {
                let (columns, sort_key) =
                    (stored.head.columns.clone(), stored.head.sort_key.clone());
                let mut record = Record::from_store(stored)?;
                let now = declaration.columns(record.author, &record.body);
                let is_new = record.at.as_micros() >= since;
                if is_new
                    && columns.starts_with(&now)
                    && sort_key == declaration.sort_key(&record.body)
                {
                    continue;
                }
                record.version += 1;
                let before = record.body.clone();
                batch.put_kept(kind, &record, ARRANGE, &before).await?;
                count += 1;
            }
            if count == 0 {
                return Ok((0, page.next));
            }
            match batch.commit(String::new()).await {
                Ok(_) => return Ok((count, page.next)),
                // Somebody wrote one of them meanwhile: read them again.
                Err(error) if error.is_conflict() => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether a record says what it said in an earlier version of its: since then it was only
    /// arranged.
    pub(crate) async fn only_arranged(
        &self,
        kind: &str,
        id: Id,
        since: i64,
        now: i64,
    ) -> Result<bool, RegistryError> {
        let versions = now - since;
        if !(1..=LOOK_BACK).contains(&versions) {
            return Ok(false);
        }
        let told = Scope::bypass("whether whoever changes a record has seen what it says");
        let limit = usize::try_from(versions).unwrap_or_default();
        let versions = self.store().history(kind, &told, id, limit).await?;
        let mut later = versions.iter().filter(|version| version.version > since);
        Ok(later.all(|version| version.action == ARRANGE))
    }
}
