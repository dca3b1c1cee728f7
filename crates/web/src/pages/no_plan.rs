//! What stands in place of a plan's pages while none was imported.

use askama::Template;

use super::{Shell, links};

/// The page that says how a plan comes in.
#[derive(Clone, Debug, Template)]
#[template(path = "no_plan.html")]
pub struct NoPlan {
    /// The frame.
    pub shell: Shell,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::Sampled;

    impl Sampled for NoPlan {
        const NAME: &'static str = "no_plan";

        fn samples(shell: &Shell) -> Vec<Self> {
            vec![Self {
                shell: shell.clone(),
            }]
        }
    }
}
