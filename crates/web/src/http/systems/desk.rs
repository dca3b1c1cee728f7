//! What the pages of a system have in common: whose it is, what it says, who asks.

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use directory::{Act, Principal, Subject, UnitTree};
use pack::declaration::RecordFile;
use pack::shape::Wording;
use registry::system::Systems;
use registry::{Caller, Kind, Record, Registry};
use store::reads::Reading;
use vocab::Id;

use super::super::{App, Failure, Fields, Readable, Visitor};
use crate::i18n::{Translator, said};
use crate::pages::Shell;
use crate::pages::links;
use crate::pages::shell::Section;

/// A record type that an address names, for a visitor who may read some of it.
pub(crate) struct Desk {
    pub app: App,
    pub visitor: Visitor,
    pub systems: Arc<Systems>,
    /// Its place among the systems' kinds.
    place: usize,
    pub units: Arc<UnitTree>,
    /// What the address names besides, by name.
    params: Vec<(String, String)>,
}

impl FromRequestParts<App> for Desk {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        Self::sought(parts, app, reads).await
    }
}

impl Desk {
    /// The record type that an address names, for a visitor for whom it is there.
    pub(super) async fn sought(
        parts: &mut Parts,
        app: &App,
        is_there: impl Fn(&Principal, &Kind) -> bool,
    ) -> Result<Self, Failure> {
        let visitor = Visitor::of(app, parts).await?;
        let params = RawPathParams::from_request_parts(parts, app).await;
        let params = params.map_err(|_| Failure::not_found("an address that names nothing"))?;
        let params: Vec<(String, String)> = params
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let named = |wanted: &str| {
            let found = params.iter().find(|(name, _)| name == wanted);
            found.map_or("", |(_, value)| value.as_str())
        };
        visitor.account()?;
        let systems = app.plans.registry().systems().clone();
        let kind = systems
            .find(named("pack"), named("record"))
            .map(|kind| kind.name);
        let place = systems
            .kinds()
            .iter()
            .position(|known| Some(known.name) == kind);
        let place = place.ok_or_else(|| Failure::not_found("no such system"))?;
        // What one can read nothing of is not there.
        if !is_there(&visitor.principal, &systems.kinds()[place]) {
            return Err(Failure::not_found(
                "a system that this visitor does not see",
            ));
        }
        let units = app.directory.units().await?;
        Ok(Self {
            app: app.clone(),
            visitor,
            systems,
            place,
            units,
            params,
        })
    }
}

/// The same for a form: whether it comes from one of our own pages is asked before anything is
/// told.
pub(super) struct Sought(pub Result<Desk, Failure>);

impl FromRequestParts<App> for Sought {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        Ok(Self(Desk::from_request_parts(parts, app).await))
    }
}

/// Whether somebody can read any record of a kind, or make one.
pub(crate) fn reads(principal: &Principal, kind: &Kind) -> bool {
    let permissions = principal.permissions();
    [Act::Read, Act::Create]
        .iter()
        .any(|act| permissions.clauses(*act, kind.name).next().is_some())
}

impl Desk {
    pub(crate) fn kind(&self) -> &Kind {
        &self.systems.kinds()[self.place]
    }

    /// What the record type says.
    pub(crate) fn declared(&self) -> &RecordFile {
        &self.systems.record(self.kind()).declared
    }

    pub(crate) fn registry(&self) -> &Registry {
        self.app.plans.registry()
    }

    pub(super) fn words(&self) -> Translator {
        self.visitor.words()
    }

    pub(super) fn shell(&self) -> Shell {
        self.visitor.shell(Section::Systems)
    }

    /// What a pack says, in the visitor's language.
    pub(super) fn say(&self, wording: &Wording) -> String {
        said(self.words().lang, wording)
    }

