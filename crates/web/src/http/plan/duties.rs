//! `GET /nhiem-vu`: what the decision's text orders, body by body, with its day and where it
//! stands; `GET`, `POST /nhiem-vu/{id}`: what was reported of one.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use directory::{Act, Subject, province};
use jiff::civil::Date;
use plan::view::DutyView;
use plan::{DUTY, DutyReport, DutyState, PlanError, PlanView};
use registry::RegistryError;
use vocab::{FieldProblem, Id, Problem};

use super::super::route_list::{Routes, get};
use super::super::{
    App, Failure, Form, GoTo, Notice, Page, Visitor, figures, form_errors, page_tag, refused,
};
use super::query::Asked;
use super::{no_plan, parties};
use crate::i18n::Translator;
use crate::pages::duties::{Duties, DutyPage, DutyRow, DutySection};
use crate::pages::parts::{Choice, FormErrors, Link};
use crate::pages::shell::Section;
use crate::pages::status::Status;
use crate::pages::{Shell, links};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(links::DUTIES, get(show))
        .route("/nhiem-vu/{id}", get(form).post(save))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let Some(view) = app.plans.view().await? else {
        return Ok(no_plan(visitor.shell(Section::Plan)));
    };
    let fed = fed(&app, &view, visitor.words()).await?;
    let seen = Seen {
        today: today(&app),
        reports: may_report(&visitor),
        own_plans: app.plans.own_plans_kept(&view).await?,
        fed: &fed,
    };
    Ok(page_tag::of_content(&visitor, Section::Plan, |shell| {
        page(&view, &asked, seen, shell)
    }))
}

/// What duties are seen with.
#[derive(Clone, Copy)]
struct Seen<'f> {
    today: Date,
    /// Whether the reader may report them.
    reports: bool,
    /// How many of the units that are to have issued plans of their own, of how many.
    own_plans: Option<(usize, usize)>,
    /// The figures of systems that tell of them.
    fed: &'f Fed,
}

impl Seen<'_> {
    /// Where a duty stands. The one that orders units' own plans is kept by the plans that
    /// were issued: once all of them are, it is done without anybody saying so.
    fn state(self, view: &PlanView, duty: &DutyView) -> DutyState {
        match self.issued(view, duty) {
            Some((issued, all)) if issued == all && all > 0 => DutyState::Reported,
            _ => duty.body.state(self.today),
        }
    }

    /// How many have kept a duty, where it orders units' own plans.
    fn issued(self, view: &PlanView, duty: &DutyView) -> Option<(usize, usize)> {
        let ordering = plan::own_plans::ordering_duty(view)?;
        self.own_plans.filter(|_| ordering.id == duty.id)
    }
}

async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page<DutyPage>, Failure> {
    require(&visitor)?;
    let view = app.plans.view().await?;
    let (view, duty) = found(view.as_deref(), &id)?;
    let reported = duty.body.reported.as_ref();
    let typed = Typed {
        on: reported.map_or_else(String::new, |reported| reported.on.clone()),
        note: reported.map_or_else(String::new, |reported| reported.note.clone()),
    };
    Ok(Page(one(
        view,
        duty,
        today(&app),
        &visitor,
        typed,
        FormErrors::default(),
    )))
}

/// The figures of systems that tell of a duty, by the duty.
type Fed = HashMap<Id, Vec<Link>>;

