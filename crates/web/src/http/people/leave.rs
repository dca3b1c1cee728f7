//! Leaving: what it would end and leave open, then doing it.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use directory::{
    DirectoryError, Grant, Leave, LeavePreview, Person, PositionKind, Principal, read_day,
};
use jiff::civil::Date;
use serde::Deserialize;
use vocab::Id;

use super::super::{App, Failure, Form, GoTo, Notice, Page, Visitor};
use super::desk::{Desk, day, kind, saved, version};
use crate::pages::links;
use crate::pages::parts::{FormErrors, Link};
use crate::pages::people_form::{FormField, Input, NoteList, PeopleForm};

/// How far tasks that wait are counted.
const MOST_TASKS: usize = 1_000;

/// The day to look at.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    ngay: Option<String>,
}

/// What was typed.
struct Typed {
    day: String,
    successor: String,
    kind: String,
    keep_open: bool,
}

async fn form(desk: &Desk, person: &Person, typed: &Typed) -> Result<PeopleForm, Failure> {
    let words = desk.words();
    let id = person.id.to_string();
    let on = read_day(&typed.day).unwrap_or(desk.today);
    let preview = desk.app.directory.preview_leave(person.id, on).await?;
    let chosen = PositionKind::from_value(&typed.kind).unwrap_or(PositionKind::InCharge);
    Ok(PeopleForm {
        shell: desk.shell(),
        title: format!("{}: {}", words.t("leave-title"), person.draft.name),
        lead: words.t("leave-lead"),
        back: Link::new(links::person(&id), &person.draft.name),
        notes: notes(desk, &preview, on).await?,
        action: links::person_step(&id, "thoi-viec"),
        version: person.version,
        fields: vec![
            FormField::new("ngay", words.t("leave-day"), Input::Day(typed.day.clone())),
            FormField::new(
                "ban-giao",
                words.t("leave-successor"),
                Input::Text(typed.successor.clone()),
            ),
            FormField::new(
                "hinh-thuc",
                words.t("position-kind"),
                Input::One(desk.kind_choices(chosen)),
            ),
            FormField::new(
                "de-trong",
                words.t("leave-keep-open"),
                Input::Yes(typed.keep_open),
            ),
        ],
        submit: words.t("leave-confirm"),
        look: words.t("leave-preview"),
        grave: true,
        errors: FormErrors::default(),
    })
}

/// What ends, and what nobody else could do, with how many tasks wait there.
async fn notes(desk: &Desk, preview: &LeavePreview, on: Date) -> Result<Vec<NoteList>, Failure> {
    let words = desk.words();
    let mut ends: Vec<String> = preview
        .positions
        .iter()
        .map(|position| words.t1("leave-position", "what", desk.position_words(position)))
        .collect();
    for known in preview.given.iter().chain(&preview.received) {
        let draft = &known.draft;
        let what = format!(
            "{}, {}",
            desk.roles(&draft.roles),
            desk.span(draft.valid_from, Some(draft.valid_to))
        );
        ends.push(words.t1("leave-delegation", "what", what));
    }
    ends.push(words.t_args(
        "leave-sessions",
        &[("count", &preview.sessions), ("tokens", &preview.tokens)],
    ));
    let mut open = Vec::new();
    for vacancy in &preview.vacancies {
        let holder = Principal {
            account: Some(Id::NIL),
            grants: [Grant::new(vacancy.role, vacancy.unit)].into(),
            ..Principal::public()
        };
        let registry = desk.app.plans.registry();
        let tasks = registry.count_tasks(&holder, MOST_TASKS).await?;
        let (role, unit) = (
            words.role(&desk.book, vacancy.role),
            desk.unit_name(vacancy.unit),
        );
        open.push(words.t_args(
            "leave-vacancy",
            &[("role", &role), ("unit", &unit), ("count", &tasks)],
        ));
    }
    if open.is_empty() {
        open.push(words.t("leave-no-vacancies"));
    }
    Ok(vec![
        NoteList {
            title: format!("{} ({})", words.t("leave-ends"), words.date(&on)),
            lines: ends,
        },
        NoteList {
            title: words.t("leave-vacancies"),
            lines: open,
        },
    ])
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Query(asked): Query<Asked>,
) -> Result<Page<PeopleForm>, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let person = desk.person(id).await?;
    let typed = Typed {
        day: asked.ngay.unwrap_or_else(|| desk.today.to_string()),
        successor: String::new(),
        kind: PositionKind::InCharge.value().to_owned(),
        keep_open: false,
    };
    form(&desk, &person, &typed).await.map(Page)
}

/// Does what the form says, or shows what it would end (`viec` = `xem`).
pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let person = desk.person(id).await?;
    version(&mut fields)?;
    let typed = Typed {
        day: fields.take("ngay")?,
        successor: fields.take("ban-giao")?,
        kind: fields.take("hinh-thuc")?,
        keep_open: fields.lookup("de-trong")?.is_some(),
    };
    let only_look = fields.lookup("viec")?.is_some();
    fields.done()?;
    if person.left_on.is_some() {
        let there = GoTo::link(&links::person(&id.to_string()));
        return Ok(there.saying(Notice::AlreadyDone).into_response());
    }
    if only_look {
        let form = form(&desk, &person, &typed).await?;
        return match day(&typed.day, "ngay") {
            Ok(_) => Ok(Page(form).into_response()),
            Err(error) => desk.again(form, error),
        };
    }
    match leave(&desk, id, &typed).await {
        Ok(_) => desk.changed(id).await,
        Err(error) => desk.again(form(&desk, &person, &typed).await?, error),
    }
}

async fn leave(desk: &Desk, person: Id, typed: &Typed) -> Result<LeavePreview, DirectoryError> {
    let successor = match typed.successor.trim() {
        "" => None,
        name => Some(desk.named(name, "successor").await?.id),
    };
    let leave = Leave {
        person,
        day: day(&typed.day, "ngay")?,
        successor,
        kind: kind(&typed.kind)?,
        leave_vacant: typed.keep_open,
    };
    let actor = desk.visitor.actor();
    desk.app.directory.leave(&actor, &leave).await
}

/// `POST /quan-tri/can-bo/{id}/tro-lai`: takes the leaving back.
pub(super) async fn come_back(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    desk.person(id).await?;
    let version = version(&mut fields)?;
    fields.done()?;
    let actor = desk.visitor.actor();
    desk.app.directory.come_back(&actor, id, version).await?;
    Ok(saved(id))
}
