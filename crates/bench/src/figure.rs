//! One line of the table, and the arithmetic of rounds.

use std::fmt;
use std::time::Duration;

/// What was measured against what, and whether it suffices.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// The engine.
    pub(crate) engine: &'static str,
    /// What was measured.
    pub(crate) what: String,
    /// The peer.
    pub(crate) peer: String,
    /// The peer's value, with its unit; empty where there is no peer.
    pub(crate) theirs: String,
    /// Our value, with its unit.
    pub(crate) ours: String,
    /// Ours against theirs; none where there is no peer.
    pub(crate) ratio: Option<f64>,
    /// What is needed, in words.
    pub(crate) needed: String,
    /// Whether it is met.
    pub(crate) met: bool,
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} · {} · peer ({}) {} · ours {} · ratio {} · needed {}",
            if self.met { "met    " } else { "NOT MET" },
            self.engine,
            self.what,
            or_dash(&self.peer),
            or_dash(&self.theirs),
            self.ours,
            self.ratio_text(),
            self.needed
        )
    }
}

impl Figure {
    /// How soon something is there again after each kill, in milliseconds: the slowest counts.
    pub(crate) fn of_recoveries(engine: &'static str, what: String, times: &[f64]) -> Self {
        let slowest = times.iter().copied().fold(0.0, f64::max);
        let (middle, rounds) = (median(times), times.len());
        Self {
            engine,
            what,
            peer: String::new(),
            theirs: String::new(),
            ours: format!("{middle:.0} ms, slowest of {rounds} {slowest:.0} ms"),
            ratio: None,
            needed: "< 2 s".to_owned(),
            met: slowest < 2_000.0,
        }
    }

    /// The ratio as the table shows it.
    pub(crate) fn ratio_text(&self) -> String {
        self.ratio
            .map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}×"))
    }
}

/// The text, or a dash for nothing.
pub(crate) fn or_dash(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

/// The value in the middle.
pub(crate) fn median(values: &[f64]) -> f64 {
    percentile(values, 50)
}

/// The value that so many of a hundred do not exceed.
pub(crate) fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted
        .get((last * percent).div_ceil(100))
        .copied()
        .unwrap_or(f64::NAN)
}

/// How many a second.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of this size are exact in a float"
)]
pub(crate) fn rate(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

/// Milliseconds.
pub(crate) fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

/// `12,345/s`.
pub(crate) fn per_second(rate: f64) -> String {
    let whole = format!("{rate:.0}");
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + "/s"
}
