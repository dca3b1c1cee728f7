//! `/quan-tri/tai-khoan`: accounts and invitations, for administrators.

use std::collections::BTreeSet;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use directory::permission::{Reach, RoleBook, reach};
use directory::{
    Act, DirectoryError, Grant, Invitation, NewInvitation, Reading, Role, Subject, UnitTree, may,
};
use serde::Deserialize;
use store::Cursor;
use vocab::{FieldProblem, Id, Problem};

use super::admin::PERSON;
use super::fields::unreadable;
use super::invitation::roles;
use super::people::roles_to_give;
use super::{App, Failure, Form, GoTo, Notice, Page, Visitor, form_errors, refused};
use crate::i18n::Translator;
use crate::pages::accounts::{AccountRow, Accounts, Handed, InvitationRow, InviteForm};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors, Pager};
use crate::pages::shell::Section;

const SHOWN: usize = 50;
const NAMES: [(&str, &str); 3] = [("name", "ho-ten"), ("email", "thu"), ("unit", "don-vi")];
/// How many days an invitation's link lasts.
const DAYS: u32 = 7;

/// Whose accounts they are.
pub(super) const ALL: Subject<'static> = Subject {
    kind: "account",
    unit: Id::NIL,
    state: "",
    author: None,
};

/// Which page: `sau` is the mark of the last account of the one before.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    sau: Option<String>,
}

/// Shows them.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<Accounts>, Failure> {
    let form = InviteForm::default();
    page(&app, &visitor, &asked, form, FormErrors::default())
        .await
        .map(Page)
}

async fn page(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    form: InviteForm,
    errors: FormErrors,
) -> Result<Accounts, Failure> {
    let every = require_some(visitor)?;
    let after = asked.sau.as_deref().map(read_mark).transpose()?;
    let found = app
        .directory
        .accounts(
            reach(&visitor.principal, Act::Configure, "account"),
            after,
            SHOWN,
        )
        .await?;
    let (words, units) = (visitor.words(), app.directory.units().await?);
    let book = app.directory.roles().await?;
    let accounts = found.items.into_iter().map(|account| AccountRow {
        id: account.id.to_string(),
        roles: roles(words, &book, &units, &account.grants),
        name: account.name,
        login: account.login,
        disabled: account.disabled,
    });
    let invitations = app.directory.invitations_for(&visitor.principal).await?;
    let invitations = invitations.into_iter().map(|invitation| {
        let hidden = match invitation.person {
            Some(person) if !every => hidden(
                visitor,
                &Subject {
                    kind: PERSON,
                    unit: person,
                    ..ALL
                },
            ),
            _ => hidden(visitor, &ALL),
        };
        InvitationRow {
            id: invitation.id.to_string(),
            roles: roles(words, &book, &units, &invitation.grants),
            mailable: app.settings.sends_mail && !invitation.email.is_empty(),
            name: invitation.name,
            email: match invitation.email {
                email if email.is_empty() || !hidden.contains("email") => email,
                _ => words.t("personal-hidden"),
            },
            ends: invitation.ends.in_vietnam().datetime(),
        }
    });
    let (offered_roles, offered_units) = offered(app, visitor, &book, &units).await?;
    Ok(Accounts {
        shell: visitor.shell(Section::Admin),
        link: None,
        accounts: accounts.collect(),
        pager: Pager {
            previous: asked.sau.as_ref().map(|_| links::ACCOUNTS.to_owned()),
            next: found
                .next
                .map(|next| format!("{}?sau={next}", links::ACCOUNTS)),
        },
        invitations: invitations.collect(),
        every,
        invite: InviteForm {
            roles: offered_roles,
            units: offered_units,
            ..form
        },
        errors,
    })
}

/// Whether the visitor sets up every account; refuses whoever sets up none.
pub(super) fn require_some(visitor: &Visitor) -> Result<bool, Failure> {
    let principal = &visitor.principal;
    if may(principal, Act::Configure, &ALL).is_allowed() {
        return Ok(true);
    }
    let some =
        principal.account.is_some() && principal.permissions().ever(Act::Configure, "account");
    if !some {
        visitor.require(Act::Configure, &ALL)?;
    }
    Ok(false)
}

pub(super) fn read_mark(text: &str) -> Result<Cursor, Failure> {
    text.parse()
        .map_err(|_| unreadable("address-unreadable", "a place that no list has"))
}

/// The personal fields of an account, or of those who are invited, that a visitor is not shown.
pub(super) fn hidden(visitor: &Visitor, account: &Subject<'_>) -> BTreeSet<String> {
    let permissions = visitor.principal.permissions();
    permissions.hidden_personal(account, None)
}

/// The roles and the units that whoever looks at an account may choose from: all, or those that
/// they may give, and where.
pub(super) async fn offered(
    app: &App,
    visitor: &Visitor,
    book: &RoleBook,
    units: &UnitTree,
) -> Result<(Vec<Choice>, Vec<String>), Failure> {
    let words = visitor.words();
    if may(&visitor.principal, Act::Configure, &ALL).is_allowed() {
        let roles = role_choices(words, book, Role::Officer, |_| true);
        return Ok((roles, unit_names(units, |_| true)));
    }
    let given = roles_to_give(app, visitor).await?;
    let permissions = visitor.principal.permissions();
    Ok((
        role_choices(words, book, Role::Officer, |role| given.contains(&role)),
        unit_names(units, |unit| permissions.keep_unit(unit)),
    ))
}

