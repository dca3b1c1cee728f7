//! What was read from a decision, for other programs: the columns as written, and beside them
//! what was understood.

use plan::import::{
    Baseline, BodyList, Duty, Finding, Goal, LegalBasis, Match, NamedBody, ParsedPlan, Project,
    ProjectAnnex, ProjectGroup, ReadDecision, StatedBudget, Target,
};
use plan::{Difference, ImportReport};
use serde::Serialize;
use serde_json::{Value, json};
use vocab::{Lang, Vnd};
use web::i18n::Translator;

use crate::failure::Failure;

#[derive(Serialize)]
struct Output<'a> {
    decision: Value,
    targets: Vec<Value>,
    projects: Vec<Value>,
    duties: Vec<Value>,
    baselines: &'a [Baseline],
    findings: Vec<Value>,
    unused_lines: Vec<Value>,
    /// What importing it changes of what is kept; nothing where nothing is.
    difference: Option<&'a Difference>,
    /// What was done with it; nothing in a dry run.
    imported: Option<&'a ImportReport>,
}

pub(super) fn write(
    read: &ReadDecision,
    difference: Option<&Difference>,
    done: Option<&ImportReport>,
) -> Result<String, Failure> {
    let plan = &read.plan;
    let lines: Vec<&str> = read.source.text.lines().collect();
    let findings = plan.findings.iter();
    let output = Output {
        decision: decision(read),
        targets: plan.targets.iter().map(|own| target(read, own)).collect(),
        projects: plan
            .project_annexes
            .iter()
            .flat_map(|annex| annex.groups.iter().map(move |group| (annex, group)))
            .flat_map(|(annex, group)| {
                let projects = group.projects.iter();
                projects.map(move |own| project(read, annex, group, own))
            })
            .collect(),
        duties: plan.duties.iter().map(|own| duty(read, own)).collect(),
        baselines: &plan.baselines,
        findings: findings.map(|own| finding(read, &lines, own)).collect(),
        unused_lines: plan
            .unused_lines
            .iter()
            .map(|own| json!({ "line": own.line, "place": read.source.place(own.line), "text": own.text }))
            .collect(),
        difference,
        imported: done,
    };
    serde_json::to_string_pretty(&output)
        .map_err(|error| Failure::new("failure-output").with("why", error))
}

fn decision(read: &ReadDecision) -> Value {
    let ParsedPlan { facts, grounds, .. } = &read.plan;
    json!({
        "symbol": facts.symbol.to_string(),
        "date": facts.date.map(|date| date.to_string()),
        "title": facts.title,
        "year": facts.year,
        "legal_bases": grounds.iter().map(basis).collect::<Vec<_>>(),
        "issuer": facts.issuer,
        "coordinator": facts.coordinator.as_ref().map(body),
        "budget": facts.budget.as_ref().map(budget),
        "source_line": facts.line,
        "format": read.source.format,
        "encoding": read.source.encoding,
    })
}

fn budget(budget: &StatedBudget) -> Value {
    json!({
        "total_vnd": budget.total.dong(),
        "recurrent_vnd": budget.recurrent.map(Vnd::dong),
        "capital_vnd": budget.capital.map(Vnd::dong),
        "source_line": budget.line,
    })
}

fn basis(basis: &LegalBasis) -> Value {
    json!({
        "text": basis.text,
        "kind": basis.kind,
        "symbol": basis.symbol.as_ref().map(ToString::to_string),
        "date": basis.date.map(|date| date.to_string()),
        "source_line": basis.line,
    })
}

