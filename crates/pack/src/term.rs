//! Terms as packs write them: `10 working days`, `03 ngày làm việc`, `5 years`.

use serde_json::{Value, json};
use toml::de::DeValue;

use crate::Code;
use crate::diagnostic::Diagnostic;
use crate::shape::{Definitions, Node, Reader, Shape};
use crate::source::Span;

/// What a term is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermUnit {
    /// Hours of work (giờ làm việc).
    WorkingHours,
    /// Working days (ngày làm việc).
    WorkingDays,
    /// Days of the calendar (ngày).
    Days,
    /// Weeks (tuần).
    Weeks,
    /// Months (tháng).
    Months,
    /// Years (năm).
    Years,
}

impl TermUnit {
    /// Its name for programs, and for wordings that choose by it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::WorkingHours => "working-hours",
            Self::WorkingDays => "working-days",
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }
}

/// A term of at least one and at most 3,650 of its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// How many; 0 where it could not be read.
    pub amount: u32,
    /// Of what.
    pub unit: TermUnit,
    /// Where.
    pub span: Span,
}

const UNITS: [(&str, TermUnit); 16] = [
    ("working hours", TermUnit::WorkingHours),
    ("working hour", TermUnit::WorkingHours),
    ("giờ làm việc", TermUnit::WorkingHours),
    ("working days", TermUnit::WorkingDays),
    ("working day", TermUnit::WorkingDays),
    ("ngày làm việc", TermUnit::WorkingDays),
    ("days", TermUnit::Days),
    ("day", TermUnit::Days),
    ("ngày", TermUnit::Days),
    ("weeks", TermUnit::Weeks),
    ("week", TermUnit::Weeks),
    ("months", TermUnit::Months),
    ("month", TermUnit::Months),
    ("tháng", TermUnit::Months),
    ("years", TermUnit::Years),
    ("year", TermUnit::Years),
];

/// Reads a term; none if it is none.
fn parse(text: &str) -> Option<(u32, TermUnit)> {
    let (amount, unit) = text.trim().split_once(' ')?;
    let amount = amount
        .parse()
        .ok()
        .filter(|amount| (1..=3_650).contains(amount))?;
    let unit = unit.split_whitespace().collect::<Vec<_>>().join(" ");
    let unit = match unit.as_str() {
        "tuần" => TermUnit::Weeks,
        "năm" => TermUnit::Years,
        _ => UNITS.iter().find(|(name, _)| *name == unit)?.1,
    };
    Some((amount, unit))
}

impl Term {
    /// Whether it takes a calendar to count it.
    pub const fn is_working_time(self) -> bool {
        matches!(self.unit, TermUnit::WorkingDays | TermUnit::WorkingHours)
    }

    /// As the calendar counts it; none for hours.
    pub const fn counted(self) -> Option<vocab::Term> {
        Some(match self.unit {
            TermUnit::WorkingHours => return None,
            TermUnit::WorkingDays => vocab::Term::WorkingDays(self.amount),
            TermUnit::Days => vocab::Term::Days(self.amount),
            TermUnit::Weeks => vocab::Term::Weeks(self.amount),
            TermUnit::Months => vocab::Term::Months(self.amount),
            TermUnit::Years => vocab::Term::Years(self.amount),
        })
    }
}

impl Shape for Term {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        let span = reader.span(node);
        let DeValue::String(text) = node.get_ref() else {
            reader.wrong_shape(node, "~shape-term");
            return Self::hole(span);
        };
        if let Some((amount, unit)) = parse(text) {
            return Self { amount, unit, span };
        }
        let offered = text
            .split_once(' ')
            .map(|(_, unit)| unit.trim())
            .unwrap_or_default();
        let mut finding = Diagnostic::new(Code::BadTerm, span).with("name", text);
        finding = finding.meant(offered, UNITS.iter().map(|(name, _)| *name));
        reader.findings.push(finding);
        Self::hole(span)
    }

    fn hole(span: Span) -> Self {
        Self {
            amount: 0,
            unit: TermUnit::Days,
            span,
        }
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({
            "type": "string",
            "pattern": "^[0-9]+ (working (day|hour)s?|(day|week|month|year)s?|(ngày|giờ) làm việc|ngày|tuần|tháng|năm)$",
        })
    }
}
