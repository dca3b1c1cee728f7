//! Tax codes (mã số thuế): ten digits, the last a check digit, and three more for a branch
//! (TT 105/2020/TT-BTC); of a person since 1/7/2025 the personal identification number
//! (TT 86/2024/TT-BTC).

use std::fmt;
use std::str::FromStr;

use crate::CitizenId;
use crate::text_form::serde_as_text;

const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/// A tax code such as `0100047516`, for a branch `0100047516-001`, for a person the twelve
/// digits of their [`CitizenId`]. Debug output shows its last three digits alone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxCode(String);

/// Why a text is no tax code; the messages do not repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TaxCodeError {
    /// Neither ten digits, with a branch or without, nor a personal number.
    #[error(
        "a tax code has 10 digits, and for a branch a hyphen and 3 more, as 0100047516-001; a person's is the personal number of 12 digits"
    )]
    Malformed,
    /// The tenth digit does not fit the nine before it.
    #[error("the tenth digit of the tax code does not fit the others; check for a slip")]
    CheckDigit,
    /// Branches count from 001.
    #[error("the branch of a tax code is 001 to 999")]
    Branch,
}

impl TaxCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits of the taxpayer, without the branch.
    pub fn main(&self) -> &str {
        self.split().0
    }

    /// The branch's three digits, if it is a branch's code.
    pub fn branch(&self) -> Option<&str> {
        self.split().1
    }

    /// The person whose personal number it is, if it is one.
    pub fn person(&self) -> Option<CitizenId> {
        self.0.parse().ok()
    }

    fn split(&self) -> (&str, Option<&str>) {
        match self.0.split_once('-') {
            Some((main, branch)) => (main, Some(branch)),
            None => (&self.0, None),
        }
    }
}

/// Whether a text is ten digits of which the last checks the others.
pub(crate) fn is_main_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|ch| ch.to_digit(10)).collect();
    digits.len() == 10 && text.len() == 10 && check_digit(&digits) == Some(digits[9])
}

/// `None` where the sum gives ten: such numbers are not given out.
fn check_digit(digits: &[u32]) -> Option<u32> {
    let sum: u32 = WEIGHTS
        .iter()
        .zip(digits)
        .map(|(weight, digit)| weight * digit)
        .sum();
    Some(10 - sum % 11).filter(|digit| *digit < 10)
}

impl FromStr for TaxCode {
    type Err = TaxCodeError;

    /// Reads ten digits, ten and a branch's three with a hyphen between them, or twelve.
    fn from_str(text: &str) -> Result<Self, TaxCodeError> {
        if text.len() == 12 && text.parse::<CitizenId>().is_ok() {
            return Ok(Self(text.to_owned()));
        }
        let (main, branch) = match text.split_once('-') {
            Some((main, branch)) => (main, Some(branch)),
            None => (text, None),
        };
        let is_digits = |part: &str, count| {
            part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_digits(main, 10) || branch.is_some_and(|branch| !is_digits(branch, 3)) {
            return Err(TaxCodeError::Malformed);
        }
        if !is_main_number(main) {
            return Err(TaxCodeError::CheckDigit);
        }
        if branch == Some("000") {
            return Err(TaxCodeError::Branch);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for TaxCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for TaxCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Of a branch the last digit of the company too: the branch alone names nobody.
        let hidden = self.main().len() - 3;
        write!(f, "{}{}", "*".repeat(hidden), &self.0[hidden..])
    }
}

serde_as_text!(TaxCode, |code: &TaxCode| code.0.clone());

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_has_a_check_digit_and_maybe_a_branch() {
        let code: TaxCode = "0100047516-001".parse().unwrap();
        assert_eq!((code.main(), code.branch()), ("0100047516", Some("001")));
        assert_eq!(format!("{code:?} {code}"), "*******516-001 0100047516-001");
        assert_eq!("0100047516".parse::<TaxCode>().unwrap().branch(), None);
    }

    #[test]
    fn of_a_person_it_is_the_personal_number() {
        let code: TaxCode = "086195012345".parse().unwrap();
        assert_eq!((code.main(), code.branch()), ("086195012345", None));
        assert_eq!(code.person(), "086195012345".parse().ok());
        assert_eq!(format!("{code:?} {code}"), "*********345 086195012345");
        assert_eq!("0100047516".parse::<TaxCode>().unwrap().person(), None);
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"086195012345\"");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "000195012345",
            "0861950123456",
            "086195012345-001",
            "08619501 2345",
            "08619501234a",
            "010004751",
            "01000475160",
            "0100047516-1",
            "0100047516001",
            "010004751x",
            "0100047516-",
        ] {
            assert_eq!(
                text.parse::<TaxCode>(),
                Err(TaxCodeError::Malformed),
                "{text}"
            );
        }
        assert_eq!(
            "0100047515".parse::<TaxCode>(),
            Err(TaxCodeError::CheckDigit)
        );
        assert_eq!(
            "0100047516-000".parse::<TaxCode>(),
            Err(TaxCodeError::Branch)
        );
    }

    proptest! {
        #[test]
        fn one_slip_is_always_found(nine in prop::array::uniform9(0_u32..10), at in 0_usize..10, other in 0_u32..10) {
            if let Some(check) = check_digit(&nine) {
                let mut digits = nine.to_vec();
                digits.push(check);
                let text = |digits: &[u32]| digits.iter().map(u32::to_string).collect::<String>();
                prop_assert!(text(&digits).parse::<TaxCode>().is_ok());
                let right = std::mem::replace(&mut digits[at], other);
                prop_assert_eq!(text(&digits).parse::<TaxCode>().is_ok(), right == other);
            }
        }
    }
}
