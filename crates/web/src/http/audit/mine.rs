//! `GET /tai-khoan/luot-xem`: who looked at the personal data of whoever asks.

use axum::extract::{Query, State};
use store::reads::ReadingQuery;

use super::super::{App, Failure, Page, Visitor};
use super::readings::{Asked, SHOWN, looks, place};
use crate::pages::links;
use crate::pages::parts::{FormErrors, Pager};
use crate::pages::readings::Readings;
use crate::pages::shell::Section;

/// Shows them to the account whose data it is.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<Readings>, Failure> {
    let account = visitor.account()?;
    // What was looked at before the person had an account is theirs as well.
    let person = app.directory.person_of_account(account).await?;
    let query = ReadingQuery {
        subject: Some(account),
        also: person.map(|person| person.id),
        after: place(&asked.truoc)?,
        limit: SHOWN + 1,
        ..ReadingQuery::default()
    };
    let (looks, last) = looks(&app, visitor.words(), &query).await?;
    let next = last.map(|place| links::with_query(links::MY_READINGS, &[("truoc", &place)]));
    Ok(Page(Readings {
        looks,
        pager: Pager {
            previous: (!asked.truoc.is_empty()).then(|| links::MY_READINGS.to_owned()),
            next,
        },
        filters: None,
        errors: FormErrors::default(),
        shell: visitor.shell(Section::Other),
    }))
}
