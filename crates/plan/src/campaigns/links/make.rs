//! Making, mailing and withdrawing links: for whoever runs a campaign.

use std::collections::{BTreeSet, HashMap};

use directory::permission::reach;
use directory::{Act, Principal, Role};
use jiff::civil::Date;
use registry::{Caller, Draft, Record, RegistryError, Taken};
use store::ListQuery;
use vocab::{FieldProblem, Id, Lang, Problem};

use super::declaration::LONGEST_MAKER;
use super::letter::{self, told};
use super::{LinkStanding, SHEET_LINK, SheetLink, SheetLinkBody, sheet_link_id};
use crate::campaigns::{Campaign, OWED};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::to_map;

/// A link to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkDraft {
    /// The version of the link before that was read; 0 where there was none.
    pub version: i64,
    /// The last day on which it opens anything.
    pub ends_on: Date,
    /// Where it is mailed to; empty where it is handed over.
    pub email: String,
}

/// Whether a sheet can be filled in through a link, and by which.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkUse {
    /// The campaign.
    pub campaign: Campaign,
    /// The sheet.
    pub sheet: Record,
    /// Whether nobody has an account who would fill it in or approve it.
    pub without_accounts: bool,
    /// Whether it is still to be handed in.
    pub owed: bool,
    /// Its link, if one was ever made.
    pub link: Option<SheetLink>,
}

impl Plans {
    /// How a sheet stands to links, for whoever may run its campaign.
    pub async fn sheet_link(
        &self,
        reader: &Principal,
        campaign: Id,
        unit: Id,
    ) -> Result<LinkUse, PlanError> {
        let sheet = self.sheet_record(reader, campaign, unit).await?;
        let campaign = self.campaign(reader, campaign).await?;
        if !self.runs_campaign(reader, &campaign) {
            let doing = "looking at the link of a sheet";
            return Err(RegistryError::refused(403, "role-missing", doing).into());
        }
        let found = self
            .registry()
            .find_by(SHEET_LINK, "sheet", sheet.id)
            .await?;
        let owed = match sheet.state.as_str() {
            "reopened" => true,
            state => campaign.is_open() && OWED.contains(&state),
        };
        let without = self.without_accounts([unit]).await?;
        Ok(LinkUse {
            campaign,
            owed,
            without_accounts: without.contains(&unit),
            sheet,
            link: found.map(SheetLink::of).transpose()?,
        })
    }

    /// The links of a campaign that this reader may see, by the unit whose sheet they open.
    pub async fn sheet_links(
        &self,
        reader: &Principal,
        campaign: Id,
    ) -> Result<HashMap<Id, SheetLink>, PlanError> {
        let scope = reach(reader, Act::Read, SHEET_LINK);
        let query = ListQuery::new(SHEET_LINK, scope).filter("campaign", campaign);
        let records = self.registry().all(query).await?.into_iter();
        records
            .map(|record| Ok((record.unit, SheetLink::of(record)?)))
            .collect()
    }

    /// Those of some units in which nobody fills in or approves reports today.
    pub async fn without_accounts(
        &self,
        units: impl IntoIterator<Item = Id>,
    ) -> Result<BTreeSet<Id>, PlanError> {
        let people = self.people().await?;
        let roles = [Role::Officer, Role::Head];
        let nobody = |unit: &Id| people.holding(*unit, &roles).is_empty();
        Ok(units.into_iter().filter(nobody).collect())
    }

    /// Makes the link of a sheet, anew if there was one, which ends then. Gives its secret, told
    /// this once.
    ///
    /// Refused with `unit-has-accounts` where somebody has an account for the unit,
    /// `link-not-needed` where the sheet is not waited for, `invalid-fields` for the fields
    /// `ends_on` and `email`, and as the registry refuses changes.
    pub async fn make_sheet_link(
        &self,
        by: &Caller,
        campaign: Id,
        unit: Id,
        draft: &LinkDraft,
    ) -> Result<(SheetLink, String), PlanError> {
        let stands = self.sheet_link(&by.principal, campaign, unit).await?;
        demand_use(&stands)?;
        self.demand_fields(&stands.campaign, draft)?;
        let fresh = self.registry().directory().fresh_link();
        let body = SheetLinkBody {
            digest: fresh.digest,
            ..self.body(by, &stands, draft)
        };
        let link = self
            .put_link(by, &stands, draft.version, body, None)
            .await?;
        Ok((link, fresh.secret))
    }

    /// Has the link of a sheet mailed: the job that mails it makes the secret, so that none waits
    /// in the outbox. Refused as [`Self::make_sheet_link`], and where there is no address.
    pub async fn mail_sheet_link(
        &self,
        by: &Caller,
        campaign: Id,
        unit: Id,
        draft: &LinkDraft,
        lang: Lang,
    ) -> Result<SheetLink, PlanError> {
        let stands = self.sheet_link(&by.principal, campaign, unit).await?;
        demand_use(&stands)?;
        self.demand_fields(&stands.campaign, draft)?;
        if draft.email.trim().is_empty() {
            return Err(wrong(FieldProblem::new("email", "email-missing")));
        }
        // Nobody is told this secret: until it is mailed, the link opens nothing.
        let body = SheetLinkBody {
            digest: self.registry().directory().fresh_link().digest,
            ..self.body(by, &stands, draft)
        };
        let mailed = Some((told::MADE, lang));
        self.put_link(by, &stands, draft.version, body, mailed)
            .await
    }

