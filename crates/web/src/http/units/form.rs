//! `GET /quan-tri/don-vi/moi`, `POST /quan-tri/don-vi/moi`: an event step by step (what and
//! when, which units, which resolution), then what it would do. Every step carries what the
//! ones before it asked for, so that nothing is kept between them and scripts are not needed.

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
use crate::pages::unit_event_form::{EventStep, TypedEvent, UnitEventForm};

/// What the first step has answered.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default, rename = "loai")]
    kind: String,
    #[serde(default, rename = "ngay")]
    day: String,
    /// `viec` to answer the first step otherwise.
    #[serde(default, rename = "buoc")]
    step: String,
}

/// An event as far as it was entered.
pub(super) struct Entered {
    pub(super) kind: String,
    pub(super) day: Date,
    pub(super) typed: TypedEvent,
}

/// Asks what and when, then of which units.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<UnitEventForm>, Failure> {
    require_configure(&visitor)?;
    let today = app.store().context().now().in_vietnam().date();
    let answered = event::KINDS.contains(&asked.kind.as_str()) && asked.day.parse::<Date>().is_ok();
    let step = if answered && asked.step != EventStep::What.value() {
        EventStep::Units
    } else {
        EventStep::What
    };
    let entered = Entered {
        day: words::day(&asked.day, today),
        kind: asked.kind,
        typed: TypedEvent::default(),
    };
    Ok(Page(page(&visitor, step, entered, FormErrors::default())))
}

/// Takes a step further, or back; after the last one says what the event would do. Nothing
/// is written.
pub(super) async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    require_configure(&visitor)?;
    let wanted = fields.lookup("buoc")?.unwrap_or_default();
    let entered = event::read(fields)?;
    if wanted == EventStep::Units.value() {
        let page = page(&visitor, EventStep::Units, entered, FormErrors::default());
        return Ok(Page(page).into_response());
    }
    let event = match event::event(&app, &entered).await {
        Ok(event) => event,
        Err(failure) => return Ok(again(&visitor, entered, &failure.problem)),
    };
    let told = match app.directory.preview_units(&[event]).await {
        Ok(told) => told,
        Err(DirectoryError::Refused(problem)) => return Ok(again(&visitor, entered, &problem)),
        Err(error) => return Err(error.into()),
    };
    if wanted == EventStep::Order.value() {
        let page = page(&visitor, EventStep::Order, entered, FormErrors::default());
        return Ok(Page(page).into_response());
    }
    let words = visitor.words();
    let edits = [EventStep::Units, EventStep::Order];
    let systems = app.plans.registry().systems();
    let page = preview::page(systems, &visitor, Some(&told), links::UNIT_EVENT_APPLY);
    Ok(Page(preview::UnitEventPreview {
        step: Some(EventStep::Preview),
        hidden: hidden(&entered, |_| true),
        edits: edits
            .map(|step| {
                let label = words.t(&format!("units-step-edit-{}", step.value()));
                (step.value().to_owned(), label)
            })
            .to_vec(),
        ..page
    })
    .into_response())
}

/// The step that something is wrong with, with what was typed and what is wrong.
pub(super) fn again(visitor: &Visitor, entered: Entered, problem: &Problem) -> Response {
    // The only event of the list is at its place 0.
    let names = [(
        "0",
        if entered.kind == "create" {
            "ten"
        } else {
            "don-vi"
        },
    )];
    let errors = form_errors(visitor.words(), problem, &names, names[0].1);
    let of_order = |field: &str| event::ORDER.contains(&field);
    let step = if errors.0.iter().all(|error| of_order(&error.field)) {
        EventStep::Order
    } else {
        EventStep::Units
    };
    refused(problem, page(visitor, step, entered, errors))
}

/// What was entered, to be sent along; of the other fields those that are wanted.
fn hidden(entered: &Entered, wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let first = [
        ("loai", entered.kind.clone()),
        ("ngay", entered.day.to_string()),
    ];
    let others = event::pairs(&entered.typed).into_iter();
    let others = others
        .filter(|(name, value)| wanted(name) && !value.is_empty())
        .map(|(name, value)| (name, value.clone()));
    first
        .into_iter()
        .chain(others)
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn page(visitor: &Visitor, step: EventStep, entered: Entered, errors: FormErrors) -> UnitEventForm {
    let language = visitor.words();
    let choice = |value: &str, label: String, chosen: &str| Choice {
        value: value.to_owned(),
        label,
        selected: value == chosen,
    };
    let of_event = |kind: &str| language.t(&format!("units-change-{kind}"));
    let asks_order = step == EventStep::Order;
    let Entered { kind, day, typed } = &entered;
    UnitEventForm {
        step,
        kind_words: if step == EventStep::What {
            String::new()
        } else {
            of_event(kind)
        },
        kinds: event::KINDS
            .map(|value| choice(value, of_event(value), kind))
            .to_vec(),
        unit_kinds: UnitKind::ALL
            .map(|of| choice(of.value(), language.t(of.key()), &typed.unit_kind))
            .to_vec(),
        // What this step asks for stands in its own fields.
        hidden: hidden(&entered, |name| event::ORDER.contains(&name) != asks_order),
        back: format!(
            "{}?loai={kind}&ngay={day}&buoc={}",
            links::UNIT_EVENT_NEW,
            EventStep::What.value()
        ),
        day: entered.day,
        kind: entered.kind,
        typed: entered.typed,
        errors,
        shell: visitor.shell(Section::Admin),
    }
}
