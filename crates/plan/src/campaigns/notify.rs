//! Word about sheets and campaigns: a notice in the inbox, and a mail where mail is set up.

use std::collections::BTreeSet;
use std::sync::Arc;

use directory::{Account, Grant, Role, Succession};
use jiff::civil::Date;
use registry::Record;
use serde::{Deserialize, Serialize};
use store::NewJob;
use store::jobs::Job;
use vocab::{Id, Period};

use super::{CAMPAIGN, Campaign, OWED, SHEET, SheetBody};
use crate::error::PlanError;
use crate::notices::{self, NoticeBody};
use crate::plans::Plans;

/// The kind of the job that gives word of a sheet or a campaign.
pub const SHEET_NOTIFY: &str = "sheet_notify";
/// The kind of the job that mails it.
pub const SHEET_MAIL: &str = "sheet_mail";

/// What is told.
pub(crate) mod told {
    /// A campaign was opened.
    pub(crate) const OPENED: &str = "sheet-opened";
    /// A sheet is waited for.
    pub(crate) const REMINDED: &str = "sheet-reminded";
    /// A sheet was sent back by the head of the unit.
    pub(crate) const SENT_BACK: &str = "sheet-sent-back";
    /// A sheet was reopened by the coordinator.
    pub(crate) const REOPENED: &str = "sheet-reopened";
    /// A sheet was consolidated.
    pub(crate) const CONSOLIDATED: &str = "sheet-consolidated";
    /// Units are late in a campaign.
    pub(crate) const LATE: &str = "campaign-late";
}

/// Who is told what.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Payload {
    account: Id,
    kind: String,
    record: Id,
    version: i64,
    what: String,
}

/// A mail about a sheet or a campaign, before it is put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetLetter {
    /// The address.
    pub to: String,
    /// Who gets it.
    pub name: String,
    /// What is told: `sheet-opened`, `sheet-reminded`, `sheet-sent-back`, `sheet-reopened`,
    /// `sheet-consolidated` or `campaign-late`.
    pub what: String,
    /// The campaign.
    pub campaign: Id,
    /// What it is called.
    pub title: String,
    /// The period.
    pub period: Period,
    /// The last day for handing in.
    pub due_on: Date,
    /// The unit whose sheet it is, and its name; none for a whole campaign.
    pub unit: Option<(Id, String)>,
    /// How many units are late, for a whole campaign.
    pub late: usize,
}

/// The job that tells an account of a record.
pub(crate) fn job(
    account: Id,
    kind: &str,
    record: &Record,
    what: &str,
) -> Result<NewJob, PlanError> {
    let payload = Payload {
        account,
        kind: kind.to_owned(),
        record: record.id,
        version: record.version,
        what: what.to_owned(),
    };
    Ok(NewJob {
        kind: SHEET_NOTIFY.to_owned(),
        payload: written(&payload)?,
        unique_key: None,
        run_at: None,
    })
}

fn written(payload: &Payload) -> Result<String, PlanError> {
    serde_json::to_string(payload)
        .map_err(|error| PlanError::Shape(format!("a job about a sheet: {error}")))
}

fn read(job: &Job) -> Result<Payload, PlanError> {
    serde_json::from_str(&job.payload)
        .map_err(|error| PlanError::Shape(format!("the job about a sheet: {error}")))
}

/// Everybody who acts today, and where.
pub(crate) struct People {
    acting: Vec<(Account, Vec<Grant>)>,
    succession: Arc<Succession>,
    today: Date,
}

impl People {
    /// The accounts that hold one of these roles in a unit, or in what it became.
    pub(crate) fn holding(&self, unit: Id, roles: &[Role]) -> BTreeSet<Id> {
        let mut units = self.succession.successors(unit, self.today);
        units.push(unit);
        self.with(|grant| roles.contains(&grant.role) && units.contains(&grant.unit))
    }

    /// The accounts that hold a role anywhere.
    pub(crate) fn holding_anywhere(&self, role: Role) -> BTreeSet<Id> {
        self.with(|grant| grant.role == role)
    }

    fn with(&self, wanted: impl Fn(&Grant) -> bool) -> BTreeSet<Id> {
        let acting = self.acting.iter();
        acting
            .filter(|(_, grants)| grants.iter().any(&wanted))
            .map(|(account, _)| account.id)
            .collect()
    }
}

impl Plans {
    /// Everybody who acts today.
    pub(crate) async fn people(&self) -> Result<People, PlanError> {
        let directory = self.registry().directory();
        let today = self.today();
        Ok(People {
            acting: directory.accounts_acting_on(today).await?,
            succession: directory.succession().await?,
            today,
        })
    }

    /// Makes the notice of a leased job, has it mailed if `by_mail`, and ends the job: all or
    /// nothing. An error leaves the job with its worker.
    pub async fn notify_of_sheet(
        &self,
        job: &Job,
        worker: Id,
        by_mail: bool,
    ) -> Result<(), PlanError> {
        let payload = read(job)?;
        let program = self.program();
        let mut batch = self.registry().batch(&program);
        let body = NoticeBody::about(payload.record, payload.version, &payload.what);
        notices::make(&mut batch, job, payload.account, &body).await?;
        let directory = self.registry().directory();
        let account = directory.account(payload.account).await?;
        let reachable = account.is_some_and(|account| !account.email.is_empty());
        if by_mail && reachable {
            batch.enqueue(NewJob {
                kind: SHEET_MAIL.to_owned(),
                payload: job.payload.clone(),
                unique_key: None,
                run_at: None,
            });
        }
        batch.complete(job.id, worker);
        batch.commit(String::new()).await?;
        Ok(())
    }

    /// What a job of [`SHEET_MAIL`] mails; nothing where nobody gets a mail any more, or what
    /// it would remind of was done meanwhile.
    pub async fn sheet_letter(&self, job: &Job) -> Result<Option<SheetLetter>, PlanError> {
        let payload = read(job)?;
        let directory = self.registry().directory();
        let account = directory.account(payload.account).await?;
        let Some(account) = account.filter(|found| !found.email.is_empty() && !found.disabled)
        else {
            return Ok(None);
        };
        let (campaign, unit) = if payload.kind == CAMPAIGN {
            (payload.record, None)
        } else {
            let Some(sheet) = self.registry().find(SHEET, payload.record).await? else {
                return Ok(None);
            };
            let waits = OWED.contains(&sheet.state.as_str());
            if payload.what == told::REMINDED && !waits {
                return Ok(None);
            }
            let units = directory.succession().await?;
            let name = units.name(sheet.unit).to_owned();
            (
                sheet.read::<SheetBody>()?.campaign,
                Some((sheet.unit, name)),
            )
        };
        let Some(campaign) = self.registry().find(CAMPAIGN, campaign).await? else {
            return Ok(None);
        };
        let campaign = Campaign::of(campaign)?;
        let late = match unit {
            Some(_) => 0,
            None => self.owing(&campaign).await?.len(),
        };
        Ok(Some(SheetLetter {
            to: account.email,
            name: account.name,
            what: payload.what,
            campaign: campaign.record.id,
            title: campaign.body.title,
            period: campaign.body.period,
            due_on: campaign.body.due_on,
            unit,
            late,
        }))
    }
}
