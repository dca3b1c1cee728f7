//! `GET`, `POST /ke-hoach-don-vi/{id}/ghi`: what a unit records of the plan that it issued.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use directory::Act;
use plan::PlanError;
use plan::own_plans::{Covered, UNIT_PLAN, UnitPlan, UnitPlanDraft};
use plan::projects::states;
use registry::{Evidence, RegistryError};
use store::StoreError;
use vocab::{FieldProblem, Id, Problem};

use super::super::super::multipart::too_large;
use super::super::super::{
    Failure, Fields, GoTo, MultipartForm, Notice, Page, fields, form_errors, refused,
};
use super::super::project::{Desk, kept, shown, take_files, typed_day};
use super::overview::of;
use super::show::party_key;
use super::{require, unit};
use crate::pages::links;
use crate::pages::own_plans::form::{FormLine, OwnPlanForm};
use crate::pages::parts::{FormErrors, Link};

/// The names of the record's fields, and those of the form.
pub(super) const NAMES: &[(&str, &str)] = &[
    ("symbol", "so-ky-hieu"),
    ("on", "ngay"),
    ("title", "ten"),
    ("evidence", "tep"),
    ("covers", "muc"),
    ("adds", "them"),
    ("note", "ghi-chu"),
];

/// What was typed.
#[derive(Default)]
struct Typed {
    symbol: String,
    on: String,
    title: String,
    adds: String,
    note: String,
    /// What each line says: identity, whether it is covered, number, day.
    lines: Vec<(String, bool, String, String)>,
    dropped: Vec<String>,
    received: Vec<Evidence>,
}

impl Typed {
    fn of(plan: &UnitPlan) -> Self {
        let body = &plan.body;
        let day =
            |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
        Self {
            symbol: body.symbol.clone(),
            on: day(body.on),
            title: body.title.clone(),
            adds: body.adds.join("\n"),
            note: body.note.clone(),
            lines: body
                .covers
                .iter()
                .map(|covered| {
                    let of = covered.of.to_string();
                    (of, true, covered.number.clone(), day(covered.by))
                })
                .collect(),
            dropped: Vec::new(),
            received: Vec::new(),
        }
    }

    fn take(sent: &mut Fields) -> Result<Self, Failure> {
        let ids = sent.take_all("muc");
        let chosen = sent.take_all("chon");
        let numbers = sent.take_all("muc-so");
        let days = sent.take_all("muc-han");
        if numbers.len() != ids.len() || days.len() != ids.len() {
            return Err(fields::at("muc-so", 422, "form-missing-field"));
        }
        let lines = ids.into_iter().zip(numbers).zip(days);
        Ok(Self {
            symbol: sent.take("so-ky-hieu")?,
            on: sent.take("ngay")?,
            title: sent.take("ten")?,
            adds: sent.take("them")?,
            note: sent.take("ghi-chu")?,
            lines: lines
                .map(|((id, number), day)| {
                    let covered = chosen.contains(&id);
                    (id, covered, number, day)
                })
                .collect(),
            dropped: sent.take_all("bo-tep"),
            received: Vec::new(),
        })
    }

    fn draft(&self, held: &[Evidence]) -> Result<UnitPlanDraft, Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        let on = typed_day("ngay", &self.on);
        wrong.extend(on.as_ref().err().cloned());
        let mut covers = Vec::new();
        for (id, covered, number, day) in &self.lines {
            // What was typed beside a line that is not ticked is asked about, never dropped.
            if !covered {
                if !number.trim().is_empty() || !day.trim().is_empty() {
                    wrong.push(FieldProblem::new("muc", "own-plan-line-unticked"));
                }
                continue;
            }
            let Ok(of) = id.parse::<Id>() else {
                wrong.push(FieldProblem::new("muc", "choice-unknown"));
                continue;
            };
            match typed_day("muc", day) {
                Ok(by) => covers.push(Covered {
                    of,
                    number: number.trim().to_owned(),
                    by,
                }),
                Err(problem) => wrong.push(problem),
            }
        }
        wrong.dedup();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(UnitPlanDraft {
            symbol: self.symbol.clone(),
            on: on.ok().flatten(),
            title: self.title.clone(),
            covers,
            adds: self.adds.lines().map(str::to_owned).collect(),
            note: self.note.clone(),
            evidence: kept(held, &self.received, &self.dropped),
        })
    }
}

