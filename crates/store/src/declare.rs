//! Declarations as the store remembers them, and how a table may grow.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::{Dialect, Row, Statement};
use crate::indexes::{Index, indexes};
use crate::store::Fields;
use crate::{StoreError, TableSpec, schema};

/// Asks for the declarations that the stored tables follow.
pub(crate) fn stored_statement() -> Statement {
    Statement::new(
        "SELECT name, spec FROM declaration ORDER BY name",
        Vec::new(),
    )
}

/// The declarations in the rows of [`stored_statement`], by table.
pub(crate) fn stored(rows: &[Row]) -> Result<BTreeMap<String, TableSpec>, StoreError> {
    rows.iter()
        .map(|row| {
            let name = row.text(0)?;
            let spec = serde_json::from_str(&row.text(1)?).map_err(|error| {
                StoreError::Corrupt(format!("the stored declaration of {name}: {error}"))
            })?;
            Ok((name, spec))
        })
        .collect()
}

/// How stored tables come to follow declarations.
pub(crate) struct Growth {
    /// What is run first, in one transaction: new tables with all that belongs to them, and more
    /// columns for those that are there.
    pub statements: Vec<String>,
    /// The tables as they are in the end.
    pub tables: Vec<Arc<TableSpec>>,
    /// Those of them that were there and changed: each may lack indexes, which are made one by one
    /// while others write. Only then is its declaration remembered whole ([`remember`]), so that
    /// whoever opens the store after a kill makes what is missing.
    pub grown: Vec<Arc<TableSpec>>,
}

/// What the stored tables lack of these declarations.
pub(crate) fn growth<'a>(
    dialect: Dialect,
    rows: &[Row],
    declared: impl IntoIterator<Item = &'a Arc<TableSpec>>,
) -> Result<Growth, StoreError> {
    let stored = stored(rows)?;
    let mut growth = Growth {
        statements: Vec::new(),
        tables: Vec::new(),
        grown: Vec::new(),
    };
    for spec in declared {
        let whole = match stored.get(&spec.name) {
            None => {
                growth.statements.extend(making(dialect, spec)?);
                spec.clone()
            }
            Some(known) if *known == **spec => spec.clone(),
            Some(known) if spec.evolving => {
                let merged = Arc::new(spec.after(known));
                if !merged.is_stored_as(known) {
                    let reshaped = schema::reshaped(dialect, known, &merged);
                    growth.grow(dialect, known, &merged, reshaped)?;
                }
                merged
            }
            Some(known) => {
                check_growth(known, spec)?;
                let added = schema::added_columns(dialect, known, spec);
                growth.grow(dialect, known, spec, added)?;
                spec.clone()
            }
        };
        growth.tables.push(whole);
    }
    Ok(growth)
}

impl Growth {
    fn grow(
        &mut self,
        dialect: Dialect,
        known: &TableSpec,
        spec: &Arc<TableSpec>,
        changes: Vec<String>,
    ) -> Result<(), StoreError> {
        self.statements.extend(changes);
        self.statements.extend(schema::head_table(dialect, spec));
        self.statements.push(remember(&halfway(known, spec))?);
        self.grown.push(spec.clone());
        Ok(())
    }
}

/// A table that has all its columns, and no more indexes than before.
fn halfway(known: &TableSpec, spec: &TableSpec) -> TableSpec {
    let mut half = spec.clone();
    let as_before = |name: &String| {
        let of = |spec: &TableSpec| spec.position(name).map(|place| spec.columns[place].kind);
        of(known) == of(spec)
    };
    half.filters
        .retain(|name| known.filters.contains(name) && as_before(name));
    half.ranged
        .retain(|name| known.ranged.contains(name) && as_before(name));
    for column in &mut half.columns {
        let was_unique = known
            .position(&column.name)
            .is_some_and(|place| known.columns[place].unique);
        column.unique &= was_unique && as_before(&column.name);
    }
    half.searchable = known.searchable;
    half
}

/// The statements that make a table with its indexes, as far as they are not there, and remember
/// its declaration.
pub(crate) fn making(dialect: Dialect, spec: &TableSpec) -> Result<Vec<String>, StoreError> {
    let mut statements = schema::head_table(dialect, spec);
    let indexes = indexes(dialect, spec);
    statements.extend(indexes.iter().map(Index::making));
    statements.push(remember(spec)?);
    Ok(statements)
}

/// The statement that remembers a declaration.
pub(crate) fn remember(spec: &TableSpec) -> Result<String, StoreError> {
    let text = serde_json::to_string(spec).map_err(|error| StoreError::Declaration {
        table: spec.name.clone(),
        what: error.to_string(),
    })?;
    // The names in it are plain words (`TableSpec::check`): no quote can stand in this text.
    Ok(format!(
        "INSERT INTO declaration (name, spec) VALUES ('{}', '{text}') \
         ON CONFLICT (name) DO UPDATE SET spec = excluded.spec",
        spec.name
    ))
}

/// Refuses every change but those that a table can follow without knowing what its records
/// mean: more columns that may be null, more filters and ranges, words to search.
pub(crate) fn check_growth(stored: &TableSpec, declared: &TableSpec) -> Result<(), StoreError> {
    let refused = |what: String| {
        Err(StoreError::Declaration {
            table: declared.name.clone(),
            what,
        })
    };
    for column in &stored.columns {
        match declared
            .columns
            .iter()
            .find(|known| known.name == column.name)
        {
            None => {
                return refused(format!(
                    "column {} is stored, but no longer declared",
                    column.name
                ));
            }
            Some(known) if known != column => {
                return refused(format!(
                    "column {} is stored as {:?}, unique: {}; it cannot become {:?}, unique: {}",
                    column.name, column.kind, column.unique, known.kind, known.unique
                ));
            }
            Some(_) => {}
        }
    }
    if let Some(added) = declared
        .columns
        .iter()
        .find(|column| column.unique && stored.position(&column.name).is_none())
    {
        return refused(format!(
            "column {} cannot be added as a unique one: add it, write the records again, then say so in a new table",
            added.name
        ));
    }
    if let Some(filter) = stored
        .filters
        .iter()
        .find(|name| !declared.filters.contains(name))
    {
        return refused(format!("filter {filter} is stored, but no longer declared"));
    }
    if let Some(range) = stored
        .ranged
        .iter()
        .find(|name| !declared.ranged.contains(name))
    {
        return refused(format!("range {range} is stored, but no longer declared"));
    }
    if stored.searchable && !declared.searchable {
        return refused(
            "it is searched by words in the store, but no longer declared so".to_owned(),
        );
    }
    Ok(())
}
