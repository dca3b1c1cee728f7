//! Reminding units: by hand, and by the rules of a campaign.

use std::collections::BTreeSet;

use directory::{Act, Role};
use registry::{Caller, Record, RegistryError};
use serde::Deserialize;
use store::{ListQuery, Scope};
use vocab::{Id, Problem};

use super::dates::{opening, shifted};
use super::links::told as told_by_link;
use super::notify::{job, told};
use super::{CAMPAIGN, Call, Campaign, OWED, Reminder, SHEET};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;

/// How many calls by hand a campaign remembers.
const CALLS: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    reminder: Vec<Reminder>,
}

/// The reminders that a new campaign begins with: `data/plan/reminders.toml`.
pub fn shipped_reminders() -> Result<Vec<Reminder>, PlanError> {
    let text = include_str!("../../../../data/plan/reminders.toml");
    let file: File = toml::from_str(text)
        .map_err(|error| PlanError::Shape(format!("the shipped reminders: {error}")))?;
    Ok(file.reminder)
}

impl Plans {
    /// Reminds officers and heads of some units, or of all, whose sheets are not handed in.
    /// Gives the number of units.
    pub async fn remind(
        &self,
        by: &Caller,
        campaign: Id,
        units: Option<&[Id]>,
    ) -> Result<usize, PlanError> {
        if let Some(answer) = self.registry().answered(by).await? {
            return Ok(answer.parse().unwrap_or_default());
        }
        let campaign = self.campaign(&by.principal, campaign).await?;
        let mut owing = self.owing(&campaign).await?;
        if let Some(units) = units {
            owing.retain(|sheet| units.contains(&sheet.unit));
        }
        let mut body = campaign.body.clone();
        body.calls.push(Call {
            at: self.registry().store().context().now().as_micros(),
            units: owing.len(),
        });
        let more = body.calls.len().saturating_sub(CALLS);
        body.calls.drain(..more);
        let registry = self.registry();
        let mut batch = registry.batch(by);
        // Asks for the permission; a campaign that is closed calls nobody.
        batch
            .edit(CAMPAIGN, &campaign.record, to_map("a campaign", &body)?)
            .await?;
        if owing.is_empty() {
            let problem = Problem::new(422, "nobody-to-remind", "reminding no unit");
            return Err(RegistryError::Refused(problem).into());
        }
        let people = self.people().await?;
        for sheet in &owing {
            for account in people.holding(sheet.unit, &[Role::Officer, Role::Head]) {
                batch.enqueue(job(account, SHEET, sheet, told::REMINDED)?);
            }
            self.mail_body(&mut batch, sheet.id, told_by_link::REMINDED)
                .await?;
        }
        batch.commit(owing.len().to_string()).await?;
        Ok(owing.len())
    }

    /// The sheets of a campaign that are still to be handed in.
    pub(super) async fn owing(&self, campaign: &Campaign) -> Result<Vec<Record>, PlanError> {
        let mut sheets = self.sheets_of(campaign.record.id).await?;
        sheets.retain(|sheet| OWED.contains(&sheet.state.as_str()));
        Ok(sheets)
    }

    /// Runs the reminders of open campaigns whose turn has come, each once, however many
    /// processes try and whenever they were started. Gives the number of reminders that ran. A
    /// campaign that fails keeps no other from being run; the error of the last one is given.
    pub async fn run_reminders(&self) -> Result<usize, PlanError> {
        let why = Scope::bypass("reminders are the program's own work");
        let query = ListQuery::new(CAMPAIGN, why).filter("state", "open");
        let (mut ran, mut failed) = (0, None);
        for record in self.registry().all(query).await? {
            let done = match Campaign::of(record) {
                Ok(campaign) => self.run_those_of(&campaign).await,
                Err(error) => Err(error),
            };
            match done {
                Ok(count) => ran += count,
                // Another process ran them, or somebody changed the campaign: next time.
                Err(PlanError::Registry(RegistryError::Conflict { .. })) => {}
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(ran), Err)
    }

    async fn run_those_of(&self, campaign: &Campaign) -> Result<usize, PlanError> {
        let now = self.registry().store().context().now();
        let calendar = self.registry().calendar();
        let mut due = Vec::new();
        for reminder in &campaign.body.reminders {
            if campaign.body.ran.contains(&reminder.name()) {
                continue;
            }
            let far = |error: vocab::calendar::CalendarError| PlanError::Shape(error.to_string());
            let day = shifted(calendar, campaign.body.due_on, reminder.days).map_err(far)?;
            if opening(calendar, day).map_err(far)? <= now {
                due.push((reminder, day));
            }
        }
        if due.is_empty() {
            return Ok(0);
        }
        let mut body = campaign.body.clone();
        let program = self.program();
        let mut batch = self.registry().batch(&program);
        let (owing, people) = (self.owing(campaign).await?, self.people().await?);
        for (reminder, day) in &due {
            body.ran.push(reminder.name());
            // Whoever was called after that day needs no reminder of it.
            if *day < campaign.body.opened_on || owing.is_empty() {
                continue;
            }
            if matches!(reminder.to, Role::Officer | Role::Head) {
                for sheet in &owing {
                    for account in people.holding(sheet.unit, &[reminder.to]) {
                        batch.enqueue(job(account, SHEET, sheet, told::REMINDED)?);
                    }
                    // A body without accounts is its own officer.
                    if reminder.to == Role::Officer {
                        self.mail_body(&mut batch, sheet.id, told_by_link::REMINDED)
                            .await?;
                    }
                }
            } else {
                let told: BTreeSet<Id> = people.holding_anywhere(reminder.to);
                for account in told {
                    batch.enqueue(job(account, CAMPAIGN, &campaign.record, told::LATE)?);
                }
            }
        }
        let body = to_map("a campaign", &body)?;
        batch
            .note(CAMPAIGN, &campaign.record, body, "remind")
            .await?;
        batch.commit(String::new()).await?;
        Ok(due.len())
    }

    /// Whether somebody may run this campaign: remind, close, reopen sheets.
    pub fn runs_campaign(&self, principal: &directory::Principal, campaign: &Campaign) -> bool {
        self.registry()
            .may(principal, Act::Configure, CAMPAIGN, &campaign.record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_reminders_can_be_read() {
        let reminders = shipped_reminders().unwrap();
        let told: Vec<(i32, Role)> = reminders.iter().map(|one| (one.days, one.to)).collect();
        assert_eq!(
            told,
            [(-3, Role::Officer), (0, Role::Head), (2, Role::Viewer)]
        );
    }
}
