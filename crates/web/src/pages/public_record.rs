//! What anyone is told of a paper that they hold.

use askama::Template;

use super::{Shell, links};

/// The page that says whether a paper holds.
#[derive(Clone, Debug, Template)]
#[template(path = "public_paper.html")]
pub struct PublicPaper {
    /// The frame.
    pub shell: Shell,
    /// What the paper is.
    pub title: String,
    /// The system that it comes from.
    pub system: String,
    /// Whether it holds.
    pub holds: Holds,
    /// Where the record stands, where that may be told; else empty.
    pub state: String,
    /// When what the paper says was so; empty where nothing is told.
    pub made_from: String,
    /// When what is told here became so.
    pub stands_since: String,
    /// What the record says now.
    pub facts: Vec<PublicFact>,
    /// The document that makes it public; may be empty.
    pub legal: String,
}

/// Whether a paper holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// It does, as it was printed.
    Yes,
    /// It does, and says something that has changed since.
    Changed,
    /// It does not any more.
    No,
}

/// Something that anyone may know.
#[derive(Clone, Debug)]
pub struct PublicFact {
    /// What it is.
    pub title: String,
    /// What is said; may be empty.
    pub said: String,
    /// Whether a paper says otherwise.
    pub changed: bool,
}

#[cfg(test)]
pub(super) mod sampled {
    use super::*;
    use crate::pages::samples::{HOSTILE, LONG, Sampled};

    pub(in crate::pages) fn facts(text: &str) -> Vec<PublicFact> {
        let fact = |title: &str, said: &str, changed: bool| PublicFact {
            title: title.to_owned(),
            said: said.to_owned(),
            changed,
        };
        vec![
            fact("Mã số", "VN-VLOR-0001", false),
            fact(text, text, true),
            fact("Ấp, khóm", "", false),
        ]
    }

    impl Sampled for PublicPaper {
        const NAME: &'static str = "public-paper";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: shell.clone(),
                title: "Giấy chứng nhận mã số vùng trồng".to_owned(),
                system: "Mã số vùng trồng, cơ sở đóng gói".to_owned(),
                holds: Holds::Yes,
                state: "Đang hoạt động".to_owned(),
                made_from: "14/04/2023 08:30".to_owned(),
                stands_since: "14/04/2023 08:30".to_owned(),
                facts: facts("Sầu riêng Ri6"),
                legal: "47/2020/NĐ-CP".to_owned(),
            };
            let changed = Self {
                holds: Holds::Changed,
                title: LONG.to_owned(),
                facts: facts(HOSTILE),
                ..usual.clone()
            };
            let ended = Self {
                holds: Holds::No,
                state: "Đã thu hồi".to_owned(),
                ..usual.clone()
            };
            let withheld = Self {
                holds: Holds::No,
                state: String::new(),
                made_from: String::new(),
                stands_since: String::new(),
                facts: Vec::new(),
                legal: String::new(),
                ..usual.clone()
            };
            vec![usual, changed, ended, withheld]
        }
    }
}
