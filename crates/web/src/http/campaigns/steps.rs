//! Deciding on a sheet, and reopening it.

use std::collections::HashMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use plan::campaigns::{Sheet, SheetStep};
use vocab::Id;

use super::super::reports::desk::Desk;
use super::super::{Failure, Fields, Form, GoTo, Notice, fields};
use super::sheet::{Shown, once_more};
use crate::pages::links;

/// `…/duyet`: approves it, but for the lines that have a reason to go back.
pub(super) async fn decide(
    desk: Desk,
    Path((id, unit)): Path<(String, String)>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let caller = desk.caller_of(&fields);
    let sheet = desk.sheet(&id, &unit).await?;
    let version = version(&mut fields)?;
    let mut seen = Vec::new();
    let mut back = Vec::new();
    for line in fields.take_all("thay") {
        let parts = line.split_once(':');
        let parts = parts.and_then(|(place, version)| {
            Some((place.parse::<usize>().ok()?, version.parse::<i64>().ok()?))
        });
        let (place, version) = parts.ok_or_else(|| fields::at("thay", 422, "choice-unknown"))?;
        let reason = fields.take(&format!("ly-do-{place}"))?;
        let indicator = indicator(&sheet, place)?;
        seen.push((indicator, version));
        if !reason.trim().is_empty() {
            back.push((indicator, reason));
        }
    }
    fields.done()?;
    let notice = if back.is_empty() {
        Notice::SheetApproved
    } else {
        Notice::SheetSentBack
    };
    let reasons: HashMap<Id, String> = back.iter().cloned().collect();
    let step = SheetStep::Decide { seen, back };
    let (campaign, of) = (sheet.body.campaign, sheet.record.unit);
    let plans = &desk.app.plans;
    match plans
        .step_sheet(&caller, campaign, of, version, &step)
        .await
    {
        Ok(_) => Ok(GoTo::link(&links::sheet(&id, &unit))
            .saying(notice)
            .into_response()),
        Err(error) => {
            let shown = Shown {
                back: reasons,
                ..Shown::default()
            };
            once_more(&desk, &sheet, shown, error).await
        }
    }
}

/// `…/mo-lai`: back to the unit, with a reason and the lines to be corrected.
pub(super) async fn reopen(
    desk: Desk,
    Path((id, unit)): Path<(String, String)>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let caller = desk.caller_of(&fields);
    let sheet = desk.sheet(&id, &unit).await?;
    let version = version(&mut fields)?;
    let reason = fields.take("ly-do")?;
    let mut back = Vec::new();
    for place in fields.take_all("lai") {
        let place = place.parse();
        let place = place.map_err(|_| fields::at("lai", 422, "choice-unknown"))?;
        back.push(indicator(&sheet, place)?);
    }
    fields.done()?;
    let step = SheetStep::Reopen {
        reason: reason.clone(),
        back,
    };
    let (campaign, of) = (sheet.body.campaign, sheet.record.unit);
    let plans = &desk.app.plans;
    match plans
        .step_sheet(&caller, campaign, of, version, &step)
        .await
    {
        Ok(_) => Ok(GoTo::link(&links::sheet(&id, &unit))
            .saying(Notice::SheetReopened)
            .into_response()),
        Err(error) => {
            let shown = Shown {
                reason,
                ..Shown::default()
            };
            once_more(&desk, &sheet, shown, error).await
        }
    }
}

fn version(fields: &mut Fields) -> Result<i64, Failure> {
    fields::version(&fields.take("phien-ban")?)
}

fn indicator(sheet: &Sheet, place: usize) -> Result<Id, Failure> {
    let line = sheet.lines.iter().find(|line| line.place == place);
    line.map(|line| line.indicator)
        .ok_or_else(|| fields::at("thay", 422, "choice-unknown"))
}
