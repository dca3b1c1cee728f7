//! Days that are not in the calendar, and documents cited in two ways.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use vocab::{DocumentSymbol, LegalReference};

use super::{Finding, Outline, Passage};
use crate::import::dates::dates;
use crate::import::facts::{PlanFacts, names_decision};
use crate::import::finding::FindingCode;

/// How much longer a symbol may be written than its proper form, in characters.
const STRAY_CHARS: usize = 8;

pub(super) fn check(
    facts: &PlanFacts,
    outline: &Outline<'_>,
    passages: &[Passage<'_>],
    findings: &mut Vec<Finding>,
) {
    let mut days: BTreeMap<DocumentSymbol, (BTreeSet<Date>, Vec<u32>)> = BTreeMap::new();
    for passage in passages {
        let impossible = dates(passage.text)
            .into_iter()
            .filter(|date| date.date.is_none());
        findings.extend(impossible.map(|date| {
            Finding::new(FindingCode::DateImpossible, passage.line).arg("written", date.written)
        }));
        for cited in LegalReference::find_all(passage.text) {
            if passage.ordered {
                younger(facts, *passage, &cited, findings);
                irregular(*passage, &cited.symbol, findings);
            }
            if let Some(date) = cited.date {
                let (dates, lines) = days.entry(cited.symbol).or_default();
                dates.insert(date);
                lines.push(passage.line);
            }
        }
    }
    for (symbol, (dates, lines)) in days.into_iter().filter(|(_, (dates, _))| dates.len() > 1) {
        let dates: Vec<String> = dates.iter().map(Date::to_string).collect();
        let mut finding = Finding::new(FindingCode::SymbolWithSeveralDates, lines[0])
            .arg("symbol", symbol.to_string())
            .arg("dates", dates.join(", "));
        finding.lines = lines;
        findings.push(finding);
    }
    named_alike(facts, outline, findings);
}

fn younger(
    facts: &PlanFacts,
    passage: Passage<'_>,
    cited: &LegalReference,
    findings: &mut Vec<Finding>,
) {
    if let (Some(date), Some(decided)) = (cited.date, facts.date)
        && date > decided
    {
        findings.push(
            Finding::new(FindingCode::DateAfterDecision, passage.line)
                .arg("symbol", cited.symbol.to_string())
                .arg("date", date.to_string())
                .arg("decided", decided.to_string()),
        );
    }
}

fn irregular(passage: Passage<'_>, symbol: &DocumentSymbol, findings: &mut Vec<Finding>) {
    let proper = symbol.to_string();
    if passage.text.contains(&proper) {
        return;
    }
    findings.push(
        Finding::new(FindingCode::SymbolIrregular, passage.line)
            .arg(
                "written",
                written(passage.text, symbol, &proper).unwrap_or(""),
            )
            .arg("symbol", proper),
    );
}

/// The shortest piece of a text that reads as a symbol.
fn written<'t>(text: &'t str, symbol: &DocumentSymbol, proper: &str) -> Option<&'t str> {
    let longest = proper.chars().count() + STRAY_CHARS;
    let number = symbol.number.to_string();
    text.match_indices(&number).find_map(|(at, _)| {
        let zeros = text[..at].bytes().rev().take_while(|byte| *byte == b'0');
        let from = &text[at - zeros.count()..];
        from.char_indices()
            .take(longest)
            .map(|(end, ch)| &from[..end + ch.len_utf8()])
            .find(|piece| piece.parse().as_ref() == Ok(symbol))
    })
}

/// Every annex repeats the decision's symbol and day.
fn named_alike(facts: &PlanFacts, outline: &Outline<'_>, findings: &mut Vec<Finding>) {
    let projects = outline.projects.iter().map(|annex| &annex.head);
    let heads = projects.chain([&outline.targets.head, &outline.body]);
    for paragraph in heads.flatten() {
        let Some(named) = names_decision(paragraph) else {
            continue;
        };
        if named.symbol != facts.symbol || named.date != facts.date {
            findings.push(
                Finding::new(FindingCode::DecisionNamedDifferently, facts.line)
                    .and_line(paragraph.line)
                    .arg("symbol", named.symbol.to_string())
                    .arg(
                        "date",
                        named.date.map_or(String::new(), |date| date.to_string()),
                    )
                    .arg("known_symbol", facts.symbol.to_string()),
            );
        }
    }
}
