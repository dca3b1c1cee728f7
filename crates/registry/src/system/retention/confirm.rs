//! Whether a rule may begin. One that erases, and one that finds records due at once, waits until
//! somebody says so: a mistyped term must not cost thousands of records in one night, and somebody
//! must have answered for what cannot be undone.

use pack::declaration::RetentionEnd;
use serde::Deserialize;
use serde_json::{Map, json};
use store::{Scope, SinceQuery, StoreError};
use vocab::{Id, Instant};

use super::{EPOCH, RULE, Rule, everything, id_of, next};
use crate::system::kind::Kind;
use crate::{Caller, Record, Registry, RegistryError};

/// How many records are looked at in one question.
pub(super) const PAGE: usize = 1_000;

/// How a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was not looked at since it was declared: the next run does.
    New,
    /// It waits for somebody to confirm it; so many records were due when it was looked at.
    Awaits(u64),
    /// It is carried out.
    InForce,
}

#[derive(Deserialize)]
struct Body {
    rule: String,
    found: u64,
    confirmed: bool,
}

fn rule_id(kind: &Kind) -> Id {
    id_of("retention/rule", kind.name)
}

impl Registry {
    /// How the rule of a record type stands.
    pub async fn rule_stands(
        &self,
        kind: &Kind,
        rule: &Rule<'_>,
    ) -> Result<Standing, RegistryError> {
        Ok(self.rule_known(kind, rule).await?.0)
    }

    async fn rule_known(
        &self,
        kind: &Kind,
        rule: &Rule<'_>,
    ) -> Result<(Standing, Option<Record>), RegistryError> {
        let Some(known) = self.find(RULE, rule_id(kind)).await? else {
            return Ok((Standing::New, None));
        };
        let body: Body = known.read()?;
        let standing = match body.confirmed {
            _ if body.rule != rule.text => Standing::New,
            true => Standing::InForce,
            false => Standing::Awaits(body.found),
        };
        Ok((standing, Some(known)))
    }

    /// Looks at a rule that is new: it begins by itself where nothing is due yet and nothing is
    /// ever erased by it.
    pub(super) async fn begin_rule(
        &self,
        caller: &Caller,
        kind: &Kind,
        rule: &Rule<'_>,
    ) -> Result<Standing, RegistryError> {
        let (standing, before) = self.rule_known(kind, rule).await?;
        if standing != Standing::New {
            return Ok(standing);
        }
        let now = self.store().context().now();
        let found = self.count_due(kind, rule, &everything(), now).await?;
        let begins = found == 0 && rule.then == RetentionEnd::Archive;
        let standing = if begins {
            Standing::InForce
        } else {
            Standing::Awaits(found)
        };
        let body = json!({
            "kind": kind.name,
            "rule": rule.text,
            "found": found,
            "confirmed": begins,
        });
        let noted = next(rule_id(kind), before.as_ref(), Id::NIL, now, body)?;
        let mut batch = self.batch(caller);
        batch.put(RULE, &noted, "begin", &Map::new()).await?;
        match batch.commit(String::new()).await {
            Ok(_) => Ok(standing),
            // Another process looked at the same time.
            Err(error) if is_meanwhile(&error) => self.rule_stands(kind, rule).await,
            Err(error) => Err(error),
        }
    }

    /// Says that a rule may begin which waits for that.
    pub async fn confirm_retention(
        &self,
        caller: &Caller,
        kind: &Kind,
    ) -> Result<(), RegistryError> {
        if self.answered(caller).await?.is_some() {
            return Ok(());
        }
        self.demand_administers(&caller.principal, kind)?;
        let systems = self.systems().clone();
        let rule = Rule::of(&systems.record(kind).declared);
        let nothing = || RegistryError::refused(409, "retention-begun", kind.name);
        let rule = rule.ok_or_else(nothing)?;
        let (standing, before) = self.rule_known(kind, &rule).await?;
        let (Standing::Awaits(found), Some(before)) = (standing, before) else {
            return Err(nothing());
        };
        let body = json!({
            "kind": kind.name,
            "rule": rule.text,
            "found": found,
            "confirmed": true,
            "by": caller.principal.name,
        });
        let now = self.store().context().now();
        let noted = next(before.id, Some(&before), Id::NIL, now, body)?;
        let mut batch = self.batch(caller);
        batch.put(RULE, &noted, "confirm", &Map::new()).await?;
        batch.bump(EPOCH);
        batch.commit(kind.name.to_owned()).await?;
        Ok(())
    }

    /// Confirms every rule that waits, in the program's own name; whether there was one.
    pub(crate) async fn confirm_all_retention(&self) -> Result<bool, RegistryError> {
        let request = self.store().context().new_id();
        let caller = Caller::new(directory::Principal::system(), "job", request);
        let systems = self.systems().clone();
        let mut confirmed = false;
        for kind in systems.kinds() {
            let Some(rule) = Rule::of(&systems.record(kind).declared) else {
                continue;
            };
            if let Standing::Awaits(_) = self.rule_stands(kind, &rule).await? {
                self.confirm_retention(&caller, kind).await?;
                confirmed = true;
            }
        }
        Ok(confirmed)
    }

    /// How many records a rule concerns by an instant, of those that a scope reaches.
    pub(crate) async fn count_due(
        &self,
        kind: &Kind,
        rule: &Rule<'_>,
        scope: &Scope,
        by: Instant,
    ) -> Result<u64, RegistryError> {
        let mut count = 0;
        for state in rule.after {
            let mut after = Id::NIL;
            loop {
                let query = SinceQuery {
                    table: kind.name,
                    scope,
                    state: &state.text,
                    empty: mark_column(kind, rule),
                    after,
                    limit: PAGE,
                };
                let page = self.store().standing_since(&query).await?;
                let due = page.iter().filter(|one| {
                    let due = rule.due(one.since, self.calendar());
                    due.is_some_and(|due| due <= by)
                });
                count += due.count() as u64;
                match page.last() {
                    Some(last) if page.len() == PAGE => after = last.id,
                    _ => break,
                }
            }
        }
        Ok(count)
    }
}

/// The column that is empty where a rule was not carried out yet.
pub(super) fn mark_column(kind: &Kind, rule: &Rule<'_>) -> Option<&'static str> {
    match rule.then {
        RetentionEnd::Archive => kind.column(super::ARCHIVED),
        RetentionEnd::ErasePersonal => kind.column(super::ERASED),
        RetentionEnd::Erase => None,
    }
}

/// Whether somebody else wrote the same meanwhile.
pub(super) fn is_meanwhile(error: &RegistryError) -> bool {
    matches!(
        error,
        RegistryError::Conflict { .. }
            | RegistryError::Store(
                StoreError::Conflict { .. }
                    | StoreError::Duplicate { .. }
                    | StoreError::StaleEpoch { .. }
            )
    )
}
