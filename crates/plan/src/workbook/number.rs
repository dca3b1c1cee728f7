//! A number in a cell: a number, a share shown as percent, words that are a number in one form.

use office::grid::{Content, GridCell};
use vocab::decimal::MAX_SCALE;
use vocab::{Decimal, Evidence, FieldProblem, NumberError, parse_number};

/// The digits that a spreadsheet keeps.
const EXACT_DIGITS: usize = 15;

/// A number as a cell holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// Of what is shown as percent, the percent: 80 of `80%`.
    pub value: Decimal,
    /// Whether a percent sign shows, by the cell's format or in its words.
    pub percent: bool,
}

/// What stands in a cell, or why that is no number. The field of a problem is left to the
/// caller.
pub(super) fn held(cell: &GridCell, around: &Evidence) -> Result<Option<Held>, FieldProblem> {
    let wrong = |code: &str| Err(FieldProblem::new("", code));
    match &cell.content {
        Content::Nothing => wrong("sheet-formula-empty"),
        Content::Fault => wrong("sheet-fault"),
        _ if cell.formula && !matches!(cell.content, Content::Number(_)) => {
            wrong("sheet-formula-words")
        }
        Content::Day(_) => wrong("sheet-day"),
        Content::Flag(_) => wrong("sheet-flag"),
        Content::Number(number) => {
            let Some(value) = exact(*number) else {
                return wrong("number-too-large");
            };
            let value = if cell.percent {
                value.checked_mul(100.into())
            } else {
                Some(value)
            };
            match value {
                Some(value) => Ok(Some(Held {
                    value: value.normalized(),
                    percent: cell.percent,
                })),
                None => wrong("number-too-large"),
            }
        }
        Content::Text(text) => words(text, around),
    }
}

fn words(text: &str, around: &Evidence) -> Result<Option<Held>, FieldProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let shown: String = text.chars().take(40).collect();
    let wrong = |code: &str| FieldProblem::new("", code).with("text", &shown);
    let bare = bare(text);
    let percent = bare.len() < text.len();
    match parse_number(bare, around) {
        Ok(parsed) => Ok(Some(Held {
            value: parsed.value.normalized(),
            percent,
        })),
        Err(NumberError::Ambiguous {
            vietnamese,
            english,
            ..
        }) => {
            let (whole, fraction) = match vietnamese.normalized().scale() {
                0 => (vietnamese, english),
                _ => (english, vietnamese),
            };
            let two = wrong("sheet-two-numbers");
            Err(two.with("whole", whole).with("fraction", fraction))
        }
        Err(NumberError::TooLarge(_)) => Err(wrong("number-too-large")),
        Err(NumberError::Malformed(_)) if is_day(text) => Err(wrong("sheet-day")),
        Err(NumberError::Malformed(_)) => Err(wrong("number-malformed")),
    }
}

/// A number without its percent sign: what tells in which form a column is written.
pub(super) fn bare(text: &str) -> &str {
    let text = text.trim();
    text.strip_suffix('%').map_or(text, str::trim_end)
}

/// Such as 31/12/2023 or 2023-12-31.
fn is_day(text: &str) -> bool {
    ['/', '-'].iter().any(|mark| {
        let parts: Vec<&str> = text.split(*mark).collect();
        let digits = |part: &&str| {
            (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        (2..=3).contains(&parts.len()) && parts.iter().all(digits)
    })
}

/// The decimal that somebody typed, of the float that a machine keeps of it: 0.30000000000000004
/// is 0.3. Nothing for what no decimal holds.
fn exact(number: f64) -> Option<Decimal> {
    if !number.is_finite() {
        return None;
    }
    // Rust prints the shortest text that reads back as the same float; digits beyond the
    // fifteenth are the machine's.
    let scientific = format!("{:.*e}", EXACT_DIGITS - 1, number);
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let negative = mantissa.starts_with('-');
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Some(Decimal::ZERO);
    }
    let places = i32::try_from(digits.len()).ok()? - 1 - exponent;
    let mut mantissa: i64 = digits.parse().ok()?;
    if negative {
        mantissa = -mantissa;
    }
    if places > i32::from(MAX_SCALE) {
        // A third: whoever takes fewer places says so; what is next to nothing is no number.
        let rounded: Decimal = format!("{number:.*}", usize::from(MAX_SCALE))
            .parse()
            .ok()?;
        return Some(rounded).filter(|rounded| *rounded != Decimal::ZERO);
    }
    if places >= 0 {
        return Decimal::new(mantissa, u8::try_from(places).ok()?);
    }
    let power = 10_i64.checked_pow(places.unsigned_abs())?;
    Some(Decimal::from(mantissa.checked_mul(power)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn floats_are_the_decimals_that_somebody_typed() {
        for (number, text) in [
            (0.1 + 0.2, "0.3"),
            (0.8, "0.8"),
            (1e12, "1000000000000"),
            (-2.5, "-2.5"),
            (0.0, "0"),
            (123_456_789.123, "123456789.123"),
        ] {
            assert_eq!(exact(number).unwrap().to_string(), text);
        }
        assert_eq!(exact(f64::NAN), None);
        assert_eq!(exact(1e300), None);
        assert_eq!(exact(1e-300), None);
    }

    #[test]
    fn days_are_no_numbers() {
        for text in ["31/12/2023", "1/2", "2023-12-31"] {
            let problem = words(text, &Evidence::default()).unwrap_err();
            assert_eq!(problem.code, "sheet-day", "{text}");
        }
        let problem = words("12 lớp", &Evidence::default()).unwrap_err();
        assert_eq!(problem.code, "number-malformed");
    }

    proptest! {
        #[test]
        fn whatever_a_spreadsheet_keeps_is_read_exactly(mantissa in -99_999_999_999_999_i64..=99_999_999_999_999, scale in 0_u8..=6) {
            let value = Decimal::new(mantissa, scale).unwrap();
            let float: f64 = value.to_string().parse().unwrap();
            prop_assert_eq!(exact(float), Some(value));
        }
    }
}
