//! `/y-kien/{id}`: what a partner is asked about a report, and what it says.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use plan::opinions::{Given, Opinion, OpinionBody, Stance, states};
use plan::{OPINION, PlanError};
use registry::{Caller, Evidence, RegistryError};
use vocab::Problem;
use vocab::calendar::end_of_day;

use super::super::super::{Failure, GoTo, MultipartForm, Notice, Page, form_errors, refused};
use super::super::desk::Desk;
use super::super::words;
use super::face;
use super::typed::Typed;
use crate::pages::links;
use crate::pages::opinions::{OpinionPage, Said};
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::reading::Reading;
use crate::pages::shell::Section;

/// The names of a problem's fields in the form.
const NAMES: &[(&str, &str)] = &[
    ("stance", "y-kien"),
    ("said", "noi-dung-y-kien"),
    ("files", "tep"),
    ("evidence", "tep"),
];

/// How many earlier versions the page tells of.
const VERSIONS: usize = 50;

/// Shows it.
pub(super) async fn show(desk: Desk, Path(id): Path<String>) -> Result<Page<OpinionPage>, Failure> {
    let opinion = opinion_of(&desk, &id).await?;
    let given = opinion.body.given.as_ref();
    let typed = Typed {
        version: opinion.record.version,
        stance: given.map(|given| given.stance),
        said: given.map_or_else(String::new, |given| given.said.clone()),
        ..Typed::default()
    };
    let page = page(&desk, &opinion, &typed, FormErrors::default());
    Ok(Page(page.await?))
}

/// Gives the opinion, or changes it.
pub(super) async fn give(
    desk: Desk,
    Path(id): Path<String>,
    form: MultipartForm,
) -> Result<Response, Failure> {
    let by = Caller {
        idempotency: Some(form.fields.request()),
        ..desk.caller()
    };
    let opinion = opinion_of(&desk, &id).await?;
    let typed = Typed::take(&desk, form).await?;
    let held = held(&opinion);
    let plans = &desk.app.plans;
    let given = match typed.answer(held) {
        Ok(answer) => {
            plans
                .give_opinion(&by, opinion.record.id, typed.version, &answer)
                .await
        }
        // Whoever may not answer is told so, whatever was typed.
        Err(_) if !face::answers(&desk, &opinion) && opinion.record.state != states::CLOSED => {
            return Err(Failure::denied("denied-role-missing", "another's opinion"));
        }
        Err(problem) => Err(RegistryError::Refused(problem).into()),
    };
    let problem = match given {
        Ok(_) => {
            return Ok(GoTo::link(&links::opinion(&id))
                .saying(Notice::OpinionGiven)
                .into_response());
        }
        Err(PlanError::Registry(RegistryError::Refused(problem)))
            if [409, 422].contains(&problem.status) =>
        {
            problem
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => {
            Problem::new(409, "opinion-moved", "an opinion that moved on")
        }
        Err(error) => return Err(error.into()),
    };
    let errors = form_errors(desk.words(), &problem, NAMES, "y-kien");
    let opinion = opinion_of(&desk, &id).await?;
    Ok(refused(
        &problem,
        page(&desk, &opinion, &typed, errors).await?,
    ))
}

/// The opinion at an address.
async fn opinion_of(desk: &Desk, id: &str) -> Result<Opinion, Failure> {
    desk.visitor.account()?;
    let hidden = || Failure::not_found("no such opinion for this reader");
    let id = id.parse().map_err(|_| hidden())?;
    Ok(desk.app.plans.opinion(&desk.visitor.principal, id).await?)
}

fn held(opinion: &Opinion) -> &[Evidence] {
    let given = opinion.body.given.as_ref();
    given.map_or(&[], |given| given.files.as_slice())
}

async fn page(
    desk: &Desk,
    opinion: &Opinion,
    typed: &Typed,
    errors: FormErrors,
) -> Result<OpinionPage, Failure> {
    let body = &opinion.body;
    let found = desk.view.indicator(body.indicator);
    let (target, indicator) =
        found.ok_or_else(|| Failure::internal("an opinion on an indicator of no plan"))?;
    let words = desk.words();
    let kind = indicator.body.measure.kind;
    let entered = body.figure.entered();
    let given = body.given.as_ref();
    let said = |given: &Given| {
        let stale = given.figure.entered() != entered;
        face::said(given, indicator, stale)
    };
    let answers = face::answers(desk, opinion);
    Ok(OpinionPage {
        id: opinion.record.id.to_string(),
        version: opinion.record.version,
        number: target.body.number,
        title: target.title(&indicator.body.name),
        goal: indicator.body.goal.clone(),
        by_unit: desk.name_of(body.by_unit).await?,
        unit: desk.name_of(opinion.record.unit).await?,
        period: desk.period_label(body.period),
        reading: body
            .figure
            .measurement(kind)
            .and_then(|value| Reading::of(&indicator.body, value)),
        ratio: [entered.numerator, entered.denominator],
        note: body.note.clone(),
        evidence: words::files(&body.evidence),
        asked_by: {
            let unit = desk.name_of(body.by.unit).await?;
            words.t_args(
                "opinions-asked-by",
                &[("person", &body.by.person), ("unit", &unit)],
            )
        },
        due: desk.due(end_of_day(body.due_on)),
        waits: opinion.waits(),
        closed: opinion.record.state == states::CLOSED,
        given: given.map(said),
        earlier: earlier(desk, opinion, said).await?,
        answers,
        stances: Stance::ALL
            .into_iter()
            .map(|stance| Choice {
                value: stance.name().to_owned(),
                label: words.t(face::stance_key(stance)),
                selected: typed.stance == Some(stance),
            })
            .collect(),
        said: typed.said.clone(),
        files: words::files(held(opinion)),
        dropped: typed.dropped.clone(),
        received: words::files(&typed.received),
        file_limit_bytes: desk.app.settings.evidence_limit,
        most_files: plan::opinions::MOST_FILES,
        errors,
        shell: desk.shell(Section::Inbox),
    })
}

/// What was said before the latest word, latest first.
async fn earlier(
    desk: &Desk,
    opinion: &Opinion,
    said: impl Fn(&Given) -> Said,
) -> Result<Vec<Said>, Failure> {
    let principal = &desk.visitor.principal;
    let history = desk
        .registry()
        .history(principal, OPINION, &opinion.record, VERSIONS);
    let answers = history.await?.into_iter();
    let answers = answers.filter(|entry| entry.action == "answer");
    let bodies = answers.filter_map(|entry| entry.record.read::<OpinionBody>().ok());
    let given: Vec<Given> = bodies.filter_map(|body| body.given).collect();
    Ok(given.iter().skip(1).map(said).collect())
}
