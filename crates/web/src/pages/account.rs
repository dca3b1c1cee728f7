//! My account and where I am signed in.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::{Choice, FormErrors};
use super::{Shell, links};

/// The page of an account.
#[derive(Clone, Debug, Template)]
#[template(path = "account.html")]
pub struct Account {
    /// The frame.
    pub shell: Shell,
    /// Name.
    pub name: String,
    /// Login.
    pub login: String,
    /// Roles with the unit each holds for, in the reader's language.
    pub roles: Vec<String>,
    /// Sessions, this one first.
    pub sessions: Vec<SessionRow>,
    /// When a digest is mailed.
    pub digest: DigestForm,
    /// What is wrong with the new password.
    pub errors: FormErrors,
}

/// When a digest is mailed to me.
#[derive(Clone, Debug)]
pub struct DigestForm {
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The address that it is mailed to; empty where none is known.
    pub email: String,
    /// Whether this installation sends mail at all.
    pub sends_mail: bool,
}

/// One session.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Its public id; never the token.
    pub id: String,
    /// Browser and system, in short.
    pub device: String,
    /// Network address.
    pub address: String,
    /// When it began.
    pub started: DateTime,
    /// When it was last used.
    pub seen: DateTime,
    /// Whether it is this one.
    pub current: bool,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for Account {
        const NAME: &'static str = "account";

        fn samples(shell: &Shell) -> Vec<Self> {
            let session = |id: &str, device: &str, current| SessionRow {
                id: id.to_owned(),
                device: device.to_owned(),
                address: "10.61.4.18".to_owned(),
                started: samples::moment(2, 7, 30),
                seen: samples::moment(3, 10, 42),
                current,
            };
            let usual = Self {
                shell: samples::officer(shell),
                name: "Nguyễn Thị Bích Ngọc".to_owned(),
                login: "ngoc.ntb".to_owned(),
                roles: vec!["Cán bộ báo cáo, Phòng Văn hóa và Thông tin huyện Tam Bình".to_owned()],
                sessions: vec![
                    session("a1", "Chrome, Windows", true),
                    session("b2", "Chrome, Android", false),
                ],
                digest: DigestForm {
                    choices: [("never", "digest-never"), ("daily", "digest-daily")]
                        .map(|(value, key)| Choice {
                            value: value.to_owned(),
                            label: shell.t(key),
                            selected: value == "daily",
                        })
                        .to_vec(),
                    email: "ngoc.ntb@vinhlong.test".to_owned(),
                    sends_mail: true,
                },
                errors: FormErrors::default(),
            };
            let extreme = Self {
                shell: samples::administrator(shell),
                name: HOSTILE.to_owned(),
                roles: vec![LONG.to_owned(); 30],
                sessions: (0..40).map(|_| session("c3", LONG, false)).collect(),
                digest: DigestForm {
                    choices: Vec::new(),
                    email: HOSTILE.to_owned(),
                    sends_mail: false,
                },
                errors: FormErrors(vec![FieldError {
                    field: "mat-khau-cu".to_owned(),
                    message: shell.t("problem-password-wrong"),
                }]),
                ..usual.clone()
            };
            vec![usual, extreme]
        }
    }
}
