//! A periodic report as it reads, to be looked at before it is signed.

use askama::Template;

use super::parts::{Choice, FormErrors};
use super::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "periodic_paper.html")]
pub struct PeriodicPaper {
    /// The frame.
    pub shell: Shell,
    /// The report.
    pub id: String,
    /// The version that the form sends back.
    pub version: i64,
    /// What tells this paper from any other.
    pub digest: String,
    /// Whether the reader may sign it.
    pub signs: bool,
    /// The agency above; empty where there is none.
    pub superior: String,
    /// The agency that issues it.
    pub issuer: String,
    /// Number and symbol.
    pub symbol: String,
    /// The name of the country.
    pub country: String,
    /// Its motto.
    pub motto: String,
    /// Place and day.
    pub place_date: String,
    /// What kind of paper it is.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// The sections, in order.
    pub sections: Vec<PaperPart>,
    /// The word above those who get it.
    pub recipients_word: String,
    /// Those who get it.
    pub recipients: Vec<String>,
    /// The position of whoever signs.
    pub capacity: Vec<String>,
    /// Who signs.
    pub signer: String,
    /// The annexes.
    pub annexes: Vec<PaperTable>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// A section.
#[derive(Clone, Debug)]
pub struct PaperPart {
    /// Its number and heading.
    pub title: String,
    /// Whether it stands under another.
    pub under: bool,
    /// Its paragraphs: words, and figures with where they come from.
    pub paragraphs: Vec<Vec<PaperPiece>>,
}

/// Words, or a figure.
#[derive(Clone, Debug)]
pub struct PaperPiece {
    /// What it reads.
    pub text: String,
    /// Whether it is a figure.
    pub figure: bool,
    /// The way to it; empty where there is none.
    pub href: String,
}

/// An annex.
#[derive(Clone, Debug)]
pub struct PaperTable {
    /// Its number among the annexes, from 1.
    pub place: usize,
    /// Such as `Phụ lục 1`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What stands above the table.
    pub note: String,
    /// The headings; `value` says where the column's words stand: `number` or nothing.
    pub heads: Vec<Choice>,
    /// The rows; a single cell is a heading over all columns.
    pub rows: Vec<Vec<String>>,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for PeriodicPaper {
        const NAME: &'static str = "periodic-paper";

        fn samples(shell: &Shell) -> Vec<Self> {
            let piece = |text: &str, href: &str| PaperPiece {
                text: text.to_owned(),
                figure: !href.is_empty(),
                href: href.to_owned(),
            };
            let head = |label: &str, value: &str| Choice {
                label: label.to_owned(),
                value: value.to_owned(),
                selected: false,
            };
            let usual = Self {
                shell: samples::officer(shell),
                id: "0192f3".to_owned(),
                version: 4,
                digest: "9f86".to_owned(),
                signs: true,
                superior: "UBND TỈNH VĨNH LONG".to_owned(),
                issuer: "SỞ THÔNG TIN VÀ TRUYỀN THÔNG".to_owned(),
                symbol: "Số:      /BC-STTTT".to_owned(),
                country: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(),
                motto: "Độc lập - Tự do - Hạnh phúc".to_owned(),
                place_date: "Vĩnh Long, ngày    tháng    năm 2023".to_owned(),
                kind: "BÁO CÁO".to_owned(),
                subject: "Kết quả thực hiện".to_owned(),
                sections: vec![PaperPart {
                    title: "I. KẾT QUẢ CHUNG".to_owned(),
                    under: false,
                    paragraphs: vec![vec![
                        piece("Đạt ", ""),
                        piece("64,3% (643/1.000)", &links::target(19_u16)),
                        piece(".", ""),
                    ]],
                }],
                recipients_word: "Nơi nhận:".to_owned(),
                recipients: vec!["- Lưu: VT.".to_owned()],
                capacity: vec!["GIÁM ĐỐC".to_owned()],
                signer: "Huỳnh Quốc Dũng".to_owned(),
                annexes: vec![PaperTable {
                    place: 1,
                    number: "Phụ lục 1".to_owned(),
                    title: "KẾT QUẢ".to_owned(),
                    note: "Đơn vị tính: triệu đồng".to_owned(),
                    heads: vec![head("TT", "number"), head("Mục tiêu", "")],
                    rows: vec![
                        vec!["I. CHÍNH QUYỀN SỐ".to_owned()],
                        vec!["1".to_owned(), "100%".to_owned()],
                    ],
                }],
                errors: FormErrors::default(),
            };
            let extreme = Self {
                superior: String::new(),
                subject: HOSTILE.to_owned(),
                signs: false,
                sections: vec![PaperPart {
                    title: LONG.to_owned(),
                    under: true,
                    paragraphs: vec![vec![piece(HOSTILE, ""), piece(LONG, "/x")]],
                }],
                ..usual.clone()
            };
            vec![usual, extreme]
        }
    }
}
