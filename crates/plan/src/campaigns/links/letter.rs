//! Mail to bodies that report by a link.

use jiff::civil::Date;
use registry::{Batch, Record};
use serde::{Deserialize, Serialize};
use store::NewJob;
use store::jobs::Job;
use vocab::{Id, Lang, Period};

use super::{LinkStanding, SHEET_LINK, SheetLink, sheet_link_id};
use crate::campaigns::{CAMPAIGN, Campaign, OWED, SHEET};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;

/// The kind of the job that mails a body its link, or word about its sheet.
pub const SHEET_LINK_MAIL: &str = "sheet_link_mail";

/// What is told.
pub(crate) mod told {
    /// The link, with a fresh secret.
    pub(crate) const MADE: &str = "made";
    /// The sheet is waited for.
    pub(crate) const REMINDED: &str = "reminded";
    /// The sheet came back to be corrected.
    pub(crate) const REOPENED: &str = "reopened";
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Payload {
    link: Id,
    version: i64,
    what: String,
    lang: String,
}

/// A mail to a body, before it is put into words.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkLetter {
    /// The address.
    pub to: String,
    /// The body's name.
    pub name: String,
    /// `made`, `reminded` or `reopened`.
    pub what: String,
    /// What the campaign is called.
    pub title: String,
    /// The period.
    pub period: Period,
    /// The last day for handing in.
    pub due_on: Date,
    /// The last day of the link.
    pub ends_on: Date,
    /// The language of whoever had it mailed.
    pub lang: Lang,
    /// The link's secret, where the letter brings it.
    pub secret: Option<String>,
}

/// The job that mails a body something about its link.
pub(super) fn job(link: &Record, what: &str, lang: Lang) -> Result<NewJob, PlanError> {
    let payload = Payload {
        link: link.id,
        version: link.version,
        what: what.to_owned(),
        lang: lang.tag().to_owned(),
    };
    let payload = serde_json::to_string(&payload)
        .map_err(|error| PlanError::Shape(format!("a job about a link: {error}")))?;
    Ok(NewJob {
        kind: SHEET_LINK_MAIL.to_owned(),
        payload,
        unique_key: None,
        run_at: None,
    })
}

impl Plans {
    /// Has word of a sheet mailed to its body, if it reports by a link that was mailed to it.
    pub(crate) async fn mail_body(
        &self,
        batch: &mut Batch<'_>,
        sheet: Id,
        what: &str,
    ) -> Result<(), PlanError> {
        let id = sheet_link_id(sheet);
        let Some(record) = self.registry().find(SHEET_LINK, id).await? else {
            return Ok(());
        };
        let link = SheetLink::of(record)?;
        let now = self.registry().store().context().now();
        if link.standing(now) == LinkStanding::Open && !link.body.email.is_empty() {
            batch.enqueue(job(&link.record, what, Lang::Vi)?);
        }
        Ok(())
    }

    /// What a job of [`SHEET_LINK_MAIL`] mails; nothing where the link is another by now, or the
    /// sheet is not waited for any more. A letter with the link makes its secret, so that the
    /// one before opens nothing: a mail that goes out twice brings a link that works twice.
    pub async fn sheet_link_letter(&self, job: &Job) -> Result<Option<LinkLetter>, PlanError> {
        let payload: Payload = serde_json::from_str(&job.payload)
            .map_err(|error| PlanError::Shape(format!("the job about a link: {error}")))?;
        let registry = self.registry();
        let Some(record) = registry.find(SHEET_LINK, payload.link).await? else {
            return Ok(None);
        };
        let link = SheetLink::of(record)?;
        let now = registry.store().context().now();
        if link.standing(now) != LinkStanding::Open || link.body.email.is_empty() {
            return Ok(None);
        }
        let Some(sheet) = registry.find(SHEET, link.body.sheet).await? else {
            return Ok(None);
        };
        let Some(campaign) = registry.find(CAMPAIGN, link.body.campaign).await? else {
            return Ok(None);
        };
        let campaign = Campaign::of(campaign)?.body;
        let secret = if payload.what == told::MADE {
            // Made anew by hand meanwhile, or by an earlier try of this job.
            let by_hand = self.was_made_since(&link, payload.version).await?;
            if by_hand {
                return Ok(None);
            }
            Some(self.secret_for_mail(&link).await?)
        } else {
            if !OWED.contains(&sheet.state.as_str()) {
                return Ok(None);
            }
            None
        };
        Ok(Some(LinkLetter {
            to: link.body.email,
            name: self.name_of(sheet.unit).await?,
            what: payload.what,
            title: campaign.title,
            period: campaign.period,
            due_on: campaign.due_on,
            ends_on: link.body.ends_on,
            lang: Lang::lookup(&payload.lang).unwrap_or_default(),
            secret,
        }))
    }

    /// Whether somebody made the link anew after a version of it: what the program does to mail
    /// it keeps who made it and when.
    async fn was_made_since(&self, link: &SheetLink, version: i64) -> Result<bool, PlanError> {
        if link.record.version == version {
            return Ok(false);
        }
        let told = store::Scope::bypass("the program asks what it was to mail");
        let store = self.registry().store();
        let before = store
            .fetch_version(SHEET_LINK, &told, link.record.id, version)
            .await?;
        let before = before.and_then(|version| version.body);
        let before: Option<super::SheetLinkBody> =
            before.and_then(|body| serde_json::from_str(&body).ok());
        Ok(before.is_none_or(|before| before.made_at != link.body.made_at))
    }

    async fn secret_for_mail(&self, link: &SheetLink) -> Result<String, PlanError> {
        let fresh = self.registry().directory().fresh_link();
        let body = super::SheetLinkBody {
            digest: fresh.digest,
            ..link.body.clone()
        };
        let program = self.program();
        let mut batch = self.registry().batch(&program);
        let body = to_map("a link", &body)?;
        batch.note(SHEET_LINK, &link.record, body, "send").await?;
        batch.commit(String::new()).await?;
        Ok(fresh.secret)
    }
}
