//! Periods read from what people write.

use std::str::FromStr;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Period, PeriodError};

/// A period's text cut into what carries meaning.
#[derive(Debug, PartialEq)]
enum Token {
    /// Digits: their value and how many they are.
    Number(u16, usize),
    /// A word without its marks, in lower case.
    Word(String),
    /// Any other character, such as `/`.
    Mark(char),
}

use Token::{Mark, Number, Word};

impl FromStr for Period {
    type Err = PeriodError;

    /// Reads every form in the table of the [module](super), with or without tone marks,
    /// in either case, and `14/4/2023`, `4/2023`, `quý 1 năm 2023`, `ngày 14 tháng 4 năm
    /// 2023`.
    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let unrecognised = || PeriodError::Unrecognised(text.chars().take(60).collect());
        let tokens = tokens(text).ok_or_else(unrecognised)?;
        period(&tokens).unwrap_or_else(|| Err(unrecognised()))
    }
}

/// `None` when the text holds a number that is far too long.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let plain = text
        .nfd()
        .filter(|ch| !is_combining_mark(*ch))
        .flat_map(char::to_lowercase);
    let mut tokens = Vec::new();
    let mut chars = plain.peekable();
    while let Some(ch) = chars.next() {
        if ch.is_ascii_digit() {
            let mut digits = String::from(ch);
            while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            tokens.push(Number(digits.parse().ok()?, digits.len()));
        } else if ch.is_alphabetic() {
            let mut word = String::from(plain_d(ch));
            while let Some(letter) = chars.next_if(|next| next.is_alphabetic()) {
                word.push(plain_d(letter));
            }
            tokens.push(Word(word));
        } else if !ch.is_whitespace() {
            tokens.push(Mark(ch));
        }
    }
    Some(tokens)
}

fn plain_d(ch: char) -> char {
    if matches!(ch, 'đ' | 'ð') { 'd' } else { ch }
}

fn period(tokens: &[Token]) -> Option<Result<Period, PeriodError>> {
    let found = match tokens {
        [
            Number(y, 4),
            Mark('-'),
            Number(m, 1..=2),
            Mark('-'),
            Number(d, 1..=2),
        ] => day(*d, *m, year(*y)),
        [Number(y, 4), Mark('-'), Number(m, 1..=2)] => Period::month(year(*y), *m),
        [Number(y, 4), Word(w), Number(n, 1)] if w == "q" => Period::quarter(year(*y), *n),
        [Number(y, 4), Word(w), Number(n, 1)] if w == "h" => Period::half_year(year(*y), *n),
        [Number(y, 4), Word(w), Number(9, 1)] if w == "n" => Period::nine_months(year(*y)),
        [Number(y, 4)] => Period::year(year(*y)),
        [Word(w), Number(y, 4)] if w == "nam" => Period::year(year(*y)),
        [Word(w), rest @ ..] if w == "ngay" => return date(rest),
        [Word(w), Number(m, 1..=2), rest @ ..] if w == "thang" => Period::month(of_year(rest)?, *m),
        [Word(w), quarter, rest @ ..] if w == "quy" => {
            Period::quarter(of_year(rest)?, quarter_number(quarter)?)
        }
        [count, Word(w), rest @ ..] if w == "thang" => return months(count, rest),
        _ => return date(tokens),
    };
    Some(found)
}

/// `14/4/2023`, `14 tháng 4 năm 2023`; `4/2023` is a month.
fn date(tokens: &[Token]) -> Option<Result<Period, PeriodError>> {
    match tokens {
        [Number(m, 1..=2), Mark('/'), Number(y, 4)] => Some(Period::month(year(*y), *m)),
        [
            Number(d, 1..=2),
            Mark(one),
            Number(m, 1..=2),
            Mark(other),
            Number(y, 4),
        ] if one == other && matches!(one, '/' | '-' | '.') => Some(day(*d, *m, year(*y))),
        [Number(d, 1..=2), Word(w), Number(m, 1..=2), rest @ ..] if w == "thang" => {
            Some(day(*d, *m, of_year(rest)?))
        }
        _ => None,
    }
}

