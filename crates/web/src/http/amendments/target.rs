//! `GET`, `POST /ke-hoach/sua-doi/{id}/muc-tieu`: what a target reads like from then on. The
//! query names the target by its number (`so`), a target that the draft adds by its id, and
//! nothing for another new one.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use plan::PlanError;
use plan::amendments::{Amendment, MeasureEdit, Terms, TermsEdit};
use plan::import::{Bound, IndicatorKind};
use registry::RegistryError;
use serde::Deserialize;
use vocab::{FieldProblem, Id, Lang, Problem};

use super::super::reports::desk::Desk;
use super::super::{
    Failure, Fields, Form, GoTo, Notice, Page, fields, form_errors, number, refused,
};
use super::{deeds, document, require};
use crate::i18n::Translator;
use crate::pages::amendments::{AmendmentTarget, MeasureTyped};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::shell::Section;

/// Which target.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    so: String,
}

/// The target that is asked for, and what it reads like.
struct Subject {
    target: Option<Id>,
    terms: Option<Terms>,
}

/// Shows the form.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page<AmendmentTarget>, Failure> {
    let known = desk.amendment_of(&id).await?;
    require(&desk.visitor, &known.record.state)?;
    let subject = subject(&desk, &known, &asked.so)?;
    let page = blank(&desk, &known, &asked.so, &subject);
    Ok(Page(page))
}

