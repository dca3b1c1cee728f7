//! `/phieu/{secret}`: a body without accounts fills in its sheet, by a link that ends.
//!
//! Whoever follows the link acts as the link, through the same engine and permissions as
//! everybody; what session their browser holds does not matter here. The secret stands in the
//! address alone: logs name the route, pages send no `Referer`, and no form carries it.

mod files;
mod page;
mod save;

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::Method;
use axum::http::request::Parts;
use plan::PlanError;
use plan::campaigns::Sheet;
use plan::campaigns::links::LinkVisit;

use super::reports::desk::Desk;
use super::route_list::{Routes, get};
use super::{App, Failure, Frame, Page, Visitor};
use crate::pages::sheet_by_link::SheetByLink;

/// The routes of whoever comes by a link.
pub(super) fn routes() -> Routes {
    Routes::new().route("/phieu/{secret}", get(show).post(save::save))
}

/// A request by a link that opens its sheet.
pub(super) struct LinkDesk {
    desk: Desk,
    visit: LinkVisit,
    secret: String,
}

impl FromRequestParts<App> for LinkDesk {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let frame = parts.extensions.get::<Arc<Frame>>();
        let frame = frame.ok_or_else(|| Failure::internal("a route outside of the face"))?;
        let frame = Arc::clone(frame);
        let Path(secret) = Path::<String>::from_request_parts(parts, app)
            .await
            .map_err(|_| Failure::not_found("an address that is no link"))?;
        let nobody = Visitor::anybody(app, Arc::clone(&frame));
        let visit = app
            .plans
            .follow_sheet_link(&secret, &nobody.device())
            .await?;
        if !matches!(parts.method, Method::GET | Method::HEAD) {
            app.directory.write_by_link(visit.link.record.id)?;
        }
        let forms = directory::form_secret(&secret);
        let visitor = Visitor::by_link(app, frame, visit.principal.clone(), forms);
        // Whoever reads the body asks who sends it.
        parts.extensions.insert(visitor.clone());
        let desk = Desk::lookup(app, &visitor).await?;
        Ok(Self {
            desk: desk.ok_or(PlanError::NoPlan)?,
            visit,
            secret,
        })
    }
}

impl LinkDesk {
    async fn sheet(&self) -> Result<Sheet, Failure> {
        let (plans, visit) = (&self.desk.app.plans, &self.visit);
        let sheet = plans.sheet(&visit.principal, visit.campaign, visit.unit);
        Ok(sheet.await?)
    }
}

/// Shows the sheet, and notes down that it was opened.
async fn show(by: LinkDesk) -> Result<Page<SheetByLink>, Failure> {
    let mut sheet = by.sheet().await?;
    let caller = by.desk.caller();
    by.desk.app.plans.mark_opened(&caller, &mut sheet).await?;
    Ok(Page(
        page::page(&by, &sheet, &page::Again::default()).await?,
    ))
}
