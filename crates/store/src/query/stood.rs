//! A whole table as it stood at an instant: what figures of the past are made of.

use vocab::{Id, Instant};

use crate::audit::digest::NO_HEAD;
use crate::engine::{Param, Statement};
use crate::{Cell, ColumnKind, Scope, Store, StoreError};

/// A record as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stood {
    /// The record.
    pub id: Id,
    /// Its version then.
    pub version: i64,
    /// Whose record it was.
    pub unit: Id,
    /// Where it stood.
    pub state: String,
    /// Canonical JSON; none if the law had it erased since.
    pub body: Option<String>,
}

impl Store {
    /// The records of a table of which some version was written by an instant, in the order of
    /// their identities; what was removed by then is among them.
    ///
    /// Past versions carry no columns that a scope could ask: the past of whole tables is read by
    /// [`Scope::bypass`] alone, and [`StoreError::Invalid`] for any other scope.
    pub async fn known_by(
        &self,
        scope: &Scope,
        table: &str,
        at: Instant,
    ) -> Result<Vec<Id>, StoreError> {
        demand_bypass(scope)?;
        self.table(table)?;
        // The audit's leaves have an index by table and time; versions have none.
        let sql = "SELECT DISTINCT record_id FROM leaf WHERE table_name = ?1 AND at <= ?2 \
                   ORDER BY record_id";
        let params = vec![Param::from(table), at.as_micros().into()];
        let read = |cells: &[Cell<'_>]| cells.first().and_then(|cell| cell.as_id());
        let found = self
            .inner
            .engine
            .read_rows(Statement::new(sql, params), read);
        Ok(found.await?.into_iter().flatten().collect())
    }

    /// These records as they stood at an instant: of each the newest version that was written by
    /// then, in the order of their identities. What was removed by then is left out; what the
    /// law had erased since is there without a body. One statement, whatever their number.
    pub async fn stood_at(
        &self,
        scope: &Scope,
        table: &str,
        ids: &[Id],
        at: Instant,
    ) -> Result<Vec<Stood>, StoreError> {
        demand_bypass(scope)?;
        self.table(table)?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let among = self.dialect().among("v.record_id", 1, ColumnKind::Bytes);
        let sql = format!(
            "SELECT v.record_id, v.version, v.unit, v.state, v.body, v.head_digest \
             FROM record_version v WHERE {among} AND v.table_name = ?2 AND v.at <= ?3 \
             AND NOT EXISTS (SELECT 1 FROM record_version w WHERE w.record_id = v.record_id \
             AND w.version = v.version + 1 AND w.at <= ?3) ORDER BY v.record_id, v.version"
        );
        let params = vec![
            Param::ids(ids.to_vec()),
            Param::from(table),
            at.as_micros().into(),
        ];
        let rows = self
            .inner
            .engine
            .read_rows(Statement::new(sql, params), stood)
            .await?;
        let mut found: Vec<(Stood, bool)> = Vec::with_capacity(rows.len());
        for row in rows {
            let row = row.ok_or_else(|| {
                StoreError::Corrupt(format!("a version of {table} has no identity"))
            })?;
            match found.last_mut() {
                // A clock that was set back leaves two: the newest version counts.
                Some(last) if last.0.id == row.0.id => *last = row,
                _ => found.push(row),
            }
        }
        let standing = found.into_iter().filter(|(_, removed)| !removed);
        Ok(standing.map(|(stood, _)| stood).collect())
    }
}

/// A record in a row, and whether that version removed it.
fn stood(cells: &[Cell<'_>]) -> Option<(Stood, bool)> {
    let [id, version, unit, state, body, head] = cells else {
        return None;
    };
    let Cell::Int(version) = version else {
        return None;
    };
    let removed = head.as_bytes() == Some(&NO_HEAD[..]);
    Some((
        Stood {
            id: id.as_id()?,
            version: *version,
            unit: unit.as_id()?,
            state: state.as_text()?.to_owned(),
            body: body.as_text().map(str::to_owned),
        },
        removed,
    ))
}

fn demand_bypass(scope: &Scope) -> Result<(), StoreError> {
    if scope.parts().is_none() {
        return Ok(());
    }
    let why = "the past of a whole table is read by Scope::bypass alone";
    Err(StoreError::Invalid(why.to_owned()))
}
