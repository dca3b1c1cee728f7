//! The decision's text with line numbers to point at.

use askama::Template;
use jiff::civil::Date;

use super::parts::{Link, Pager};
use super::{Shell, links};

/// A page of the text. Line 477 is at `#dong-477` of the page `?dong=477`.
#[derive(Clone, Debug, Template)]
#[template(path = "document.html")]
pub struct DocumentPage {
    /// The frame.
    pub shell: Shell,
    /// Its name.
    pub title: String,
    /// Number and symbol: `833/QĐ-UBND`.
    pub symbol: String,
    /// When it was signed, where it says so.
    pub signed: Option<Date>,
    /// The part or annex that is shown; none for the page that begins with the contents.
    pub part: Option<String>,
    /// The pages that the text is on.
    pub contents: Vec<Contents>,
    /// Which of them this is.
    pub shown: usize,
    /// Its lines.
    pub lines: Vec<DocumentLine>,
    /// How many lines the whole text has.
    pub total: usize,
    /// The pages before and after.
    pub pager: Pager,
}

/// What is on one of the pages.
#[derive(Clone, Debug)]
pub struct Contents {
    /// Its name that leads to it.
    pub page: Link,
    /// Its first line.
    pub first: u32,
    /// Its last line.
    pub last: u32,
    /// How many of its lines a finding speaks of.
    pub noted: usize,
    /// The headings on it.
    pub headings: Vec<Link>,
}

/// One line of the text.
#[derive(Clone, Debug)]
pub struct DocumentLine {
    /// Its number, from 1.
    pub number: u32,
    /// Its words.
    pub text: String,
    /// Whether a finding speaks of it.
    pub noted: bool,
}

impl DocumentLine {
    /// Whether it only keeps paragraphs apart. An empty line that a finding speaks of is
    /// shown: what is missing there is what the finding is about.
    fn is_blank(&self) -> bool {
        !self.noted && self.text.trim().is_empty()
    }
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::samples::{HOSTILE, LONG, Sampled};

    impl Sampled for DocumentPage {
        const NAME: &'static str = "document";

        fn samples(shell: &Shell) -> Vec<Self> {
            let texts = [
                "QUYẾT ĐỊNH",
                "VỀ VIỆC BAN HÀNH KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2023",
                "Căn cứ Luật An toàn thông tin mạng ngày 19/11/2015;",
                "\t12.\tTỷ lệ xử lý hồ sơ công việc được xử lý trên môi trường mạng",
                LONG,
                HOSTILE,
            ];
            let contents = |first: u32, title: &str| Contents {
                page: Link::new(links::document_line(first), title),
                first,
                last: first + 299,
                noted: 3,
                headings: Vec::new(),
            };
            let lines = (1..=120).map(|number: u32| DocumentLine {
                number,
                text: texts[number as usize % texts.len()].to_owned(),
                noted: number.is_multiple_of(17),
            });
            let usual = Self {
                shell: shell.clone(),
                title: "Kế hoạch Chuyển đổi số năm 2023".to_owned(),
                symbol: "833/QĐ-UBND".to_owned(),
                signed: Some(date(2023, 4, 14)),
                part: None,
                contents: vec![
                    contents(1, "Phần mở đầu"),
                    Contents {
                        headings: vec![Link::new(links::document_line(340), "II. Mục tiêu")],
                        ..contents(301, "Phần I. Đánh giá kết quả thực hiện năm 2022")
                    },
                    contents(601, HOSTILE),
                ],
                shown: 0,
                lines: lines.collect(),
                total: 900,
                pager: Pager {
                    previous: None,
                    next: Some(links::document_line(301)),
                },
            };
            let part = Self {
                part: Some(LONG.to_owned()),
                shown: 1,
                ..usual.clone()
            };
            let empty = Self {
                signed: None,
                contents: Vec::new(),
                lines: Vec::new(),
                total: 0,
                pager: Pager::default(),
                ..usual.clone()
            };
            vec![usual, part, empty]
        }
    }
}
