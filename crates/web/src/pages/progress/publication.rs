//! What of the figures is public: the coordinator's choice, target by target or heading by
//! heading.

use askama::Template;

use crate::pages::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "progress/publication.html")]
pub struct Publication {
    /// The frame.
    pub shell: Shell,
    /// The targets, heading by heading.
    pub groups: Vec<PublicationGroup>,
    /// The numbers that are public now, with commas between.
    pub before: String,
    /// How many are public.
    pub public: u32,
    /// How many are not.
    pub held: u32,
    /// Why figures are public, or not, where nobody said so.
    pub default_reason: String,
}

/// The targets under a heading.
#[derive(Clone, Debug)]
pub struct PublicationGroup {
    /// The code of the heading.
    pub code: String,
    /// The heading.
    pub title: String,
    /// Its targets.
    pub rows: Vec<PublicationRow>,
}

/// One target.
#[derive(Clone, Debug)]
pub struct PublicationRow {
    /// Its number.
    pub number: u16,
    /// What to do.
    pub title: String,
    /// Its figure in words.
    pub figure: String,
    /// Whether its figures are public.
    pub published: bool,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Publication {
        const NAME: &'static str = "progress-publication";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |number, title: &str| PublicationRow {
                number,
                title: title.to_owned(),
                figure: "62 %".to_owned(),
                published: number % 3 > 0,
            };
            let usual = Self {
                shell: samples::officer(shell),
                groups: vec![PublicationGroup {
                    code: "I".to_owned(),
                    title: "I. Chính quyền số".to_owned(),
                    rows: vec![row(1, HOSTILE), row(2, LONG), row(3, "Chữ ký số")],
                }],
                before: "1,2".to_owned(),
                public: 2,
                held: 1,
                default_reason: LONG.to_owned(),
            };
            let empty = Self {
                groups: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
