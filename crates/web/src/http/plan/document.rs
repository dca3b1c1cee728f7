//! `GET /van-ban`: the decision's text, line by line.

use std::collections::HashSet;

use axum::extract::State;
use axum::response::Response;
use plan::PlanView;

use super::super::{App, Failure, Visitor};
use super::headings::sentence_case;
use super::shown;
use crate::pages::Shell;
use crate::pages::document::{DocumentLine, DocumentPage};
use crate::pages::parts::Link;
use crate::pages::shell::Section;

/// Shows it.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    shown(&app, &visitor, Section::Document, page).await
}

fn page(view: &PlanView, shell: Shell) -> DocumentPage {
    let title = view.body.title.as_deref().unwrap_or(&view.body.symbol);
    let findings = view.body.findings.iter();
    let noted: HashSet<u32> = findings.flat_map(|finding| finding.lines.clone()).collect();
    let lines = (1..).zip(&view.lines).map(|(number, text)| DocumentLine {
        number,
        text: text.clone(),
        noted: noted.contains(&number),
    });
    DocumentPage {
        title: sentence_case(title),
        symbol: view.body.symbol.clone(),
        signed: view.date,
        outline: outline(&view.lines),
        lines: lines.collect(),
        shell,
    }
}

/// Parts, annexes, and the headings in capitals within them.
fn outline(lines: &[String]) -> Vec<Link> {
    let mut outline = Vec::new();
    let mut after = lines.iter().skip(1);
    for (number, line) in (1_u32..).zip(lines) {
        let next = after.next().map_or("", |line| line.trim());
        let line = line.trim();
        let text = if let Some(part) = part(line) {
            Some(format!("Phần {part}. {}", sentence_case(next)))
        } else if let Some(annex) = line.strip_prefix("PHỤ LỤC ") {
            let is_number = annex.chars().all(|ch| ch.is_ascii_digit());
            is_number.then(|| format!("Phụ lục {annex}"))
        } else {
            line.split_once(". ")
                .filter(|(code, title)| is_roman(code) && is_in_capitals(title))
                .map(|(code, title)| format!("{code}. {}", sentence_case(title)))
        };
        outline.extend(text.map(|text| Link::new(format!("#dong-{number}"), text)));
    }
    outline
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
        let lines = lines.map(str::to_owned);
        let outline = outline(&lines);
        let found: Vec<(&str, &str)> = outline
            .iter()
            .map(|link| (link.href.as_str(), link.text.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("#dong-1", "Phần I. Đánh giá kết quả"),
                ("#dong-3", "I. Tình hình"),
                ("#dong-6", "Phụ lục 2"),
                ("#dong-8", "II. Kinh tế số"),
            ]
        );
    }
}
