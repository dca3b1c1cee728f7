//! Values of records in words.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pack::declaration::{Field, FieldType, RecordFile};
use pack::template::{Part, Template};
use registry::system::{FOLLOWED, Kind, Systems, geojson};
use registry::{Evidence, Record, Registry, RegistryError};
use serde_json::Value;
use vocab::{Decimal, Id, Lang, Phone};

use super::super::Failure;
use super::desk::Desk;
use crate::i18n::{ToArg, Translator, said, said_state};
use crate::pages::parts::{FileLink, Link};
use crate::pages::system_record::Shown;

/// The names of records that others refer to.
pub(crate) type Labels = HashMap<Id, Link>;

impl Desk {
    /// A field's value as a page shows it; nothing for nothing. What the visitor is not shown of
    /// a personal field is [`Shown::Masked`].
    pub(super) fn shown(&self, field: &Field, record: &Record, labels: &Labels) -> Shown {
        let value = record.body.get(&field.id.text);
        if value.is_none() && self.hides(record, &field.id) {
            return Shown::Masked;
        }
        match value {
            None | Some(Value::Null) => Shown::Nothing,
            Some(Value::Array(rows)) if *field.kind == FieldType::Table => Shown::Table {
                heads: field
                    .fields
                    .iter()
                    .map(|column| self.say(&column.title))
                    .collect(),
                rows: rows
                    .iter()
                    .map(|row| self.row(record, field, row, labels))
                    .collect(),
            },
            Some(value)
                if field.kind.is_geometry()
                    && let Some(shape) = self.shape_shown(value) =>
            {
                Shown::Shape(Box::new(shape))
            }
            Some(value) => {
                let items: &[Value] = value
                    .as_array()
                    .map_or(std::slice::from_ref(value), Vec::as_slice);
                if matches!(*field.kind, FieldType::File | FieldType::Photo) {
                    return Shown::Files(items.iter().filter_map(file).collect());
                }
                let links: Vec<Link> = items
                    .iter()
                    .map(|item| self.one(field, item, labels))
                    .collect();
                Shown::Words(links)
            }
        }
    }

    fn row(&self, record: &Record, table: &Field, row: &Value, labels: &Labels) -> Vec<String> {
        let hidden = self
            .registry()
            .masked(&self.visitor.principal, self.kind(), record);
        let cell = |column: &Field| {
            let masked = hidden.contains(&format!("{}.{}", &*table.id, &*column.id));
            match row.get(&column.id.text) {
                None if masked => self.words().t("system-masked"),
                None => "–".to_owned(),
                Some(value) => self.text(column, value, labels),
            }
        };
        table.fields.iter().map(cell).collect()
    }

    /// A value in words, several with commas.
    pub(super) fn text(&self, field: &Field, value: &Value, labels: &Labels) -> String {
        let items: &[Value] = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        let words: Vec<String> = items
            .iter()
            .map(|item| self.one(field, item, labels).text)
            .collect();
        words.join(", ")
    }

    fn one(&self, field: &Field, value: &Value, labels: &Labels) -> Link {
        let id = || value.as_str().and_then(|text| text.parse::<Id>().ok());
        match *field.kind {
            FieldType::Reference => id()
                .and_then(|id| labels.get(&id).cloned())
                .unwrap_or_else(|| Link::plain(self.words().t("system-unseen"))),
            FieldType::Unit | FieldType::Area => {
                Link::plain(id().map_or_else(String::new, |id| self.unit_name(id)))
            }
            FieldType::Link => Link::new(
                value.as_str().unwrap_or_default(),
                value.as_str().unwrap_or_default(),
            ),
            _ => Link::plain(plain(
                self.words(),
                &self.systems,
                self.kind().at.pack,
                field,
                value,
            )),
        }
    }

    /// Looks up the names of the records that these refer to, as far as the visitor sees them.
    pub(super) async fn labels(&self, records: &[Record]) -> Result<Labels, Failure> {
        self.labels_in(self.words().lang, records).await
    }

