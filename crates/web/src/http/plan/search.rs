//! `GET /tim`: targets, projects, units and lines of the document that hold some words.

use axum::extract::{Query, State};
use axum::response::Response;
use plan::PlanView;
use plan::view::Found;

use super::super::{App, Failure, Visitor};
use super::query::Asked;
use super::{parties, shown};
use crate::pages::parts::Pager;
use crate::pages::search::{Hit, HitKind, Search};
use crate::pages::shell::Section;
use crate::pages::{Shell, links};

/// How many results a page shows.
const SHOWN: usize = 30;
/// The last page: who has looked through so many asks more exactly.
const PAGES: usize = 20;
/// How much of a line is shown, in characters.
const LINE: usize = 240;

/// Shows them.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    shown(&app, &visitor, Section::Other, |view, shell| {
        page(view, shell, &asked)
    })
    .await
}

fn page(view: &PlanView, shell: Shell, asked: &Asked) -> Search {
    let query = asked.text("q");
    let page = asked.text("trang").parse().unwrap_or(1).clamp(1, PAGES);
    let (from, until) = ((page - 1) * SHOWN, page * SHOWN);
    let found = view.search(&query, until + 1);
    let address = |page: usize| {
        let query = links::encode(&query);
        format!("{}?q={query}&trang={page}", links::SEARCH)
    };
    let pager = Pager {
        previous: (page > 1).then(|| address(page - 1)),
        next: (found.len() > until && page < PAGES).then(|| address(page + 1)),
    };
    let shown = found.into_iter().skip(from).take(SHOWN);
    let hits = shown.filter_map(|found| hit(view, &shell, found)).collect();
    Search {
        query,
        hits,
        pager,
        shell,
    }
}

fn hit(view: &PlanView, shell: &Shell, found: Found<'_>) -> Option<Hit> {
    let names = |parties: &[plan::records::Party]| {
        let names: Vec<String> = parties
            .iter()
            .map(|party| parties::name(view, party))
            .collect();
        names.join(", ")
    };
    Some(match found {
        Found::Target(target) => Hit {
            kind: HitKind::Target,
            href: links::target(target.body.number),
            title: format!("{}. {}", target.body.number, target.body.name),
            detail: names(&target.body.leads),
        },
        Found::Project(project) => {
            let body = &project.body;
            let annex = body.annex.to_string();
            Hit {
                kind: HitKind::Project,
                href: links::project(body.annex, &body.code),
                title: body.name.clone(),
                detail: shell.t_args(
                    "hit-project-place",
                    &[("annex", &annex), ("project", &body.code)],
                ),
            }
        }
        Found::Unit(id) => {
            let unit = view.units.get(id)?;
            let parent = unit.parent.and_then(|parent| view.units.get(parent));
            Hit {
                kind: HitKind::Unit,
                href: links::unit(&id.to_string()),
                title: unit.name.clone(),
                detail: parent.map_or_else(String::new, |parent| parent.name.clone()),
            }
        }
        Found::Line(number) => Hit {
            kind: HitKind::Line,
            href: links::document_line(number),
            title: shortened(view.lines.get(number.checked_sub(1)?)?.trim()),
            detail: shell.t1("line-of-document", "number", number),
        },
    })
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
