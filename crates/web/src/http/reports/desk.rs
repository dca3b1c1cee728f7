//! One request about reports: who asks, and the plan that it is about.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use directory::{Act, Subject};
use jiff::civil::Date;
use plan::{OBSERVATION, PlanError, PlanView, Report};
use registry::{Caller, Record, Registry};
use vocab::{Id, Instant};

use super::super::{App, Failure, Visitor};
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::inbox::Due;
use crate::pages::observation_edit::SentBack;
use crate::pages::shell::Section;

/// The most tasks whose deadlines a page of many reports looks up.
const DUES: usize = 500;

/// What a handler of reports works with.
pub(in crate::http) struct Desk {
    pub app: App,
    pub visitor: Visitor,
    pub view: Arc<PlanView>,
}

impl FromRequestParts<App> for Desk {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Visitor::of(app, parts).await?;
        let desk = Self::lookup(app, &visitor).await?;
        Ok(desk.ok_or(PlanError::NoPlan)?)
    }
}

impl Desk {
    /// The desk of a visitor; none while no plan was imported.
    pub(in crate::http) async fn lookup(
        app: &App,
        visitor: &Visitor,
    ) -> Result<Option<Self>, Failure> {
        let view = app.plans.view().await?;
        Ok(view.map(|view| Self {
            app: app.clone(),
            visitor: visitor.clone(),
            view,
        }))
    }

    pub(in crate::http) fn words(&self) -> Translator {
        self.visitor.words()
    }

    pub(in crate::http) fn shell(&self, section: Section) -> Shell {
        self.visitor.shell(section)
    }

    pub(in crate::http) fn registry(&self) -> &Registry {
        self.app.plans.registry()
    }

    pub(in crate::http) fn caller(&self) -> Caller {
        self.visitor.caller()
    }

    pub(in crate::http) fn today(&self) -> Date {
        self.app.store().context().now().in_vietnam().date()
    }

    /// The report at an address. One that this reader may not see is not there; somebody
    /// who has not signed in is asked to.
    pub(in crate::http) async fn report(&self, id: &str) -> Result<Report, Failure> {
        let hidden = || match self.visitor.principal.account {
            Some(_) => Failure::not_found("no such report for this reader"),
            None => Failure::sign_in_needed(),
        };
        let id: Id = id.parse().map_err(|_| hidden())?;
        let found = self.app.plans.report(&self.visitor.principal, id).await;
        found.map_err(|error| match Failure::from(error) {
            failure if failure.problem.status == 404 => hidden(),
            failure => failure,
        })
    }

    /// Refuses what the reader may not do to a record as it stands.
    pub(in crate::http) fn require(&self, act: Act, record: &Record) -> Result<(), Failure> {
        self.visitor.require(
            act,
            &Subject {
                kind: OBSERVATION,
                unit: record.unit,
                state: &record.state,
                author: record.author,
            },
        )
    }

    /// Whether the reader sees how a report was made, not just what became public of it:
    /// whoever may read it before it is consolidated.
    pub(in crate::http) fn sees_inside(&self, record: &Record) -> bool {
        let before = Record {
            state: "submitted".to_owned(),
            ..record.clone()
        };
        let principal = &self.visitor.principal;
        self.registry()
            .may(principal, Act::Read, OBSERVATION, &before)
    }

    /// The units that the reader writes or approves for.
    pub(in crate::http) fn own_units(&self) -> Vec<Id> {
        let mut units = self.units_for(Act::Draft, "draft");
        units.extend(self.units_for(Act::Approve, "submitted"));
        units.sort_unstable();
        units.dedup();
        units
    }

    /// Of the units in which the reader holds a role, those to whose reports in a state they
    /// may do this; whatever the role is called.
    pub(super) fn units_for(&self, act: Act, state: &str) -> Vec<Id> {
        let grants = self.visitor.principal.grants.iter();
        let mut units: Vec<Id> = grants.map(|grant| grant.unit).collect();
        units.sort_unstable();
        units.dedup();
        units.retain(|unit| self.may_of(act, *unit, state));
        units
    }

    /// Whether the reader may do this to the reports of a unit in a state; of every unit if
    /// none is named.
    pub(super) fn may_of(&self, act: Act, unit: Id, state: &str) -> bool {
        let subject = Subject {
            kind: OBSERVATION,
            unit,
            state,
            author: None,
        };
        directory::may(&self.visitor.principal, act, &subject).is_allowed()
    }

    /// The unit asked for, or the reader's first one, among those that fit and that the reader
    /// writes reports for. Whoever succeeded a unit writes for it too.
    pub(super) fn writing_for(
        &self,
        asked: Option<&str>,
        fits: impl Fn(&Id) -> bool,
    ) -> Result<Id, Failure> {
        let principal = &self.visitor.principal;
        if !principal.permissions().ever(Act::Draft, OBSERVATION) {
            let about = "reporting without a role that writes any report";
            return Err(Failure::denied("denied-role-missing", about));
        }
        let unit = match asked {
            None => self.units_for(Act::Draft, "draft").into_iter().find(fits),
            Some(asked) => asked
                .parse()
                .ok()
                .filter(|unit| fits(unit) && self.may_of(Act::Draft, *unit, "draft")),
        };
        unit.ok_or_else(|| Failure::denied("denied-other-unit", "another unit's report"))
    }

    pub(in crate::http) fn unit_name(&self, unit: Id) -> String {
        let unit = self.view.units.get(unit);
        unit.map_or_else(String::new, |unit| unit.name.clone())
    }

    /// A unit's name, of whatever day.
    pub(in crate::http) async fn name_of(&self, unit: Id) -> Result<String, Failure> {
        let known = self.unit_name(unit);
        if !known.is_empty() {
            return Ok(known);
        }
        let succession = self.app.directory.succession().await?;
        Ok(succession.name(unit).to_owned())
    }

    /// Who sent a record back last, and why: the reason of the latest step that was given one.
    pub(in crate::http) async fn sent_back(&self, record: Id) -> Result<Option<SentBack>, Failure> {
        let said = self.registry().comments(record).await?;
        let last = said.into_iter().rfind(|said| !said.step.is_empty());
        Ok(last.map(|said| SentBack {
            person: said.by,
            at: said.at.in_vietnam().datetime(),
            reason: said.text,
        }))
    }

    /// A deadline as pages show it.
    pub(in crate::http) fn due(&self, at: Instant) -> Due {
        Due::seen(at, self.today())
    }

    /// Until when the reader is to do something, by report.
    pub(in crate::http) async fn dues(&self) -> Result<HashMap<Id, Due>, Failure> {
        let mut dues = HashMap::new();
        let principal = &self.visitor.principal;
        for role in directory::permission::queues(principal) {
            let tasks = self.registry().tasks(principal, role, None, DUES).await?;
            dues.extend(
                tasks
                    .items
                    .iter()
                    .map(|task| (task.record, self.due(task.due))),
            );
        }
        Ok(dues)
    }
}
