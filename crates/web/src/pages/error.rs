//! What happened, what was kept, how to go on.

use askama::Template;

use super::{Shell, links};

/// The page of an error.
#[derive(Clone, Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The frame.
    pub shell: Shell,
    /// The HTTP status.
    pub status: u16,
    /// What exactly happened, in the reader's language; may be empty.
    pub detail: String,
    /// Where to go on: the form, the list.
    pub back: Option<String>,
    /// What to quote when asking for help.
    pub request_id: String,
}

/// Statuses that have words of their own.
pub const STATUSES: [u16; 10] = [400, 403, 404, 409, 410, 413, 422, 429, 500, 503];

impl ErrorPage {
    /// The status whose words are shown: its own, or those of its class.
    pub fn words(status: u16) -> u16 {
        match status {
            status if STATUSES.contains(&status) => status,
            400..=499 => 400,
            _ => 500,
        }
    }

    fn title(&self) -> String {
        self.shell
            .t(&format!("error-{}-title", Self::words(self.status)))
    }

    fn happened(&self) -> String {
        self.shell
            .t(&format!("error-{}-happened", Self::words(self.status)))
    }

    fn kept(&self) -> String {
        self.shell
            .t(&format!("error-{}-kept", Self::words(self.status)))
    }

    fn go_on(&self) -> String {
        self.shell
            .t(&format!("error-{}-go-on", Self::words(self.status)))
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{HOSTILE, LONG, Sampled};

    impl Sampled for ErrorPage {
        const NAME: &'static str = "error";

        fn samples(shell: &Shell) -> Vec<Self> {
            let page = |status| Self {
                shell: shell.clone(),
                status,
                detail: String::new(),
                back: None,
                request_id: "0192f3a4-7c11-7e2e-9d0a-5b6c7d8e9f00".to_owned(),
            };
            let mut pages: Vec<Self> = STATUSES.map(page).into();
            pages.extend([418, 502].map(page));
            pages.push(Self {
                detail: format!("{LONG} {HOSTILE}"),
                back: Some(links::report_new(12, "2023Q3")),
                ..page(422)
            });
            pages
        }
    }
}
