//! A scope in SQL.

use std::collections::BTreeMap;

use vocab::Id;

use crate::engine::{Dialect, Param};
use crate::scope::{Part, Units};
use crate::{ColumnKind, Predicate, Scope, Value};

/// The condition under which a row is reached; none if every row is.
pub(crate) fn sql(
    scope: &Scope,
    dialect: Dialect,
    alias: &str,
    params: &mut Vec<Param>,
) -> Option<String> {
    // What asks for many units comes last: an engine that makes a table of them does so for
    // the rows alone that nothing before it settled.
    let mut parts: Vec<&Part> = scope.parts()?.iter().collect();
    parts.sort_by_key(|part| match &part.units {
        Units::These(units) => units.len(),
        Units::All | Units::AllBut(_) => 0,
    });
    let mut reached = Vec::with_capacity(parts.len());
    for part in parts {
        let mut tests = Vec::new();
        if let Some(condition) = &part.condition {
            tests.push(condition.sql(dialect, alias, params));
        }
        match &part.units {
            Units::All => {}
            Units::These(units) => {
                let unit = format!("{alias}unit");
                let units = units.iter().map(|unit| Value::from(*unit)).collect();
                tests.push(dialect.one_of(&unit, ColumnKind::Bytes, units, params));
            }
            // Few are left out, so that testing each row costs little.
            Units::AllBut(units) => tests.extend(units.iter().map(|unit| {
                params.push(Param::from(*unit));
                format!("{alias}unit <> ?{}", params.len())
            })),
        }
        if tests.is_empty() {
            return None;
        }
        reached.push(tests.join(" AND "));
    }
    Some(match reached.len() {
        0 => "1 = 0".to_owned(),
        1 => reached.remove(0),
        _ => format!("(({}))", reached.join(") OR (")),
    })
}

/// The units that a scope reaches, where they can be counted, each with the parts that reach
/// it: what a list seeks in. A unit that one part reaches without a condition has none.
pub(crate) fn by_unit(scope: &Scope) -> Option<BTreeMap<Id, Vec<&Predicate>>> {
    let parts = scope.parts()?;
    let mut units: BTreeMap<Id, Option<Vec<&Predicate>>> = BTreeMap::new();
    for Part {
        units: in_part,
        condition,
    } in parts
    {
        let Units::These(in_part) = in_part else {
            return None;
        };
        for unit in in_part.iter() {
            let held = units.entry(*unit).or_insert_with(|| Some(Vec::new()));
            match condition {
                Some(condition) => held.iter_mut().for_each(|held| held.push(condition)),
                None => *held = None,
            }
        }
    }
    let settled = units.into_iter();
    Some(
        settled
            .map(|(unit, held)| (unit, held.unwrap_or_default()))
            .collect(),
    )
}
