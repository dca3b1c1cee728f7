//! The view as it stood: derived again from the versions that records had at an instant.
//!
//! Only what changed since is looked up: the audit names it, and each record is asked for the
//! version that it had. A past does not change any more, so a few are kept.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, PoisonError};

use registry::{Record, RegistryError};
use store::audit::{AuditEntry, AuditQuery};
use store::{Scope, Version};
use vocab::{Id, Instant};

use super::PlanView;
use super::build::Sources;
use super::observed::{CONSOLIDATED, Observed};
use crate::declarations::{INDICATOR, OBSERVATION, PLAN, PROJECT, TARGET};
use crate::error::PlanError;
use crate::plans::{Past, Plans};
use crate::records::ObservationBody;

/// So many pasts are kept.
const KEPT: usize = 4;
/// The most entries of the audit that are walked for one question.
const MOST: usize = 200_000;
const PAGE: usize = 500;

impl Plans {
    /// The consolidated figures and targets of the latest plan as they stood at the end of an
    /// instant; nothing where there was no plan yet.
    ///
    /// Refused with `too-much-changed` where more changed since than is looked through.
    pub async fn view_at(&self, at: Instant) -> Result<Past, PlanError> {
        let now = self.registry().store().context().now();
        let kept = || {
            let past = self.inner().past.lock();
            let past = past.unwrap_or_else(PoisonError::into_inner);
            past.iter()
                .find(|(known, _)| *known == at)
                .map(|(_, view)| view.clone())
        };
        if let Some(view) = kept() {
            return Ok(view);
        }
        let view = self.past(at).await?.map(Arc::new);
        // What lies ahead may still change.
        if at < now {
            let past = self.inner().past.lock();
            let mut past = past.unwrap_or_else(PoisonError::into_inner);
            if past.len() >= KEPT {
                past.remove(0);
            }
            past.push((at, view.clone()));
        }
        Ok(view)
    }

    async fn past(&self, at: Instant) -> Result<Option<PlanView>, PlanError> {
        let Some(mut sources) = self.sources().await? else {
            return Ok(None);
        };
        let plan = sources.plan.id;
        for kind in [PLAN, TARGET, PROJECT, INDICATOR] {
            let changed = self.changed_records(kind, None, at).await?;
            let mut before = Vec::new();
            for id in changed.keys() {
                before.extend(self.version_at(kind, *id, at).await?);
            }
            let records = match kind {
                PLAN => {
                    if changed.contains_key(&plan) {
                        let Some(then) = before.into_iter().find(|record| record.id == plan) else {
                            return Ok(None);
                        };
                        sources.plan = then;
                    }
                    continue;
                }
                TARGET => &mut sources.targets,
                PROJECT => &mut sources.projects,
                _ => &mut sources.indicators,
            };
            overlay(records, &changed, before, plan);
        }
        sources.observed = self.observed_at(&sources, at).await?;
        Ok(Some(self.made_of(sources).await?))
    }

    /// Two steps change what is consolidated: one into it, one out of it. A report whose first
    /// of them since was the step in was not consolidated before.
    async fn observed_at(
        &self,
        sources: &Sources,
        at: Instant,
    ) -> Result<Vec<Observed>, PlanError> {
        let mut first: BTreeMap<Id, (i64, bool)> = BTreeMap::new();
        for (action, is_in) in [("consolidate", true), ("send_back", false)] {
            for (id, version) in self.changed_records(OBSERVATION, Some(action), at).await? {
                let known = first.entry(id).or_insert((version, is_in));
                if version < known.0 {
                    *known = (version, is_in);
                }
            }
        }
        let mut observed = sources.observed.clone();
        observed.retain(|report| !first.contains_key(&report.id));
        for (id, (_, was_in)) in &first {
            if *was_in {
                continue;
            }
            let then = self.version_at(OBSERVATION, *id, at).await?;
            if let Some(record) = then.filter(|record| record.state == CONSOLIDATED) {
                let body: ObservationBody = record.read()?;
                observed.push(Observed::of(record.id, record.unit, record.at, &body));
            }
        }
        Ok(observed)
    }

    /// The records of a kind that changed after an instant, by this action if one is named,
    /// each with the first version that did.
    async fn changed_records(
        &self,
        kind: &str,
        action: Option<&str>,
        at: Instant,
    ) -> Result<BTreeMap<Id, i64>, PlanError> {
        let store = self.registry().store();
        let log = Scope::bypass("which records changed decides what was, not who asks");
        let mut query = AuditQuery {
            table: Some(kind.to_owned()),
            action: action.map(str::to_owned),
            from: Some(Instant::from_micros(at.as_micros().saturating_add(1))),
            limit: PAGE,
            ..AuditQuery::default()
        };
        let mut first = BTreeMap::new();
        let mut walked = 0;
        loop {
            let entries = store.audit_entries(&log, &query).await?;
            for entry in &entries {
                let version = first.entry(entry.record).or_insert(entry.version);
                *version = entry.version.min(*version);
            }
            walked += entries.len();
            if walked > MOST {
                let about = format!("changes of {kind} since {at}");
                return Err(RegistryError::refused(422, "too-much-changed", about).into());
            }
            if entries.len() < PAGE {
                return Ok(first);
            }
            query.before = entries.last().map(AuditEntry::place);
        }
    }

    /// A record as it stood; nothing where it was not there yet, or the law had it erased.
    async fn version_at(
        &self,
        kind: &str,
        id: Id,
        at: Instant,
    ) -> Result<Option<Record>, PlanError> {
        let scope = Scope::bypass("what was is derived by the program; who sees it is asked after");
        let version = self.registry().store().as_of(kind, &scope, id, at).await?;
        version.map(record_of).transpose().map(Option::flatten)
    }
}

/// Puts what was in the place of what is, for the records of this plan that changed.
fn overlay(records: &mut Vec<Record>, changed: &BTreeMap<Id, i64>, before: Vec<Record>, plan: Id) {
    let mut before: Vec<Record> = before
        .into_iter()
        .filter(|record| {
            let of = record.body.get("plan").and_then(|plan| plan.as_str());
            of.and_then(|of| of.parse::<Id>().ok()) == Some(plan)
        })
        .collect();
    let then: HashSet<Id> = before.iter().map(|record| record.id).collect();
    // In its place, so that the order of the annex stays.
    records.retain_mut(|record| {
        if !changed.contains_key(&record.id) {
            return true;
        }
        if !then.contains(&record.id) {
            return false;
        }
        let at = before.iter().position(|one| one.id == record.id);
        if let Some(at) = at {
            *record = before.swap_remove(at);
        }
        true
    });
    records.append(&mut before);
}

fn record_of(version: Version) -> Result<Option<Record>, PlanError> {
    let Some(body) = version.body else {
        return Ok(None);
    };
    let body = serde_json::from_str(&body)
        .map_err(|error| PlanError::Shape(format!("a version of {}: {error}", version.id)))?;
    Ok(Some(Record {
        id: version.id,
        version: version.version,
        unit: version.unit,
        state: version.state,
        author: None,
        at: version.at,
        body,
    }))
}
