//! `/bao-cao/{id}/sua`: changing a report.

use axum::extract::Path;
use axum::response::Response;
use directory::Act;
use plan::PlanError;
use registry::RegistryError;

use super::super::{Failure, LocalPath, MultipartForm, Page};
use super::desk::Desk;
use super::form;
use super::matter::Matter;
use super::save::Sent;
use super::typed::Typed;
use crate::pages::links;
use crate::pages::observation_edit::ObservationEdit;

/// The form, filled with what the report says.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<ObservationEdit>, Failure> {
    let report = desk.report(&id).await?;
    let back = LocalPath::or_home(&links::report(&id));
    desk.require(Act::Draft, &report.record)
        .map_err(|failure| failure.back_to(back))?;
    let matter = Matter::of(&desk, &report)?;
    let typed = Typed::of(&report.body, desk.words());
    Ok(Page(
        form::page(&desk, matter, Some(&report), &typed).await?,
    ))
}

/// Saves it over the version that the form was made from.
pub(super) async fn save(
    desk: Desk,
    Path(id): Path<String>,
    form: MultipartForm,
) -> Result<Response, Failure> {
    let report = desk.report(&id).await?;
    let matter = Matter::of(&desk, &report)?;
    let sent = Sent::read(&desk, matter.kind(), form).await?;
    if sent.version != report.record.version {
        return sent.overtaken(&desk, matter, &report).await;
    }
    let known = Some(&report);
    let draft = match sent.draft(&desk, matter, known) {
        Ok(draft) => draft,
        Err(problem) => return form::again(&desk, matter, known, &sent.typed, &problem).await,
    };
    let (caller, id) = (desk.caller(), report.record.id);
    match desk
        .app
        .plans
        .edit_report(&caller, id, sent.version, draft)
        .await
    {
        Ok(saved) => sent.saved(&desk, &saved).await,
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => {
            let current = desk.report(&id.to_string()).await?;
            sent.overtaken(&desk, matter, &current).await
        }
        Err(error) => sent.again(&desk, matter, known, error).await,
    }
}