/// What follows `6 tháng` or `9 tháng`. `6 tháng năm 2023` stays unread: it may as well be
/// a slip for `tháng 6 năm 2023`.
fn months(count: &Token, rest: &[Token]) -> Option<Result<Period, PeriodError>> {
    let count = match count {
        Number(count, _) => *count,
        Word(word) if word == "sau" => 6,
        Word(word) if word == "chin" => 9,
        _ => return None,
    };
    let (part, rest) = match rest {
        [Word(part), rest @ ..] if part == "dau" || part == "cuoi" => (Some(part.as_str()), rest),
        _ => (None, rest),
    };
    let year = of_year(rest)?;
    match (count, part) {
        (6, Some("dau")) => Some(Period::half_year(year, 1)),
        (6, Some("cuoi")) => Some(Period::half_year(year, 2)),
        (9, Some("dau") | None) => Some(Period::nine_months(year)),
        _ => None,
    }
}

/// `/2023`, `năm 2023` or `2023` at the end.
fn of_year(rest: &[Token]) -> Option<i16> {
    match rest {
        [Mark('/'), Number(y, 4)] | [Number(y, 4)] => Some(year(*y)),
        [Word(w), Number(y, 4)] if w == "nam" => Some(year(*y)),
        _ => None,
    }
}

fn quarter_number(token: &Token) -> Option<u16> {
    match token {
        Number(number, 1..=2) => Some(*number),
        Word(word) => match word.as_str() {
            "i" => Some(1),
            "ii" => Some(2),
            "iii" => Some(3),
            "iv" => Some(4),
            _ => None,
        },
        _ => None,
    }
}

/// Four digits always fit.
fn year(number: u16) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}

