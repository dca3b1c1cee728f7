//! What somebody typed into the form of a record, as text, and what a body would say of it.

use std::collections::BTreeMap;

use pack::declaration::{Field, FieldType};
use pack::shape::is_set;
use registry::Evidence;
pub(super) use registry::system::typed_value as value;
use serde_json::{Map, Value};
use vocab::{Decimal, FieldProblem, Lang, Phone};

use super::super::{Failure, Fields, number};

/// How many empty rows a table offers, and how many more at a time.
pub(super) const ROWS: usize = 1;
pub(super) const MORE_ROWS: usize = 5;
/// The most rows that a form of a page has.
const MOST_ROWS: usize = 500;

/// The name of a field in a form.
pub(super) fn name(path: &str) -> String {
    format!("f_{path}")
}

/// A form as it was typed, by the path of each field.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    /// Texts, several for fields that hold several.
    pub texts: BTreeMap<String, Vec<String>>,
    /// Rows of tables.
    pub rows: BTreeMap<String, usize>,
    /// Grids of VN-2000 that metres were meant on.
    pub grids: BTreeMap<String, String>,
    /// Files: those that stay and those that came in.
    pub files: BTreeMap<String, Vec<Evidence>>,
}

impl Typed {
    /// The form of a body as it stands.
    pub(super) fn of(fields: &[Field], body: &Map<String, Value>, lang: Lang) -> Self {
        let mut typed = Self::default();
        typed.fill(fields, "", body, lang);
        typed
    }

    fn fill(&mut self, fields: &[Field], around: &str, body: &Map<String, Value>, lang: Lang) {
        for field in fields {
            let path = format!("{around}{}", &*field.id);
            let value = body.get(&field.id.text);
            if *field.kind == FieldType::Table {
                let rows = value
                    .and_then(Value::as_array)
                    .map_or(&[][..], Vec::as_slice);
                for (place, row) in rows.iter().enumerate() {
                    if let Some(row) = row.as_object() {
                        self.fill(&field.fields, &format!("{path}/{place}/"), row, lang);
                    }
                }
                self.rows.insert(path, rows.len() + ROWS);
                continue;
            }
            let Some(value) = value else { continue };
            let items: &[Value] = value
                .as_array()
                .map_or(std::slice::from_ref(value), Vec::as_slice);
            if matches!(*field.kind, FieldType::File | FieldType::Photo) {
                let files = items
                    .iter()
                    .filter_map(|item| serde_json::from_value(item.clone()).ok());
                self.files.insert(path, files.collect());
            } else {
                let texts = items.iter().map(|item| text(field, item, lang));
                self.texts.insert(path, texts.collect());
            }
        }
    }

    /// Takes the fields of a form. Files are not among them.
    pub(super) fn take(declared: &[Field], fields: &mut Fields) -> Result<Self, Failure> {
        let mut typed = Self::default();
        typed.take_under(declared, "", fields)?;
        Ok(typed)
    }

    fn take_under(
        &mut self,
        declared: &[Field],
        around: &str,
        fields: &mut Fields,
    ) -> Result<(), Failure> {
        for field in declared.iter().filter(|field| field.compute.is_none()) {
            let path = format!("{around}{}", &*field.id);
            if *field.kind == FieldType::Table {
                let rows = fields.lookup(&format!("{}.dong", name(&path)))?;
                let rows = rows
                    .and_then(|rows| rows.parse().ok())
                    .unwrap_or(0)
                    .min(MOST_ROWS);
                for place in 0..rows {
                    self.take_under(&field.fields, &format!("{path}/{place}/"), fields)?;
                }
                self.rows.insert(path, rows);
                continue;
            }
            if matches!(*field.kind, FieldType::File | FieldType::Photo) {
                continue;
            }
            if field.kind.is_geometry()
                && let Some(grid) = fields.lookup(&format!("{}.luoi", name(&path)))?
            {
                self.grids.insert(path.clone(), grid);
            }
            let mut texts = fields.take_all(&name(&path));
            // Several values of text stand on lines of their own.
            if is_set(field.repeated.as_ref()) && !is_chosen(*field.kind) {
                texts = texts
                    .iter()
                    .flat_map(|text| text.lines().map(str::to_owned))
                    .collect();
            }
            texts.retain(|text| !text.trim().is_empty());
            if !texts.is_empty() {
                self.texts.insert(path, texts);
            }
        }
        Ok(())
    }

