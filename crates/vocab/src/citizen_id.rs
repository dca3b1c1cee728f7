//! Personal identification numbers (số định danh cá nhân, số CCCD): 12 digits without a
//! check digit.

use std::fmt;
use std::str::FromStr;

use crate::text_form::serde_as_text;

/// A citizen's number. Printing it, for people or for a log, shows the last four digits
/// alone; [`CitizenId::expose`] and serialisation give it whole.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CitizenId([u8; 12]);

/// The text is no citizen's number; the message does not repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a citizen's number has 12 digits, the first three of which are not all zero")]
pub struct InvalidCitizenId;

/// The sex that a number was given out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

impl CitizenId {
    /// All twelve digits. Whoever calls this answers for who sees them.
    pub fn expose(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The province, or for births abroad the country, where the birth was registered: not
    /// where the person lives.
    pub fn birth_place_code(&self) -> &str {
        &self.expose()[..3]
    }

    /// The sex: even for male, odd for female.
    pub const fn sex(&self) -> Sex {
        if (self.0[3] - b'0').is_multiple_of(2) {
            Sex::Male
        } else {
            Sex::Female
        }
    }

    /// The year of birth, from 1900 to 2399.
    pub fn birth_year(&self) -> u16 {
        let digit = |at: usize| u16::from(self.0[at] - b'0');
        1900 + digit(3) / 2 * 100 + digit(4) * 10 + digit(5)
    }
}

impl FromStr for CitizenId {
    type Err = InvalidCitizenId;

    /// Reads 12 digits, spaces between them allowed.
    fn from_str(text: &str) -> Result<Self, InvalidCitizenId> {
        let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b' ').collect();
        let digits: [u8; 12] = digits.try_into().map_err(|_| InvalidCitizenId)?;
        if digits.iter().all(u8::is_ascii_digit) && digits[..3] != *b"000" {
            Ok(Self(digits))
        } else {
            Err(InvalidCitizenId)
        }
    }
}

impl fmt::Display for CitizenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "********{}", &self.expose()[8..])
    }
}

impl fmt::Debug for CitizenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(CitizenId, |id: &CitizenId| id.expose().to_owned());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_tell_birth_and_sex() {
        let id: CitizenId = "086 195 012345".parse().unwrap();
        assert_eq!(id.expose(), "086195012345");
        assert_eq!(
            (id.birth_place_code(), id.birth_year(), id.sex()),
            ("086", 1995, Sex::Female)
        );
        let id: CitizenId = "086207000001".parse().unwrap();
        assert_eq!((id.birth_year(), id.sex()), (2007, Sex::Male));
    }

    #[test]
    fn a_number_is_masked_wherever_it_is_printed() {
        let id: CitizenId = "086195012345".parse().unwrap();
        assert_eq!(id.to_string(), "********2345");
        assert_eq!(format!("{:?}", Some(id)), "Some(********2345)");
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"086195012345\"");
        let error = serde_json::from_str::<CitizenId>("\"0861950123456\"").unwrap_err();
        assert!(!error.to_string().contains("8619"), "{error}");
        let error = serde_json::from_str::<CitizenId>("86195012345").unwrap_err();
        assert!(!error.to_string().contains("8619"), "{error}");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "08619501234",
            "0861950123456",
            "08619501234a",
            "000195012345",
            "086-195-012345",
        ] {
            assert_eq!(text.parse::<CitizenId>(), Err(InvalidCitizenId));
        }
    }
}
