//! What somebody enters of a project: what cannot be, what it holds, what is missing.

use jiff::civil::Date;
use registry::Evidence;
use vocab::{FieldProblem, Id, Period, PeriodKind, Vnd};

use super::{Amounts, EntryBody, EntryKind, LARGEST_AMOUNT, Source};
use crate::entry::Explanation;

/// The earliest year that a document of a project may be of.
const EARLIEST: i16 = 1990;

/// What somebody enters of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryDraft {
    /// What happened.
    pub kind: EntryKind,
    /// The day of the document, or of what is told.
    pub on: Option<Date>,
    /// The document's number.
    pub symbol: String,
    /// The contractor.
    pub party: String,
    /// The last day by which it is to be done.
    pub until: Option<Date>,
    /// How much is done, in per cent.
    pub percent: Option<i64>,
    /// The milestone that was reached.
    pub milestone: String,
    /// The month or quarter of a payment.
    pub period: Option<Period>,
    /// Money by source, in đồng.
    pub amounts: Amounts,
    /// What the other source is called.
    pub other_source: String,
    /// What else is to be said.
    pub note: String,
    /// The files behind it.
    pub evidence: Vec<Evidence>,
    /// What is said about what looks wrong.
    pub explanations: Vec<Explanation>,
}

impl EntryDraft {
    /// Nothing yet.
    pub fn of(kind: EntryKind) -> Self {
        Self {
            kind,
            on: None,
            symbol: String::new(),
            party: String::new(),
            until: None,
            percent: None,
            milestone: String::new(),
            period: None,
            amounts: Amounts::default(),
            other_source: String::new(),
            note: String::new(),
            evidence: Vec::new(),
            explanations: Vec::new(),
        }
    }

    /// What cannot be, whether or not all of it is there.
    pub(super) fn wrong(&self, today: Date) -> Vec<FieldProblem> {
        let mut wrong = Vec::new();
        let mut say = |field: &str, code: &str| wrong.push(FieldProblem::new(field, code));
        if let Some(on) = self.on {
            if on > today {
                say("on", "day-to-come");
            } else if on.year() < EARLIEST {
                say("on", "day-too-early");
            }
        }
        if let Some((on, until)) = self.on.zip(self.until)
            && until < on
        {
            say("until", "until-before-on");
        }
        if self
            .percent
            .is_some_and(|percent| !(0..=100).contains(&percent))
        {
            say("percent", "percent-range");
        }
        for source in Source::ALL {
            let amount = self.amounts.of(source);
            if amount < Vnd::ZERO {
                say(source.name(), "amount-negative");
            } else if amount > LARGEST_AMOUNT {
                say(source.name(), "amount-too-large");
            }
        }
        if let Some(period) = self.period {
            if !matches!(period.kind(), PeriodKind::Month | PeriodKind::Quarter) {
                say("period", "period-month-or-quarter");
            } else if period.start() > today {
                say("period", "period-not-begun");
            }
        }
        wrong
    }

    /// The fields that an entry of this kind has; others hold nothing.
    pub(super) fn body(&self, project: Id, key: String) -> EntryBody {
        let kind = self.kind;
        let words = |has: bool, text: &str| {
            if has {
                text.trim().to_owned()
            } else {
                String::new()
            }
        };
        let paid = kind == EntryKind::Payment;
        let progress = kind == EntryKind::Progress;
        let amounts = if kind.has_money() {
            self.amounts
        } else {
            Amounts::default()
        };
        EntryBody {
            project,
            key,
            kind,
            on: self.on.filter(|_| !paid),
            symbol: words(!progress, &self.symbol),
            party: words(kind.has_party(), &self.party),
            until: self.until.filter(|_| kind.has_end()),
            percent: self.percent.filter(|_| progress),
            milestone: words(progress, &self.milestone),
            period: self.period.filter(|_| paid),
            amounts,
            other_source: words(amounts.other > Vnd::ZERO, &self.other_source),
            note: self.note.trim().to_owned(),
            evidence: self.evidence.clone(),
            checks: Vec::new(),
        }
    }
}

/// What is still missing before an entry is handed in.
pub(super) fn missing(body: &EntryBody) -> Vec<FieldProblem> {
    let kind = body.kind;
    let payment = kind == EntryKind::Payment;
    let lacks = [
        ("on", !payment && body.on.is_none()),
        ("symbol", kind.is_documented() && body.symbol.is_empty()),
        ("evidence", kind.is_documented() && body.evidence.is_empty()),
        ("party", kind.has_party() && body.party.is_empty()),
        (
            "percent",
            kind == EntryKind::Progress && body.percent.is_none(),
        ),
        ("period", payment && body.period.is_none()),
        ("recurrent", kind.needs_money() && body.amounts.is_zero()),
        (
            "other_source",
            body.amounts.other > Vnd::ZERO && body.other_source.is_empty(),
        ),
        ("note", kind == EntryKind::Stop && body.note.is_empty()),
    ];
    let lacks = lacks.into_iter().filter(|(_, lacks)| *lacks);
    lacks
        .map(|(field, _)| FieldProblem::new(field, "field-required"))
        .collect()
}
