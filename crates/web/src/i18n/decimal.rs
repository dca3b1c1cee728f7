//! Decimal numbers for display.

use std::fmt;
use std::str::FromStr;

/// A decimal number with the digits it was written with: 1.10 is not 1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Decimal {
    /// The number without its point: 792 for 79.2.
    pub unscaled: i64,
    /// Digits after the point, at most 18: 1 for 79.2.
    pub scale: u8,
}

/// Text that is not a plain decimal number such as `-1234.50`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDecimal;

impl Decimal {
    /// A number from its digits and how many of them follow the point.
    pub const fn new(unscaled: i64, scale: u8) -> Self {
        Self {
            unscaled,
            scale: if scale > 18 { 18 } else { scale },
        }
    }

    /// The share of one number in another in percent, rounded half away from zero to one
    /// digit; nothing when the whole is not positive.
    pub fn percent_of(part: i64, whole: i64) -> Option<Self> {
        if whole <= 0 {
            return None;
        }
        let doubled = i128::from(part) * 2_000;
        let whole = i128::from(whole);
        let half = if part < 0 { -whole } else { whole };
        let tenths = (doubled + half) / (2 * whole);
        i64::try_from(tenths)
            .ok()
            .map(|tenths| Self::new(tenths, 1))
    }

    /// The same number without zeros at its end: 82.50 gives 82.5.
    #[must_use]
    pub const fn trimmed(self) -> Self {
        let mut number = self;
        while number.scale > 0 && number.unscaled % 10 == 0 {
            number.unscaled /= 10;
            number.scale -= 1;
        }
        number
    }

    /// The nearest floating-point number, for drawing only.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a pixel does not see the difference"
    )]
    pub fn to_f64(self) -> f64 {
        self.unscaled as f64 / 10_f64.powi(i32::from(self.scale))
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self::new(value, 0)
    }
}

impl fmt::Display for Decimal {
    /// Plain form with a point and no grouping, as canonical JSON carries it: `-1234.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(self.scale);
        let digits = format!(
            "{:0>width$}",
            self.unscaled.unsigned_abs(),
            width = scale + 1
        );
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let sign = if self.unscaled < 0 { "-" } else { "" };
        if scale == 0 {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{fraction}")
        }
    }
}

impl FromStr for Decimal {
    type Err = NotDecimal;

    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let scale = u8::try_from(fraction.len()).map_err(|_| NotDecimal)?;
        let dangling = text.contains('.') && fraction.is_empty();
        if digits.is_empty() || !plain(digits) || !plain(fraction) || scale > 18 || dangling {
            return Err(NotDecimal);
        }
        let unscaled = format!("{whole}{fraction}");
        unscaled
            .parse()
            .map(|unscaled| Self::new(unscaled, scale))
            .map_err(|_| NotDecimal)
    }
}
