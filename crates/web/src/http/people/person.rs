//! One person: the page, the form of a new one, the form of one who is known.

use axum::extract::{Path, State};
use axum::response::Response;
use directory::{Act, Delegation, DirectoryError, Person, PersonDraft, Position, ShownPerson};
use vocab::Id;

use super::super::account_list::{ALL, send};
use super::super::{App, Failure, Fields, Form, Page, Visitor};
use super::desk::{Desk, at, saved, version};
use super::position;
use crate::pages::links;
use crate::pages::parts::{FormErrors, Link};
use crate::pages::people_form::{FormField, Input, PeopleForm};
use crate::pages::people_person::{DelegationRow, PersonPage, PositionRow};

/// What was typed.
#[derive(Default)]
struct Typed {
    name: String,
    citizen_id: String,
    phone: String,
    email: String,
    login: String,
}

impl Typed {
    fn take(desk: &Desk, fields: &mut Fields) -> Result<Self, Failure> {
        Ok(Self {
            name: fields.take("ho-ten")?,
            citizen_id: fields.take("so-dinh-danh")?,
            phone: fields.take("dien-thoai")?,
            email: fields.take("thu-dien-tu")?,
            login: if desk.keeps_all() {
                fields.take("ten-dang-nhap")?
            } else {
                String::new()
            },
        })
    }

    async fn of(desk: &Desk, shown: &ShownPerson) -> Result<Self, Failure> {
        let filled = desk.filled(shown);
        Ok(Self {
            name: shown.person.draft.name.clone(),
            citizen_id: filled.citizen_id,
            phone: filled.phone,
            email: filled.email,
            login: login(desk, &shown.person).await?,
        })
    }

    /// What it says, over what is known: a field that is hidden and left empty stays as it is.
    async fn draft(
        &self,
        desk: &Desk,
        known: Option<&ShownPerson>,
    ) -> Result<PersonDraft, DirectoryError> {
        let before = known.map(|shown| shown.person.draft.clone());
        let before = before.unwrap_or_default();
        let hidden = |field: &str| known.is_some_and(|shown| shown.hidden.contains(field));
        let citizen_id = match self.citizen_id.trim() {
            "" => before.citizen_id,
            text => Some(
                text.parse()
                    .map_err(|_| at("citizen_id", "citizen-id-invalid"))?,
            ),
        };
        let phone = match self.phone.trim() {
            "" if hidden("phone") => before.phone,
            "" => None,
            text => Some(text.parse().map_err(|_| at("phone", "phone-invalid"))?),
        };
        let email = match self.email.trim() {
            "" if hidden("email") => before.email,
            _ => Some(self.email.clone()),
        };
        let account = match self.login.trim() {
            _ if !desk.keeps_all() => before.account,
            "" => None,
            login => {
                let account = desk.app.directory.account_by_login(login).await?;
                let account = account.ok_or_else(|| at("account", "account-unknown"))?;
                Some(account.id)
            }
        };
        Ok(PersonDraft {
            name: self.name.clone(),
            citizen_id,
            phone,
            email,
            account,
            demo: before.demo,
        })
    }
}

async fn login(desk: &Desk, person: &Person) -> Result<String, Failure> {
    let Some(account) = person.draft.account else {
        return Ok(String::new());
    };
    let account = desk.app.directory.account(account).await?;
    Ok(account.map_or_else(String::new, |account| account.login))
}

