//! Days written as day/month/year, those included that are in no calendar.

use jiff::civil::Date;
use serde::Serializer;
use vocab::fold::fold;

/// A day as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenDate {
    /// Such as `03/6/2020`.
    pub(crate) written: String,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// `None` if there is no such day.
    pub(crate) date: Option<Date>,
}

#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes the field by reference"
)]
pub(crate) fn day<S: Serializer>(date: &Option<Date>, out: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => out.collect_str(date),
        None => out.serialize_none(),
    }
}

/// The first day of the form `ngày 14 tháng 4 năm 2023`.
pub(crate) fn in_words(text: &str) -> Option<Date> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    words.windows(6).find_map(|window| match window {
        ["ngay", day, "thang", month, "nam", year] => {
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        }
        _ => None,
    })
}

/// The first year of the form `năm 2023`.
pub(crate) fn year_in(text: &str) -> Option<i16> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    words.windows(2).find_map(|pair| {
        (pair[0] == "nam" && pair[1].len() == 4)
            .then(|| pair[1].parse().ok())
            .flatten()
    })
}

/// The days that a text names with day, month and year, in order.
pub(crate) fn dates(text: &str) -> Vec<WrittenDate> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_number(text, at) {
        match date_at(&text[start..]) {
            Some((length, date)) => {
                found.push(WrittenDate {
                    written: text[start..start + length].to_owned(),
                    start,
                    date,
                });
                at = start + length;
            }
            None => at = start + digits(&text[start..]),
        }
    }
    found
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// A digit that no letter, digit or slash precedes.
fn next_number(text: &str, from: usize) -> Option<usize> {
    let mut before = text[..from].chars().next_back();
    for (at, ch) in text[from..].char_indices() {
        let inside = before.is_some_and(|ch| ch.is_alphanumeric() || ch == '/');
        if ch.is_ascii_digit() && !inside {
            return Some(from + at);
        }
        before = Some(ch);
    }
    None
}

/// `d/m/y` and whether the calendar has that day.
fn date_at(text: &str) -> Option<(usize, Option<Date>)> {
    let mut length = 0;
    let mut parts = [""; 3];
    for (index, part) in parts.iter_mut().enumerate() {
        if index > 0 {
            length += text[length..].strip_prefix('/').map(|_| 1)?;
        }
        let count = digits(&text[length..]);
        *part = &text[length..length + count];
        length += count;
    }
    let [day, month, year] = parts;
    let short = (1..=2).contains(&day.len()) && (1..=2).contains(&month.len());
    let more = text[length..].starts_with(|ch: char| ch == '/' || ch.is_alphanumeric());
    if !short || year.is_empty() || more {
        return None;
    }
    let date = match (year.len(), year.parse(), month.parse(), day.parse()) {
        (4, Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
        _ => None,
    };
    Some((length, date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_outside_the_calendar_are_seen() {
        let found = dates("19/12/202, 31/2/2023, 14/4/2023, 24/7, 1/2/3/4");
        let days: Vec<_> = found
            .iter()
            .map(|d| (&*d.written, d.date.is_some()))
            .collect();
        assert_eq!(
            days,
            [
                ("19/12/202", false),
                ("31/2/2023", false),
                ("14/4/2023", true)
            ]
        );
    }
}
