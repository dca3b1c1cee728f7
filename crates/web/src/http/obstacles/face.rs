//! Obstacles in words.

use directory::{Act, Principal, Subject, may};
use plan::obstacles::{About, Ask, Obstacle, ObstacleBody, Overview, Rung, Told, states};
use plan::{AMENDMENT, ASK, OBSTACLE, PlanView};
use registry::Record;
use vocab::{Id, Instant};

use super::super::reports::desk::Desk;
pub(super) use super::super::reports::words::files;
use super::super::{App, Failure};
use crate::i18n::Translator;
use crate::pages::inbox::{NoticeRow, Task};
use crate::pages::links;
use crate::pages::obstacles::{ObstacleRow, RungRow};
use crate::pages::parts::Link;

/// The most characters of what stands in the way that a list shows.
const SHORT: usize = 160;

impl Desk {
    /// The units for which the reader may do this to obstacles in a state.
    pub(super) fn obstacle_units(&self, act: Act, state: &str) -> Vec<Id> {
        let grants = self.visitor.principal.grants.iter();
        let mut units: Vec<Id> = grants.map(|grant| grant.unit).collect();
        units.sort_unstable();
        units.dedup();
        units.retain(|unit| allowed(&self.visitor.principal, act, OBSTACLE, *unit, state));
        units
    }

    /// Whether the reader may do this to an obstacle or a question as it stands.
    pub(super) fn may_step(&self, act: Act, kind: &str, record: &Record) -> bool {
        self.registry()
            .may(&self.visitor.principal, act, kind, record)
    }

    /// Whether the reader may amend the plan.
    pub(super) fn amends(&self) -> bool {
        let principal = &self.visitor.principal;
        allowed(
            principal,
            Act::Configure,
            AMENDMENT,
            directory::province(),
            "draft",
        )
    }

    /// Whom a rung means, with the body that stands there.
    pub(super) async fn whom(&self, rung: Rung, unit: Id) -> Result<String, Failure> {
        let name = self.name_of(unit).await?;
        Ok(self.words().t1(rung_key(rung), "unit", &name))
    }
}

fn allowed(principal: &Principal, act: Act, kind: &str, unit: Id, state: &str) -> bool {
    let subject = Subject {
        kind,
        unit,
        state,
        author: None,
    };
    may(principal, act, &subject).is_allowed()
}

/// The key of whom a rung means.
pub(super) const fn rung_key(rung: Rung) -> &'static str {
    match rung {
        Rung::Lead => "obstacle-rung-lead",
        Rung::Coordinator => "obstacle-rung-coordinator",
        Rung::Chairman => "obstacle-rung-chairman",
    }
}

/// Where an obstacle stands, in words.
pub(super) fn state(words: Translator, state: &str) -> String {
    words.t(match state {
        states::SUBMITTED => "obstacle-state-submitted",
        states::SENT_BACK => "obstacle-state-sent-back",
        states::ASKED => "obstacle-state-asked",
        states::ANSWERED => "obstacle-state-answered",
        states::SOLVED => "obstacle-state-solved",
        states::DISCARDED => "obstacle-state-discarded",
        _ => "obstacle-state-draft",
    })
}

/// What an obstacle is about.
pub(super) fn matter(view: &PlanView, words: Translator, about: About) -> Link {
    let found = match about {
        About::Target(id) => view.target_by_id(id).map(|target| {
            let number = target.body.number;
            let name = words.t1("target-number", "number", number);
            let href = if target.in_force {
                links::target(number)
            } else {
                links::retired_target(&id.to_string())
            };
            Link::new(href, format!("{name}: {}", short(&target.body.name)))
        }),
        About::Project(id) => {
            let mut projects = view.projects.iter();
            let project = projects.find(|project| project.id == id);
            project.map(|project| {
                let body = &project.body;
                Link::new(links::project(body.annex, &body.code), short(&body.name))
            })
        }
        About::Duty(id) => {
            let duty = view.duties.iter().find(|duty| duty.id == id);
            duty.map(|duty| Link::new(links::DUTIES, short(&duty.body.text)))
        }
    };
    found.unwrap_or_else(|| Link::plain(words.t("obstacle-matter-gone")))
}

