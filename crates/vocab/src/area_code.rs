//! Codes of administrative areas (mã đơn vị hành chính): 2 digits for a province, 3 for a
//! district, 5 for a commune. A code means one area only together with a date.

use std::fmt;
use std::str::FromStr;

use crate::text_form::serde_as_text;

/// What kind of area a code names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaLevel {
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, quận, thị xã, thành phố; none since 1/7/2025.
    District,
    /// Xã, phường, thị trấn.
    Commune,
}

impl AreaLevel {
    const fn digits(self) -> usize {
        match self {
            Self::Province => 2,
            Self::District => 3,
            Self::Commune => 5,
        }
    }
}

/// The code of an area; its length says its level.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaCode {
    level: AreaLevel,
    number: u32,
}

/// The text is no area code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not an area code; write 2 digits for a province, 3 for a district, 5 for a commune, leading zeros included"
)]
pub struct InvalidAreaCode(String);

impl AreaCode {
    /// What kind of area it names.
    pub const fn level(self) -> AreaLevel {
        self.level
    }
}

impl FromStr for AreaCode {
    type Err = InvalidAreaCode;

    fn from_str(text: &str) -> Result<Self, InvalidAreaCode> {
        let invalid = || InvalidAreaCode(text.chars().take(20).collect());
        let level = match text.len() {
            2 => AreaLevel::Province,
            3 => AreaLevel::District,
            5 => AreaLevel::Commune,
            _ => return Err(invalid()),
        };
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(invalid());
        }
        match text.parse() {
            Ok(0) | Err(_) => Err(invalid()),
            Ok(number) => Ok(Self { level, number }),
        }
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0>1$}", self.number, self.level.digits())
    }
}

impl fmt::Debug for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(AreaCode, |code: &AreaCode| *code);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_says_the_level() {
        for (text, level) in [
            ("86", AreaLevel::Province),
            ("01", AreaLevel::Province),
            ("855", AreaLevel::District),
            ("29542", AreaLevel::Commune),
            ("00004", AreaLevel::Commune),
        ] {
            let code: AreaCode = text.parse().unwrap();
            assert_eq!((code.level(), code.to_string()), (level, text.to_owned()));
        }
        for text in [
            "", "8", "00", "000", "4", "2954", "29542a", "+8", "295 2", "٨٦",
        ] {
            assert!(text.parse::<AreaCode>().is_err(), "{text}");
        }
    }
}
