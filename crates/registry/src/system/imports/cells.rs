//! Which fields the columns of a table are, and what its rows say.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use directory::{Reading as Named, UnitTree};
use office::long::{LongCell, LongRow};
use office::sheet::is_formula;
use pack::Catalog;
use pack::declaration::{Field, FieldType};
use pack::shape::is_set;
use serde_json::{Map, Value};
use vocab::fold::name_key;
use vocab::{Decimal, FieldProblem, Id, Lang, Problem};

use super::super::{Wanted, typed_value};
use super::source::is_taken;
use super::{Body, id_of_row};
use crate::numbers::as_whole;
use crate::system::NewRecord;
use crate::{Caller, Kind, Record, Registry, RegistryError, Systems};

/// What code lists call their codes: by field, each code by itself and by its titles.
#[derive(Debug, Default)]
pub(crate) struct Lists(HashMap<String, HashMap<String, String>>);

impl Lists {
    pub(super) fn of(catalog: &Catalog, kind: &Kind) -> Self {
        let fields = catalog.record(kind.at).declared.fields.iter();
        let coded = fields.filter(|field| *field.kind == FieldType::Code && is_taken(field));
        let lists = coded.map(|field| {
            let list = field.list.as_ref();
            let list = list.and_then(|name| catalog.find_list(kind.at.pack, name));
            let rows = list.map_or(&[][..], |at| catalog.list(at).rows.as_slice());
            let mut known = HashMap::new();
            for row in rows {
                for title in [&row.vi, &row.en] {
                    known
                        .entry(name_key(title))
                        .or_insert_with(|| row.code.clone());
                }
            }
            // A code itself says more than a title that reads the same.
            known.extend(rows.iter().map(|row| (row.code.clone(), row.code.clone())));
            (field.id.text.clone(), known)
        });
        Self(lists.collect())
    }

    /// The code that a cell means; the cell itself, where none is called so.
    pub(super) fn code<'a>(&'a self, field: &str, text: &'a str) -> &'a str {
        let Some(codes) = self.0.get(field) else {
            return text;
        };
        let found = codes.get(text).or_else(|| codes.get(&name_key(text)));
        found.map_or(text, String::as_str)
    }
}

/// The field of each column, by its title in either language or its id. `ignored` are titles that
/// are passed over.
pub(super) fn columns(
    fields: &[Field],
    head: &[LongCell],
    ignored: &[String],
) -> Result<Vec<Option<String>>, RegistryError> {
    let mut columns: Vec<Option<String>> = Vec::new();
    for cell in head {
        let key = name_key(&cell.text);
        if key.is_empty() || ignored.iter().any(|title| name_key(title) == key) {
            columns.push(None);
            continue;
        }
        let named = fields.iter().filter(|field| is_taken(field)).find(|field| {
            name_key(&field.title.vi) == key
                || name_key(&field.title.en) == key
                || *field.id.text == *cell.text
        });
        let shown = || cell.text.chars().take(60).collect::<String>();
        let wrong = |code: &str| {
            let problem = FieldProblem::new("tep", code).with("name", shown());
            RegistryError::Refused(Problem::new(422, "invalid-fields", "a table").at(problem))
        };
        let field = named.ok_or_else(|| wrong("system-import-column"))?;
        let id = Some(field.id.text.clone());
        if columns.contains(&id) {
            return Err(wrong("system-import-column-twice"));
        }
        columns.push(id);
    }
    Ok(columns)
}

/// How the rows of one batch are read: by whom, as of now.
pub(super) struct Rows {
    pub registry: Registry,
    pub systems: Arc<Systems>,
    pub kind: &'static str,
    pub import: Id,
    pub caller: Caller,
    columns: Vec<Option<String>>,
    lang: Lang,
    lists: Arc<Lists>,
    units: Arc<UnitTree>,
    /// What cells that name units and records meant, so that each is looked up once.
    meant: Mutex<HashMap<(usize, String), Result<Value, FieldProblem>>>,
}

impl Rows {
    pub(super) async fn new(
        registry: &Registry,
        import: Id,
        body: &Body,
        kind: &Kind,
        caller: &Caller,
        lists: Arc<Lists>,
    ) -> Result<Self, RegistryError> {
        Ok(Self {
            registry: registry.clone(),
            systems: registry.systems().clone(),
            kind: kind.name,
            import,
            caller: caller.clone(),
            columns: body.columns.clone(),
            lang: body.lang(),
            lists,
            units: registry.directory().units().await?,
            meant: Mutex::default(),
        })
    }

    fn fields(&self) -> &[Field] {
        let kind = self.systems.kind(self.kind);
        kind.map_or(&[][..], |kind| {
            self.systems
                .catalog()
                .record(kind.at)
                .declared
                .fields
                .as_slice()
        })
    }