fn role_choices(
    words: Translator,
    book: &RoleBook,
    chosen: Role,
    fits: impl Fn(Role) -> bool,
) -> Vec<Choice> {
    let all = book.givable().into_iter();
    let all = all.filter(|(role, _)| fits(*role));
    let choices = all.map(|(role, spec)| Choice {
        value: role.value().to_owned(),
        label: words.role_name(&spec.name),
        selected: role == chosen,
    });
    choices.collect()
}

/// The names of units, for the list beside the field.
fn unit_names(units: &UnitTree, fits: impl Fn(Id) -> bool) -> Vec<String> {
    let all = units.iter().filter(|unit| fits(unit.id));
    all.map(|unit| unit.name.clone()).collect()
}

/// A grant as it was typed. Without a unit, one that reaches the province stands there.
pub(super) fn read_grant(
    book: &RoleBook,
    units: &UnitTree,
    role: &str,
    unit: &str,
) -> Result<Grant, Problem> {
    let role = book
        .find(role)
        .ok_or_else(|| Problem::new(422, "choice-unknown", "giving a role that is none"))?;
    let whole = book.get(role).is_some_and(|spec| {
        let mut reaches = spec.grants.iter().map(|grant| grant.reach);
        reaches.all(|reach| matches!(reach, Reach::All | Reach::Own))
    });
    let found = match units.resolve(unit, None) {
        Some(Reading::Unit(unit)) => Some(unit),
        _ if whole && unit.trim().is_empty() => Some(directory::province()),
        _ => None,
    };
    let unit = found.ok_or_else(|| {
        Problem::new(
            422,
            "grant-unit-unknown",
            "giving a role in a unit that is none",
        )
        .with("name", unit.trim())
        .at(FieldProblem::new("unit", "grant-unit-unknown"))
    })?;
    Ok(Grant::new(role, unit))
}

/// Invites: `ho-ten`, `thu`, `vai-tro`, `don-vi`. By mail where there is an address and mail
/// goes out; otherwise the link is shown this once.
pub(super) async fn invite(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    visitor.require(Act::Configure, &ALL)?;
    let [name, email, role, unit] = fields.exactly(["ho-ten", "thu", "vai-tro", "don-vi"])?;
    let units = app.directory.units().await?;
    let book = app.directory.roles().await?;
    let invited = match read_grant(&book, &units, &role, &unit) {
        Ok(grant) => {
            let new = NewInvitation {
                name: name.clone(),
                email: email.clone(),
                grants: vec![grant],
            };
            app.directory.invite(&visitor.actor(), new).await
        }
        Err(problem) => Err(problem.into()),
    };
    match invited {
        Ok(made) => send(&app, &visitor, made).await,
        Err(DirectoryError::Refused(problem)) => {
            let errors = form_errors(visitor.words(), &problem, &NAMES, "ho-ten");
            let form = InviteForm {
                name,
                email,
                unit,
                ..InviteForm::default()
            };
            let page = page(&app, &visitor, &Asked::default(), form, errors).await?;
            Ok(refused(&problem, page))
        }
        Err(error) => Err(error.into()),
    }
}

/// Mails a fresh invitation where it can be; otherwise shows its link this once.
pub(super) async fn send(
    app: &App,
    visitor: &Visitor,
    made: Invitation,
) -> Result<Response, Failure> {
    if app.settings.sends_mail && !made.email.is_empty() {
        return mail(app, visitor, made.id).await;
    }
    hand_over(app, visitor, made.id, made.name).await
}

async fn mail(app: &App, visitor: &Visitor, id: Id) -> Result<Response, Failure> {
    let (actor, lang) = (visitor.actor(), visitor.frame.lang);
    app.directory.mail_invitation(&actor, id, lang).await?;
    Ok(GoTo::link(links::ACCOUNTS)
        .saying(Notice::InvitationMailed)
        .into_response())
}

async fn hand_over(
    app: &App,
    visitor: &Visitor,
    id: Id,
    name: String,
) -> Result<Response, Failure> {
    let token = app.directory.invitation_link(&visitor.actor(), id).await?;
    let form = InviteForm::default();
    let page = page(app, visitor, &Asked::default(), form, FormErrors::default()).await?;
    let link = Some(Handed {
        href: app.settings.address_of(&links::invited(&token)),
        name,
        days: DAYS,
    });
    Ok(Page(Accounts { link, ..page }).into_response())
}

/// `gui` mails an invitation, `lien-ket` shows a fresh link, `thu-hoi` takes it back.
pub(super) async fn step_invitation(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, step)): Path<(Id, String)>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    fields.done()?;
    require_some(&visitor)?;
    let open = app.directory.invitations_for(&visitor.principal).await?;
    let found = open.into_iter().find(|invitation| invitation.id == id);
    let found = found.ok_or_else(|| Failure::not_found("an invitation that is gone"))?;
    match step.as_str() {
        "gui" if app.settings.sends_mail => mail(&app, &visitor, id).await,
        "lien-ket" => hand_over(&app, &visitor, id, found.name).await,
        "thu-hoi" => {
            let actor = visitor.actor();
            app.directory.withdraw_invitation(&actor, id).await?;
            Ok(GoTo::link(links::ACCOUNTS)
                .saying(Notice::InvitationWithdrawn)
                .into_response())
        }
        _ => Err(Failure::not_found("no such step")),
    }
}