/// The form; `first` is what was typed of the position of somebody new.
fn form(
    desk: &Desk,
    known: Option<&ShownPerson>,
    typed: &Typed,
    first: Option<&position::Typed>,
) -> PeopleForm {
    let words = desk.words();
    let hint = |field: &str| match known {
        Some(shown) if shown.hidden.contains(field) => words.t("personal-hidden-hint"),
        _ => String::new(),
    };
    let known = known.map(|shown| &shown.person);
    let text = |name, key: &str, value: &str| {
        FormField::new(name, words.t(key), Input::Text(value.to_owned()))
    };
    let id = known.map(|person| person.id.to_string());
    let mut fields = vec![
        text("ho-ten", "full-name", &typed.name),
        text("so-dinh-danh", "person-citizen-id", &typed.citizen_id)
            .hint(words.t("person-citizen-id-hint")),
        text("dien-thoai", "person-phone", &typed.phone).hint(hint("phone")),
        text("thu-dien-tu", "person-email", &typed.email).hint(hint("email")),
    ];
    // Whoever keeps the people of some units has them invited, and links no other account.
    if desk.keeps_all() {
        fields.push(text("ten-dang-nhap", "person-account", &typed.login));
    }
    fields.extend(
        first
            .map(|first| position::fields(desk, first))
            .into_iter()
            .flatten(),
    );
    PeopleForm {
        shell: desk.shell(),
        title: known.map_or_else(|| words.t("people-new"), |person| person.draft.name.clone()),
        lead: match first {
            Some(_) => words.t("people-new-lead-unit"),
            None => String::new(),
        },
        back: match &id {
            Some(id) => Link::new(links::person(id), &typed.name),
            None => Link::new(links::PEOPLE, words.t("people-title")),
        },
        notes: Vec::new(),
        action: match &id {
            Some(id) => links::person_step(id, "sua"),
            None => links::PERSON_NEW.to_owned(),
        },
        version: known.map_or(0, |person| person.version),
        fields,
        submit: words.t("people-save"),
        look: String::new(),
        grave: false,
        errors: FormErrors::default(),
    }
}

pub(super) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<PeopleForm>, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let first = (!desk.keeps_all()).then(|| position::Typed::fresh(&desk));
    Ok(Page(form(&desk, None, &Typed::default(), first.as_ref())))
}

pub(super) async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let id = fields.identity();
    version(&mut fields)?;
    let typed = Typed::take(&desk, &mut fields)?;
    let first = if desk.keeps_all() {
        None
    } else {
        Some(position::Typed::take(&mut fields)?)
    };
    fields.done()?;
    match enter(&desk, id, &typed, first.as_ref()).await {
        Ok(person) => Ok(saved(person.id)),
        Err(error) => desk.again(form(&desk, None, &typed, first.as_ref()), error),
    }
}

async fn enter(
    desk: &Desk,
    id: Id,
    typed: &Typed,
    first: Option<&position::Typed>,
) -> Result<Person, DirectoryError> {
    let draft = typed.draft(desk, None).await?;
    let position = match first {
        Some(first) => Some((desk.app.store().context().new_id(), first.draft(desk)?)),
        None => None,
    };
    let actor = desk.visitor.actor();
    let directory = &desk.app.directory;
    directory.enter_person(&actor, id, draft, position).await
}

