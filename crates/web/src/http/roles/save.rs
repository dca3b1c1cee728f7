//! Taking a role's form: looking first, then saving what was looked at.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use directory::DirectoryError;
use directory::permission::{RoleSpec, check_role, personal_fields};
use store::StoreError;
use vocab::{FieldProblem, Problem};

use super::super::audit::Names;
use super::super::{App, Failure, Form, GoTo, Notice, Page, Visitor, form_errors, refused};
use super::desk::Desk;
use super::form::form;
use super::preview::{digest, preview};
use super::typed::{Typed, TypedGrant};
use crate::pages::links;
use crate::pages::roles::{RoleForm, RoleTheirs};

/// The role's fields and the form's; those of grants follow from their place.
const NAMES: [(&str, &str); 5] = [
    ("code", "ma"),
    ("name.vi", "ten-vi"),
    ("name.en", "ten-en"),
    ("valid_from", "tu-ngay"),
    ("valid_to", "den-ngay"),
];

/// A grant's fields and the form's.
const GRANT_NAMES: [(&str, &str); 5] = [
    ("kinds", "doi-tuong"),
    ("reach", "pham-vi"),
    ("verbs", "viec"),
    ("condition", "dieu-kien"),
    ("four_eyes", "bon-mat"),
];

pub(super) async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    let (typed, step) = Typed::take(fields)?;
    take(&desk, None, typed, &step).await
}

/// `viec` says what: `xem` looks, `luu` saves what was looked at, `them` adds a grant.
pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let desk = Desk::open(app, visitor).await?;
    desk.standing(&code).await?;
    let (mut typed, step) = Typed::take(fields)?;
    typed.code.clone_from(&code);
    take(&desk, Some(&code), typed, &step).await
}

