//! Askings and opinions in words.

use directory::{Act, Subject, may};
use plan::opinions::{Given, Heard, Round, Stance};
use plan::view::IndicatorView;
use plan::{OPINION, OPINION_ROUND, Report};
use vocab::calendar::end_of_day;

use super::super::super::Failure;
use super::super::desk::Desk;
use super::super::words;
use crate::i18n::Translator;
use crate::pages::inbox::{NoticeRow, Task};
use crate::pages::links;
use crate::pages::opinions::{HeardRow, OpinionsBeside, Said, Standing};
use crate::pages::reading::Reading;

impl Desk {
    /// Whether the reader may do this to askings about a unit's reports.
    pub(super) fn may_round(&self, act: Act, unit: vocab::Id) -> bool {
        let subject = Subject {
            kind: OPINION_ROUND,
            unit,
            state: plan::opinions::states::OPEN,
            author: None,
        };
        may(&self.visitor.principal, act, &subject).is_allowed()
    }

    /// Whether partners can be asked about a report as it stands, by this reader.
    pub(super) fn may_ask(&self, report: &Report) -> bool {
        let handed_in = ["submitted", "approved"].contains(&report.record.state.as_str());
        handed_in && self.may_round(Act::Draft, report.record.unit)
    }
}

/// The key of a stance's name.
pub(super) const fn stance_key(stance: Stance) -> &'static str {
    match stance {
        Stance::Agree => "opinion-stance-agree",
        Stance::Remarks => "opinion-stance-remarks",
        Stance::Disagree => "opinion-stance-disagree",
    }
}

/// What a partner thinks, then its words: as the way of a figure tells it.
pub(in crate::http) fn stance_note(
    words: Translator,
    (stance, stale): (Stance, bool),
    said: &str,
) -> String {
    let mut note = words.t(stance_key(stance));
    if stale {
        note = format!("{note} ({})", words.t("opinion-stale"));
    }
    if !said.is_empty() {
        note = format!("{note}: {said}");
    }
    note
}

/// An opinion that was given, and whether it spoke of another figure than that of now.
pub(super) fn said(given: &Given, indicator: &IndicatorView, stale: bool) -> Said {
    let measurement = given.figure.measurement(indicator.body.measure.kind);
    let reading = measurement.and_then(|value| Reading::of(&indicator.body, value));
    Said {
        stance: stance_key(given.stance),
        against: given.stance == Stance::Disagree,
        said: given.said.clone(),
        files: words::files(&given.files),
        person: given.person.clone(),
        at: given.moment().in_vietnam().datetime(),
        stale,
        figure: reading,
    }
}

/// The partners that were asked about a report.
pub(super) async fn rows(
    desk: &Desk,
    round: &Round,
    report: &Report,
    indicator: &IndicatorView,
) -> Result<Vec<HeardRow>, Failure> {
    let mut rows = Vec::with_capacity(round.body.asked.len());
    for heard in &round.body.asked {
        let given = heard.given.as_ref();
        rows.push(HeardRow {
            unit: desk.name_of(heard.unit).await?,
            standing: standing(desk, heard),
            due: desk.due(end_of_day(heard.due_on)),
            said: given.map(|given| said(given, indicator, given.figure.differs(&report.body))),
        });
    }
    Ok(rows)
}

fn standing(desk: &Desk, heard: &Heard) -> Standing {
    match (heard.waits, heard.given.is_some()) {
        (true, _) if heard.holds_up(desk.today()) => Standing::Waits,
        (true, _) => Standing::Overdue,
        (false, true) => Standing::Given,
        (false, false) => Standing::Silent,
    }
}

/// What stands beside a report, for whoever may see it; nothing where nobody was asked and the
/// reader asks nobody.
pub(in crate::http::reports) async fn beside(
    desk: &Desk,
    report: &Report,
    indicator: &IndicatorView,
) -> Result<Option<OpinionsBeside>, Failure> {
    if desk.visitor.principal.account.is_none() {
        return Ok(None);
    }
    let id = report.record.id;
    let plans = &desk.app.plans;
    let round = plans.opinion_round(&desk.visitor.principal, id).await?;
    let may_ask = desk.may_ask(report);
    let Some(round) = round else {
        return Ok(may_ask.then(|| OpinionsBeside {
            href: links::opinions(&id.to_string()),
            rows: Vec::new(),
            waiting: 0,
            may_ask,
        }));
    };
    let waiting = round.body.waiting(desk.today()).count();
    Ok(Some(OpinionsBeside {
        href: links::opinions(&id.to_string()),
        rows: rows(desk, &round, report, indicator).await?,
        waiting: if round.is_open() { waiting } else { 0 },
        may_ask,
    }))
}

/// A task of a partner in words; nothing where it is gone.
pub(in crate::http::reports) async fn task(
    desk: &Desk,
    task: &registry::Task,
) -> Result<Option<Task>, Failure> {
    let (principal, plans) = (&desk.visitor.principal, &desk.app.plans);
    let Ok(opinion) = plans.opinion(principal, task.record).await else {
        return Ok(None);
    };
    let body = &opinion.body;
    let Some((target, indicator)) = desk.view.indicator(body.indicator) else {
        return Ok(None);
    };
    let words = desk.words();
    let key = if body.given.is_some() {
        "opinion-task-again"
    } else {
        "opinion-task"
    };
    let unit = desk.name_of(body.by_unit).await?;
    Ok(Some(Task {
        what: words.t_args(
            key,
            &[
                ("number", &target.body.number),
                ("period", &desk.period_label(body.period)),
            ],
        ),
        why: words.t_args(
            "opinion-task-why",
            &[
                ("unit", &unit),
                ("title", &target.title(&indicator.body.name)),
            ],
        ),
        href: links::opinion(&opinion.record.id.to_string()),
        due: Some(desk.due(task.due)),
    }))
}

/// A notice about opinions in words; nothing where the reader may not see what it is about.
pub(in crate::http::reports) async fn notice(
    desk: &Desk,
    notice: &plan::Notice,
) -> Result<Option<NoticeRow>, Failure> {
    let (plans, principal) = (&desk.app.plans, &desk.visitor.principal);
    let (key, target, period, href) = if notice.step == "opinion-given" {
        let Ok(round) = plans.opinion_round_by_id(principal, notice.report).await else {
            return Ok(None);
        };
        let href = links::opinions(&round.body.observation.to_string());
        let body = round.body;
        ("opinion-told-given", body.target, body.period, href)
    } else {
        let Ok(opinion) = plans.opinion(principal, notice.report).await else {
            return Ok(None);
        };
        let key = match notice.step.as_str() {
            "opinion-again" => "opinion-told-again",
            _ => "opinion-told-changed",
        };
        let href = links::opinion(&opinion.record.id.to_string());
        (key, opinion.body.target, opinion.body.period, href)
    };
    let Some(target) = desk.view.target_by_id(target) else {
        return Ok(None);
    };
    Ok(Some(NoticeRow {
        id: notice.id.to_string(),
        what: desk.words().t_args(
            key,
            &[
                ("number", &target.body.number),
                ("period", &desk.period_label(period)),
            ],
        ),
        at: notice.at.in_vietnam().datetime(),
        href,
    }))
}

/// Whether the reader gives the opinion of a unit as it stands.
pub(super) fn answers(desk: &Desk, opinion: &plan::opinions::Opinion) -> bool {
    let registry = desk.registry();
    let steps = registry.open_steps(&desk.visitor.principal, OPINION, &opinion.record);
    steps.contains(&"answer")
}
