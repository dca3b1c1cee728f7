//! `GET /du-an/{id}`: one project, with all that was entered of it and by whom.

use axum::extract::Path;
use plan::projects::{Account, Amounts, Entry, EntryKind, PROJECT_ENTRY, Source, Stage, states};
use plan::view::ProjectView;
use registry::Record;
use vocab::{Id, Vnd};

use super::super::super::audit::Names;
use super::super::super::reports::checks;
use super::super::super::{Failure, Page};
use super::desk::Desk;
use super::files::shown;
use crate::i18n::Translator;
use crate::pages::links;
use crate::pages::parts::{FormErrors, Link};
use crate::pages::project::Sources;
use crate::pages::project::show::{EntryShown, EntryStep, Payment, ProjectPage};
use crate::pages::status::Status;

/// How many versions of a record its page tells of.
const VERSIONS: usize = 100;
/// The most characters of a target's name in a list.
const SHORT: usize = 160;

/// Shows it.
pub(super) async fn show(desk: Desk, Path(id): Path<String>) -> Result<Page<ProjectPage>, Failure> {
    let project = desk.project(&id)?;
    Ok(Page(page(&desk, project).await?))
}

/// The field for the reason of a step of an entry.
pub(super) fn reason_field(entry: Id) -> String {
    format!("ly-do-{entry}")
}

/// Its page.
pub(super) async fn page(desk: &Desk, project: &ProjectView) -> Result<ProjectPage, Failure> {
    let (plans, words) = (&desk.app.plans, desk.words());
    let principal = &desk.visitor.principal;
    let account = plans.account(principal, &desk.view, project).await?;
    let stage = account.stage();
    let today = desk.today();
    let id = project.id.to_string();
    let body = &project.body;
    let may = plans.may_enter(principal, &desk.view, project) && body.retired.is_none();
    let adds = EntryKind::ALL.into_iter().filter(|_| may).map(|kind| {
        let name = words.t(&format!("project-entry-{}", kind.name()));
        Link::new(links::project_new(&id, kind.name()), name)
    });
    let adds = adds.collect();
    let mut names = Names::new(&desk.app, words);
    let mut entries = Vec::with_capacity(account.entries.len());
    for entry in account.entries.iter().rev() {
        entries.push(entry_shown(desk, &mut names, entry).await?);
    }
    Ok(ProjectPage {
        title: body.name.clone(),
        number: number(project),
        line: body.line,
        unit: desk.unit(account.unit),
        ownerless: account.unit.is_none(),
        note: body.note.clone(),
        retired: body.retired.is_some(),
        stage: words.t(stage_key(stage)),
        status: stage_status(stage, account.is_late(today)),
        percent: account.percent(),
        due: account.due,
        due_stated: account.due_stated,
        late: account.is_late(today),
        overpaid: account.is_overpaid(),
        money: money(project, &account),
        payments: payments(desk, &account),
        targets: targets(desk, &account.targets),
        targets_href: may_link(desk, account.unit).then(|| links::project_targets(&id)),
        adds,
        entries,
        errors: FormErrors::default(),
        shell: desk.shell(),
    })
}

/// Whether the reader may say which targets a project of this unit serves.
pub(super) fn may_link(desk: &Desk, unit: Option<Id>) -> bool {
    unit.is_some_and(|unit| {
        let subject = directory::Subject {
            kind: plan::projects::PROJECT_TARGETS,
            unit,
            state: "kept",
            author: None,
        };
        directory::may(&desk.visitor.principal, directory::Act::Draft, &subject).is_allowed()
    })
}

/// A project's number: `2/9.1`.
pub(super) fn number(project: &ProjectView) -> String {
    format!("{}/{}", project.body.annex, project.body.code)
}

/// The name of a stage.
pub(super) const fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::Proposed => "project-stage-proposed",
        Stage::InPrinciple => "project-stage-in_principle",
        Stage::Estimated => "project-stage-estimated",
        Stage::ContractorChosen => "project-stage-contractor_chosen",
        Stage::UnderWay => "project-stage-under_way",
        Stage::Accepted => "project-stage-accepted",
        Stage::Settled => "project-stage-settled",
        Stage::Stopped => "project-stage-stopped",
    }
}

