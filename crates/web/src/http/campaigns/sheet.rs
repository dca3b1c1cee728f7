//! `/dot-bao-cao/{id}/phieu/{unit}`: a unit's sheet.

use std::collections::HashMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use directory::Act;
use plan::campaigns::{Saved, Sheet, SheetLine, SheetStep};
use plan::{OBSERVATION, PlanError, Report, SHEET};
use registry::RegistryError;
use vocab::{FieldProblem, Id, Problem};

use super::super::reports::desk::Desk;
use super::super::reports::typed::Typed;
use super::super::reports::words;
use super::super::{Failure, Form, GoTo, LocalPath, Notice, Page, fields, form_errors, refused};
use super::face::{filled, stage, stage_key};
use super::typed::{Lines, entry, standing};
use crate::i18n::Translator;
use crate::pages::checks::Check;
use crate::pages::links;
use crate::pages::observation_edit::SentBack;
use crate::pages::parts::{FieldError, FormErrors};
use crate::pages::reading::Reading;
use crate::pages::sheet::{LineRow, Mode, SheetPage};
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
pub(super) struct Shown {
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
    let saved = match plans
        .save_sheet(&desk.caller(), campaign, unit, &read.edits)
        .await
    {
        Ok(saved) => saved,
        // The same form came twice, and the first one handed the sheet in.
        Err(error) if submit && desk.registry().answered(&request).await?.is_some() => {
            drop(error);
            return Ok(GoTo::link(&here)
                .saying(Notice::SheetSubmitted)
                .into_response());
        }
        // What was typed is shown again, whatever became of the sheet meanwhile.
        Err(error) => {
            let shown = Shown {
                lines,
                ..Shown::default()
            };
            return once_more(&desk, &sheet, shown, error).await;
        }
    };
    let Saved {
        sheet,
        problems,
        conflicts,
        ..
    } = saved;
    let mut shown = Shown {
        lines,
        conflicts,
        ..Shown::default()
    };
    shown.problems = read.problems;
    shown.problems.extend(problems);
    if !shown.problems.is_empty() || !shown.conflicts.is_empty() {
        let status = if shown.problems.is_empty() { 409 } else { 422 };
        let problem = Problem::new(status, "invalid-fields", "some lines of a sheet");
        return Ok(refused(&problem, page(&desk, &sheet, &shown).await?));
    }
    if !submit {
        return Ok(GoTo::link(&here).saying(Notice::SheetSaved).into_response());
    }
    let step = SheetStep::Submit;
    match plans
        .step_sheet(&request, campaign, unit, version, &step)
        .await
    {
        Ok(_) => Ok(GoTo::link(&here)
            .saying(Notice::SheetSubmitted)
            .into_response()),
        Err(error) => once_more(&desk, &sheet, shown, error).await,
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
        stage: stage_key(stage(sheet)),
        late: sheet.body.is_late(desk.now())
            && (sheet.body.handed_in.is_some() || sheet.campaign.is_open()),
        mode,
        consolidates: state == "approved" && may(Act::Consolidate),
        reopens: state != "reopened" && may(Act::Configure),
        version: sheet.record.version,
        filled: filled(sheet),
        sent_back: sent_back(desk, sheet).await?,
        lines,
        reason: shown.reason.clone(),
        errors,
    })
}

