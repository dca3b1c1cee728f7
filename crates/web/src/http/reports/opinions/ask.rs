//! `/bao-cao/{id}/y-kien`: whom the lead asks about a report, and what they said.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use directory::Act;
use jiff::civil::Date;
use plan::opinions::{OpinionAsking, Round, shipped_opinion_terms};
use plan::{OPINION_ROUND, PlanError, Report};
use registry::{Caller, RegistryError};
use vocab::{FieldProblem, Id, Problem};

use super::super::super::{Failure, Form, GoTo, Notice, Page, fields, form_errors, refused};
use super::super::desk::Desk;
use super::super::matter::Matter;
use super::super::words;
use super::face;
use crate::pages::links;
use crate::pages::opinions::{OpinionsPage, PartnerRow};
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::shell::Section;

/// The names of a problem's fields in the forms.
const NAMES: &[(&str, &str)] = &[("units", "don-vi"), ("due", "han"), ("reason", "ly-do")];

/// What was typed.
#[derive(Default)]
struct Typed {
    units: Vec<String>,
    due: Option<String>,
    reason: String,
}

/// Shows it.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
) -> Result<Page<OpinionsPage>, Failure> {
    let report = readable(&desk, &id).await?;
    let typed = Typed::default();
    let page = page(&desk, &report, &typed, FormErrors::default());
    Ok(Page(page.await?))
}

/// Asks the partners that are ticked.
pub(super) async fn ask(
    desk: Desk,
    Path(id): Path<String>,
    Form(mut sent): Form,
) -> Result<Response, Failure> {
    let by = Caller {
        idempotency: Some(sent.request()),
        ..desk.caller()
    };
    let report = readable(&desk, &id).await?;
    let version = fields::version(&sent.take("phien-ban")?)?;
    let typed = Typed {
        units: sent.take_all("don-vi"),
        due: Some(sent.take("han")?),
        ..Typed::default()
    };
    sent.done()?;
    let asking = match read(&typed) {
        Ok(asking) => asking,
        Err(problem) => return again(&desk, &report, &typed, &problem).await,
    };
    let plans = &desk.app.plans;
    let asked = plans
        .ask_opinions(&by, report.record.id, version, &asking)
        .await;
    done(&desk, &report, &typed, asked, Notice::OpinionsAsked).await
}

/// Closes the asking before everybody has answered.
pub(super) async fn close(
    desk: Desk,
    Path(id): Path<String>,
    Form(sent): Form,
) -> Result<Response, Failure> {
    let by = Caller {
        idempotency: Some(sent.request()),
        ..desk.caller()
    };
    let report = readable(&desk, &id).await?;
    let [version, reason] = sent.exactly(["phien-ban", "ly-do"])?;
    let version = fields::version(&version)?;
    let typed = Typed {
        reason,
        ..Typed::default()
    };
    let plans = &desk.app.plans;
    let closed = plans
        .close_opinions(&by, report.record.id, version, &typed.reason)
        .await;
    done(&desk, &report, &typed, closed, Notice::OpinionsClosed).await
}

/// The report at an address, for whoever may see whom is asked about it.
async fn readable(desk: &Desk, id: &str) -> Result<Report, Failure> {
    desk.visitor.account()?;
    let report = desk.report(id).await?;
    if desk.may_round(Act::Read, report.record.unit) {
        return Ok(report);
    }
    Err(Failure::not_found("opinions on another unit's report"))
}

fn read(typed: &Typed) -> Result<OpinionAsking, Problem> {
    let mut wrong = Vec::new();
    let units: Result<Vec<Id>, _> = typed.units.iter().map(|unit| unit.parse::<Id>()).collect();
    if units.is_err() {
        wrong.push(FieldProblem::new("units", "choice-unknown"));
    }
    let due = typed.due.as_deref().unwrap_or_default();
    let due = due.trim().parse::<Date>();
    if due.is_err() {
        wrong.push(FieldProblem::new("due", "day-unreadable"));
    }
    if let (Ok(units), Ok(due_on)) = (units, due) {
        return Ok(OpinionAsking { units, due_on });
    }
    let mut problem = Problem::new(422, "invalid-fields", "asking for opinions");
    problem.fields = wrong;
    Err(problem)
}

