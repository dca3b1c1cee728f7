//! The first administrator.

use askama::Template;

use super::parts::FormErrors;
use super::{Shell, links};

/// The form that makes the first administrator (POST `ma-thiet-lap`, `ho-ten`,
/// `ten-dang-nhap`, `mat-khau`, `mat-khau-lai`).
#[derive(Clone, Debug, Template)]
#[template(path = "setup.html")]
pub struct Setup {
    /// The frame.
    pub shell: Shell,
    /// The name as typed.
    pub name: String,
    /// The login as typed.
    pub login: String,
    /// What is wrong.
    pub errors: FormErrors,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{HOSTILE, Sampled};

    impl Sampled for Setup {
        const NAME: &'static str = "setup";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: shell.clone(),
                name: String::new(),
                login: String::new(),
                errors: FormErrors::default(),
            };
            let error = |field: &str, key: &str| FieldError {
                field: field.to_owned(),
                message: shell.t(key),
            };
            let refused = Self {
                name: HOSTILE.to_owned(),
                login: "admin".to_owned(),
                errors: FormErrors(vec![
                    error("ma-thiet-lap", "problem-setup-code-wrong"),
                    error("mat-khau", "problem-password-common"),
                    error("mat-khau-lai", "problem-password-differs"),
                ]),
                ..usual.clone()
            };
            vec![usual, refused]
        }
    }
}
