//! What I delegate to others, and what others delegate to me.

use askama::Template;

use super::people_person::DelegationRow;
use super::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "my_delegations.html")]
pub struct MyDelegations {
    /// The frame.
    pub shell: Shell,
    /// Whether there is anything that one could delegate.
    pub can: bool,
    /// To others.
    pub given: Vec<DelegationRow>,
    /// By others.
    pub received: Vec<DelegationRow>,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for MyDelegations {
        const NAME: &'static str = "my-delegations";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |text: &str, end: &str| DelegationRow {
                version: 1,
                person: text.to_owned(),
                roles: text.to_owned(),
                span: "01/01/2023".to_owned(),
                reason: LONG.to_owned(),
                end: end.to_owned(),
            };
            let usual = Self {
                shell: samples::officer(shell),
                can: true,
                given: vec![row("Trần Văn Phước", &links::end_my_delegation("0192f3"))],
                received: vec![row(HOSTILE, "")],
            };
            let empty = Self {
                can: false,
                given: Vec::new(),
                received: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
