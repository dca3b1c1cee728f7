//! `/he-thong/{pack}/{record}/luu-tru`: how long records are kept, what comes due and what was done;
//! on a record, what keeps it back.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use pack::declaration::RetentionEnd;
use registry::system::retention::{Rule, Standing, archived_on, erased_on};
use registry::{Record, RegistryError};

use super::super::{App, Failure, Fields, Form, GoTo, Notice, Page, refused};
use super::desk::{Desk, Sought, reads};
use super::show::Said;
use crate::i18n::Translator;
use crate::manual::rule_words;
use crate::pages::inbox::Due;
use crate::pages::parts::Link;
use crate::pages::system_record::{RecordHold, RecordKept};
use crate::pages::system_retention::{ComingRecord, RanOn, RuleWaits, SystemRetention};

/// A record type whose retention the visitor may see: whoever reads records, and whoever
/// administers them.
pub(super) struct Keeper(pub Desk);

impl FromRequestParts<App> for Keeper {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let keeps = |principal: &directory::Principal, kind: &registry::Kind| {
            reads(principal, kind) || app.plans.registry().administers(principal, kind)
        };
        Ok(Self(Desk::sought(parts, app, keeps).await?))
    }
}

/// The same for a form: whether it comes from one of our own pages is asked before anything is
/// told.
pub(super) struct SoughtKeeper(pub Result<Desk, Failure>);

impl FromRequestParts<App> for SoughtKeeper {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let found = Keeper::from_request_parts(parts, app).await;
        Ok(Self(found.map(|keeper| keeper.0)))
    }
}

pub(super) async fn show(Keeper(desk): Keeper) -> Result<Page<SystemRetention>, Failure> {
    let (registry, principal) = (desk.registry(), &desk.visitor.principal);
    let declared = desk.declared();
    let rule = Rule::of(declared);
    let rule = rule.ok_or_else(|| Failure::not_found("records that are kept for ever"))?;
    let coming = registry.coming_due(principal, desk.kind()).await?;
    let administers = registry.administers(principal, desk.kind());
    let waits = match registry.rule_stands(desk.kind(), &rule).await? {
        Standing::InForce => RuleWaits::No,
        Standing::New => RuleWaits::New,
        // How many there are in all is told to whoever answers for them.
        Standing::Awaits(found) => RuleWaits::Confirmation(administers.then_some(found)),
    };
    let today = desk.app.store().context().now().in_vietnam().date();
    let records = coming
        .records
        .iter()
        .map(|(record, due, held)| ComingRecord {
            record: Link::new(desk.link_to(record.id, ""), desk.label(record)),
            unit: desk.unit_name(record.unit),
            due: Due::seen(*due, today),
            held: *held,
        });
    let records = records.collect();
    for (record, ..) in &coming.records {
        desk.saw(record);
    }
    let done = registry.retention_done(principal, desk.kind()).await?;
    let done = done.into_iter().map(|ran| RanOn {
        day: desk.words().date(&ran.day),
        what: did(desk.words(), ran.then),
        legal: ran.legal,
        count: ran.count,
    });
    Ok(Page(SystemRetention {
        kind: Link::new(
            if reads(principal, desk.kind()) {
                desk.link("")
            } else {
                String::new()
            },
            desk.say(&declared.record.title),
        ),
        address: desk.link("luu-tru"),
        rule: rule_said(&desk, &rule),
        legal: legal(&desk, &rule),
        waits,
        administers,
        due: coming.due,
        soon: coming.soon,
        later: coming.later,
        records,
        done: done.collect(),
        shell: desk.shell(),
    }))
}

/// Says that the first run may begin.
pub(super) async fn confirm(
    SoughtKeeper(desk): SoughtKeeper,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let desk = desk?;
    let caller = desk.sender(&fields);
    fields.done()?;
    desk.registry()
        .confirm_retention(&caller, desk.kind())
        .await?;
    Ok(GoTo::link(&desk.link("luu-tru"))
        .saying(Notice::Saved)
        .into_response())
}

/// `…/giu`: holds a record back.
pub(super) async fn hold(Sought(desk): Sought, Form(fields): Form) -> Result<Response, Failure> {
    note(desk?, fields, true).await
}

