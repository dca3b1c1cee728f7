//! Saving what a body entered, and handing its sheet in.

use axum::response::{IntoResponse, Response};
use plan::PlanError;
use plan::campaigns::{HandedIn, Saved, Sheet, SheetStep};
use registry::RegistryError;
use vocab::{FieldProblem, Problem};

use super::super::campaigns::typed::Lines;
use super::super::multipart::too_large;
use super::super::{Failure, GoTo, LocalPath, MultipartForm, Notice, fields, form_errors, refused};
use super::page::{Again, page};
use super::{LinkDesk, files};
use crate::pages::links;

/// Saves what was typed (`viec` = `luu`), and hands the sheet in if asked (`gui`) and nothing is
/// in the way.
pub(super) async fn save(by: LinkDesk, mut form: MultipartForm) -> Result<Response, Failure> {
    let here = links::sheet_by_link(&by.secret);
    let back = |failure: Failure| failure.back_to(LocalPath::or_home(&here));
    if form.cut {
        return Err(back(too_large().into()));
    }
    let sheet = by.sheet().await?;
    let (received, wrong) = files::take(&by, &sheet, &mut form).await?;
    let mut fields = form.fields;
    let mut request = by.desk.caller();
    request.idempotency = Some(fields.request());
    let submit = match fields.take("viec")?.as_str() {
        "gui" => true,
        "luu" => false,
        _ => return Err(fields::at("viec", 422, "choice-unknown")),
    };
    let version = fields::version(&fields.take("phien-ban")?)?;
    let lines = Lines::take(&sheet, &mut fields)?.with_files(&sheet, &mut fields, received);
    fields.done()?;
    let read = lines.read(&sheet, by.desk.words().lang);
    let plans = &by.desk.app.plans;
    let (campaign, unit) = (by.visit.campaign, by.visit.unit);
    let done = if submit && read.problems.is_empty() && wrong.is_empty() {
        let (step, of) = (SheetStep::HandIn, (campaign, unit));
        let handed_in = plans.hand_in_sheet(&request, of, version, &read.edits, &step);
        handed_in.await
    } else {
        let by = by.desk.caller();
        let kept = plans.save_sheet(&by, campaign, unit, &read.edits);
        kept.await.map(|saved| HandedIn::NotYet {
            saved: Box::new(saved),
            why: None,
        })
    };
    let (saved, why) = match done {
        Ok(HandedIn::Done) => return Ok(sent(&here)),
        Ok(HandedIn::NotYet { saved, why }) => (*saved, why),
        // What was typed is shown again, whatever became of the sheet meanwhile.
        Err(error) => return again(&by, Again::of(lines), error).await,
    };
    let Saved {
        sheet,
        problems,
        conflicts,
        ..
    } = saved;
    let mut shown = Again::of(lines);
    shown.lines.conflicts = conflicts;
    shown.lines.problems = read.problems;
    shown.lines.problems.extend(problems);
    shown.lines.problems.extend(wrong);
    if !shown.lines.problems.is_empty() || !shown.lines.conflicts.is_empty() {
        let status = if shown.lines.problems.is_empty() {
            409
        } else {
            422
        };
        let problem = Problem::new(status, "invalid-fields", "some lines of a sheet");
        return Ok(refused(&problem, page(&by, &sheet, &shown).await?));
    }
    match why {
        Some(error) => again(&by, shown, error).await,
        None => Ok(GoTo::link(&here)
            .saying(Notice::LinkSheetSaved)
            .into_response()),
    }
}

fn sent(here: &str) -> Response {
    GoTo::link(here)
        .saying(Notice::LinkSheetSent)
        .into_response()
}

/// The sheet again, with what was typed and what is wrong.
async fn again(by: &LinkDesk, mut shown: Again, error: PlanError) -> Result<Response, Failure> {
    let here = links::sheet_by_link(&by.secret);
    let problem = match error {
        PlanError::Registry(RegistryError::Refused(problem))
            if matches!(problem.status, 409 | 422) =>
        {
            problem
        }
        PlanError::Registry(RegistryError::Conflict { .. }) => {
            Problem::new(409, "stale-version", "a sheet that moved on")
        }
        error => return Err(Failure::from(error).back_to(LocalPath::or_home(&here))),
    };
    let sheet = by.sheet().await?;
    shown.lines.problems.extend(of_lines(&sheet, &problem));
    if shown.lines.problems.is_empty() {
        shown.lines.errors = form_errors(by.desk.words(), &problem, &[], "phieu");
    }
    Ok(refused(&problem, page(by, &sheet, &shown).await?))
}

/// What is wrong with lines, as a step names them: `line-3`.
fn of_lines(sheet: &Sheet, problem: &Problem) -> Vec<(vocab::Id, Vec<FieldProblem>)> {
    let of_line = |field: &FieldProblem| {
        let place: usize = field.field.strip_prefix("line-")?.parse().ok()?;
        let line = sheet.lines.iter().find(|line| line.place == place)?;
        Some((line.indicator, vec![field.clone()]))
    };
    problem.fields.iter().filter_map(of_line).collect()
}
