//! Figures that are held for a while, so that a page that many open counts the records once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use store::Mark;
use vocab::Instant;

use super::{Measured, Span};

/// So many figures are held, of the past and of now.
const MOST: usize = 256;
/// For how long. Figures of the past leave out what the law has erased meanwhile after that, those
/// of now what a process whose clock is ahead dated to come.
const SECONDS: i64 = 300;
/// What is asked for less than so long after its instant is a figure of now.
const NOW_SECONDS: i64 = 60;

/// The figures that this process holds.
#[derive(Debug, Default)]
pub(crate) struct Held(Mutex<Figures>);

#[derive(Debug, Default)]
struct Figures {
    /// As they stood at an instant, which is over.
    past: HashMap<(String, Span), Kept>,
    /// As they stood last: by their days, if they have any.
    now: HashMap<(String, Option<(Date, Date)>), Latest>,
}

#[derive(Debug)]
struct Kept {
    at: Instant,
    figure: Arc<Measured>,
}

/// What was counted last, and how far commits had come before.
#[derive(Clone, Debug)]
pub(super) struct Latest {
    at: Instant,
    /// The day that its conditions were asked for.
    day: Date,
    pub mark: Mark,
    pub figure: Arc<Measured>,
}

impl Held {
    /// The figure of an instant that is over.
    pub(super) fn past(&self, key: &str, span: Span, now: Instant) -> Option<Arc<Measured>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = held.past.get(&(key.to_owned(), span))?;
        is_fresh(kept.at, now).then(|| kept.figure.clone())
    }

    /// The figure that holds at a later instant too if nothing was written after its mark.
    pub(super) fn latest(&self, key: &str, span: Span, now: Instant) -> Option<Latest> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let latest = held.now.get(&(key.to_owned(), span.days))?;
        let holds = latest.day == span.day() && latest.figure.as_of <= span.as_of;
        (holds && is_fresh(latest.at, now)).then(|| latest.clone())
    }

    /// Holds what was counted just now. `mark` is from before that; none where something was
    /// written between the figure's instant and the mark.
    pub(super) fn put(
        &self,
        key: String,
        span: Span,
        now: Instant,
        mark: Option<Mark>,
        figure: &Arc<Measured>,
    ) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let figure = figure.clone();
        if span.as_of.plus_seconds(NOW_SECONDS) < now {
            make_room(&mut held.past, |kept| is_fresh(kept.at, now));
            held.past.insert((key, span), Kept { at: now, figure });
        } else if let Some(mark) = mark {
            make_room(&mut held.now, |latest| is_fresh(latest.at, now));
            let latest = Latest {
                at: now,
                day: span.day(),
                mark,
                figure,
            };
            held.now.insert((key, span.days), latest);
        }
    }
}

fn is_fresh(at: Instant, now: Instant) -> bool {
    now < at.plus_seconds(SECONDS)
}

fn make_room<K: Eq + std::hash::Hash, V>(held: &mut HashMap<K, V>, stays: impl Fn(&V) -> bool) {
    if held.len() >= MOST {
        held.retain(|_, one| stays(one));
    }
    if held.len() >= MOST {
        held.clear();
    }
}
