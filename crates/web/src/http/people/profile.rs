//! `GET /tai-khoan/ho-so`: what I may change about myself.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::{Act, DirectoryError, Person, PersonDraft, Subject};

use super::super::{App, Failure, Form, GoTo, Notice, Page, Visitor};
use super::desk::{again, at, version};
use crate::pages::links;
use crate::pages::parts::{FormErrors, Link};
use crate::pages::people_form::{FormField, Input, PeopleForm};
use crate::pages::shell::Section;

async fn oneself(app: &App, visitor: &Visitor, act: Act) -> Result<Option<Person>, Failure> {
    let account = visitor.account()?;
    let itself = Subject {
        kind: "account",
        unit: account,
        state: "",
        author: None,
    };
    visitor.require(act, &itself)?;
    Ok(app.directory.person_of_account(account).await?)
}

fn form(visitor: &Visitor, person: Option<&Person>, phone: String, email: String) -> PeopleForm {
    let words = visitor.words();
    let (lead, submit) = match person {
        Some(_) => (words.t("profile-lead"), words.t("people-save")),
        None => (words.t("profile-none"), String::new()),
    };
    PeopleForm {
        shell: visitor.shell(Section::Other),
        title: words.t("profile-title"),
        lead,
        back: Link::new(links::ACCOUNT, words.t("account-title")),
        notes: Vec::new(),
        action: links::PROFILE.to_owned(),
        version: person.map_or(0, |person| person.version),
        fields: vec![
            FormField::new("dien-thoai", words.t("person-phone"), Input::Text(phone)),
            FormField::new("thu-dien-tu", words.t("person-email"), Input::Text(email)),
        ],
        submit,
        look: String::new(),
        grave: false,
        errors: FormErrors::default(),
    }
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<PeopleForm>, Failure> {
    let person = oneself(&app, &visitor, Act::Read).await?;
    let draft = person.as_ref().map(|person| &person.draft);
    let phone = draft.and_then(|draft| draft.phone.as_ref());
    let email = draft.and_then(|draft| draft.email.clone());
    let phone = phone.map_or_else(String::new, vocab::Phone::national);
    Ok(Page(form(
        &visitor,
        person.as_ref(),
        phone,
        email.unwrap_or_default(),
    )))
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let person = oneself(&app, &visitor, Act::Draft).await?;
    let person = person.ok_or_else(|| Failure::not_found("an account without a person"))?;
    let version = version(&mut fields)?;
    let [phone, email] = fields.exactly(["dien-thoai", "thu-dien-tu"])?;
    match change(&app, &visitor, &person, version, &phone, &email).await {
        Ok(_) => Ok(GoTo::link(links::PROFILE)
            .saying(Notice::Saved)
            .into_response()),
        Err(error) => again(
            visitor.words(),
            form(&visitor, Some(&person), phone, email),
            error,
        ),
    }
}

async fn change(
    app: &App,
    visitor: &Visitor,
    person: &Person,
    version: i64,
    phone: &str,
    email: &str,
) -> Result<Person, DirectoryError> {
    let phone = match phone.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| at("phone", "phone-invalid"))?),
    };
    let draft = PersonDraft {
        phone,
        email: Some(email.to_owned()),
        ..person.draft.clone()
    };
    let actor = visitor.actor();
    app.directory
        .change_person(&actor, person.id, version, draft)
        .await
}
