//! Failed jobs, for administrators.

use askama::Template;

use super::{Shell, links};

/// The page of jobs.
#[derive(Clone, Debug, Template)]
#[template(path = "jobs.html")]
pub struct Jobs {
    /// The frame.
    pub shell: Shell,
    /// Jobs that gave up, oldest first.
    pub failed: Vec<FailedJob>,
}

/// A job that gave up.
#[derive(Clone, Debug)]
pub struct FailedJob {
    /// Its id.
    pub id: String,
    /// What kind of job.
    pub name: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong the last time.
    pub error: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Jobs {
        const NAME: &'static str = "jobs";

        fn samples(shell: &Shell) -> Vec<Self> {
            let failed = |name: &str, error: &str| FailedJob {
                id: "0192f3".to_owned(),
                name: name.to_owned(),
                attempts: 12,
                error: error.to_owned(),
            };
            let usual = Self {
                shell: samples::administrator(shell),
                failed: vec![failed(
                    "notify.email",
                    "connection refused: smtp.vinhlong.gov.vn:587",
                )],
            };
            let empty = Self {
                failed: Vec::new(),
                ..usual.clone()
            };
            let extreme = Self {
                failed: (0..70).map(|_| failed(HOSTILE, LONG)).collect(),
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
