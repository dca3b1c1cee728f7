//! `/dot-bao-cao/{id}/phieu/{unit}`: a unit's sheet.

use std::collections::HashMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use directory::Act;
use jiff::civil::DateTime;
use plan::campaigns::links::came_by_link;
use plan::campaigns::{HandedIn, Saved, Sheet, SheetStep, Stage};
use plan::{PlanError, SHEET};
use registry::RegistryError;
use vocab::{FieldProblem, Id, Instant, Problem};

use super::super::reports::desk::Desk;
use super::super::{Failure, Form, GoTo, LocalPath, Notice, Page, fields, form_errors, refused};
use super::face::{filled, stage_key};
use super::rows::row;
use super::typed::Lines;
use crate::pages::links;
use crate::pages::parts::{FieldError, FormErrors};
use crate::pages::sheet::{Mode, SheetPage};
use crate::pages::shell::Section;

/// Shows it, and notes down that it was opened.
pub(super) async fn show(
    desk: Desk,
    Path((id, unit)): Path<(String, String)>,
) -> Result<Page<SheetPage>, Failure> {
    let mut sheet = desk.sheet(&id, &unit).await?;
    let plans = &desk.app.plans;
    plans.mark_opened(&desk.caller(), &mut sheet).await?;
    Ok(Page(page(&desk, &sheet, &Shown::default()).await?))
}

/// What a page shows beside what stands in the sheet.
pub(in crate::http) struct Shown {
    pub lines: Lines,
    pub problems: Vec<(Id, Vec<FieldProblem>)>,
    pub conflicts: Vec<Id>,
    /// Reasons for sending lines back, as typed.
    pub back: HashMap<Id, String>,
    /// The reason for reopening, as typed.
    pub reason: String,
    /// What is wrong with the sheet as a whole.
    pub errors: FormErrors,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            lines: Lines::none(),
            problems: Vec::new(),
            conflicts: Vec::new(),
            back: HashMap::new(),
            reason: String::new(),
            errors: FormErrors::default(),
        }
    }
}

/// Saves what was typed, and hands the sheet in if asked and nothing is in the way.
pub(super) async fn save(
    desk: Desk,
    Path((id, unit)): Path<(String, String)>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let sheet = desk.sheet(&id, &unit).await?;
    let here = links::sheet(&id, &unit);
    let request = desk.caller_of(&fields);
    let submit = match fields.take("viec")?.as_str() {
        "gui" => true,
        "luu" => false,
        _ => return Err(fields::at("viec", 422, "choice-unknown")),
    };
    let version: i64 = fields
        .take("phien-ban")?
        .parse()
        .map_err(|_| fields::at("phien-ban", 422, "choice-unknown"))?;
    let lines = Lines::take(&sheet, &mut fields)?;
    fields.done()?;
    let read = lines.read(&sheet, desk.words().lang);
    let plans = &desk.app.plans;
    let (campaign, unit) = (sheet.body.campaign, sheet.record.unit);
    let done = if submit && read.problems.is_empty() {
        let (step, of) = (SheetStep::Submit, (campaign, unit));
        let handed_in = plans.hand_in_sheet(&request, of, version, &read.edits, &step);
        handed_in.await
    } else {
        let by = desk.caller();
        let kept = plans.save_sheet(&by, campaign, unit, &read.edits);
        kept.await.map(|saved| HandedIn::NotYet {
            saved: Box::new(saved),
            why: None,
        })
    };
    let mut shown = Shown {
        lines,
        ..Shown::default()
    };
    let (saved, why) = match done {
        Ok(HandedIn::Done) => {
            return Ok(GoTo::link(&here)
                .saying(Notice::SheetSubmitted)
                .into_response());
        }
        Ok(HandedIn::NotYet { saved, why }) => (*saved, why),
        // What was typed is shown again, whatever became of the sheet meanwhile.
        Err(error) => return once_more(&desk, &sheet, shown, error).await,
    };
    let Saved {
        sheet,
        problems,
        conflicts,
        ..
    } = saved;
    shown.conflicts = conflicts;
    shown.problems = read.problems;
    shown.problems.extend(problems);
    if !shown.problems.is_empty() || !shown.conflicts.is_empty() {
        let status = if shown.problems.is_empty() { 409 } else { 422 };
        let problem = Problem::new(status, "invalid-fields", "some lines of a sheet");
        return Ok(refused(&problem, page(&desk, &sheet, &shown).await?));
    }
    match why {
        Some(error) => once_more(&desk, &sheet, shown, error).await,
        None => Ok(GoTo::link(&here).saying(Notice::SheetSaved).into_response()),
    }
}

