//! Delegating, and ending it.

use axum::extract::{Path, State};
use axum::response::Response;
use directory::{DelegationDraft, DirectoryError, Person, Position, Role};
use jiff::civil::Date;
use vocab::Id;

use super::super::{App, Failure, Fields, Form, Page, Visitor};
use super::desk::{Desk, at, day, end as last_day, saved, version};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors, Link};
use crate::pages::people_form::{FormField, Input, PeopleForm};

/// What was typed.
#[derive(Default)]
pub(super) struct Typed {
    receiver: String,
    position: String,
    roles: Vec<String>,
    from: String,
    last: String,
    pass_on: bool,
    reason: String,
    document: String,
}

impl Typed {
    /// An empty form that begins on a day.
    pub(super) fn from(day: Date) -> Self {
        Self {
            from: day.to_string(),
            ..Self::default()
        }
    }

    pub(super) fn take(fields: &mut Fields) -> Result<Self, Failure> {
        Ok(Self {
            receiver: fields.take("nguoi-nhan")?,
            position: fields.take("vi-tri")?,
            roles: fields.take_all("vai-tro"),
            from: fields.take("tu-ngay")?,
            last: fields.take("den-ngay")?,
            pass_on: fields.lookup("uy-quyen-lai")?.is_some(),
            reason: fields.take("ly-do")?,
            document: fields.take("van-ban")?,
        })
    }

    pub(super) async fn draft(
        &self,
        desk: &Desk,
        giver: Id,
    ) -> Result<DelegationDraft, DirectoryError> {
        let receiver = desk.named(&self.receiver, "receiver").await?;
        let position = match self.position.as_str() {
            "" => None,
            text => Some(
                text.parse()
                    .map_err(|_| at("position", "position-unknown"))?,
            ),
        };
        let valid_to = last_day(&self.last, "valid_to")?;
        Ok(DelegationDraft {
            giver,
            position,
            receiver: receiver.id,
            roles: desk.read_roles(&self.roles)?,
            valid_from: day(&self.from, "valid_from")?,
            valid_to: valid_to.ok_or_else(|| at("valid_to", "date-missing"))?,
            may_pass_on: self.pass_on,
            reason: self.reason.clone(),
            document: self.document.clone(),
        })
    }
}

/// The form: by an administrator for somebody, or by the giver himself, who is offered what he
/// can pass on.
pub(super) fn form(
    desk: &Desk,
    giver: &Person,
    positions: &[Position],
    own: Option<&[Role]>,
    typed: &Typed,
) -> PeopleForm {
    let words = desk.words();
    let id = giver.id.to_string();
    let mut limits = vec![Choice {
        value: String::new(),
        label: words.t("delegate-all-positions"),
        selected: typed.position.is_empty(),
    }];
    let open = positions
        .iter()
        .filter(|position| position.draft.valid_to.is_none_or(|end| desk.today < end));
    limits.extend(open.map(|position| Choice {
        value: position.id.to_string(),
        label: desk.position_words(position),
        selected: position.id.to_string() == typed.position,
    }));
    let text = |name, key: &str, value: &str| {
        FormField::new(name, words.t(key), Input::Text(value.to_owned()))
    };
    PeopleForm {
        shell: desk.shell(),
        title: format!("{}: {}", words.t("delegate-title"), giver.draft.name),
        lead: words.t("delegate-lead"),
        back: match own {
            None => Link::new(links::person(&id), &giver.draft.name),
            Some(_) => Link::new(links::MY_DELEGATIONS, words.t("delegations-mine")),
        },
        notes: Vec::new(),
        action: match own {
            None => links::person_step(&id, "uy-quyen"),
            Some(_) => links::MY_DELEGATION_NEW.to_owned(),
        },
        version: 0,
        fields: vec![
            text("nguoi-nhan", "delegate-receiver", &typed.receiver),
            FormField::new(
                "vai-tro",
                words.t("col-roles"),
                Input::Many(match own {
                    None => desk.role_choices(&typed.roles),
                    Some(held) => desk.choices_of(|role| held.contains(&role), &typed.roles),
                }),
            ),
            FormField::new("vi-tri", words.t("delegate-position"), Input::One(limits)),
            FormField::new(
                "tu-ngay",
                words.t("position-from"),
                Input::Day(typed.from.clone()),
            ),
            FormField::new(
                "den-ngay",
                words.t("position-last"),
                Input::Day(typed.last.clone()),
            ),
            text("ly-do", "delegate-reason", &typed.reason),
            text("van-ban", "delegate-document", &typed.document),
            FormField::new(
                "uy-quyen-lai",
                words.t("delegate-pass-on"),
                Input::Yes(typed.pass_on),
            ),
        ],
        submit: words.t("delegate-title"),
        look: String::new(),
        grave: false,
        errors: FormErrors::default(),
    }
}

pub(super) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
) -> Result<Page<PeopleForm>, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let giver = desk.person(id).await?;
    let positions = desk.app.directory.positions_of(id).await?;
    let typed = Typed::from(desk.today);
    Ok(Page(form(&desk, &giver, &positions, None, &typed)))
}

pub(super) async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let giver = desk.person(id).await?;
    let own = fields.identity();
    version(&mut fields)?;
    let typed = Typed::take(&mut fields)?;
    fields.done()?;
    let actor = desk.visitor.actor();
    let made = match typed.draft(&desk, id).await {
        Ok(draft) => desk.app.directory.delegate(&actor, own, draft).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(_) => Ok(saved(id)),
        Err(error) => {
            let positions = desk.app.directory.positions_of(id).await?;
            desk.again(form(&desk, &giver, &positions, None, &typed), error)
        }
    }
}

/// `POST /quan-tri/uy-quyen/{id}/ket-thuc`: from today on it does not hold any more.
pub(super) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let directory = &desk.app.directory;
    let known = directory.delegation(id).await?;
    let known = known.ok_or_else(|| Failure::not_found("no such delegation"))?;
    // Whoever keeps the giver or the receiver may end it.
    let mut person = known.draft.giver;
    if !desk.may_change(person).await? {
        person = desk.person(known.draft.receiver).await?.id;
    }
    let version = version(&mut fields)?;
    fields.done()?;
    let actor = desk.visitor.actor();
    directory
        .end_delegation(&actor, id, version, desk.today)
        .await?;
    desk.changed(person).await
}
