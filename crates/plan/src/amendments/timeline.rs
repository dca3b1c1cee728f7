//! What a plan says of one target, from when to when.

use jiff::civil::Date;
use vocab::{Id, Instant};

use super::terms::{TargetAmended, Terms};

/// A change of a target by a document that is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    /// The first day on which it holds.
    pub from: Date,
    /// When it was recorded: of two documents of one day the later recorded one is read last.
    pub recorded: Instant,
    /// The amendment.
    pub amendment: Id,
    /// What it makes of the target.
    pub change: &'a TargetAmended,
}

/// A span of days in which nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first day; nothing from the plan's beginning.
    pub from: Option<Date>,
    /// The amendments that hold from that day on, in the order in which they are read.
    pub by: Vec<Id>,
    /// What the plan says of the target; nothing while it is not in the plan.
    pub terms: Option<Terms>,
}

/// The spans of a target, the earliest first. There is always one from the beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    spans: Vec<Span>,
}

impl Timeline {
    /// The spans that follow from what the plan itself says and what later documents made of
    /// it, in whatever order those were recorded.
    pub fn of(written: Option<Terms>, mut events: Vec<Event<'_>>) -> Self {
        events.sort_by_key(|event| (event.from, event.recorded, event.amendment));
        let mut spans = vec![Span {
            from: None,
            by: Vec::new(),
            terms: written,
        }];
        for event in events {
            let last = spans.last_mut();
            let current = last.as_ref().and_then(|span| span.terms.clone());
            let terms = event.change.apply(current.as_ref());
            match last {
                Some(span) if span.from == Some(event.from) => {
                    span.terms = terms;
                    span.by.push(event.amendment);
                }
                _ => spans.push(Span {
                    from: Some(event.from),
                    by: vec![event.amendment],
                    terms,
                }),
            }
        }
        Self { spans }
    }

    /// All spans, the earliest first.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Whether any later document is about the target.
    pub fn is_amended(&self) -> bool {
        self.spans.len() > 1
    }

    /// The span of a day.
    pub fn span(&self, day: Date) -> &Span {
        let begun = |span: &&Span| span.from.is_none_or(|from| from <= day);
        let found = self.spans.iter().rfind(begun);
        // The first one begins with the plan.
        found.unwrap_or(&self.spans[0])
    }

    /// What holds on a day; nothing while the target is not in the plan.
    pub fn on(&self, day: Date) -> Option<&Terms> {
        self.span(day).terms.as_ref()
    }

    /// What holds on a day; of a target that is not in the plan what held last before, else
    /// what will hold first.
    pub fn nearest(&self, day: Date) -> Option<&Terms> {
        let begun = |span: &&Span| span.from.is_none_or(|from| from <= day);
        let past = self.spans.iter().filter(begun);
        let held = past.rev().find_map(|span| span.terms.as_ref());
        held.or_else(|| self.spans.iter().find_map(|span| span.terms.as_ref()))
    }

    /// The last day of a span, given by its place; nothing for the one that still goes on.
    pub fn until(&self, place: usize) -> Option<Date> {
        let next = self.spans.get(place + 1)?.from?;
        next.yesterday().ok()
    }

    /// Whether something begins after one of two days and no later than the other.
    pub fn turns_between(&self, one: Date, other: Date) -> bool {
        let (early, late) = (one.min(other), one.max(other));
        let mut begins = self.spans.iter().filter_map(|span| span.from);
        begins.any(|from| from > early && from <= late)
    }
}

#[cfg(test)]
mod tests;
