//! Which targets a project serves: what a person says, and what is offered.

use askama::Template;

use crate::pages::parts::{Choice, FormErrors};
use crate::pages::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "project/targets.html")]
pub struct ProjectTargets {
    /// The frame.
    pub shell: Shell,
    /// The project's page.
    pub back: String,
    /// The project's name.
    pub project: String,
    /// Where the form goes.
    pub action: String,
    /// The version that was read; 0 where nobody said anything.
    pub version: i64,
    /// Those whose words are alike: value, label, whether chosen; and the words that they share.
    pub offered: Vec<(Choice, String)>,
    /// Those that were said before and are not offered.
    pub said: Vec<Choice>,
    /// The numbers of others, as typed.
    pub others: String,
    /// What is wrong with the form.
    pub errors: FormErrors,
}

#[cfg(test)]
mod sampled {
    use super::super::list::sampled::choice;
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for ProjectTargets {
        const NAME: &'static str = "project-targets";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                back: links::project_page("1"),
                project: LONG.to_owned(),
                action: links::project_targets("1"),
                version: 1,
                offered: vec![(choice(HOSTILE), "so hoa, thu tuc".to_owned())],
                said: vec![choice(LONG)],
                others: "12, 19".to_owned(),
                errors: FormErrors::default(),
            };
            let empty = Self {
                offered: Vec::new(),
                said: Vec::new(),
                others: String::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
