//! A table of records that somebody sent: which fields its columns are, what its cells say.

use directory::Reading;
use office::Table;
use pack::declaration::{Field, FieldType};
use pack::shape::is_set;
use registry::RegistryError;
use registry::system::Wanted;
use serde_json::{Map, Value};
use vocab::fold::name_key;
use vocab::{FieldProblem, Id, Problem};

use super::super::sent_file::{self, SentFile};
use super::desk::Desk;
use super::features;
use super::import::wrong;
use super::typed;

/// The most rows that are taken in at once.
const MOST: usize = 2_000;

impl Desk {
    /// The fields that a cell can hold.
    pub(super) fn importable(&self) -> impl Iterator<Item = &Field> {
        let fields = self.declared().fields.iter();
        fields.filter(|field| {
            field.compute.is_none()
                && !matches!(
                    *field.kind,
                    FieldType::Table | FieldType::File | FieldType::Photo
                )
        })
    }

    pub(super) async fn read_table(&self, digest: &[u8; 32]) -> Result<Table, RegistryError> {
        let bytes = match sent_file::read(self.app.store(), digest).await? {
            SentFile::Whole(bytes) => bytes,
            SentFile::Missing => return Err(wrong("people-file-missing")),
            SentFile::TooLarge => return Err(wrong("people-file-large")),
        };
        // A map's shapes come as features: each is a row, its shape the column of this field.
        let shape = self.importable().find(|field| field.kind.is_geometry());
        let shape = shape.map_or_else(String::new, |field| field.id.text.clone());
        // Unpacking and parsing take their time: not in the threads that answer requests.
        let read = tokio::task::spawn_blocking(move || {
            if bytes.starts_with(b"PK") {
                office::xlsx_in::read(&bytes).ok()
            } else if let Some(rows) = features::rows(&bytes, &shape) {
                office::csv::read(&rows).ok()
            } else {
                office::csv::read(&String::from_utf8(bytes).ok()?).ok()
            }
        });
        let table = read
            .await
            .ok()
            .flatten()
            .filter(|table| !table.rows.is_empty());
        let table = table.ok_or_else(|| wrong("people-file-broken"))?;
        if table.rows.len() > MOST + 1 {
            return Err(wrong("system-import-too-long"));
        }
        Ok(table)
    }

    /// The field of each column, by its title in either language or its id.
    pub(super) fn columns_of(&self, table: &Table) -> Result<Vec<Option<&Field>>, RegistryError> {
        let mut columns = Vec::new();
        for cell in table
            .rows
            .first()
            .map_or(&[][..], |row| row.cells.as_slice())
        {
            let key = name_key(&cell.text);
            if key.is_empty() {
                columns.push(None);
                continue;
            }
            let named = self.importable().find(|field| {
                name_key(&field.title.vi) == key
                    || name_key(&field.title.en) == key
                    || *field.id.text == *cell.text
            });
            let Some(field) = named else {
                let shown: String = cell.text.chars().take(60).collect();
                let problem = FieldProblem::new("tep", "system-import-column").with("name", shown);
                return Err(RegistryError::Refused(
                    Problem::new(422, "invalid-fields", "a table").at(problem),
                ));
            };
            columns.push(Some(field));
        }
        Ok(columns)
    }

    /// What a row says, field by field, and what of it cannot be read.
    pub(super) async fn read_row(
        &self,
        plan: &[Option<&Field>],
        cells: &[String],
    ) -> Result<(Map<String, Value>, Vec<FieldProblem>), RegistryError> {
        let mut fields = Map::new();
        let mut problems = Vec::new();
        for (field, cell) in plan.iter().zip(cells) {
            let Some(field) = field else { continue };
            if cell.trim().is_empty() {
                continue;
            }
            let several = is_set(field.repeated.as_ref());
            let parts: Vec<&str> = if several {
                cell.split(';')
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                    .collect()
            } else {
                vec![cell.trim()]
            };
            let mut values = Vec::new();
            for part in parts {
                match self.read_cell(field, part).await? {
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
        Ok((fields, problems))
    }

    /// A cell as a body says it: codes by their titles too, units by name or code, records by
    /// their number.
    async fn read_cell(
        &self,
        field: &Field,
        text: &str,
    ) -> Result<Result<Value, FieldProblem>, RegistryError> {
        let unknown = |code: &str| Ok(Err(FieldProblem::new(field.id.text.as_str(), code)));
        match *field.kind {
            FieldType::Code => {
                let list = field
                    .list
                    .as_ref()
                    .and_then(|name| self.systems.catalog().find_list(self.kind().at.pack, name));
                let rows = list.map_or(&[][..], |at| {
                    self.systems.catalog().list(at).rows.as_slice()
                });
                let key = name_key(text);
                let row = rows.iter().find(|row| row.code == text).or_else(|| {
                    rows.iter()
                        .find(|row| name_key(&row.vi) == key || name_key(&row.en) == key)
                });
                Ok(Ok(Value::from(row.map_or(text, |row| row.code.as_str()))))
            }
            FieldType::Unit | FieldType::Area => {
                if text.parse::<Id>().is_ok() {
                    return Ok(Ok(Value::from(text)));
                }
                let unit = self.units.by_area_code(text).map(|unit| unit.id);
                let unit = unit.or_else(|| match self.units.resolve(text, None) {
                    Some(Reading::Unit(unit)) => Some(unit),
                    _ => None,
                });
                match unit {
                    Some(unit) => Ok(Ok(Value::from(unit.to_string()))),
                    None => unknown("no-such-unit"),
                }
            }
            FieldType::Reference if text.parse::<Id>().is_err() => {
                let to = field
                    .to
                    .as_ref()
                    .and_then(|to| self.systems.referred(self.kind(), to));
                let Some(to) = to.filter(|to| to.has_filter("code")) else {
                    return unknown("record-unknown");
                };
                let wanted = Wanted {
                    filters: vec![("code".to_owned(), Value::from(text))],
                    limit: 1,
                    ..Wanted::default()
                };
                let found = self
                    .registry()
                    .listing(&self.visitor.principal, to, wanted)
                    .await?;
                match found.items.first() {
                    Some(record) => Ok(Ok(Value::from(record.id.to_string()))),
                    None => unknown("record-unknown"),
                }
            }
            _ => Ok(typed::value(field, &field.id, text, self.words().lang)),
        }
    }
}
