//! Opening a call for reports: the form, and what it would make.

use askama::Template;

use super::parts::{Choice, FormErrors};
use super::{Shell, links};

/// The form (GET: `ten`, `ky`, `pham-vi`, `nhom`, `so`, `doi-tuong`, `han`, `so-ngay`,
/// `nhac-can-bo`, `nhac-lanh-dao`, `nhac-cap-tren`) and the preview, whose button sends the
/// same by POST.
#[derive(Clone, Debug, Template)]
#[template(path = "campaign_new.html")]
pub struct CampaignNew {
    /// The frame.
    pub shell: Shell,
    /// The title as typed.
    pub title: String,
    /// Periods to choose from.
    pub periods: Vec<Choice>,
    /// Which targets: all, of a group, of chosen numbers.
    pub which: Vec<Choice>,
    /// Groups of targets.
    pub groups: Vec<Choice>,
    /// Numbers as typed: `1-12, 35`.
    pub numbers: String,
    /// Sets of units.
    pub reporters: Vec<Choice>,
    /// The due day as typed (`2023-10-13` or `13/10/2023`); empty to count days.
    pub due: String,
    /// Working days as typed.
    pub days: String,
    /// When whom to remind: field, key of its label, working days as typed.
    pub reminders: Vec<(&'static str, &'static str, String)>,
    /// What it would make.
    pub preview: Option<PreviewShown>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// What opening would make.
#[derive(Clone, Debug)]
pub struct PreviewShown {
    /// How many sheets and lines, until when, in words.
    pub summary: String,
    /// As of which day units were looked up, in words.
    pub units_on: String,
    /// What sharing saves, in words; empty where it saves nothing.
    pub shared: String,
    /// Units and how many lines each gets.
    pub sheets: Vec<(String, usize)>,
    /// Targets that nobody would report on.
    pub nobody: Vec<u16>,
    /// Bodies that lead targets and are no units, by name.
    pub outside: Vec<String>,
    /// What the button sends.
    pub fields: Vec<(&'static str, String)>,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for CampaignNew {
        const NAME: &'static str = "campaign_new";

        fn samples(shell: &Shell) -> Vec<Self> {
            let choice = |value: &str, label: &str| Choice {
                value: value.to_owned(),
                label: label.to_owned(),
                selected: value == "2023Q3",
            };
            let usual = Self {
                shell: samples::officer(shell),
                title: "Báo cáo quý III/2023".to_owned(),
                periods: vec![choice("2023Q3", "Quý III/2023")],
                which: vec![choice("tat-ca", "Tất cả"), choice("so", LONG)],
                groups: vec![choice("I", LONG)],
                numbers: "1-12, 35".to_owned(),
                reporters: vec![choice("", "Tất cả"), choice("districts", HOSTILE)],
                due: String::new(),
                days: "5".to_owned(),
                reminders: vec![("nhac-can-bo", "campaign-remind-officer", "-3".to_owned())],
                preview: None,
                errors: FormErrors::default(),
            };
            let previewed = Self {
                preview: Some(PreviewShown {
                    summary: LONG.to_owned(),
                    units_on: HOSTILE.to_owned(),
                    shared: String::new(),
                    sheets: (1..200).map(|lines| (LONG.to_owned(), lines)).collect(),
                    nobody: vec![3, 120],
                    outside: vec![HOSTILE.to_owned(), LONG.to_owned()],
                    fields: vec![("ten", HOSTILE.to_owned())],
                }),
                errors: FormErrors(vec![FieldError {
                    field: "ten".to_owned(),
                    message: HOSTILE.to_owned(),
                }]),
                ..usual.clone()
            };
            vec![usual, previewed]
        }
    }
}
