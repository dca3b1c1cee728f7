//! `GET /quan-tri/don-vi/moi`, `POST /quan-tri/don-vi/moi`: the form for an event, and what
//! it would do.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use directory::{DirectoryError, UnitKind};
use jiff::civil::Date;
use serde::Deserialize;
use vocab::Problem;

use super::{event, preview, require_configure, words};
use crate::http::{App, Failure, Form, Page, Visitor, form_errors, refused};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::shell::Section;
use crate::pages::unit_event_form::{TypedEvent, UnitEventForm};

/// What the first step has answered.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default, rename = "loai")]
    kind: String,
    #[serde(default, rename = "ngay")]
    day: String,
}

/// Asks what and when, then of which units.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<UnitEventForm>, Failure> {
    require_configure(&visitor)?;
    let today = app.store().context().now().in_vietnam().date();
    let known = event::KINDS.contains(&asked.kind.as_str());
    let kind = if known && asked.day.parse::<Date>().is_ok() {
        asked.kind.as_str()
    } else {
        ""
    };
    let day = words::day(&asked.day, today);
    let typed = TypedEvent::default();
    Ok(Page(page(
        &visitor,
        kind,
        day,
        typed,
        FormErrors::default(),
    )))
}

/// Says what the event would do; nothing is written.
pub(super) async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    require_configure(&visitor)?;
    let (kind, day, typed) = event::read(fields)?;
    let event = match event::event(&app, &kind, day, &typed).await {
        Ok(event) => event,
        Err(failure) => return Ok(again(&visitor, &kind, day, typed, &failure.problem)),
    };
    match app.directory.preview_units(&[event]).await {
        Ok(told) => {
            let hidden = event::pairs(&typed).into_iter();
            let hidden = hidden.map(|(name, value)| (name, value.clone()));
            let first = [("loai", kind.clone()), ("ngay", day.to_string())];
            let hidden = first.into_iter().chain(hidden);
            let page = preview::page(&visitor, Some(&told), Vec::new(), links::UNIT_EVENT_APPLY);
            Ok(Page(preview::UnitEventPreview {
                hidden: hidden
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect(),
                back: format!("{}?loai={kind}&ngay={day}", links::UNIT_EVENT_NEW),
                ..page
            })
            .into_response())
        }
        Err(DirectoryError::Refused(problem)) => Ok(again(&visitor, &kind, day, typed, &problem)),
        Err(error) => Err(error.into()),
    }
}

/// The form with what was typed and what is wrong with it.
pub(super) fn again(
    visitor: &Visitor,
    kind: &str,
    day: Date,
    typed: TypedEvent,
    problem: &Problem,
) -> Response {
    // The only event of the list is at its place 0.
    let names = [("0", if kind == "create" { "ten" } else { "don-vi" })];
    let errors = form_errors(visitor.words(), problem, &names, names[0].1);
    refused(problem, page(visitor, kind, day, typed, errors))
}

fn page(
    visitor: &Visitor,
    kind: &str,
    day: Date,
    typed: TypedEvent,
    errors: FormErrors,
) -> UnitEventForm {
    let language = visitor.words();
    let choice = |value: &str, label: String, chosen: &str| Choice {
        value: value.to_owned(),
        label,
        selected: value == chosen,
    };
    let of_event = |kind: &str| language.t(&format!("units-change-{kind}"));
    UnitEventForm {
        kind: kind.to_owned(),
        kind_words: if kind.is_empty() {
            String::new()
        } else {
            of_event(kind)
        },
        day,
        kinds: event::KINDS
            .map(|value| choice(value, of_event(value), kind))
            .to_vec(),
        unit_kinds: UnitKind::ALL
            .map(|of| choice(of.value(), language.t(of.key()), &typed.unit_kind))
            .to_vec(),
        typed,
        errors,
        shell: visitor.shell(Section::Admin),
    }
}
