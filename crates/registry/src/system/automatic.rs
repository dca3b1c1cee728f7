//! Steps that the program takes by itself, as soon as their condition holds.
//!
//! After a write by people the program looks at the record, and at those whose figures it may have
//! changed, and takes what is open in a write of its own: in its own name, as a step like any
//! other. What time alone makes true, and what a power cut kept from being taken, is found by
//! looking at all records that stand where such a step begins: once a day in each process, every
//! minute for conditions that ask the hour. Two who take the same step at once do so over the same
//! version of the record, so that one of them finds it taken.

use std::collections::BTreeSet;

use directory::Principal;
use jiff::civil::Date;
use pack::declaration::{RecordFile, Step};
use pack::shape::is_set;
use serde_json::{Map, Value};
use store::{ListQuery, Scope};
use vocab::Id;

use super::condition;
use super::keep::Kept;
use super::kind::Kind;
use super::open_steps::steps_from;
use super::settle::Settling;
use super::step::{Moving, StepAsked};
use super::tree::Asked;
use crate::{Caller, Record, Registry, RegistryError};

/// How many records are looked at in one question.
const AT_ONCE: usize = 500;
/// The most steps that follow one another on a record; the checker of packs lets no circle pass,
/// so that a longer way has been looked through already.
const MOST: usize = 30;
/// How often a step is tried again over which somebody changed the record.
const TRIES: usize = 5;

fn everything() -> Scope {
    Scope::bypass("the program takes a step whoever may see the record")
}

/// The automatic steps of a record type.
fn automatic(declared: &RecordFile) -> impl Iterator<Item = &Step> {
    let steps = declared.lifecycle.iter().flat_map(|life| &life.steps);
    steps.filter(|step| is_set(step.automatic.as_ref()))
}

impl Registry {
    /// A record as it stands after the steps that the change of it made open to the program, and
    /// those of records whose figures it changed.
    pub(super) async fn moved_on(
        &self,
        caller: &Caller,
        kind: &Kind,
        before: &Map<String, Value>,
        kept: Kept,
    ) -> Result<Kept, RegistryError> {
        let id = kept.record.id;
        let moved = self.follow_on(kind, id, before).await;
        let moved = moved.unwrap_or_else(|error| {
            // The change itself is durable; the daily look takes the step.
            tracing::warn!(%error, kind = kind.name, record = %id, "a step could not be taken by the program");
            false
        });
        if !moved {
            return Ok(kept);
        }
        match self.get(&caller.principal, kind.name, id).await {
            Ok(record) => Ok(Kept { record, ..kept }),
            // It left the reach of whoever changed it.
            Err(RegistryError::NotFound { .. }) => Ok(kept),
            Err(error) => {
                // What was asked for is done, and an error would have it asked for again.
                tracing::warn!(%error, kind = kind.name, record = %id, "a record that moved on could not be read again");
                Ok(kept)
            }
        }
    }

    /// Takes what a change made open; whether the record itself moved.
    async fn follow_on(
        &self,
        kind: &Kind,
        id: Id,
        before: &Map<String, Value>,
    ) -> Result<bool, RegistryError> {
        let moved = self.take_automatic(kind, id).await? > 0;
        let systems = self.systems().clone();
        let mut now = None;
        for other in systems.kinds() {
            let declared = &systems.record(other).declared;
            if automatic(declared).next().is_none() {
                continue;
            }
            let mut named: BTreeSet<Id> = BTreeSet::new();
            for rollup in &declared.rollups {
                let of = systems.named(other.at.pack, &rollup.of);
                if of.is_none_or(|of| of.name != kind.name) {
                    continue;
                }
                if now.is_none() {
                    now = Some(self.find(kind.name, id).await?);
                }
                let via = rollup.via.text.as_str();
                let now = now.iter().flatten().next();
                let now = now.and_then(|record| record.body.get(via));
                let values = now.into_iter().chain(before.get(via));
                named.extend(values.filter_map(|value| value.as_str()?.parse::<Id>().ok()));
            }
            for one in named {
                self.take_automatic(other, one).await?;
            }
        }
        Ok(moved)
    }