    /// A part of the address.
    pub(crate) fn param(&self, wanted: &str) -> &str {
        let found = self.params.iter().find(|(name, _)| name == wanted);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The address of the list, and of what stands under it.
    pub(super) fn link(&self, rest: &str) -> String {
        let pack = &self.systems.pack(self.kind()).declared.pack.id;
        links::system(pack, &self.declared().record.id, rest)
    }

    /// The address of a record, and of what stands under it.
    pub(super) fn link_to(&self, record: Id, rest: &str) -> String {
        let id = record.to_string();
        self.link(&if rest.is_empty() {
            id
        } else {
            format!("{id}/{rest}")
        })
    }

    /// The identity that the address names.
    pub(crate) fn id(&self) -> Result<Id, Failure> {
        let id = self.param("id").parse();
        id.map_err(|_| Failure::not_found("no identity"))
    }

    /// The record that the address names, as far as the visitor may see it.
    pub(crate) async fn record(&self) -> Result<Record, Failure> {
        let (principal, kind) = (&self.visitor.principal, self.kind().name);
        Ok(self.registry().get(principal, kind, self.id()?).await?)
    }

    /// The visitor at work.
    pub(super) fn caller(&self) -> Caller {
        self.visitor.caller()
    }

    /// The same, for a form: sent twice it counts once.
    pub(super) fn sender(&self, fields: &Fields) -> Caller {
        Caller {
            idempotency: Some(fields.request()),
            ..self.caller()
        }
    }

    /// Whether the visitor may do that to a record as it stands.
    pub(crate) fn may(&self, act: Act, record: &Record) -> bool {
        self.registry()
            .may(&self.visitor.principal, act, self.kind().name, record)
    }

    /// Whether the visitor may edit a record as it stands.
    pub(super) fn may_edit(&self, record: &Record) -> bool {
        self.kind().is_editable(&record.state)
            && !self.kind().is_archived(&record.body)
            && self.may(Act::Edit, record)
    }

    /// Whether the visitor may make a record somewhere.
    pub(super) fn may_make(&self) -> bool {
        let permissions = self.visitor.principal.permissions();
        permissions
            .clauses(Act::Create, self.kind().name)
            .next()
            .is_some()
    }

    /// Whether the visitor may take records out of the system.
    pub(super) fn may_export(&self) -> bool {
        let permissions = self.visitor.principal.permissions();
        permissions
            .clauses(Act::Export, self.kind().name)
            .next()
            .is_some()
    }

    pub(super) fn unit_name(&self, unit: Id) -> String {
        self.units
            .get(unit)
            .map_or_else(|| unit.to_string(), |unit| unit.name.clone())
    }

    /// Whether the visitor is not shown a field of a record.
    pub(super) fn hides(&self, record: &Record, field: &str) -> bool {
        self.kind().is_personal(field)
            && self
                .registry()
                .masked(&self.visitor.principal, self.kind(), record)
                .contains(field)
    }

    /// Notes that personal data of a record go out unmasked.
    pub(crate) fn saw(&self, record: &Record) {
        let Some(reader) = self.visitor.principal.account else {
            return;
        };
        let shown: Vec<&'static str> = self
            .kind()
            .personal
            .iter()
            .copied()
            .filter(|name| match name.split_once('.') {
                None => record.body.contains_key(*name),
                Some((table, column)) => {
                    let rows = record.body.get(table).and_then(serde_json::Value::as_array);
                    rows.into_iter()
                        .flatten()
                        .any(|row| row.get(column).is_some())
                }
            })
            .collect();
        if shown.is_empty() {
            return;
        }
        self.app.store().note_reading(Reading {
            reader,
            subject: record.id,
            kind: self.kind().name,
            record: record.id,
            fields: registry::system::shared(&shown),
            via: self.visitor.via(),
        });
    }

    /// Refuses whoever may not do that to a record as it stands.
    pub(crate) fn require(&self, act: Act, record: &Record) -> Result<(), Failure> {
        if self.may(act, record) {
            return Ok(());
        }
        let subject = Subject {
            kind: self.kind().name,
            unit: record.unit,
            state: &record.state,
            author: record.author,
        };
        self.visitor.require(act, &subject)?;
        Err(Failure::denied(
            "denied-role-missing",
            format!("{act:?} on {}", record.id),
        ))
    }
}

/// A file in a record of a system that a principal may read as it stands; none if there is no
/// such record.
pub(crate) async fn files_of(
    registry: &Registry,
    principal: &Principal,
    digest: &[u8; 32],
) -> Result<Option<Readable>, Failure> {
    if principal.account.is_none() {
        return Ok(None);
    }
    let systems = registry.systems().clone();
    let kinds = registry.file_kinds(digest).await?;
    for kind in kinds.iter().filter_map(|kind| systems.kind(kind)) {
        for record in registry.file_records(principal, kind.name, digest).await? {
            if let Some(name) = registry::system::file_name(&systems, kind, &record, digest) {
                let files = registry.files(principal, kind.name);
                return Ok(Some(Readable { name, files }));
            }
        }
    }
    Ok(None)
}
