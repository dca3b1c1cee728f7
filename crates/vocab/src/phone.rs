//! Vietnamese telephone numbers: kept in the international form (ITU E.164), shown in the
//! national one. Service numbers (1800, 1900) are reached inside the country alone and have
//! no international form.

use std::fmt;
use std::str::FromStr;

use crate::text_form::serde_as_text;

/// The beginnings of mobile numbers after the leading zero. Numbers keep theirs when they
/// move to another carrier, so a beginning says nothing of the carrier.
const MOBILE: [&str; 36] = [
    "32", "33", "34", "35", "36", "37", "38", "39", "52", "55", "56", "58", "59", "70", "76", "77",
    "78", "79", "81", "82", "83", "84", "85", "86", "87", "88", "89", "90", "91", "92", "93", "94",
    "96", "97", "98", "99",
];

/// What a number reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhoneKind {
    /// A mobile: nine digits after the zero.
    Mobile,
    /// A landline: ten digits after the zero, the first being 2.
    Landline,
    /// A service that the callee pays for: 1800 and four or six digits.
    FreeService,
    /// A service that the caller pays for: 1900 and four or six digits.
    PaidService,
}

/// A telephone number in Viet Nam. Debug output shows the last three digits alone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone {
    /// The digits after `+84`; of a service number all of them.
    digits: String,
    kind: PhoneKind,
}

/// The text is no Vietnamese telephone number; the message does not repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is not a telephone number in Viet Nam; write a mobile as 0912 345 678, a landline as 0270 3822 222 or a service as 1900 1234"
)]
pub struct InvalidPhone;

impl Phone {
    /// What it reaches.
    pub const fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// The international form: `+84912345678`; none of a service number.
    pub fn e164(&self) -> Option<String> {
        (!self.is_service()).then(|| format!("+84{}", self.digits))
    }

    /// What dials it, inside the country or from anywhere: `+84912345678`, `19001234`.
    pub fn dialled(&self) -> String {
        self.e164().unwrap_or_else(|| self.digits.clone())
    }

    /// Whether it is a service number, that nobody has at home.
    pub const fn is_service(&self) -> bool {
        matches!(self.kind, PhoneKind::FreeService | PhoneKind::PaidService)
    }

    /// The national form: `0912 345 678`, `0270 3822 222`, `028 3822 2222`, `1900 1234`,
    /// `1800 123 456`.
    pub fn national(&self) -> String {
        if self.is_service() {
            let (service, number) = self.digits.split_at(4);
            return match number.split_at_checked(3) {
                Some((first, last)) if number.len() == 6 => format!("{service} {first} {last}"),
                _ => format!("{service} {number}"),
            };
        }
        let big_city = self.digits.starts_with("24") || self.digits.starts_with("28");
        let (area, first) = match self.kind {
            PhoneKind::Mobile => (3, 3),
            _ if big_city => (2, 4),
            _ => (3, 4),
        };
        let (area, number) = self.digits.split_at(area);
        let (first, last) = number.split_at(first);
        format!("0{area} {first} {last}")
    }

    /// The number with all but its last three digits hidden; a service number, which is
    /// nobody's own, whole.
    pub fn masked(&self) -> String {
        if self.is_service() {
            return self.national();
        }
        let hidden = self.digits.len() + 1 - 3;
        format!("{}{}", "*".repeat(hidden), &self.digits[hidden - 1..])
    }
}

impl FromStr for Phone {
    type Err = InvalidPhone;

    /// Reads the national and the international form, with spaces, dots, hyphens and
    /// brackets anywhere: `0912.345.678`, `+84 (0)912 345 678`, `84912345678`.
    fn from_str(text: &str) -> Result<Self, InvalidPhone> {
        let plain: String = text
            .chars()
            .filter(|ch| !matches!(ch, ' ' | '\u{a0}' | '.' | '-' | '(' | ')'))
            .collect();
        if let Some(kind) = service(&plain) {
            return Ok(Self {
                digits: plain,
                kind,
            });
        }
        let digits = if let Some(rest) = plain
            .strip_prefix("+84")
            .or_else(|| plain.strip_prefix("0084"))
        {
            rest.strip_prefix('0').unwrap_or(rest)
        } else if let Some(rest) = plain.strip_prefix('0') {
            rest
        } else {
            plain.strip_prefix("84").ok_or(InvalidPhone)?
        };
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidPhone);
        }
        let kind = match digits.len() {
            9 if MOBILE.contains(&&digits[..2]) => PhoneKind::Mobile,
            10 if digits.starts_with('2') => PhoneKind::Landline,
            _ => return Err(InvalidPhone),
        };
        Ok(Self {
            digits: digits.to_owned(),
            kind,
        })
    }
}

/// The kind of service that a number without spaces reaches, if it is one.
fn service(plain: &str) -> Option<PhoneKind> {
    let kind = match plain.get(..4)? {
        "1800" => PhoneKind::FreeService,
        "1900" => PhoneKind::PaidService,
        _ => return None,
    };
    let digits = plain.bytes().all(|byte| byte.is_ascii_digit());
    (digits && matches!(plain.len(), 8 | 10)).then_some(kind)
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

serde_as_text!(Phone, |phone: &Phone| phone.dialled());

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn phone(text: &str) -> Phone {
        text.parse().unwrap()
    }

    #[test]
    fn ways_of_writing_one_number() {
        for text in [
            "0912345678",
            "0912.345.678",
            "+84 912 345 678",
            "+84 (0)912-345-678",
            "84912345678",
            "0084912345678",
        ] {
            assert_eq!(phone(text).e164().as_deref(), Some("+84912345678"));
        }
        assert_eq!(phone("0912345678").national(), "0912 345 678");
        assert_eq!(phone("(0270) 3.822.222").national(), "0270 3822 222");
        assert_eq!(phone("028 38222222").national(), "028 3822 2222");
        assert_eq!(format!("{:?}", phone("0912345678")), "*******678");
        assert_eq!(phone("0270 3822222").kind(), PhoneKind::Landline);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "113",
            "1900123",
            "190012345",
            "19001234567",
            "1700 1234",
            "+84 1900 1234",
            "01900 1234",
            "1900 12a4",
            "0412345678",
            "091234567",
            "09123456789",
            "+1 202 555 0100",
            "0912345abc",
            "02703822",
            "٠٩١٢٣٤٥٦٧٨",
            "00912345678",
        ] {
            assert_eq!(text.parse::<Phone>(), Err(InvalidPhone), "{text}");
        }
    }

    #[test]
    fn services_have_no_country_code() {
        for (text, national, kind) in [
            ("1900.1234", "1900 1234", PhoneKind::PaidService),
            ("1900 561 567", "1900 561 567", PhoneKind::PaidService),
            ("1800-1091", "1800 1091", PhoneKind::FreeService),
        ] {
            let number = phone(text);
            assert_eq!((number.kind(), number.e164()), (kind, None));
            assert_eq!(
                (number.national(), number.masked()),
                (national.into(), national.into())
            );
            let kept = serde_json::to_string(&number).unwrap();
            assert_eq!(kept, format!("\"{}\"", national.replace(' ', "")));
        }
    }

    proptest! {
        #[test]
        fn both_forms_read_back(text in "0(9[0-46-9][0-9]{7}|2[0-9]{9})|1[89]00[0-9]{4}([0-9]{2})?") {
            let number = phone(&text);
            prop_assert_eq!(phone(&number.national()), number.clone());
            prop_assert_eq!(phone(&number.dialled()), number);
        }
    }
}
