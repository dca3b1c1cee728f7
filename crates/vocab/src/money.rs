//! Money in đồng, whole and exact.

mod words;

use std::fmt;
use std::iter;
use std::str::FromStr;

use crate::text_form::serde_as_text;
use crate::{Decimal, Lang};

const MILLION: i64 = 1_000_000;

/// An amount in Vietnamese đồng, which has no smaller unit in use. Written in JSON as a
/// string of digits, because amounts may pass what other programs keep exactly.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Vnd(i64);

/// Why something is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// An amount in millions with more than six places.
    #[error("{0} million is not a whole number of đồng; give at most six decimal places")]
    NotWhole(Decimal),
    /// More than 64 bits of đồng.
    #[error("{0} million đồng is more than can be kept; check the unit")]
    TooLarge(Decimal),
    /// Not digits.
    #[error("{0:?} is not a whole number of đồng; write only digits, as 48855719072")]
    Malformed(String),
}

impl Vnd {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// So many đồng.
    pub const fn new(dong: i64) -> Self {
        Self(dong)
    }

    /// The amount in đồng.
    pub const fn dong(self) -> i64 {
        self.0
    }

    /// An amount given in millions (triệu đồng), the unit of the plan's annexes.
    pub fn from_million(million: Decimal) -> Result<Self, MoneyError> {
        let exact = million.normalized();
        if exact.scale() > 6 {
            return Err(MoneyError::NotWhole(million));
        }
        let dong = exact.checked_mul(MILLION.into());
        let whole = dong.and_then(|dong| dong.rescale(0));
        whole
            .map(|dong| Self(dong.mantissa()))
            .ok_or(MoneyError::TooLarge(million))
    }

    /// The amount in millions, exact, without zeros at the end.
    pub fn to_million(self) -> Decimal {
        Decimal::new(self.0, 6).unwrap_or_default().normalized()
    }

    /// The sum; `None` when it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference; `None` when it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The sum of all; `None` when it does not fit.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// The amount with its unit: `48.855.719.072 đồng` or `VND 48,855,719,072`.
    pub fn format(self, lang: Lang) -> String {
        let digits = Decimal::from(self.0).format(lang);
        match lang {
            Lang::Vi => format!("{digits} đồng"),
            Lang::En => format!("VND {digits}"),
        }
    }

    /// The amount in words, in lower case, as papers repeat it after the figures.
    pub fn words(self, lang: Lang) -> String {
        let digits = self.0.unsigned_abs();
        let (minus, number, unit) = match lang {
            Lang::Vi => ("âm", words::vietnamese(digits), "đồng"),
            Lang::En => ("minus", words::english(digits), "dong"),
        };
        let sign = (self.0 < 0).then_some(minus);
        let parts: Vec<&str> = iter::chain(sign, [number.as_str(), unit]).collect();
        parts.join(" ")
    }
}

impl fmt::Display for Vnd {
    /// Digits alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Debug for Vnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(Lang::Vi))
    }
}

impl FromStr for Vnd {
    type Err = MoneyError;

    /// Reads digits alone; what people type goes through [`crate::number`].
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let malformed = || MoneyError::Malformed(text.chars().take(40).collect());
        let amount: i64 = text.parse().map_err(|_| malformed())?;
        if amount.to_string() == text {
            Ok(Self(amount))
        } else {
            Err(malformed())
        }
    }
}

serde_as_text!(Vnd, |amount: &Vnd| *amount);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn million(text: &str) -> Result<Vnd, MoneyError> {
        Vnd::from_million(text.parse().unwrap())
    }

    #[test]
    fn millions_are_exact() {
        assert_eq!(million("912.912"), Ok(Vnd::new(912_912_000)));
        assert_eq!(million("0.0000010"), Ok(Vnd::new(1)));
        assert_eq!(million("-465.5"), Ok(Vnd::new(-465_500_000)));
        assert!(matches!(million("0.0000001"), Err(MoneyError::NotWhole(_))));
        assert!(matches!(
            million("9223372036855"),
            Err(MoneyError::TooLarge(_))
        ));
    }

    #[test]
    fn each_language_has_its_form() {
        let amount = Vnd::new(48_855_719_072);
        assert_eq!(amount.format(Lang::Vi), "48.855.719.072 đồng");
        assert_eq!(amount.format(Lang::En), "VND 48,855,719,072");
        assert_eq!(
            Vnd::new(-1_500).words(Lang::Vi),
            "âm một nghìn năm trăm đồng"
        );
        assert_eq!(Vnd::ZERO.words(Lang::En), "zero dong");
    }

    #[test]
    fn only_whole_digits_are_an_amount() {
        for text in [
            "",
            "1.000",
            "+5",
            "05",
            "-0",
            "5 đồng",
            "9223372036854775808",
        ] {
            assert_eq!(
                text.parse::<Vnd>(),
                Err(MoneyError::Malformed(text.to_owned()))
            );
        }
        assert_eq!(Vnd::checked_sum([Vnd::new(i64::MAX), Vnd::new(1)]), None);
    }

    proptest! {
        #[test]
        fn an_amount_survives_every_way_out_and_in(dong in any::<i64>()) {
            let amount = Vnd::new(dong);
            prop_assert_eq!(Vnd::from_million(amount.to_million()), Ok(amount));
            let json = serde_json::to_string(&amount).unwrap();
            prop_assert_eq!(serde_json::from_str::<Vnd>(&json).unwrap(), amount);
        }
    }
}
