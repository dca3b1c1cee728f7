//! Roles: the list, one role with what it grants, the form with its preview.

use askama::Template;
use jiff::civil::DateTime;

use super::parts::{Choice, FormErrors, Link, Pager};
use super::{Shell, links};

/// The list of roles.
#[derive(Clone, Debug, Template)]
#[template(path = "roles.html")]
pub struct Roles {
    /// The frame.
    pub shell: Shell,
    /// What went wrong before.
    pub errors: FormErrors,
    /// The roles.
    pub rows: Vec<RoleRow>,
}

/// One role of the list.
#[derive(Clone, Debug)]
pub struct RoleRow {
    /// Its page.
    pub role: Link,
    /// Whence it comes.
    pub origin: String,
    /// How many grants it has.
    pub grants: usize,
    /// How many people hold it today; none where everybody does.
    pub holders: Option<usize>,
}

/// One role.
#[derive(Clone, Debug, Template)]
#[template(path = "role.html")]
pub struct RolePage {
    /// The frame.
    pub shell: Shell,
    /// What was refused.
    pub errors: FormErrors,
    /// Its code.
    pub code: String,
    /// The version that the page shows.
    pub version: i64,
    /// What it is called.
    pub name: String,
    /// Whence it comes.
    pub origin: String,
    /// On which days it grants anything.
    pub span: String,
    /// What it grants, a sentence each.
    pub grants: Vec<String>,
    /// Who holds it today: a page of them.
    pub holders: Vec<Link>,
    /// How many hold it today.
    pub holding: usize,
    /// Neighbouring pages of them.
    pub pager: Pager,
    /// How it stood before, the latest first.
    pub history: Vec<RoleVersionRow>,
    /// Whether it can be changed.
    pub editable: bool,
    /// Whether it was made here, and can be removed.
    pub removable: bool,
    /// Whether it ships and was changed here, and can be put back.
    pub changed: bool,
}

/// One version of a role.
#[derive(Clone, Debug)]
pub struct RoleVersionRow {
    /// The version.
    pub version: i64,
    /// When it was written.
    pub at: DateTime,
    /// Who wrote it.
    pub person: String,
    /// What it granted.
    pub grants: Vec<String>,
}

/// The form of a role.
#[derive(Clone, Debug, Template)]
#[template(path = "role_form.html")]
pub struct RoleForm {
    /// The frame.
    pub shell: Shell,
    /// What the form does.
    pub title: String,
    /// Where one came from.
    pub back: Link,
    /// Where it goes.
    pub action: String,
    /// The version that it was made from; 0 for one that ships or is new.
    pub version: i64,
    /// What was previewed, as a digest; empty where nothing was.
    pub seen: String,
    /// The code.
    pub code: String,
    /// Whether the code can be chosen.
    pub is_new: bool,
    /// The name in Vietnamese.
    pub name_vi: String,
    /// The name in English.
    pub name_en: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub last: String,
    /// The grants.
    pub grants: Vec<GrantFields>,
    /// What it would change, once asked for.
    pub preview: Option<RolePreview>,
    /// What somebody else saved meanwhile.
    pub theirs: Option<RoleTheirs>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// The fields of one grant.
#[derive(Clone, Debug)]
pub struct GrantFields {
    /// Its number, from 1.
    pub number: usize,
    /// What its fields' names begin with: `q0`.
    pub prefix: String,
    /// What it says as it stands; empty for a new one.
    pub said: String,
    /// On what.
    pub kinds: Vec<Choice>,
    /// To do what.
    pub verbs: Vec<Choice>,
    /// How far.
    pub reach: Vec<Choice>,
    /// In which states.
    pub states: Vec<Choice>,
    /// Where what holds.
    pub condition: String,
    /// Without which fields.
    pub masks: String,
    /// Not to whoever submitted it.
    pub four_eyes: bool,
    /// Whether it is to be left out.
    pub dropped: bool,
}

impl GrantFields {
    /// The name of one of its fields.
    pub fn field(&self, name: &str) -> String {
        format!("{}-{name}", self.prefix)
    }
}

/// What an edit would change.
#[derive(Clone, Debug)]
pub struct RolePreview {
    /// Whether it is shown because what was to be saved differed from what had been seen.
    pub again: bool,
    /// By day: today, and the day from which the role holds if that is to come.
    pub days: Vec<PreviewDay>,
    /// What the role would grant.
    pub grants: Vec<String>,
}

/// What an edit would change on a day.
#[derive(Clone, Debug)]
pub struct PreviewDay {
    /// The day, and how many gain and lose.
    pub counts: String,
    /// Who would be allowed more.
    pub gain: Vec<Link>,
    /// Who would be allowed less.
    pub lose: Vec<Link>,
    /// What says that not everybody was looked at; empty where all were.
    pub cut: String,
}

/// What somebody else saved meanwhile, beside what was typed.
#[derive(Clone, Debug)]
pub struct RoleTheirs {
    /// Who, and when.
    pub by: String,
    /// The role as it stands now.
    pub theirs: Vec<String>,
    /// The role as it was typed.
    pub mine: Vec<String>,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    fn errors(fields: &[&str]) -> FormErrors {
        let error = |field: &&str| FieldError {
            field: (*field).to_owned(),
            message: HOSTILE.to_owned(),
        };
        FormErrors(fields.iter().map(error).collect())
    }

