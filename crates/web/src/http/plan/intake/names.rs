//! `GET`, `POST /ke-hoach/ten-goi`: the names of bodies that wait for somebody, who may be
//! meant, and what was decided.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::Reading;
use plan::records::{NameDoubt, NameInDoubt};
use plan::{DecidedName, Meaning, NameDecision, PlanError, PlanView, candidates};
use registry::RegistryError;
use vocab::{FieldProblem, Problem};

use super::super::super::{
    App, Failure, Fields, Form, GoTo, Notice, Page, Visitor, form_errors, refused,
};
use super::super::no_plan;
use super::require;
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::plan_names::{Decided, PlanNames, Waiting};
use crate::pages::shell::{AdminPage, Section};

/// What a choice of the form means, before its colon.
const UNIT: &str = "don-vi";
const GROUP: &str = "nhom";
const KNOWN_OUTSIDE: &str = "ngoai-co";
/// A unit or set by its full name; a body outside by its name; nobody any more.
const NAMED: &str = "co-ten";
const OUTSIDE: &str = "ngoai";
const TAKE_BACK: &str = "bo";

/// What the form sends.
struct Typed {
    written: String,
    version: i64,
    choice: String,
    name: String,
}

/// Shows them.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    require(&visitor)?;
    let Some(view) = app.plans.view().await? else {
        return Ok(no_plan(visitor.shell(Section::Plan)));
    };
    let decided = app.plans.decided_names().await?;
    let page = page(&view, &decided, &visitor, None, FormErrors::default());
    Ok(Page(page).into_response())
}