fn day(day: u16, month: u16, year: i16) -> Result<Period, PeriodError> {
    let no_such_day = PeriodError::NoSuchDay { year, month, day };
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else {
        return Err(no_such_day);
    };
    Period::day(Date::new(year, month, day).map_err(|_| no_such_day)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::YEARS;
    use super::*;
    use crate::Lang;

    fn code(text: &str) -> String {
        text.parse::<Period>().unwrap().code()
    }

    #[test]
    fn every_form_is_read() {
        for (text, expected) in [
            ("2023-04-14", "2023-04-14"),
            ("14/4/2023", "2023-04-14"),
            ("ngày 14 tháng 4 năm 2023", "2023-04-14"),
            ("2023-04", "2023-04"),
            ("tháng 4/2023", "2023-04"),
            ("THÁNG 04 NĂM 2023", "2023-04"),
            ("4/2023", "2023-04"),
            ("quý I/2023", "2023Q1"),
            ("Quý IV / 2023", "2023Q4"),
            ("quy\u{301} 1 năm 2023", "2023Q1"),
            ("quy 3 nam 2023", "2023Q3"),
            ("2023q2", "2023Q2"),
            ("6 tháng đầu năm 2023", "2023H1"),
            ("Sáu tháng cuối năm 2023", "2023H2"),
            ("2023H1", "2023H1"),
            ("9 tháng năm 2023", "2023N9"),
            ("9 tháng đầu năm 2023", "2023N9"),
            ("2023N9", "2023N9"),
            ("năm 2023", "2023"),
            (" 2023 ", "2023"),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
    }

    #[test]
    fn what_does_not_exist_says_so() {
        let error = |text: &str| text.parse::<Period>().unwrap_err();
        let no_day = |day, month| PeriodError::NoSuchDay {
            year: 2023,
            month,
            day,
        };
        assert_eq!(error("29/2/2023"), no_day(29, 2));
        assert_eq!(error("2023-13-01"), no_day(1, 13));
        assert_eq!(error("tháng 13/2023"), PeriodError::NoSuchMonth(13));
        assert_eq!(error("2023-00"), PeriodError::NoSuchMonth(0));
        assert_eq!(error("quý 5/2023"), PeriodError::NoSuchQuarter(5));
        assert_eq!(error("2023H3"), PeriodError::NoSuchHalf(3));
        assert_eq!(error("năm 0203"), PeriodError::YearOutOfRange(203));
        assert_eq!(error("9999"), PeriodError::YearOutOfRange(9999));
        for text in [
            "",
            "quý",
            "6 tháng năm 2023",
            "quý V/2023",
            "2023M9",
            "23",
            "99999999",
            "1/2-2023",
        ] {
            assert_eq!(error(text), PeriodError::Unrecognised(text.to_owned()));
        }
    }

    fn periods() -> impl Strategy<Value = Period> {
        (YEARS, 1_i8..=12, 1_i8..=31, 0..6).prop_map(|(year, month, day, kind)| {
            let number = u16::try_from(month).unwrap();
            match kind {
                0 => Period::day(Date::new(year, month, day.min(28)).unwrap()),
                1 => Period::month(year, number),
                2 => Period::quarter(year, (number - 1) / 3 + 1),
                3 => Period::half_year(year, (number - 1) / 6 + 1),
                4 => Period::nine_months(year),
                _ => Period::year(year),
            }
            .unwrap()
        })
    }

    proptest! {
        #[test]
        fn a_body_leads_back_to_its_period(period in periods()) {
            let json = serde_json::to_string(&period).unwrap();
            prop_assert_eq!(serde_json::from_str::<Period>(&json).unwrap(), period);
        }

        #[test]
        fn code_and_vietnamese_label_read_back(period in periods()) {
            prop_assert_eq!(period.code().parse(), Ok(period));
            prop_assert_eq!(period.label(Lang::Vi).parse(), Ok(period));
            let decomposed: String = period.label(Lang::Vi).to_uppercase().nfd().collect();
            prop_assert_eq!(decomposed.parse(), Ok(period));
            let json = serde_json::to_string(&period).unwrap();
            prop_assert_eq!(serde_json::from_str::<Period>(&json).unwrap(), period);
        }

        #[test]
        fn a_period_lies_in_its_parents(period in periods(), day in 0_i64..400) {
            let date = period.start().checked_add(jiff::Span::new().days(day)).unwrap();
            let mut longer = Some(period);
            while let Some(at) = longer {
                prop_assert!(at.covers(period));
                prop_assert!(!period.contains(date) || at.contains(date));
                longer = at.parent();
            }
        }

        #[test]
        fn earlier_first_then_shorter(one in periods(), other in periods()) {
            let by_days = (one.start(), one.end(), one.kind()).cmp(&(other.start(), other.end(), other.kind()));
            prop_assert_eq!(one.cmp(&other), by_days);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,20}") {
            let _ = text.parse::<Period>();
        }
    }

    #[test]
    fn periods_end_on_the_last_day() {
        let end = |text: &str| text.parse::<Period>().unwrap().end().to_string();
        assert_eq!(end("2024-02"), "2024-02-29");
        assert_eq!(end("2023Q1"), "2023-03-31");
        assert_eq!(end("2023H2"), "2023-12-31");
        assert_eq!(end("2023N9"), "2023-09-30");
        assert_eq!(end("2023"), "2023-12-31");
    }

    #[test]
    fn only_the_code_is_deserialised() {
        assert!(serde_json::from_str::<Period>("\"quý I/2023\"").is_err());
        for code in [
            "2023q1", "2023Q0", "2023Q5", "2023H3", "2023N8", "2023Q11", "0000", "+023Q1",
        ] {
            assert!(
                serde_json::from_str::<Period>(&format!("\"{code}\"")).is_err(),
                "{code}"
            );
        }
    }

    #[test]
    fn labels_in_english() {
        let label = |text: &str| text.parse::<Period>().unwrap().label(Lang::En);
        assert_eq!(label("14/4/2023"), "14 April 2023");
        assert_eq!(label("2023-04"), "April 2023");
        assert_eq!(label("2023Q2"), "second quarter of 2023");
        assert_eq!(label("2023H2"), "second half of 2023");
        assert_eq!(label("2023N9"), "first nine months of 2023");
    }
}
