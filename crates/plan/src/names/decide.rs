//! A person says whom a name means, and the plan is read again with that.

use registry::{Caller, Draft, RegistryError};
use vocab::{FieldProblem, Problem};

use super::{Meaning, NameBody, kept_under};
use crate::declarations::{BODY_NAME, LONGEST_NAME};
use crate::error::PlanError;
use crate::import::words::key;
use crate::loading::ImportReport;
use crate::plans::{Plans, identity};
use crate::records::to_map;

/// What a person says of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameDecision {
    /// The name as the document writes it.
    pub written: String,
    /// The version of the decision before that was read; 0 if there was none.
    pub version: i64,
    /// Whom it means. [`Meaning::Undecided`] takes back what was decided.
    pub means: Meaning,
}

impl Plans {
    /// Remembers whom a name means and reads the latest plan again with that: both or neither.
    /// Every later import understands the name so. Refused with `invalid-fields` where the
    /// unit, the set or the outside body is none.
    pub async fn decide_name(
        &self,
        by: &Caller,
        decision: NameDecision,
    ) -> Result<Option<ImportReport>, PlanError> {
        let words = key(&decision.written);
        self.check(&words, &decision).await?;
        let mut meanings = self.meanings().await?;
        meanings.insert(words.clone(), decision.means.clone());
        if decision.means == Meaning::Undecided {
            meanings.remove(&words);
        }
        let kept = kept_under(&words);
        let body = NameBody {
            key: kept.clone(),
            written: decision.written,
            means: decision.means,
        };
        let body = to_map("a name", &body)?;
        let known = self
            .registry()
            .find_by(BODY_NAME, "key", kept.as_str())
            .await?;
        let mut batch = self.registry().batch(by);
        match known {
            Some(known) if known.version != decision.version => {
                return Err(RegistryError::Conflict {
                    kind: BODY_NAME.to_owned(),
                    expected: decision.version,
                    current: Box::new(known),
                }
                .into());
            }
            Some(known) => {
                batch.edit(BODY_NAME, &known, body).await?;
            }
            None => {
                let draft = Draft {
                    kind: BODY_NAME,
                    id: Some(identity(&format!("name/{kept}"))),
                    unit: directory::province(),
                    body,
                };
                batch.create(draft).await?;
            }
        }
        self.read_again(batch, &meanings).await
    }

    async fn check(&self, words: &str, decision: &NameDecision) -> Result<(), PlanError> {
        let at = |field: &str, code: &str| Some(FieldProblem::new(field, code));
        let units = self.registry().directory().units().await?;
        let wrong = if words.is_empty() {
            at("written", "field-required")
        } else if decision.written.chars().count() > LONGEST_NAME {
            at("written", "text-too-long").map(|wrong| wrong.with("limit", LONGEST_NAME))
        } else {
            match &decision.means {
                Meaning::Unit(id) => match self.plan_units().await? {
                    // The unit stood when the plan was decided, or stands now.
                    Some(then) if then.get(*id).is_some() => None,
                    _ if units.get(*id).is_some() => None,
                    _ => at("means", "name-unit-unknown"),
                },
                Meaning::Group(key) => {
                    let known = |tree: &directory::UnitTree| {
                        tree.groups().iter().any(|group| &group.key == key)
                    };
                    let then = self.plan_units().await?;
                    let found = known(&units) || then.is_some_and(|then| known(&then));
                    (!found).then(|| at("means", "name-unit-unknown")).flatten()
                }
                Meaning::Outside(name) if name.trim().is_empty() => at("outside", "field-required"),
                Meaning::Outside(name) if name.chars().count() > LONGEST_NAME => {
                    at("outside", "text-too-long").map(|wrong| wrong.with("limit", LONGEST_NAME))
                }
                Meaning::Outside(name) if name.chars().any(char::is_control) => {
                    at("outside", "text-control")
                }
                Meaning::Outside(_) | Meaning::Undecided => None,
            }
        };
        let Some(wrong) = wrong else { return Ok(()) };
        let problem = Problem::new(422, "invalid-fields", "deciding whom a name means");
        Err(RegistryError::Refused(problem.at(wrong)).into())
    }
}
