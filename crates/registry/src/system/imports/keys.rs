//! What rows of one file share that they may not: a unique value, or all that a pack says tells
//! records apart.

use std::collections::HashSet;

use office::long::LongRow;
use pack::declaration::{Duplicate, DuplicateAction, FieldType};
use serde_json::Value;
use sha2::{Digest, Sha256};
use vocab::FieldProblem;
use vocab::fold::name_key;

use super::cells::Rows;
use crate::system::doubles;
use crate::system::value::Checker;
use crate::{Indexed, Kind};

/// What the rows so far have, half a digest of each.
#[derive(Debug, Default)]
pub(crate) struct Keys(HashSet<[u8; 16]>);

/// What a row has, with what is said where another has it too.
pub(super) struct Key {
    half: [u8; 16],
    pub problem: FieldProblem,
}

impl Keys {
    /// The first of these that a row before has.
    pub(super) fn shared<'k>(&self, keys: &'k [Key]) -> Option<&'k Key> {
        keys.iter().find(|key| self.0.contains(&key.half))
    }

    pub(super) fn note(&mut self, keys: &[Key]) {
        self.0.extend(keys.iter().map(|key| key.half));
    }
}

/// What a row has. With `all` also what counts only where a condition holds, and shapes: rows
/// that share it are then looked at one after another.
pub(super) fn of_row(rows: &Rows, kind: &Kind, row: &LongRow, all: bool) -> Vec<Key> {
    let declared = &rows.systems.catalog().record(kind.at).declared;
    let said: Vec<_> = rows.said(row).collect();
    let today = rows.registry.store().context().now().in_vietnam().date();
    let value = |name: &str, similar: bool| -> Option<String> {
        let (_, field, cell) = said.iter().find(|(_, field, _)| *field.id.text == *name)?;
        let values = rows.alone(field, cell);
        if similar {
            return Some(name_key(values.first()?.as_str()?));
        }
        // As it would be kept, so that two ways to write a telephone are one.
        let mut checker = Checker::new(
            rows.systems.catalog(),
            rows.systems.ground(),
            kind.at.pack,
            today,
        );
        let kept: Vec<Value> = values
            .into_iter()
            .map(|value| {
                if matches!(*field.kind, FieldType::Reference | FieldType::Unit) {
                    return value;
                }
                let one = checker.single(field, name, &value);
                one.unwrap_or(value)
            })
            .collect();
        serde_json::to_string(&kept).ok()
    };
    let mut keys = Vec::new();
    let mut add = |parts: &[String], problem: FieldProblem| {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part.len().to_be_bytes());
            hasher.update(part);
        }
        let digest = hasher.finalize();
        let (half, _) = digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
        keys.push(Key {
            half: *half,
            problem,
        });
    };
    let unique = kind.declaration.fields.iter();
    for field in unique.filter(|field| field.indexed == Indexed::Unique) {
        if let Some(value) = value(field.name, false) {
            let problem = FieldProblem::new(field.name, "system-import-row-before");
            add(&[format!("unique/{}", field.name), value], problem);
        }
    }
    let refusing = |duplicate: &&Duplicate| {
        let action = duplicate.action.as_ref();
        action.is_some_and(|action| **action == DuplicateAction::Refuse)
    };
    let duplicates = declared.duplicates.iter().filter(refusing);
    for (place, duplicate) in duplicates.enumerate() {
        if duplicate.overlaps.is_some() {
            if all {
                // Which shapes overlap only the map's index knows.
                let problem = doubles::problem(duplicate);
                add(&[format!("overlaps/{place}")], problem);
            }
            continue;
        }
        if duplicate.same.is_empty() || (duplicate.when.is_some() && !all) {
            continue;
        }
        let same = duplicate.same.iter().map(|field| value(field, false));
        let similar = duplicate.similar.iter().map(|field| value(field, true));
        let parts: Option<Vec<String>> = same.chain(similar).collect();
        if let Some(mut parts) = parts {
            parts.push(format!("double/{place}"));
            add(&parts, doubles::problem(duplicate));
        }
    }
    keys
}
