//! `GET /quan-tri/can-bo`: everybody by given name, or who was sought.

use axum::extract::{Query, State};
use directory::Act;
use serde::Deserialize;
use store::Cursor;

use super::super::admin::PERSON;
use super::super::fields::unreadable;
use super::super::{App, Failure, Page, Visitor};
use super::desk::Desk;
use crate::pages::links;
use crate::pages::parts::{Link, Pager};
use crate::pages::people::{People, PersonRow};

/// How many a page shows.
const SHOWN: usize = 50;

/// What was sought, and the place where the page before ended.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    q: Option<String>,
    sau: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Page<People>, Failure> {
    let desk = Desk::reading(app, visitor).await?;
    let query = asked.q.unwrap_or_default();
    let after: Option<Cursor> = match asked.sau.as_deref() {
        Some(mark) => Some(
            mark.parse()
                .map_err(|_| unreadable("address-unreadable", "a place that no list has"))?,
        ),
        None => None,
    };
    let directory = &desk.app.directory;
    let scope = directory::permission::reach(&desk.visitor.principal, Act::Read, PERSON);
    let (people, next) = if query.trim().is_empty() {
        let page = directory.people(scope, after.clone(), SHOWN).await?;
        (page.items, page.next)
    } else {
        (directory.find_people(scope, &query, SHOWN).await?, None)
    };
    let mut rows = Vec::with_capacity(people.len());
    for person in people {
        let positions = directory.positions_of(person.id).await?;
        let kept = desk.may_change(person.id).await?;
        let now = positions.iter().filter(|position| {
            let shown = kept || desk.keeps_unit(position.draft.unit);
            shown && position.draft.holds_on(desk.today)
        });
        rows.push(PersonRow {
            person: Link::new(links::person(&person.id.to_string()), &person.draft.name),
            positions: now.map(|position| desk.position_words(position)).collect(),
            left_on: person.left_on,
            demo: person.draft.demo,
        });
    }
    Ok(Page(People {
        shell: desk.shell(),
        may_enter: desk
            .visitor
            .principal
            .permissions()
            .ever(Act::Configure, PERSON),
        every: desk.keeps_all(),
        query,
        rows,
        pager: Pager {
            previous: after.map(|_| links::PEOPLE.to_owned()),
            next: next.map(|next| format!("{}?sau={next}", links::PEOPLE)),
        },
    }))
}
