//! When something is due, in running text: `trong Quý I/2023`, `muộn nhất trong tháng 6/2023`,
//! `trước ngày 30/9/2023`, `từ ngày 01/01/2024`, `hằng năm`.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use super::dates::{dates, day};
use super::words::{Word, words};

/// A time that a duty names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// As written.
    pub written: String,
    /// The first day, for what begins then.
    #[serde(serialize_with = "day")]
    pub from: Option<Date>,
    /// The last day, for what is to be done by then.
    #[serde(serialize_with = "day")]
    pub by: Option<Date>,
}

/// How many words before a day may say what the day is.
const WORDS_BEFORE: usize = 4;

/// The times that a text names, in order. Days of cited documents are none of them.
pub(crate) fn dues(text: &str) -> Vec<Due> {
    let words = words(text);
    let mut dues = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let period = match word.key.as_str() {
            "quý" => quarter(text, &words, index),
            "tháng" => month(text, &words, index),
            _ => continue,
        };
        let Some((from, by, last)) = period else {
            continue;
        };
        let role = role(&words[..index]);
        // A month alone is told, not set, unless a word says that it is a limit.
        if role == Role::None && word.key == "tháng" {
            continue;
        }
        dues.push(due(text, &words, index, last, role, (from, by)));
    }
    for date in dates(text) {
        let Some(when) = date.date else { continue };
        let start = date.start;
        let at = words.iter().position(|word| word.span.start >= start);
        let Some(at) = at else { continue };
        let before = words[..at].iter().rposition(|word| word.key == "ngày");
        let begins = before.filter(|before| at - before == 1).unwrap_or(at);
        let role = role(&words[..begins]);
        if role == Role::None {
            continue;
        }
        let last = words
            .iter()
            .rposition(|word| word.span.end <= start + date.written.len());
        dues.push(due(
            text,
            &words,
            begins,
            last.unwrap_or(at),
            role,
            (when, when),
        ));
    }
    dues
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    From,
    By,
    Before,
    None,
}

fn role(before: &[Word]) -> Role {
    let near = &before[before.len().saturating_sub(WORDS_BEFORE)..];
    let ends = |phrase: &[&str]| {
        near.windows(phrase.len()).any(|window| {
            window
                .iter()
                .zip(phrase)
                .all(|(word, key)| word.key == *key)
        })
    };
    if ends(&["trước"]) {
        Role::Before
    } else if [
        &["muộn", "nhất"][..],
        &["chậm", "nhất"],
        &["đến", "hết"],
        &["xong", "trong"],
    ]
    .iter()
    .any(|phrase| ends(phrase))
    {
        Role::By
    } else {
        match near.last().map(|word| word.key.as_str()) {
            Some("từ" | "kể") => Role::From,
            Some("trong" | "hết" | "đến" | "vào") => Role::By,
            _ => Role::None,
        }
    }
}

fn due(
    text: &str,
    words: &[Word],
    first: usize,
    last: usize,
    role: Role,
    (from, by): (Date, Date),
) -> Due {
    // The words before that say what the day is belong to it.
    let starts = first.saturating_sub(match role {
        Role::None => 0,
        Role::From | Role::Before => 1,
        Role::By => {
            let limits = ["muộn", "chậm"];
            let near = first.saturating_sub(WORDS_BEFORE);
            let limit = words[near..first]
                .iter()
                .position(|word| limits.contains(&word.key.as_str()));
            limit.map_or(1, |at| first - near - at)
        }
    });
    let written = &text[words[starts].span.start..words[last].span.end];
    Due {
        written: written.to_owned(),
        from: (role == Role::From).then_some(from),
        by: match role {
            Role::From => None,
            Role::Before => from.checked_sub(1.day()).ok(),
            Role::By | Role::None => Some(by),
        },
    }
}

/// What a cell of a column of terms says. What needs a word before it in running text needs
/// none there: `Quý II`, `6/2023`, `31/12/2023`, `2023`; `year` is the plan's, for what names
/// none. Nothing for an empty cell; no days where it names none, as in «Thường xuyên».
pub(crate) fn in_cell(text: &str, year: Option<i16>) -> Option<Due> {
    let written: Vec<&str> = text.split_whitespace().collect();
    if written.is_empty() {
        return None;
    }
    let found = dues(text).pop().map(|due| (due.from, due.by));
    let (from, by) = found.unwrap_or_else(|| (None, last_day(text, year)));
    Some(Due {
        written: written.join(" "),
        from,
        by,
    })
}

/// The last day of what a cell names last.
fn last_day(text: &str, plan_year: Option<i16>) -> Option<Date> {
    if let Some(day) = dates(text).iter().rev().find_map(|day| day.date) {
        return Some(day);
    }
    let words = words(text);
    let four_digits = |word: &Word| {
        let year = word.key.parse::<i16>().ok()?;
        (1900..=2200).contains(&year).then_some(year)
    };
    for (index, word) in words.iter().enumerate().rev() {
        let next = words.get(index + 1);
        let year = || words[index..].iter().find_map(four_digits).or(plan_year);
        let last = match (word.key.as_str(), next) {
            ("quý", Some(next)) => {
                quarter_of(&next.key).and_then(|number| Date::new(year()?, number * 3, 1).ok())
            }
            ("tháng", Some(next)) => {
                let number = next.key.parse().ok();
                number.and_then(|number| Date::new(year()?, number, 1).ok())
            }
            // `6/2023`
            (number, Some(next)) if text[word.span.end..next.span.start].trim() == "/" => {
                let number = number.parse().ok();
                number.and_then(|number| Date::new(four_digits(next)?, number, 1).ok())
            }
            _ => None,
        };
        if let Some(day) = last {
            return Some(day.last_of_month());
        }
    }
    // A year that stands alone, or with «năm»: in longer texts it may be anything's.
    let alone = words.len() <= 3
        && words
            .iter()
            .all(|word| word.key == "năm" || four_digits(word).is_some());
    let year = words.iter().rev().find_map(four_digits).filter(|_| alone);
    year.and_then(|year| Date::new(year, 12, 31).ok())
}

