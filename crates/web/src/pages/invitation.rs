//! Taking up an invitation.

use askama::Template;

use super::parts::FormErrors;
use super::{Shell, links};

/// The form that makes an account (POST `ten-dang-nhap`, `mat-khau`, `mat-khau-lai`).
#[derive(Clone, Debug, Template)]
#[template(path = "invitation.html")]
pub struct Invited {
    /// The frame.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// Who is invited.
    pub name: String,
    /// What the account will be able to do, in the reader's language.
    pub roles: Vec<String>,
    /// The login as typed.
    pub login: String,
    /// What is wrong.
    pub errors: FormErrors,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{HOSTILE, LONG, Sampled};

    impl Sampled for Invited {
        const NAME: &'static str = "invitation";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: shell.clone(),
                action: links::invited("x"),
                name: "Nguyễn Thị Bích Ngọc".to_owned(),
                roles: vec!["Cán bộ báo cáo, Sở Nội vụ".to_owned()],
                login: String::new(),
                errors: FormErrors::default(),
            };
            let refused = Self {
                name: HOSTILE.to_owned(),
                login: HOSTILE.to_owned(),
                roles: vec![LONG.to_owned(); 9],
                errors: FormErrors(vec![FieldError {
                    field: "ten-dang-nhap".to_owned(),
                    message: shell.t("problem-login-taken"),
                }]),
                ..usual.clone()
            };
            vec![usual, refused]
        }
    }
}
