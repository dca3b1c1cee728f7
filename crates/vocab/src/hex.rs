//! Bytes as hexadecimal digits: how digests, tags and page marks are written everywhere.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};

/// Two lower-case digits for each byte.
pub fn encode(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// The two digits of one byte.
pub(crate) const fn digits(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    [DIGITS[(byte >> 4) as usize], DIGITS[(byte & 15) as usize]]
}

/// The bytes that digits of either case stand for; nothing for any other character, a sign
/// included, and for half a byte.
pub fn decode(digits: &str) -> Option<Vec<u8>> {
    HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).ok()
}

/// The digest that exactly 64 digits stand for.
pub fn decode_digest(digits: &str) -> Option<[u8; 32]> {
    decode(digits)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn digits_lead_back_to_the_bytes(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let digits = encode(&bytes);
            prop_assert_eq!(decode(&digits.to_uppercase()), Some(bytes.clone()));
            prop_assert_eq!(decode(&digits), Some(bytes));
        }
    }

    #[test]
    fn what_is_not_a_digit_is_refused() {
        for text in ["+f", "-0", " 0", "0", "0g", "é0"] {
            assert_eq!(decode(text), None, "{text}");
        }
        assert_eq!(decode_digest(&"0".repeat(62)), None);
        assert_eq!(decode_digest(&"0".repeat(64)), Some([0; 32]));
    }
}