/// What the form holds.
struct Typed {
    on: String,
    note: String,
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    require(&visitor)?;
    let view = app.plans.view().await?;
    let (view, duty) = found(view.as_deref(), &id)?;
    let [version, on, note, deed] = fields.exactly(["phien-ban", "ngay", "ket-qua", "viec"])?;
    let taken_back = deed == "bo";
    let typed = Typed { on, note };
    let day = match (taken_back, typed.on.trim().parse::<Date>()) {
        (true, _) => Ok(None),
        (false, Ok(day)) => Ok(Some(day)),
        (false, Err(_)) => Err("day-unreadable"),
    };
    let done = match day {
        Ok(on) => {
            let report = DutyReport {
                duty: duty.id,
                version: version.parse().unwrap_or(-1),
                on,
                note: if taken_back {
                    String::new()
                } else {
                    typed.note.clone()
                },
            };
            app.plans.report_duty(&visitor.caller(), report).await
        }
        Err(code) => {
            let problem = Problem::new(422, "invalid-fields", "the day of a duty");
            let problem = problem.at(FieldProblem::new("on", code));
            Err(RegistryError::Refused(problem).into())
        }
    };
    let problem = match done {
        Ok(()) => {
            let notice = if taken_back {
                Notice::DutyTakenBack
            } else {
                Notice::DutyReported
            };
            return Ok(GoTo::link(links::DUTIES).saying(notice).into_response());
        }
        Err(PlanError::Registry(RegistryError::Refused(problem))) if problem.status != 403 => {
            problem
        }
        Err(PlanError::Registry(RegistryError::Conflict { .. })) => {
            Problem::new(409, "duty-changed", "a duty that was changed since")
        }
        Err(error) => return Err(error.into()),
    };
    let names = [("on", "ngay"), ("note", "ket-qua")];
    let errors = form_errors(visitor.words(), &problem, &names, "ket-qua");
    let view_now = app.plans.view().await?;
    let (view, duty) = found(view_now.as_deref(), &id).unwrap_or((view, duty));
    let page = one(view, duty, today(&app), &visitor, typed, errors);
    Ok(refused(&problem, page))
}

fn subject() -> Subject<'static> {
    Subject {
        kind: DUTY,
        unit: province(),
        state: "",
        author: None,
    }
}

fn require(visitor: &Visitor) -> Result<(), Failure> {
    visitor.account()?;
    visitor.require(Act::Configure, &subject())
}

fn may_report(visitor: &Visitor) -> bool {
    directory::may(&visitor.principal, Act::Configure, &subject()).is_allowed()
}

fn today(app: &App) -> Date {
    app.store().context().now().in_vietnam().date()
}

fn found<'v>(
    view: Option<&'v PlanView>,
    id: &str,
) -> Result<(&'v PlanView, &'v DutyView), Failure> {
    let nothing = || Failure::not_found("no such duty");
    let view = view.ok_or_else(nothing)?;
    let id = id.parse().map_err(|_| nothing())?;
    let duty = view.duties.iter().find(|duty| duty.id == id);
    Ok((view, duty.ok_or_else(nothing)?))
}

/// The figures of systems that tell of duties, by the duty.
async fn fed(app: &App, view: &PlanView, words: Translator) -> Result<Fed, Failure> {
    let feeds = app.plans.feeds(view).await?;
    let systems = app.plans.registry().systems();
    let duties = view.duties.iter().map(|duty| {
        let feeding = feeds.other(duty.id).iter();
        let links = feeding.filter_map(|feed| figures::link_to(systems, words, &feed.source));
        (duty.id, links.collect())
    });
    Ok(duties.collect())
}

