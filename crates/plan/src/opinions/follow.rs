//! How an asking ends, and what becomes of it when the report moves on.

use directory::{Act, Role};
use registry::{Batch, Caller, Record, RegistryError, Taken};
use vocab::{Id, Problem};

use super::ask::{ToAsk, heard, open, with_evidence_of};
use super::read::conflict;
use super::{
    Asker, Closed, FigureSeen, Heard, OPINION, OPINION_ROUND, Opinion, OpinionBody, Round,
    RoundBody, shipped_opinion_terms, states, told,
};
use crate::error::PlanError;
use crate::notices;
use crate::plans::Plans;
use crate::records::to_map;
use crate::reports::Report;

impl Plans {
    /// Closes an asking before everybody has answered, with a reason. `version` is that of the
    /// asking as it was read. What the coordinator asked, only the coordinator closes.
    pub async fn close_opinions(
        &self,
        by: &Caller,
        report: Id,
        version: i64,
        reason: &str,
    ) -> Result<Round, PlanError> {
        if self.registry().answered(by).await?.is_some() {
            return self.seen_round(&by.principal, report).await;
        }
        let round = self.seen_round(&by.principal, report).await?;
        if round.record.version != version {
            return Err(conflict(OPINION_ROUND, version, round.record));
        }
        let registry = self.registry();
        let mut body = round.body.clone();
        body.closed = Some(Closed {
            reason: reason.trim().to_owned(),
            person: by.principal.name.clone(),
            at: registry.store().context().now().as_micros(),
        });
        let mut batch = registry.batch(by);
        let taken = Taken {
            reason: Some(reason),
            body: Some(to_map("an asking for opinions", &all_done(body))?),
            within: false,
        };
        let runs = registry.may(&by.principal, Act::Configure, OPINION_ROUND, &round.record);
        let stepped = batch
            .step_as(OPINION_ROUND, &round.record, "close", taken)
            .await;
        // Whoever may close none is told so first.
        let is_denied =
            matches!(&stepped, Err(RegistryError::Refused(problem)) if problem.status == 403);
        if round.body.coordinated && !runs && !is_denied {
            let about = "closing what the coordinator asked";
            return Err(RegistryError::refused(403, "opinions-coordinators", about).into());
        }
        stepped?;
        for opinion in self.opinions_of(&round).await? {
            close(&mut batch, &opinion).await?;
        }
        batch.commit(report.to_string()).await?;
        self.seen_round(&by.principal, report).await
    }

    /// Ends the askings about reports that are being consolidated, in their batch; the
    /// permission was asked for that. Refused with `opinions-waited-for` while a partner is to
    /// answer and its day has not passed.
    pub(crate) async fn settle_opinions(
        &self,
        batch: &mut Batch<'_>,
        reports: impl Iterator<Item = Id>,
        by: &Caller,
    ) -> Result<(), PlanError> {
        let today = self.today();
        for round in self.rounds_of(reports).await? {
            if !round.is_open() {
                continue;
            }
            let waiting: Vec<&Heard> = round.body.waiting(today).collect();
            if let Some(last) = waiting.iter().map(|heard| heard.due_on).max() {
                let units = self.registry().directory().succession().await?;
                let names: Vec<&str> = waiting.iter().map(|heard| units.name(heard.unit)).collect();
                let about = format!("consolidating {}", round.body.observation);
                let problem = Problem::new(409, "opinions-waited-for", about)
                    .with("count", waiting.len())
                    .with("units", shortened(&names))
                    .with("date", last);
                return Err(RegistryError::Refused(problem).into());
            }
            let mut body = round.body.clone();
            body.closed = Some(Closed {
                reason: String::new(),
                person: by.principal.name.clone(),
                at: self.registry().store().context().now().as_micros(),
            });
            let taken = Taken {
                body: Some(to_map("an asking for opinions", &all_done(body))?),
                ..Taken::default()
            };
            batch
                .follow_step(OPINION_ROUND, &round.record, "settle", taken)
                .await?;
            for opinion in self.opinions_of(&round).await? {
                close(batch, &opinion).await?;
            }
        }
        Ok(())
    }