fn quarter_of(key: &str) -> Option<i8> {
    Some(match key {
        "i" | "1" => 1,
        "ii" | "2" => 2,
        "iii" | "3" => 3,
        "iv" | "4" => 4,
        _ => return None,
    })
}

/// First day, last day, and the last word.
type Period = (Date, Date, usize);

fn quarter(text: &str, words: &[Word], index: usize) -> Option<Period> {
    let number = quarter_of(&words.get(index + 1)?.key)?;
    let (year, last) = year(text, words, index + 1)?;
    let first = Date::new(year, number * 3 - 2, 1).ok()?;
    let end = first
        .checked_add(3.months())
        .ok()?
        .checked_sub(1.day())
        .ok()?;
    Some((first, end, last))
}

fn month(text: &str, words: &[Word], index: usize) -> Option<Period> {
    let number: i8 = words.get(index + 1)?.key.parse().ok()?;
    let (year, last) = year(text, words, index + 1)?;
    let first = Date::new(year, number, 1).ok()?;
    Some((first, first.last_of_month(), last))
}

/// The year after a quarter or a month: `/2023`, `năm 2023`.
fn year(text: &str, words: &[Word], number: usize) -> Option<(i16, usize)> {
    let next = words.get(number + 1)?;
    let between = &text[words[number].span.end..next.span.start];
    let at = if next.key == "năm" && between.trim().is_empty() {
        number + 2
    } else if between.trim() == "/" || between.trim() == "-" {
        number + 1
    } else {
        return None;
    };
    let year = &words.get(at)?.key;
    (year.len() == 4)
        .then(|| year.parse().ok())
        .flatten()
        .map(|year| (year, at))
}

/// The text says that something goes on or comes back.
pub(crate) fn is_standing(text: &str) -> bool {
    const PHRASES: [&[&str]; 7] = [
        &["thường", "xuyên"],
        &["hằng", "năm"],
        &["hàng", "năm"],
        &["định", "kỳ"],
        &["hằng", "tháng"],
        &["hàng", "tháng"],
        &["hàng", "quý"],
    ];
    let words = words(text);
    PHRASES.iter().any(|phrase| {
        words.windows(phrase.len()).any(|window| {
            window
                .iter()
                .zip(*phrase)
                .all(|(word, key)| word.key == *key)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_told_from_days_of_documents() {
        for (text, expected) in [
            (
                "cấp độ trong Quý I/2023. Khác",
                vec![("trong Quý I/2023", "", "2023-03-31")],
            ),
            (
                "vận hành, muộn nhất trong Quý III/2023.",
                vec![("muộn nhất trong Quý III/2023", "", "2023-09-30")],
            ),
            (
                "Từ ngày 01/01/2024, cho dừng",
                vec![("Từ ngày 01/01/2024", "2024-01-01", "")],
            ),
            (
                "hoàn thành trước ngày 30/9/2023",
                vec![("trước ngày 30/9/2023", "", "2023-09-29")],
            ),
            (
                "Công văn số 5/CV ngày 30/9/2023; xong trước ngày 30/9/2023",
                vec![("trước ngày 30/9/2023", "", "2023-09-29")],
            ),
            (
                "Công văn ngày 11/9/2023; xong trước ngày 1/9/2023",
                vec![("trước ngày 1/9/2023", "", "2023-08-31")],
            ),
            (
                "chậm nhất tháng 6 năm 2023",
                vec![("chậm nhất tháng 6 năm 2023", "", "2023-06-30")],
            ),
            (
                "Quyết định số 942/QĐ-TTg ngày 15/6/2021; thường kỳ tháng 3/2022",
                vec![],
            ),
        ] {
            let found = dues(text);
            let shown: Vec<(&str, String, String)> = found
                .iter()
                .map(|due| {
                    let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
                    (&*due.written, day(due.from), day(due.by))
                })
                .collect();
            let expected: Vec<(&str, String, String)> = expected
                .into_iter()
                .map(|(text, from, by)| (text, from.to_owned(), by.to_owned()))
                .collect();
            assert_eq!(shown, expected, "{text}");
        }
    }

    #[test]
    fn a_cell_of_terms_needs_no_word_before_its_day() {
        for (text, expected) in [
            ("", None),
            ("Quý II", Some("2023-06-30")),
            ("Quý III/2024", Some("2024-09-30")),
            ("Tháng 6", Some("2023-06-30")),
            ("6/2024", Some("2024-06-30")),
            ("31/12/2023", Some("2023-12-31")),
            ("trước ngày 30/9/2023", Some("2023-09-29")),
            ("Năm 2024", Some("2024-12-31")),
            ("2023-2025", Some("2025-12-31")),
            ("Thường xuyên", Some("")),
            ("Theo Kế hoạch số 12 năm 2022 của Bộ", Some("")),
        ] {
            let found = in_cell(text, Some(2023));
            let found = found.map(|due| due.by.map_or(String::new(), |day| day.to_string()));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