fn page(view: &PlanView, asked: &Asked, seen: Seen<'_>, shell: Shell) -> Duties {
    let words = shell.translator;
    let state = asked.choice("tinh-trang").unwrap_or_default();
    let body = asked.choice("co-quan").unwrap_or_default();
    let mut sections: Vec<DutySection> = Vec::new();
    let mut shown = 0_usize;
    for duty in &view.duties {
        if !state.is_empty() && seen.state(view, duty).name() != state {
            continue;
        }
        let named = bodies(view, duty);
        let nobody = || vec![Link::plain(words.t("duties-nobody"))];
        let named = if named.is_empty() { nobody() } else { named };
        let mut counted = false;
        for link in named {
            if !body.is_empty() && link.text != body {
                continue;
            }
            if !std::mem::replace(&mut counted, true) {
                shown += 1;
            }
            let row = row(view, duty, words, seen);
            match sections.iter_mut().find(|known| known.body == link) {
                Some(section) => section.rows.push(row),
                None => sections.push(DutySection {
                    body: link,
                    rows: vec![row],
                }),
            }
        }
    }
    let all = |selected| Choice {
        value: String::new(),
        label: words.t("filter-all"),
        selected,
    };
    let states = DutyState::ALL.map(|known| Choice {
        value: known.name().to_owned(),
        label: words.t(&format!("duty-state-{}", known.name())),
        selected: known.name() == state,
    });
    let mut names: Vec<String> = view
        .duties
        .iter()
        .flat_map(|duty| bodies(view, duty))
        .map(|link| link.text)
        .collect();
    names.sort_by_cached_key(|name| vocab::collate::sort_key(name));
    names.dedup();
    let names = names.into_iter().map(|name| Choice {
        selected: name == body,
        label: name.clone(),
        value: name,
    });
    let counts = DutyState::ALL.map(|state| {
        let with = |duty: &&DutyView| seen.state(view, duty) == state;
        let count = view.duties.iter().filter(with).count();
        (words.t(&format!("duty-state-{}", state.name())), count)
    });
    Duties {
        states: std::iter::once(all(state.is_empty()))
            .chain(states)
            .collect(),
        bodies: std::iter::once(all(body.is_empty())).chain(names).collect(),
        counts: counts.to_vec(),
        total: view.duties.len(),
        shown,
        sections,
        shell,
    }
}

fn bodies(view: &PlanView, duty: &DutyView) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    for party in &duty.body.bodies {
        let link = parties::partner(view, party);
        if !found.contains(&link) {
            found.push(link);
        }
    }
    found
}

fn row(view: &PlanView, duty: &DutyView, words: Translator, seen: Seen<'_>) -> DutyRow {
    let body = &duty.body;
    let state = seen.state(view, duty);
    let due: Vec<&str> = body.due.iter().map(|due| due.written.as_str()).collect();
    DutyRow {
        text: body.text.clone(),
        under: body.under.last().cloned().unwrap_or_default(),
        bodies: bodies(view, duty),
        due: due.join("; "),
        day: body.last_day(),
        standing: body.standing,
        state: words.t(&format!("duty-state-{}", state.name())),
        status: match state {
            DutyState::Overdue => Status::OffTrack,
            DutyState::Due => Status::AtRisk,
            DutyState::NotYet | DutyState::NoDay => Status::NoData,
            DutyState::Reported => Status::Done,
        },
        reported: body.reported.as_ref().map(|reported| {
            let day = reported.on.parse::<Date>();
            let day = day.map_or_else(|_| reported.on.clone(), |day| words.date(&day));
            let (by, note) = (&reported.by, &reported.note);
            words.t_args(
                "duty-reported",
                &[("date", &day), ("by", by), ("note", note)],
            )
        }),
        line: body.line,
        own_plans: seen.issued(view, duty).map(|(issued, all)| {
            let count = [("count", &issued as _), ("total", &all as _)];
            Link::new(links::OWN_PLANS, words.t_args("duty-own-plans", &count))
        }),
        report: seen.reports.then(|| links::duty(&duty.id.to_string())),
        fed: seen.fed.get(&duty.id).cloned().unwrap_or_default(),
    }
}

fn one(
    view: &PlanView,
    duty: &DutyView,
    today: Date,
    visitor: &Visitor,
    typed: Typed,
    errors: FormErrors,
) -> DutyPage {
    let shell = visitor.shell(Section::Plan);
    let seen = Seen {
        today,
        reports: false,
        own_plans: None,
        fed: &Fed::default(),
    };
    DutyPage {
        action: links::duty(&duty.id.to_string()),
        version: duty.version,
        duty: row(view, duty, shell.translator, seen),
        done: duty.body.reported.is_some(),
        latest: today,
        on: typed.on,
        note: typed.note,
        errors,
        shell,
    }
}
