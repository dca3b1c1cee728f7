//! `/quan-tri/tai-khoan/{id}`: one account, for administrators.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use directory::{Account, AccountChange, Act, DirectoryError, Grant};
use vocab::{Id, Problem};

use super::account::{itself, session_rows};
use super::account_list::{hidden, offered, read_grant, require_some};
use super::invitation::roles;
use super::rights::may_ask;
use super::tokens::token_rows;
use super::{App, Failure, Fields, Form, GoTo, Notice, Page, Visitor, form_errors, refused};
use crate::pages::accounts::{AccountEdit, GrantRow, Handed};
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::shell::Section;

const NAMES: [(&str, &str); 3] = [("name", "ho-ten"), ("email", "thu"), ("unit", "don-vi")];

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
) -> Result<Page<AccountEdit>, Failure> {
    require_some(&visitor)?;
    let account = find(&app, &visitor, id).await?;
    page(&app, &visitor, account, FormErrors::default())
        .await
        .map(Page)
}

async fn find(app: &App, visitor: &Visitor, id: Id) -> Result<Account, Failure> {
    let directory = &app.directory;
    let found = directory.account_for(&visitor.principal, Act::Configure, id);
    found
        .await?
        .ok_or_else(|| Failure::not_found("an account that does not exist"))
}

async fn page(
    app: &App,
    visitor: &Visitor,
    account: Account,
    errors: FormErrors,
) -> Result<AccountEdit, Failure> {
    let units = app.directory.units().await?;
    let hidden = hidden(visitor, &itself(account.id));
    let (mails, places) = (!hidden.contains("email"), !hidden.contains("sessions"));
    let mut sessions = session_rows(app, visitor, account.id).await?;
    let told = (
        mails && !account.email.is_empty(),
        places && !sessions.is_empty(),
    );
    let fields: &[&str] = match told {
        (true, true) => &["login", "name", "email", "sessions"],
        (true, false) => &["login", "name", "email"],
        (false, true) => &["login", "name", "sessions"],
        (false, false) => &["login", "name"],
    };
    visitor.saw_personal(app, "account", account.id, account.id, fields);
    if !places {
        for session in &mut sessions {
            session.device = visitor.words().t("personal-hidden");
            session.address.clone_from(&session.device);
        }
    }
    let book = app.directory.roles().await?;
    let labels = roles(visitor.words(), &book, &units, &account.grants);
    let grants = account.grants.iter().zip(labels);
    let grants = grants.map(|(grant, label)| GrantRow {
        role: grant.role.value().to_owned(),
        unit: grant.unit.to_string(),
        label,
    });
    let (roles, units) = offered(app, visitor, &book, &units).await?;
    Ok(AccountEdit {
        explains: may_ask(visitor),
        shell: visitor.shell(Section::Admin),
        link: None,
        id: account.id.to_string(),
        version: account.version,
        login: account.login,
        name: account.name,
        email: if mails { account.email } else { String::new() },
        email_hidden: !mails,
        disabled: account.disabled,
        grants: grants.collect(),
        roles,
        units,
        sessions,
        tokens: token_rows(app, visitor.words(), account.id).await?,
        errors,
    })
}

/// `sua` (`ho-ten`, `thu`), `vai-tro` and `bo-vai-tro` (`vai-tro`, `don-vi`), `khoa`, `mo`,
/// each with `phien-ban`; `mat-khau` shows a link to a new password this once; `moi-phien`,
/// `phien` (`phien`) and `ma` (`ma`) end sessions and a token.
pub(super) async fn step(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, step)): Path<(Id, String)>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    require_some(&visitor)?;
    let account = find(&app, &visitor, id).await?;
    if step == "mat-khau" {
        fields.done()?;
        return hand_over(&app, &visitor, account).await;
    }
    if matches!(step.as_str(), "moi-phien" | "phien" | "ma") {
        let notice = end(&app, &visitor, id, &step, fields).await?;
        return Ok(GoTo::link(&links::account_edit(&id.to_string()))
            .saying(notice)
            .into_response());
    }
    let (version, change) = match change(&app, &visitor, &account, &step, fields).await? {
        Ok(asked) => asked,
        Err(problem) => return again(&app, &visitor, account, &problem).await,
    };
    let actor = visitor.actor();
    match app
        .directory
        .change_account(&actor, id, version, change)
        .await
    {
        Ok(_) => Ok(GoTo::link(&links::account_edit(&id.to_string()))
            .saying(Notice::Saved)
            .into_response()),
        Err(DirectoryError::Refused(problem)) => again(&app, &visitor, account, &problem).await,
        Err(error) => Err(error.into()),
    }
}

