//! Public records in words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use directory::UnitTree;
use jiff::civil::Date;
use pack::declaration::{FieldType, RecordFile};
use pack::shape::{Key, Wording};
use pack::template::Part;
use registry::system::Systems;
use registry::{Kind, Record, Registry};
use serde_json::{Map, Value};
use vocab::Id;

use super::super::systems::{Labels, Speaker, label};
use super::super::{App, Failure, Visitor};
use crate::i18n::{Translator, said};
use crate::pages::parts::Link;
use crate::pages::public_record::PublicFact;

/// A record type that an address names.
pub(in crate::http) struct Register {
    pub app: App,
    pub visitor: Visitor,
    pub systems: Arc<Systems>,
    place: usize,
    pub units: Arc<UnitTree>,
}

impl Register {
    pub(in crate::http) async fn of(
        app: App,
        visitor: Visitor,
        pack: &str,
        record: &str,
    ) -> Result<Self, Failure> {
        let systems = app.plans.registry().systems().clone();
        let kind = systems.find(pack, record).map(|kind| kind.name);
        let place = systems
            .kinds()
            .iter()
            .position(|known| Some(known.name) == kind);
        let place = place.ok_or_else(|| Failure::not_found("no such system"))?;
        let units = app.directory.units().await?;
        Ok(Self {
            app,
            visitor,
            systems,
            place,
            units,
        })
    }

    pub(in crate::http) fn kind(&self) -> &Kind {
        &self.systems.kinds()[self.place]
    }

    pub(in crate::http) fn declared(&self) -> &RecordFile {
        &self.systems.record(self.kind()).declared
    }

    pub(super) fn registry(&self) -> &Registry {
        self.app.plans.registry()
    }

    pub(in crate::http) fn words(&self) -> Translator {
        self.visitor.words()
    }

    pub(super) fn say(&self, wording: &Wording) -> String {
        said(self.words().lang, wording)
    }

    /// What the system is called that the record type belongs to.
    pub(super) fn system(&self) -> String {
        self.say(&self.systems.pack(self.kind()).declared.pack.title)
    }

    /// Counts a look; `forgiven` ones may be made without end.
    pub(super) fn count(&self) -> Result<directory::PublicLook, Failure> {
        let from = self.visitor.device();
        Ok(self.app.directory.look_publicly(&from)?)
    }

    /// What a public record says, in the order in which its fields are named; `changed` says
    /// which of them are not what a paper says.
    pub(super) async fn facts(
        &self,
        fields: &[Key],
        record: &Record,
        changed: impl Fn(&str) -> bool,
    ) -> Result<Vec<PublicFact>, Failure> {
        let labels = self.labels(fields, &record.body).await?;
        let speaker = Speaker {
            words: self.words(),
            systems: &self.systems,
            units: &self.units,
            kind: self.kind(),
            labels: &labels,
            measures: true,
        };
        let mut facts = Vec::new();
        for key in fields {
            let name = &**key;
            let told = match name {
                "code" => Some((self.words().t("system-code"), Self::text(record, "code"))),
                "state" => Some((self.words().t("public-state"), speaker.state(&record.state))),
                "unit" => Some((self.words().t("public-unit"), speaker.unit(record.unit))),
                "created_on" => Some((
                    self.words().t("system-created"),
                    self.day(record, "created_on"),
                )),
                _ => {
                    let mut declared = self.declared().fields.iter();
                    let field = declared.find(|field| field.id.text == name);
                    // Shapes are for maps, files for whoever may read the record.
                    field
                        .filter(|field| {
                            !field.kind.is_geometry()
                                && !matches!(
                                    *field.kind,
                                    FieldType::Table | FieldType::File | FieldType::Photo
                                )
                        })
                        .map(|field| {
                            let value = record.body.get(name).filter(|value| !value.is_null());
                            let said = value.map(|value| speaker.all(field, value));
                            (self.say(&field.title), said.unwrap_or_default())
                        })
                }
            };
            if let Some((title, said)) = told {
                facts.push(PublicFact {
                    title,
                    said,
                    changed: changed(name),
                });
            }
        }
        Ok(facts)
    }

    fn text(record: &Record, name: &str) -> String {
        let text = record.body.get(name).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    }

    fn day(&self, record: &Record, name: &str) -> String {
        let day = Self::text(record, name);
        match day.parse::<Date>() {
            Ok(day) => self.words().date(&day),
            Err(_) => day,
        }
    }

    /// The names of the records that these fields refer to: those that are public themselves, and
    /// named by what is public of them.
    async fn labels(&self, fields: &[Key], body: &Map<String, Value>) -> Result<Labels, Failure> {
        let mut wanted: BTreeMap<&str, (&Kind, BTreeSet<Id>)> = BTreeMap::new();
        for key in fields {
            let mut declared = self.declared().fields.iter();
            let field = declared.find(|field| field.id.text == **key);
            let to = field
                .filter(|field| *field.kind == FieldType::Reference)
                .and_then(|field| field.to.as_ref())
                .and_then(|to| self.systems.referred(self.kind(), to));
            let Some(to) = to.filter(|to| self.is_told(to)) else {
                continue;
            };
            let value = body.get(&**key);
            let values = value.and_then(Value::as_array).map_or_else(
                || value.into_iter().collect(),
                |values| values.iter().collect::<Vec<_>>(),
            );
            let ids = values
                .into_iter()
                .filter_map(|value| value.as_str()?.parse::<Id>().ok());
            let (_, known) = wanted.entry(to.name).or_insert((to, BTreeSet::new()));
            known.extend(ids);
        }
        let mut labels = Labels::new();
        for (to, ids) in wanted.into_values() {
            for other in self.registry().public_these(to, ids).await? {
                let name = label(self.words().lang, &self.systems, to, &other);
                labels.insert(other.id, Link::plain(name));
            }
        }
        Ok(labels)
    }

    /// Whether everything that a record is named by may be told to anyone.
    fn is_told(&self, kind: &Kind) -> bool {
        let declared = &self.systems.record(kind).declared;
        let Some(public) = &declared.public else {
            return false;
        };
        declared.record.label.parts.iter().all(|part| match part {
            Part::Text(_) => true,
            Part::Name { name, .. } => public.fields.iter().any(|field| **field == **name),
        })
    }
}

/// An answer that search engines leave alone.
pub(super) fn unlisted(answer: impl IntoResponse) -> Response {
    let robots = [(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow"),
    )];
    (robots, answer).into_response()
}
