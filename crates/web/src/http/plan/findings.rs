//! `GET /diem-chua-khop`: where the document does not add up.

use std::cmp::Reverse;

use axum::extract::State;
use axum::response::Response;
use plan::PlanView;
use plan::records::Finding;

use super::super::{App, Failure, Visitor};
use super::{shown, treatment};
use crate::i18n::Translator;
use crate::pages::Shell;
use crate::pages::findings::{self, FindingGroup, Findings, Weight};
use crate::pages::overview::FindingBrief;
use crate::pages::shell::Section;

/// Shows them, the weightiest of each heading first.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    shown(&app, &visitor, Section::Document, page).await
}

fn page(view: &PlanView, shell: Shell) -> Findings {
    let words = shell.translator;
    let all = by_weight(view);
    let group = |topic: &str| {
        let under = all
            .iter()
            .filter(|finding| treatment::of(&finding.code).0 == topic);
        FindingGroup {
            title: words.t(&format!("finding-topic-{topic}")),
            findings: under.map(|finding| worded(words, finding)).collect(),
        }
    };
    let groups = treatment::TOPICS.into_iter().map(group);
    Findings {
        groups: groups.filter(|group| !group.findings.is_empty()).collect(),
        shell,
    }
}

/// The weightiest findings, one of each kind.
pub(super) fn weightiest(view: &PlanView, words: Translator, most: usize) -> Vec<FindingBrief> {
    let mut kinds: Vec<&str> = Vec::new();
    let mut brief = Vec::new();
    for finding in by_weight(view) {
        if brief.len() < most && !kinds.contains(&finding.code.as_str()) {
            kinds.push(&finding.code);
            brief.push(FindingBrief {
                summary: words.finding(finding),
                detail: treated(words, finding),
                line: finding.lines.first().copied(),
            });
        }
    }
    brief
}

/// What contradicts itself before what should be looked at, larger amounts first.
fn by_weight(view: &PlanView) -> Vec<&Finding> {
    let mut all: Vec<&Finding> = view.body.findings.iter().collect();
    all.sort_by_key(|finding| {
        let difference = finding.args.get("difference_vnd");
        let difference = difference.and_then(serde_json::Value::as_i64).unwrap_or(0);
        let weight = Weight::lookup(&finding.severity);
        (Reverse(weight), Reverse(difference.unsigned_abs()))
    });
    all
}

fn worded(words: Translator, finding: &Finding) -> findings::Finding {
    findings::Finding {
        summary: words.finding(finding),
        weight: Weight::lookup(&finding.severity),
        treatment: treated(words, finding),
        lines: finding.lines.clone(),
    }
}

fn treated(words: Translator, finding: &Finding) -> String {
    let (_, treatment) = treatment::of(&finding.code);
    words.t(&format!("finding-treatment-{treatment}"))
}