    /// The same in a language.
    pub(super) async fn labels_in(
        &self,
        lang: Lang,
        records: &[Record],
    ) -> Result<Labels, Failure> {
        let mut wanted: BTreeMap<&str, (&Kind, BTreeSet<Id>)> = BTreeMap::new();
        let mut fields: Vec<(Option<&Field>, &Field)> = Vec::new();
        for field in &self.declared().fields {
            fields.push((None, field));
            for column in &field.fields {
                fields.push((Some(field), column));
            }
        }
        fields.retain(|(_, field)| *field.kind == FieldType::Reference);
        for (table, field) in fields {
            let Some(to) = field
                .to
                .as_ref()
                .and_then(|to| self.systems.referred(self.kind(), to))
            else {
                continue;
            };
            for record in records {
                let values: Vec<&Value> = match table {
                    None => record.body.get(&field.id.text).into_iter().collect(),
                    Some(table) => {
                        let rows = record.body.get(&table.id.text).and_then(Value::as_array);
                        rows.into_iter()
                            .flatten()
                            .filter_map(|row| row.get(&field.id.text))
                            .collect()
                    }
                };
                let (_, wanted) = wanted.entry(to.name).or_insert((to, BTreeSet::new()));
                wanted.extend(values.into_iter().flat_map(ids));
            }
        }
        let mut labels = Labels::new();
        for (to, ids) in wanted.into_values() {
            labels.extend(self.named(lang, to, ids).await?);
        }
        Ok(labels)
    }

    /// The names of these records of a type, as far as the visitor sees them.
    pub(super) async fn labels_of(&self, to: &Kind, ids: BTreeSet<Id>) -> Result<Labels, Failure> {
        self.named(self.words().lang, to, ids).await
    }

    async fn named(&self, lang: Lang, to: &Kind, ids: BTreeSet<Id>) -> Result<Labels, Failure> {
        let principal = &self.visitor.principal;
        let found = self.registry().get_these(principal, to.name, ids).await?;
        let label = |other: &Record| (other.id, link(lang, &self.systems, to, other));
        Ok(found.iter().map(label).collect())
    }

    /// What a record is called.
    pub(crate) fn label(&self, record: &Record) -> String {
        label(self.words().lang, &self.systems, self.kind(), record)
    }

    /// The title of a state.
    pub(super) fn state(&self, state: &str) -> String {
        state_title(self.words().lang, self.declared(), state)
    }
}

/// The title of a state; one that is not declared stands as it is.
pub(crate) fn state_title(lang: Lang, declared: &RecordFile, state: &str) -> String {
    said_state(lang, declared, state).unwrap_or_else(|| state.to_owned())
}

fn link(lang: Lang, systems: &Systems, kind: &Kind, record: &Record) -> Link {
    let href = link_to(systems, kind, record.id);
    Link::new(href, label(lang, systems, kind, record))
}

/// What records of a type are called.
pub(crate) fn said_title(lang: Lang, systems: &Systems, kind: &Kind) -> String {
    said(lang, &systems.record(kind).declared.record.title)
}

/// The page of a record.
pub(crate) fn link_to(systems: &Systems, kind: &Kind, record: Id) -> String {
    let pack = &systems.pack(kind).declared.pack.id;
    let of_type = &systems.record(kind).declared.record.id;
    crate::pages::links::system(pack, of_type, &record.to_string())
}

/// What a task of a system's record asks for, and the record; none for whoever may not read it.
pub(crate) async fn task_of(
    registry: &Registry,
    principal: &directory::Principal,
    lang: Lang,
    task: &registry::Task,
) -> Option<(String, Link)> {
    let systems = registry.systems();
    let kind = systems.kind(&task.kind)?;
    let record = registry.get(principal, kind.name, task.record).await.ok()?;
    let what = super::show::task_words(lang, &systems.record(kind).declared, &task.name);
    Some((what, link(lang, systems, kind, &record)))
}

