//! What people do to an import.

use directory::Act;
use serde_json::Map;
use store::StoreError;
use vocab::Id;

use super::work::job;
use super::{IMPORT, Import, ImportState, Pass, may_import};
use crate::{Caller, Done, Registry, RegistryError};

/// How often a step is tried while batches are written.
const TRIES: usize = 100;

/// What is done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportStep {
    /// Its rows are taken in.
    Start,
    /// It ends where it is; what is in stays.
    Cancel,
    /// What stopped goes on.
    Resume,
    /// Its records are taken out again.
    Undo,
}

impl ImportStep {
    /// All steps.
    pub const ALL: [Self; 4] = [Self::Start, Self::Cancel, Self::Resume, Self::Undo];

    /// The step as the API and the audit name it.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Cancel => "cancel",
            Self::Resume => "resume",
            Self::Undo => "undo",
        }
    }

    /// The step of this name.
    pub fn lookup(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.value() == name)
    }
}

impl Registry {
    /// The steps that are open to somebody who sees an import.
    pub fn import_steps(
        &self,
        principal: &directory::Principal,
        import: &Import,
    ) -> Vec<ImportStep> {
        let open = ImportStep::ALL.into_iter();
        open.filter(|step| self.hinders(principal, import, *step).is_none())
            .collect()
    }

    /// Why somebody who sees an import cannot take a step.
    fn hinders(
        &self,
        principal: &directory::Principal,
        import: &Import,
        step: ImportStep,
    ) -> Option<RegistryError> {
        let about = || format!("{} of import {}", step.value(), import.id());
        let own = principal.account == Some(import.starter());
        let kind = self.systems().kind(import.kind());
        let imports = kind.is_some_and(|kind| may_import(principal, kind));
        // Rows go in by the rights of whoever began it: nobody else sets them going.
        let undoes = import.body.undo.is_some();
        let by_rights = match step {
            ImportStep::Cancel | ImportStep::Undo => true,
            ImportStep::Start => own && imports,
            ImportStep::Resume => undoes || (own && imports),
        };
        if !by_rights || !self.may(principal, Act::Draft, IMPORT, &import.record) {
            return Some(RegistryError::refused(403, "denied-role-missing", about()));
        }
        let state = import.state;
        let open = match step {
            ImportStep::Start => {
                state == ImportState::Tried && import.body.trial.good > 0 && import.body.holds
            }
            ImportStep::Cancel => state.is_at_work() || state == ImportState::Tried,
            ImportStep::Resume => state == ImportState::Stopped && (undoes || import.body.holds),
            ImportStep::Undo => {
                let ended = [
                    ImportState::Done,
                    ImportState::Cancelled,
                    ImportState::Stopped,
                    ImportState::Undone,
                ];
                let left = import
                    .body
                    .undo
                    .is_none_or(|undo| state != ImportState::Undone || undo.refused > 0);
                ended.contains(&state) && import.has_brought() && left
            }
        };
        (!open).then(|| RegistryError::refused(409, "step-not-open", about()))
    }

    /// Takes a step with an import that the caller may see.
    ///
    /// # Errors
    ///
    /// 403 where the caller may not; 409 `step-not-open` where it does not stand so.
    pub async fn step_import(
        &self,
        caller: &Caller,
        id: Id,
        step: ImportStep,
    ) -> Result<Import, RegistryError> {
        if let Some(before) = self.answered(caller).await? {
            return self.import_before(&caller.principal, &before).await;
        }
        for _ in 0..TRIES {
            let import = self.import(&caller.principal, id).await?;
            if let Some(hindrance) = self.hinders(&caller.principal, &import, step) {
                return Err(hindrance);
            }
            let next = self.stepped(caller, &import, step);
            let mut batch = self.batch(caller);
            batch
                .put(IMPORT, &next.written()?, step.value(), &Map::new())
                .await?;
            if next.state.is_at_work() {
                batch.enqueue(job(id)?);
            }
            match batch.commit(id.to_string()).await {
                Ok(Done::Now(_)) => {
                    self.sources().drop_all(id);
                    return Ok(next);
                }
                Ok(Done::Before(answer)) => {
                    return self.import_before(&caller.principal, &answer).await;
                }
                // A batch came between.
                Err(error) if error.is_conflict() => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Contended(format!("import {id}")).into())
    }

    fn stepped(&self, caller: &Caller, import: &Import, step: ImportStep) -> Import {
        let now = self.store().context().now();
        let state = match step {
            ImportStep::Start => ImportState::Running,
            ImportStep::Cancel => ImportState::Cancelled,
            ImportStep::Undo => ImportState::Undoing,
            ImportStep::Resume => match (&import.body.undo, &import.body.run) {
                (Some(_), _) => ImportState::Undoing,
                (None, Some(_)) => ImportState::Running,
                (None, None) => ImportState::Trying,
            },
        };
        import.next(state, |body| {
            body.why = None;
            match step {
                ImportStep::Start => body.run = Some(Pass::begun(now)),
                ImportStep::Undo => {
                    body.undo = Some(Pass::begun(now));
                    body.undoer = caller.principal.account;
                }
                ImportStep::Resume if body.undo.is_some() => {
                    body.undoer = caller.principal.account;
                }
                ImportStep::Resume | ImportStep::Cancel => {}
            }
        })
    }
}