    /// Takes the automatic steps that are open on a record, one after another; gives how many.
    pub async fn take_automatic(&self, kind: &Kind, id: Id) -> Result<usize, RegistryError> {
        let systems = self.systems().clone();
        let declared = &systems.record(kind).declared;
        if automatic(declared).next().is_none() {
            return Ok(0);
        }
        let principal = Principal::system();
        let (mut taken, mut tries) = (0, 0);
        while taken < MOST {
            let Some(current) = self.find(kind.name, id).await? else {
                break;
            };
            if kind.is_archived(&current.body) {
                break;
            }
            let Some(step) = self
                .open_to_program(&principal, kind, declared, &current)
                .await?
            else {
                break;
            };
            let request = self.store().context().new_id();
            let caller = Caller::new(principal.clone(), "job", request);
            let moving = Moving::by_program(kind, declared, step, &current);
            let asked = StepAsked {
                step: step.id.text.clone(),
                ..StepAsked::default()
            };
            match self.carry_out(&caller, moving, asked).await {
                Ok(_) => taken += 1,
                // Somebody else changed it, or took the same step.
                Err(error) if error.is_conflict() && tries < TRIES => tries += 1,
                // A rule keeps it from being taken: people mend the record first.
                Err(RegistryError::Refused(problem)) if problem.status < 500 => {
                    tracing::debug!(kind = kind.name, record = %id, code = problem.code, "an automatic step is not taken");
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(taken)
    }

    /// The first automatic step whose condition holds and that needs nothing more.
    async fn open_to_program<'a>(
        &self,
        principal: &Principal,
        kind: &Kind,
        declared: &'a RecordFile,
        current: &Record,
    ) -> Result<Option<&'a Step>, RegistryError> {
        let mut steps = steps_from(declared, &current.state);
        steps.retain(|step| {
            is_set(step.automatic.as_ref())
                && step
                    .needs
                    .iter()
                    .all(|field| current.body.contains_key(&field.text))
        });
        if steps.is_empty() {
            return Ok(None);
        }
        let settling = Settling {
            kind,
            principal,
            record: current,
            is_new: false,
            step: None,
        };
        let ground = self.ground(&settling, declared, &current.body).await?;
        let open = |step: &&Step| {
            let when = step.when.as_ref();
            when.is_some_and(|when| ground.holds(when, None))
        };
        Ok(steps.into_iter().find(open))
    }

    /// Looks at every record that stands where an automatic step begins: once a day in this
    /// process, each time at those whose condition asks the hour. Gives how many steps it took.
    pub async fn run_automatic(&self) -> Result<usize, RegistryError> {
        let today = self.store().context().now().in_vietnam().date();
        let all = self.automatic_turn(None) != Some(today);
        let taken = self.take_all_automatic(all).await?;
        self.automatic_turn(Some(today));
        Ok(taken)
    }

    /// Looks at every record that stands where an automatic step begins; at those alone whose
    /// condition asks the hour unless all are wanted.
    pub async fn take_all_automatic(&self, all: bool) -> Result<usize, RegistryError> {
        let systems = self.systems().clone();
        let today = self.store().context().now().in_vietnam().date();
        let mut taken = 0;
        for kind in systems.kinds() {
            for step in automatic(&systems.record(kind).declared) {
                let asks_hour = Asked::of(&step.when).names.contains("now");
                if all || asks_hour {
                    taken += self.take_where(kind, step, today).await?;
                }
            }
        }
        Ok(taken)
    }

    async fn take_where(
        &self,
        kind: &Kind,
        step: &Step,
        today: Date,
    ) -> Result<usize, RegistryError> {
        // Where columns can answer the condition, records that it does not hold of are not read.
        let when = step.when.as_ref();
        let asked = when.and_then(|when| condition::compiled(kind, when, Some(today)));
        let scope = match &asked {
            Some(asked) => everything().and(asked),
            None => everything(),
        };
        let mut taken = 0;
        for from in &step.from {
            let mut query = ListQuery::new(kind.name, scope.clone()).limit(AT_ONCE);
            query = query.filter("state", from.text.as_str());
            loop {
                let page = self.store().list(&query).await?;
                for head in &page.items {
                    taken += self.take_automatic(kind, head.id).await?;
                }
                match page.next {
                    Some(next) => query.after = Some(next),
                    None => break,
                }
            }
        }
        Ok(taken)
    }
}
