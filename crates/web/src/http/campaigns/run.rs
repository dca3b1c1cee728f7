//! What the coordinator does with a whole campaign.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use plan::PlanError;
use plan::campaigns::Campaign;
use registry::RegistryError;
use vocab::{Id, Problem};

use super::super::reports::desk::Desk;
use super::super::{Failure, Form, GoTo, LocalPath, Notice, fields, form_errors, refused};
use super::show::{Returned, anchor, page};
use crate::pages::links;
use crate::pages::parts::{FieldError, FormErrors};

/// `…/nhac`: reminds the units that are ticked, or all that owe their sheet.
pub(super) async fn remind(
    desk: Desk,
    Path(id): Path<String>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let caller = desk.caller_of(&fields);
    let all = fields.lookup("tat-ca")?.is_some();
    let ticked = ticked(fields.take_all("id"))?;
    fields.done()?;
    let campaign = desk.campaign(&id).await?;
    let units: Vec<Id> = ticked.iter().map(|(unit, _)| *unit).collect();
    if !all && units.is_empty() {
        return nothing_ticked(&desk, &campaign).await;
    }
    let chosen = (!all).then_some(units.as_slice());
    let plans = &desk.app.plans;
    match plans.remind(&caller, campaign.record.id, chosen).await {
        Ok(_) => Ok(here(&campaign)
            .saying(Notice::CampaignReminded)
            .into_response()),
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            let returned = Returned {
                errors: form_errors(desk.words(), &problem, &[], "danh-sach"),
                ticked: units,
            };
            let page = page(&desk, &campaign, "", returned).await?;
            Ok(refused(&problem, page))
        }
        Err(error) => Err(back(&campaign, error.into())),
    }
}

/// `…/tong-hop`: consolidates the sheets that are ticked, each as it was read. What could not
/// be done stays ticked, with the reason; the rest is done.
pub(super) async fn consolidate(
    desk: Desk,
    Path(id): Path<String>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let caller = desk.caller_of(&fields);
    let ticked = ticked(fields.take_all("id"))?;
    fields.done()?;
    let campaign = desk.campaign(&id).await?;
    if ticked.is_empty() {
        return nothing_ticked(&desk, &campaign).await;
    }
    let mut returned = Returned::default();
    let mut last = None;
    let plans = &desk.app.plans;
    let left = plans.consolidate_sheets(&caller, campaign.record.id, &ticked);
    for (unit, error) in left.await? {
        let failure = Failure::from(error);
        returned.ticked.push(unit);
        returned.errors.0.push(worded(&desk, unit, &failure).await?);
        last = Some(failure);
    }
    match last {
        None => Ok(here(&campaign)
            .saying(Notice::SheetsConsolidated)
            .into_response()),
        // A single one that is not allowed is refused as such.
        Some(failure) if ticked.len() == 1 && matches!(failure.problem.status, 403 | 404) => {
            Err(back(&campaign, failure))
        }
        Some(_) => {
            let problem = Problem::new(409, "some-left", "some of several sheets");
            let page = page(&desk, &campaign, "", returned).await?;
            Ok(refused(&problem, page))
        }
    }
}

/// `…/dong`: ends the campaign.
pub(super) async fn close(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    fields.done()?;
    let campaign = desk.campaign(&id).await?;
    let plans = &desk.app.plans;
    let caller = desk.caller();
    let done = plans.close_campaign(&caller, campaign.record.id);
    done.await.map_err(|error| back(&campaign, error.into()))?;
    Ok(here(&campaign)
        .saying(Notice::CampaignClosed)
        .into_response())
}

/// `…/mo-lai`: opens it once more.
pub(super) async fn open_again(
    desk: Desk,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    fields.done()?;
    let campaign = desk.campaign(&id).await?;
    let plans = &desk.app.plans;
    // One that is open stays so, but not everybody is told that it was done.
    if !plans.runs_campaign(&desk.visitor.principal, &campaign) {
        let failure = Failure::denied("denied-role-missing", "opening a campaign again");
        return Err(back(&campaign, failure));
    }
    let caller = desk.caller();
    let done = plans.open_campaign_again(&caller, campaign.record.id);
    done.await.map_err(|error| back(&campaign, error.into()))?;
    Ok(here(&campaign)
        .saying(Notice::CampaignOpenedAgain)
        .into_response())
}

/// Units, each with the version of its sheet.
fn ticked(ticks: Vec<String>) -> Result<Vec<(Id, i64)>, Failure> {
    let read = |tick: String| {
        let parts = tick.split_once(':');
        parts
            .and_then(|(unit, version)| Some((unit.parse().ok()?, version.parse().ok()?)))
            .ok_or_else(|| fields::at("id", 422, "choice-unknown"))
    };
    ticks.into_iter().map(read).collect()
}

async fn nothing_ticked(desk: &Desk, campaign: &Campaign) -> Result<Response, Failure> {
    let problem = Problem::new(422, "nothing-ticked", "no unit of a campaign");
    let returned = Returned {
        errors: form_errors(desk.words(), &problem, &[], "danh-sach"),
        ticked: Vec::new(),
    };
    let page = page(desk, campaign, "", returned).await?;
    Ok(refused(&problem, page))
}

/// Which unit it was, and why it was not done.
async fn worded(desk: &Desk, unit: Id, failure: &Failure) -> Result<FieldError, Failure> {
    let anchor = anchor(unit);
    let FormErrors(mut errors) = form_errors(desk.words(), &failure.problem, &[], &anchor);
    let why = errors.pop().map_or_else(String::new, |error| error.message);
    Ok(FieldError {
        message: format!("{}: {why}", desk.name_of(unit).await?),
        field: anchor,
    })
}

fn here(campaign: &Campaign) -> GoTo {
    GoTo::link(&links::campaign(&campaign.record.id.to_string()))
}

fn back(campaign: &Campaign, failure: Failure) -> Failure {
    let page = links::campaign(&campaign.record.id.to_string());
    failure.back_to(LocalPath::or_home(&page))
}
