//! Looking through the audit.

use vocab::{Id, Instant, hex};

use crate::engine::{Dialect, Statement};
use crate::query::{Conditions, reach};
use crate::store::Fields;
use crate::{Scope, Store, StoreError, Value};

/// One audit entry: who did what to which record, when, through what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number.
    pub ord: i64,
    /// The record.
    pub record: Id,
    /// The version that this made.
    pub version: i64,
    /// The record's table.
    pub table: String,
    /// What was done.
    pub action: String,
    /// Who.
    pub actor: Id,
    /// On whose behalf.
    pub on_behalf: Option<Id>,
    /// The way in.
    pub via: String,
    /// The request.
    pub request: Id,
    /// When.
    pub at: Instant,
    /// The digest of its leaf, 64 hexadecimal digits.
    pub hash: String,
}

impl AuditEntry {
    /// Where it stands, for [`AuditQuery::before`].
    pub fn place(&self) -> AuditPlace {
        AuditPlace {
            at: self.at,
            ord: self.ord,
        }
    }
}

/// Where an entry stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AuditPlace {
    /// Its instant.
    pub at: Instant,
    /// Its number, among those of the same instant.
    pub ord: i64,
}

/// Which entries, newest first.
#[derive(Clone, Debug, Default)]
pub struct AuditQuery {
    /// Only older ones than this place: of the last entry of the page before.
    pub before: Option<AuditPlace>,
    /// Only this table's.
    pub table: Option<String>,
    /// Only this record's.
    pub record: Option<Id>,
    /// Only what this account did.
    pub actor: Option<Id>,
    /// Only this action.
    pub action: Option<String>,
    /// Only through this way in.
    pub via: Option<String>,
    /// Only at this instant or later.
    pub from: Option<Instant>,
    /// Only before this instant.
    pub until: Option<Instant>,
    /// At most so many (1 to 500).
    pub limit: usize,
}

const COLUMNS: &str = "ord, record_id, version, table_name, action, actor, on_behalf, via, request, at, hash FROM leaf";

impl Store {
    /// A page of audit entries, newest first. It seeks along an index whichever of time,
    /// actor, table, record, action and way in is asked for; the others narrow what that gives.
    ///
    /// A scope reaches the entries of the records that it reaches as they stand: of one table,
    /// which the query then names. All tables, and what was removed, are read by a bypass.
    pub async fn audit_entries(
        &self,
        scope: &Scope,
        query: &AuditQuery,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let statement = self.asking(scope, query)?;
        let rows = self
            .inner
            .engine
            .query_all(vec![statement])
            .await?
            .remove(0);
        rows.iter().map(|row| entry_of(row)).collect()
    }

    /// The entry with this number, if the scope of its record's table reaches the record.
    pub async fn audit_entry(
        &self,
        scope: &Scope,
        ord: i64,
    ) -> Result<Option<AuditEntry>, StoreError> {
        let sql = format!("SELECT {COLUMNS} WHERE ord = ?1");
        let statement = Statement::new(sql, vec![ord.into()]);
        let rows = self.inner.engine.query(&statement).await?;
        let Some(entry) = rows.first().map(|row| entry_of(row)).transpose()? else {
            return Ok(None);
        };
        let reached = scope.parts().is_none()
            || self
                .fetch(&entry.table, scope, entry.record)
                .await?
                .is_some();
        Ok(reached.then_some(entry))
    }

    /// The number and digest of the segment that seals the entry with this number; none while
    /// it waits to be sealed.
    pub async fn audit_segment_of(&self, ord: i64) -> Result<Option<(i64, String)>, StoreError> {
        let covers = match self.dialect() {
            Dialect::Sqlite => "s.last_ord >= l.ord",
            Dialect::Postgres => "(s.last_era, s.last_xid, s.last_ord) >= (l.era, l.xid, l.ord)",
        };
        // The one after the last that ends before it: few are newer than what one looks at.
        let sql = format!(
            "SELECT number, hash FROM segment WHERE number = 1 + COALESCE((SELECT s.number FROM segment s, leaf l \
             WHERE l.ord = ?1 AND NOT ({covers}) ORDER BY s.number DESC LIMIT 1), 0)"
        );
        let statement = Statement::new(sql, vec![ord.into()]);
        let rows = self.inner.engine.query(&statement).await?;
        let found = rows.first();
        found
            .map(|row| Ok((row.int(0)?, hex::encode(&row.digest(1)?))))
            .transpose()
    }

    /// The entries of one record of a table, newest first, at most so many.
    pub async fn audit_of(
        &self,
        table: &str,
        scope: &Scope,
        record: Id,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let query = AuditQuery {
            table: Some(table.to_owned()),
            record: Some(record),
            limit,
            ..AuditQuery::default()
        };
        self.audit_entries(scope, &query).await
    }

    /// How the engine would look for these entries, line by line.
    pub async fn explain_audit(
        &self,
        scope: &Scope,
        query: &AuditQuery,
    ) -> Result<Vec<String>, StoreError> {
        self.explain(vec![self.asking(scope, query)?]).await
    }

    fn asking(&self, scope: &Scope, query: &AuditQuery) -> Result<Statement, StoreError> {
        let mut asked = Conditions::default();
        if scope.parts().is_some() {
            let Some(table) = &query.table else {
                let why = "audit entries of all tables are read by Scope::bypass alone";
                return Err(StoreError::Invalid(why.to_owned()));
            };
            let spec = self.table(table)?;
            scope.check(&spec)?;
            asked.demand(|params| {
                let reached = reach::sql(scope, self.dialect(), "h.", params)?;
                let head = &spec.name;
                Some(format!(
                    "EXISTS (SELECT 1 FROM head_{head} h WHERE h.id = leaf.record_id AND ({reached}))"
                ))
            });
        }
        Ok(asking(query, asked))
    }
}

/// The statement of a query, where what is already demanded holds besides.
fn asking(query: &AuditQuery, mut asked: Conditions) -> Statement {
    asked.add("record_id =", query.record);
    asked.add("actor =", query.actor);
    asked.add("table_name =", query.table.as_deref());
    asked.add("action =", query.action.as_deref());
    asked.add("via =", query.via.as_deref());
    asked.add("at >=", query.from.map(Instant::as_micros));
    asked.add("at <", query.until.map(Instant::as_micros));
    let place = query.before;
    asked.before(
        "at, ord",
        place.map(|place| [place.at.as_micros().into(), place.ord.into()]),
    );
    asked.select(COLUMNS, "at DESC, ord DESC", query.limit)
}

fn entry_of(row: &[Value]) -> Result<AuditEntry, StoreError> {
    Ok(AuditEntry {
        ord: row.int(0)?,
        record: row.id(1)?,
        version: row.int(2)?,
        table: row.text(3)?,
        action: row.text(4)?,
        actor: row.id(5)?,
        on_behalf: row[6].as_id(),
        via: row.text(7)?,
        request: row.id(8)?,
        at: Instant::from_micros(row.int(9)?),
        hash: hex::encode(&row.digest(10)?),
    })
}
