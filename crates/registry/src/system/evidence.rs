//! Files in a body.

use std::collections::BTreeSet;

use pack::declaration::{Field, FieldType};
use serde_json::{Map, Value};
use vocab::FieldProblem;

use super::value::Checker;
use crate::Evidence;

impl Checker<'_> {
    /// What is told of a file; whether that is so is looked up afterwards.
    pub(super) fn file(
        &mut self,
        field: &Field,
        path: &str,
        value: &Value,
        before: Option<&Value>,
    ) -> Result<Value, &'static str> {
        let file: Evidence = serde_json::from_value(value.clone()).map_err(|_| "not-evidence")?;
        let bad = |ch: char| ch.is_control() || ch == '/' || ch == '\\';
        let is_named = (1..=200).contains(&file.name.chars().count());
        if file.digest().is_none() || !is_named || file.name.chars().any(bad) {
            return Err("not-evidence");
        }
        let ending = file
            .name
            .rsplit_once('.')
            .map_or(String::new(), |(_, ending)| ending.to_lowercase());
        if !field.accept.is_empty()
            && field
                .accept
                .iter()
                .all(|taken| taken.to_lowercase() != ending)
        {
            let taken: Vec<&str> = field.accept.iter().map(|taken| &**taken).collect();
            self.problems
                .push(FieldProblem::new(path, "file-ending").with("endings", taken.join(", ")));
            return Err("");
        }
        if *field.kind == FieldType::Photo && !file.media_type.starts_with("image/") {
            return Err("file-no-picture");
        }
        let most = field
            .max_mb
            .as_ref()
            .map_or(50, |most| u64::from(most.value));
        if file.size > most << 20 {
            self.problems
                .push(FieldProblem::new(path, "file-larger").with("limit", most));
            return Err("");
        }
        let kept = serde_json::to_value(&file).map_err(|_| "not-evidence")?;
        if before != Some(value) {
            self.files.push((path.to_owned(), file));
        }
        Ok(kept)
    }
}

/// The files that a body names.
pub(crate) fn files(fields: &[Field], body: &Map<String, Value>, found: &mut BTreeSet<[u8; 32]>) {
    for field in fields {
        let Some(value) = body.get(&field.id.text) else {
            continue;
        };
        let items: &[Value] = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        match *field.kind {
            FieldType::Table => {
                for row in items.iter().filter_map(Value::as_object) {
                    files(&field.fields, row, found);
                }
            }
            FieldType::File | FieldType::Photo => {
                let named = items
                    .iter()
                    .filter_map(|item| serde_json::from_value::<Evidence>(item.clone()).ok());
                found.extend(named.filter_map(|file| file.digest()));
            }
            _ => {}
        }
    }
}

/// The name that a body gives a file.
pub(crate) fn file_name(
    fields: &[Field],
    body: &Map<String, Value>,
    digest: &[u8; 32],
) -> Option<String> {
    fields.iter().find_map(|field| {
        let value = body.get(&field.id.text)?;
        let items: &[Value] = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        items.iter().find_map(|item| match *field.kind {
            FieldType::Table => file_name(&field.fields, item.as_object()?, digest),
            FieldType::File | FieldType::Photo => {
                let file: Evidence = serde_json::from_value(item.clone()).ok()?;
                (file.digest() == Some(*digest)).then_some(file.name)
            }
            _ => None,
        })
    })
}