/// The sheet again, with what is wrong with a step.
pub(super) async fn once_more(
    desk: &Desk,
    sheet: &Sheet,
    mut shown: Shown,
    error: PlanError,
) -> Result<Response, Failure> {
    let here = links::sheet(
        &sheet.body.campaign.to_string(),
        &sheet.record.unit.to_string(),
    );
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
    let fresh = desk
        .sheet(
            &sheet.body.campaign.to_string(),
            &sheet.record.unit.to_string(),
        )
        .await?;
    let of_line = |field: &FieldProblem| {
        let place: usize = field.field.strip_prefix("line-")?.parse().ok()?;
        let line = fresh.lines.iter().find(|line| line.place == place)?;
        Some((line.indicator, vec![field.clone()]))
    };
    shown
        .problems
        .extend(problem.fields.iter().filter_map(of_line));
    if shown.problems.is_empty() {
        let names = [("reason", "ly-do"), ("text", "ly-do")];
        shown.errors = form_errors(desk.words(), &problem, &names, "phieu");
    }
    Ok(refused(&problem, page(desk, &fresh, &shown).await?))
}

/// The page of a sheet.
pub(super) async fn page(desk: &Desk, sheet: &Sheet, shown: &Shown) -> Result<SheetPage, Failure> {
    let principal = &desk.visitor.principal;
    let registry = desk.registry();
    let may = |act| registry.may(principal, act, SHEET, &sheet.record);
    let state = sheet.record.state.as_str();
    let mode = if sheet.is_fillable() && may(Act::Draft) {
        Mode::Fill
    } else if state == "submitted" && may(Act::Approve) {
        Mode::Decide
    } else {
        Mode::Read
    };
    let mut lines = Vec::with_capacity(sheet.lines.len());
    for line in &sheet.lines {
        lines.push(row(desk, sheet, line, shown, mode).await?);
    }
    let mut errors = shown.errors.clone();
    for line in &lines {
        let wrong = line.wrong.iter().cloned();
        let conflict = (!line.theirs.is_empty()).then(|| desk.words().t("sheet-conflict"));
        errors
            .0
            .extend(wrong.chain(conflict).map(|message| FieldError {
                field: line.anchor(),
                message: format!("{}: {message}", line.numbers),
            }));
    }
    let filled = filled(sheet);
    Ok(SheetPage {
        shell: desk.shell(Section::Reports),
        campaign: sheet.body.campaign.to_string(),
        title: sheet.campaign.body.title.clone(),
        unit: sheet.record.unit.to_string(),
        unit_name: desk.name_of(sheet.record.unit).await?,
        period: desk.period_label(sheet.body.period),
        period_code: sheet.body.period.code(),
        before: sheet
            .before
            .map_or_else(String::new, |period| desk.period_label(period)),
        due: Some(desk.due_of(&sheet.campaign)),
        stage: stage_key(Stage::of(&sheet.record, &sheet.body, filled)),
        late: sheet.campaign.finds_late(&sheet.body, desk.now()),
        mode,
        consolidates: state == "approved" && may(Act::Consolidate),
        reopens: state != "reopened" && may(Act::Configure),
        version: sheet.record.version,
        filled,
        sent_back: match state {
            "sent_back" | "reopened" => desk.sent_back(sheet.record.id).await?,
            _ => None,
        },
        by_link: came_by_link(&sheet.record)
            .then(|| sheet.body.handed_in.map(moment))
            .flatten(),
        link: link(desk, sheet).await?,
        lines,
        reason: shown.reason.clone(),
        errors,
    })
}

fn moment(micros: i64) -> DateTime {
    Instant::from_micros(micros).in_vietnam().datetime()
}

/// Where the link of a body without accounts is made, for whoever runs the call.
async fn link(desk: &Desk, sheet: &Sheet) -> Result<Option<String>, Failure> {
    let (plans, unit) = (&desk.app.plans, sheet.record.unit);
    if !plans.runs_campaign(&desk.visitor.principal, &sheet.campaign) {
        return Ok(None);
    }
    let offered =
        came_by_link(&sheet.record) || plans.without_accounts([unit]).await?.contains(&unit);
    let campaign = sheet.body.campaign.to_string();
    Ok(offered.then(|| links::sheet_link(&campaign, &unit.to_string())))
}
