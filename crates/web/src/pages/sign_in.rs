//! Signing in.

use askama::Template;

use super::parts::FormErrors;
use super::{Shell, links};

/// The sign-in form (POST `ten-dang-nhap`, `mat-khau`, `tiep`).
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    /// The frame.
    pub shell: Shell,
    /// The login as typed. The password never comes back.
    pub login: String,
    /// What is wrong.
    pub errors: FormErrors,
    /// Where to go afterwards.
    pub next: String,
    /// Demonstration accounts, only when the program was started with `--demo`.
    pub demo_accounts: Vec<DemoAccount>,
}

/// An account that exists for showing the product.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// Login.
    pub login: String,
    /// Password, the same for everybody who looks.
    pub password: String,
    /// What the account may do, in the reader's language.
    pub role: String,
    /// The unit it acts for.
    pub unit: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{HOSTILE, LONG, Sampled};

    impl Sampled for SignIn {
        const NAME: &'static str = "sign_in";

        fn samples(shell: &Shell) -> Vec<Self> {
            let account = |login: &str, role: &str, unit: &str| DemoAccount {
                login: login.to_owned(),
                password: "phu-sa-2023".to_owned(),
                role: role.to_owned(),
                unit: unit.to_owned(),
            };
            let usual = Self {
                shell: shell.clone(),
                login: String::new(),
                errors: FormErrors::default(),
                next: links::INBOX.to_owned(),
                demo_accounts: vec![
                    account("canbo", "Cán bộ báo cáo", "Sở Công Thương"),
                    account("lanhdao", "Lãnh đạo đơn vị", "Sở Công Thương"),
                    account(
                        "dieuphoi",
                        "Cán bộ tổng hợp",
                        "Sở Thông tin và Truyền thông",
                    ),
                    account("quantri", "Quản trị hệ thống", LONG),
                ],
            };
            let refused = Self {
                login: HOSTILE.to_owned(),
                demo_accounts: Vec::new(),
                errors: FormErrors(vec![FieldError {
                    field: "ten-dang-nhap".to_owned(),
                    message: shell.t("problem-sign-in-refused"),
                }]),
                ..usual.clone()
            };
            vec![usual, refused]
        }
    }
}
