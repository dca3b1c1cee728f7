//! The manual of a system.

use askama::Template;

use super::{Shell, links};
use crate::manual::Block;

/// The page of a manual.
#[derive(Clone, Debug, Template)]
#[template(path = "manual.html")]
pub struct ManualPage {
    /// The frame.
    pub shell: Shell,
    /// The system.
    pub title: String,
    /// What the manual says.
    pub blocks: Vec<Block>,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for ManualPage {
        const NAME: &'static str = "manual";

        fn samples(shell: &Shell) -> Vec<Self> {
            vec![Self {
                shell: samples::officer(shell),
                title: HOSTILE.to_owned(),
                blocks: vec![
                    Block::Text(LONG.to_owned()),
                    Block::Heading(2, HOSTILE.to_owned()),
                    Block::Heading(3, HOSTILE.to_owned()),
                    Block::Heading(4, HOSTILE.to_owned()),
                    Block::Items(vec![HOSTILE.to_owned()]),
                    Block::Table(
                        vec!["A".to_owned(), HOSTILE.to_owned()],
                        vec![vec![LONG.to_owned(), HOSTILE.to_owned()]],
                    ),
                ],
            }]
        }
    }
}