/// Shows the form.
pub(super) async fn show(desk: Desk, Path(id): Path<String>) -> Result<Page<OwnPlanForm>, Failure> {
    let unit = unit(&desk, &id)?;
    let known = known(&desk, unit).await?;
    let typed = known.as_ref().map_or_else(Typed::default, Typed::of);
    Ok(Page(page(&desk, unit, known.as_ref(), &typed).await?))
}

/// Keeps it, and hands it in if asked.
pub(super) async fn save(
    desk: Desk,
    Path(id): Path<String>,
    form: MultipartForm,
) -> Result<Response, Failure> {
    let unit = unit(&desk, &id)?;
    let known = known(&desk, unit).await?;
    let cut = form.cut;
    let sent = taken(&desk, form).await;
    let (typed, version, submit, mut wrong) =
        sent.map_err(|failure| if cut { too_large().into() } else { failure })?;
    let held = known.as_ref().map_or(&[][..], |plan| &plan.body.evidence);
    let draft = typed.draft(held);
    wrong.extend(draft.as_ref().err().cloned().unwrap_or_default());
    let done = match draft {
        Ok(draft) if wrong.is_empty() && !cut => {
            let plans = &desk.app.plans;
            plans
                .save_unit_plan(&desk.caller(), unit, version, draft)
                .await
        }
        _ => {
            let status = if cut { 413 } else { 422 };
            let mut problem = Problem::new(status, "invalid-fields", "a unit's own plan");
            problem.fields = wrong;
            Err(RegistryError::Refused(problem).into())
        }
    };
    let here = GoTo::link(&links::own_plan(&unit.to_string()));
    let error = match done {
        Ok(_) if !submit => return Ok(here.saying(Notice::OwnPlanSaved).into_response()),
        Ok(plan) => {
            let (id, version) = (plan.record.id, plan.record.version);
            let plans = &desk.app.plans;
            match plans
                .step_unit_plan(&desk.caller(), id, version, "submit", None)
                .await
            {
                Ok(_) => return Ok(here.saying(Notice::OwnPlanSubmitted).into_response()),
                // It is kept as a draft; something is missing.
                Err(error) => {
                    let problem = correctable(error)?;
                    let typed = Typed::of(&plan);
                    return again(&desk, unit, Some(&plan), &typed, &problem).await;
                }
            }
        }
        Err(error) => error,
    };
    let problem = correctable(error)?;
    again(&desk, unit, known.as_ref(), &typed, &problem).await
}

async fn taken(
    desk: &Desk,
    mut form: MultipartForm,
) -> Result<(Typed, i64, bool, Vec<FieldProblem>), Failure> {
    let cut = form.cut;
    let (received, problems) = take_files(desk, &mut form).await?;
    let mut sent = form.fields;
    let mut typed = Typed::take(&mut sent)?;
    typed.received = received;
    let version = fields::version(&sent.take("phien-ban")?)?;
    let submit = match sent.lookup("viec")?.as_deref() {
        Some("gui") => true,
        Some("luu") => false,
        None if cut => false,
        None => return Err(fields::at("viec", 422, "form-missing-field")),
        Some(_) => return Err(fields::at("viec", 422, "choice-unknown")),
    };
    sent.done()?;
    Ok((typed, version, submit, problems))
}

/// What can be corrected in the form; the failure for what cannot.
fn correctable(error: PlanError) -> Result<Problem, Failure> {
    match error {
        PlanError::Registry(RegistryError::Refused(problem))
            if matches!(problem.status, 413 | 422) =>
        {
            Ok(problem)
        }
        PlanError::Registry(RegistryError::Store(StoreError::MissingFile { .. })) => Ok(
            Problem::new(422, "file-missing", "a file that this account did not send")
                .at(FieldProblem::new("tep", "file-missing")),
        ),
        PlanError::Registry(RegistryError::Conflict { .. }) => Ok(Problem::new(
            409,
            "own-plan-changed",
            "a unit's own plan that was changed since",
        )),
        error => Err(error.into()),
    }
}

