//! One value of a field: whether it is what the declaration says, and how a body keeps it.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use pack::Catalog;
use pack::declaration::{Field, FieldType};
use pack::shape::is_set;
use serde_json::{Map, Value};
use vocab::{CitizenId, Decimal, FieldProblem, Id, Phone, TaxCode};

use super::geometry;
use super::kind::LARGEST;
use crate::Evidence;

/// The longest line and the longest paragraph, in characters, unless a field says otherwise.
const LINE: usize = 500;
const PARAGRAPH: usize = 10_000;
/// How many decimals a number has at most.
const MOST_DECIMALS: u8 = 4;
/// How many values or rows there are at most, unless a field says otherwise.
const MOST_VALUES: usize = pack::expression::types::REPEATED_AT_MOST as usize;
const MOST_ROWS: usize = pack::expression::types::ROWS_AT_MOST as usize;

/// What values are checked against.
pub(crate) struct Checker<'a> {
    pub catalog: &'a Catalog,
    /// The pack whose lists are meant.
    pub pack: usize,
    pub today: Date,
    /// What was found.
    pub problems: Vec<FieldProblem>,
    /// Units that must be there: where they stand, which, of which field.
    pub units: Vec<(String, Id, &'a Field)>,
    /// Records that must be there.
    pub records: Vec<(String, Id, &'a Field)>,
    /// Files that are named.
    pub files: BTreeSet<[u8; 32]>,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(catalog: &'a Catalog, pack: usize, today: Date) -> Self {
        Self {
            catalog,
            pack,
            today,
            problems: Vec::new(),
            units: Vec::new(),
            records: Vec::new(),
            files: BTreeSet::new(),
        }
    }

    fn say(&mut self, path: &str, code: &str) {
        self.problems.push(FieldProblem::new(path, code));
    }

    /// A field's value as a body keeps it; none for nothing. `before` is what it said, which may
    /// stay even if it could not be chosen any more.
    pub(crate) fn field(
        &mut self,
        field: &'a Field,
        path: &str,
        value: &Value,
        before: Option<&Value>,
    ) -> Option<Value> {
        if value.is_null() {
            return None;
        }
        let is_table = *field.kind == FieldType::Table;
        if !is_table && !is_set(field.repeated.as_ref()) {
            return self.one(field, path, value, before);
        }
        let Some(items) = value.as_array() else {
            self.say(path, "not-a-list");
            return None;
        };
        let usual = if is_table { MOST_ROWS } else { MOST_VALUES };
        let most = field
            .at_most
            .as_ref()
            .map_or(usual, |most| most.value as usize);
        if items.len() > most {
            self.problems
                .push(FieldProblem::new(path, "too-many-values").with("limit", most));
            return None;
        }
        let mut kept = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let path = format!("{path}/{place}");
            let known = before.and_then(Value::as_array);
            let value = if is_table {
                self.row(field, &path, item, known.and_then(|rows| rows.get(place)))
            } else {
                let stood = known.and_then(|known| known.iter().find(|one| *one == item));
                self.one(field, &path, item, stood)
            };
            kept.extend(value);
        }
        let least = field
            .at_least
            .as_ref()
            .map_or(0, |least| least.value as usize);
        if kept.len() < least && !kept.is_empty() {
            self.problems
                .push(FieldProblem::new(path, "too-few-values").with("limit", least));
        }
        (!kept.is_empty()).then_some(Value::Array(kept))
    }

    fn row(
        &mut self,
        table: &'a Field,
        path: &str,
        value: &Value,
        before: Option<&Value>,
    ) -> Option<Value> {
        let Some(cells) = value.as_object() else {
            self.say(path, "not-a-row");
            return None;
        };
        for name in cells
            .keys()
            .filter(|name| table.fields.iter().all(|column| column.id.text != **name))
        {
            let path = format!("{path}/{name}");
            self.problems
                .push(FieldProblem::new(path, "unknown-field").with("name", name));
        }
        let mut row = Map::new();
        for column in table
            .fields
            .iter()
            .filter(|column| column.compute.is_none())
        {
            let name = column.id.text.as_str();
            let stood = before.and_then(|before| before.get(name));
            let path = format!("{path}/{name}");
            if let Some(value) = cells
                .get(name)
                .and_then(|cell| self.field(column, &path, cell, stood))
            {
                row.insert(name.to_owned(), value);
            }
        }
        (!row.is_empty()).then_some(Value::Object(row))
    }

    fn one(
        &mut self,
        field: &'a Field,
        path: &str,
        value: &Value,
        before: Option<&Value>,
    ) -> Option<Value> {
        let kind = *field.kind;
        if value.as_str().is_some_and(|text| text.trim().is_empty()) {
            return None;
        }
        let kept = match kind {
            FieldType::Text | FieldType::Paragraph => self.text(field, path, value),
            FieldType::Number | FieldType::Money => self.whole(field, path, value),
            FieldType::Decimal => self.decimal(field, path, value),
            FieldType::Date => parsed(value, |text| {
                text.parse::<Date>().ok().map(|day| day.to_string())
            })
            .ok_or("day-unreadable"),
            FieldType::DateTime => parsed(value, moment).ok_or("not-a-moment"),
            FieldType::Flag => value.as_bool().map(Value::Bool).ok_or("not-a-flag"),
            FieldType::Code => self.code(field, value, before),
            FieldType::Reference | FieldType::Unit | FieldType::Area => {
                match value.as_str().map(str::parse::<Id>) {
                    Some(Ok(id)) => {
                        let place = (path.to_owned(), id, field);
                        if before != Some(value) {
                            if kind == FieldType::Reference {
                                &mut self.records
                            } else {
                                &mut self.units
                            }
                            .push(place);
                        }
                        Ok(Value::from(id.to_string()))
                    }
                    _ => Err("not-an-id"),
                }
            }
            FieldType::CitizenId => parsed(value, |text| {
                text.parse::<CitizenId>()
                    .ok()
                    .map(|id| id.expose().to_owned())
            })
            .ok_or("not-a-citizen-id"),
            FieldType::TaxCode => parsed(value, |text| {
                text.parse::<TaxCode>()
                    .ok()
                    .map(|code| code.as_str().to_owned())
            })
            .ok_or("not-a-tax-code"),
            FieldType::Phone => parsed(value, |text| {
                text.parse::<Phone>().ok().map(|phone| phone.dialled())
            })
            .ok_or("not-a-phone"),
            FieldType::Email => parsed(value, email).ok_or("not-an-email"),
            FieldType::Link => parsed(value, link).ok_or("not-a-link"),
            FieldType::File | FieldType::Photo => self.file(field, path, value),
            FieldType::Point | FieldType::Line | FieldType::Polygon => {
                geometry::checked(kind, value)
            }
            FieldType::Table => Err("not-a-list"),
        };
        match kept {
            Ok(value) => Some(value),
            // Said already, with more than a code.
            Err("") => None,
            Err(code) => {
                self.say(path, code);
                None
            }
        }
    }

    fn text(&mut self, field: &Field, path: &str, value: &Value) -> Result<Value, &'static str> {
        let text = value.as_str().ok_or("not-text")?.trim();
        let is_line = *field.kind == FieldType::Text;
        let usual = if is_line { LINE } else { PARAGRAPH };
        let limit = field
            .max_length
            .as_ref()
            .map_or(usual, |most| most.value as usize);
        if text.chars().count() > limit {
            self.problems
                .push(FieldProblem::new(path, "text-too-long").with("limit", limit));
            return Err("");
        }
        let breaks = |ch: char| ch.is_control() && (is_line || !matches!(ch, '\n' | '\t'));
        if text.chars().any(breaks) {
            return Err("text-control");
        }
        let fits = field
            .pattern
            .as_ref()
            .and_then(|pattern| pattern.compiled.as_ref());
        if fits.is_some_and(|pattern| !pattern.is_match(text)) {
            return Err("text-pattern");
        }
        Ok(Value::from(text))
    }

    fn whole(&mut self, field: &Field, path: &str, value: &Value) -> Result<Value, &'static str> {
        let number = value
            .as_i64()
            .or_else(|| value.as_str()?.parse().ok())
            .ok_or("not-whole")?;
        if !(-LARGEST..=LARGEST).contains(&number) {
            return Err("number-out-of-range");
        }
        self.bounds(field, path, Decimal::from(number))?;
        Ok(Value::from(number))
    }

    fn decimal(&mut self, field: &Field, path: &str, value: &Value) -> Result<Value, &'static str> {
        let number = match value {
            Value::String(text) => text.parse::<Decimal>().ok(),
            Value::Number(number) => number.to_string().parse().ok(),
            _ => None,
        };
        let number = number.ok_or("not-a-number")?.normalized();
        let places = field
            .decimals
            .as_ref()
            .and_then(|places| u8::try_from(places.value).ok());
        let places = places.unwrap_or(MOST_DECIMALS).min(MOST_DECIMALS);
        if number.scale() > places {
            self.problems
                .push(FieldProblem::new(path, "too-many-places").with("limit", places));
            return Err("");
        }
        // A column holds it with four places in 64 bits.
        if number.rescale(MOST_DECIMALS).is_none() {
            return Err("number-out-of-range");
        }
        self.bounds(field, path, number)?;
        Ok(Value::from(number.to_string()))
    }

    fn bounds(&mut self, field: &Field, path: &str, number: Decimal) -> Result<(), &'static str> {
        let (least, most) = (field.min.as_ref(), field.max.as_ref());
        if least.is_some_and(|least| number < least.value) {
            let least = least.map_or(Decimal::ZERO, |least| least.value);
            self.problems
                .push(FieldProblem::new(path, "number-below").with("least", least));
            return Err("");
        }
        if most.is_some_and(|most| number > most.value) {
            let most = most.map_or(Decimal::ZERO, |most| most.value);
            self.problems
                .push(FieldProblem::new(path, "number-above").with("most", most));
            return Err("");
        }
        Ok(())
    }

    fn code(
        &self,
        field: &Field,
        value: &Value,
        before: Option<&Value>,
    ) -> Result<Value, &'static str> {
        let code = value.as_str().ok_or("not-text")?;
        let list = field
            .list
            .as_ref()
            .and_then(|name| self.catalog.find_list(self.pack, name));
        let list = list.map(|at| self.catalog.list(at)).ok_or("code-unknown")?;
        let mut rows = list.rows.iter().filter(|row| row.code == code).peekable();
        if rows.peek().is_none() {
            return Err("code-unknown");
        }
        if before == Some(value) || rows.any(|row| holds(row, self.today)) {
            Ok(Value::from(code))
        } else {
            Err("code-not-valid")
        }
    }

    fn file(&mut self, field: &Field, path: &str, value: &Value) -> Result<Value, &'static str> {
        let file: Evidence = serde_json::from_value(value.clone()).map_err(|_| "not-evidence")?;
        let digest = file.digest().ok_or("not-evidence")?;
        let bad = |ch: char| ch.is_control() || ch == '/' || ch == '\\';
        if file.name.is_empty() || file.name.chars().count() > 200 || file.name.chars().any(bad) {
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
        self.files.insert(digest);
        serde_json::to_value(&file).map_err(|_| "not-evidence")
    }
}

