//! Background jobs, for administrators: how many wait, which failed.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::Pager;
use super::{Shell, links};

/// The page of jobs.
#[derive(Clone, Debug, Template)]
#[template(path = "jobs.html")]
pub struct Jobs {
    /// The frame.
    pub shell: Shell,
    /// Jobs that wait for their turn.
    pub waiting: u64,
    /// Jobs at work.
    pub running: u64,
    /// When the turn was of the one that waits longest, if it has come.
    pub late_since: Option<DateTime>,
    /// Jobs that gave up, latest first.
    pub failed: Vec<FailedJob>,
    /// Neighbouring pages of failed jobs.
    pub pager: Pager,
}

/// A job that gave up.
#[derive(Clone, Debug)]
pub struct FailedJob {
    /// Its id.
    pub id: String,
    /// What it does, in words.
    pub name: String,
    /// What its failing means, in words.
    pub failed: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong the last time, as the program recorded it.
    pub error: String,
    /// When it gave up.
    pub at: DateTime,
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
                failed: name.to_owned(),
                attempts: 12,
                error: error.to_owned(),
                at: samples::moment(3, 2, 15),
            };
            let usual = Self {
                shell: samples::administrator(shell),
                waiting: 14,
                running: 2,
                late_since: Some(samples::moment(3, 2, 10)),
                pager: Pager::default(),
                failed: vec![failed(
                    "notify.email",
                    "connection refused: smtp.vinhlong.gov.vn:587",
                )],
            };
            let empty = Self {
                failed: Vec::new(),
                late_since: None,
                ..usual.clone()
            };
            let extreme = Self {
                waiting: u64::MAX,
                pager: Pager {
                    previous: Some(links::JOBS.to_owned()),
                    next: Some(format!("{}?truoc=1-0192f3", links::JOBS)),
                },
                failed: (0..70).map(|_| failed(HOSTILE, LONG)).collect(),
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
