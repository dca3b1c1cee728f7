//! The view as it stood: derived again from the versions that records had at an instant.
//!
//! Only what changed since is looked up: the audit names it, and each record is asked for the
//! version that it had. A past does not change any more, so a few are kept.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, PoisonError};

use registry::{Record, RegistryError};
use store::audit::{AuditEntry, AuditQuery};
use store::{Scope, Version};
use vocab::{Id, Instant};

use super::PlanView;
use super::observed::{CONSOLIDATED, Observed};
use super::reports::{grouped, kinds_of};
use crate::amendments::AMENDMENT;
use crate::declarations::{INDICATOR, OBSERVATION, PLAN, PROJECT, TARGET};
use crate::error::PlanError;
use crate::plans::{Past, Plans};

/// So many pasts are kept.
const KEPT: usize = 4;
/// The most entries of the audit that are walked for one question.
const MOST: usize = 20_000;
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
            return view;
        }
        // One derives a past at a time; whoever wants the same takes it.
        let _deriving = self.inner().deriving_past.lock().await;
        if let Some(view) = kept() {
            return view;
        }
        let view = match self.past(at).await {
            Ok(view) => Ok(view.map(Arc::new)),
            // More only ever comes to it.
            Err(PlanError::Registry(RegistryError::Refused(problem))) => {
                Err(PlanError::Registry(RegistryError::Refused(problem)))
            }
            Err(error) => return Err(error),
        };
        // What lies ahead may still change.
        if at < now {
            let past = self.inner().past.lock();
            let mut past = past.unwrap_or_else(PoisonError::into_inner);
            if past.len() >= KEPT {
                drop(past.remove(0));
            }
            past.push((at, view.clone()));
        }
        view
    }

    async fn past(&self, at: Instant) -> Result<Option<PlanView>, PlanError> {
        let Some(mut sources) = self.sources().await? else {
            return Ok(None);
        };
        let plan = sources.plan.id;
        for kind in [PLAN, TARGET, PROJECT, INDICATOR, AMENDMENT] {
            let changed = self.changed_records(kind, None, at).await?;
            let mut before = Vec::new();
            for id in &changed {
                before.extend(self.version_at(kind, *id, at).await?);
            }
            let records = match kind {
                PLAN => {
                    if changed.contains(&plan) {
                        let Some(then) = before.into_iter().find(|record| record.id == plan) else {
                            return Ok(None);
                        };
                        sources.plan = then;
                    }
                    continue;
                }
                TARGET => &mut sources.targets,
                PROJECT => &mut sources.projects,
                AMENDMENT => &mut sources.amendments,
                _ => &mut sources.indicators,
            };
            overlay(records, &changed, before, plan);
        }
        let observed = self.observed_at(at).await?;
        let reports = grouped(&observed, &kinds_of(&sources.indicators)?);
        let day = at.in_vietnam().date();
        Ok(Some(self.made_of(sources, reports, day).await?))
    }

    /// What was consolidated: of what is now, all that was not consolidated since; and what was
    /// sent back since, as it stood. Nothing else changes a consolidated report.
    async fn observed_at(&self, at: Instant) -> Result<Vec<Observed>, PlanError> {
        let back = self
            .changed_records(OBSERVATION, Some("send_back"), at)
            .await?;
        let mut observed = self.observed().await?;
        observed.retain(|report| report.at <= at && !back.contains(&report.id));
        for id in &back {
            let then = self.version_at(OBSERVATION, *id, at).await?;
            if let Some(record) = then.filter(|record| record.state == CONSOLIDATED) {
                observed.push(Observed::of(&record)?);
            }
        }
        Ok(observed)
    }

    /// The records of a kind that changed after an instant, by this action if one is named.
    async fn changed_records(
        &self,
        kind: &str,
        action: Option<&str>,
        at: Instant,
    ) -> Result<BTreeSet<Id>, PlanError> {
        let store = self.registry().store();
        let log = Scope::bypass("which records changed decides what was, not who asks");
        let mut query = AuditQuery {
            table: Some(kind.to_owned()),
            action: action.map(str::to_owned),
            from: Some(Instant::from_micros(at.as_micros().saturating_add(1))),
            limit: PAGE,
            ..AuditQuery::default()
        };
        let mut changed = BTreeSet::new();
        let mut walked = 0;
        loop {
            let entries = store.audit_entries(&log, &query).await?;
            changed.extend(entries.iter().map(|entry| entry.record));
            walked += entries.len();
            if walked > MOST {
                let about = format!("changes of {kind} since {at}");
                return Err(RegistryError::refused(422, "too-much-changed", about).into());
            }
            if entries.len() < PAGE {
                return Ok(changed);
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
fn overlay(records: &mut Vec<Record>, changed: &BTreeSet<Id>, before: Vec<Record>, plan: Id) {
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
        if !changed.contains(&record.id) {
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