/// Whether a code may be chosen on a day.
pub(crate) fn holds(row: &pack::list::CodeRow, day: Date) -> bool {
    row.valid_from.is_none_or(|first| first <= day) && row.valid_to.is_none_or(|last| day <= last)
}

fn parsed(value: &Value, read: impl FnOnce(&str) -> Option<String>) -> Option<Value> {
    read(value.as_str()?.trim()).map(Value::from)
}

/// A moment as the clock shows it in Viet Nam, to the minute.
fn moment(text: &str) -> Option<String> {
    let moment: DateTime = text.parse().ok()?;
    Some(moment.strftime("%Y-%m-%dT%H:%M").to_string())
}

fn email(text: &str) -> Option<String> {
    let (name, host) = text.split_once('@')?;
    let plain = text.len() <= 254
        && !text
            .contains(|ch: char| ch.is_whitespace() || ch.is_control() || "<>,;\"".contains(ch));
    let dotted = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains("..");
    (plain && dotted && !name.is_empty() && !host.contains('@')).then(|| text.to_owned())
}

fn link(text: &str) -> Option<String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))?;
    let plain =
        text.len() <= 2_000 && !text.contains(|ch: char| ch.is_whitespace() || ch.is_control());
    (plain && !rest.is_empty() && !rest.starts_with('/')).then(|| text.to_owned())
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
