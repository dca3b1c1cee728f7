//! Steps of a system's lifecycle.

use directory::{Act, Principal};
use pack::declaration::{Field, RecordFile, Step};
use pack::expression::evaluate::Value as Known;
use pack::shape::is_set;
use serde_json::{Map, Value};
use vocab::{FieldProblem, Id, Problem};

use super::facts::{self, Ground};
use super::fill::compute;
use super::flow::{Approved, Flow};
use super::keep::{Keeping, Kept, Tasks};
use super::kind::{CODE, Kind};
use super::open_steps::{Hindrance, roles_of};
use super::settle::{Settling, refuse, said};
use crate::{Caller, Record, Registry, RegistryError, comment};

/// A step that is asked for.
#[derive(Clone, Debug, Default)]
pub struct StepAsked {
    /// Its id.
    pub step: String,
    /// The version of the record that was read; whatever stands if none.
    pub version: Option<i64>,
    /// The reason in words.
    pub reason: String,
    /// The fields that the step needs.
    pub fields: Map<String, Value>,
}

impl Registry {
    /// Takes a step. Several approvals make one: until enough are given, the record stays.
    pub async fn take_step(
        &self,
        caller: &Caller,
        kind: &Kind,
        id: Id,
        asked: StepAsked,
    ) -> Result<Kept, RegistryError> {
        if let Some(before) = self.made_before(caller, kind).await? {
            return Ok(before);
        }
        let current = self.to_change(caller, kind, id, asked.version).await?;
        let systems = self.systems().clone();
        let declared = &systems.catalog().record(kind.at).declared;
        let about = || format!("{} of {} {id}", asked.step, kind.name);
        let step = named(declared, &asked.step, &current.state);
        let step = step.map_err(|(status, code)| RegistryError::refused(status, code, about()))?;
        let roles =
            roles_of(step).ok_or_else(|| RegistryError::refused(409, "step-closed", about()))?;
        self.demand(&caller.principal, Act::Step, kind.name, &current)?;
        let standing = self.standing(&current, &[step]).await?;
        let given = standing.given(step);
        let wanted: Vec<&str> = match &step.approval {
            // Roles are counted: each is asked once.
            Some(approval) if !is_set(approval.people.as_ref()) => roles
                .iter()
                .copied()
                .filter(|role| given.iter().all(|one| one.role != **role))
                .collect(),
            _ => roles.clone(),
        };
        let passed_on = is_set(step.delegable.as_ref());
        let role_among = |roles: &[&str], passed_on| {
            Self::role_for(&caller.principal, kind, &current, roles, passed_on)
        };
        if role_among(&roles, true).is_none() {
            return Err(RegistryError::refused(403, "role-missing", about()));
        }
        let role = role_among(&roles, passed_on)
            .ok_or_else(|| RegistryError::refused(403, "step-not-delegable", about()))?;
        match standing.hindrance(&caller.principal, step) {
            Some(Hindrance::Other) => {
                return Err(RegistryError::refused(403, "step-other-than", about()));
            }
            Some(Hindrance::Approved) => {
                return Err(RegistryError::refused(409, "step-approved", about()));
            }
            Some(Hindrance::Tasks) => {
                return Err(RegistryError::refused(409, "step-awaits-tasks", about()));
            }
            Some(Hindrance::Guard | Hindrance::Delegated) | None => {}
        }
        let role = match &step.approval {
            None => role,
            Some(_) => role_among(&wanted, passed_on)
                .ok_or_else(|| RegistryError::refused(409, "step-approved", about()))?,
        };
        let moving = Moving {
            kind,
            declared,
            step,
            current: &current,
            given,
            role,
        };
        let kept = self.carry_out(caller, moving, asked).await?;
        self.moved_on(caller, kind, &current.body, kept).await
    }

