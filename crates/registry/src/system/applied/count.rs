//! How many records a change of packs concerns.

use pack::change::{Change, Path, Touch};
use pack::declaration::Field;
use pack::{Catalog, RecordType};
use serde_json::Value;
use store::ListQuery;

use super::everything;
use crate::system::retention::Rule;
use crate::system::value::Checker;
use crate::{Record, Registry, RegistryError};

/// How many records are read at once.
const AT_ONCE: usize = 1_000;

/// What a body says in a field, or in a column of each row.
fn said<'v>(record: &'v Record, path: &Path) -> Vec<&'v Value> {
    let Some(value) = record.body.get(&path.field) else {
        return Vec::new();
    };
    match &path.column {
        None => vec![value],
        Some(column) => {
            let rows = value.as_array().into_iter().flatten();
            rows.filter_map(|row| row.get(column)).collect()
        }
    }
}

/// One value, or each of several.
fn each(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    }
    .iter()
}

/// The field that a path leads to.
fn field<'r>(record: &'r RecordType, path: &Path) -> Option<&'r Field> {
    let field = record.field(&path.field)?;
    match &path.column {
        None => Some(field),
        Some(column) => field.fields.iter().find(|known| known.id.text == *column),
    }
}

impl Registry {
    /// How many records each change concerns, in their order; none for a change that concerns
    /// none by itself. Asked of a registry that runs the earlier declaration.
    pub async fn count_concerned(
        &self,
        later: &Catalog,
        changes: &[Change],
    ) -> Result<Vec<Option<u64>>, RegistryError> {
        let mut counts: Vec<Option<u64>> = changes
            .iter()
            .map(|change| change.touch.as_ref().map(|_| 0))
            .collect();
        let systems = self.systems().clone();
        for kind in systems.kinds() {
            let pack = &systems.pack(kind).declared.pack.id.text;
            let record = &systems.record(kind).declared.record.id.text;
            let of: Vec<usize> = (0..changes.len())
                .filter(|place| {
                    let change = &changes[*place];
                    change.pack == *pack && change.record == *record && change.touch.is_some()
                })
                .collect();
            if of.is_empty() {
                continue;
            }
            let pack = later.pack(pack);
            let record = pack.and_then(|pack| later.find_record(pack, record));
            let record = record.map(|at| later.record(at));
            for place in &of {
                let rule = record.and_then(|record| Rule::of(&record.declared));
                if let (Some(Touch::Due), Some(rule)) = (&changes[*place].touch, rule) {
                    let now = self.store().context().now();
                    let count = self.count_due(kind, &rule, &everything(), now).await?;
                    counts[*place] = Some(count);
                }
            }
            if of
                .iter()
                .all(|place| changes[*place].touch == Some(Touch::Due))
            {
                continue;
            }
            let mut query = ListQuery::new(kind.name, everything()).limit(AT_ONCE);
            loop {
                let page = self.list_all(&query).await?;
                for known in &page.items {
                    for place in &of {
                        let Some(touch) = &changes[*place].touch else {
                            continue;
                        };
                        if self.concerns(touch, known, later, pack.zip(record)) {
                            counts[*place] = counts[*place].map(|count| count + 1);
                        }
                    }
                }
                match page.next {
                    Some(next) => query.after = Some(next),
                    None => break,
                }
            }
        }
        Ok(counts)
    }

    fn concerns(
        &self,
        touch: &Touch,
        record: &Record,
        later: &Catalog,
        declared: Option<(usize, &RecordType)>,
    ) -> bool {
        match touch {
            Touch::All => true,
            Touch::Holds(path) => !said(record, path).is_empty(),
            Touch::Lacks(path) => said(record, path).is_empty(),
            Touch::Stands(state) => record.state == *state,
            Touch::Codes(path, codes) => said(record, path)
                .into_iter()
                .flat_map(each)
                .filter_map(Value::as_str)
                .any(|code| codes.contains(code)),
            // Counted by their versions, all at once.
            Touch::Due => false,
            Touch::Unfit { path, later: to } => {
                let Some((pack, declared)) = declared else {
                    return false;
                };
                let Some(field) = field(declared, to) else {
                    return false;
                };
                let today = self.store().context().now().in_vietnam().date();
                let ground = self.systems().ground();
                let mut checker = Checker::new(later, ground, pack, today);
                for value in said(record, path) {
                    checker.field(field, &to.field, value, None);
                }
                !checker.problems.is_empty()
            }
        }
    }
}
