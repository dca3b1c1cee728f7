//! What the numbers around an ambiguous one show.

use unicode_normalization::UnicodeNormalization;

use super::Why;
use super::form::{Form, Reading};
use crate::Decimal;

/// Votes for one form or the other, gathered from a column or a document whose numbers
/// one hand wrote in one form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    stated: Option<Form>,
    vietnamese: Votes,
    english: Votes,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Votes {
    count: usize,
    witness: String,
}

/// What evidence comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It decides, for this reason.
    Decided(Why),
    /// No vote.
    Silent,
    /// Votes for both forms.
    Contradictory {
        /// The first that is Vietnamese only.
        vietnamese: String,
        /// The first that is English only.
        english: String,
    },
}

impl Evidence {
    /// Somebody stated the form, which settles it.
    pub fn stated(form: Form) -> Self {
        Self {
            stated: Some(form),
            ..Self::default()
        }
    }

    /// The votes of a column's cells; cells that are no numbers have none.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut evidence = Self::default();
        for text in texts {
            evidence.see(text);
        }
        evidence
    }

    /// Counts the vote of one number, if it can be read in one form only.
    pub fn see(&mut self, text: &str) {
        if let Reading::One(form, _) = Reading::of(text) {
            self.vote(form, text.trim());
        }
    }

    /// Counts the vote of a sum, if it adds up in one form only: 3,640 is 1,312 + 1,828 +
    /// 500 in the English form alone.
    pub fn see_sum(&mut self, total: &str, parts: &[&str]) {
        let total_reading = Reading::of(total);
        let parts_readings: Vec<Reading> = parts.iter().map(|part| Reading::of(part)).collect();
        let adds_up = |form| {
            let sum = parts_readings.iter().try_fold(Decimal::ZERO, |sum, part| {
                part.in_form(form).and_then(|part| sum.checked_add(part))
            });
            sum.is_some() && sum == total_reading.in_form(form)
        };
        let form = match (adds_up(Form::Vietnamese), adds_up(Form::English)) {
            (true, false) => Form::Vietnamese,
            (false, true) => Form::English,
            _ => return,
        };
        let trimmed: Vec<&str> = parts.iter().map(|part| part.trim()).collect();
        self.vote(form, &format!("{} = {}", total.trim(), trimmed.join(" + ")));
    }

    /// Counts the votes of amounts in running text: numbers before `%`, `đồng`, `nghìn`,
    /// `triệu` or `tỷ`. Other numbers there may be dates, headings or versions.
    pub fn see_amounts(&mut self, text: &str) {
        let text: String = text.nfc().collect();
        let mut rest = text.as_str();
        while let Some(start) = rest.find(|ch: char| ch.is_ascii_digit()) {
            let from = &rest[start..];
            let length = from
                .find(|ch: char| !(ch.is_ascii_digit() || ch == '.' || ch == ','))
                .unwrap_or(from.len());
            let after = from[length..].trim_start().to_lowercase();
            let glued =
                rest[..start].ends_with(|ch: char| ch.is_alphanumeric() || "/-.,".contains(ch));
            if !glued
                && ["%", "đồng", "nghìn", "triệu", "tỷ", "tỉ"]
                    .iter()
                    .any(|unit| after.starts_with(unit))
            {
                self.see(&from[..length]);
            }
            rest = &from[length..];
        }
    }

    /// This evidence, or the wider one (the document's around the column) if this has no
    /// vote at all.
    #[must_use]
    pub fn or_wider<'a>(&'a self, wider: &'a Self) -> &'a Self {
        if self.verdict() == Verdict::Silent {
            wider
        } else {
            self
        }
    }

    /// What it comes to. One vote against the others is a contradiction, not a minority.
    pub fn verdict(&self) -> Verdict {
        if let Some(form) = self.stated {
            return Verdict::Decided(Why::Stated(form));
        }
        let (form, votes) = match (self.vietnamese.count, self.english.count) {
            (0, 0) => return Verdict::Silent,
            (_, 0) => (Form::Vietnamese, &self.vietnamese),
            (0, _) => (Form::English, &self.english),
            _ => {
                return Verdict::Contradictory {
                    vietnamese: self.vietnamese.witness.clone(),
                    english: self.english.witness.clone(),
                };
            }
        };
        Verdict::Decided(Why::Witnessed {
            form,
            witness: votes.witness.clone(),
            count: votes.count,
        })
    }

    fn vote(&mut self, form: Form, witness: &str) {
        let votes = match form {
            Form::Vietnamese => &mut self.vietnamese,
            Form::English => &mut self.english,
        };
        votes.count += 1;
        if votes.count == 1 {
            witness.clone_into(&mut votes.witness);
        }
    }
}
