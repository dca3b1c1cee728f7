//! The steps that somebody may take with a record as it stands, and what hinders them.

use directory::{Act, Principal, Subject};
use pack::declaration::{RecordFile, Step};
use pack::expression::Expression;
use pack::shape::is_set;

use super::facts::Ground;
use super::flow::{Approved, Flow};
use super::kind::Kind;
use super::settle::Settling;
use super::tasks;
use crate::task::OpenTask;
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
    /// They hold the role for somebody else, and this step cannot be passed on.
    Delegated,
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
        if kind.is_archived(&whole.body) {
            return Ok(Vec::new());
        }
        let declared = &self.systems().catalog().record(kind.at).declared;
        let mut steps = steps_from(declared, &whole.state);
        steps.retain(|step| {
            let roles = roles_of(step);
            roles.is_some_and(|roles| {
                Self::role_for(principal, kind, &whole, &roles, true).is_some()
            })
        });
        let standing = self.standing(&whole, &steps).await?;
        let ground = if steps.iter().any(|step| step.when.is_some()) {
            let settling = Settling {
                kind,
                principal,
                record: &whole,
                is_new: false,
                step: None,
            };
            self.ground(&settling, declared, &whole.body).await?
        } else {
            Ground::default()
        };
        let open = steps.into_iter().map(|step| {
            let guarded = |when: &Expression| !ground.holds(when, None);
            let guard = step.when.as_ref().is_some_and(guarded);
            let roles = roles_of(step).unwrap_or_default();
            let passed_on = is_set(step.delegable.as_ref());
            let own = Self::role_for(principal, kind, &whole, &roles, passed_on);
            OpenStep {
                step,
                hindered: (own.is_none().then_some(Hindrance::Delegated))
                    .or_else(|| standing.hindrance(principal, step))
                    .or(guard.then_some(Hindrance::Guard)),
                approvals: standing.given(step),
            }
        });
        Ok(open.collect())
    }

    /// Whether somebody may take a step with some record of a kind, however it stands.
    pub fn may_take(principal: &Principal, kind: &Kind, step: &Step) -> bool {
        let roles = roles_of(step).unwrap_or_default();
        let permissions = principal.permissions();
        let mut clauses = permissions.clauses(Act::Step, kind.name);
        clauses.any(|clause| roles.contains(&clause.role.code.as_str()))
    }

    /// What of a record these steps look at before they are taken.
    pub(crate) async fn standing(
        &self,
        record: &Record,
        steps: &[&Step],
    ) -> Result<Standing, RegistryError> {
        let waits = steps.iter().any(|step| !step.tasks.is_empty());
        Ok(Standing {
            flow: Flow::of(&record.body),
            tasks: if waits {
                self.open_tasks(record.id).await?
            } else {
                Vec::new()
            },
        })
    }

    /// The role by which somebody takes a step with a record, their own or, where the step may be
    /// passed on, one that they hold for somebody else.
    pub(crate) fn role_for(
        principal: &Principal,
        kind: &Kind,
        record: &Record,
        roles: &[&str],
        passed_on: bool,
    ) -> Option<String> {
        let subject = Subject {
            kind: kind.name,
            unit: record.unit,
            state: &record.state,
            author: record.author,
        };
        let stands = Self::head_of(kind, record);
        let permissions = principal.permissions();
        let clauses = permissions.deciding(Act::Step, &subject, Some(&stands));
        let clauses = clauses.filter(|clause| {
            let held = clause.held.as_ref();
            passed_on || held.is_none_or(|held| !principal.is_delegated(held))
        });
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

/// How a record stands before a step.
pub(crate) struct Standing {
    flow: Flow,
    tasks: Vec<OpenTask>,
}

impl Standing {
    /// The approvals that a step was given already.
    pub(crate) fn given(&self, step: &Step) -> Vec<Approved> {
        let given = self.flow.approvals.get(&step.id.text);
        given.cloned().unwrap_or_default()
    }

    /// What hinders somebody who takes a step, its guard aside.
    pub(crate) fn hindrance(&self, principal: &Principal, step: &Step) -> Option<Hindrance> {
        if self.took_other(principal, step) {
            return Some(Hindrance::Other);
        }
        let given = self.flow.approvals.get(&step.id.text);
        if given.is_some_and(|given| given.iter().any(|one| Some(one.by) == principal.account)) {
            return Some(Hindrance::Approved);
        }
        let mut waits = step.tasks.iter().map(|task| tasks::name(step, Some(task)));
        let awaits = waits.any(|name| self.tasks.iter().any(|open| open.name() == name));
        awaits.then_some(Hindrance::Tasks)
    }

    fn took_other(&self, principal: &Principal, step: &Step) -> bool {
        step.other_than.iter().any(|other| {
            let takers = self.flow.taken.get(&**other);
            takers
                .is_some_and(|takers| takers.iter().any(|taker| Some(*taker) == principal.account))
        })
    }
}
