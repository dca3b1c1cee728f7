//! `/tra-cuu`: what anyone may look up, and what a look-up finds.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use pack::declaration::{Field, FieldType};
use registry::system::{FOUND_AT_MOST, filter_value};
use serde_json::Value;

use super::super::{App, Failure, Page, Visitor};
use super::seen::{Register, unlisted};
use crate::i18n::said;
use crate::pages::links;
use crate::pages::parts::Choice;
use crate::pages::public_lookup::{Asking, LookupLink, Lookups, PublicLookup};
use crate::pages::shell::Section;

/// The longest answer that is looked for, in characters.
const LONGEST: usize = 200;

/// Lists them.
pub(super) async fn index(State(app): State<App>, visitor: Visitor) -> Page<Lookups> {
    let systems = app.plans.registry().systems();
    let lang = visitor.words().lang;
    let mut lookups = Vec::new();
    for kind in systems.kinds() {
        let declared = &systems.record(kind).declared;
        let pack = &systems.pack(kind).declared.pack;
        lookups.extend(declared.lookups.iter().map(|lookup| LookupLink {
            href: links::lookup(&pack.id, &declared.record.id, &lookup.id),
            title: said(lang, &lookup.title),
            system: said(lang, &pack.title),
        }));
    }
    Page(Lookups {
        lookups,
        shell: visitor.shell(Section::Other),
    })
}

/// Asks what is looked for, and shows what was found by it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path((pack, record, lookup)): Path<(String, String, String)>,
    Query(typed): Query<BTreeMap<String, String>>,
) -> Result<Response, Failure> {
    let register = Register::of(app, visitor, &pack, &record).await?;
    let mut lookups = register.declared().lookups.iter();
    let lookup = lookups.find(|known| *known.id.text == *lookup);
    let lookup = lookup.ok_or_else(|| Failure::not_found("no such look-up"))?;
    let answers: Vec<(&str, &str)> = lookup
        .by
        .iter()
        .map(|key| (&**key, typed.get(&**key).map_or("", |text| text.trim())))
        .collect();
    let is_asked = answers.iter().any(|(_, text)| !text.is_empty());
    let is_whole = answers.iter().all(|(_, text)| !text.is_empty());
    let mut found = Vec::new();
    let mut more = false;
    if is_asked && is_whole {
        register.count()?;
        if let Some(by) = register.wanted(&answers) {
            let kind = register.kind();
            let records = register.registry().look_up(kind, lookup, &by).await?;
            more = records.len() == FOUND_AT_MOST;
            for record in &records {
                found.push(register.facts(&lookup.shows, record, |_| false).await?);
            }
        }
    }
    let page = PublicLookup {
        title: register.say(&lookup.title),
        system: register.system(),
        action: links::lookup(&pack, &record, &lookup.id),
        asking: answers
            .iter()
            .map(|(name, text)| register.asking(name, text))
            .collect(),
        is_asked,
        is_whole,
        found,
        more,
        shell: register.visitor.shell(Section::Other),
    };
    Ok(unlisted(Page(page)))
}

impl Register {
    fn field(&self, name: &str) -> Option<&Field> {
        let mut fields = self.declared().fields.iter();
        fields.find(|field| field.id.text == name)
    }

    /// What was typed, as bodies say it; none if no record can say that.
    fn wanted(&self, answers: &[(&str, &str)]) -> Option<Vec<(String, Value)>> {
        let wanted = answers.iter().map(|(name, text)| {
            if text.chars().count() > LONGEST {
                return None;
            }
            let value = match self.field(name) {
                // A number is found however it was typed: labels are read by people.
                None => Value::from(text.to_uppercase()),
                Some(field) => match *field.kind {
                    FieldType::Phone => {
                        let phone = text.parse::<vocab::Phone>().ok()?;
                        Value::from(phone.dialled())
                    }
                    FieldType::CitizenId | FieldType::TaxCode => {
                        let digits: String =
                            text.chars().filter(|ch| !ch.is_whitespace()).collect();
                        Value::from(digits)
                    }
                    kind => filter_value(kind, text)?,
                },
            };
            Some(((*name).to_owned(), value))
        });
        wanted.collect()
    }

    fn asking(&self, name: &str, text: &str) -> Asking {
        let words = self.words();
        let field = self.field(name);
        let label = match (field, name) {
            (Some(field), _) => self.say(&field.title),
            (None, "code") => words.t("system-code"),
            (None, _) => name.to_owned(),
        };
        let kind = field.map(|field| *field.kind);
        let choices = match (field, kind) {
            (Some(field), Some(FieldType::Code)) => self.codes(field, text),
            _ => Vec::new(),
        };
        Asking {
            name: name.to_owned(),
            label,
            value: text.to_owned(),
            is_day: kind == Some(FieldType::Date),
            choices,
        }
    }

    fn codes(&self, field: &Field, chosen: &str) -> Vec<Choice> {
        let catalog = self.systems.catalog();
        let list = field.list.as_ref();
        let list = list.and_then(|name| catalog.find_list(self.kind().at.pack, name));
        let rows = list.map(|at| catalog.list(at).rows.as_slice());
        rows.unwrap_or_default()
            .iter()
            .map(|row| Choice {
                value: row.code.clone(),
                label: match self.words().lang {
                    vocab::Lang::Vi => row.vi.clone(),
                    vocab::Lang::En => row.en.clone(),
                },
                selected: row.code == chosen,
            })
            .collect()
    }
}
