//! The link by which a body without accounts fills in its sheet, as whoever runs the call sees it.

use askama::Template;
use jiff::civil::{Date, DateTime};

use super::inbox::Due;
use super::parts::FormErrors;
use super::{Shell, links};

/// The link of a sheet. Its form sends `phien-ban`, `den-ngay`, `thu` (where mail goes out) and
/// `viec` = `tao` or `gui-thu`; withdrawing sends `phien-ban`.
#[derive(Clone, Debug, Template)]
#[template(path = "sheet_link.html")]
pub struct SheetLinkPage {
    /// The frame.
    pub shell: Shell,
    /// The campaign.
    pub campaign: String,
    /// What the campaign is called.
    pub title: String,
    /// The body's identity.
    pub unit: String,
    /// The body's name.
    pub unit_name: String,
    /// The period, in words.
    pub period: String,
    /// Until when.
    pub due: Option<Due>,
    /// The key of where the sheet stands.
    pub stage: String,
    /// Whether a link may be made.
    pub makes: bool,
    /// Whether nobody has an account for the body.
    pub without_accounts: bool,
    /// The link, if one was ever made.
    pub link: Option<LinkShown>,
    /// The version that was read; 0 where there is none.
    pub version: i64,
    /// The last day of a new one, as typed.
    pub ends_on: String,
    /// The furthest day that may be chosen.
    pub furthest: Date,
    /// Today, as a form writes it.
    pub today: String,
    /// Where it is mailed to, as typed.
    pub email: String,
    /// Whether mail goes out.
    pub mails: bool,
    /// The link that was just made, told this once.
    pub handed: Option<String>,
    /// The message to the body; empty where its sheet is not waited for.
    pub message: String,
    /// What could not be done.
    pub errors: FormErrors,
}

/// A link as it stands.
#[derive(Clone, Debug)]
pub struct LinkShown {
    /// The key of how it stands.
    pub standing: &'static str,
    /// Whether it opens the sheet.
    pub open: bool,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: DateTime,
    /// Its last day.
    pub ends_on: Date,
    /// Where it is mailed to; empty where it is handed over.
    pub email: String,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for SheetLinkPage {
        const NAME: &'static str = "sheet-link";

        fn samples(shell: &Shell) -> Vec<Self> {
            let fresh = Self {
                shell: samples::officer(shell),
                campaign: "0192f3".to_owned(),
                title: "Báo cáo quý III/2023".to_owned(),
                unit: "0192f4".to_owned(),
                unit_name: LONG.to_owned(),
                period: "quý III/2023".to_owned(),
                due: Some(Due {
                    at: samples::moment(13, 23, 59),
                    days_left: 3,
                }),
                stage: "sheet-stage-not-opened".to_owned(),
                makes: true,
                without_accounts: true,
                link: None,
                version: 0,
                ends_on: "2023-10-27".to_owned(),
                furthest: date(2024, 1, 13),
                today: "2023-10-12".to_owned(),
                email: String::new(),
                mails: true,
                handed: None,
                message: HOSTILE.to_owned(),
                errors: FormErrors::default(),
            };
            let made = Self {
                link: Some(LinkShown {
                    standing: "sheet-link-open",
                    open: true,
                    made_by: HOSTILE.to_owned(),
                    made_at: samples::moment(12, 8, 0),
                    ends_on: date(2023, 10, 27),
                    email: "bao.cao@vidu.vn".to_owned(),
                }),
                version: 2,
                handed: Some(links::sheet_by_link(LONG)),
                ..fresh.clone()
            };
            let over = Self {
                makes: false,
                without_accounts: false,
                message: String::new(),
                handed: None,
                errors: FormErrors(vec![FieldError {
                    field: "den-ngay".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
                ..made.clone()
            };
            vec![fresh, made, over]
        }
    }
}
