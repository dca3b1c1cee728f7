//! Taking a later document into force, and taking that back.

use registry::{Caller, Draft, RegistryError, Taken};
use vocab::{Id, Problem};

use super::draft::terms_on;
use super::terms::{Amends, MeasureTerms, TargetAmended, Terms};
use super::{AMENDMENT, Amendment, AmendmentBody, states};
use crate::declarations::{INDICATOR, TARGET};
use crate::error::PlanError;
use crate::measures::Origin;
use crate::plans::{EPOCH, Plans};
use crate::records::{IndicatorBody, TargetBody, to_map};
use crate::view::PlanView;

impl Plans {
    /// Takes a later document into force from its day on. `version` is the one that was read.
    ///
    /// Refused with `amendment-empty` where it changes nothing, and with
    /// `amendment-terms-changed` where the plan does not say any more what the draft found:
    /// `numbers` names the targets to look at again.
    pub async fn record_amendment(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
    ) -> Result<Amendment, PlanError> {
        if self.registry().answered(by).await?.is_some() {
            return self.amendment(&by.principal, id).await;
        }
        let known = self.draft_at(by, id, version).await?;
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let changes = &known.body.changes;
        if changes.is_empty() {
            let about = "an amendment that changes nothing";
            return Err(RegistryError::refused(422, "amendment-empty", about).into());
        }
        let stale: Vec<String> = changes
            .iter()
            .filter(|change| is_stale(&view, &known, change))
            .map(|change| change.number().to_string())
            .collect();
        if !stale.is_empty() {
            let problem = Problem::new(409, "amendment-terms-changed", "recording an amendment");
            return Err(RegistryError::Refused(problem.with("numbers", stale.join(", "))).into());
        }
        let now = self.registry().store().context().now();
        let body = AmendmentBody {
            recorded: Some(now.as_micros()),
            ..known.body.clone()
        };
        let mut batch = self.registry().batch(by);
        let taken = Taken {
            body: Some(to_map("an amendment", &body)?),
            ..Taken::default()
        };
        let record = batch
            .step_as(AMENDMENT, &known.record, "record", taken)
            .await?;
        for draft in added(&view, id, &body)? {
            batch.create(draft).await?;
        }
        batch.bump(EPOCH);
        let recorded = self.done(by, batch, record).await?;
        self.stale();
        Ok(recorded)
    }

    /// Takes an amendment back, with a reason: nothing follows from it any more.
    pub async fn withdraw_amendment(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        reason: &str,
    ) -> Result<Amendment, PlanError> {
        if self.registry().answered(by).await?.is_some() {
            return self.amendment(&by.principal, id).await;
        }
        let known = self.draft_at(by, id, version).await?;
        let mut batch = self.registry().batch(by);
        let record = batch
            .step(AMENDMENT, &known.record, "withdraw", Some(reason))
            .await?;
        let counted = known.record.state == states::RECORDED;
        if counted {
            batch.bump(EPOCH);
        }
        let withdrawn = self.done(by, batch, record).await?;
        if counted {
            self.stale();
        }
        Ok(withdrawn)
    }
}

/// Whether the plan says something else of a target now than the draft found.
fn is_stale(view: &PlanView, amendment: &Amendment, change: &TargetAmended) -> bool {
    let stands = terms_on(view, change.target, amendment.body.from);
    stands != change.before
}

/// The records of what the amendment puts into the plan.
fn added(view: &PlanView, amendment: Id, body: &AmendmentBody) -> Result<Vec<Draft>, PlanError> {
    let mut drafts = Vec::new();
    for change in &body.changes {
        let Some(now) = &change.now else { continue };
        let key = format!("{amendment}#{}", change.target);
        if change.what == Amends::Adds && view.target_by_id(change.target).is_none() {
            let target = target_body(view, amendment, now, key.clone());
            drafts.push(Draft {
                kind: TARGET,
                id: Some(change.target),
                unit: directory::province(),
                body: to_map("a target", &target)?,
            });
        }
        for (place, measure) in (0..).zip(&now.measures) {
            if view.indicator(measure.indicator).is_some() {
                continue;
            }
            let indicator = indicator_body(view, amendment, change.target, measure, place);
            drafts.push(Draft {
                kind: INDICATOR,
                id: Some(measure.indicator),
                unit: directory::province(),
                body: to_map("a measure", &indicator)?,
            });
        }
    }
    Ok(drafts)
}

fn target_body(view: &PlanView, amendment: Id, now: &Terms, key: String) -> TargetBody {
    TargetBody {
        plan: view.id,
        key,
        number: now.number,
        group: now.group.clone(),
        // It stands in no line of the plan's own text: its heading's is the nearest.
        line: view
            .body
            .groups
            .iter()
            .find(|group| group.code == now.group)
            .map_or(1, |group| group.line),
        name: now.name.clone(),
        goal: now.goal.clone(),
        leads: now.leads.clone(),
        partners: now.partners.clone(),
        legal_bases: now.legal_bases.clone(),
        published: None,
        due: now.due.clone(),
        retired: None,
        ordered_by: Some(amendment),
    }
}

fn indicator_body(
    view: &PlanView,
    amendment: Id,
    target: Id,
    measure: &MeasureTerms,
    place: u32,
) -> IndicatorBody {
    IndicatorBody {
        plan: view.id,
        target,
        key: format!("{amendment}#{}", measure.indicator),
        // After those of the plan's own text.
        place: 900_000 + place,
        name: measure.name.clone(),
        measure: measure.measure.clone(),
        measure_unit: measure.unit.clone(),
        goal: measure.goal.clone(),
        also: Vec::new(),
        counts: None,
        among: None,
        reason: None,
        doubts: Vec::new(),
        started: None,
        origin: Origin::Proposed,
        due: measure.due,
        baseline: None,
        retired: false,
        ordered_by: Some(amendment),
    }
}
