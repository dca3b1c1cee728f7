//! A person says what a measure is computed from.

use registry::system::figures::Source;
use registry::{Caller, Draft, RegistryError};
use vocab::{FieldProblem, Id, Problem};

use super::offer::suits;
use super::{Covers, FeedBody};
use crate::declarations::FEED;
use crate::error::PlanError;
use crate::plans::{EPOCH, Plans, identity};
use crate::records::to_map;

/// What a person says of a measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The measure.
    pub indicator: Id,
    /// The version of its tie that was read; 0 if there was none.
    pub version: i64,
    /// The indicator of a system, `pack/record/indicator`; none takes the tie off.
    pub source: Option<String>,
    /// Whose records are counted.
    pub covers: Covers,
}

impl Plans {
    /// Ties a measure to an indicator of a system, or takes the tie off. Reports that were begun
    /// keep what was computed for them. Refused with `invalid-fields` where there is no such
    /// indicator (`source`: `feed-unknown`), it says not that it feeds the plan (`feed-closed`),
    /// or it is no figure of the measure's kind (`feed-unsuited`).
    pub async fn tie(&self, by: &Caller, tie: Tie) -> Result<(), PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let nothing = || RegistryError::NotFound {
            kind: crate::INDICATOR.to_owned(),
            id: tie.indicator,
        };
        let (_, measure) = view.indicator(tie.indicator).ok_or_else(nothing)?;
        if let Some(key) = &tie.source {
            let systems = self.registry().systems().clone();
            let kind = measure.body.measure.kind;
            let wrong = match systems.indicator(key) {
                None => Some("feed-unknown"),
                Some(source) if !Source::feeds(&source) => Some("feed-closed"),
                Some(source) if !suits(*source.declared.function, kind) => Some("feed-unsuited"),
                Some(_) => None,
            };
            if let Some(code) = wrong {
                let problem = Problem::new(422, "invalid-fields", "tying a measure");
                let problem = problem.at(FieldProblem::new("source", code));
                return Err(RegistryError::Refused(problem).into());
            }
        }
        let body = FeedBody {
            key: tie.indicator.to_string(),
            source: tie.source,
            covers: tie.covers,
        };
        let known = self
            .registry()
            .find_by(FEED, "key", body.key.as_str())
            .await?;
        let body = to_map("a tie", &body)?;
        let mut batch = self.registry().batch(by);
        match known {
            Some(known) if known.version != tie.version => {
                return Err(RegistryError::Conflict {
                    kind: FEED.to_owned(),
                    expected: tie.version,
                    current: Box::new(known),
                }
                .into());
            }
            Some(known) => {
                batch.edit(FEED, &known, body).await?;
            }
            None => {
                let draft = Draft {
                    kind: FEED,
                    id: Some(identity(&format!("feed/{}", tie.indicator))),
                    unit: directory::province(),
                    body,
                };
                batch.create(draft).await?;
            }
        }
        // Public pages say what a figure is computed from.
        batch.bump(EPOCH);
        batch.commit(String::new()).await?;
        self.stale();
        Ok(())
    }
}
