//! Accounts and invitations, for administrators.

use askama::Template;
use jiff::civil::DateTime;

use super::account::SessionRow;
use super::parts::{Choice, FormErrors, Pager};
use super::tokens::TokenRow;
use super::{Shell, links};

/// A link that is shown this once, to hand over.
#[derive(Clone, Debug)]
pub struct Handed {
    /// The address.
    pub href: String,
    /// For whom.
    pub name: String,
    /// How many days it lasts.
    pub days: u32,
}

/// All accounts, open invitations, and the form for another one (POST `ho-ten`, `thu`,
/// `vai-tro`, `don-vi`).
#[derive(Clone, Debug, Template)]
#[template(path = "accounts.html")]
pub struct Accounts {
    /// The frame.
    pub shell: Shell,
    /// The link of an invitation.
    pub link: Option<Handed>,
    /// Accounts by name.
    pub accounts: Vec<AccountRow>,
    /// More accounts.
    pub pager: Pager,
    /// Whether accounts of every unit are the reader's matter.
    pub every: bool,
    /// Invitations that nobody has taken up.
    pub invitations: Vec<InvitationRow>,
    /// The form.
    pub invite: InviteForm,
    /// What is wrong.
    pub errors: FormErrors,
}

/// What the form for an invitation shows.
#[derive(Clone, Debug, Default)]
pub struct InviteForm {
    /// The name as typed.
    pub name: String,
    /// The mail address as typed.
    pub email: String,
    /// The unit as typed.
    pub unit: String,
    /// The roles.
    pub roles: Vec<Choice>,
    /// The names of units.
    pub units: Vec<String>,
}

/// One account.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// Its identity.
    pub id: String,
    /// Name.
    pub name: String,
    /// Login.
    pub login: String,
    /// Roles with units, in the reader's language.
    pub roles: Vec<String>,
    /// Whether it may not sign in.
    pub disabled: bool,
}

/// One invitation.
#[derive(Clone, Debug)]
pub struct InvitationRow {
    /// Its identity.
    pub id: String,
    /// Name.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Roles with units, in the reader's language.
    pub roles: Vec<String>,
    /// When its link ends.
    pub ends: DateTime,
    /// Whether it can be mailed.
    pub mailable: bool,
}

/// One account: name and mail, roles, new password, closing it.
#[derive(Clone, Debug, Template)]
#[template(path = "account_edit.html")]
pub struct AccountEdit {
    /// The frame.
    pub shell: Shell,
    /// A link to a new password.
    pub link: Option<Handed>,
    /// Its identity.
    pub id: String,
    /// The version that forms are about.
    pub version: i64,
    /// Login.
    pub login: String,
    /// Name.
    pub name: String,
    /// Mail address; empty where it is hidden.
    pub email: String,
    /// Whether the reader is not shown the mail address.
    pub email_hidden: bool,
    /// Whether it may not sign in.
    pub disabled: bool,
    /// Whether the reader may ask why it may do what.
    pub explains: bool,
    /// What it may do where.
    pub grants: Vec<GrantRow>,
    /// Roles to add.
    pub roles: Vec<Choice>,
    /// The names of units.
    pub units: Vec<String>,
    /// Where somebody is signed in to it.
    pub sessions: Vec<SessionRow>,
    /// With what programs act for it.
    pub tokens: Vec<TokenRow>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// One grant.
#[derive(Clone, Debug)]
pub struct GrantRow {
    /// The role as it is sent.
    pub role: String,
    /// The unit's identity.
    pub unit: String,
    /// In the reader's language.
    pub label: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    fn roles() -> Vec<Choice> {
        vec![Choice {
            value: "officer".to_owned(),
            label: "Cán bộ báo cáo".to_owned(),
            selected: true,
        }]
    }

    #[expect(clippy::unnecessary_wraps, reason = "the page shows it or nothing")]
    fn handed() -> Option<Handed> {
        Some(Handed {
            href: "http://localhost:8080/loi-moi/x".to_owned(),
            name: LONG.to_owned(),
            days: 7,
        })
    }

    impl Sampled for Accounts {
        const NAME: &'static str = "accounts";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |name: &str, disabled| AccountRow {
                id: "1".to_owned(),
                name: name.to_owned(),
                login: "ngoc.ntb".to_owned(),
                roles: vec!["Cán bộ báo cáo, Sở Nội vụ".to_owned()],
                disabled,
            };
            let usual = Self {
                shell: samples::administrator(shell),
                link: None,
                accounts: vec![row("Nguyễn Thị Bích Ngọc", false), row(HOSTILE, true)],
                pager: Pager::default(),
                every: true,
                invitations: Vec::new(),
                invite: InviteForm {
                    roles: roles(),
                    units: vec![LONG.to_owned()],
                    ..InviteForm::default()
                },
                errors: FormErrors::default(),
            };
            let more = Self {
                every: false,
                link: handed(),
                invitations: vec![InvitationRow {
                    id: "1".to_owned(),
                    name: LONG.to_owned(),
                    email: "a@b.vn".to_owned(),
                    roles: vec![LONG.to_owned()],
                    ends: samples::moment(9, 8, 0),
                    mailable: true,
                }],
                errors: FormErrors(vec![FieldError {
                    field: "thu".to_owned(),
                    message: shell.t("problem-email-invalid"),
                }]),
                ..usual.clone()
            };
            vec![usual, more]
        }
    }

    impl Sampled for AccountEdit {
        const NAME: &'static str = "account_edit";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::administrator(shell),
                link: None,
                id: "1".to_owned(),
                version: 3,
                login: "ngoc.ntb".to_owned(),
                name: "Nguyễn Thị Bích Ngọc".to_owned(),
                email: "ngoc.ntb@vinhlong.gov.vn".to_owned(),
                email_hidden: false,
                disabled: false,
                explains: true,
                grants: vec![GrantRow {
                    role: "officer".to_owned(),
                    unit: "1".to_owned(),
                    label: LONG.to_owned(),
                }],
                roles: roles(),
                units: vec![LONG.to_owned()],
                sessions: vec![SessionRow {
                    id: "1".to_owned(),
                    device: "Chrome, Android".to_owned(),
                    address: "10.61.4.18".to_owned(),
                    started: samples::moment(2, 7, 30),
                    seen: samples::moment(3, 10, 42),
                    current: false,
                }],
                tokens: vec![TokenRow {
                    id: "1".to_owned(),
                    label: LONG.to_owned(),
                    scope: shell.t("token-reads"),
                    used: None,
                    ends: samples::moment(9, 8, 0),
                    ended: false,
                }],
                errors: FormErrors::default(),
            };
            let closed = Self {
                link: handed(),
                explains: false,
                disabled: true,
                name: HOSTILE.to_owned(),
                grants: Vec::new(),
                sessions: Vec::new(),
                tokens: Vec::new(),
                ..usual.clone()
            };
            vec![usual, closed]
        }
    }
}
