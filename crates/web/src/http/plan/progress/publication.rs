//! `GET /tien-do/cong-bo`, `POST /tien-do/cong-bo`: what of the figures is public.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::{Act, Subject, province};
use plan::{PlanView, TARGET};

use super::super::super::{App, Failure, Form, GoTo, Notice, Page, Visitor, fields};
use super::super::{headings, no_plan};
use super::figure;
use crate::pages::links;
use crate::pages::progress::publication::{Publication, PublicationGroup, PublicationRow};
use crate::pages::shell::Section;

/// Whose choice it is: whoever may configure targets.
pub(super) const TARGETS: fn() -> Subject<'static> = || Subject {
    kind: TARGET,
    unit: province(),
    state: "",
    author: None,
};

/// Shows what is public.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    visitor.account()?;
    visitor.require(Act::Configure, &TARGETS())?;
    Ok(match app.plans.view().await? {
        Some(view) => Page(page(&view, &visitor)).into_response(),
        None => no_plan(visitor.shell(Section::Progress)),
    })
}

fn page(view: &PlanView, visitor: &Visitor) -> Publication {
    let words = visitor.words();
    let all: Vec<_> = view.targets.iter().collect();
    let groups = headings::by_heading(view, &all).into_iter();
    let public: Vec<String> = view
        .targets
        .iter()
        .filter(|target| target.published)
        .map(|target| target.body.number.to_string())
        .collect();
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    Publication {
        groups: groups
            .map(|(heading, targets)| PublicationGroup {
                code: heading.map_or_else(String::new, |heading| heading.code.clone()),
                title: heading.map_or_else(|| words.t("target-list-title"), headings::title),
                rows: targets
                    .into_iter()
                    .map(|target| PublicationRow {
                        number: target.body.number,
                        title: target.body.name.clone(),
                        figure: figure(words, &target.judged(view)).unwrap_or_default(),
                        published: target.published,
                    })
                    .collect(),
            })
            .collect(),
        public: count(public.len()),
        held: count(view.targets.len() - public.len()),
        before: public.join(","),
        default_reason: words.t(if view.rule.published {
            "progress-published-unless"
        } else {
            "progress-held-unless"
        }),
        shell: visitor.shell(Section::Progress),
    }
}

/// Keeps the choice: what changed against what the form showed, so that nobody undoes what
/// another chose meanwhile; or all of one heading.
pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Form(mut form): Form,
) -> Result<Response, Failure> {
    visitor.account()?;
    visitor.require(Act::Configure, &TARGETS())?;
    let view = app.plans.view().await?;
    let view = view.ok_or_else(|| Failure::not_found("no plan"))?;
    let does = form.take("viec")?;
    let before = form.take("truoc")?;
    let ticked = form.take_all("muc-tieu");
    form.done()?;
    let of_group = |code: &str| -> BTreeSet<u16> {
        let targets = view.targets.iter();
        let under = targets.filter(|target| target.body.group == code);
        under.map(|target| target.body.number).collect()
    };
    let (publish, hold) = match does.split_once(':') {
        Some(("cong-bo", code)) => (of_group(code), BTreeSet::new()),
        Some(("giu-lai", code)) => (BTreeSet::new(), of_group(code)),
        None if does == "luu" => {
            let before = numbers("truoc", before.split(','))?;
            let after = numbers("muc-tieu", ticked.iter().map(String::as_str))?;
            (&after - &before, &before - &after)
        }
        _ => return Err(fields::at("viec", 422, "choice-unknown")),
    };
    let by = visitor.caller();
    for (numbers, published) in [(publish, true), (hold, false)] {
        let numbers: Vec<u16> = numbers.into_iter().collect();
        if !numbers.is_empty() {
            app.plans.publish(&by, &numbers, published).await?;
        }
    }
    Ok(GoTo::link(links::PROGRESS_PUBLICATION)
        .saying(Notice::Saved)
        .into_response())
}

fn numbers<'t>(
    field: &str,
    texts: impl Iterator<Item = &'t str>,
) -> Result<BTreeSet<u16>, Failure> {
    let said = texts.filter(|text| !text.is_empty());
    let read = said.map(|text| {
        let number = text.parse::<u16>();
        number.map_err(|_| fields::at(field, 422, "choice-unknown"))
    });
    read.collect()
}
