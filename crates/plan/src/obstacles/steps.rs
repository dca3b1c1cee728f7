//! Moving an obstacle on: within the unit, and at whoever is asked.

use directory::Role;
use jiff::civil::Date;
use registry::{Batch, Caller, Draft, Record, RegistryError, Taken};
use vocab::calendar::end_of_day;
use vocab::{FieldProblem, Id, Problem};

use super::told;
use super::{
    ASK, Ask, AskBody, Asked, LONGEST, OBSTACLE, Obstacle, ObstacleBody, Outcome, Rung,
    shipped_terms,
};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;

/// A step that the unit takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObstacleStep {
    /// To the head of the unit.
    Submit,
    /// To whoever is asked.
    Send,
    /// Back to the officer, with a reason.
    SendBack(String),
    /// The answer solves it.
    Solve,
    /// It does not, or no longer: whoever answered is asked again, with a reason.
    Reopen(String),
    /// It is not sent at all, with a reason.
    Discard(String),
}

/// A step that whoever is asked takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskStep {
    /// What is decided.
    Answer(Answer),
    /// To the next rung, with a reason.
    Escalate(String),
}

/// What is decided, and by when it is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What is decided.
    pub said: String,
    /// By when it is to be done.
    pub by: Option<Date>,
}

impl ObstacleStep {
    /// Its name in the lifecycle.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Send => "send",
            Self::SendBack(_) => "send_back",
            Self::Solve => "solve",
            Self::Reopen(_) => "reopen",
            Self::Discard(_) => "discard",
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::SendBack(reason) | Self::Reopen(reason) | Self::Discard(reason) => Some(reason),
            _ => None,
        }
    }
}

impl Plans {
    /// Takes a step of the unit. `version` is the one that was read.
    pub async fn step_obstacle(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        step: &ObstacleStep,
    ) -> Result<Obstacle, PlanError> {
        if self.registry().answered(by).await?.is_some() {
            return self.obstacle(&by.principal, id).await;
        }
        let known = self.obstacle_at(by, id, version).await?;
        let days = shipped_terms()?.days;
        let mut batch = self.registry().batch(by);
        let mut body = known.body.clone();
        let asked = match step {
            ObstacleStep::Send => Some(self.asked(&known.body, known.record.unit, None).await?),
            ObstacleStep::Reopen(_) => {
                let last = known.body.last().map(|last| last.rung);
                Some(self.asked(&known.body, known.record.unit, last).await?)
            }
            _ => None,
        };
        body.rungs.extend(asked.clone());
        if matches!(step, ObstacleStep::Solve) {
            body.solved_on = Some(self.today());
        } else {
            body.solved_on = None;
        }
        let taken = Taken {
            reason: step.reason(),
            body: Some(to_map("an obstacle", &body)?),
            within: false,
        };
        let record = batch
            .step_as(OBSTACLE, &known.record, step.name(), taken)
            .await?;
        match step {
            ObstacleStep::Submit => {
                self.give(&mut batch, &record, "send", Role::Head, days.send)
                    .await?;
            }
            ObstacleStep::SendBack(_) => {
                self.give(&mut batch, &record, "correct", Role::Officer, days.correct)
                    .await?;
            }
            _ => {}
        }
        if let Some(asked) = asked {
            self.ask(&mut batch, &record, &body, &asked).await?;
        }
        if matches!(step, ObstacleStep::SendBack(_))
            && let Some(author) = known.record.author
        {
            batch.enqueue(told::job(author, &record, told::SENT_BACK)?);
        }
        batch.commit(record.id.to_string()).await?;
        self.obstacle(&by.principal, id).await
    }

    /// Takes a step of whoever is asked. `version` is the one that was read. Gives the question
    /// as it stands then.
    ///
    /// Fields: `said`, `by`. Refused with `obstacle-highest` where nobody stands higher.
    pub async fn step_ask(
        &self,
        by: &Caller,
        id: Id,
        version: i64,
        step: &AskStep,
    ) -> Result<Ask, PlanError> {
        if self.registry().answered(by).await?.is_some() {
            return self.ask_record(&by.principal, id).await;
        }
        let ask = self.ask_at(by, id, version).await?;
        check(self.today(), step)?;
        let found = self.registry().find(OBSTACLE, ask.body.obstacle).await?;
        let found = found.ok_or_else(|| {
            RegistryError::refused(409, "step-not-open", "answering about nothing".to_owned())
        })?;
        let known = Obstacle::of(found)?;
        let (outcome, name) = self.outcome(by, step);
        let mut body = known.body.clone();
        if let Some(last) = body.rungs.iter_mut().find(|asked| asked.ask == id) {
            last.outcome = Some(outcome.clone());
        }
        let next = match step {
            AskStep::Answer(_) => None,
            AskStep::Escalate(_) => {
                let higher = self.higher(&body, ask.body.by_unit, ask.body.rung).await?;
                Some(self.asked(&body, ask.body.by_unit, Some(higher)).await?)
            }
        };
        body.rungs.extend(next.clone());
        let mut batch = self.registry().batch(by);
        let own = AskBody {
            body: body.clone(),
            ..ask.body.clone()
        };
        let taken = Taken {
            reason: outcome.escalated.then_some(outcome.said.as_str()),
            body: Some(to_map("a question", &own)?),
            within: false,
        };
        batch.step_as(ASK, &ask.record, name, taken).await?;
        // Whoever is asked has no say in the unit's records: this follows from their answer.
        let taken = Taken {
            reason: outcome.escalated.then_some(outcome.said.as_str()),
            body: Some(to_map("an obstacle", &body)?),
            within: false,
        };
        let record = batch
            .follow_step(OBSTACLE, &known.record, name, taken)
            .await?;
        if let Some(next) = &next {
            self.ask(&mut batch, &record, &body, next).await?;
        } else {
            let days = shipped_terms()?.days.confirm;
            self.give(&mut batch, &record, "confirm", Role::Officer, days)
                .await?;
        }
        if let Some(author) = known.record.author {
            let what = if next.is_some() {
                told::ESCALATED
            } else {
                told::ANSWERED
            };
            batch.enqueue(told::job(author, &record, what)?);
        }
        batch.commit(record.id.to_string()).await?;
        self.ask_record(&by.principal, id).await
    }