/// Keeps what it says.
pub(super) async fn save(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let known = desk.amendment_of(&id).await?;
    require(&desk.visitor, &known.record.state)?;
    let subject = subject(&desk, &known, &asked.so)?;
    let mut page = blank(&desk, &known, &asked.so, &subject);
    typed(&mut page, &mut fields)?;
    fields.done()?;
    let words = desk.words();
    let places = page.measures.len();
    let edit = edit(&page, &subject, words.lang);
    let done = match edit {
        Ok(edit) => {
            let plans = &desk.app.plans;
            let own = known.record.id;
            plans
                .amend_target(&desk.caller(), own, page.version, &edit)
                .await
        }
        Err(problem) => Err(RegistryError::Refused(problem).into()),
    };
    let problem = match done {
        Ok(_) => {
            return Ok(GoTo::link(&links::amendment(&id))
                .saying(Notice::AmendmentSaved)
                .into_response());
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status == 422 => {
            problem
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => deeds::changed(),
        Err(error) => return Err(error.into()),
    };
    let mut names: Vec<(String, String)> = [
        ("number", "so-thu-tu"),
        ("group", "nhom"),
        ("name", "ten"),
        ("goal", "muc-tieu"),
        ("leads", "chu-tri"),
        ("partners", "phoi-hop"),
        ("due", "han-muc-tieu"),
    ]
    .map(|(theirs, ours)| (theirs.to_owned(), ours.to_owned()))
    .into();
    names.extend((1..=places).flat_map(|place| {
        [
            (format!("value-{place}"), format!("nguong-{place}")),
            (format!("due-{place}"), format!("han-{place}")),
        ]
    }));
    let names: Vec<(&str, &str)> = names
        .iter()
        .map(|(theirs, ours)| (theirs.as_str(), ours.as_str()))
        .collect();
    page.errors = form_errors(words, &problem, &names, "muc-tieu");
    Ok(refused(&problem, page))
}

/// What is asked for: a target of the plan as the draft has it or as it reads on the day, or
/// one that the draft adds.
fn subject(desk: &Desk, known: &Amendment, asked: &str) -> Result<Subject, Failure> {
    if asked.is_empty() {
        return Ok(Subject {
            target: None,
            terms: None,
        });
    }
    let target = if asked.parse::<u16>().is_ok() {
        deeds::target(desk, known, asked)?
    } else {
        let id = asked.parse().ok();
        let drafted = id.and_then(|id: Id| known.body.change(id));
        let drafted = drafted.map(|change| change.target);
        drafted.ok_or_else(|| Failure::not_found("no such target in this draft"))?
    };
    let drafted = known
        .body
        .change(target)
        .and_then(|change| change.now.clone());
    let view = &desk.view;
    let stands = view
        .target_by_id(target)
        .and_then(|target| target.timeline().on(known.body.from).cloned());
    Ok(Subject {
        target: Some(target),
        terms: drafted.or(stands),
    })
}

fn blank(desk: &Desk, known: &Amendment, asked: &str, subject: &Subject) -> AmendmentTarget {
    let words = desk.words();
    let terms = subject.terms.as_ref();
    let text = |of: fn(&Terms) -> String| terms.map_or_else(String::new, of);
    let group = text(|terms| terms.group.clone());
    let groups = desk.view.body.groups.iter().map(|heading| Choice {
        value: heading.code.clone(),
        label: format!("{}. {}", heading.code, heading.title),
        selected: heading.code == group,
    });
    // A target that the draft adds is measured as its goal reads; a person confirms that later.
    let added = desk
        .view
        .target_by_id(subject.target.unwrap_or(Id::NIL))
        .is_none();
    let measures = terms.filter(|_| !added);
    let measures = measures.map_or(&[][..], |terms| &terms.measures);
    AmendmentTarget {
        id: known.record.id.to_string(),
        version: known.record.version,
        document: document(words, &known.body),
        target: subject.target.map_or_else(String::new, |id| id.to_string()),
        asked: asked.to_owned(),
        number: text(|terms| terms.number.to_string()),
        groups: groups.collect(),
        name: text(|terms| terms.name.clone()),
        goal: text(|terms| terms.goal.clone()),
        leads: text(|terms| plan::amendments::written(&terms.leads)),
        partners: text(|terms| plan::amendments::written(&terms.partners)),
        due: text(|terms| {
            let due = terms.due.as_ref();
            due.and_then(|due| due.by.clone()).unwrap_or_default()
        }),
        measures: (1..)
            .zip(measures)
            .map(|(place, measure)| {
                let value = measure.measure.value.map(vocab::Decimal::normalized);
                MeasureTyped {
                    place,
                    id: measure.indicator.to_string(),
                    name: measure.name.clone(),
                    figured: matches!(
                        measure.measure.kind,
                        IndicatorKind::Ratio | IndicatorKind::Count
                    ),
                    kept: true,
                    bounds: bounds(
                        words,
                        measure.measure.bound.unwrap_or(Bound::AtLeast).name(),
                    ),
                    value: value.map_or_else(String::new, |value| number::typed(value, words.lang)),
                    unit: measure.unit.clone().unwrap_or_default(),
                    due: measure.due.map_or_else(String::new, |due| due.to_string()),
                }
            })
            .collect(),
        errors: FormErrors::default(),
        shell: desk.shell(Section::Plan),
    }
}

fn bounds(words: Translator, chosen: &str) -> Vec<Choice> {
    let bounds = Bound::ALL.into_iter().map(|bound| Choice {
        value: bound.name().to_owned(),
        label: words.t(&format!("measure-side-{}", bound.name())),
        selected: bound.name() == chosen,
    });
    bounds.collect()
}

/// Puts what was typed in the place of what stands there.
fn typed(page: &mut AmendmentTarget, fields: &mut Fields) -> Result<(), Failure> {
    page.version = fields::version(&fields.take("phien-ban")?)?;
    let target = fields.take("dich")?;
    if target != page.target {
        return Err(fields::at("dich", 422, "choice-unknown"));
    }
    page.number = fields.take("so-thu-tu")?;
    let group = fields.take("nhom")?;
    for choice in &mut page.groups {
        choice.selected = choice.value == group;
    }
    page.name = fields.take("ten")?;
    page.goal = fields.take("muc-tieu")?;
    page.leads = fields.take("chu-tri")?;
    page.partners = fields.take("phoi-hop")?;
    page.due = fields.take("han-muc-tieu")?;
    for measure in &mut page.measures {
        let place = measure.place;
        if fields.take(&format!("chi-so-{place}"))? != measure.id {
            return Err(fields::at(
                &format!("chi-so-{place}"),
                422,
                "choice-unknown",
            ));
        }
        if measure.figured {
            let bound = fields.take(&format!("chieu-{place}"))?;
            for choice in &mut measure.bounds {
                choice.selected = choice.value == bound;
            }
            measure.value = fields.take(&format!("nguong-{place}"))?;
        }
        measure.due = fields.take(&format!("han-{place}"))?;
        measure.kept = fields.lookup(&format!("thoi-{place}"))?.is_none();
    }
    Ok(())
}

/// What the form says; everything that cannot be read otherwise.
fn edit(page: &AmendmentTarget, subject: &Subject, lang: Lang) -> Result<TermsEdit, Problem> {
    let mut wrong = Vec::new();
    let mut day = |field: String, text: &str| match text.trim() {
        "" => None,
        text => {
            let read = text.parse::<Date>().ok();
            if read.is_none() {
                wrong.push(FieldProblem::new(field, "day-unreadable"));
            }
            read
        }
    };
    let due = day("due".to_owned(), &page.due);
    let dues: Vec<Option<Date>> = page
        .measures
        .iter()
        .map(|measure| day(format!("due-{}", measure.place), &measure.due))
        .collect();
    let number = page.number.trim().parse::<u16>();
    if number.is_err() {
        let outside = FieldProblem::new("number", "number-range");
        wrong.push(outside.with("least", 1).with("most", 9_999));
    }
    let mut measures = Vec::new();
    for (measure, due) in page.measures.iter().zip(dues) {
        let value = match measure.value.trim() {
            "" => None,
            text => match number::decimal(&format!("value-{}", measure.place), text, lang) {
                Ok(value) => Some(value),
                Err(problem) => {
                    wrong.push(problem);
                    None
                }
            },
        };
        let bound = measure.bounds.iter().find(|choice| choice.selected);
        measures.push(MeasureEdit {
            indicator: measure.id.parse().unwrap_or(Id::NIL),
            kept: measure.kept,
            bound: Bound::ALL
                .into_iter()
                .find(|own| bound.is_some_and(|bound| bound.value == own.name())),
            value,
            due,
        });
    }
    let (Ok(number), true) = (number, wrong.is_empty()) else {
        let mut problem = Problem::new(422, "invalid-fields", "the form of an amended target");
        problem.fields = wrong;
        return Err(problem);
    };
    let group = page.groups.iter().find(|choice| choice.selected);
    Ok(TermsEdit {
        target: subject.target,
        number,
        group: group.map_or_else(String::new, |choice| choice.value.clone()),
        name: page.name.clone(),
        goal: page.goal.clone(),
        leads: page.leads.clone(),
        partners: page.partners.clone(),
        due,
        measures,
    })
}
