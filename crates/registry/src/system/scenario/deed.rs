//! Doing what an act says, and judging how it went.

use directory::Principal;
use pack::declaration::ScenarioAct;
use pack::shape::is_set;
use vocab::Id;

use super::Stage;
use crate::system::{Kept, NewRecord, StepAsked};
use crate::{Caller, Kind, RegistryError};

impl<'a> Stage<'a> {
    /// Whether what was done went as the act says.
    pub(super) async fn deed(
        &mut self,
        act: &ScenarioAct,
        who: &Principal,
    ) -> Result<bool, RegistryError> {
        let request = self.player.registry.store().context().new_id();
        let caller = Caller::new(who.clone(), "page", request);
        let done = match (&act.make, &act.step, &act.task) {
            (Some(make), ..) => {
                let Some(kind) = self.player.kind(make) else {
                    self.differs(make.span, "make", &make.text, "–");
                    return Ok(false);
                };
                let Some(fields) = self.sent(act, kind, &caller).await? else {
                    return Ok(false);
                };
                let name = act.record.as_ref();
                let id = name.map(|name| self.player.identity(self.scenario, name));
                let new = NewRecord {
                    id,
                    unit: None,
                    fields,
                };
                let kept = self.player.registry.make(&caller, kind, new).await;
                if let (Some(name), Ok(kept)) = (name, &kept) {
                    let known = (kind.name, kept.record.id);
                    self.records.insert(name.text.clone(), known);
                }
                kept.map(|_: Kept| ())
            }
            (None, step, task) => {
                let is_deed = step.is_some()
                    || task.is_some()
                    || is_set(act.edit.as_ref())
                    || is_set(act.discard.as_ref());
                if !is_deed {
                    return Ok(true);
                }
                let Some((kind, id)) = self.record(act) else {
                    return Ok(false);
                };
                self.change(act, &caller, kind, id).await?
            }
        };
        Ok(self.judge(act, done))
    }

    async fn change(
        &mut self,
        act: &ScenarioAct,
        caller: &Caller,
        kind: &Kind,
        id: Id,
    ) -> Result<Result<(), RegistryError>, RegistryError> {
        let registry = self.player.registry;
        let Some(fields) = self.sent(act, kind, caller).await? else {
            let about = format!("{} {id}", kind.name);
            return Ok(Err(RegistryError::refused(422, "scenario-fields", about)));
        };
        if let Some(step) = &act.step {
            let asked = StepAsked {
                step: step.text.clone(),
                version: None,
                reason: act
                    .reason
                    .as_ref()
                    .map_or("", |reason| &reason.text)
                    .to_owned(),
                fields,
            };
            let done = registry.take_step(caller, kind, id, asked).await;
            return Ok(done.map(|_| ()));
        }
        if let Some(task) = &act.task {
            let waiting = registry.waiting(&caller.principal, id).await?;
            let Some(open) = waiting.iter().find(|open| open.name == task.text) else {
                let about = format!("the task {} of {id}", task.text);
                return Ok(Err(RegistryError::refused(404, "unknown-task", about)));
            };
            return Ok(registry.finish_task(caller, kind, id, open.id).await);
        }
        let known = registry.find(kind.name, id).await?;
        let version = known.as_ref().map_or(0, |record| record.version);
        if is_set(act.discard.as_ref()) {
            return Ok(registry.discard(caller, kind, id, version).await);
        }
        // An edit says what changes; the rest stays.
        let mut whole = known.map(|record| record.body).unwrap_or_default();
        let declared = &registry.systems().record(kind).declared.fields;
        whole.retain(|name, _| {
            let mut fields = declared.iter();
            fields.any(|field| field.id.text == *name && field.compute.is_none())
        });
        whole.extend(fields);
        let done = registry.revise(caller, kind, id, version, whole).await;
        Ok(done.map(|_| ()))
    }

    /// The record that an act is about.
    pub(super) fn record(&mut self, act: &ScenarioAct) -> Option<(&'a Kind, Id)> {
        let Some(name) = &act.record else {
            self.differs(act.span, "record", "record = …", "–");
            return None;
        };
        let known = self.records.get(&name.text).copied();
        let found = known.and_then(|(kind, id)| {
            let kind = self.player.registry.systems().kind(kind)?;
            Some((kind, id))
        });
        if found.is_none() {
            let mut known: Vec<&str> = self.records.keys().map(String::as_str).collect();
            known.sort_unstable();
            let known = known.join(", ");
            self.differs(name.span, "record", known, &name.text);
        }
        found
    }

    /// Whether what was done went as the act says.
    fn judge(&mut self, act: &ScenarioAct, done: Result<(), RegistryError>) -> bool {
        let (code, fields) = match &done {
            Ok(()) => (String::new(), Vec::new()),
            Err(error) => refusal(error),
        };
        match (&act.refused, done) {
            (None, Ok(())) => true,
            (None, Err(_)) => {
                self.differs(
                    act.span,
                    "done",
                    "–",
                    format!("{code} {}", fields.join(", ")),
                );
                false
            }
            (Some(refused), Ok(())) => {
                self.differs(refused.span, "refused", &refused.text, "–");
                false
            }
            (Some(refused), Err(_)) if refused.text != code => {
                let actual = format!("{code} {}", fields.join(", "));
                self.differs(refused.span, "refused", &refused.text, actual);
                false
            }
            (Some(_), Err(_)) => {
                if let Some(field) = &act.field
                    && !fields.iter().any(|known| known == &field.text)
                {
                    self.differs(field.span, "field", &field.text, fields.join(", "));
                    return false;
                }
                true
            }
        }
    }
}

/// The code of a refusal, and the fields that it names.
fn refusal(error: &RegistryError) -> (String, Vec<String>) {
    match error {
        RegistryError::Refused(problem) => {
            let fields = problem.fields.iter().map(|field| field.field.clone());
            (problem.code.clone(), fields.collect())
        }
        RegistryError::NotFound { .. } => ("not-found".to_owned(), Vec::new()),
        RegistryError::Conflict { .. } => ("conflict".to_owned(), Vec::new()),
        RegistryError::Store(store::StoreError::Duplicate { .. }) => {
            ("duplicate".to_owned(), Vec::new())
        }
        other => (other.to_string(), Vec::new()),
    }
}