fn target(read: &ReadDecision, target: &Target) -> Value {
    let group = read.plan.target_groups.iter().rev();
    let group = group
        .filter(|group| group.line <= target.line)
        .find(|group| group.code == target.group);
    let group = group.map_or(String::new(), |group| {
        if group.code.is_empty() {
            group.heading.clone()
        } else {
            format!("{}. {}", group.code, group.heading)
        }
    });
    let bases: Vec<&str> = target
        .legal_bases
        .iter()
        .map(|basis| basis.text.as_str())
        .collect();
    let started: Vec<&Baseline> = read
        .plan
        .baselines
        .iter()
        .filter(|baseline| baseline.target == Some(target.number))
        .collect();
    json!({
        "number": target.number,
        "group": group,
        "task": target.name,
        "target": target.goal_text,
        "lead": target.leads.text,
        "partners": target.partners.text,
        "legal_basis": bases.join("; "),
        "source_line": target.line,
        "place": read.source.place(target.line),
        "lead_bodies": bodies(&target.leads),
        "partner_bodies": bodies(&target.partners),
        "legal_documents": target.legal_bases.iter().map(basis).collect::<Vec<_>>(),
        "measures": measures(&target.goals),
        "baselines": started,
        "due": target.due,
    })
}

fn measures(goals: &[Goal]) -> Vec<Value> {
    let measure = |goal: &Goal| {
        json!({
            "text": goal.text,
            "measure": goal.measure,
            "name": goal.indicator.name,
            "unit": goal.indicator.unit,
            "source_line": goal.line,
        })
    };
    goals.iter().map(measure).collect()
}

fn project(
    read: &ReadDecision,
    annex: &ProjectAnnex,
    group: &ProjectGroup,
    project: &Project,
) -> Value {
    let vnd = |amount: &plan::import::Amount| amount.vnd.map(Vnd::dong);
    let agency = if group.name.is_empty() {
        &project.leads.text
    } else {
        &group.name
    };
    json!({
        "annex": annex.number,
        "agency": agency,
        "number": project.code,
        "name": project.name,
        "recurrent_vnd": vnd(&project.amounts.recurrent),
        "capital_vnd": vnd(&project.amounts.capital),
        "total_vnd": vnd(&project.amounts.total),
        "note": group.note_on(project).text,
        "source_line": project.line,
        "place": read.source.place(project.line),
        "lead": project.leads.text,
        "lead_bodies": bodies(&project.leads),
    })
}

fn bodies(list: &BodyList) -> Vec<Value> {
    list.names.iter().map(body).collect()
}

/// `waiting` says that a person must confirm who is meant.
fn body(named: &NamedBody) -> Value {
    let (how, nearest) = match &named.matched {
        Match::Exact => ("exact", None),
        Match::WithinGroup => ("within-group", None),
        Match::Near(alias) => ("near", Some(alias)),
        Match::Unknown => ("unknown", None),
    };
    json!({
        "written": named.written,
        "name": named.body.as_ref().map(|body| &body.name),
        "kind": named.body.as_ref().map(|body| body.kind),
        "match": how,
        "nearest": nearest,
        "waiting": matches!(named.matched, Match::Near(_) | Match::Unknown),
    })
}

fn duty(read: &ReadDecision, duty: &Duty) -> Value {
    json!({
        "kind": duty.kind,
        "under": duty.under,
        "text": duty.text,
        "bodies": duty.bodies.iter().map(body).collect::<Vec<_>>(),
        "due": duty.due,
        "standing": duty.standing,
        "figures": duty.figures,
        "source_line": duty.line,
        "place": read.source.place(duty.line),
    })
}

fn finding(read: &ReadDecision, lines: &[&str], finding: &Finding) -> Value {
    let kept = finding.into();
    let said = |lang| Translator::new(lang).finding(&kept);
    let place = |line: &u32| {
        let text = lines.get((*line as usize).saturating_sub(1));
        json!({
            "line": line,
            "place": read.source.place(*line),
            "text": text.map(|text| text.trim()),
        })
    };
    json!({
        "kind": finding.code,
        "severity": finding.severity,
        "message_vi": said(Lang::Vi),
        "message_en": said(Lang::En),
        "places": finding.lines.iter().map(place).collect::<Vec<_>>(),
        "figures": finding.args,
    })
}
