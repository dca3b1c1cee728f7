//! The changes that a text of the amended annex makes: its rows held against what the plan says
//! on the day from which it holds, by the same matching that an import uses.

use jiff::civil::Date;
use registry::Caller;
use vocab::Id;

use super::terms::{Amends, MeasureTerms, TargetAmended, Terms};
use super::{Amendment, AmendmentBody};
use crate::error::PlanError;
use crate::import::{self, Target};
use crate::loading::{RowsFound, rows_found};
use crate::measures;
use crate::plans::Plans;
use crate::records::TargetBody;
use crate::view::PlanView;

impl Plans {
    /// Puts into a draft what a text of the annex changes: targets that it says otherwise or
    /// adds and, if it is the `whole` annex, those that it does without. Rows that could not be
    /// read drop nothing.
    pub async fn amend_by_text(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        file: &[u8],
        whole: bool,
    ) -> Result<Amendment, PlanError> {
        let known = self.draft_at(by, id, version).await?;
        let changes = self.changes_of_text(&known.body, file, whole).await?;
        self.put_changes(by, &known, changes).await
    }

    async fn changes_of_text(
        &self,
        amendment: &AmendmentBody,
        file: &[u8],
        whole: bool,
    ) -> Result<Vec<TargetAmended>, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let view = view.in_force_on(amendment.from);
        let names = self.known_names().await?;
        let (bytes, table) = (file.to_vec(), names.table.clone());
        // Unpacking and parsing take their time: not in the threads that answer requests.
        let read = tokio::task::spawn_blocking(move || import::read_file_with(&bytes, &table));
        let read = read
            .await
            .map_err(|error| PlanError::Shape(format!("reading an amended annex: {error}")))??;
        let targets = &view.targets;
        let known: Vec<(Id, TargetBody)> = targets
            .iter()
            .map(|target| (target.id, target.body.clone()))
            .collect();
        let RowsFound { rows, unread } = rows_found(&read.plan, &names.among(&view.units), &known);
        let mut changes = Vec::new();
        for (target, (id, body)) in read.plan.targets.iter().zip(&rows) {
            let before = in_force(&view, *id, amendment.from);
            let fresh = || self.registry().store().context().new_id();
            let now = said(&view, target, body, before.as_ref(), fresh);
            match before {
                Some(before) if before == now => {}
                Some(before) => changes.push(TargetAmended {
                    target: *id,
                    what: Amends::Changes,
                    before: Some(before),
                    now: Some(now),
                }),
                None => changes.push(TargetAmended {
                    // The same text read again adds nothing twice.
                    target: drafted(amendment, now.number).unwrap_or_else(fresh),
                    what: Amends::Adds,
                    before: None,
                    now: Some(now),
                }),
            }
        }
        if whole && !unread {
            let gone = targets
                .iter()
                .filter(|target| !rows.iter().any(|(id, _)| *id == target.id));
            changes.extend(gone.filter_map(|target| {
                let before = in_force(&view, target.id, amendment.from)?;
                Some(TargetAmended {
                    target: target.id,
                    what: Amends::Drops,
                    before: Some(before),
                    now: None,
                })
            }));
        }
        Ok(changes)
    }
}

fn in_force(view: &PlanView, target: Id, day: Date) -> Option<Terms> {
    super::draft::terms_on(view, target, day)
}

/// The target that the draft adds under a number already.
fn drafted(amendment: &AmendmentBody, number: u16) -> Option<Id> {
    let adds = |change: &&TargetAmended| change.what == Amends::Adds && change.number() == number;
    amendment
        .changes
        .iter()
        .find(adds)
        .map(|change| change.target)
}

/// What a row says of a target. What an excerpt leaves out is as it was.
fn said(
    view: &PlanView,
    read: &Target,
    body: &TargetBody,
    before: Option<&Terms>,
    fresh: impl Fn() -> Id,
) -> Terms {
    let proposed = measures::of_target(view.id, Id::NIL, read, None, None);
    let proposed: Vec<MeasureTerms> = proposed
        .iter()
        .map(|(body, _)| MeasureTerms::of(Id::NIL, body))
        .collect();
    let new = || {
        let new = proposed.iter().cloned();
        new.map(|measure| MeasureTerms {
            indicator: fresh(),
            ..measure
        })
        .collect()
    };
    let mut now = Terms::of(body, Vec::new());
    let Some(before) = before else {
        now.measures = new();
        return now;
    };
    if now.group.is_empty() {
        now.group.clone_from(&before.group);
    }
    if now.partners.is_empty() {
        now.partners.clone_from(&before.partners);
    }
    if now.leads.is_empty() {
        now.leads.clone_from(&before.leads);
    }
    if now.legal_bases.is_empty() {
        now.legal_bases.clone_from(&before.legal_bases);
    }
    now.due = now.due.or_else(|| before.due.clone());
    now.measures = if now.goal == before.goal {
        before.measures.clone()
    } else {
        goals(before, &proposed)
    };
    now
}

/// What is asked of each measure by other goals: where they are as many, of the same kinds, and
/// say a figure. Otherwise what is asked stands until a person says it in the draft.
fn goals(before: &Terms, proposed: &[MeasureTerms]) -> Vec<MeasureTerms> {
    let known = &before.measures;
    let pairs = || known.iter().zip(proposed);
    let same = known.len() == proposed.len()
        && pairs().all(|(known, new)| known.measure.kind == new.measure.kind);
    if !same {
        return known.clone();
    }
    let measures = pairs().map(|(known, new)| MeasureTerms {
        goal: new.goal.clone(),
        measure: new.measure.clone(),
        ..known.clone()
    });
    measures.collect()
}
