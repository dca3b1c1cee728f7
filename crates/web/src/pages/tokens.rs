//! Tokens with which programs act for me.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::{Choice, FormErrors};
use super::{Shell, links};

/// My tokens, and the form for another one (POST `nhan`, `quyen`, `phan` repeated, `so-ngay`).
#[derive(Clone, Debug, Template)]
#[template(path = "tokens.html")]
pub struct Tokens {
    /// The frame.
    pub shell: Shell,
    /// The token that was made just now: it is shown this once.
    pub made: Option<String>,
    /// All of them.
    pub tokens: Vec<TokenRow>,
    /// The label as typed.
    pub label: String,
    /// How many days, as typed.
    pub days: String,
    /// Read or write.
    pub access: Vec<Choice>,
    /// Parts of the API.
    pub areas: Vec<Choice>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// One token.
#[derive(Clone, Debug)]
pub struct TokenRow {
    /// Its identity.
    pub id: String,
    /// What its owner calls it.
    pub label: String,
    /// What it may do, in the reader's language.
    pub scope: String,
    /// When it was used last.
    pub used: Option<DateTime>,
    /// When it ends.
    pub ends: DateTime,
    /// Whether it has ended.
    pub ended: bool,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Tokens {
        const NAME: &'static str = "tokens";

        fn samples(shell: &Shell) -> Vec<Self> {
            let choice = |value: &str, selected| Choice {
                value: value.to_owned(),
                label: value.to_owned(),
                selected,
            };
            let row = |label: &str, used| TokenRow {
                id: "1".to_owned(),
                label: label.to_owned(),
                scope: shell.t("token-reads"),
                used,
                ends: samples::moment(9, 8, 0),
                ended: used.is_none(),
            };
            let empty = Self {
                shell: samples::officer(shell),
                made: None,
                tokens: Vec::new(),
                label: String::new(),
                days: "90".to_owned(),
                access: vec![choice("doc", true), choice("ghi", false)],
                areas: vec![choice("plan", true), choice("tasks", false)],
                errors: FormErrors::default(),
            };
            let some = Self {
                made: Some("phusa_mau-khong-dung-duoc".to_owned()),
                tokens: vec![
                    row("Kho dữ liệu", Some(samples::moment(3, 9, 1))),
                    row(LONG, None),
                ],
                ..empty.clone()
            };
            let refused = Self {
                label: HOSTILE.to_owned(),
                errors: FormErrors(vec![FieldError {
                    field: "nhan".to_owned(),
                    message: shell.t("problem-label-invalid"),
                }]),
                ..empty.clone()
            };
            vec![empty, some, refused]
        }
    }
}
