//! `GET /api/v1/observations`: the reports of a state.

use axum::extract::State;
use directory::{Act, scope};
use plan::OBSERVATION;
use store::{Cursor, ListQuery};
use vocab::{Id, Period};

use super::{Observation, PATH};
use crate::api::paging::{Page, next, no_such_mark};
use crate::api::problem::ReadRefusals;
use crate::api::query::Asked;
use crate::api::shown::Shown;
use crate::http::{App, Failure, Visitor};

/// The states that a report passes through.
const STATES: [(&str, &str); 5] = [
    ("draft", "draft"),
    ("submitted", "submitted"),
    ("approved", "approved"),
    ("sent_back", "sent_back"),
    ("consolidated", "consolidated"),
];

/// Reports.
///
/// Those of one state that the asker may read, by period. Without a token or session these are
/// the consolidated ones.
#[utoipa::path(
    get, path = "/api/v1/observations", operation_id = "list_observations", tag = "observations",
    params(
        ("state" = Option<String>, Query, description = "`draft`, `submitted`, `approved`, `sent_back` or `consolidated`, which it is if not given", example = "submitted"),
        ("unit" = Option<String>, Query, format = "uuid", description = "The unit that reports"),
        ("period" = Option<String>, Query, description = "The period by its code", example = "2023Q1"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 200, description = "How many at most; 50 if not given"),
        ("after" = Option<String>, Query, description = "The mark in the page before's `next`"),
    ),
    responses(
        (status = 200, description = "As asked for", body = Page<Observation>, headers(("Link" = String, description = "`rel=next`"))),
        ReadRefusals
    )
)]
pub(in crate::api) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    mut asked: Asked,
) -> Result<Shown, Failure> {
    let state = asked.choice("state", &STATES).unwrap_or("consolidated");
    let unit: Option<Id> = asked.parsed("unit", "not-an-id");
    let period: Option<Period> = asked.parsed("period", "not-a-period");
    let page = asked.page();
    asked.done()?;
    let after = page.after.map(|mark| mark.parse::<Cursor>());
    let after = after.transpose().map_err(|_| no_such_mark())?;

    let principal = &visitor.principal;
    let readable = scope(principal, Act::Read, OBSERVATION, Some(state));
    let reached = match unit {
        Some(unit) => readable.within([unit]),
        None => readable,
    };
    let mut query = ListQuery::new(OBSERVATION, reached)
        .filter("state", state)
        .limit(page.limit)
        .after(after);
    if let Some(period) = period {
        query = query.filter("period", period.code());
    }
    let registry = app.plans.registry();
    let found = registry.list_shown(principal, &query).await?;
    // Without an account one sees only what the coordinator publishes.
    let anybody = principal.account.is_none();
    let view = app.plans.view().await?;
    let shown = |record: &&registry::Record| {
        let body: Result<plan::records::ObservationBody, _> = record.read();
        let view = view.as_ref();
        body.is_ok_and(|body| !anybody || view.is_some_and(|view| view.is_public(body.indicator)))
    };
    let items = found
        .items
        .iter()
        .filter(shown)
        .map(|record| Observation::of(registry, principal, record));
    let parameters = [
        ("state", Some(state.to_owned())),
        ("unit", unit.map(|unit| unit.to_string())),
        ("period", period.map(Period::code)),
        ("limit", Some(page.limit.to_string())),
    ];
    let page = Page {
        items: items.collect::<Result<_, _>>()?,
        next: found
            .next
            .map(|mark| next(PATH, &parameters, &mark.to_string())),
    };
    Ok(Shown::to_asker(&page)?.next(page.next.as_deref()))
}