    /// What a body would say, with what cannot be read at all.
    pub(super) fn body(
        &self,
        declared: &[Field],
        lang: Lang,
    ) -> (Map<String, Value>, Vec<FieldProblem>) {
        let mut problems = Vec::new();
        let body = self.body_under(declared, "", lang, &mut problems);
        (body, problems)
    }

    fn body_under(
        &self,
        declared: &[Field],
        around: &str,
        lang: Lang,
        problems: &mut Vec<FieldProblem>,
    ) -> Map<String, Value> {
        let mut body = Map::new();
        for field in declared.iter().filter(|field| field.compute.is_none()) {
            let path = format!("{around}{}", &*field.id);
            let value = match *field.kind {
                FieldType::Table => {
                    let rows = self.rows.get(&path).copied().unwrap_or(0);
                    let rows: Vec<Value> = (0..rows)
                        .map(|place| {
                            self.body_under(
                                &field.fields,
                                &format!("{path}/{place}/"),
                                lang,
                                problems,
                            )
                        })
                        .filter(|row| !row.is_empty())
                        .map(Value::Object)
                        .collect();
                    (!rows.is_empty()).then_some(Value::Array(rows))
                }
                FieldType::File | FieldType::Photo => {
                    let files = self.files.get(&path).map_or(&[][..], Vec::as_slice);
                    let mut files = files
                        .iter()
                        .filter_map(|file| serde_json::to_value(file).ok());
                    if is_set(field.repeated.as_ref()) {
                        let all: Vec<Value> = files.collect();
                        (!all.is_empty()).then_some(Value::Array(all))
                    } else {
                        files.next_back()
                    }
                }
                _ => self.read(field, &path, lang, problems),
            };
            body.extend(value.map(|value| (field.id.text.clone(), value)));
        }
        body
    }

    fn read(
        &self,
        field: &Field,
        path: &str,
        lang: Lang,
        problems: &mut Vec<FieldProblem>,
    ) -> Option<Value> {
        let texts = self.texts.get(path)?;
        let mut values = Vec::new();
        for text in texts {
            let on_grid = self.grids.get(path).filter(|grid| {
                // What names its grid itself, or is no metres, is left as it is.
                !grid.is_empty() && is_metres(text)
            });
            let text = match on_grid {
                Some(grid) => &format!("VN-2000 {grid}\n{text}"),
                None => text,
            };
            match value(field, path, text, lang) {
                Ok(value) => values.push(value),
                Err(problem) => problems.push(problem),
            }
        }
        if is_set(field.repeated.as_ref()) {
            Some(Value::Array(values))
        } else {
            values.into_iter().next()
        }
    }
}

/// Whether a text begins with a number too large for degrees.
fn is_metres(text: &str) -> bool {
    let numbers = text.lines().next().unwrap_or_default();
    let mut numbers = numbers.split([' ', '\t', ';']);
    numbers.any(|number| {
        let digits = number.trim_end_matches(',');
        let whole = digits.rfind(',').map_or(digits, |at| &digits[..at]);
        let whole = match whole.matches('.').count() {
            1 if digits == whole => whole.split('.').next().unwrap_or_default(),
            _ => whole,
        };
        let plain = whole
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        plain && whole.bytes().filter(u8::is_ascii_digit).count() > 3
    })
}

/// Whether a field's values are chosen from several.
pub(super) const fn is_chosen(kind: FieldType) -> bool {
    matches!(
        kind,
        FieldType::Code | FieldType::Reference | FieldType::Unit | FieldType::Area
    )
}

/// A value as a form holds it.
fn text(field: &Field, value: &Value, lang: Lang) -> String {
    let plain = || value.as_str().unwrap_or_default().to_owned();
    match *field.kind {
        FieldType::Number | FieldType::Money => value
            .as_i64()
            .map_or_else(String::new, |number| Decimal::from(number).format(lang)),
        FieldType::Decimal => plain()
            .parse()
            .map_or_else(|_| plain(), |value| number::typed(value, lang)),
        FieldType::Phone => plain()
            .parse::<Phone>()
            .map_or_else(|_| plain(), |phone| phone.national()),
        FieldType::Flag => if value.as_bool() == Some(true) {
            "co"
        } else {
            "khong"
        }
        .to_owned(),
        FieldType::Point | FieldType::Line | FieldType::Polygon => {
            let shape = geometry::geojson::of_body(value);
            shape.map_or_else(plain, |shape| geometry::text::degrees_of(&shape))
        }
        _ => plain(),
    }
}
