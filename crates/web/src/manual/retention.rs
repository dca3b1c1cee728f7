//! How long records are kept.

use pack::declaration::{RecordFile, RetentionEnd};
use pack::term::{Term, TermUnit};
use registry::system::retention::Rule;

use super::Writer;
use crate::i18n::Translator;

impl Writer<'_> {
    /// What becomes of records in the end.
    pub(super) fn retention(&mut self, record: &RecordFile) {
        let Some(rule) = Rule::of(record) else {
            return;
        };
        let states = rule.after.iter().map(|state| &**state);
        let states = self.states(record, states);
        let said = rule_words(self.words, &rule, &states);
        let legal = self.words.t1("retention-legal", "legal", rule.cited());
        self.items("retention-crumb", vec![format!("{said} {legal}")]);
    }
}

/// A rule in words; its states by their titles.
pub(crate) fn rule_words(words: Translator, rule: &Rule<'_>, states: &str) -> String {
    let key = match rule.then {
        RetentionEnd::Archive => "retention-rule-archive",
        RetentionEnd::Erase => "retention-rule-erase",
        RetentionEnd::ErasePersonal => "retention-rule-personal",
    };
    let term = term_words(words, rule.keep);
    words.t_args(key, &[("term", &term), ("states", &states)])
}

/// A term in words.
pub(crate) fn term_words(words: Translator, term: Term) -> String {
    let key = match term.unit {
        TermUnit::WorkingHours => "manual-term-hours",
        TermUnit::WorkingDays => "manual-term-working-days",
        TermUnit::Days => "manual-term-days",
        TermUnit::Weeks => "manual-term-weeks",
        TermUnit::Months => "manual-term-months",
        TermUnit::Years => "manual-term-years",
    };
    words.t1(key, "count", term.amount)
}
