//! Epochs, and with them the record that a request will ask for once it is known who asks: one
//! statement, and so one round trip, for both.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use vocab::Id;

use super::head_columns;
use super::record::record_of;
use crate::engine::{Dialect, Row, Statement};
use crate::{Record, Scope, Store, StoreError, TableSpec, Value};

/// A record that was read before anybody knew who asks for it. Nothing of it comes out but
/// within a scope.
#[derive(Clone)]
pub struct Ahead {
    spec: Arc<TableSpec>,
    id: Id,
    row: Option<Row>,
}

impl Ahead {
    /// Whether it is the record of this table with this id.
    pub fn is(&self, table: &str, id: Id) -> bool {
        self.spec.name == table && self.id == id
    }

    /// The record, if there is one that the scope reaches: what [`Store::fetch`] would have
    /// given at that moment.
    pub fn within(self, scope: &Scope) -> Result<Option<Record>, StoreError> {
        let Some(row) = self.row else {
            return Ok(None);
        };
        scope.check(&self.spec)?;
        record_of(row, &self.spec, scope)
    }
}

impl std::fmt::Debug for Ahead {
    /// Leaves out what it says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ahead")
            .field("table", &self.spec.name)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The statements that read epochs, made once, and what they gave last.
pub(crate) struct Aheads {
    /// Epochs alone.
    alone: Asked,
    /// Epochs and a record of a table.
    tables: HashMap<String, Asked>,
    known: Mutex<Known>,
}

/// Two ways to ask for the same.
struct Asked {
    /// With the epochs' sum, which tells whether what is known still stands: one number is read
    /// and sent where a text of all would be.
    quick: Arc<str>,
    /// With all epochs: `name number`, a line for each.
    whole: Arc<str>,
}

/// All epochs at one moment.
#[derive(Clone, Default)]
struct Known {
    /// Each only ever moves on, and none goes away: while the sum stands, so does each.
    sum: i64,
    numbers: Arc<HashMap<String, i64>>,
}

impl Aheads {
    pub(crate) fn of<'a>(
        dialect: Dialect,
        specs: impl Iterator<Item = &'a Arc<TableSpec>>,
    ) -> Self {
        let sum = dialect.sum("value", "epoch");
        // All of them: there are a handful, on one page, and looking each up costs more.
        let lines = dialect.lines("name || ' ' || value", "epoch");
        let tables = specs.map(|spec| {
            let (table, columns) = (&spec.name, head_columns(spec, "h."));
            // A row in any case, for the epochs' sake.
            let asked = |said| dialect.record_beside(said, table, &columns).into();
            let asked = Asked {
                quick: asked(&sum),
                whole: asked(&lines),
            };
            (table.clone(), asked)
        });
        Self {
            tables: tables.collect(),
            alone: Asked {
                quick: sum.as_str().into(),
                whole: lines.as_str().into(),
            },
            known: Mutex::default(),
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn read(lines: &str) -> Result<Self, StoreError> {
        let mut known = Self::default();
        let mut numbers = HashMap::new();
        for line in lines.lines() {
            let odd = || StoreError::Corrupt(format!("an epoch that is «{line}»"));
            let (name, number) = line.rsplit_once(' ').ok_or_else(odd)?;
            let number: i64 = number.parse().map_err(|_| odd())?;
            known.sum += number;
            numbers.insert(name.to_owned(), number);
        }
        known.numbers = Arc::new(numbers);
        Ok(known)
    }

    /// These epochs; 0 for one that was never moved on.
    fn numbers<const N: usize>(&self, names: [&str; N]) -> [i64; N] {
        names.map(|name| self.numbers.get(name).copied().unwrap_or(0))
    }
}

impl Store {
    /// Several epochs as they stand at one moment, not before this was called.
    pub async fn epochs<const N: usize>(&self, names: [&str; N]) -> Result<[i64; N], StoreError> {
        let asked = &self.inner.aheads.alone;
        let (known, _) = self.ahead(asked, None).await?;
        Ok(known.numbers(names))
    }

    /// The same, and a record as it stands at that moment: whoever has to ask for both, first
    /// whether somebody still may and then for the record, asks once.
    pub async fn epochs_and_record<const N: usize>(
        &self,
        names: [&str; N],
        table: &str,
        id: Id,
    ) -> Result<([i64; N], Ahead), StoreError> {
        let spec = self.table(table)?;
        let asked = &self.inner.aheads.tables[table];
        let (known, row) = self.ahead(asked, Some(id)).await?;
        Ok((known.numbers(names), Ahead { spec, id, row }))
    }

    async fn ahead(
        &self,
        asked: &Asked,
        id: Option<Id>,
    ) -> Result<(Known, Option<Row>), StoreError> {
        let (sum, row) = self.inner.engine.ahead(&asked.quick, id).await?;
        let known = self.inner.aheads.known().clone();
        if sum == known.sum {
            return Ok((known, row));
        }
        // One was moved on since, or none was read yet.
        let params = id.map(|id| self.dialect().given_id(id));
        let statement = Statement::new(Arc::clone(&asked.whole), params.into_iter().collect());
        let rows = self.inner.engine.query(&statement).await?;
        let nothing = || StoreError::Corrupt("an answer without epochs".to_owned());
        let mut row = rows.into_iter().next().ok_or_else(nothing)?;
        let now = match row.remove(0) {
            Value::Text(lines) => Known::read(&lines)?,
            // None was ever moved on.
            Value::Null => Known::default(),
            _ => return Err(StoreError::Corrupt("epochs that are no text".to_owned())),
        };
        let mut known = self.inner.aheads.known();
        if known.sum < now.sum {
            *known = now.clone();
        }
        let found = row.first().and_then(Value::as_id);
        Ok((now, found.map(|_| row)))
    }
}

/// The epochs' sum out of the first column of a row, and the record's columns behind it, where
/// there is one.
pub(crate) fn parted(mut row: Row) -> Result<(i64, Option<Row>), StoreError> {
    let sum = row.first().and_then(Value::as_int);
    let sum = sum.ok_or_else(|| StoreError::Corrupt("an answer without epochs".to_owned()))?;
    row.remove(0);
    // Without a record its columns are null.
    let found = row.first().and_then(Value::as_id);
    Ok((sum, found.map(|_| row)))
}
