//! Epochs, and with them the record that a request will ask for once it is known who asks: one
//! statement, and so one round trip, for both.

use std::sync::Arc;

use vocab::Id;

use super::head_columns;
use super::record::record_of;
use crate::engine::{Dialect, Row};
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

/// The statements that read epochs, made once.
pub(crate) struct Aheads {
    /// All epochs alone.
    pub epochs: Arc<str>,
    /// All epochs and a record of a table.
    pub tables: std::collections::HashMap<String, Arc<str>>,
}

impl Aheads {
    pub(crate) fn of<'a>(
        dialect: Dialect,
        specs: impl Iterator<Item = &'a Arc<TableSpec>>,
    ) -> Self {
        // All of them: there are a handful, on one page, and looking each up costs more.
        let epochs = dialect.lines("name || ' ' || value", "epoch");
        let given = dialect.given_ids();
        let tables = specs.map(|spec| {
            let (table, columns) = (&spec.name, head_columns(spec, "h."));
            // A row in any case, for the epochs' sake: without a record its columns are null.
            let sql = format!(
                "SELECT ({epochs}), {columns}, v.body FROM {given} \
                 LEFT JOIN head_{table} h ON h.id = a.id \
                 LEFT JOIN record_version v ON v.record_id = h.id AND v.version = h.version"
            );
            (table.clone(), Arc::from(sql))
        });
        Self {
            tables: tables.collect(),
            epochs: epochs.into(),
        }
    }
}

/// All epochs at one moment, as the statements give them: `name number`, a line for each.
#[derive(Clone, Debug)]
pub(crate) struct EpochLines(Arc<str>);

impl EpochLines {
    /// Takes them out of the first column of a row.
    pub(crate) fn take(row: &mut Row) -> Result<Self, StoreError> {
        match row.first_mut().map(std::mem::take) {
            Some(Value::Text(lines)) => Ok(Self(lines.into())),
            // None was ever moved on.
            Some(Value::Null) => Ok(Self(Arc::from(""))),
            _ => Err(StoreError::Corrupt("epochs that are no text".to_owned())),
        }
    }

    /// These epochs; 0 for one that was never moved on.
    fn numbers<const N: usize>(&self, names: [&str; N]) -> Result<[i64; N], StoreError> {
        let mut numbers = [0; N];
        for line in self.0.lines() {
            let known = line.rsplit_once(' ');
            let odd = || StoreError::Corrupt(format!("an epoch that is «{line}»"));
            let (name, number) = known.ok_or_else(odd)?;
            if let Some(at) = names.iter().position(|known| *known == name) {
                numbers[at] = number.parse().map_err(|_| odd())?;
            }
        }
        Ok(numbers)
    }
}

impl Store {
    /// Several epochs as they stand at one moment, not before this was called.
    pub async fn epochs<const N: usize>(&self, names: [&str; N]) -> Result<[i64; N], StoreError> {
        let statement = &self.inner.aheads.epochs;
        let (epochs, _) = self.inner.engine.ahead(statement, None).await?;
        epochs.numbers(names)
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
        let statement = &self.inner.aheads.tables[table];
        let (epochs, row) = self.inner.engine.ahead(statement, Some(id)).await?;
        Ok((epochs.numbers(names)?, Ahead { spec, id, row }))
    }
}