async fn take(
    desk: &Desk,
    known: Option<&str>,
    mut typed: Typed,
    step: &str,
) -> Result<Response, Failure> {
    if step == "them" {
        typed.grants.push(TypedGrant::fresh());
        return Ok(Page(form(desk, known, &typed)).into_response());
    }
    let (role, places) = match checked(desk, known, &typed) {
        Ok(read) => read,
        Err(wrong) => return Ok(again(desk, known, &typed, &wrong.problem, &wrong.places)),
    };
    if known.is_some() {
        let standing = desk.standing(&role.code).await?;
        if standing.version != typed.version {
            return conflict(desk, &typed, &role).await;
        }
    }
    let directory = &desk.app.directory;
    match directory.try_role(&desk.visitor.principal, &role).await {
        Ok(()) => {}
        Err(DirectoryError::Refused(problem)) => {
            return Ok(again(desk, known, &typed, &problem, &places));
        }
        Err(error) => return Err(error.into()),
    }
    let seen = digest(&role, typed.version)?;
    if step != "luu" || typed.seen != seen {
        let shown = preview(desk, &role, step == "luu").await?;
        return Ok(Page(RoleForm {
            preview: Some(shown),
            seen,
            ..form(desk, known, &typed)
        })
        .into_response());
    }
    let (principal, actor) = (&desk.visitor.principal, desk.visitor.actor());
    match directory
        .change_role(principal, &actor, typed.version, &role)
        .await
    {
        Ok(()) => Ok(GoTo::link(&links::role(&role.code))
            .saying(Notice::Saved)
            .into_response()),
        Err(DirectoryError::Refused(problem)) => Ok(again(desk, known, &typed, &problem, &places)),
        Err(DirectoryError::Store(StoreError::Conflict { .. } | StoreError::Duplicate { .. })) => {
            match known {
                Some(_) => conflict(desk, &typed, &role).await,
                None => Ok(again(desk, known, &typed, &taken(), &places)),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// What is wrong with what was typed, and which of the form's grants each of its grants is.
struct Wrong {
    problem: Problem,
    places: Vec<usize>,
}

/// The role as typed, and which of the form's grants each of its grants is.
fn checked(
    desk: &Desk,
    known: Option<&str>,
    typed: &Typed,
) -> Result<(RoleSpec, Vec<usize>), Box<Wrong>> {
    let (role, places) = typed.role().map_err(|problem| {
        Box::new(Wrong {
            problem,
            places: Vec::new(),
        })
    })?;
    if let Err(error) = check_role(&role, &desk.app.store().tables()) {
        let problem = match error {
            DirectoryError::Refused(problem) => problem,
            DirectoryError::Store(error) => Problem::new(500, "internal", error.to_string()),
        };
        return Err(Box::new(Wrong { problem, places }));
    }
    if let Some((place, field)) = unknown_mask(desk, &role) {
        let name = format!("q{}-che", places[place]);
        let at = FieldProblem::new(name, "role-mask-unknown").with("name", field);
        let problem = Problem::new(422, "role-invalid", "hiding a field that is none").at(at);
        return Err(Box::new(Wrong { problem, places }));
    }
    let is_taken = desk.book.iter().any(|other| other.code == role.code);
    if known.is_none() && is_taken {
        return Err(Box::new(Wrong {
            problem: taken(),
            places,
        }));
    }
    Ok((role, places))
}

/// The first mask that names no field of any of its grant's kinds.
fn unknown_mask<'a>(desk: &Desk, role: &'a RoleSpec) -> Option<(usize, &'a str)> {
    let registry = desk.app.plans.registry();
    let has = |kind: &String, field: &str| {
        // Kinds that no declaration describes are not read field by field.
        let declared = registry.declaration(kind);
        let systems = registry.systems();
        declared.is_ok_and(|declared| declared.fields.iter().any(|known| known.name == field))
            || personal_fields(kind).contains(&field)
            // A field of a table of a system, as in `holders.citizen_id`.
            || systems.kind(kind).is_some_and(|kind| kind.is_personal(field))
    };
    let mut grants = role.grants.iter().enumerate();
    grants.find_map(|(place, grant)| {
        let mut masks = grant.masks.iter();
        let any = grant.kinds.iter().any(|kind| kind == "*");
        let unknown =
            masks.find(|field| !any && !grant.kinds.iter().any(|kind| has(kind, field)))?;
        Some((place, unknown.as_str()))
    })
}

fn taken() -> Problem {
    let code = "role-code-taken";
    Problem::new(409, code, "making a role").at(FieldProblem::new("code", code))
}

/// The form again, with what is wrong with it.
fn again(
    desk: &Desk,
    known: Option<&str>,
    typed: &Typed,
    problem: &Problem,
    places: &[usize],
) -> Response {
    let mut names: Vec<(String, String)> = NAMES
        .iter()
        .map(|(field, name)| ((*field).to_owned(), (*name).to_owned()))
        .collect();
    for (place, typed_at) in places.iter().enumerate() {
        names.extend(GRANT_NAMES.iter().map(|(field, name)| {
            (
                format!("grant.{place}.{field}"),
                format!("q{typed_at}-{name}"),
            )
        }));
    }
    names.push(("grant".to_owned(), "q0-doi-tuong".to_owned()));
    let names: Vec<(&str, &str)> = names
        .iter()
        .map(|(field, name)| (field.as_str(), name.as_str()))
        .collect();
    let first = if known.is_some() { "ten-vi" } else { "ma" };
    let errors = form_errors(desk.words(), problem, &names, first);
    let form = form(desk, known, typed);
    refused(problem, RoleForm { errors, ..form })
}

/// Somebody saved another version meanwhile: both stand side by side, what was typed stays,
/// and looking again follows the other's version.
async fn conflict(desk: &Desk, typed: &Typed, mine: &RoleSpec) -> Result<Response, Failure> {
    let standing = desk.standing(&mine.code).await?;
    let words = desk.words();
    let latest = desk.app.directory.role_history(standing.record).await?;
    let by = match latest.first() {
        None => String::new(),
        Some(version) => {
            let name = Names::new(&desk.app, words).of(version.account).await?;
            format!(
                "{name}, {}.",
                words.moment(&version.at.in_vietnam().datetime())
            )
        }
    };
    let problem = Problem::new(409, "stale-version", "changing a role");
    let typed = Typed {
        version: standing.version,
        ..typed.clone()
    };
    let theirs = RoleTheirs {
        by,
        theirs: desk.sentences(&standing.role.grants),
        mine: desk.sentences(&mine.grants),
    };
    let form = form(desk, Some(&mine.code), &typed);
    let theirs = Some(theirs);
    Ok(refused(&problem, RoleForm { theirs, ..form }))
}
