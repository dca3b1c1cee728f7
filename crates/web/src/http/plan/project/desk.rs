//! One request about projects' money or a unit's own plan: who asks, and the plan.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::civil::Date;
use plan::view::ProjectView;
use plan::{PlanError, PlanView};
use registry::{Caller, Idempotency, Registry};
use vocab::{Id, Period};

use super::super::super::{App, Failure, Visitor};
use super::super::parties;
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::observation_edit::SentBack;
use crate::pages::parts::Link;
use crate::pages::shell::Section;

/// What a handler works with. Only for those with an account.
pub(in crate::http) struct Desk {
    pub app: App,
    pub visitor: Visitor,
    pub view: Arc<PlanView>,
}

impl FromRequestParts<App> for Desk {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Visitor::of(app, parts).await?;
        visitor.account()?;
        let view = app.plans.view().await?.ok_or(PlanError::NoPlan)?;
        let app = app.clone();
        Ok(Self { app, visitor, view })
    }
}

impl Desk {
    pub(in crate::http) fn words(&self) -> Translator {
        self.visitor.words()
    }

    pub(in crate::http) fn shell(&self) -> Shell {
        self.visitor.shell(Section::Projects)
    }

    pub(in crate::http) fn registry(&self) -> &Registry {
        self.app.plans.registry()
    }

    pub(in crate::http) fn caller(&self) -> Caller {
        self.visitor.caller()
    }

    /// Who asks, with a form as a request of its own: sent twice it is done once.
    pub(in crate::http) fn caller_once(&self, request: Idempotency) -> Caller {
        Caller {
            idempotency: Some(request),
            ..self.caller()
        }
    }

    pub(in crate::http) fn today(&self) -> Date {
        self.app.store().context().now().in_vietnam().date()
    }

    /// The project at an address.
    pub(in crate::http) fn project(&self, id: &str) -> Result<&ProjectView, Failure> {
        let id = identity(id)?;
        let found = self.view.project(id);
        found.ok_or_else(|| Failure::not_found("no such project"))
    }

    pub(in crate::http) fn unit(&self, unit: Option<Id>) -> Link {
        match unit {
            Some(unit) => parties::unit(&self.view, unit),
            None => Link::plain(self.words().t("not-stated")),
        }
    }

    pub(in crate::http) fn period(&self, period: Period) -> String {
        self.words().period_title(period)
    }

    /// Who sent a record back last, and why.
    pub(in crate::http) async fn sent_back(&self, record: Id) -> Result<Option<SentBack>, Failure> {
        let said = self.registry().comments(record).await?;
        let last = said.into_iter().rfind(|said| said.step == "send_back");
        Ok(last.map(|said| SentBack {
            person: said.by,
            at: said.at.in_vietnam().datetime(),
            reason: said.text,
        }))
    }
}

/// The identity in an address.
pub(in crate::http) fn identity(text: &str) -> Result<Id, Failure> {
    text.parse()
        .map_err(|_| Failure::not_found("an address without an identity"))
}
