//! `/loi-moi/{ma}`: taking up an invitation.

use axum::extract::{Path, State};
use axum::response::Response;
use directory::permission::RoleBook;
use directory::{DirectoryError, Grant, UnitTree};

use super::password_reset::{link_void, same};
use super::sign_in::{begin, explained};
use super::{App, Failure, Form, GoTo, Notice, Page, Visitor, form_errors, refused};
use crate::i18n::Translator;
use crate::pages::invitation::Invited;
use crate::pages::links;
use crate::pages::parts::FormErrors;
use crate::pages::shell::Section;

/// The directory's fields and the form's.
const NAMES: [(&str, &str); 2] = [("login", "ten-dang-nhap"), ("password", "mat-khau")];

/// Shows the form; looking uses nothing up.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Page<Invited>, Failure> {
    page(&app, &visitor, &token, String::new(), FormErrors::default())
        .await
        .map(Page)
}

async fn page(
    app: &App,
    visitor: &Visitor,
    token: &str,
    login: String,
    errors: FormErrors,
) -> Result<Invited, Failure> {
    let invitation = app
        .directory
        .invitation_of_link(token, &visitor.device())
        .await?;
    let invitation = invitation.ok_or_else(link_void)?;
    let units = app.directory.units().await?;
    let book = app.directory.roles().await?;
    Ok(Invited {
        shell: visitor.shell(Section::Other),
        action: links::invited(token),
        name: invitation.name,
        roles: roles(visitor.words(), &book, &units, &invitation.grants),
        login,
        errors,
    })
}

/// Grants in words.
pub(super) fn roles(
    words: Translator,
    book: &RoleBook,
    units: &UnitTree,
    grants: &[Grant],
) -> Vec<String> {
    let role = |grant: &Grant| {
        let role = words.role(book, grant.role);
        match units.get(grant.unit) {
            Some(unit) => format!("{role}, {}", unit.name),
            None => role,
        }
    };
    grants.iter().map(role).collect()
}

/// Makes the account and signs in: `ten-dang-nhap`, `mat-khau`, `mat-khau-lai`.
pub(super) async fn accept(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let [login, password, again] = fields.exactly(["ten-dang-nhap", "mat-khau", "mat-khau-lai"])?;
    let (directory, device) = (&app.directory, visitor.device());
    let made = match same(&password, &again) {
        Ok(()) => {
            let request = visitor.frame.request;
            directory
                .accept_invitation(&token, &login, &password, &device, request)
                .await
        }
        Err(problem) => Err(problem.into()),
    };
    let account = match made {
        Ok(account) => account,
        Err(DirectoryError::Refused(problem)) if !problem.fields.is_empty() => {
            let errors = form_errors(visitor.words(), &problem, &NAMES, "ten-dang-nhap");
            let page = page(&app, &visitor, &token, login, errors).await?;
            return Ok(refused(&problem, page));
        }
        Err(error) => return Err(error.into()),
    };
    match directory.sign_in(&account.login, &password, &device).await {
        Ok(session) => {
            let way = GoTo::link(links::ACCOUNT).saying(Notice::Welcome);
            begin(&app, &visitor, &session, way).await
        }
        Err(DirectoryError::Refused(problem)) => Err(explained(problem)),
        Err(error) => Err(error.into()),
    }
}