/// The mark of a stage.
pub(super) const fn stage_status(stage: Stage, late: bool) -> Status {
    match (stage, late) {
        (_, true) => Status::OffTrack,
        (Stage::Accepted | Stage::Settled, _) => Status::Done,
        (Stage::Proposed, _) => Status::NoData,
        (Stage::Stopped, _) => Status::AtRisk,
        _ => Status::OnTrack,
    }
}

/// Amounts as pages show them.
pub(super) fn sources(amounts: Amounts) -> Sources {
    let of = |source| Some(amounts.of(source).dong()).filter(|dong| *dong != 0);
    Sources {
        recurrent_vnd: of(Source::Recurrent),
        capital_vnd: of(Source::Capital),
        other_vnd: of(Source::Other),
        total_vnd: Some(amounts.total().dong()),
    }
}

fn money(project: &ProjectView, account: &Account) -> Vec<(&'static str, Sources)> {
    let budget = &project.body.budget;
    let listed = Sources {
        recurrent_vnd: budget.recurrent.map(Vnd::dong),
        capital_vnd: budget.capital.map(Vnd::dong),
        other_vnd: None,
        total_vnd: budget.total.map(Vnd::dong),
    };
    let known = |amounts: Option<Amounts>| amounts.map(sources).unwrap_or_default();
    let paid = account.paid();
    let paid = (!account.paid_periods().is_empty()).then_some(paid);
    vec![
        ("project-listed", listed),
        (
            "project-approved-in-principle",
            known(account.in_principle()),
        ),
        ("project-estimate", known(account.estimate())),
        ("project-contracted", known(account.contracted())),
        ("project-paid", known(paid)),
        ("project-settled", known(account.settled())),
    ]
}

fn payments(desk: &Desk, account: &Account) -> Vec<Payment> {
    let paid = account.entries.iter().filter(|entry| entry.counts());
    let paid = paid.filter_map(|entry| Some((entry, entry.body.period?)));
    paid.map(|(entry, period)| Payment {
        period: desk.period(period),
        paid: sources(entry.body.amounts),
        until_vnd: account.paid_until(period.end()).total().dong(),
        href: format!("#{}", anchor(entry)),
    })
    .collect()
}

fn targets(desk: &Desk, ids: &[Id]) -> Vec<Link> {
    let mut served: Vec<_> = ids
        .iter()
        .filter_map(|id| desk.view.target_by_id(*id))
        .collect();
    served.sort_by_key(|target| target.body.number);
    let link = |target: &plan::view::TargetView| {
        let text = format!("{}. {}", target.body.number, short(&target.body.name));
        Link::new(links::target(target.body.number), text)
    };
    served.into_iter().map(link).collect()
}

/// The beginning of a long name.
pub(in super::super) fn short(text: &str) -> String {
    if text.chars().count() <= SHORT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(SHORT).collect();
    format!("{}…", cut.trim_end())
}

fn anchor(entry: &Entry) -> String {
    format!("ghi-nhan-{}", entry.record.id)
}

/// What a state is called, and its class.
pub(in super::super) fn state_words(words: Translator, state: &str) -> (String, &'static str) {
    let (key, class) = match state {
        states::SUBMITTED => ("project-state-submitted", "state state-submitted"),
        states::APPROVED => ("project-state-approved", "state state-consolidated"),
        states::SENT_BACK => ("project-state-sent_back", "state state-sent_back"),
        states::WITHDRAWN => ("project-state-withdrawn", "state state-draft"),
        _ => ("project-state-draft", "state state-draft"),
    };
    (words.t(key), class)
}

