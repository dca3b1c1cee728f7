//! Declarations as the store remembers them, and how a table may grow.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::{Dialect, Row, Statement};
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

/// The statements after which the stored tables follow these declarations, and the tables as they
/// are then.
pub(crate) fn script<'a>(
    dialect: Dialect,
    rows: &[Row],
    declared: impl IntoIterator<Item = &'a Arc<TableSpec>>,
) -> Result<(Vec<String>, Vec<Arc<TableSpec>>), StoreError> {
    let stored = stored(rows)?;
    let mut statements = Vec::new();
    let mut tables = Vec::new();
    for spec in declared {
        let mut whole = spec.clone();
        match stored.get(&spec.name) {
            None => statements.extend(making(dialect, spec)?),
            Some(known) if *known == **spec => {}
            Some(known) if spec.evolving => {
                let merged = spec.after(known);
                if !merged.is_stored_as(known) {
                    statements.extend(schema::reshaped(dialect, known, &merged));
                    statements.extend(making(dialect, &merged)?);
                }
                whole = Arc::new(merged);
            }
            Some(known) => {
                check_growth(known, spec)?;
                statements.extend(schema::added_columns(dialect, known, spec));
                statements.extend(making(dialect, spec)?);
            }
        }
        tables.push(whole);
    }
    Ok((statements, tables))
}

/// The statements that make a table, as far as it is not there, and remember its declaration.
pub(crate) fn making(dialect: Dialect, spec: &TableSpec) -> Result<Vec<String>, StoreError> {
    let text = serde_json::to_string(spec).map_err(|error| StoreError::Declaration {
        table: spec.name.clone(),
        what: error.to_string(),
    })?;
    let mut statements = schema::head_table(dialect, spec);
    // The names in it are plain words (`TableSpec::check`): no quote can stand in this text.
    statements.push(format!(
        "INSERT INTO declaration (name, spec) VALUES ('{}', '{text}') \
         ON CONFLICT (name) DO UPDATE SET spec = excluded.spec",
        spec.name
    ));
    Ok(statements)
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