async fn row(
    desk: &Desk,
    sheet: &Sheet,
    line: &SheetLine,
    shown: &Shown,
    mode: Mode,
) -> Result<LineRow, Failure> {
    let words_of = desk.words();
    let conflict = shown.conflicts.contains(&line.indicator);
    let typed = shown.lines.of(line, words_of);
    let stands = standing(line, words_of);
    let fillable = mode == Mode::Fill && line.is_open();
    let mine = if fillable || typed == stands {
        String::new()
    } else {
        said_in_words(desk, &typed)
    };
    let (_, indicator) = desk
        .view
        .indicator(line.indicator)
        .ok_or_else(|| Failure::internal("a line on an indicator of no plan"))?;
    let reading = |measurement| Reading::of(&indicator.body, measurement);
    let report = line.report.as_ref();
    let current = report.and_then(|report| words::value(indicator, report));
    let fields = shown.problems.iter();
    let wrong = fields
        .filter(|(id, _)| *id == line.indicator)
        .flat_map(|(_, fields)| {
            let mut problem = Problem::new(422, "invalid-fields", "a line");
            problem.fields.clone_from(fields);
            let FormErrors(errors) = form_errors(words_of, &problem, &[], "");
            errors.into_iter().map(|error| error.message)
        })
        .collect();
    let waits = mode == Mode::Decide
        && report.is_some_and(|report| {
            let principal = &desk.visitor.principal;
            let registry = desk.registry();
            registry.may(principal, Act::Approve, OBSERVATION, &report.record)
        });
    let method = [line.counts.as_deref(), line.among.as_deref()];
    let method: Vec<&str> = method.into_iter().flatten().collect();
    Ok(LineRow {
        place: line.place,
        numbers: numbers(line),
        title: line.name.clone(),
        method: method.join(" / "),
        goal: line.goal.clone(),
        last: line.last.and_then(reading),
        entry: entry(desk, line, &typed),
        current,
        ratio: report.and_then(|report| Some((report.body.numerator?, report.body.denominator?))),
        checks: checks(words_of, report, &typed),
        note: if fillable {
            typed.note
        } else {
            line.note().to_owned()
        },
        version: line.version(),
        state: report.map(words::state),
        open: line.is_open(),
        waits,
        done: matches!(line.state(), Some("approved" | "consolidated")),
        files: report.map_or(0, |report| report.body.evidence.len()),
        report: report.map(|report| links::report(&report.record.id.to_string())),
        theirs: if conflict {
            said_in_words(desk, &stands)
        } else {
            String::new()
        },
        mine,
        back: shown.back.get(&line.indicator).cloned().unwrap_or_default(),
        said: said(desk, sheet, line).await?,
        wrong,
    })
}

/// What a line says, or was to say.
fn said_in_words(desk: &Desk, typed: &Typed) -> String {
    let words = desk.words();
    let value = match typed.reached.as_str() {
        "co" => words.t("milestone-reached"),
        "khong" => words.t("milestone-open"),
        _ if typed.denominator.is_empty() && typed.numerator.is_empty() => typed.count.clone(),
        _ => format!("{} / {}", typed.numerator, typed.denominator),
    };
    match (value.is_empty(), typed.note.is_empty()) {
        (true, true) => "–".to_owned(),
        (true, false) => typed.note.clone(),
        (false, true) => value,
        (false, false) => format!("{value} · {}", typed.note),
    }
}

/// What looks wrong with a line as it was saved, with the words that were typed about it.
fn checks(words_of: Translator, report: Option<&Report>, typed: &Typed) -> Vec<Check> {
    let kept = report.map_or(&[][..], |report| &report.body.checks);
    let mut checks = words::checks(words_of, kept);
    for check in &mut checks {
        let said = typed.explanations.iter();
        if let Some(said) = said.rev().find(|said| said.finding == check.token)
            && said.text != check.explanation
        {
            check.explanation.clone_from(&said.text);
            (check.explained, check.stale) = (false, false);
        }
    }
    checks
}

fn numbers(line: &SheetLine) -> String {
    let numbers: Vec<String> = line.numbers.iter().map(u16::to_string).collect();
    numbers.join(", ")
}

/// Why a line was sent back.
async fn said(desk: &Desk, sheet: &Sheet, line: &SheetLine) -> Result<String, Failure> {
    let waits = matches!(sheet.record.state.as_str(), "sent_back" | "reopened");
    let Some(report) = line.report.as_ref().filter(|_| waits) else {
        return Ok(String::new());
    };
    if report.record.state != "sent_back" {
        return Ok(String::new());
    }
    let said = desk.registry().comments(report.record.id).await?;
    let last = said.into_iter().rfind(|said| said.step == "send_back");
    Ok(last.map_or_else(String::new, |said| said.text))
}

async fn sent_back(desk: &Desk, sheet: &Sheet) -> Result<Option<SentBack>, Failure> {
    if !matches!(sheet.record.state.as_str(), "sent_back" | "reopened") {
        return Ok(None);
    }
    let said = desk.registry().comments(sheet.record.id).await?;
    let last = said.into_iter().rfind(|said| !said.step.is_empty());
    Ok(last.map(|said| SentBack {
        person: said.by,
        at: said.at.in_vietnam().datetime(),
        reason: said.text,
    }))
}
