//! One request about periodic reports: who asks, for which.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use directory::{Act, Subject};
use jiff::civil::DateTime;
use plan::periodic::{Periodic, PeriodicHead, states};
use registry::{Caller, Record, Registry};
use vocab::{Id, Lang, Period};

use super::super::{App, Failure, Visitor};
use crate::i18n::Translator;
use crate::pages::parts::Link;
use crate::pages::periodic::PeriodicState;
use crate::pages::shell::Section;
use crate::pages::{Shell, links};

/// What a handler works with. Only for people who are signed in.
pub(super) struct Desk {
    pub app: App,
    pub visitor: Visitor,
}

impl FromRequestParts<App> for Desk {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Visitor::of(app, parts).await?;
        visitor.account()?;
        let app = app.clone();
        Ok(Self { app, visitor })
    }
}

impl Desk {
    pub(super) fn words(&self) -> Translator {
        self.visitor.words()
    }

    pub(super) fn shell(&self) -> Shell {
        self.visitor.shell(Section::Reports)
    }

    pub(super) fn registry(&self) -> &Registry {
        self.app.plans.registry()
    }

    pub(super) fn caller(&self) -> Caller {
        self.visitor.caller()
    }

    /// The report at an address; one that this reader may not see is not there.
    pub(super) async fn report(&self, id: &str) -> Result<Periodic, Failure> {
        let id = identity(id)?;
        let found = self
            .app
            .plans
            .periodic_report(&self.visitor.principal, id)
            .await;
        Ok(found?)
    }

    /// Refuses whoever may begin no report.
    pub(super) fn require_beginning(&self) -> Result<(), Failure> {
        let unit = self.app.plans.periodic_unit(&self.visitor.principal);
        unit.map(drop).map_err(Failure::from)
    }

    pub(super) fn begins(&self) -> bool {
        self.require_beginning().is_ok()
    }

    pub(super) fn may_edit(&self, kind: &str, record: &Record) -> bool {
        let principal = &self.visitor.principal;
        self.registry().may_edit(principal, kind, record)
    }

    /// Refuses whoever may not write a record as it stands.
    pub(super) fn require_writing(&self, kind: &str, record: &Record) -> Result<(), Failure> {
        self.visitor.require(
            Act::Draft,
            &Subject {
                kind,
                unit: record.unit,
                state: &record.state,
                author: record.author,
            },
        )
    }

    pub(super) async fn unit_name(&self, unit: Id) -> Result<String, Failure> {
        Ok(self.app.plans.unit_name(unit).await?)
    }

    /// Who made the latest version of a record, as they are called now, and when.
    pub(super) async fn latest(
        &self,
        kind: &str,
        record: &Record,
    ) -> Result<(String, DateTime), Failure> {
        let principal = &self.visitor.principal;
        let versions = self.registry().history(principal, kind, record, 1).await?;
        let account = match versions.first() {
            Some(version) => self.app.directory.account(version.actor).await?,
            None => None,
        };
        let person = account.map_or_else(String::new, |account| account.name);
        Ok((person, moment(record)))
    }

    /// A period as the beginning of a line: `Quý III/2023`.
    pub(super) fn period(&self, period: Period) -> String {
        self.words().period_title(period)
    }

    /// A report's name that leads to it.
    pub(super) fn link(&self, report: &Periodic) -> Link {
        let name = self.words().t1(
            "periodic-of",
            "period",
            report.body.period.label(self.words().lang),
        );
        Link::new(links::periodic(&report.record.id.to_string()), name)
    }
}

/// The identity in an address.
pub(super) fn identity(text: &str) -> Result<Id, Failure> {
    text.parse()
        .map_err(|_| Failure::not_found("an address without an identity"))
}

pub(super) fn state(record: &Record) -> PeriodicState {
    match record.state.as_str() {
        states::SIGNED => PeriodicState::Signed,
        states::UNDER_REVIEW => PeriodicState::UnderReview,
        _ => PeriodicState::Draft,
    }
}

pub(super) fn moment(record: &Record) -> DateTime {
    record.at.in_vietnam().datetime()
}

/// What tells one report's file from another's: `bao-cao-2023Q3-lan-2`.
pub(super) fn file_name(report: &Periodic) -> String {
    let period = report.body.period.code().replace('/', "-");
    format!("bao-cao-{period}-lan-{}", report.body.edition)
}

/// The reports of the same period that a list shows as later ones.
pub(super) fn is_followed(heads: &[PeriodicHead], report: &Periodic) -> bool {
    heads
        .iter()
        .any(|head| head.body.follows == Some(report.record.id))
}

/// The language that reports are written in.
pub(super) const WRITTEN: Lang = Lang::Vi;
