//! All versions of all units, read for memory: from typed columns, without their bodies.

use std::collections::HashMap;
use std::sync::Arc;

use store::{Cell, ListQuery, Scope, Store};
use vocab::Id;

use super::record::UnitBody;
use super::{Hierarchy, Level, Unit, UnitKind, snapshot};
use crate::DirectoryError;

/// What is read of each version, in this order.
const COLUMNS: [&str; 15] = [
    "sort_key",
    "unit",
    "hierarchy",
    "parent",
    "name",
    "kind",
    "level",
    "code",
    "area_code",
    "valid_from",
    "valid_to",
    "short_name",
    "aliases",
    "id",
    "version",
];
/// Where [`COLUMNS`] has the short name.
const SHORT_NAME: usize = 11;

/// The table of versions.
const TABLE: &str = "unit_version";

/// A version, and where its name stands in lists.
pub(super) struct Listed {
    record: Id,
    /// The record's own version.
    version: i64,
    sort_key: Box<[u8]>,
    pub(super) hierarchy: Hierarchy,
    pub(super) unit: Arc<Unit>,
}

/// What a row gives.
enum Read {
    Listed(Listed),
    /// A store of an earlier program has the names in bodies alone.
    Nameless,
    /// A column holds what no version has.
    Wrong,
}

/// All versions, in the order of lists.
pub(super) async fn all(store: &Store) -> Result<Vec<Listed>, DirectoryError> {
    let public = Scope::bypass("units are public");
    let rows = store.read_columns(TABLE, &public, &COLUMNS, read).await?;
    let mut listed = if rows.iter().any(|row| matches!(row, Read::Nameless)) {
        of_bodies(store, public).await?
    } else {
        of_rows(rows)?
    };
    in_order(&mut listed);
    Ok(listed)
}

