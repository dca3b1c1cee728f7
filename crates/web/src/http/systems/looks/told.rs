//! What the values are called that boards and charts tell records apart by.

use std::collections::HashMap;

use jiff::civil::Date;
use pack::declaration::{Field, FieldType};
use pack::shape::Key;
use serde_json::Value;
use vocab::Id;

use super::super::super::Failure;
use super::super::desk::Desk;

/// What a value is called, by the value as a body says it.
pub(super) type Titles = HashMap<String, String>;

impl Desk {
    /// The declared field that a key names; none for what every record has.
    pub(super) fn field(&self, key: &str) -> Option<&Field> {
        let mut fields = self.declared().fields.iter();
        fields.find(|field| *field.id.text == *key)
    }

    /// The title of what a key names.
    pub(super) fn key_title(&self, key: &Key) -> String {
        let words = self.words();
        match &**key {
            "state" => words.t("col-state"),
            "unit" => words.t("col-unit"),
            "author" => words.t("look-author"),
            "created_on" => words.t("system-created"),
            "code" => words.t("system-code"),
            name => self
                .field(name)
                .map_or_else(String::new, |field| self.say(&field.title)),
        }
    }

    /// What these values of a key are called.
    pub(super) async fn titles(
        &self,
        key: &Key,
        values: impl Iterator<Item = &Value> + Send,
    ) -> Result<Titles, Failure> {
        let values: Vec<&Value> = values.collect();
        let mut titles = Titles::with_capacity(values.len());
        let ids = || {
            let ids = values.iter().filter_map(|value| value.as_str());
            ids.filter_map(|text| text.parse::<Id>().ok())
        };
        if &**key == "author" {
            for id in ids() {
                let account = self.app.directory.account(id).await?;
                titles.extend(account.map(|account| (id.to_string(), account.name)));
            }
            return Ok(titles);
        }
        let field = self.field(key);
        let to = field.filter(|field| *field.kind == FieldType::Reference);
        let to = to.and_then(|field| self.systems.referred(self.kind(), field.to.as_ref()?));
        if let Some(to) = to {
            for (id, link) in self.labels_of(to, ids().collect()).await? {
                titles.insert(id.to_string(), link.text);
            }
            return Ok(titles);
        }
        for value in values {
            titles.insert(plain(value), self.value_title(key, field, value));
        }
        Ok(titles)
    }

    fn value_title(&self, key: &Key, field: Option<&Field>, value: &Value) -> String {
        let text = plain(value);
        match (&**key, field) {
            ("state", _) => self.state(&text),
            ("unit", _) => text
                .parse()
                .map_or_else(|_| String::new(), |unit| self.unit_name(unit)),
            // The months of days: `2023-04`.
            ("created_on", _) => month(&text),
            (_, Some(field)) if matches!(*field.kind, FieldType::Date | FieldType::DateTime) => {
                month(&text)
            }
            (_, Some(field)) => self.text(field, value, &super::super::words::Labels::new()),
            (_, None) => text,
        }
    }
}

/// A month as people write it.
fn month(text: &str) -> String {
    let first = format!("{text}-01").parse::<Date>();
    first.map_or_else(
        |_| text.to_owned(),
        |first| format!("{:02}/{}", first.month(), first.year()),
    )
}

/// A value as addresses and [`Titles`] have it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "co".to_owned(),
        Value::Bool(false) => "khong".to_owned(),
        other => other.to_string(),
    }
}