/// So much of a text as a list shows.
pub(super) fn short(text: &str) -> String {
    if text.chars().count() <= SHORT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(SHORT).collect();
    format!("{}…", cut.trim_end())
}

/// An obstacle in a list.
pub(super) async fn own_row(desk: &Desk, own: &Obstacle) -> Result<ObstacleRow, Failure> {
    let href = links::obstacle(&own.record.id.to_string());
    row(desk, href, own.record.unit, &own.body, &own.record.state).await
}

/// A question in a list.
pub(super) async fn ask_row(desk: &Desk, ask: &Ask) -> Result<ObstacleRow, Failure> {
    let href = links::obstacle_ask(&ask.record.id.to_string());
    let stands = if ask.waits() {
        states::ASKED
    } else {
        states::ANSWERED
    };
    let mut row = row(desk, href, ask.body.by_unit, &ask.body.body, stands).await?;
    if ask.record.state == states::ASK_ESCALATED {
        row.state = desk.words().t("obstacle-passed-up");
    }
    row.due = ask
        .waits()
        .then(|| desk.due(vocab::calendar::end_of_day(ask.body.due_on)));
    row.whom = desk.whom(ask.body.rung, ask.record.unit).await?;
    Ok(row)
}

async fn row(
    desk: &Desk,
    href: String,
    unit: Id,
    body: &ObstacleBody,
    stands: &str,
) -> Result<ObstacleRow, Failure> {
    let waiting = body.last().filter(|_| stands == states::ASKED);
    Ok(ObstacleRow {
        href,
        what: short(&body.what),
        matter: matter(&desk.view, desk.words(), body.about),
        unit: desk.name_of(unit).await?,
        since: body.since,
        state: state(desk.words(), stands),
        whom: match body.last() {
            Some(asked) => desk.whom(asked.rung, asked.unit).await?,
            None => String::new(),
        },
        due: waiting.map(|asked| desk.due(vocab::calendar::end_of_day(asked.due_on))),
    })
}

/// Who was asked, and what they did.
pub(super) async fn rungs(desk: &Desk, body: &ObstacleBody) -> Result<Vec<RungRow>, Failure> {
    let moment = |micros| Instant::from_micros(micros).in_vietnam().datetime();
    let mut rows = Vec::new();
    for asked in &body.rungs {
        let outcome = asked.outcome.as_ref();
        rows.push(RungRow {
            whom: desk.whom(asked.rung, asked.unit).await?,
            since: moment(asked.since),
            due: asked.due_on,
            escalated: outcome.is_some_and(|outcome| outcome.escalated),
            said: outcome.map_or_else(String::new, |outcome| outcome.said.clone()),
            by: outcome.and_then(|outcome| outcome.by),
            person: outcome.map_or_else(String::new, |outcome| outcome.person.clone()),
            at: outcome.map(|outcome| moment(outcome.at)),
        });
    }
    Ok(rows)
}

/// What a reader may see of the obstacles of one matter, in a list; nothing for whoever has not
/// signed in.
pub(in crate::http) async fn of_matter(
    app: &App,
    visitor: &super::super::Visitor,
    matter: Id,
) -> Result<Vec<ObstacleRow>, Failure> {
    let Some(desk) = desk(app, visitor).await? else {
        return Ok(Vec::new());
    };
    let principal = &visitor.principal;
    let mut rows = Vec::new();
    for told in app.plans.told_of(principal, matter).await? {
        rows.push(match &told {
            Told::Own(own) => own_row(&desk, own).await?,
            Told::Asked(ask) => ask_row(&desk, ask).await?,
        });
    }
    Ok(rows)
}