/// Brings versions that are held up to date: which there are is read of all, what they say of
/// those alone that are not held as they stand.
pub(super) async fn update(store: &Store, held: &mut Vec<Listed>) -> Result<(), DirectoryError> {
    let public = Scope::bypass("units are public");
    let stands = |row: &[Cell<'_>]| Some((row.first()?.as_id()?, row.get(1)?.as_int()?));
    let standing = store
        .read_columns(TABLE, &public, &["id", "version"], stands)
        .await?;
    let standing: Option<HashMap<Id, i64>> = standing.into_iter().collect();
    let mut others = standing.ok_or_else(wrong)?;
    held.retain(|listed| {
        let stands = others.get(&listed.record) == Some(&listed.version);
        if stands {
            others.remove(&listed.record);
        }
        stands
    });
    if others.is_empty() {
        return Ok(());
    }
    let rows = store
        .read_columns_of(TABLE, &public, &COLUMNS, others.into_keys(), read)
        .await?;
    if rows.iter().any(|row| matches!(row, Read::Nameless)) {
        *held = all(store).await?;
        return Ok(());
    }
    held.extend(of_rows(rows)?);
    in_order(held);
    Ok(())
}

fn of_rows(rows: Vec<Read>) -> Result<Vec<Listed>, DirectoryError> {
    let rows = rows.into_iter();
    rows.map(|row| match row {
        Read::Listed(listed) => Ok(listed),
        Read::Nameless | Read::Wrong => Err(wrong()),
    })
    .collect()
}

fn wrong() -> DirectoryError {
    DirectoryError::corrupt("a unit's version", "a column is no such")
}

/// What is in order but for its end is put in order in one go over it.
fn in_order(listed: &mut [Listed]) {
    listed.sort_by(|one, other| {
        let key = |listed: &Listed| (listed.unit.id, listed.unit.valid_from);
        (one.unit.kind.cmp(&other.unit.kind))
            .then_with(|| one.sort_key.cmp(&other.sort_key))
            .then_with(|| key(one).cmp(&key(other)))
    });
}

async fn of_bodies(store: &Store, scope: Scope) -> Result<Vec<Listed>, DirectoryError> {
    let records = snapshot::all(store, ListQuery::new(TABLE, scope)).await?;
    let records = records.into_iter();
    records
        .map(|record| {
            let body = UnitBody::read(&record.body)?;
            let hierarchy = body.hierarchy;
            let unit = Arc::new(body.into_unit());
            Ok(Listed {
                record: record.head.id,
                version: record.head.version,
                sort_key: record.head.sort_key.into(),
                hierarchy,
                unit,
            })
        })
        .collect()
}

fn read(row: &[Cell<'_>]) -> Read {
    match row.get(SHORT_NAME) {
        Some(Cell::Null) => Read::Nameless,
        _ => of_row(row).map_or(Read::Wrong, Read::Listed),
    }
}

/// None where a column holds what no version has.
fn of_row(row: &[Cell<'_>]) -> Option<Listed> {
    let [
        sort_key,
        unit,
        hierarchy,
        parent,
        name,
        kind,
        level,
        code,
        area_code,
        valid_from,
        valid_to,
        short_name,
        aliases,
        record,
        version,
    ] = *row.as_array::<15>()?;
    Some(Listed {
        record: record.as_id()?,
        version: version.as_int()?,
        sort_key: sort_key.as_bytes()?.into(),
        hierarchy: Hierarchy::from_value(hierarchy.as_text()?)?,
        unit: Arc::new(Unit {
            id: unit.as_id()?,
            name: name.as_text()?.to_owned(),
            short_name: short_name.as_text()?.to_owned(),
            aliases: lines(aliases),
            kind: UnitKind::from_value(kind.as_text()?)?,
            level: Level::from_value(level.as_text()?)?,
            parent: optional(parent, Cell::as_id)?,
            code: optional(code, |code| code.as_text()?.parse().ok())?,
            area_code: area_code.as_text().map(str::to_owned),
            valid_from: valid_from.as_text()?.parse().ok()?,
            valid_to: optional(valid_to, |day| day.as_text()?.parse().ok())?,
        }),
    })
}

fn lines(value: Cell<'_>) -> Vec<String> {
    let lines = value.as_text().unwrap_or_default();
    lines.lines().map(str::to_owned).collect()
}

/// None where there is a value that is not what it should be; what is null is no value.
#[expect(
    clippy::option_option,
    reason = "no value is something else than a wrong one"
)]
fn optional<'a, T>(value: Cell<'a>, read: impl Fn(Cell<'a>) -> Option<T>) -> Option<Option<T>> {
    match value {
        Cell::Null => Some(None),
        known => read(known).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::shipped::Shipped;
    use store::Value;

    fn listed(row: &[Value]) -> Option<Listed> {
        of_row(&row.iter().map(Cell::from).collect::<Vec<_>>())
    }

    #[test]
    fn columns_say_what_the_body_says() {
        for unit in Shipped::read().units {
            let body = UnitBody::of(&unit);
            let put = body.put().unwrap();
            let spec = crate::units::tables().remove(0);
            let row = COLUMNS.map(|column| match column {
                "sort_key" => Value::Bytes(put.sort_key.clone()),
                "unit" => put.unit.into(),
                "id" => put.id.into(),
                "version" => Value::Int(1),
                other => {
                    let place = spec.columns.iter().position(|known| known.name == other);
                    put.columns[place.unwrap()].clone()
                }
            });
            let listed = listed(&row).unwrap();
            assert_eq!(listed.hierarchy, body.hierarchy);
            assert_eq!(*listed.unit, unit);
        }
    }

    #[test]
    fn what_no_version_has_is_told() {
        let body = UnitBody::of(&Shipped::read().units[0]);
        let put = body.put().unwrap();
        for (place, wrong) in [
            (0, Value::Null),
            (5, "planet".into()),
            (9, "hôm nay".into()),
        ] {
            let mut row = vec![Value::Bytes(put.sort_key.clone()), put.unit.into()];
            row.extend(put.columns.clone());
            row.extend([put.id.into(), Value::Int(1)]);
            assert!(listed(&row).is_some());
            row[place] = wrong;
            assert!(listed(&row).is_none(), "{place}");
        }
    }
}
