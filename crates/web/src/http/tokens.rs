//! `/tai-khoan/ma-truy-cap`: my tokens; and ending my other sessions.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{Act, DirectoryError, NewToken, TokenArea, TokenInfo, TokenScope};
use vocab::Id;

use super::account::itself;
use super::{App, Failure, Form, GoTo, Notice, Page, Visitor, form_errors, refused};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::shell::Section;
use crate::pages::tokens::{TokenRow, Tokens};

/// The directory's fields and the form's.
const NAMES: [(&str, &str); 3] = [("label", "nhan"), ("days", "so-ngay"), ("areas", "phan")];

/// Shows them.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<Tokens>, Failure> {
    page(&app, &visitor, &blank(), FormErrors::default())
        .await
        .map(Page)
}

/// What the empty form proposes.
fn blank() -> NewToken {
    NewToken {
        scope: TokenScope {
            writes: false,
            areas: None,
        },
        ..NewToken::named("")
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    new: &NewToken,
    errors: FormErrors,
) -> Result<Tokens, Failure> {
    let account = visitor.account()?;
    visitor.require(Act::Read, &itself(account))?;
    let words = visitor.words();
    let access = [("doc", "token-reads", false), ("ghi", "token-writes", true)];
    let areas = TokenArea::ALL.map(|area| Choice {
        value: area.value().to_owned(),
        label: area_name(words, area),
        selected: new.scope.opens(Some(area)),
    });
    Ok(Tokens {
        shell: visitor.shell(Section::Other),
        made: None,
        tokens: token_rows(app, words, account).await?,
        label: new.label.clone(),
        days: new.days.to_string(),
        access: access
            .map(|(value, key, writes)| Choice {
                value: value.to_owned(),
                label: words.t(key),
                selected: new.scope.writes == writes,
            })
            .into(),
        areas: areas.into(),
        errors,
    })
}

/// The tokens of an account.
pub(super) async fn token_rows(
    app: &App,
    words: Translator,
    account: Id,
) -> Result<Vec<TokenRow>, Failure> {
    let now = app.store().context().now();
    let row = |token: TokenInfo| TokenRow {
        id: token.id.to_string(),
        scope: scope(words, &token.scope),
        used: token.used.map(|at| at.in_vietnam().datetime()),
        ends: token.ends.in_vietnam().datetime(),
        ended: token.ends <= now,
        label: token.label,
    };
    let tokens = app.directory.tokens_of(account).await?;
    Ok(tokens.into_iter().map(row).collect())
}

fn area_name(words: Translator, area: TokenArea) -> String {
    words.t(match area {
        TokenArea::Plan => "token-area-plan",
        TokenArea::Reports => "token-area-reports",
        TokenArea::Tasks => "token-area-tasks",
        TokenArea::Units => "token-area-units",
    })
}

fn scope(words: Translator, scope: &TokenScope) -> String {
    let access = words.t(if scope.writes {
        "token-writes"
    } else {
        "token-reads"
    });
    let areas = match &scope.areas {
        None => words.t("token-everything"),
        Some(areas) => {
            let names = areas.iter().map(|area| area_name(words, *area));
            names.collect::<Vec<_>>().join(", ")
        }
    };
    format!("{access}: {areas}")
}

/// Makes one (`nhan`, `quyen`, `phan` repeated, `so-ngay`) and shows it this once.
pub(super) async fn make(
    State(app): State<App>,
    visitor: Visitor,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    let account = visitor.account()?;
    visitor.require(Act::Draft, &itself(account))?;
    let areas = fields.take_all("phan");
    let [label, access, days] = fields.exactly(["nhan", "quyen", "so-ngay"])?;
    let areas = areas.iter().filter_map(|area| TokenArea::from_value(area));
    let new = NewToken {
        label,
        scope: TokenScope {
            writes: access == "ghi",
            areas: Some(areas.collect()),
        },
        days: days.trim().parse().unwrap_or(0),
    };
    match app
        .directory
        .create_token(&visitor.actor(), account, &new)
        .await
    {
        Ok(token) => {
            let page = page(&app, &visitor, &blank(), FormErrors::default()).await?;
            let page = Tokens {
                made: Some(token),
                ..page
            };
            Ok((StatusCode::CREATED, Page(page)).into_response())
        }
        Err(DirectoryError::Refused(problem)) => {
            let errors = form_errors(visitor.words(), &problem, &NAMES, "nhan");
            Ok(refused(&problem, page(&app, &visitor, &new, errors).await?))
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends one.
pub(super) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    fields.done()?;
    let account = visitor.account()?;
    visitor.require(Act::Draft, &itself(account))?;
    app.directory
        .end_token(&visitor.actor(), account, id)
        .await?;
    Ok(GoTo::link(links::TOKENS)
        .saying(Notice::TokenEnded)
        .into_response())
}

/// Ends my sessions but this one.
pub(super) async fn end_other_sessions(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    fields.done()?;
    let account = visitor.account()?;
    visitor.require(Act::Draft, &itself(account))?;
    let kept = visitor
        .session
        .as_ref()
        .map_or("", |session| session.public_id.as_str());
    app.directory.end_other_sessions(account, kept).await?;
    Ok(GoTo::link(links::ACCOUNT)
        .saying(Notice::SessionsEnded)
        .into_response())
}
