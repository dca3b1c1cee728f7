//! Which records were written to since somebody looked: for what is held in memory and brought
//! up to date instead of being read anew.

use std::collections::BTreeSet;

use vocab::Id;

use crate::audit::Place;
use crate::engine::{Param, Row, Statement};
use crate::store::Fields;
use crate::{Scope, Store, StoreError};

/// How far somebody has come in the order of commits. Of one history of one store: it is kept in
/// memory beside what was read, never written down (for that there is [`crate::Position`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(Place);

/// What was written to after a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The records, each once.
    pub records: BTreeSet<Id>,
    /// The mark to ask from the next time. A record may come again then: while an older
    /// transaction runs, the mark waits for it.
    pub mark: Mark,
}

impl Store {
    /// How far commits have come: whatever is committed later lies after it. Take it before the
    /// records are read that it shall hold for.
    pub async fn mark(&self) -> Result<Mark, StoreError> {
        let dialect = self.dialect();
        let sql = format!(
            "SELECT era, xid, ord FROM leaf WHERE {} ORDER BY {} LIMIT 1",
            dialect.feed_settled(),
            dialect.feed_backwards()
        );
        let asked = vec![Statement::new(sql, Vec::new())];
        let rows = self.inner.engine.query_all(asked).await?.remove(0);
        let place = rows.first().map(|row| place(row, 0)).transpose()?;
        Ok(Mark(place.unwrap_or_default()))
    }

    /// The records of a table that were written to after a mark: everything that had committed
    /// when this was asked, sealed or not. Nothing where more than `most` writes, to whatever
    /// table, lie after the mark: then it is cheaper to read anew.
    ///
    /// Identities of all records are told: asked by [`Scope::bypass`] alone, and
    /// [`StoreError::Invalid`] for any other scope.
    pub async fn touched_since(
        &self,
        scope: &Scope,
        table: &str,
        mark: Mark,
        most: usize,
    ) -> Result<Option<Touched>, StoreError> {
        if scope.parts().is_some() {
            let why = "what was touched is told of all records and asked by Scope::bypass alone";
            return Err(StoreError::Invalid(why.to_owned()));
        }
        let dialect = self.dialect();
        let sql = format!(
            "SELECT record_id, table_name, era, xid, ord, CAST(CASE WHEN {} THEN 1 ELSE 0 END AS BIGINT) \
             FROM leaf WHERE {} ORDER BY {} LIMIT ?4",
            dialect.feed_settled(),
            dialect.feed_after(1),
            dialect.feed_order()
        );
        let Mark(Place { era, xid, ord }) = mark;
        let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        let params = vec![Param::from(era), xid.into(), ord.into(), limit.into()];
        let asked = vec![Statement::new(sql, params)];
        let rows = self.inner.engine.query_all(asked).await?.remove(0);
        if rows.len() > most {
            return Ok(None);
        }
        let mut touched = Touched {
            records: BTreeSet::new(),
            mark,
        };
        for row in &rows {
            if row.text(1)? == table {
                touched.records.insert(row.id(0)?);
            }
            if row.int(5)? == 1 {
                touched.mark = Mark(place(row, 2)?);
            }
        }
        Ok(Some(touched))
    }
}

fn place(row: &Row, at: usize) -> Result<Place, StoreError> {
    Ok(Place {
        era: row.int(at)?,
        xid: row.int(at + 1)?,
        ord: row.int(at + 2)?,
    })
}