async fn done(
    desk: &Desk,
    report: &Report,
    typed: &Typed,
    done: Result<Round, PlanError>,
    notice: Notice,
) -> Result<Response, Failure> {
    let problem = match done {
        Ok(_) => {
            let here = links::opinions(&report.record.id.to_string());
            return Ok(GoTo::link(&here).saying(notice).into_response());
        }
        Err(PlanError::Registry(RegistryError::Refused(problem)))
            if [409, 422].contains(&problem.status) =>
        {
            problem
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => Problem::new(
            409,
            "opinions-changed",
            "opinions on a report that moved on",
        ),
        Err(error) => return Err(error.into()),
    };
    again(desk, report, typed, &problem).await
}

async fn again(
    desk: &Desk,
    report: &Report,
    typed: &Typed,
    problem: &Problem,
) -> Result<Response, Failure> {
    let errors = form_errors(desk.words(), problem, NAMES, "y-kien");
    let report = desk.report(&report.record.id.to_string()).await?;
    Ok(refused(problem, page(desk, &report, typed, errors).await?))
}

async fn page(
    desk: &Desk,
    report: &Report,
    typed: &Typed,
    errors: FormErrors,
) -> Result<OpinionsPage, Failure> {
    let matter = Matter::of(desk, report)?;
    let (principal, plans) = (&desk.visitor.principal, &desk.app.plans);
    let id = report.record.id;
    let round = plans.opinion_round(principal, id).await?;
    let may_ask = desk.may_ask(report);
    let partners = if may_ask {
        partners(desk, report, round.as_ref(), typed).await?
    } else {
        Vec::new()
    };
    let open = round.as_ref().filter(|round| round.is_open());
    let words = desk.words();
    let may_close = open.is_some_and(|round| {
        let steps = desk
            .registry()
            .open_steps(principal, OPINION_ROUND, &round.record);
        let runs = desk.may_round(Act::Configure, report.record.unit);
        steps.contains(&"close") && (runs || !round.body.coordinated)
    });
    let closed = round.as_ref().and_then(|round| round.body.closed.as_ref());
    let due = match &typed.due {
        Some(due) => due.clone(),
        None => plans.opinions_due()?.to_string(),
    };
    Ok(OpinionsPage {
        id: id.to_string(),
        number: matter.target.body.number,
        title: matter.title(),
        unit: desk.name_of(matter.unit).await?,
        period: desk.period_label(matter.period),
        state: words::state(report),
        reading: words::value(matter.indicator, report),
        version: words::version(report),
        rows: match &round {
            Some(round) => face::rows(desk, round, report, matter.indicator).await?,
            None => Vec::new(),
        },
        asked_by: match &round {
            Some(round) => {
                let by = &round.body.by;
                let unit = desk.name_of(by.unit).await?;
                Some(words.t_args(
                    "opinions-asked-by",
                    &[("person", &by.person), ("unit", &unit)],
                ))
            }
            None => None,
        },
        closed: closed.map(|closed| {
            let key = match closed.reason.as_str() {
                "" => "opinions-settled",
                _ => "opinions-closed-by",
            };
            let said = words.t1(key, "person", &closed.person);
            (said, closed.reason.clone())
        }),
        may_ask,
        handed_in: ["submitted", "approved"].contains(&report.record.state.as_str()),
        partners,
        due,
        earliest: desk.today(),
        rule: shipped_opinion_terms()?.version,
        round_version: open.map_or(0, |round| round.record.version),
        closes: may_close,
        reason: typed.reason.clone(),
        errors,
        shell: desk.shell(Section::Reports),
    })
}

/// The partners of the report's targets: those that can be asked now, and why others cannot.
async fn partners(
    desk: &Desk,
    report: &Report,
    round: Option<&Round>,
    typed: &Typed,
) -> Result<Vec<PartnerRow>, Failure> {
    let mut rows = Vec::new();
    for partner in desk.app.plans.partners_of(report).await? {
        let mut row = PartnerRow {
            name: partner.name,
            is_group: partner.is_group,
            outside: partner.units.is_empty(),
            units: Vec::new(),
            silent: Vec::new(),
            asked: Vec::new(),
        };
        for unit in partner.units {
            let name = desk.name_of(unit.id).await?;
            if unit.answers.is_none() {
                row.silent.push(name);
            } else if plan::opinions::can_be_asked(report, round, unit.id) {
                let value = unit.id.to_string();
                row.units.push(Choice {
                    selected: typed.units.contains(&value),
                    label: name,
                    value,
                });
            } else {
                row.asked.push(name);
            }
        }
        rows.push(row);
    }
    Ok(rows)
}