    fn outcome(&self, by: &Caller, step: &AskStep) -> (Outcome, &'static str) {
        let (escalated, said, until, name) = match step {
            AskStep::Answer(answer) => (false, &answer.said, answer.by, "answer"),
            AskStep::Escalate(reason) => (true, reason, None, "escalate"),
        };
        let outcome = Outcome {
            escalated,
            said: said.trim().to_owned(),
            by: until,
            person: by.principal.name.clone(),
            at: self.registry().store().context().now().as_micros(),
        };
        (outcome, name)
    }

    /// The next rung above one that somebody stands on.
    async fn higher(&self, body: &ObstacleBody, unit: Id, rung: Rung) -> Result<Rung, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let ladder = self.ladder(&view, body.about, unit).await?;
        let higher = ladder
            .into_iter()
            .map(|(own, _)| own)
            .find(|own| *own > rung);
        higher.ok_or_else(|| {
            let about = "passing up what the highest rung is asked";
            RegistryError::refused(409, "obstacle-highest", about).into()
        })
    }

    /// The body on a rung, asked now; on the one that the obstacle names if none is given. Where
    /// nobody stands on it any more, the next higher one.
    async fn asked(
        &self,
        body: &ObstacleBody,
        unit: Id,
        rung: Option<Rung>,
    ) -> Result<Asked, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let wanted = rung.unwrap_or(body.of);
        let ladder = self.ladder(&view, body.about, unit).await?;
        let found = ladder.into_iter().find(|(own, _)| *own >= wanted);
        let (rung, asked) = found.ok_or_else(|| {
            RegistryError::refused(409, "obstacle-highest", "asking nobody".to_owned())
        })?;
        let days = shipped_terms()?.days.to_answer(rung);
        let context = self.registry().store().context();
        Ok(Asked {
            rung,
            unit: asked,
            ask: context.new_id(),
            since: context.now().as_micros(),
            due_on: self.day_after(days)?,
            outcome: None,
        })
    }

    /// Makes the record by which a body is asked, and its task.
    async fn ask(
        &self,
        batch: &mut Batch<'_>,
        obstacle: &Record,
        body: &ObstacleBody,
        asked: &Asked,
    ) -> Result<(), PlanError> {
        let own = AskBody {
            plan: body.plan,
            obstacle: obstacle.id,
            matter: body.matter,
            by_unit: obstacle.unit,
            rung: asked.rung,
            body: body.clone(),
            due_on: asked.due_on,
            evidence: body.evidence.clone(),
        };
        let draft = Draft {
            kind: ASK,
            id: Some(asked.ask),
            unit: asked.unit,
            body: to_map("a question", &own)?,
        };
        let record = batch.follow_from(draft, obstacle).await?;
        let due = end_of_day(asked.due_on);
        batch
            .open_task(ASK, &record, "answer", asked.rung.role(), due)
            .await?;
        Ok(())
    }

    async fn give(
        &self,
        batch: &mut Batch<'_>,
        record: &Record,
        task: &str,
        role: Role,
        days: u32,
    ) -> Result<(), PlanError> {
        let due = end_of_day(self.day_after(days)?);
        batch.open_task(OBSTACLE, record, task, role, due).await?;
        Ok(())
    }

    async fn ask_at(&self, by: &Caller, id: Id, version: i64) -> Result<Ask, PlanError> {
        let current = self.registry().get(&by.principal, ASK, id).await?;
        if current.version == version {
            return Ask::of(current);
        }
        Err(RegistryError::Conflict {
            kind: ASK.to_owned(),
            expected: version,
            current: Box::new(current),
        }
        .into())
    }
}

fn check(today: Date, step: &AskStep) -> Result<(), PlanError> {
    let mut wrong = Vec::new();
    let (said, by) = match step {
        AskStep::Answer(answer) => (&answer.said, answer.by),
        AskStep::Escalate(reason) => (reason, None),
    };
    if said.trim().is_empty() {
        wrong.push(FieldProblem::new("said", "field-required"));
    } else if said.chars().count() > LONGEST - 100 {
        let long = FieldProblem::new("said", "text-too-long");
        wrong.push(long.with("limit", LONGEST - 100));
    }
    if by.is_some_and(|by| by < today) {
        wrong.push(FieldProblem::new("by", "obstacle-day-past"));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let mut problem = Problem::new(422, "invalid-fields", "answering an obstacle");
    problem.fields = wrong;
    Err(RegistryError::Refused(problem).into())
}