/// `…/thoi-giu`: lets it go again.
pub(super) async fn let_go(Sought(desk): Sought, Form(fields): Form) -> Result<Response, Failure> {
    note(desk?, fields, false).await
}

async fn note(desk: Desk, fields: Fields, holds: bool) -> Result<Response, Failure> {
    let caller = desk.sender(&fields);
    let [reason] = fields.exactly(["ly-do-giu"])?;
    let record = desk.record().await?;
    let (registry, kind) = (desk.registry(), desk.kind());
    let done = if holds {
        registry.hold(&caller, kind, record.id, &reason).await
    } else {
        registry.let_go(&caller, kind, record.id, &reason).await
    };
    match done {
        Ok(()) => Ok(GoTo::link(&desk.link_to(record.id, ""))
            .saying(Notice::Saved)
            .into_response()),
        Err(RegistryError::Refused(mut problem)) if problem.status == 422 => {
            for field in &mut problem.fields {
                "ly-do-giu".clone_into(&mut field.field);
            }
            let said = Said {
                hold: reason,
                ..Said::default()
            };
            let page = desk.record_page(&record, &said, Some(&problem)).await?;
            Ok(refused(&problem, page))
        }
        Err(error) => Err(error.into()),
    }
}

/// What becomes of records after how long.
fn rule_said(desk: &Desk, rule: &Rule<'_>) -> String {
    let words = desk.words();
    let states: Vec<String> = rule
        .after
        .iter()
        .map(|state| desk.state(&state.text))
        .collect();
    let states = states.join(", ");
    rule_words(words, rule, &states)
}

/// What was done.
fn did(words: Translator, then: RetentionEnd) -> String {
    words.t(match then {
        RetentionEnd::Archive => "retention-did-archive",
        RetentionEnd::Erase => "retention-did-erase",
        RetentionEnd::ErasePersonal => "retention-did-personal",
    })
}

/// What orders it, with what it is about.
fn legal(desk: &Desk, rule: &Rule<'_>) -> String {
    let title = rule.legal.title.as_ref().map(|title| desk.say(title));
    let cited = rule.cited();
    title.map_or_else(|| cited.clone(), |title| format!("{cited} – {title}"))
}

impl Desk {
    /// When and why something becomes of a record, or what became of it; none where nothing does.
    pub(super) async fn kept(
        &self,
        record: &Record,
        whole: Option<&Record>,
        said: &Said,
    ) -> Result<Option<RecordKept>, Failure> {
        let Some(rule) = Rule::of(self.declared()) else {
            return Ok(None);
        };
        let Some(whole) = whole else {
            return Ok(None);
        };
        let words = self.words();
        let done = archived_on(&whole.body)
            .map(|day| (RetentionEnd::Archive, day))
            .or_else(|| erased_on(&whole.body).map(|day| (RetentionEnd::ErasePersonal, day)))
            .filter(|(then, _)| *then == rule.then)
            .map(|(_, day)| words.date(&day));
        let coming = self.registry().retained(self.kind(), whole).await?;
        if done.is_none() && coming.is_none() {
            return Ok(None);
        }
        let administers = self
            .registry()
            .administers(&self.visitor.principal, self.kind());
        let held = coming.as_ref().and_then(|coming| coming.held.clone());
        let form = if coming.is_none() || !administers {
            String::new()
        } else {
            self.link_to(record.id, if held.is_some() { "thoi-giu" } else { "giu" })
        };
        let today = self.app.store().context().now().in_vietnam().date();
        Ok(Some(RecordKept {
            rule: rule_said(self, &rule),
            did: did(words, rule.then),
            done,
            due: coming.map(|coming| Due::seen(coming.due, today)),
            legal: legal(self, &rule),
            // An inquiry is not told of to whoever only reads the record.
            held: held.map(|hold| RecordHold {
                reason: if administers {
                    hold.reason
                } else {
                    String::new()
                },
                by: hold.by,
                at: hold.at.in_vietnam().datetime(),
            }),
            form,
            reason: said.hold.clone(),
        }))
    }
}
