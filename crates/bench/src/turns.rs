//! Two ways of doing the same thing, timed in turns.

use std::time::Instant;

use crate::Failure;
use crate::figure::{Figure, median, millis, percentile};
use crate::place::Engine;

/// Milliseconds of each turn.
#[derive(Default)]
pub(crate) struct Turns {
    ours: Vec<f64>,
    theirs: Vec<f64>,
}

/// Times both ways so many times; who goes first alternates, so that neither always finds
/// the pages that the other has just read.
pub(crate) async fn take(
    turns: usize,
    ours: impl AsyncFn(usize) -> Result<(), Failure>,
    theirs: impl AsyncFn(usize) -> Result<(), Failure>,
) -> Result<Turns, Failure> {
    // Statements are prepared, and plans chosen, before the first turn that counts.
    for turn in 0..turns.min(12) {
        ours(turn).await?;
        theirs(turn).await?;
    }
    let mut taken = Turns::default();
    for turn in 0..turns {
        for first in [turn.is_multiple_of(2), !turn.is_multiple_of(2)] {
            let began = Instant::now();
            if first {
                ours(turn).await?;
                taken.ours.push(millis(began.elapsed()));
            } else {
                theirs(turn).await?;
                taken.theirs.push(millis(began.elapsed()));
            }
        }
    }
    Ok(taken)
}

impl Turns {
    /// The figure: so many times the peer's time at most, and quick enough in itself.
    pub(crate) fn figure(
        &self,
        engine: &Engine,
        what: String,
        peer: &str,
        at_most: Option<f64>,
        p95_below_ms: f64,
    ) -> Figure {
        let pairs = self.ours.iter().zip(&self.theirs);
        let ratio = median(
            &pairs
                .map(|(ours, theirs)| ours / theirs)
                .collect::<Vec<_>>(),
        );
        let p95 = percentile(&self.ours, 95);
        let shown = |times: &[f64]| {
            format!(
                "{:.2} ms, p95 {:.2} ms",
                median(times),
                percentile(times, 95)
            )
        };
        Figure {
            engine: engine.name(),
            what,
            peer: peer.to_owned(),
            theirs: shown(&self.theirs),
            ours: shown(&self.ours),
            ratio: Some(ratio),
            needed: match at_most {
                Some(times) => format!("≤ {times}×, p95 < {p95_below_ms:.0} ms"),
                None => format!("p95 < {p95_below_ms:.0} ms"),
            },
            met: at_most.is_none_or(|times| ratio <= times) && p95 < p95_below_ms,
        }
    }
}