    /// Holds askings against reports that are handed in again, in their batch: partners that
    /// spoke of another figure are asked again while the asking is open, else told of it.
    pub(crate) async fn renew_opinions(
        &self,
        batch: &mut Batch<'_>,
        reports: &[Record],
    ) -> Result<(), PlanError> {
        let ids = reports.iter().map(|report| report.id);
        for round in self.rounds_of(ids).await? {
            let found = reports.iter().find(|one| one.id == round.body.observation);
            let Some(record) = found else { continue };
            let report = Report::of(record.clone())?;
            if round.is_open() {
                self.renew(batch, &round, &report).await?;
            } else {
                for opinion in self.opinions_of(&round).await? {
                    tell_changed(batch, &opinion, &report).await?;
                }
            }
        }
        Ok(())
    }

    async fn renew(
        &self,
        batch: &mut Batch<'_>,
        round: &Round,
        report: &Report,
    ) -> Result<(), PlanError> {
        let again = self.day_after(shipped_opinion_terms()?.again_days)?;
        let roles = self.roles_of(report).await?;
        let mut body = round.body.clone();
        for opinion in self.opinions_of(round).await? {
            let Some(asked) = round.body.of(opinion.record.id) else {
                continue;
            };
            if !opinion.body.figure.differs(&report.body) {
                refresh(batch, &opinion, report).await?;
                continue;
            }
            // Whoever asked asks again, now.
            let by = Asker {
                at: self.registry().store().context().now().as_micros(),
                ..opinion.body.by.clone()
            };
            let to_ask = ToAsk {
                report,
                by: &by,
                unit: asked.unit,
                role: roles.get(&asked.unit).copied().unwrap_or(Role::Officer),
                due_on: asked.due_on.max(again),
                known: Some(&opinion),
            };
            open(batch, &to_ask).await?;
            heard(&mut body, &to_ask);
            if let Some(given) = asked.given.as_ref() {
                batch.enqueue(notices::job(given.account, &opinion.record, told::AGAIN)?);
            }
        }
        if body != round.body {
            let body = to_map("an asking for opinions", &body)?;
            batch
                .note(OPINION_ROUND, &round.record, body, "ask_again")
                .await?;
        }
        Ok(())
    }
}

/// Tells whoever gave an opinion that the figure is another by now; nobody is asked any more.
async fn tell_changed(
    batch: &mut Batch<'_>,
    opinion: &Opinion,
    report: &Report,
) -> Result<(), PlanError> {
    if let Some(given) = &opinion.body.given
        && opinion.body.figure.differs(&report.body)
    {
        batch.enqueue(notices::job(given.account, &opinion.record, told::CHANGED)?);
        refresh(batch, opinion, report).await?;
    }
    Ok(())
}

/// Shows a partner what the report says now, and asks nothing by it.
async fn refresh(
    batch: &mut Batch<'_>,
    opinion: &Opinion,
    report: &Report,
) -> Result<(), PlanError> {
    let said = &report.body;
    let same = !opinion.body.figure.differs(said)
        && opinion.body.note == said.note
        && opinion.body.evidence == said.evidence;
    if same {
        return Ok(());
    }
    let body = OpinionBody {
        note: said.note.clone(),
        evidence: said.evidence.clone(),
        figure: FigureSeen::of(said, report.record.version),
        ..opinion.body.clone()
    };
    let current = with_evidence_of(report, opinion)?;
    let body = to_map("an opinion", &body)?;
    batch.note(OPINION, &current, body, "refresh").await?;
    Ok(())
}

/// Closes an opinion with its task.
async fn close(batch: &mut Batch<'_>, opinion: &Opinion) -> Result<(), PlanError> {
    if opinion.record.state != states::CLOSED {
        batch
            .follow_step(OPINION, &opinion.record, "close", Taken::default())
            .await?;
    }
    Ok(())
}

/// An asking in which nobody is to answer any more.
fn all_done(mut body: RoundBody) -> RoundBody {
    for heard in &mut body.asked {
        heard.waits = false;
    }
    body
}

/// The first few of several names.
fn shortened(names: &[&str]) -> String {
    const FEW: usize = 3;
    let shown = names
        .iter()
        .take(FEW)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > FEW {
        format!("{shown}, …")
    } else {
        shown
    }
}