/// The records that somebody follows and may still read, the latest first.
pub(crate) async fn followed(
    registry: &Registry,
    principal: &directory::Principal,
    lang: Lang,
) -> Result<Vec<Link>, Failure> {
    const MOST: usize = 50;
    let systems = registry.systems();
    let mut links = Vec::new();
    for followed in registry.followed(principal, MOST).await? {
        let Some(kind) = systems.kind(&followed.kind) else {
            continue;
        };
        match registry.get(principal, kind.name, followed.record).await {
            Ok(record) => links.push(link(lang, systems, kind, &record)),
            Err(RegistryError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(links)
}

pub(crate) fn label(lang: Lang, systems: &Systems, kind: &Kind, record: &Record) -> String {
    let template = &systems.record(kind).declared.record.label;
    let label = filled(lang, systems, kind, record, template, &|_| true);
    // A number that was not given yet leaves no dash before the name.
    let label = label
        .trim_matches(|ch: char| ch.is_whitespace() || matches!(ch, '–' | '-' | ',' | ':' | '·'));
    if label.is_empty() {
        record.id.to_string().chars().take(8).collect()
    } else {
        label.to_owned()
    }
}

/// What a notification of a pack says of a record, as far as the record shows; none where the
/// pack has no such notification any more. `mailed` leaves out what is personal.
pub(crate) fn told(
    lang: Lang,
    systems: &Systems,
    kind: &Kind,
    record: &Record,
    notification: &str,
    mailed: bool,
) -> Option<String> {
    let declared = &systems.record(kind).declared;
    if notification == FOLLOWED {
        let kind_title = said(lang, &declared.record.title);
        let record = label(lang, systems, kind, record);
        let about: [(&str, &dyn ToArg); 2] = [("type", &kind_title), ("record", &record)];
        return Some(Translator::new(lang).t_args("followed-changed", &about));
    }
    let mut known = declared.notifications.iter();
    let sent = known.find(|sent| *sent.id.text == *notification)?;
    let template = match lang {
        Lang::En if !sent.text.en.parts.is_empty() => &sent.text.en,
        _ => &sent.text.vi,
    };
    let shown = |field: &Field| !(mailed && kind.is_personal(&field.id.text));
    Some(filled(lang, systems, kind, record, template, &shown))
}

/// A template with what a record says in its braces; nothing for fields that are not to be shown.
fn filled(
    lang: Lang,
    systems: &Systems,
    kind: &Kind,
    record: &Record,
    template: &Template,
    shown: &dyn Fn(&Field) -> bool,
) -> String {
    let declared = systems.record(kind);
    let mut text = String::new();
    for part in &template.parts {
        match part {
            Part::Text(words) => text.push_str(words),
            Part::Name { name, .. } => text.push_str(&match name.as_str() {
                "code" => record
                    .body
                    .get("code")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                "state" => state_title(lang, &declared.declared, &record.state),
                "label" => {
                    let label = &declared.declared.record.label;
                    filled(lang, systems, kind, record, label, shown)
                }
                name => match (declared.field(name), record.body.get(name)) {
                    (Some(field), Some(value)) if shown(field) => {
                        plain(Translator::new(lang), systems, kind.at.pack, field, value)
                    }
                    _ => String::new(),
                },
            }),
        }
    }
    text
}

pub(crate) fn plain(
    words: Translator,
    systems: &Systems,
    pack: usize,
    field: &Field,
    value: &Value,
) -> String {
    let text = || value.as_str().unwrap_or_default().to_owned();
    let unit = field
        .unit
        .as_ref()
        .map_or_else(String::new, |unit| format!(" {}", unit.text));
    match *field.kind {
        FieldType::Number => value.as_i64().map_or_else(String::new, |number| {
            format!("{}{unit}", words.number(number))
        }),
        FieldType::Money => value
            .as_i64()
            .map_or_else(String::new, |number| words.money(number)),
        FieldType::Decimal => text().parse::<Decimal>().map_or_else(
            |_| text(),
            |number| format!("{}{unit}", words.decimal(&number)),
        ),
        FieldType::Date => text()
            .parse()
            .map_or_else(|_| text(), |day| words.date(&day)),
        FieldType::DateTime => text()
            .parse()
            .map_or_else(|_| text(), |at| words.moment(&at)),
        FieldType::Flag => words.t(if value.as_bool() == Some(true) {
            "system-yes"
        } else {
            "system-no"
        }),
        FieldType::Code => code_title(words.lang, systems, pack, field, &text()),
        FieldType::Phone => text()
            .parse::<Phone>()
            .map_or_else(|_| text(), |phone| phone.national()),
        FieldType::Point | FieldType::Line | FieldType::Polygon => geojson(value).to_string(),
        FieldType::File | FieldType::Photo => {
            file(value).map_or_else(String::new, |file| file.name)
        }
        FieldType::Table => value.as_array().map_or(0, Vec::len).to_string(),
        _ => text(),
    }
}

/// What a code means; the code itself where the list does not say.
pub(in crate::http) fn code_title(
    lang: Lang,
    systems: &Systems,
    pack: usize,
    field: &Field,
    code: &str,
) -> String {
    let list = field
        .list
        .as_ref()
        .and_then(|name| systems.catalog().find_list(pack, name));
    let row = list.and_then(|at| {
        systems
            .catalog()
            .list(at)
            .rows
            .iter()
            .rfind(|row| row.code == code)
    });
    row.map_or_else(
        || code.to_owned(),
        |row| match lang {
            Lang::Vi => row.vi.clone(),
            Lang::En => row.en.clone(),
        },
    )
}

fn file(value: &Value) -> Option<FileLink> {
    let file: Evidence = serde_json::from_value(value.clone()).ok()?;
    Some(FileLink {
        name: file.name,
        sha256: file.sha256,
        size_bytes: file.size,
    })
}

fn ids(value: &Value) -> Vec<Id> {
    let items: &[Value] = value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice);
    items
        .iter()
        .filter_map(|item| item.as_str()?.parse().ok())
        .collect()
}