/// What a reader may see of what stands in a unit's way, and of what the unit is asked.
pub(in crate::http) async fn of_unit(
    app: &App,
    visitor: &super::super::Visitor,
    unit: Id,
) -> Result<Vec<ObstacleRow>, Failure> {
    let Some(desk) = desk(app, visitor).await? else {
        return Ok(Vec::new());
    };
    let principal = &visitor.principal;
    let mut rows = Vec::new();
    for own in app.plans.obstacles(principal, None).await? {
        if own.record.unit == unit {
            rows.push(own_row(&desk, &own).await?);
        }
    }
    for ask in app.plans.asks(principal, None).await? {
        if ask.record.unit == unit && ask.waits() {
            rows.push(ask_row(&desk, &ask).await?);
        }
    }
    Ok(rows)
}

/// Whether somebody writes obstacles of any unit down.
pub(in crate::http) fn writes(visitor: &super::super::Visitor) -> bool {
    let permissions = visitor.principal.permissions();
    visitor.principal.account.is_some() && permissions.ever(Act::Draft, OBSTACLE)
}

/// How many stand where: the key of what, and the number.
pub(in crate::http) const fn counts(all: Overview) -> [(&'static str, usize); 4] {
    [
        ("obstacles-open", all.open),
        ("obstacles-waiting", all.waiting),
        ("obstacles-overdue", all.overdue),
        ("obstacles-escalated", all.escalated),
    ]
}

/// How all obstacles stand that a reader sees; nothing for whoever has not signed in.
pub(in crate::http) async fn overview(
    app: &App,
    visitor: &super::super::Visitor,
) -> Result<Option<Overview>, Failure> {
    if visitor.principal.account.is_none() {
        return Ok(None);
    }
    let all = app.plans.obstacles(&visitor.principal, None).await?;
    let today = app.store().context().now().in_vietnam().date();
    Ok(Some(Overview::of(&all, today)))
}

async fn desk(app: &App, visitor: &super::super::Visitor) -> Result<Option<Desk>, Failure> {
    if visitor.principal.account.is_none() {
        return Ok(None);
    }
    Desk::lookup(app, visitor).await
}

/// A task about an obstacle or a question in words; nothing where it is gone.
pub(in crate::http) async fn task(
    desk: &Desk,
    task: &registry::Task,
) -> Result<Option<Task>, Failure> {
    let (principal, plans) = (&desk.visitor.principal, &desk.app.plans);
    let (body, unit, href) = match task.kind.as_str() {
        OBSTACLE => {
            let Ok(own) = plans.obstacle(principal, task.record).await else {
                return Ok(None);
            };
            let href = links::obstacle(&own.record.id.to_string());
            (own.body, own.record.unit, href)
        }
        ASK => {
            let Ok(ask) = plans.ask_record(principal, task.record).await else {
                return Ok(None);
            };
            let href = links::obstacle_ask(&ask.record.id.to_string());
            (ask.body.body, ask.body.by_unit, href)
        }
        _ => return Ok(None),
    };
    let key = match task.name.as_str() {
        "send" => "obstacle-task-send",
        "correct" => "obstacle-task-correct",
        "confirm" => "obstacle-task-confirm",
        _ => "obstacle-task-answer",
    };
    let matter = matter(&desk.view, desk.words(), body.about);
    Ok(Some(Task {
        what: desk.words().t1(key, "matter", &matter.text),
        why: format!("{} · {}", desk.name_of(unit).await?, short(&body.what)),
        href,
        due: Some(desk.due(task.due)),
    }))
}

/// A notice about an obstacle in words; nothing where the reader may not see it.
pub(in crate::http) async fn notice(
    desk: &Desk,
    notice: &plan::Notice,
) -> Result<Option<NoticeRow>, Failure> {
    let (plans, principal) = (&desk.app.plans, &desk.visitor.principal);
    let Ok(own) = plans.obstacle(principal, notice.report).await else {
        return Ok(None);
    };
    let key = match notice.step.as_str() {
        "obstacle-sent-back" => "obstacle-told-sent-back",
        "obstacle-escalated" => "obstacle-told-escalated",
        _ => "obstacle-told-answered",
    };
    Ok(Some(NoticeRow {
        id: notice.id.to_string(),
        what: desk.words().t1(key, "what", short(&own.body.what)),
        at: notice.at.in_vietnam().datetime(),
        href: links::obstacle(&own.record.id.to_string()),
    }))
}
