//! The steps that somebody may take with a record as it stands, and what hinders them.

use directory::{Act, Principal, Subject};
use pack::declaration::{RecordFile, Step};
use pack::shape::is_set;

use super::flow::{Approved, Flow};
use super::kind::Kind;
use super::settle::Settling;
use crate::{Record, Registry, RegistryError};

/// A step as it stands open to somebody.
#[derive(Clone, Debug)]
pub struct OpenStep<'a> {
    /// As it is declared.
    pub step: &'a Step,
    /// Whether it can be taken as the record stands, its guard and tasks aside.
    pub hindered: Option<Hindrance>,
    /// The approvals that were given already.
    pub approvals: Vec<Approved>,
}

/// Why somebody who takes a step may not take it here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// They took another step that this one must not be taken with.
    Other,
    /// They approved it already.
    Approved,
    /// Others have a task to do first.
    Tasks,
    /// The declared guard does not hold.
    Guard,
}

impl Registry {
    /// The steps that somebody may take with a record as it stands, in the declaration's order.
    pub async fn steps_open<'a>(
        &'a self,
        principal: &Principal,
        kind: &Kind,
        record: &Record,
    ) -> Result<Vec<OpenStep<'a>>, RegistryError> {
        let Some(whole) = self.find(kind.name, record.id).await? else {
            return Ok(Vec::new());
        };
        let flow = Flow::of(&whole.body);
        let declared = &self.systems().catalog().record(kind.at).declared;
        let mut open = Vec::new();
        for step in steps_from(declared, &whole.state) {
            let Some(roles) = roles_of(step) else {
                continue;
            };
            if Self::role_for(principal, kind, &whole, &roles).is_none() {
                continue;
            }
            let hindered = self.hindrance(principal, kind, &whole, step, &flow).await?;
            let approvals = flow
                .approvals
                .get(&step.id.text)
                .cloned()
                .unwrap_or_default();
            open.push(OpenStep {
                step,
                hindered,
                approvals,
            });
        }
        Ok(open)
    }

    pub(crate) async fn hindrance(
        &self,
        principal: &Principal,
        kind: &Kind,
        record: &Record,
        step: &Step,
        flow: &Flow,
    ) -> Result<Option<Hindrance>, RegistryError> {
        if took_other(principal, step, flow) {
            return Ok(Some(Hindrance::Other));
        }
        let given = flow.approvals.get(&step.id.text);
        if given.is_some_and(|given| given.iter().any(|one| Some(one.by) == principal.account)) {
            return Ok(Some(Hindrance::Approved));
        }
        if self.awaits_tasks(record, step).await? {
            return Ok(Some(Hindrance::Tasks));
        }
        let Some(when) = &step.when else {
            return Ok(None);
        };
        let declared = &self.systems().catalog().record(kind.at).declared;
        let settling = Settling {
            kind,
            principal,
            record,
            is_new: false,
            step: None,
        };
        let ground = self.ground(&settling, declared, &record.body).await?;
        Ok((!ground.holds(when, None)).then_some(Hindrance::Guard))
    }

    /// Whether others have yet to do what the step waits for.
    async fn awaits_tasks(&self, record: &Record, step: &Step) -> Result<bool, RegistryError> {
        if step.tasks.is_empty() {
            return Ok(false);
        }
        let open = self.open_tasks(record.id).await?;
        let named = |name: &str| {
            step.tasks
                .iter()
                .any(|task| super::tasks::name(step, Some(task)) == name)
        };
        Ok(open.iter().any(|task| named(task.name())))
    }

    /// The role by which somebody takes a step with a record.
    pub(crate) fn role_for(
        principal: &Principal,
        kind: &Kind,
        record: &Record,
        roles: &[&str],
    ) -> Option<String> {
        let subject = Subject {
            kind: kind.name,
            unit: record.unit,
            state: &record.state,
            author: record.author,
        };
        let head = Self::head_of(kind, record);
        let permissions = principal.permissions();
        let clauses = permissions.deciding(Act::Step, &subject, Some(&head));
        let roles_held: Vec<&str> = clauses.map(|clause| clause.role.code.as_str()).collect();
        roles
            .iter()
            .find(|role| roles_held.contains(*role))
            .map(|role| (*role).to_owned())
    }
}

/// The steps that lead on from a state.
pub(crate) fn steps_from<'a>(declared: &'a RecordFile, state: &str) -> Vec<&'a Step> {
    let steps = declared.lifecycle.iter().flat_map(|life| &life.steps);
    let steps = steps.filter(|step| step.from.iter().any(|from| **from == *state));
    steps.collect()
}

/// The roles of which one takes a step; none for one that the system takes itself.
pub(crate) fn roles_of(step: &Step) -> Option<Vec<&str>> {
    if is_set(step.automatic.as_ref()) {
        return None;
    }
    let asked = step
        .approval
        .as_ref()
        .map_or(&step.by, |approval| &approval.of);
    Some(asked.iter().map(|role| &**role).collect())
}

fn took_other(principal: &Principal, step: &Step, flow: &Flow) -> bool {
    step.other_than.iter().any(|other| {
        let takers = flow.taken.get(&**other);
        takers.is_some_and(|takers| takers.iter().any(|taker| Some(*taker) == principal.account))
    })
}