    pub(super) async fn carry_out(
        &self,
        caller: &Caller,
        moving: Moving<'_>,
        asked: StepAsked,
    ) -> Result<Kept, RegistryError> {
        let Moving {
            kind,
            declared,
            step,
            current,
            ..
        } = moving;
        let reason = asked.reason.trim();
        if is_set(step.reason.as_ref()) && reason.is_empty() {
            return Err(comment::missing("reason"));
        }
        let mut fields = current.body.clone();
        for (name, value) in asked.fields {
            if step.needs.iter().all(|needed| needed.text != name) {
                refuse(
                    kind,
                    vec![FieldProblem::new(name.as_str(), "unknown-field").with("name", &name)],
                )?;
            }
            fields.insert(name, value);
        }
        fields.retain(|name, _| declared.fields.iter().any(|field| field.id.text == *name));
        let principal = &caller.principal;
        let settling = Settling {
            kind,
            principal,
            record: current,
            is_new: false,
            step: Some(&asked.step),
        };
        let mut settled = self.settle(&settling, fields).await?;
        let absent = step
            .needs
            .iter()
            .filter(|field| !settled.body.contains_key(&field.text));
        refuse(
            kind,
            absent
                .map(|field| FieldProblem::new(field.text.as_str(), "field-required"))
                .collect(),
        )?;
        let ground = &mut settled.ground;
        if let Some(when) = &step.when
            && !ground.holds(when, None)
        {
            let mut problem = Problem::new(
                422,
                "step-guard",
                format!("{} of {} {}", asked.step, kind.name, current.id),
            );
            problem.fields = step
                .refusal
                .iter()
                .map(|refusal| said("", refusal))
                .collect();
            return Err(RegistryError::Refused(problem));
        }
        let mut flow = Flow::of(&current.body);
        let complete = moving.counted(&mut flow, principal);
        let mut record = Record {
            version: current.version + 1,
            ..current.clone()
        };
        if complete {
            for (field, value) in moving.sets(ground) {
                ground.put(field, value, &mut settled.body);
            }
            record.state = step.to.text.clone();
            ground
                .values
                .insert("state".to_owned(), Known::Text(record.state.clone()));
            compute(declared, &mut settled.body, ground);
            flow.enter(declared, &record.state, self.store().context().now());
        }
        flow.keep(&mut settled.body)?;
        record.unit = self.moved_owner(kind, current, &settled.body)?;
        record.body = settled.body;
        let approval = format!("approval.{}", &*step.id);
        let keeping = Keeping {
            kind,
            action: if complete { &step.id.text } else { &approval },
            before: &current.body,
            reason: (!reason.is_empty()).then_some((&*step.id, reason)),
            tasks: if complete { Tasks::Renew } else { Tasks::Stay },
            series: declared.record.code.as_ref().filter(|series| {
                complete
                    && series.at.as_ref().is_some_and(|at| **at == *asked.step)
                    && !record.body.contains_key(CODE)
            }),
        };
        self.keep(caller, &keeping, record, settled.warnings).await
    }
}

/// A step about to be taken.
pub(super) struct Moving<'a> {
    kind: &'a Kind,
    declared: &'a RecordFile,
    step: &'a Step,
    current: &'a Record,
    given: Vec<Approved>,
    role: String,
}

impl<'a> Moving<'a> {
    /// A step that the program takes itself.
    pub(super) fn by_program(
        kind: &'a Kind,
        declared: &'a RecordFile,
        step: &'a Step,
        current: &'a Record,
    ) -> Self {
        Self {
            kind,
            declared,
            step,
            current,
            given: Vec::new(),
            role: String::new(),
        }
    }

    /// What the step puts into fields, as the record stood before it.
    fn sets(&self, ground: &Ground) -> Vec<(&Field, Option<Value>)> {
        let sets = self.step.sets.iter().flat_map(|sets| &sets.0);
        let set = sets.filter_map(|(name, expression)| {
            let mut fields = self.declared.fields.iter();
            let field = fields.find(|field| field.id.text == name.text)?;
            Some((
                field,
                facts::kept(field, &ground.evaluate(expression, None)),
            ))
        });
        set.collect()
    }

    /// Notes who takes the step, and says whether that is enough.
    fn counted(&self, flow: &mut Flow, principal: &Principal) -> bool {
        let by = principal.account.unwrap_or(Id::NIL);
        let id = self.step.id.text.clone();
        let Some(approval) = &self.step.approval else {
            flow.taken.insert(id, vec![by]);
            flow.approvals.clear();
            return true;
        };
        let mut given = self.given.clone();
        given.push(Approved {
            role: self.role.clone(),
            by,
            name: principal.name.clone(),
        });
        let needed = approval
            .need
            .number
            .map_or(approval.of.len(), |number| number as usize);
        let complete = given.len() >= needed;
        if complete {
            flow.taken
                .insert(id, given.iter().map(|one| one.by).collect());
            flow.approvals.clear();
        } else {
            flow.approvals.insert(id, given);
        }
        complete
    }
}

/// The step of this id that leads on from a state; the status and code of why there is none.
fn named<'a>(
    declared: &'a RecordFile,
    id: &str,
    state: &str,
) -> Result<&'a Step, (u16, &'static str)> {
    let steps = declared.lifecycle.iter().flat_map(|life| &life.steps);
    let known: Vec<&Step> = steps.filter(|step| *step.id.text == *id).collect();
    if known.is_empty() {
        return Err((404, "unknown-step"));
    }
    let open = known
        .into_iter()
        .find(|step| step.from.iter().any(|from| **from == *state));
    open.ok_or((409, "step-closed"))
}