pub(super) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
) -> Result<Page<PeopleForm>, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let shown = desk.shown(id).await?;
    let typed = Typed::of(&desk, &shown).await?;
    Ok(Page(form(&desk, Some(&shown), &typed, None)))
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let shown = desk.shown(id).await?;
    let version = version(&mut fields)?;
    let typed = Typed::take(&desk, &mut fields)?;
    fields.done()?;
    let actor = desk.visitor.actor();
    let written = match typed.draft(&desk, Some(&shown)).await {
        Ok(draft) => {
            let directory = &desk.app.directory;
            directory.change_person(&actor, id, version, draft).await
        }
        Err(error) => Err(error),
    };
    match written {
        Ok(_) => Ok(saved(id)),
        Err(error) => desk.again(form(&desk, Some(&shown), &typed, None), error),
    }
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
) -> Result<Page<PersonPage>, Failure> {
    let desk = Desk::reading(app, visitor).await?;
    let shown = desk.shown(id).await?;
    let editable = desk.may_change(id).await?;
    let personal = desk.personal(&shown);
    let person = &shown.person;
    let words = desk.words();
    let positions = desk.app.directory.positions_of(id).await?;
    // A unit that does not keep somebody sees what they are there.
    let shown_here = |position: &&Position| editable || desk.keeps_unit(position.draft.unit);
    let positions = positions.iter().filter(shown_here);
    let positions = positions.map(|position| PositionRow {
        id: if desk.keeps_unit(position.draft.unit) {
            position.id.to_string()
        } else {
            String::new()
        },
        title: position.draft.title.clone(),
        kind: {
            let kind = words.t(position.draft.kind.key());
            if position.draft.primary {
                format!("{kind}; {}", words.t("position-primary"))
            } else {
                kind
            }
        },
        unit: desk.unit_of(position),
        roles: desk.roles(&position.draft.roles),
        span: desk.span(position.draft.valid_from, position.draft.valid_to),
        now: position.draft.holds_on(desk.today),
    });
    let positions = positions.collect();
    let (given, received) = desk.app.directory.delegations_of(id).await?;
    let draft = &person.draft;
    let end = |id: &str| {
        if editable {
            links::end_delegation(id)
        } else {
            String::new()
        }
    };
    Ok(Page(PersonPage {
        shell: desk.shell(),
        id: id.to_string(),
        version: person.version,
        name: draft.name.clone(),
        editable,
        citizen_id: personal.citizen_id,
        phone: personal.phone,
        email: personal.email,
        account: account_link(&desk, person).await?,
        invitable: editable
            && draft.account.is_none()
            && person.is_there(desk.today)
            && invites(&desk.visitor),
        left_on: person.left_on,
        demo: draft.demo,
        positions,
        given: delegation_rows(&desk, &given, |known| known.draft.receiver, end).await?,
        received: delegation_rows(&desk, &received, |known| known.draft.giver, end).await?,
    }))
}

/// Whether a visitor may have somebody get an account.
fn invites(visitor: &Visitor) -> bool {
    let permissions = visitor.principal.permissions();
    permissions.ever(Act::Configure, "account")
}

/// The login, with the account's page where the visitor may change it.
async fn account_link(desk: &Desk, person: &Person) -> Result<Link, Failure> {
    let login = login(desk, person).await?;
    let Some(account) = person.draft.account else {
        return Ok(Link::new("", login));
    };
    let directory = &desk.app.directory;
    let found = directory.account_for(&desk.visitor.principal, Act::Configure, account);
    let href = match found.await? {
        Some(_) => links::account_edit(&account.to_string()),
        None => String::new(),
    };
    Ok(Link::new(href, login))
}

/// `POST /quan-tri/can-bo/{id}/moi-tai-khoan`: has the person get an account: by mail where there is an
/// address and mail goes out; otherwise the link is shown this once.
pub(super) async fn invite(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    desk.person(id).await?;
    fields.done()?;
    if !invites(&desk.visitor) {
        desk.visitor.require(Act::Configure, &ALL)?;
    }
    let directory = &desk.app.directory;
    let made = directory.invite_person(&desk.visitor.actor(), id).await?;
    send(&desk.app, &desk.visitor, made).await
}

/// Delegations in rows; `end` is where one that still runs is ended.
pub(super) async fn delegation_rows(
    desk: &Desk,
    delegations: &[Delegation],
    other: impl Fn(&Delegation) -> Id,
    end: impl Fn(&str) -> String,
) -> Result<Vec<DelegationRow>, Failure> {
    let others = delegations.iter().map(&other);
    let names = desk.app.directory.names_of(others.collect()).await?;
    let row = |known: &Delegation| {
        let draft = &known.draft;
        let texts = [draft.reason.as_str(), draft.document.as_str()];
        let texts = texts.into_iter().filter(|text| !text.is_empty());
        DelegationRow {
            version: known.version,
            person: names.get(&other(known)).cloned().unwrap_or_default(),
            roles: desk.roles(&draft.roles),
            span: desk.span(draft.valid_from, Some(draft.valid_to)),
            reason: texts.collect::<Vec<_>>().join(" · "),
            end: if desk.today < draft.valid_to && draft.valid_from < draft.valid_to {
                end(&known.id.to_string())
            } else {
                String::new()
            },
        }
    };
    Ok(delegations.iter().map(row).collect())
}
