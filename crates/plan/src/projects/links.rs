//! Which targets a project serves: a person says so; what is like in its words is only offered.

use std::collections::BTreeSet;

use registry::{Caller, Draft, Record, RegistryError};
use serde::{Deserialize, Serialize};
use vocab::fold::fold;
use vocab::{FieldProblem, Id};

use super::write::{invalid, known_project};
use super::{PROJECT_TARGETS, owner};
use crate::error::PlanError;
use crate::plans::{Plans, identity};
use crate::records::to_map;
use crate::view::{PlanView, ProjectView};

/// The most targets that one project serves.
const MOST: usize = 60;
/// How many words two names must share before one is offered for the other.
const SHARED: usize = 3;
/// How many are offered.
const OFFERED: usize = 8;
/// Words that every other row has, folded.
const COMMON: [&str; 24] = [
    "so", "tinh", "vinh", "long", "cua", "cac", "va", "cho", "tren", "dia", "ban", "huyen",
    "thanh", "pho", "nam", "theo", "cong", "nghe", "thong", "tin", "chuyen", "doi", "trien",
    "khai",
];

/// Which targets a project serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Linked {
    pub plan: Id,
    pub project: Id,
    pub targets: Vec<Id>,
}

/// A target whose words are like those of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The target.
    pub target: Id,
    /// The words that they share.
    pub shared: Vec<String>,
}

/// The targets that share most words with a project, most alike first. A person decides.
fn proposals(view: &PlanView, project: &ProjectView) -> Vec<Proposal> {
    let own = words(&project.body.name);
    let mut found: Vec<Proposal> = view
        .targets
        .iter()
        .filter_map(|target| {
            let theirs = words(&format!("{} {}", target.body.name, target.body.goal));
            let shared: Vec<String> = own.intersection(&theirs).cloned().collect();
            (shared.len() >= SHARED).then_some(Proposal {
                target: target.id,
                shared,
            })
        })
        .collect();
    found.sort_by_key(|proposal| std::cmp::Reverse(proposal.shared.len()));
    found.truncate(OFFERED);
    found
}

fn words(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let words = folded.split(' ');
    words
        .filter(|word| word.len() > 1 && !COMMON.contains(word))
        .map(str::to_owned)
        .collect()
}

impl Plans {
    /// The targets that a project serves, and the version that says so; 0 where nobody said.
    pub async fn project_targets(&self, project: Id) -> Result<(i64, Vec<Id>), PlanError> {
        let known = self.linked(project).await?;
        Ok(known.map_or((0, Vec::new()), |(record, linked)| {
            (record.version, linked.targets)
        }))
    }

    /// The targets whose words are like those of a project.
    pub fn target_proposals(&self, view: &PlanView, project: &ProjectView) -> Vec<Proposal> {
        proposals(view, project)
    }

    /// Says which targets a project serves, in place of what was said. `version` is the one that
    /// was read.
    pub async fn link_targets(
        &self,
        by: &Caller,
        project: Id,
        version: i64,
        mut targets: Vec<Id>,
    ) -> Result<(), PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let of = known_project(&view, project)?;
        let Some(unit) = owner(&view, of) else {
            let about = format!("the targets of project {}", of.body.code);
            return Err(RegistryError::refused(422, "project-owner-unknown", about).into());
        };
        targets.sort_unstable();
        targets.dedup();
        let unknown = |id: &Id| view.target_by_id(*id).is_none();
        if targets.len() > MOST || targets.iter().any(unknown) {
            let wrong = FieldProblem::new("targets", "choice-unknown");
            return Err(invalid("the targets of a project", vec![wrong]));
        }
        let known = self.linked(project).await?;
        let body = Linked {
            plan: view.id,
            project,
            targets,
        };
        let mut batch = self.registry().batch(by);
        match known {
            Some((record, linked)) => {
                if record.version != version {
                    return Err(RegistryError::Conflict {
                        kind: PROJECT_TARGETS.to_owned(),
                        expected: version,
                        current: Box::new(record),
                    }
                    .into());
                }
                if linked == body {
                    return Ok(());
                }
                let body = to_map("the targets of a project", &body)?;
                batch.edit(PROJECT_TARGETS, &record, body).await?;
            }
            None => {
                batch
                    .create(Draft {
                        kind: PROJECT_TARGETS,
                        id: Some(identity(&format!("project-targets/{project}"))),
                        unit,
                        body: to_map("the targets of a project", &body)?,
                    })
                    .await?;
            }
        }
        batch.commit(String::new()).await?;
        Ok(())
    }

    pub(super) async fn linked(&self, project: Id) -> Result<Option<(Record, Linked)>, PlanError> {
        let id = identity(&format!("project-targets/{project}"));
        let Some(record) = self.registry().find(PROJECT_TARGETS, id).await? else {
            return Ok(None);
        };
        let linked = record.read()?;
        Ok(Some((record, linked)))
    }
}
