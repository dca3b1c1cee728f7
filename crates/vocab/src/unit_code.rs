//! Electronic identifiers of agencies (QĐ 20/2020/QĐ-TTg), such as `H61.05`, and the older
//! form of QCVN 102:2016/BTTTT, such as `000.00.05.H61`.
//!
//! Nothing here turns one form into the other: which old code became which new one is data
//! of each province.

use std::fmt;
use std::str::FromStr;

use crate::tax_code;
use crate::text_form::serde_as_text;

/// The longest code, in characters.
const LONGEST: usize = 35;

/// A code of QĐ 20/2020: groups of `A–Z 0–9` between dots, the first being level 1. A code
/// identifies a unit only together with a date, because codes are given out again.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitCode(String);

/// Why a text is no unit code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnitCodeError {
    /// Longer than 35 characters.
    #[error("a unit code has at most {LONGEST} characters, this one has {0}")]
    TooLong(usize),
    /// Other characters, or nothing between two dots.
    #[error("{0:?} is not a unit code; write groups of A–Z and 0–9 between dots, as H61.05")]
    Malformed(String),
    /// A first group that no rule gives out.
    #[error(
        "{0:?} cannot begin a unit code; it begins with A00 to Y99, Z01 to Z99 or an enterprise's number"
    )]
    FirstLevel(String),
}

impl UnitCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The level: the number of groups, 1 for a ministry or a province.
    pub fn level(&self) -> usize {
        self.0.split('.').count()
    }

    /// The first group: the ministry, province or enterprise.
    pub fn root(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }

    /// The code one level up; level 1 has none.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('.')?;
        Some(Self(parent.to_owned()))
    }

    /// Whether this is that unit or stands anywhere below it.
    pub fn is_within(&self, other: &Self) -> bool {
        let rest = self.0.strip_prefix(&other.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

impl FromStr for UnitCode {
    type Err = UnitCodeError;

    fn from_str(text: &str) -> Result<Self, UnitCodeError> {
        let length = text.chars().count();
        if length > LONGEST {
            return Err(UnitCodeError::TooLong(length));
        }
        if !text.split('.').all(is_group) {
            return Err(UnitCodeError::Malformed(text.to_owned()));
        }
        let first = text.split('.').next().unwrap_or_default();
        if !is_first_level(first) && !tax_code::is_main_number(first) {
            return Err(UnitCodeError::FirstLevel(first.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

fn is_group(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    !text.is_empty() && text.bytes().all(is_allowed)
}

/// `MX1X2`: M from A to Y; Z01 to Z99 are kept for other schemes.
fn is_first_level(group: &str) -> bool {
    match group.as_bytes() {
        [b'Z', b'0', b'0'] => false,
        [b'A'..=b'Z', tens, units] => tens.is_ascii_digit() && units.is_ascii_digit(),
        _ => false,
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

serde_as_text!(UnitCode, |code: &UnitCode| code.0.clone());

/// A code of QCVN 102: `V1V2V3.Z1Z2.Y1Y2.MX1X2`, read from right to left, zeros where a
/// level is absent.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LegacyUnitCode(String);

/// The text is no code of the older form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a code of QCVN 102; write 13 characters, as 000.00.05.H61")]
pub struct InvalidLegacyUnitCode(String);

impl LegacyUnitCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The group of a level from 1 (the ministry or province) to 4; `None` where it is all
    /// zeros.
    pub fn group(&self, level: usize) -> Option<&str> {
        let group = self.0.rsplit('.').nth(level.checked_sub(1)?)?;
        group.bytes().any(|byte| byte != b'0').then_some(group)
    }

    /// The deepest level that is there.
    pub fn level(&self) -> usize {
        (1..=4)
            .rev()
            .find(|level| self.group(*level).is_some())
            .unwrap_or(1)
    }
}

impl FromStr for LegacyUnitCode {
    type Err = InvalidLegacyUnitCode;

    fn from_str(text: &str) -> Result<Self, InvalidLegacyUnitCode> {
        let groups: Vec<&str> = text.split('.').collect();
        match groups.as_slice() {
            [four, three, two, one]
                if [four.len(), three.len(), two.len()] == [3, 2, 2]
                    && [four, three, two].iter().all(|group| is_group(group))
                    && is_first_level(one) =>
            {
                Ok(Self(text.to_owned()))
            }
            _ => Err(InvalidLegacyUnitCode(text.chars().take(40).collect())),
        }
    }
}

impl fmt::Display for LegacyUnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for LegacyUnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

serde_as_text!(LegacyUnitCode, |code: &LegacyUnitCode| code.0.clone());

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> UnitCode {
        text.parse().unwrap()
    }

    #[test]
    fn codes_form_a_tree() {
        let commune = code("H61.05.12");
        assert_eq!((commune.level(), commune.root()), (3, "H61"));
        assert_eq!(commune.parent(), Some(code("H61.05")));
        assert_eq!(code("H61").parent(), None);
        assert!(commune.is_within(&code("H61")) && commune.is_within(&commune));
        assert!(!code("H61.051").is_within(&code("H61.05")));
        assert!(!code("H61").is_within(&commune));
        assert_eq!(code("0100047516.02").level(), 2);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "", "H61.", ".H61", "H61..05", "h61", "H61-05", "H61.Đ1", "H61 ",
        ] {
            assert_eq!(
                text.parse::<UnitCode>(),
                Err(UnitCodeError::Malformed(text.to_owned()))
            );
        }
        for text in ["Z00", "H6", "H611", "61H", "0100047515"] {
            assert_eq!(
                text.parse::<UnitCode>(),
                Err(UnitCodeError::FirstLevel(text.to_owned()))
            );
        }
        let longest = format!("Z01.{}", "A".repeat(31));
        assert_eq!(code(&longest).as_str(), longest);
        let longer = format!("{longest}A").parse::<UnitCode>();
        assert_eq!(longer, Err(UnitCodeError::TooLong(36)));
    }

    #[test]
    fn the_older_form_reads_from_right_to_left() {
        let legacy: LegacyUnitCode = "000.02.05.H61".parse().unwrap();
        let groups = [1, 2, 3, 4, 0, 5].map(|level| legacy.group(level));
        assert_eq!(
            groups,
            [Some("H61"), Some("05"), Some("02"), None, None, None]
        );
        assert_eq!(legacy.level(), 3);
        for text in [
            "000.00.00",
            "00.00.000.H61",
            "000.00.00.61H",
            "H61.00.00.000",
            "000.00.00.H61.1",
        ] {
            assert!(text.parse::<LegacyUnitCode>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_unit_is_within_all_above_it(text in "[A-Y][0-9]{2}(\\.[A-Z0-9]{1,4}){0,5}") {
            let unit = code(&text);
            let mut above = unit.parent();
            let mut levels = 1;
            while let Some(at) = above {
                prop_assert!(unit.is_within(&at) && !at.is_within(&unit));
                levels += 1;
                above = at.parent();
            }
            prop_assert_eq!(levels, unit.level());
        }
    }
}
