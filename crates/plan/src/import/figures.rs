//! Shares and numbers of things in running text.

use serde::Serialize;
use vocab::Decimal;

use super::goal::{Bound, percents};
use super::money::{count, numbers};
use super::words::key;

/// A figure in running text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// As written, with the words that say of what.
    pub written: String,
    /// On which side of the value what is meant lies; a plain share or number is met or more.
    pub bound: Bound,
    /// Percent, or how many.
    pub value: Decimal,
    /// `%`, or the thing counted.
    pub unit: String,
}

/// How many words after a number say what it counts.
const UNIT_WORDS: usize = 4;

/// What ends the name of a thing that is counted.
const JOINING: [&str; 24] = [
    "và", "với", "là", "cho", "của", "được", "đã", "có", "trong", "gồm", "do", "theo", "về",
    "trên", "tại", "đạt", "tham", "liên", "chưa", "để", "từ", "bao", "cùng", "kết",
];

/// A text's sentences. A full stop before a capital ends one.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(['.', ';']) {
        let rest = &text[at + 1..];
        let next = rest.trim_start();
        let ends = rest.len() > next.len() && next.starts_with(char::is_uppercase);
        // One capital alone before the stop is a name's, such as «TP. Vĩnh Long».
        let word = text[from..at].rsplit(' ').next().unwrap_or("");
        let short = word.chars().count() <= 2 && word.starts_with(char::is_uppercase);
        if ends && !short {
            sentences.push(text[from..=at].trim());
            from = at + 1;
        }
    }
    sentences.push(text[from..].trim());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// The figures of a text, in order: shares, and numbers with the thing they count. Numbers of
/// documents, days, years, levels and footnotes are none.
pub(crate) fn figures(text: &str) -> Vec<Figure> {
    let shares: Vec<_> = percents(text).collect();
    let mut figures = Vec::new();
    for (start, end) in numbers(text) {
        if let Some(share) = shares.iter().find(|share| share.start == start) {
            let end = end + text[end..].find('%').map_or(0, |at| at + 1);
            figures.push(Figure {
                written: text[start..end].to_owned(),
                bound: share.bound,
                value: share.value,
                unit: "%".to_owned(),
            });
            continue;
        }
        if let Some(unit) = thing(text, start, end)
            && let Some(value) = count(&text[start..end])
        {
            figures.push(Figure {
                written: format!("{} {unit}", &text[start..end]),
                bound: Bound::AtLeast,
                value: Decimal::from(value),
                unit,
            });
        }
    }
    figures
}

/// What a number counts, if it counts something.
fn thing(text: &str, start: usize, end: usize) -> Option<String> {
    const NO_COUNT: [&str; 16] = [
        "số", "năm", "tháng", "ngày", "quý", "độ", "lớp", "mức", "khoản", "điều", "lục", "phần",
        "windows", "phiên", "bản", "khóa",
    ];
    let glued = text[..start].ends_with(|ch: char| ch.is_alphanumeric() || "/-–.,%".contains(ch));
    let before = key(text[..start]
        .rsplit(' ')
        .find(|word| !word.is_empty())
        .unwrap_or(""));
    if glued || NO_COUNT.contains(&before.as_str()) {
        return None;
    }
    let rest = text[end..].strip_prefix(' ')?;
    let stop = rest
        .find(|ch: char| !(ch.is_alphabetic() || ch == ' '))
        .unwrap_or(rest.len());
    let words: Vec<&str> = rest[..stop]
        .split_whitespace()
        .take_while(|word| !JOINING.contains(word))
        .take(UNIT_WORDS)
        .collect();
    // A year stands alone.
    let year = matches!(
        &text.as_bytes()[start..end],
        [b'1' | b'2', b'9' | b'0', _, _]
    );
    if year {
        return None;
    }
    words
        .first()
        .filter(|word| word.starts_with(char::is_lowercase))?;
    Some(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_counts_something_is_a_figure() {
        let text = "Năm 2022, 96,7% cán bộ; 1.714 dịch vụ công trực tuyến theo Quyết định số 422/QĐ-TTg, \
                    cấp độ 3, ngày 16/11/2022, đạt 98% (24/7).";
        let found: Vec<(String, String)> = figures(text)
            .into_iter()
            .map(|figure| (figure.value.to_string(), figure.unit))
            .collect();
        let expected = [("96.7", "%"), ("1714", "dịch vụ công trực"), ("98", "%")];
        assert_eq!(
            found,
            expected.map(|(value, unit)| (value.to_owned(), unit.to_owned()))
        );
    }

    #[test]
    fn sentences_end_before_capitals() {
        assert_eq!(
            sentences("Tại TP. Vĩnh Long. Hai, 1.000 hồ sơ. ba"),
            ["Tại TP. Vĩnh Long.", "Hai, 1.000 hồ sơ. ba"]
        );
    }
}
