//! What a partner says of a figure that it was asked about.

use registry::{Caller, Evidence, RegistryError, Taken, unprintable};
use vocab::{FieldProblem, Id, Problem};

use super::{Given, LONGEST, MOST_FILES, OPINION, OPINION_ROUND, Opinion, Stance, states, told};
use crate::error::PlanError;
use crate::notices;
use crate::plans::Plans;
use crate::records::to_map;

/// How often an answer is tried again when other partners answer at the same moment.
const TRIES: usize = 5;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpinionAnswer {
    /// What the partner thinks.
    pub stance: Stance,
    /// What it says about it.
    pub said: String,
    /// The files behind it.
    pub files: Vec<Evidence>,
}

impl Plans {
    /// Gives an opinion, or changes it as long as the asking is open. `version` is that of the
    /// opinion as it was read.
    ///
    /// Fields: `said`, `files`. Refused with `opinions-closed` once the asking is closed.
    pub async fn give_opinion(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        answer: &OpinionAnswer,
    ) -> Result<Opinion, PlanError> {
        let mut tries = 0;
        loop {
            if self.registry().answered(by).await?.is_some() {
                return self.opinion(&by.principal, id).await;
            }
            tries += 1;
            match self.give_once(by, id, version, answer).await {
                Err(PlanError::Registry(RegistryError::Conflict { kind, .. }))
                    if kind == OPINION_ROUND && tries < TRIES => {}
                done => return done,
            }
        }
    }

    async fn give_once(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        answer: &OpinionAnswer,
    ) -> Result<Opinion, PlanError> {
        let known = self.opinion_at(&by.principal, id, version).await?;
        if known.record.state == states::CLOSED {
            let about = format!("answering the closed opinion {id}");
            return Err(RegistryError::refused(409, "opinions-closed", about).into());
        }
        let given = Given {
            stance: answer.stance,
            said: answer.said.trim().to_owned(),
            files: answer.files.clone(),
            figure: known.body.figure,
            person: by.principal.name.clone(),
            account: by.principal.account.unwrap_or(Id::NIL),
            at: self.registry().store().context().now().as_micros(),
        };
        let mut body = known.body.clone();
        body.files.clone_from(&given.files);
        body.given = Some(given.clone());
        let mut batch = self.registry().batch(by);
        let taken = Taken {
            body: Some(to_map("an opinion", &body)?),
            ..Taken::default()
        };
        // Whoever may not answer is told so, whatever they would say.
        let stepped = batch.step_as(OPINION, &known.record, "answer", taken).await;
        let is_denied =
            matches!(&stepped, Err(RegistryError::Refused(problem)) if problem.status == 403);
        if !is_denied {
            check(answer)?;
        }
        stepped?;
        let round = self.round_of(known.body.observation).await?;
        let round = round.ok_or_else(|| RegistryError::NotFound {
            kind: OPINION_ROUND.to_owned(),
            id: known.body.observation,
        })?;
        let mut asking = round.body.clone();
        if let Some(heard) = asking.asked.iter_mut().find(|heard| heard.opinion == id) {
            heard.waits = false;
            heard.given = Some(given);
        }
        asking.gather_files();
        let asking = to_map("an asking for opinions", &asking)?;
        let record = batch
            .note(OPINION_ROUND, &round.record, asking, "answer")
            .await?;
        batch.enqueue(notices::job(round.body.by.account, &record, told::GIVEN)?);
        batch.commit(id.to_string()).await?;
        self.opinion(&by.principal, id).await
    }
}

fn check(answer: &OpinionAnswer) -> Result<(), PlanError> {
    let mut wrong = Vec::new();
    if answer.stance.needs_words() && answer.said.trim().is_empty() {
        wrong.push(FieldProblem::new("said", "opinions-words"));
    } else if answer.said.chars().count() > LONGEST {
        let long = FieldProblem::new("said", "text-too-long");
        wrong.push(long.with("limit", LONGEST));
    } else if answer.said.chars().any(unprintable) {
        wrong.push(FieldProblem::new("said", "text-control"));
    }
    if answer.files.len() > MOST_FILES {
        let many = FieldProblem::new("files", "opinions-files");
        wrong.push(many.with("limit", MOST_FILES));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let mut problem = Problem::new(422, "invalid-fields", "an opinion");
    problem.fields = wrong;
    Err(RegistryError::Refused(problem).into())
}
