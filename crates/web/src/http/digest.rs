//! `POST /tai-khoan/thu-tong-hop`: when a digest is mailed to me.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::Act;
use jiff::civil::Weekday;
use plan::digests::Rhythm;
use vocab::Id;

use super::account::itself;
use super::fields::at;
use super::{App, Failure, Form, GoTo, Notice, Visitor};
use crate::pages::account::DigestForm;
use crate::pages::links;
use crate::pages::parts::Choice;

/// The field that says when.
const WHEN: &str = "khi";
/// What it says for never.
const NEVER: &str = "never";

/// The form, as it was chosen last.
pub(super) async fn form(app: &App, visitor: &Visitor, account: Id) -> Result<DigestForm, Failure> {
    let chosen = app.plans.subscription(account).await?.rhythm;
    let email = app.directory.account(account).await?;
    let words = visitor.words();
    let choice = |rhythm: Option<Rhythm>| {
        let value = rhythm.map_or(NEVER, Rhythm::value);
        Choice {
            value: value.to_owned(),
            label: words.t(key(rhythm)),
            selected: rhythm == chosen,
        }
    };
    let rhythms = Rhythm::ALL.into_iter().map(Some);
    Ok(DigestForm {
        choices: std::iter::once(None).chain(rhythms).map(choice).collect(),
        email: email.map_or_else(String::new, |account| account.email),
        sends_mail: app.settings.sends_mail,
    })
}

const fn key(rhythm: Option<Rhythm>) -> &'static str {
    match rhythm {
        None => "digest-never",
        Some(Rhythm::Daily) => "digest-daily",
        Some(Rhythm::Weekly(Weekday::Monday)) => "digest-monday",
        Some(Rhythm::Weekly(Weekday::Tuesday)) => "digest-tuesday",
        Some(Rhythm::Weekly(Weekday::Wednesday)) => "digest-wednesday",
        Some(Rhythm::Weekly(Weekday::Thursday)) => "digest-thursday",
        // No other day is offered.
        Some(Rhythm::Weekly(_)) => "digest-friday",
    }
}

/// `khi`: `never`, or a rhythm.
pub(super) async fn choose(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let account = visitor.account()?;
    visitor.require(Act::Draft, &itself(account))?;
    let [when] = fields.exactly([WHEN])?;
    let rhythm = match when.as_str() {
        NEVER => None,
        value => {
            let rhythm = Rhythm::from_value(value);
            Some(rhythm.ok_or_else(|| at(WHEN, 422, "choice-unknown"))?)
        }
    };
    let plans = &app.plans;
    plans
        .subscribe(&visitor.caller(), rhythm, visitor.frame.lang)
        .await?;
    let back = GoTo::link(links::ACCOUNT).saying(Notice::Saved);
    Ok(back.into_response())
}