    impl Sampled for Roles {
        const NAME: &'static str = "roles";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |name: &str, holders| RoleRow {
                role: Link::new(links::role("head"), name),
                origin: shell.t("roles-shipped"),
                grants: 4,
                holders,
            };
            let usual = Self {
                shell: samples::administrator(shell),
                errors: FormErrors::default(),
                rows: vec![row("Lãnh đạo đơn vị", Some(12)), row("Mọi người", None)],
            };
            let extreme = Self {
                rows: vec![row(HOSTILE, Some(0)), row(LONG, Some(2_000))],
                errors: errors(&["bo"]),
                ..usual.clone()
            };
            vec![usual, extreme]
        }
    }

    impl Sampled for RolePage {
        const NAME: &'static str = "role";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::administrator(shell),
                errors: FormErrors::default(),
                code: "thanh_tra".to_owned(),
                version: 2,
                name: "Thanh tra".to_owned(),
                origin: shell.t("roles-own"),
                span: shell.t("right-span-always"),
                grants: vec!["xem báo cáo số liệu của mọi đơn vị".to_owned()],
                holders: vec![Link::new("/x", "Phạm Thị Lan (lan.pt)")],
                holding: 1,
                pager: Pager::default(),
                history: vec![RoleVersionRow {
                    version: 2,
                    at: samples::moment(3, 9, 5),
                    person: "Phạm Thị Lan".to_owned(),
                    grants: vec!["xem báo cáo".to_owned()],
                }],
                editable: true,
                removable: true,
                changed: false,
            };
            let bare = Self {
                grants: Vec::new(),
                holders: Vec::new(),
                holding: 0,
                history: Vec::new(),
                editable: false,
                removable: false,
                ..usual.clone()
            };
            let extreme = Self {
                name: HOSTILE.to_owned(),
                grants: vec![HOSTILE.to_owned(); 200],
                holders: vec![Link::new("/x", LONG); 300],
                holding: 12_034,
                pager: Pager {
                    previous: Some(links::ROLES.to_owned()),
                    next: Some(format!("{}?sau=00", links::ROLES)),
                },
                changed: true,
                errors: errors(&["bo"]),
                ..usual.clone()
            };
            vec![usual, bare, extreme]
        }
    }

    impl Sampled for RoleForm {
        const NAME: &'static str = "role-form";

        fn samples(shell: &Shell) -> Vec<Self> {
            let choice = |label: &str| Choice {
                value: "read".to_owned(),
                label: label.to_owned(),
                selected: true,
            };
            let grant = |said: &str| GrantFields {
                number: 1,
                prefix: "q0".to_owned(),
                said: said.to_owned(),
                kinds: vec![choice(said)],
                verbs: vec![choice(said)],
                reach: vec![choice(said)],
                states: vec![choice(said)],
                condition: said.to_owned(),
                masks: "email".to_owned(),
                four_eyes: true,
                dropped: true,
            };
            let usual = Self {
                shell: samples::administrator(shell),
                title: shell.t("role-new"),
                back: Link::new(links::ROLES, shell.t("roles-title")),
                action: links::ROLE_NEW.to_owned(),
                version: 0,
                seen: String::new(),
                code: String::new(),
                is_new: true,
                name_vi: String::new(),
                name_en: String::new(),
                from: String::new(),
                last: "2027-12-31".to_owned(),
                grants: vec![grant("")],
                preview: None,
                theirs: None,
                errors: FormErrors::default(),
            };
            let previewed = Self {
                is_new: false,
                grants: vec![grant(HOSTILE)],
                seen: "00".to_owned(),
                preview: Some(RolePreview {
                    again: true,
                    days: vec![
                        PreviewDay {
                            counts: LONG.to_owned(),
                            gain: vec![Link::new("/x", HOSTILE); 4],
                            lose: vec![Link::new("/x", LONG)],
                            cut: LONG.to_owned(),
                        },
                        PreviewDay {
                            counts: LONG.to_owned(),
                            gain: Vec::new(),
                            lose: Vec::new(),
                            cut: String::new(),
                        },
                    ],
                    grants: Vec::new(),
                }),
                ..usual.clone()
            };
            let wrong = Self {
                name_vi: HOSTILE.to_owned(),
                theirs: Some(RoleTheirs {
                    by: HOSTILE.to_owned(),
                    theirs: vec![LONG.to_owned()],
                    mine: Vec::new(),
                }),
                errors: errors(&["ma", "ten-vi", "den-ngay", "q0-doi-tuong", "q0-dieu-kien"]),
                ..usual.clone()
            };
            vec![usual, previewed, wrong]
        }
    }
}
