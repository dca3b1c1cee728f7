//! Duties of the body against the decision's day, and against each other.

use std::collections::BTreeMap;

use super::{Finding, ParsedPlan};
use crate::import::duties::DutyKind;
use crate::import::finding::FindingCode;
use crate::import::words::key;

/// A duty of fewer words is a heading's rest rather than a duty written twice.
const FEWEST_WORDS: usize = 8;

pub(super) fn check(plan: &ParsedPlan, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for duty in &plan.duties {
        let late = duty.due.iter().filter_map(|due| {
            let decided = plan.facts.date?;
            let by = due.by.filter(|by| *by < decided)?;
            Some((due, by, decided))
        });
        findings.extend(late.map(|(due, by, decided)| {
            Finding::new(FindingCode::DutyDueBeforeDecision, duty.line)
                .and_line(plan.facts.line)
                .arg("written", due.written.as_str())
                .arg("date", by.to_string())
                .arg("decided", decided.to_string())
        }));
        let words = key(&duty.text);
        if words.split(' ').count() < FEWEST_WORDS {
            continue;
        }
        // Two bodies may be told the same.
        let words = match duty.kind {
            DutyKind::Organisation => format!("{words} {}", duty.under.join(" ")),
            _ => words,
        };
        if let Some(first) = seen.get(&words).filter(|first| **first != duty.line) {
            findings.push(
                Finding::new(FindingCode::DutyRepeated, *first)
                    .and_line(duty.line)
                    .arg("text", duty.text.as_str()),
            );
        } else {
            seen.insert(words, duty.line);
        }
    }
}