/// The unit's own plan, for whoever may write it as it stands.
async fn known(desk: &Desk, unit: Id) -> Result<Option<UnitPlan>, Failure> {
    let plans = &desk.app.plans;
    require(desk, Act::Draft, unit, states::DRAFT)?;
    let known = plans
        .unit_plan(&desk.visitor.principal, &desk.view, unit)
        .await?;
    if let Some(plan) = &known
        && !desk
            .registry()
            .may_edit(&desk.visitor.principal, UNIT_PLAN, &plan.record)
    {
        require(desk, Act::Draft, unit, &plan.record.state)?;
        return Err(RegistryError::refused(409, "not-editable", "a unit's own plan").into());
    }
    Ok(known)
}

/// The form again with what was typed and what is wrong.
async fn again(
    desk: &Desk,
    unit: Id,
    known: Option<&UnitPlan>,
    typed: &Typed,
    problem: &Problem,
) -> Result<Response, Failure> {
    let errors = form_errors(desk.words(), problem, NAMES, "so-ky-hieu");
    let page = page(desk, unit, known, typed).await?;
    Ok(refused(problem, OwnPlanForm { errors, ..page }))
}

/// The form of a plan that lacks something before it is handed in.
pub(super) async fn form_again(
    desk: &Desk,
    unit: Id,
    plan: &UnitPlan,
    problem: &Problem,
) -> Result<Response, Failure> {
    again(desk, unit, Some(plan), &Typed::of(plan), problem).await
}

async fn page(
    desk: &Desk,
    unit: Id,
    known: Option<&UnitPlan>,
    typed: &Typed,
) -> Result<OwnPlanForm, Failure> {
    let coverage = desk.app.plans.own_plan_coverage(&desk.view, unit, None);
    let targets = coverage.targets.iter();
    let mut named: Vec<(Id, &'static str)> = targets
        .map(|(id, party)| (*id, party_key(*party)))
        .chain(coverage.projects.iter().map(|id| (*id, "own-plan-owner")))
        .collect();
    // What it covers without being named there stays in the form.
    for (id, ..) in &typed.lines {
        if let Ok(id) = id.parse::<Id>()
            && !named.iter().any(|(known, _)| *known == id)
        {
            named.push((id, ""));
        }
    }
    let lines = named.into_iter().filter_map(|(id, party)| {
        let text = id.to_string();
        let line = typed.lines.iter().find(|(line, ..)| *line == text);
        Some(FormLine {
            label: of(desk, id)?.text,
            party,
            covered: line.is_some_and(|(_, covered, ..)| *covered),
            number: line.map_or_else(String::new, |(_, _, number, _)| number.clone()),
            by: line.map_or_else(String::new, |(.., by)| by.clone()),
            id: text,
        })
    });
    let sent_back = match known {
        Some(plan) if plan.record.state == states::SENT_BACK => {
            desk.sent_back(plan.record.id).await?
        }
        _ => None,
    };
    let id = unit.to_string();
    Ok(OwnPlanForm {
        unit: Link::new(links::own_plan(&id), desk.unit(Some(unit)).text),
        action: links::own_plan_edit(&id),
        version: known.map_or(0, |plan| plan.record.version),
        latest: desk.today().to_string(),
        symbol: typed.symbol.clone(),
        on: typed.on.clone(),
        title: typed.title.clone(),
        lines: lines.collect(),
        adds: typed.adds.clone(),
        note: typed.note.clone(),
        files: known.map_or_else(Vec::new, |plan| shown(&plan.body.evidence)),
        received: shown(&typed.received),
        dropped: typed.dropped.clone(),
        sent_back,
        errors: FormErrors::default(),
        file_limit_bytes: desk.app.settings.evidence_limit,
        shell: desk.shell(),
    })
}
