//! What the decision tells of the time before.

use askama::Template;

use super::parts::Link;
use super::{Shell, links};

/// The page of these figures.
#[derive(Clone, Debug, Template)]
#[template(path = "baselines.html")]
pub struct Baselines {
    /// The frame.
    pub shell: Shell,
    /// Those that fit a measure.
    pub fitting: Vec<BaselineRow>,
    /// Those that fit none.
    pub loose: Vec<BaselineRow>,
}

/// One figure.
#[derive(Clone, Debug)]
pub struct BaselineRow {
    /// The sentence that tells it.
    pub text: String,
    /// The figure, in words.
    pub value: String,
    /// The year that it is of.
    pub year: Option<i16>,
    /// The measure that it fits, at its target.
    pub target: Option<Link>,
    /// Whether it is the one that the measure takes.
    pub used: bool,
    /// Its line.
    pub line: u32,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{HOSTILE, LONG, Sampled};

    impl Sampled for Baselines {
        const NAME: &'static str = "baselines";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |text: &str, target| BaselineRow {
                text: text.to_owned(),
                value: "58,3 %".to_owned(),
                year: Some(2022),
                target,
                used: true,
                line: 40,
            };
            let target = Link::new(links::target(12_u16), HOSTILE);
            let usual = Self {
                shell: shell.clone(),
                fitting: vec![row(LONG, Some(target))],
                loose: vec![BaselineRow {
                    year: None,
                    used: false,
                    ..row(HOSTILE, None)
                }],
            };
            let empty = Self {
                fitting: Vec::new(),
                loose: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
