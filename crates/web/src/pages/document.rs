//! The decision's text with line numbers to point at.

use askama::Template;
use jiff::civil::Date;

use super::parts::Link;
use super::{Shell, links};

/// The page of the text. Line 477 is at `#dong-477`.
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
    /// Parts and annexes to jump to.
    pub outline: Vec<Link>,
    /// The lines.
    pub lines: Vec<DocumentLine>,
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
                outline: vec![
                    Link::new("#dong-1", "Quyết định"),
                    Link::new("#dong-30", "Phần I. Đánh giá kết quả thực hiện năm 2022"),
                    Link::new("#dong-90", "Phụ lục 1"),
                ],
                lines: lines.collect(),
            };
            let empty = Self {
                signed: None,
                outline: Vec::new(),
                lines: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
