//! Records that may be there already.

use geometry::packed::Drawn;
use geometry::{geojson, meeting};
use pack::declaration::{Duplicate, DuplicateAction};
use serde_json::Value;
use store::{ListQuery, Scope};
use vocab::fold::name_key;
use vocab::{FieldProblem, Id};

use super::condition;
use super::kind::Kind;
use super::settle::{refuse, said};
use crate::{Record, Registry, RegistryError};

/// So many records that are the same in the first field are compared in the others.
const MOST: usize = 1_000;

impl Registry {
    /// Refuses what a pack says may not be there twice.
    pub(crate) async fn refuse_doubles(
        &self,
        kind: &Kind,
        record: &Record,
    ) -> Result<(), RegistryError> {
        let systems = self.systems().clone();
        let mut problems = Vec::new();
        for duplicate in &systems.catalog().record(kind.at).declared.duplicates {
            let refused = duplicate
                .action
                .as_ref()
                .is_some_and(|action| **action == DuplicateAction::Refuse);
            if refused && !self.doubles(kind, duplicate, record).await?.is_empty() {
                problems.push(problem(duplicate));
            }
        }
        refuse(kind, problems)
    }

    /// What is said of a record that may be there already, and which those are.
    pub async fn like_this(
        &self,
        kind: &Kind,
        record: &Record,
    ) -> Result<Vec<(FieldProblem, Vec<Id>)>, RegistryError> {
        let systems = self.systems().clone();
        let mut found = Vec::new();
        for duplicate in &systems.catalog().record(kind.at).declared.duplicates {
            let ids = self.doubles(kind, duplicate, record).await?;
            if !ids.is_empty() {
                found.push((problem(duplicate), ids));
            }
        }
        Ok(found)
    }

    /// The records that are the same in what a duplicate looks at.
    async fn doubles(
        &self,
        kind: &Kind,
        duplicate: &Duplicate,
        record: &Record,
    ) -> Result<Vec<Id>, RegistryError> {
        if let Some(shape) = &duplicate.overlaps {
            return self.overlapping(kind, duplicate, shape, record).await;
        }
        let Some(first) = duplicate.same.first() else {
            return Ok(Vec::new());
        };
        let Some(column) = kind.column_field(first) else {
            return Ok(Vec::new());
        };
        let value = column.column_value(record.body.get(&first.text));
        if value == store::Value::Null {
            return Ok(Vec::new());
        }
        let all = Scope::bypass("whether a record is there already is asked of all");
        let today = self.store().context().now().in_vietnam().date();
        let scope = match duplicate
            .when
            .as_ref()
            .map(|when| condition::compiled(kind, when, Some(today)))
        {
            None => all,
            Some(Some(when)) => all.and(&when),
            Some(None) => return Ok(Vec::new()),
        };
        let query = ListQuery::new(kind.name, scope)
            .filter(column.column, value)
            .limit(MOST);
        let page = self.list_all(&query).await?;
        let same = |other: &Record| {
            let alike = |name: &str| {
                let key = |body: &Value| body.as_str().map(name_key);
                record
                    .body
                    .get(name)
                    .and_then(key)
                    .is_some_and(|one| other.body.get(name).and_then(key) == Some(one))
            };
            other.id != record.id
                && duplicate.same.iter().all(|field| {
                    record.body.contains_key(&field.text)
                        && record.body.get(&field.text) == other.body.get(&field.text)
                })
                && duplicate.similar.iter().all(|field| alike(&field.text))
        };
        Ok(page
            .items
            .iter()
            .filter(|other| same(other))
            .map(|other| other.id)
            .collect())
    }

    /// The records whose shapes share ground with this one's.
    async fn overlapping(
        &self,
        kind: &Kind,
        duplicate: &Duplicate,
        field: &str,
        record: &Record,
    ) -> Result<Vec<Id>, RegistryError> {
        let shape = record.body.get(field).and_then(geojson::of_body);
        let Some(shape) = shape.filter(|_| kind.draws(field)) else {
            return Ok(Vec::new());
        };
        let all = Scope::bypass("whether a record is there already is asked of all");
        let today = self.store().context().now().in_vietnam().date();
        let when = duplicate.when.as_ref();
        let scope = match when.map(|when| condition::compiled(kind, when, Some(today))) {
            None => all,
            Some(Some(when)) => all.and(&when),
            Some(None) => return Ok(Vec::new()),
        };
        let drawn = Drawn::of(&shape);
        let near = self
            .near_these(kind, field, &scope, (drawn.low, drawn.high), MOST)
            .await?;
        let found = self.store().fetch_these(kind.name, &scope, near).await?;
        let others = found.into_iter().map(Record::from_store);
        let mut overlapping = Vec::new();
        for other in others {
            let other = other?;
            let theirs = other.body.get(field).and_then(geojson::of_body);
            let same = duplicate
                .same
                .iter()
                .all(|field| record.body.get(&field.text) == other.body.get(&field.text));
            if other.id != record.id
                && same
                && theirs.is_some_and(|theirs| meeting::overlap(&shape, &theirs))
            {
                overlapping.push(other.id);
            }
        }
        Ok(overlapping)
    }
}

pub(crate) fn problem(duplicate: &Duplicate) -> FieldProblem {
    let field = duplicate.overlaps.as_ref();
    let field = field
        .or(duplicate.same.first())
        .or(duplicate.similar.first());
    said(field.map_or("", |field| &**field), &duplicate.message)
}
