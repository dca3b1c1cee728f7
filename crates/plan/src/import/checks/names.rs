//! Names that the table does not know, or only nearly.

use super::{Finding, ParsedPlan};
use crate::import::bodies::{BodyList, Match};
use crate::import::finding::FindingCode;

pub(super) fn check(plan: &ParsedPlan, findings: &mut Vec<Finding>) {
    for target in &plan.targets {
        list(&target.leads, findings);
        list(&target.partners, findings);
    }
    for group in plan.project_annexes.iter().flat_map(|annex| &annex.groups) {
        if group.body.is_none() && !group.name.is_empty() {
            let finding = Finding::new(FindingCode::NameUnresolved, group.line);
            findings.push(finding.arg("written", group.name.as_str()));
        }
    }
    for project in plan.projects() {
        list(&project.leads, findings);
    }
}

fn list(list: &BodyList, findings: &mut Vec<Finding>) {
    for named in &list.names {
        let finding = match &named.matched {
            Match::Unknown => Finding::new(FindingCode::NameUnresolved, list.line),
            Match::Near(alias) => Finding::new(FindingCode::NameSpelledDifferently, list.line)
                .arg("known", alias.as_str()),
            Match::Exact | Match::WithinGroup => continue,
        };
        findings.push(finding.arg("written", named.written.as_str()));
    }
    let separator = |ch| matches!(ch, ',' | ';');
    if list.text.starts_with(separator) || list.text.ends_with(separator) {
        let finding = Finding::new(FindingCode::StraySeparator, list.line);
        findings.push(finding.arg("text", list.text.as_str()));
    }
}
