//! `GET /so-lieu`: the figures that systems compute, and what of the plan each feeds.

use std::collections::HashMap;

use axum::extract::State;
use plan::{Feeds, PlanView};
use registry::system::figures::Source;
use vocab::Id;

use super::super::systems::reads;
use super::super::{App, Failure, Page, Visitor};
use super::told;
use crate::i18n::{Translator, said};
use crate::pages::figure::{FigureList, FigureRow};
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::shell::Section;

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<FigureList>, Failure> {
    let systems = app.plans.registry().systems().clone();
    let words = visitor.words();
    let view = app.plans.view_for(&visitor.principal).await?;
    let feeds = match &view {
        Some(view) => app.plans.feeds(view).await?,
        None => Feeds::default(),
    };
    let items = view.as_deref().map(|view| items(view, words));
    let items = items.unwrap_or_default();
    let shown = systems
        .indicators()
        .filter(|source| is_shown(&visitor, source));
    let rows = shown.map(|source| {
        let key = source.key();
        let definition = told::definition(words, &systems, &source);
        FigureRow {
            href: links::figure(&key, &[]),
            title: definition.title,
            system: definition.system,
            records: definition.records,
            public: source.is_public(),
            feeds: feeds
                .fed_by(&key)
                .iter()
                .filter_map(|item| items.get(item).cloned())
                .collect(),
        }
    });
    Ok(Page(FigureList {
        rows: rows.collect(),
        shell: visitor.shell(Section::Systems),
    }))
}

/// Whether somebody is told that there is such a figure: it is public, or made for the plan,
/// which is, or they may see some of the records.
pub(super) fn is_shown(visitor: &Visitor, source: &Source<'_>) -> bool {
    source.is_public() || source.feeds() || reads(&visitor.principal, source.kind)
}

/// The plan's items that may be fed, by their identities.
pub(super) fn items(view: &PlanView, words: Translator) -> HashMap<Id, Link> {
    let targets = view.targets.iter().flat_map(|target| {
        let number = target.body.number;
        let link = Link::new(
            links::target(number),
            words.t1("target-number", "number", number),
        );
        let measures = target.indicators.iter();
        measures.map(move |indicator| (indicator.id, link.clone()))
    });
    let duties = view.duties.iter().map(|duty| {
        let line = duty.body.line;
        let text = words.t1("figures-duty", "line", line);
        (duty.id, Link::new(links::document_line(line), text))
    });
    let projects = view.projects.iter().map(|project| {
        let code = format!("{}/{}", project.body.annex, project.body.code);
        let text = words.t1("figures-project", "code", code);
        (project.id, Link::new(links::PROJECTS, text))
    });
    targets.chain(duties).chain(projects).collect()
}

/// The words of a pack.
pub(super) fn title(words: Translator, source: &Source<'_>) -> String {
    said(words.lang, &source.declared.title)
}
