//! Where the data comes from, what is not confirmed, which licences apply.

use askama::Template;

use super::{Shell, links};

/// The page about the product.
#[derive(Clone, Debug, Template)]
#[template(path = "about.html")]
pub struct About {
    /// The frame.
    pub shell: Shell,
    /// The program's version.
    pub version: String,
    /// Sources of the data, in the reader's language.
    pub sources: Vec<Source>,
    /// Facts that wait for confirmation, in the reader's language.
    pub unconfirmed: Vec<String>,
}

/// A source of data.
#[derive(Clone, Debug)]
pub struct Source {
    /// The document or list.
    pub title: String,
    /// What the product takes from it.
    pub used_for: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{HOSTILE, LONG, Sampled};

    impl Sampled for About {
        const NAME: &'static str = "about";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: shell.clone(),
                version: "0.1.0".to_owned(),
                sources: vec![Source {
                    title: "Quyết định số 833/QĐ-UBND ngày 14/4/2023".to_owned(),
                    used_for: "148 mục tiêu, 97 dự án".to_owned(),
                }],
                unconfirmed: vec!["Mã định danh của 12 đơn vị chưa đối chiếu được.".to_owned()],
            };
            let empty = Self {
                sources: Vec::new(),
                unconfirmed: Vec::new(),
                ..usual.clone()
            };
            let extreme = Self {
                unconfirmed: vec![LONG.to_owned(), HOSTILE.to_owned()],
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
