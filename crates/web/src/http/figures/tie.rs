//! `GET`, `POST /muc-tieu/{number}/nguon-so-lieu`: what the measures of a target are computed from.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use directory::{Act, Subject, province};
use plan::feeds::suits;
use plan::view::TargetView;
use plan::{Covers, FEED, Feeds, PlanError, PlanView, Tie};
use registry::RegistryError;
use vocab::Problem;

use super::super::{
    App, Failure, Fields, Form, GoTo, Notice, Page, Visitor, fields, form_errors, refused,
};
use super::index::title;
use crate::pages::figure::{FeedForm, FeedMeasure};
use crate::pages::links;
use crate::pages::parts::{Choice, FormErrors};
use crate::pages::shell::Section;

/// Where a problem stands that is about no field.
const WHOLE_FORM: &str = "nguon";

/// What a form sends for one measure.
struct Typed {
    version: String,
    source: String,
    covers: String,
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Page<FeedForm>, Failure> {
    require(&visitor)?;
    let view = app.plans.view().await?;
    let (view, target) = found(view.as_deref(), &number)?;
    let feeds = app.plans.feeds(view).await?;
    let typed = standing(target, &feeds);
    Ok(Page(page(&app, &visitor, target, &typed)))
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(mut fields): Form,
) -> Result<Response, Failure> {
    require(&visitor)?;
    let view = app.plans.view().await?;
    let (view, target) = found(view.as_deref(), &number)?;
    let feeds = app.plans.feeds(view).await?;
    let typed: Result<Vec<Typed>, Failure> = (1..=target.indicators.len())
        .map(|place| Typed::take(&mut fields, place))
        .collect();
    let typed = typed?;
    fields.done()?;
    for (place, (typed_one, indicator)) in (1..).zip(typed.iter().zip(&target.indicators)) {
        let tie = typed_one.tie(indicator.id, place)?;
        let held = feeds.measure(indicator.id);
        let same = held.map(|feed| feed.source.as_str()) == tie.source.as_deref()
            && held.is_none_or(|feed| feed.covers == tie.covers);
        if same {
            continue;
        }
        let problem = match app.plans.tie(&visitor.caller(), tie).await {
            Ok(()) => continue,
            Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status != 403 => {
                problem
            }
            Err(PlanError::Registry(RegistryError::Conflict { .. })) => {
                Problem::new(409, "measure-changed", "a tie that was changed since")
            }
            Err(error) => return Err(error.into()),
        };
        let field = format!("nguon-{place}");
        let names = [("source", field.as_str())];
        let errors = form_errors(visitor.words(), &problem, &names, WHOLE_FORM);
        let page = page(&app, &visitor, target, &typed);
        return Ok(refused(&problem, FeedForm { errors, ..page }));
    }
    Ok(GoTo::link(&links::target(target.body.number))
        .saying(Notice::Saved)
        .into_response())
}

fn require(visitor: &Visitor) -> Result<(), Failure> {
    visitor.account()?;
    visitor.require(
        Act::Configure,
        &Subject {
            kind: FEED,
            unit: province(),
            state: "",
            author: None,
        },
    )
}

fn found<'v>(
    view: Option<&'v PlanView>,
    number: &str,
) -> Result<(&'v PlanView, &'v TargetView), Failure> {
    let nothing = || Failure::not_found("no target of this number with measures");
    let view = view.ok_or_else(nothing)?;
    let target = number.parse().ok().and_then(|number| view.target(number));
    let target = target.filter(|target| !target.indicators.is_empty());
    Ok((view, target.ok_or_else(nothing)?))
}

/// What holds.
fn standing(target: &TargetView, feeds: &Feeds) -> Vec<Typed> {
    let alone = target.reporters.len() == 1;
    let measures = target.indicators.iter().map(|indicator| {
        let feed = feeds.measure(indicator.id);
        // Who reports alone mostly reports for everybody.
        let usual = if alone { Covers::All } else { Covers::Own };
        Typed {
            version: feeds.version(indicator.id).to_string(),
            source: feed.map_or_else(String::new, |feed| feed.source.clone()),
            covers: feed.map_or(usual, |feed| feed.covers).name().to_owned(),
        }
    });
    measures.collect()
}

impl Typed {
    fn take(fields: &mut Fields, place: usize) -> Result<Self, Failure> {
        let mut take = |name: &str| fields.take(&format!("{name}-{place}"));
        Ok(Self {
            version: take("phien-ban")?,
            source: take("nguon")?,
            covers: take("pham-vi")?,
        })
    }

    fn tie(&self, indicator: vocab::Id, place: usize) -> Result<Tie, Failure> {
        let unknown = |name: &str| fields::at(&format!("{name}-{place}"), 422, "choice-unknown");
        let covers = Covers::ALL
            .into_iter()
            .find(|covers| covers.name() == self.covers);
        Ok(Tie {
            indicator,
            version: self.version.parse().map_err(|_| unknown("phien-ban"))?,
            source: (!self.source.is_empty()).then(|| self.source.clone()),
            covers: covers.ok_or_else(|| unknown("pham-vi"))?,
        })
    }
}

fn page(app: &App, visitor: &Visitor, target: &TargetView, typed: &[Typed]) -> FeedForm {
    let words = visitor.words();
    let systems = app.plans.registry().systems();
    let measures = (1..).zip(typed.iter().zip(&target.indicators));
    let measures = measures.map(|(place, (typed, indicator))| {
        let kind = indicator.body.measure.kind;
        let none = Choice {
            value: String::new(),
            label: words.t("figures-tie-none"),
            selected: typed.source.is_empty(),
        };
        let fitting = systems
            .indicators()
            .filter(|source| source.feeds() && suits(*source.declared.function, kind))
            .map(|source| {
                let key = source.key();
                let pack = &systems.pack(source.kind).declared.pack.title;
                Choice {
                    label: format!(
                        "{} · {}",
                        crate::i18n::said(words.lang, pack),
                        title(words, &source)
                    ),
                    selected: key == typed.source,
                    value: key,
                }
            });
        FeedMeasure {
            place,
            name: indicator.body.name.clone(),
            goal: indicator.body.goal.clone(),
            version: typed.version.clone(),
            sources: std::iter::once(none).chain(fitting).collect(),
            covers: Covers::ALL
                .map(|covers| Choice {
                    value: covers.name().to_owned(),
                    label: words.t(match covers {
                        Covers::Own => "figures-tie-own",
                        Covers::All => "figures-tie-all",
                    }),
                    selected: covers.name() == typed.covers,
                })
                .to_vec(),
        }
    });
    FeedForm {
        number: target.body.number,
        title: target.body.name.clone(),
        measures: measures.collect(),
        errors: FormErrors::default(),
        shell: visitor.shell(Section::Plan),
    }
}
