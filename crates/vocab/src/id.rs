//! Permanent identifiers: UUID version 7 in 16 bytes (RFC 9562 §5.7).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Instant, hex};

/// A UUIDv7: 48 bits of milliseconds, then randomness, so that newer ids sort later.
///
/// Written as 32 hexadecimal digits in groups of 8-4-4-4-12.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id([u8; 16]);

/// The text or bytes were not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected an identifier of 32 hexadecimal digits, such as 0189d3c4-5a6b-7c8d-9e0f-112233445566"
)]
pub struct InvalidId;

impl Id {
    /// The id that stands for "none" where a column may not be empty (16 zero bytes).
    pub const NIL: Self = Self([0; 16]);

    /// Builds a version 7 id from an instant and ten random bytes.
    pub fn v7(at: Instant, random: [u8; 10]) -> Self {
        let millis = u64::try_from(at.as_millis()).unwrap_or(0).to_be_bytes();
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&millis[2..]);
        bytes[6..].copy_from_slice(&random);
        bytes[6] = 0x70 | (bytes[6] & 0x0f);
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        Self(bytes)
    }

    /// An id that is the same for the same name everywhere (`UUIDv8` over a digest that the
    /// caller made): what the product ships must keep its identity from one installation
    /// to the next.
    pub const fn from_digest(digest: [u8; 16]) -> Self {
        let mut bytes = digest;
        bytes[6] = 0x80 | (bytes[6] & 0x0f);
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        Self(bytes)
    }

    /// The id with exactly these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes, most significant first.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Whether this is [`Id::NIL`].
    pub fn is_nil(&self) -> bool {
        self.0 == [0; 16]
    }
}

impl TryFrom<&[u8]> for Id {
    type Error = InvalidId;

    fn try_from(bytes: &[u8]) -> Result<Self, InvalidId> {
        bytes.try_into().map(Self).map_err(|_| InvalidId)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Into one buffer: ids are written several times in every answer.
        let mut text = [b'-'; 36];
        let mut at = 0;
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                at += 1;
            }
            text[at..at + 2].copy_from_slice(&hex::digits(*byte));
            at += 2;
        }
        f.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let mut bytes = [0_u8; 16];
        let mut digits = 0;
        for (index, ch) in text.chars().enumerate() {
            if ch == '-' {
                if text.len() != 36 || !matches!(index, 8 | 13 | 18 | 23) {
                    return Err(InvalidId);
                }
                continue;
            }
            let digit = ch.to_digit(16).ok_or(InvalidId)?;
            let slot = bytes.get_mut(digits / 2).ok_or(InvalidId)?;
            *slot = (*slot << 4) | u8::try_from(digit).map_err(|_| InvalidId)?;
            digits += 1;
        }
        if digits == 32 {
            Ok(Self(bytes))
        } else {
            Err(InvalidId)
        }
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_v7_id_carries_its_time_and_version() {
        let id = Id::v7(Instant::from_micros(1_700_000_000_000_000), [0xff; 10]);
        assert_eq!(id.to_string(), "018bcfe5-6800-7fff-bfff-ffffffffffff");
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn malformed_ids_are_refused() {
        for text in [
            "",
            "018bcfe5",
            "018bcfe5-6800-7fff-bfff-fffffffffffg",
            "018bcfe56-800-7fff-bfff-ffffffffffff",
        ] {
            assert_eq!(text.parse::<Id>(), Err(InvalidId), "{text}");
        }
    }
}
