//! A record held back, whatever its term: for an inspection, a complaint, a lawsuit.

use directory::{Act, Principal};
use serde::Deserialize;
use serde_json::{Map, json};
use vocab::{FieldProblem, Id, Instant, Problem};

use super::{EPOCH, id_of, next};
use crate::system::kind::Kind;
use crate::{Caller, Record, Registry, RegistryError};

/// The kind of record that a hold is.
pub const HOLD: &str = "retention_hold";
/// The longest reason, in characters.
pub(super) const LONGEST: usize = 2_000;

/// Why a record is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Why.
    pub reason: String,
    /// Who holds it, as they were called then.
    pub by: String,
    /// Since when.
    pub at: Instant,
}

#[derive(Deserialize)]
struct Body {
    held: bool,
    reason: String,
    by: String,
}

/// The identity of the hold of a record: there is one at most.
pub(super) fn hold_id(record: Id) -> Id {
    id_of("retention/hold", &record.to_string())
}

/// The hold that a record of [`HOLD`] is; none if it was lifted.
pub(super) fn standing(record: &Record) -> Result<Option<Hold>, RegistryError> {
    let body: Body = record.read()?;
    let hold = Hold {
        reason: body.reason,
        by: body.by,
        at: record.at,
    };
    Ok(body.held.then_some(hold))
}

impl Registry {
    /// Whether somebody administers the records of a type: they may hold records back and say
    /// that a rule may begin.
    pub fn administers(&self, principal: &Principal, kind: &Kind) -> bool {
        principal
            .permissions()
            .clauses(Act::Operate, kind.name)
            .next()
            .is_some()
    }

    pub(super) fn demand_administers(
        &self,
        principal: &Principal,
        kind: &Kind,
    ) -> Result<(), RegistryError> {
        if self.administers(principal, kind) {
            return Ok(());
        }
        Err(RegistryError::refused(403, "role-missing", kind.name))
    }

    /// Why a record is held; none if it is not.
    pub async fn held(&self, record: Id) -> Result<Option<Hold>, RegistryError> {
        match self.find(HOLD, hold_id(record)).await? {
            Some(known) => standing(&known),
            None => Ok(None),
        }
    }

    /// Holds a record back from what its retention says, until it is let go.
    pub async fn hold(
        &self,
        caller: &Caller,
        kind: &Kind,
        record: Id,
        reason: &str,
    ) -> Result<(), RegistryError> {
        self.note_hold(caller, kind, record, reason, true).await
    }

    /// Lets a record go again, with the reason.
    pub async fn let_go(
        &self,
        caller: &Caller,
        kind: &Kind,
        record: Id,
        reason: &str,
    ) -> Result<(), RegistryError> {
        self.note_hold(caller, kind, record, reason, false).await
    }

    async fn note_hold(
        &self,
        caller: &Caller,
        kind: &Kind,
        record: Id,
        reason: &str,
        held: bool,
    ) -> Result<(), RegistryError> {
        if self.answered(caller).await?.is_some() {
            return Ok(());
        }
        let principal = &caller.principal;
        let seen = self.get(principal, kind.name, record).await?;
        self.demand_administers(principal, kind)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(crate::comment::missing("reason"));
        }
        if reason.chars().count() > LONGEST {
            let problem = Problem::new(422, "invalid-fields", HOLD);
            let long = FieldProblem::new("reason", "text-too-long").with("limit", LONGEST);
            return Err(RegistryError::Refused(problem.at(long)));
        }
        let before = self.find(HOLD, hold_id(record)).await?;
        let is_held = match &before {
            Some(before) => standing(before)?.is_some(),
            None => false,
        };
        if is_held == held {
            let code = if held { "held-already" } else { "not-held" };
            return Err(RegistryError::refused(409, code, record.to_string()));
        }
        let body = json!({
            "kind": kind.name,
            "record": record.to_string(),
            "held": held,
            "reason": reason,
            "by": principal.name,
        });
        let now = self.store().context().now();
        let next = next(hold_id(record), before.as_ref(), seen.unit, now, body)?;
        let mut batch = self.batch(caller);
        let action = if held { "hold" } else { "let-go" };
        batch.put(HOLD, &next, action, &Map::new()).await?;
        // Whoever is erasing right now did not know of it: their write fails over this.
        batch.bump(EPOCH);
        batch.commit(record.to_string()).await?;
        Ok(())
    }
}