/// Ends one session, all of them, or a token.
async fn end(
    app: &App,
    visitor: &Visitor,
    account: Id,
    step: &str,
    fields: Fields,
) -> Result<Notice, Failure> {
    let (directory, actor) = (&app.directory, visitor.actor());
    if step == "ma" {
        let [token] = fields.exactly(["ma"])?;
        let token = token.parse().unwrap_or(Id::NIL);
        directory.end_token(&actor, account, token).await?;
        return Ok(Notice::TokenEnded);
    }
    let session = if step == "phien" {
        let [session] = fields.exactly(["phien"])?;
        Some(session)
    } else {
        fields.done()?;
        None
    };
    let ended = directory
        .end_sessions_by(&actor, account, session.as_deref())
        .await?;
    Ok(match (ended, session) {
        (0, _) => Notice::SessionGone,
        (_, Some(_)) => Notice::SessionEnded,
        (_, None) => Notice::AllSessionsEnded,
    })
}

async fn again(
    app: &App,
    visitor: &Visitor,
    account: Account,
    problem: &Problem,
) -> Result<Response, Failure> {
    let errors = form_errors(visitor.words(), problem, &NAMES, "ho-ten");
    Ok(refused(problem, page(app, visitor, account, errors).await?))
}

async fn change(
    app: &App,
    visitor: &Visitor,
    account: &Account,
    step: &str,
    mut fields: Fields,
) -> Result<Result<(i64, AccountChange), Problem>, Failure> {
    let version = fields.take("phien-ban")?.parse().unwrap_or(0);
    let mut change = AccountChange::default();
    match step {
        "sua" => {
            let [name, email] = fields.exactly(["ho-ten", "thu"])?;
            change.name = Some(name);
            // What is hidden and left empty stays as it is.
            let hides = hidden(visitor, &itself(account.id)).contains("email");
            change.email = Some(email).filter(|email| !hides || !email.trim().is_empty());
        }
        "vai-tro" => {
            let [role, unit] = fields.exactly(["vai-tro", "don-vi"])?;
            let units = app.directory.units().await?;
            let book = app.directory.roles().await?;
            let mut grants = account.grants.clone();
            match read_grant(&book, &units, &role, &unit) {
                Ok(grant) => grants.push(grant),
                Err(problem) => return Ok(Err(problem)),
            }
            change.grants = Some(grants);
        }
        "bo-vai-tro" => {
            let [role, unit] = fields.exactly(["vai-tro", "don-vi"])?;
            let is_it =
                |grant: &Grant| grant.role.value() == role && grant.unit.to_string() == unit;
            let mut grants = account.grants.clone();
            grants.retain(|grant| !is_it(grant));
            change.grants = Some(grants);
        }
        "khoa" | "mo" => {
            fields.done()?;
            change.disabled = Some(step == "khoa");
        }
        _ => return Err(Failure::not_found("no such step")),
    }
    Ok(Ok((version, change)))
}

async fn hand_over(app: &App, visitor: &Visitor, account: Account) -> Result<Response, Failure> {
    let (actor, name) = (visitor.actor(), account.name.clone());
    let token = app
        .directory
        .issue_password_reset(&actor, account.id)
        .await?;
    let account = find(app, visitor, account.id).await?;
    let page = page(app, visitor, account, FormErrors::default()).await?;
    let link = Some(Handed {
        href: app.settings.address_of(&links::password_reset(&token)),
        name,
        days: 1,
    });
    Ok(Page(AccountEdit { link, ..page }).into_response())
}
