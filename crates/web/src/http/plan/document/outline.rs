//! The headings in a decision's text.

use super::super::headings::sentence_case;

/// A heading and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// Its line, from 1.
    pub line: u32,
    /// Its words.
    pub text: String,
    /// Whether it opens a part or an annex; the others stand within those.
    pub opens: bool,
}

/// Parts, annexes, and the headings in capitals within them.
pub(super) fn outline(lines: &[String]) -> Vec<Heading> {
    let mut after = lines.iter().skip(1);
    let mut found = Vec::new();
    for (line, text) in (1_u32..).zip(lines) {
        let next = after.next().map_or("", |line| line.trim());
        found.extend(heading(line, text.trim(), next));
    }
    found
}

fn heading(line: u32, text: &str, next: &str) -> Option<Heading> {
    let opening = |text| Heading {
        line,
        text,
        opens: true,
    };
    if let Some(part) = part(text) {
        return Some(opening(format!("Phần {part}. {}", sentence_case(next))));
    }
    if let Some(annex) = text.strip_prefix("PHỤ LỤC ") {
        let is_number = annex.chars().all(|ch| ch.is_ascii_digit());
        return is_number.then(|| opening(format!("Phụ lục {annex}")));
    }
    let (code, title) = text.split_once(". ")?;
    (is_roman(code) && is_in_capitals(title)).then(|| Heading {
        line,
        text: format!("{code}. {}", sentence_case(title)),
        opens: false,
    })
}

/// The number of the part that a line opens: `Phần I` gives `I`.
fn part(line: &str) -> Option<&str> {
    let number = line.strip_prefix("Phần ");
    let number = number.or_else(|| line.strip_prefix("PHẦN "));
    number.filter(|number| is_roman(number))
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|ch| "IVX".contains(ch))
}

fn is_in_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_headings_are_in_the_outline() {
        let lines = [
            " Phần I",
            "ĐÁNH GIÁ KẾT QUẢ",
            "I. TÌNH HÌNH",
            "1. Nhận thức số",
            "Phần mềm quản lý",
            "PHỤ LỤC 2",
            "I. Không phải tiêu đề",
            "\tII. KINH TẾ SỐ",
        ];
        let outline = outline(&lines.map(str::to_owned));
        let found: Vec<(u32, &str, bool)> = outline
            .iter()
            .map(|heading| (heading.line, heading.text.as_str(), heading.opens))
            .collect();
        assert_eq!(
            found,
            [
                (1, "Phần I. Đánh giá kết quả", true),
                (3, "I. Tình hình", false),
                (6, "Phụ lục 2", true),
                (8, "II. Kinh tế số", false),
            ]
        );
    }
}