async fn entry_shown(
    desk: &Desk,
    names: &mut Names<'_>,
    entry: &Entry,
) -> Result<EntryShown, Failure> {
    let words = desk.words();
    let (body, record) = (&entry.body, &entry.record);
    let (state, state_class) = state_words(words, &record.state);
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: String| {
        if !value.is_empty() {
            facts.push((words.t(key), value));
        }
    };
    fact("project-symbol", body.symbol.clone());
    fact("project-party", body.party.clone());
    if let Some(percent) = body.percent {
        fact("project-percent", words.percent(&percent.into()));
    }
    fact("project-milestone", body.milestone.clone());
    if let Some(until) = body.until {
        fact("project-until", words.date(&until));
    }
    fact("project-other-source-name", body.other_source.clone());
    let id = record.id.to_string();
    let principal = &desk.visitor.principal;
    let registry = desk.registry();
    let open = registry.open_steps(principal, PROJECT_ENTRY, record);
    let moves = [
        ("submit", "project-submit", "gui"),
        ("approve", "project-approve", "duyet"),
    ];
    let reasoned = [
        ("send_back", "project-send-back", "tra-lai"),
        ("withdraw", "project-withdraw", "rut"),
    ];
    Ok(EntryShown {
        anchor: anchor(entry),
        title: words.t(&format!("project-entry-{}", body.kind.name())),
        state,
        state_class,
        when: match (body.on, body.period) {
            (_, Some(period)) => desk.period(period),
            (Some(on), None) => words.date(&on),
            (None, None) => "–".to_owned(),
        },
        facts,
        money: (!body.amounts.is_zero()).then(|| sources(body.amounts)),
        note: body.note.clone(),
        checks: checks(words, &body.checks),
        files: shown(&body.evidence),
        steps: person_steps(desk, names, PROJECT_ENTRY, record).await?,
        version: record.version,
        edit: registry
            .may_edit(principal, PROJECT_ENTRY, record)
            .then(|| links::project_entry(&id)),
        moves: moves
            .iter()
            .filter(|(step, ..)| open.contains(step))
            .map(|(_, key, address)| (*key, links::project_entry_step(&id, address)))
            .collect(),
        reasoned: reasoned
            .iter()
            .filter(|(step, ..)| open.contains(step))
            .map(|(_, key, address)| {
                let action = links::project_entry_step(&id, address);
                (*key, action, reason_field(record.id))
            })
            .collect(),
    })
}

/// What was done with a record and by whom, the latest first.
pub(in super::super) async fn person_steps(
    desk: &Desk,
    names: &mut Names<'_>,
    kind: &str,
    record: &Record,
) -> Result<Vec<EntryStep>, Failure> {
    let principal = &desk.visitor.principal;
    let versions = desk
        .registry()
        .history(principal, kind, record, VERSIONS)
        .await?;
    let mut steps = Vec::with_capacity(versions.len());
    for version in versions {
        let key = match version.action.as_str() {
            "create" => "project-did-create",
            "submit" => "project-did-submit",
            "approve" => "project-did-approve",
            "send_back" => "project-did-send-back",
            "withdraw" => "project-did-withdraw",
            _ => "project-did-edit",
        };
        steps.push(EntryStep {
            what: desk.words().t(key),
            person: names.of(version.actor).await?,
            at: version.at.in_vietnam().datetime(),
            reason: version.reason,
        });
    }
    Ok(steps)
}

/// A task about an entry or a unit's own plan in words: what, why and where; nothing for one
/// that the reader may not see.
pub(in crate::http) async fn task(desk: &Desk, task: &registry::Task) -> Option<(String, Link)> {
    let words = desk.words();
    let principal = &desk.visitor.principal;
    let key = |approve, correct| {
        if task.name == "approve" {
            approve
        } else {
            correct
        }
    };
    if task.kind == plan::own_plans::UNIT_PLAN {
        let plan = desk.app.plans.unit_plan_of(principal, task.record).await;
        let plan = plan.ok()?;
        let unit = desk.unit(Some(plan.record.unit));
        let what = words.t(key("task-own-plan-approve", "task-own-plan-correct"));
        let href = links::own_plan(&plan.record.unit.to_string());
        return Some((what, Link::new(href, unit.text)));
    }
    let entry = desk.app.plans.entry(principal, task.record).await.ok()?;
    let project = desk.view.project(entry.body.project)?;
    let name = words.t(&format!("project-entry-{}", entry.body.kind.name()));
    let what = words.t1(
        key("task-project-approve", "task-project-correct"),
        "entry",
        &name,
    );
    let href = if task.name == "approve" {
        let page = links::project_page(&project.id.to_string());
        format!("{page}#{}", anchor(&entry))
    } else {
        links::project_entry(&task.record.to_string())
    };
    Some((what, Link::new(href, project.body.name.clone())))
}
