//! What the pages about webhooks have in common.

use axum::http::StatusCode;
use directory::Act;
use registry::hooks::{Happening, Hook};
use registry::{Caller, Registry};
use vocab::Id;

use super::super::systems::said_title;
use super::super::{App, Failure, Fields, Visitor, Webhooks};
use super::subject;
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::shell::Section;

/// Whoever may keep webhooks, and what they work with.
pub(super) struct Desk {
    pub app: App,
    pub visitor: Visitor,
}

impl Desk {
    pub(super) fn open(app: App, visitor: Visitor) -> Result<Self, Failure> {
        visitor.require(Act::Operate, &subject())?;
        Ok(Self { app, visitor })
    }

    pub(super) fn registry(&self) -> &Registry {
        self.app.plans.registry()
    }

    pub(super) fn words(&self) -> Translator {
        self.visitor.words()
    }

    pub(super) fn shell(&self) -> Shell {
        self.visitor.shell(Section::Admin)
    }

    /// Whoever sends a form: the same form sent twice is one request.
    pub(super) fn caller(&self, fields: &Fields) -> Caller {
        Caller {
            idempotency: Some(fields.request()),
            ..self.visitor.caller()
        }
    }

    pub(super) async fn hook(&self, id: Id) -> Result<Hook, Failure> {
        let hook = self.registry().hook(id).await?;
        hook.ok_or_else(|| Failure::not_found("no such webhook"))
    }

    /// What declaring one needs.
    pub(super) fn webhooks(&self) -> Result<&Webhooks, Failure> {
        let webhooks = self.app.settings.webhooks.as_ref();
        webhooks.ok_or_else(|| {
            let about = "this program sends no webhooks";
            Failure::new(StatusCode::SERVICE_UNAVAILABLE, "webhooks-off", about)
        })
    }

    /// A kind of records in words.
    pub(super) fn kind(&self, name: &str) -> String {
        let systems = self.registry().systems();
        match systems.kind(name) {
            Some(kind) => said_title(self.words().lang, systems, kind),
            None if name == ::plan::OBSERVATION => self.words().t("hook-observations"),
            None => name.to_owned(),
        }
    }

    pub(super) fn happening(&self, happening: Happening) -> String {
        self.words().t(match happening {
            Happening::Created => "hook-created",
            Happening::Edited => "hook-edited",
            Happening::Step => "hook-step",
            Happening::Removed => "hook-removed",
        })
    }
}
