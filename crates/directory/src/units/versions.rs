//! All versions of all units, read for memory: from typed columns, without their bodies.

use std::sync::Arc;

use store::{ListQuery, Scope, Store, Value};

use super::record::UnitBody;
use super::{Hierarchy, Level, Unit, UnitKind, snapshot};
use crate::DirectoryError;

/// What is read of each version, in this order.
const COLUMNS: [&str; 13] = [
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
];
/// Where [`COLUMNS`] has the short name.
const SHORT_NAME: usize = 11;

/// A version, and where its name stands in lists.
struct Listed {
    sort_key: Vec<u8>,
    hierarchy: Hierarchy,
    unit: Unit,
}

/// All versions, each with its hierarchy, in the order of lists.
pub(super) async fn all(store: &Store) -> Result<Vec<(Hierarchy, Arc<Unit>)>, DirectoryError> {
    let public = Scope::bypass("units are public");
    let rows = store.columns("unit_version", &public, &COLUMNS).await?;
    // A store of an earlier program has the names in bodies alone.
    let mut listed = if rows.iter().any(|row| row[SHORT_NAME] == Value::Null) {
        of_bodies(store, public).await?
    } else {
        let rows = rows.into_iter();
        rows.map(|row| {
            of_row(row)
                .ok_or_else(|| DirectoryError::corrupt("a unit's version", "a column is no such"))
        })
        .collect::<Result<_, _>>()?
    };
    listed.sort_unstable_by(|one, other| {
        let key = |listed: &Listed| (listed.unit.kind, listed.unit.id, listed.unit.valid_from);
        let ((kind, id, from), (other_kind, other_id, other_from)) = (key(one), key(other));
        kind.cmp(&other_kind)
            .then_with(|| one.sort_key.cmp(&other.sort_key))
            .then_with(|| (id, from).cmp(&(other_id, other_from)))
    });
    let listed = listed.into_iter();
    Ok(listed
        .map(|listed| (listed.hierarchy, Arc::new(listed.unit)))
        .collect())
}

async fn of_bodies(store: &Store, scope: Scope) -> Result<Vec<Listed>, DirectoryError> {
    let records = snapshot::all(store, ListQuery::new("unit_version", scope)).await?;
    let records = records.into_iter();
    records
        .map(|record| {
            let body = UnitBody::read(&record.body)?;
            Ok(Listed {
                sort_key: record.head.sort_key,
                hierarchy: body.hierarchy,
                unit: body.into_unit(),
            })
        })
        .collect()
}

/// None where a column holds what no version has.
fn of_row(row: Vec<Value>) -> Option<Listed> {
    let row: [Value; 13] = row.try_into().ok()?;
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
    ] = row;
    Some(Listed {
        sort_key: match sort_key {
            Value::Bytes(key) => key,
            _ => return None,
        },
        hierarchy: Hierarchy::from_value(hierarchy.as_text()?)?,
        unit: Unit {
            id: unit.as_id()?,
            name: text(name)?,
            short_name: text(short_name)?,
            aliases: lines(aliases),
            kind: UnitKind::from_value(kind.as_text()?)?,
            level: Level::from_value(level.as_text()?)?,
            parent: optional(&parent, Value::as_id)?,
            code: optional(&code, |code| code.as_text()?.parse().ok())?,
            area_code: text(area_code),
            valid_from: valid_from.as_text()?.parse().ok()?,
            valid_to: optional(&valid_to, |day| day.as_text()?.parse().ok())?,
        },
    })
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn lines(value: Value) -> Vec<String> {
    let lines = text(value).unwrap_or_default();
    lines.lines().map(str::to_owned).collect()
}

/// None where there is a value that is not what it should be; what is null is no value.
#[expect(
    clippy::option_option,
    reason = "no value is something else than a wrong one"
)]
fn optional<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Option<T>> {
    match value {
        Value::Null => Some(None),
        known => read(known).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::shipped::Shipped;

    #[test]
    fn columns_say_what_the_body_says() {
        for unit in Shipped::read().units {
            let body = UnitBody::of(&unit);
            let put = body.put().unwrap();
            let spec = crate::units::tables().remove(0);
            let row = COLUMNS.map(|column| match column {
                "sort_key" => Value::Bytes(put.sort_key.clone()),
                "unit" => put.unit.into(),
                other => {
                    let place = spec.columns.iter().position(|known| known.name == other);
                    put.columns[place.unwrap()].clone()
                }
            });
            let listed = of_row(row.to_vec()).unwrap();
            assert_eq!(listed.hierarchy, body.hierarchy);
            assert_eq!(listed.unit, unit);
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
            assert!(of_row(row.clone()).is_some());
            row[place] = wrong;
            assert!(of_row(row).is_none(), "{place}");
        }
    }
}