    /// Each column's field, with what the row says there.
    pub(super) fn said<'a>(
        &'a self,
        row: &'a LongRow,
    ) -> impl Iterator<Item = (usize, &'a Field, &'a LongCell)> {
        let fields = self.fields();
        let named = self.columns.iter().zip(&row.cells).enumerate();
        named.filter_map(move |(at, (column, cell))| {
            let id = column.as_ref()?;
            let field = fields.iter().find(|field| field.id.text == *id)?;
            (!cell.text.is_empty()).then_some((at, field, cell))
        })
    }

    /// The record that a row makes, as far as it may be made; else what is wrong with the row.
    pub(super) async fn record(
        &self,
        row: &LongRow,
        place: i64,
    ) -> Result<Result<Record, Problem>, RegistryError> {
        let Some(kind) = self.systems.kind(self.kind) else {
            return Err(RegistryError::Undeclared(self.kind.to_owned()));
        };
        let (fields, problems) = self.read(kind, row).await?;
        if !problems.is_empty() {
            let mut problem = Problem::new(422, "invalid-fields", "a row");
            problem.fields = problems;
            return Ok(Err(problem));
        }
        let new = NewRecord {
            id: Some(id_of_row(self.import, place)),
            unit: None,
            fields,
        };
        match self.registry.begin(&self.caller, kind, new).await {
            Ok((record, _)) => Ok(Ok(record)),
            Err(RegistryError::Refused(problem)) if problem.status < 500 => Ok(Err(problem)),
            Err(error) => Err(error),
        }
    }

    /// What a row says, field by field, and what of it cannot be read.
    async fn read(
        &self,
        kind: &Kind,
        row: &LongRow,
    ) -> Result<(Map<String, Value>, Vec<FieldProblem>), RegistryError> {
        let mut fields = Map::new();
        let mut problems = Vec::new();
        let said: Vec<_> = self.said(row).collect();
        for (at, field, cell) in said {
            let several = is_set(field.repeated.as_ref());
            let mut values = Vec::new();
            for part in parts(field, cell) {
                match self.cell(kind, at, field, part, cell.is_number).await? {
                    Ok(value) => values.push(value),
                    Err(problem) => problems.push(problem),
                }
            }
            let value = if several {
                Some(Value::Array(values))
            } else {
                values.into_iter().next()
            };
            fields.extend(value.map(|value| (field.id.text.clone(), value)));
        }
        // What stands beyond the titles belongs to no field, and would be lost in silence.
        let beyond = row.cells.iter().skip(self.columns.len());
        if beyond.into_iter().any(|cell| !cell.text.is_empty()) {
            problems.push(FieldProblem::new("", "system-import-beyond"));
        }
        Ok((fields, problems))
    }

    /// A cell as a body says it: codes by their titles too, units by name or code, records by
    /// their number.
    async fn cell(
        &self,
        kind: &Kind,
        at: usize,
        field: &Field,
        text: &str,
        is_number: bool,
    ) -> Result<Result<Value, FieldProblem>, RegistryError> {
        match *field.kind {
            FieldType::Unit | FieldType::Area | FieldType::Reference
                if text.parse::<Id>().is_err() =>
            {
                let key = (at, text.to_owned());
                let known = {
                    let meant = self.meant.lock().unwrap_or_else(PoisonError::into_inner);
                    meant.get(&key).cloned()
                };
                if let Some(known) = known {
                    return Ok(known);
                }
                let found = if *field.kind == FieldType::Reference {
                    self.other(kind, field, text).await?
                } else {
                    self.unit(field, text)
                };
                let mut meant = self.meant.lock().unwrap_or_else(PoisonError::into_inner);
                meant.insert(key, found.clone());
                Ok(found)
            }
            _ => Ok(plain(field, text, is_number, self.lang, &self.lists)),
        }
    }

    fn unit(&self, field: &Field, text: &str) -> Result<Value, FieldProblem> {
        let unit = self.units.by_area_code(text).map(|unit| unit.id);
        let unit = unit.or_else(|| match self.units.resolve(text, None) {
            Some(Named::Unit(unit)) => Some(unit),
            _ => None,
        });
        let unknown = || FieldProblem::new(field.id.text.as_str(), "no-such-unit");
        unit.map(|unit| Value::from(unit.to_string()))
            .ok_or_else(unknown)
    }

    async fn other(
        &self,
        kind: &Kind,
        field: &Field,
        text: &str,
    ) -> Result<Result<Value, FieldProblem>, RegistryError> {
        let unknown = || FieldProblem::new(field.id.text.as_str(), "record-unknown");
        let to = field.to.as_ref();
        let to = to.and_then(|to| self.systems.referred(kind, to));
        let Some(to) = to.filter(|to| to.has_filter("code")) else {
            return Ok(Err(unknown()));
        };
        let wanted = Wanted {
            filters: vec![("code".to_owned(), Value::from(text))],
            limit: 1,
            ..Wanted::default()
        };
        let found = self
            .registry
            .listing(&self.caller.principal, to, wanted)
            .await?;
        let found = found.items.first();
        Ok(found
            .map(|record| Value::from(record.id.to_string()))
            .ok_or_else(unknown))
    }

    /// A cell by itself, without asking what is kept: what rows of one file are compared by.
    pub(super) fn alone(&self, field: &Field, cell: &LongCell) -> Vec<Value> {
        parts(field, cell)
            .into_iter()
            .map(|part| {
                plain(field, part, cell.is_number, self.lang, &self.lists)
                    .unwrap_or_else(|_| Value::from(part))
            })
            .collect()
    }
}

/// What a cell holds: several values stand with semicolons between.
fn parts<'a>(field: &Field, cell: &'a LongCell) -> Vec<&'a str> {
    let text = cell.text.trim();
    // What our own files put before a text that a spreadsheet program would run.
    let text = match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    };
    if !is_set(field.repeated.as_ref()) {
        return vec![text];
    }
    let parts = text.split(';').map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

fn plain(
    field: &Field,
    text: &str,
    is_number: bool,
    lang: Lang,
    lists: &Lists,
) -> Result<Value, FieldProblem> {
    let id = field.id.text.as_str();
    match *field.kind {
        FieldType::Code => Ok(Value::from(lists.code(id, text))),
        FieldType::Number | FieldType::Money | FieldType::Decimal if is_number => {
            // The file keeps it as a number: no language is asked.
            let number = text.parse::<Decimal>();
            let number = number.map_err(|_| FieldProblem::new(id, "not-a-number"))?;
            if *field.kind == FieldType::Decimal {
                Ok(Value::from(number.to_string()))
            } else {
                Ok(Value::from(as_whole(id, number)?))
            }
        }
        _ => typed_value(field, id, text, lang),
    }
}
