//! Decimals as text: the canonical form, and the forms that people read.

use std::fmt;
use std::str::FromStr;

use super::{Decimal, MAX_SCALE};
use crate::Lang;
use crate::text_form::serde_as_text;

/// Why a text is no canonical decimal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// Not digits with at most one point.
    #[error("{0:?} is not a decimal; write it as -1234.50, without separators or leading zeros")]
    Malformed(String),
    /// More places than are kept.
    #[error("{0:?} has more than {MAX_SCALE} decimal places")]
    TooPrecise(String),
    /// More digits than fit in 64 bits.
    #[error("{0:?} has too many digits; at most 18 are kept")]
    TooLarge(String),
}

impl Decimal {
    /// The number as readers of a language write it: `1.234,5` or `1,234.5`.
    pub fn format(self, lang: Lang) -> String {
        let (thousands, point) = match lang {
            Lang::Vi => ('.', ','),
            Lang::En => (',', '.'),
        };
        let plain = self.to_string();
        let (sign, digits) = plain.split_at(usize::from(plain.starts_with('-')));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut text = String::from(sign);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                text.push(thousands);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(point);
            text.push_str(fraction);
        }
        text
    }
}

impl fmt::Display for Decimal {
    /// The canonical text: `-1234.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let scale = usize::from(self.scale);
        let digits = format!("{:0>1$}", self.mantissa.unsigned_abs(), scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    /// Reads canonical text only; what people type goes through [`crate::number`].
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let shown = || text.chars().take(40).collect::<String>();
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return Err(DecimalError::Malformed(shown())),
            Some((whole, fraction)) => (whole, fraction),
            None => (digits, ""),
        };
        let only_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let padded = whole.len() > 1 && whole.starts_with('0');
        if whole.is_empty() || padded || !only_digits(whole) || !only_digits(fraction) {
            return Err(DecimalError::Malformed(shown()));
        }
        let scale = u8::try_from(fraction.len()).unwrap_or(u8::MAX);
        if scale > MAX_SCALE {
            return Err(DecimalError::TooPrecise(shown()));
        }
        let sign = &text[..text.len() - digits.len()];
        let mantissa: i64 = format!("{sign}{whole}{fraction}")
            .parse()
            .map_err(|_| DecimalError::TooLarge(shown()))?;
        if mantissa == 0 && !sign.is_empty() {
            return Err(DecimalError::Malformed(shown()));
        }
        Ok(Self { mantissa, scale })
    }
}

serde_as_text!(Decimal, |value: &Decimal| *value);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::decimals;
    use super::*;

    #[test]
    fn only_canonical_text_is_read() {
        for text in [
            "0",
            "1.10",
            "-0.05",
            "9223372036854775807",
            "-9223372036854775808",
        ] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
        }
        for text in [
            "", "-", ".5", "5.", "01", "1,5", "+1", "-0", "-0.0", "1e3", " 1", "1.2.3", "١",
        ] {
            let read = text.parse::<Decimal>();
            assert_eq!(read, Err(DecimalError::Malformed(text.to_owned())));
        }
        assert!(matches!(
            "0.1234567890".parse::<Decimal>(),
            Err(DecimalError::TooPrecise(_))
        ));
        assert!(matches!(
            "9223372036854775808".parse::<Decimal>(),
            Err(DecimalError::TooLarge(_))
        ));
    }

    #[test]
    fn each_language_has_its_separators() {
        let value: Decimal = "-1234567.50".parse().unwrap();
        assert_eq!(value.format(Lang::Vi), "-1.234.567,50");
        assert_eq!(value.format(Lang::En), "-1,234,567.50");
        assert_eq!(Decimal::from(100).format(Lang::Vi), "100");
    }

    proptest! {
        #[test]
        fn text_reads_back(value in decimals()) {
            let again: Decimal = value.to_string().parse().unwrap();
            prop_assert_eq!((again.mantissa, again.scale), (value.mantissa, value.scale));
            let json = serde_json::to_string(&value).unwrap();
            prop_assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), value);
        }
    }
}
