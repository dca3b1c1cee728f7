//! The checks, each a function of the value and what is known around it.

mod baseline;
mod magnitude;
mod outlier;
mod range;
mod time;

use vocab::Decimal;

use super::Asked;

pub(super) use baseline::baseline;
pub(super) use magnitude::magnitude;
pub(super) use outlier::{other_units, own_history};
pub(super) use range::{range, whole};
pub(super) use time::{denominator, fell, jumped, undone};

/// A decimal for statistics and ratios, where the last digit decides nothing.
fn float(value: Decimal) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "fifteen digits of a value are more than any threshold looks at"
    )]
    let mantissa = value.mantissa() as f64;
    mantissa / 10_f64.powi(i32::from(value.scale()))
}

/// A whole number for statistics and ratios.
fn whole_float(value: i64) -> f64 {
    float(Decimal::from(value))
}

/// A result of statistics as it is shown: two places, never below nothing.
fn shown(value: f64) -> Decimal {
    let text = format!("{:.2}", value.max(0.0));
    text.parse::<Decimal>().unwrap_or_default().normalized()
}

/// How much is counted by now, were it counted evenly through the year.
fn paced(value: Decimal, elapsed_then: i64, elapsed_now: i64) -> f64 {
    float(value) * whole_float(elapsed_now.max(1)) / whole_float(elapsed_then.max(1))
}

/// What a value of another time leads to by now: a share stays, a count goes on evenly.
fn by_now(asked: &Asked<'_>, value: Decimal, elapsed_then: i64) -> f64 {
    if asked.is_ratio() {
        float(value)
    } else {
        paced(value, elapsed_then, asked.known.elapsed)
    }
}