/// Keeps what somebody says of one name.
pub(super) async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    require(&visitor)?;
    let typed = Typed::take(fields)?;
    let Some(view) = app.plans.view().await? else {
        return Ok(no_plan(visitor.shell(Section::Plan)));
    };
    let done = match meaning(&view, &typed) {
        Ok(means) => {
            let decision = NameDecision {
                written: typed.written.clone(),
                version: typed.version,
                means,
            };
            app.plans.decide_name(&visitor.caller(), decision).await
        }
        Err(problem) => Err(RegistryError::Refused(problem).into()),
    };
    let problem = match done {
        Ok(_) => {
            let notice = if typed.choice == TAKE_BACK {
                Notice::NameUndecided
            } else {
                Notice::NameDecided
            };
            let next = GoTo::link(links::PLAN_NAMES).saying(notice);
            return Ok(next.into_response());
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status != 403 => {
            problem
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => {
            Problem::new(409, "name-changed", "a name that was decided since")
        }
        Err(error) => return Err(error.into()),
    };
    let view = app.plans.view().await?.unwrap_or(view);
    let place = view.body.names.iter();
    let place = place
        .into_iter()
        .position(|doubt| doubt.written == typed.written);
    let field = |name: &str| format!("{name}-{}", place.map_or(0, |place| place + 1));
    let (means, name) = (field("nghia"), field("ten-day-du"));
    let names = [
        ("means", means.as_str()),
        ("outside", name.as_str()),
        ("written", means.as_str()),
    ];
    let errors = form_errors(visitor.words(), &problem, &names, &means);
    let decided = app.plans.decided_names().await?;
    let page = page(&view, &decided, &visitor, Some(&typed), errors);
    Ok(refused(&problem, page))
}

impl Typed {
    fn take(fields: Fields) -> Result<Self, Failure> {
        let [written, version, choice, name] =
            fields.exactly(["ten", "phien-ban", "nghia", "ten-day-du"])?;
        let name: Vec<&str> = name.split_whitespace().collect();
        Ok(Self {
            written,
            version: version.parse().unwrap_or(-1),
            choice,
            name: name.join(" "),
        })
    }
}

/// Whom the form means.
fn meaning(view: &PlanView, typed: &Typed) -> Result<Meaning, Problem> {
    let wrong = |field: &str, code: &str| {
        let problem = Problem::new(422, "invalid-fields", "whom a name means");
        problem.at(FieldProblem::new(field, code))
    };
    let (kind, value) = typed.choice.split_once(':').unwrap_or((&typed.choice, ""));
    match kind {
        UNIT => value
            .parse()
            .map(Meaning::Unit)
            .map_err(|_| wrong("means", "name-unit-unknown")),
        GROUP => Ok(Meaning::Group(value.to_owned())),
        KNOWN_OUTSIDE => Ok(Meaning::Outside(value.to_owned())),
        OUTSIDE => Ok(Meaning::Outside(typed.name.clone())),
        TAKE_BACK => Ok(Meaning::Undecided),
        NAMED if typed.name.is_empty() => Err(wrong("outside", "field-required")),
        NAMED => match view.units.resolve(&typed.name, None) {
            Some(Reading::Unit(id)) => Ok(Meaning::Unit(id)),
            Some(Reading::Group(group)) => Ok(Meaning::Group(group.key.clone())),
            None => Err(wrong("outside", "name-unit-unknown")),
        },
        _ => Err(wrong("means", "name-not-chosen")),
    }
}

fn page(
    view: &PlanView,
    decided: &[DecidedName],
    visitor: &Visitor,
    typed: Option<&Typed>,
    errors: FormErrors,
) -> PlanNames {
    let shell = visitor.shell(Section::Plan);
    let words = shell.translator;
    let mut outside: Vec<String> = decided
        .iter()
        .filter_map(|name| match &name.means {
            Meaning::Outside(name) => Some(name.clone()),
            _ => None,
        })
        .collect();
    outside.sort();
    outside.dedup();
    let waiting = (1..).zip(&view.body.names).map(|(place, doubt)| {
        let typed = typed.filter(|typed| typed.written == doubt.written);
        let known = decided.iter().find(|name| name.key == doubt.key);
        Waiting {
            place,
            written: doubt.written.clone(),
            version: known.map_or(0, |name| name.version),
            why: why(words, doubt),
            lines: doubt.lines.clone(),
            targets: doubt.targets.clone(),
            projects: doubt.projects.clone(),
            choices: choices(
                view,
                doubt,
                &outside,
                typed.map(|typed| typed.choice.as_str()),
            ),
            chosen: typed.map_or_else(String::new, |typed| typed.choice.clone()),
            name: typed.map_or_else(String::new, |typed| typed.name.clone()),
        }
    });
    let known = decided.iter();
    let known = known.filter(|name| name.means != Meaning::Undecided);
    let known = known.map(|name| Decided {
        written: name.written.clone(),
        version: name.version,
        means: called(view, words, &name.means),
        at: name.at.in_vietnam().datetime(),
        history: links::audit_of(&name.id.to_string()),
    });
    PlanNames {
        waiting: waiting.collect(),
        decided: known.collect(),
        audits: shell
            .account
            .as_ref()
            .is_some_and(|account| account.admin.each().any(|page| page == AdminPage::Audit)),
        errors,
        shell,
    }
}

/// Why a name waits, in a sentence.
pub(super) fn why(words: Translator, doubt: &NameInDoubt) -> String {
    let code = match doubt.why {
        NameDoubt::Near => "near",
        NameDoubt::Unknown => "unknown",
        NameDoubt::Nobody => "nobody",
    };
    let name = doubt.taken_for.as_deref().unwrap_or(&doubt.written);
    words.t1(&format!("names-why-{code}"), "name", name)
}

fn choices(
    view: &PlanView,
    doubt: &NameInDoubt,
    outside: &[String],
    chosen: Option<&str>,
) -> Vec<Choice> {
    // What the importer took it for comes first, however it is spelt.
    let sought = doubt.taken_for.as_deref().unwrap_or(&doubt.written);
    let mut found = candidates(sought, &view.units, outside);
    for more in candidates(&doubt.written, &view.units, outside) {
        if !found.iter().any(|known| known.means == more.means) {
            found.push(more);
        }
    }
    let choices = found.into_iter().map(|candidate| {
        let value = match &candidate.means {
            Meaning::Unit(id) => format!("{UNIT}:{id}"),
            Meaning::Group(key) => format!("{GROUP}:{key}"),
            Meaning::Outside(name) => format!("{KNOWN_OUTSIDE}:{name}"),
            Meaning::Undecided => TAKE_BACK.to_owned(),
        };
        Choice {
            selected: chosen == Some(value.as_str()),
            label: candidate.name,
            value,
        }
    });
    choices.collect()
}

fn called(view: &PlanView, words: Translator, means: &Meaning) -> String {
    match means {
        Meaning::Unit(id) => {
            let unit = view.units.get(*id);
            unit.map_or_else(|| id.to_string(), |unit| unit.name.clone())
        }
        Meaning::Group(key) => {
            let mut groups = view.units.groups().iter();
            let group = groups.find(|group| &group.key == key);
            group.map_or_else(|| key.clone(), |group| group.name.clone())
        }
        Meaning::Outside(name) => words.t1("names-outside-named", "name", name),
        Meaning::Undecided => String::new(),
    }
}
