//! A lost password: asking for a link, and the new password that the link leads to.

use askama::Template;

use super::parts::FormErrors;
use super::{Shell, links};

/// The form that asks for a link (POST `ten-dang-nhap`), or what happens next.
#[derive(Clone, Debug, Template)]
#[template(path = "password_lost.html")]
pub struct PasswordLost {
    /// The frame.
    pub shell: Shell,
    /// Whether mail goes out; without it only an administrator can help.
    pub by_mail: bool,
    /// Whether it was asked for just now.
    pub asked: bool,
    /// The login as typed.
    pub login: String,
    /// What is wrong.
    pub errors: FormErrors,
}

/// The form for the new password (POST `mat-khau`, `mat-khau-lai`).
#[derive(Clone, Debug, Template)]
#[template(path = "password_new.html")]
pub struct PasswordNew {
    /// The frame.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// Whose password it is.
    pub login: String,
    /// What is wrong.
    pub errors: FormErrors,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{HOSTILE, Sampled};

    impl Sampled for PasswordLost {
        const NAME: &'static str = "password_lost";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: shell.clone(),
                by_mail: true,
                asked: false,
                login: String::new(),
                errors: FormErrors::default(),
            };
            let errors = FormErrors(vec![FieldError {
                field: "ten-dang-nhap".to_owned(),
                message: HOSTILE.to_owned(),
            }]);
            let refused = Self {
                login: HOSTILE.to_owned(),
                errors,
                ..usual.clone()
            };
            let asked = Self {
                asked: true,
                ..usual.clone()
            };
            let by_hand = Self {
                by_mail: false,
                ..usual.clone()
            };
            vec![usual, refused, asked, by_hand]
        }
    }

    impl Sampled for PasswordNew {
        const NAME: &'static str = "password_new";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: shell.clone(),
                action: links::password_reset("x"),
                login: "ngoc.ntb".to_owned(),
                errors: FormErrors::default(),
            };
            let refused = Self {
                errors: FormErrors(vec![FieldError {
                    field: "mat-khau".to_owned(),
                    message: shell.t("problem-password-common"),
                }]),
                ..usual.clone()
            };
            vec![usual, refused]
        }
    }
}
