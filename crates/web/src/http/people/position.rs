//! The form of a position.

use axum::extract::{Path, State};
use axum::response::Response;
use directory::{DirectoryError, Person, Position, PositionDraft, PositionKind};
use vocab::Id;

use super::super::{App, Failure, Fields, Form, Page, Visitor};
use super::desk::{Desk, at, day, end, kind, saved, version};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors, Link};
use crate::pages::people_form::{FormField, Input, PeopleForm};

/// What was typed.
pub(super) struct Typed {
    unit: String,
    title: String,
    roles: Vec<String>,
    kind: String,
    primary: bool,
    from: String,
    last: String,
}

impl Typed {
    pub(super) fn fresh(desk: &Desk) -> Self {
        Self {
            unit: String::new(),
            title: String::new(),
            roles: Vec::new(),
            kind: PositionKind::Regular.value().to_owned(),
            primary: false,
            from: desk.today.to_string(),
            last: String::new(),
        }
    }

    fn of(position: &Position) -> Self {
        let draft = &position.draft;
        let last = draft.valid_to.and_then(|end| end.yesterday().ok());
        Self {
            unit: draft.unit.to_string(),
            title: draft.title.clone(),
            roles: draft
                .roles
                .iter()
                .map(|role| role.value().to_owned())
                .collect(),
            kind: draft.kind.value().to_owned(),
            primary: draft.primary,
            from: draft.valid_from.to_string(),
            last: last.map_or_else(String::new, |day| day.to_string()),
        }
    }

    pub(super) fn take(fields: &mut Fields) -> Result<Self, Failure> {
        Ok(Self {
            unit: fields.take("don-vi")?,
            title: fields.take("chuc-danh")?,
            roles: fields.take_all("vai-tro"),
            kind: fields.take("hinh-thuc")?,
            primary: fields.lookup("chinh")?.is_some(),
            from: fields.take("tu-ngay")?,
            last: fields.take("den-ngay")?,
        })
    }

    pub(super) fn draft(&self, desk: &Desk) -> Result<PositionDraft, DirectoryError> {
        Ok(PositionDraft {
            unit: self.unit.parse().map_err(|_| at("unit", "unit-unknown"))?,
            title: self.title.clone(),
            roles: desk.read_roles(&self.roles)?,
            kind: kind(&self.kind)?,
            primary: self.primary,
            valid_from: day(&self.from, "valid_from")?,
            valid_to: end(&self.last, "valid_to")?,
        })
    }
}

fn form(desk: &Desk, person: &Person, known: Option<&Position>, typed: &Typed) -> PeopleForm {
    let words = desk.words();
    let person_id = person.id.to_string();
    PeopleForm {
        shell: desk.shell(),
        title: words.t(if known.is_some() {
            "position-edit"
        } else {
            "position-new"
        }),
        lead: person.draft.name.clone(),
        back: Link::new(links::person(&person_id), &person.draft.name),
        notes: Vec::new(),
        action: match known {
            Some(position) => links::position(&position.id.to_string()),
            None => links::person_step(&person_id, "vi-tri"),
        },
        version: known.map_or(0, |position| position.version),
        fields: fields(desk, typed),
        submit: words.t("people-save"),
        look: String::new(),
        grave: false,
        errors: FormErrors::default(),
    }
}

/// The fields of a position.
pub(super) fn fields(desk: &Desk, typed: &Typed) -> Vec<FormField> {
    let words = desk.words();
    let kind = PositionKind::from_value(&typed.kind).unwrap_or_default();
    vec![
        FormField::new(
            "don-vi",
            words.t("position-unit"),
            Input::One(units(desk, typed)),
        ),
        FormField::new(
            "chuc-danh",
            words.t("col-title"),
            Input::Text(typed.title.clone()),
        ),
        FormField::new(
            "vai-tro",
            words.t("col-roles"),
            Input::Many(desk.role_choices(&typed.roles)),
        ),
        FormField::new(
            "hinh-thuc",
            words.t("position-kind"),
            Input::One(desk.kind_choices(kind)),
        ),
        FormField::new(
            "tu-ngay",
            words.t("position-from"),
            Input::Day(typed.from.clone()),
        ),
        FormField::new(
            "den-ngay",
            words.t("position-last"),
            Input::Day(typed.last.clone()),
        )
        .hint(words.t("position-last-hint")),
        FormField::new(
            "chinh",
            words.t("position-primary"),
            Input::Yes(typed.primary),
        ),
    ]
}

/// All units of today whose people the visitor keeps, and the one that was chosen if it is not
/// among them any more.
fn units(desk: &Desk, typed: &Typed) -> Vec<Choice> {
    let mut choices: Vec<Choice> = desk
        .units
        .iter()
        .chain(desk.line.iter())
        .filter(|unit| desk.keeps_unit(unit.id))
        .map(|unit| Choice {
            value: unit.id.to_string(),
            label: unit.name.clone(),
            selected: unit.id.to_string() == typed.unit,
        })
        .collect();
    let gone = choices.iter().all(|choice| !choice.selected);
    if let Some(unit) = typed.unit.parse::<Id>().ok().filter(|_| gone) {
        choices.insert(
            0,
            Choice {
                value: typed.unit.clone(),
                label: desk.unit_name(unit),
                selected: true,
            },
        );
    }
    choices
}

pub(super) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
) -> Result<Page<PeopleForm>, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let person = desk.person(id).await?;
    Ok(Page(form(&desk, &person, None, &Typed::fresh(&desk))))
}

pub(super) async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let person = desk.person(id).await?;
    let position = fields.identity();
    version(&mut fields)?;
    let typed = Typed::take(&mut fields)?;
    fields.done()?;
    let actor = desk.visitor.actor();
    let made = match typed.draft(&desk) {
        Ok(draft) => {
            let directory = &desk.app.directory;
            directory.add_position(&actor, position, id, draft).await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(_) => Ok(saved(id)),
        Err(error) => desk.again(form(&desk, &person, None, &typed), error),
    }
}

async fn known(desk: &Desk, id: Id) -> Result<(Person, Position), Failure> {
    let directory = &desk.app.directory;
    let found = directory.position_for(&desk.visitor.principal, id).await?;
    let (shown, position) = found.ok_or_else(|| Failure::not_found("no such position"))?;
    Ok((shown.person, position))
}

pub(super) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
) -> Result<Page<PeopleForm>, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let (person, position) = known(&desk, id).await?;
    let typed = Typed::of(&position);
    Ok(Page(form(&desk, &person, Some(&position), &typed)))
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let (person, position) = known(&desk, id).await?;
    let version = version(&mut fields)?;
    let typed = Typed::take(&mut fields)?;
    fields.done()?;
    let actor = desk.visitor.actor();
    let written = match typed.draft(&desk) {
        Ok(draft) => {
            let directory = &desk.app.directory;
            directory.change_position(&actor, id, version, draft).await
        }
        Err(error) => Err(error),
    };
    match written {
        Ok(_) => desk.changed(person.id).await,
        Err(error) => desk.again(form(&desk, &person, Some(&position), &typed), error),
    }
}
