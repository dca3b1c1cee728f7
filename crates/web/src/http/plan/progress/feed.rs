//! `GET /tien-do/tin.atom`: what was consolidated lately, of the plan, of a target
//! (`muc-tieu`) or of a unit (`don-vi`), for programs that follow it.

use std::cmp::Reverse;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use plan::PlanView;
use plan::view::{Consolidated, IndicatorView, TargetView};
use vocab::Id;

use super::super::super::{App, Failure, Visitor};
use super::super::query::Asked;
use super::super::{headings, parties, reasons};
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::progress::feed::{Feed, FeedEntry};
use crate::pages::reading::Reading;

/// How many reports a feed tells of.
const ENTRIES: usize = 50;

/// Of what it tells.
#[derive(Clone, Copy)]
struct Followed<'v> {
    target: Option<&'v TargetView>,
    unit: Option<Id>,
}

/// Sends it.
pub(super) async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let nothing = || Failure::not_found("nothing that a feed could tell of");
    let view = app.plans.view_for(&visitor.principal).await?;
    let view = view.ok_or_else(nothing)?;
    let target = match asked.choice("muc-tieu") {
        None => None,
        Some(number) => {
            let number = number.parse().ok();
            let target = number.and_then(|number| view.target(number));
            Some(target.ok_or_else(nothing)?)
        }
    };
    let unit = match asked.choice("don-vi") {
        None => None,
        Some(id) => {
            let id: Id = id.parse().map_err(|_| nothing())?;
            view.board.row(id).ok_or_else(nothing)?;
            Some(id)
        }
    };
    let followed = Followed { target, unit };
    let feed = feed(&app, &view, visitor.words(), followed);
    let text = feed
        .render()
        .map_err(|error| Failure::internal(format!("writing a feed: {error}")))?;
    let kind = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
    Ok((kind, text).into_response())
}

fn feed(app: &App, view: &PlanView, words: Translator, followed: Followed<'_>) -> Feed {
    let address = |path: &str| app.settings.address_of(path);
    let number = followed.target.map(|target| target.body.number.to_string());
    let unit = followed.unit.map(|unit| unit.to_string());
    let query = [
        ("muc-tieu", number.as_deref().unwrap_or_default()),
        ("don-vi", unit.as_deref().unwrap_or_default()),
    ];
    let plan = view.body.title.as_deref().unwrap_or(&view.body.symbol);
    let mut title = headings::sentence_case(plan);
    if let Some(target) = followed.target {
        title = format!("{}. {}", target.body.number, target.body.name);
    }
    if let Some(unit) = followed.unit {
        title = format!("{}: {title}", parties::unit(view, unit).text);
    }
    let mut told: Vec<(&TargetView, &IndicatorView, Id, Consolidated)> = Vec::new();
    for target in &view.targets {
        if followed.target.is_some_and(|only| only.id != target.id) {
            continue;
        }
        for indicator in &target.indicators {
            // A figure that several targets share is told of once, unless one of them is asked
            // for.
            if followed.target.is_none() && indicator.body.target != target.id {
                continue;
            }
            let units = indicator.units.iter();
            let units = units.filter(|one| followed.unit.is_none_or(|only| only == one.unit));
            let latest = units.filter_map(|one| Some((target, indicator, one.unit, one.latest?)));
            told.extend(latest);
        }
    }
    told.sort_by_key(|(.., latest)| Reverse((latest.at, latest.observation)));
    told.truncate(ENTRIES);
    // A feed says when it changed; the plan itself was there from its decision on.
    let updated = told.first().map_or_else(
        || format!("{}T00:00:00+07:00", view.date.unwrap_or_default()),
        |(.., latest)| latest.at.to_string(),
    );
    Feed {
        words,
        title,
        id: format!("urn:uuid:{}#{}", view.id, links::with_query("", &query)),
        address: address(&links::with_query(links::PROGRESS_FEED, &query)),
        page: address(&match (followed.target, followed.unit) {
            (Some(target), _) => links::target(target.body.number),
            (None, Some(unit)) => links::progress_unit(&unit.to_string()),
            (None, None) => links::PROGRESS.to_owned(),
        }),
        updated,
        entries: told
            .into_iter()
            .filter_map(|told| entry(app, view, words, told))
            .collect(),
    }
}

fn entry(
    app: &App,
    view: &PlanView,
    words: Translator,
    (target, indicator, unit, latest): (&TargetView, &IndicatorView, Id, Consolidated),
) -> Option<FeedEntry> {
    let reading = Reading::of(&indicator.body, latest.measurement)?;
    let unit = parties::unit(view, unit).text;
    let period = latest.period.label(words.lang);
    Some(FeedEntry {
        id: format!("urn:uuid:{}", latest.observation),
        title: format!(
            "{}. {}: {} ({unit}, {period})",
            target.body.number,
            indicator.body.name,
            words.reading(&reading)
        ),
        summary: reasons::of_target(words, &target.judged(view)),
        page: app.settings.address_of(&links::target(target.body.number)),
        updated: latest.at.to_string(),
    })
}
