//! Opening and closing a campaign, and reading it.

use directory::{Principal, Role};
use registry::{Caller, Done, Draft, Record, RegistryError};
use store::{ListQuery, Scope};
use vocab::Id;
use vocab::calendar::end_of_day;

use super::declarations::FILL;
use super::notify::{job, told};
use super::{CAMPAIGN, Campaign, CampaignBody, CampaignDraft, SHEET, SheetBody, sheet_id};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;

/// The most campaigns that a list shows.
const MOST: usize = 500;

impl Plans {
    /// Opens a campaign: one sheet for each unit, what its officers are to do, and word to
    /// officers and heads. All of it or nothing.
    pub async fn open_campaign(
        &self,
        by: &Caller,
        draft: CampaignDraft,
    ) -> Result<Campaign, PlanError> {
        if let Some(answer) = self.registry().answered(by).await? {
            return self.answered_campaign(by, &answer).await;
        }
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let preview = self.preview_campaign(&draft).await?;
        let body = CampaignBody {
            plan: view.id,
            title: draft.title.trim().to_owned(),
            period: draft.period,
            which: draft.which,
            reporters: draft.reporters,
            opened_on: self.today(),
            units_on: preview.units_on,
            due_on: preview.due_on,
            reminders: draft.reminders,
            ran: Vec::new(),
            calls: Vec::new(),
        };
        let Some(unit) = coordinates_for(&by.principal) else {
            return Err(RegistryError::refused(403, "role-missing", "opening a campaign").into());
        };
        let mut batch = self.registry().batch(by);
        let campaign = batch
            .create(Draft {
                kind: CAMPAIGN,
                id: draft.id,
                unit,
                body: to_map("a campaign", &body)?,
            })
            .await?;
        let due = end_of_day(body.due_on);
        let people = self.people().await?;
        for plan in preview.sheets {
            let sheet = SheetBody {
                campaign: campaign.id,
                key: format!("{}/{}", campaign.id, plan.unit),
                period: body.period,
                lines: plan.lines,
                due_on: body.due_on,
                opened: None,
                handed_in: None,
            };
            let record = batch
                .follow(Draft {
                    kind: SHEET,
                    id: Some(sheet_id(campaign.id, plan.unit)),
                    unit: plan.unit,
                    body: to_map("a sheet", &sheet)?,
                })
                .await?;
            batch
                .open_task(SHEET, &record, FILL, Role::Officer, due)
                .await?;
            for account in people.holding(plan.unit, &[Role::Officer, Role::Head]) {
                batch.enqueue(job(account, SHEET, &record, told::OPENED)?);
            }
        }
        match batch.commit(campaign.id.to_string()).await? {
            Done::Now(_) => Campaign::of(campaign),
            Done::Before(answer) => self.answered_campaign(by, &answer).await,
        }
    }

    async fn answered_campaign(&self, by: &Caller, answer: &str) -> Result<Campaign, PlanError> {
        let id: Id = answer
            .parse()
            .map_err(|_| PlanError::Shape(format!("a kept answer: {answer}")))?;
        self.campaign(&by.principal, id).await
    }

    /// Ends a campaign: what was not handed in is not waited for any more. Sheets on their
    /// way go on; a sheet that is reopened may still be handed in.
    pub async fn close_campaign(&self, by: &Caller, id: Id) -> Result<Campaign, PlanError> {
        let campaign = self.campaign(&by.principal, id).await?;
        if !campaign.is_open() {
            return Ok(campaign);
        }
        let mut batch = self.registry().batch(by);
        let closed = batch
            .step(CAMPAIGN, &campaign.record, "close", None)
            .await?;
        for sheet in self.sheets_of(id).await? {
            if sheet.state == "open" || sheet.state == "sent_back" {
                batch.end_tasks(sheet.id).await?;
            }
        }
        batch.commit(id.to_string()).await?;
        Campaign::of(closed)
    }

    /// Opens a campaign that was closed once more: what was not handed in is waited for.
    pub async fn open_campaign_again(&self, by: &Caller, id: Id) -> Result<Campaign, PlanError> {
        let campaign = self.campaign(&by.principal, id).await?;
        if campaign.is_open() {
            return Ok(campaign);
        }
        let mut batch = self.registry().batch(by);
        let open = batch
            .step(CAMPAIGN, &campaign.record, "open_again", None)
            .await?;
        for sheet in self.sheets_of(id).await? {
            if sheet.state == "open" || sheet.state == "sent_back" {
                let due = sheet.read::<SheetBody>()?.due();
                batch
                    .open_task(SHEET, &sheet, FILL, Role::Officer, due)
                    .await?;
            }
        }
        batch.commit(id.to_string()).await?;
        Campaign::of(open)
    }

    /// A campaign that this reader may see.
    pub async fn campaign(&self, reader: &Principal, id: Id) -> Result<Campaign, PlanError> {
        Campaign::of(self.registry().get(reader, CAMPAIGN, id).await?)
    }

    /// The campaigns that this reader may see, the latest due day first.
    pub async fn campaigns(&self, reader: &Principal) -> Result<Vec<Campaign>, PlanError> {
        let scope = directory::permission::reach(reader, directory::Act::Read, CAMPAIGN);
        let query = ListQuery::new(CAMPAIGN, scope).descending().limit(MOST);
        let page = self.registry().list_shown(reader, &query).await?;
        page.items.into_iter().map(Campaign::of).collect()
    }

    /// Every sheet of a campaign.
    pub(super) async fn sheets_of(&self, campaign: Id) -> Result<Vec<Record>, PlanError> {
        let query = ListQuery::new(
            SHEET,
            Scope::bypass("a campaign is run over all its sheets"),
        );
        Ok(self
            .registry()
            .all(query.filter("campaign", campaign))
            .await?)
    }
}

/// The unit that somebody coordinates for; the program itself coordinates for none.
fn coordinates_for(principal: &Principal) -> Option<Id> {
    let grants = principal.grants.iter();
    let mut held = grants.filter(|grant| grant.role == Role::Coordinator);
    held.next()
        .or(principal.grants.first())
        .map(|grant| grant.unit)
}