    /// Withdraws the link of a sheet. Nothing happens to one that is withdrawn already.
    pub async fn withdraw_sheet_link(
        &self,
        by: &Caller,
        campaign: Id,
        unit: Id,
        version: i64,
    ) -> Result<Option<SheetLink>, PlanError> {
        let stands = self.sheet_link(&by.principal, campaign, unit).await?;
        let Some(link) = stands.link else {
            return Ok(None);
        };
        let now = self.registry().store().context().now();
        if link.standing(now) == LinkStanding::Withdrawn {
            return Ok(Some(link));
        }
        demand_version(&link, version)?;
        let mut batch = self.registry().batch(by);
        let record = batch
            .step(SHEET_LINK, &link.record, "withdraw", None)
            .await?;
        batch.commit(record.id.to_string()).await?;
        SheetLink::of(record).map(Some)
    }

    fn body(&self, by: &Caller, stands: &LinkUse, draft: &LinkDraft) -> SheetLinkBody {
        SheetLinkBody {
            campaign: stands.campaign.record.id,
            sheet: stands.sheet.id,
            digest: String::new(),
            ends_on: draft.ends_on,
            email: draft.email.trim().to_owned(),
            made_by: by.principal.name.chars().take(LONGEST_MAKER).collect(),
            made_at: self.registry().store().context().now().as_micros(),
        }
    }

    async fn put_link(
        &self,
        by: &Caller,
        stands: &LinkUse,
        version: i64,
        body: SheetLinkBody,
        mailed: Option<(&str, Lang)>,
    ) -> Result<SheetLink, PlanError> {
        let body = to_map("a link", &body)?;
        let mut batch = self.registry().batch(by);
        let record = match &stands.link {
            None => {
                let draft = Draft {
                    kind: SHEET_LINK,
                    id: Some(sheet_link_id(stands.sheet.id)),
                    unit: stands.sheet.unit,
                    body,
                };
                batch.create(draft).await?
            }
            Some(link) => {
                demand_version(link, version)?;
                let taken = Taken {
                    body: Some(body),
                    ..Taken::default()
                };
                batch
                    .step_as(SHEET_LINK, &link.record, "renew", taken)
                    .await?
            }
        };
        if let Some((what, lang)) = mailed {
            batch.enqueue(letter::job(&record, what, lang)?);
        }
        batch.commit(record.id.to_string()).await?;
        SheetLink::of(record)
    }

    /// Never unlimited, never over already; an address that is one.
    fn demand_fields(&self, campaign: &Campaign, draft: &LinkDraft) -> Result<(), PlanError> {
        let mut fields = Vec::new();
        let furthest = self.furthest_link_end(campaign)?;
        if draft.ends_on < self.today() {
            fields.push(FieldProblem::new("ends_on", "link-ends-in-the-past"));
        } else if draft.ends_on > furthest {
            let problem = FieldProblem::new("ends_on", "link-ends-too-late");
            fields.push(problem.with("date", furthest));
        }
        if let Err(problem) = directory::mail_address(&draft.email) {
            fields.extend(problem.fields);
        }
        if fields.is_empty() {
            return Ok(());
        }
        let mut problem = Problem::new(422, "invalid-fields", "making a link of a sheet");
        problem.fields = fields;
        Err(RegistryError::Refused(problem).into())
    }

    /// The name of a unit, of whatever day.
    pub(super) async fn name_of(&self, unit: Id) -> Result<String, PlanError> {
        let units = self.registry().directory().succession().await?;
        Ok(units.name(unit).to_owned())
    }
}

/// Refuses sheets that people with accounts fill in, and those that nobody waits for.
fn demand_use(stands: &LinkUse) -> Result<(), PlanError> {
    let about = || format!("a link of the sheet {}", stands.sheet.id);
    if !stands.without_accounts {
        return Err(RegistryError::refused(409, "unit-has-accounts", about()).into());
    }
    if !stands.owed {
        return Err(RegistryError::refused(409, "link-not-needed", about()).into());
    }
    Ok(())
}

fn demand_version(link: &SheetLink, version: i64) -> Result<(), PlanError> {
    if link.record.version == version {
        return Ok(());
    }
    Err(RegistryError::Conflict {
        kind: SHEET_LINK.to_owned(),
        expected: version,
        current: Box::new(link.record.clone()),
    }
    .into())
}

fn wrong(field: FieldProblem) -> PlanError {
    let problem = Problem::new(422, "invalid-fields", "making a link of a sheet");
    RegistryError::Refused(problem.at(field)).into()
}
