//! The form for what is stated of a plan as a whole: an amount or a day, with its source.

use askama::Template;

use crate::pages::parts::{Choice, FormErrors, Link};
use crate::pages::{Shell, links};

/// The page. It sends `phien-ban`, `nguon` and either `so-tien` with `don-vi-tinh`, or `ngay`.
#[derive(Clone, Debug, Template)]
#[template(path = "project/stated.html")]
pub struct StatedForm {
    /// The frame.
    pub shell: Shell,
    /// What is stated.
    pub title: String,
    /// What it is for.
    pub lead: String,
    /// The page that it belongs to.
    pub back: Link,
    /// Where the form goes.
    pub action: &'static str,
    /// The version that was read; 0 where nothing was stated.
    pub version: i64,
    /// The amount as typed; none where a day is stated.
    pub amount: Option<String>,
    /// The units of money to choose from.
    pub money_units: Vec<Choice>,
    /// The day as typed.
    pub day: String,
    /// Where it comes from.
    pub source: String,
    /// What is wrong with the form.
    pub errors: FormErrors,
}

#[cfg(test)]
mod sampled {
    use super::super::list::sampled::choice;
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for StatedForm {
        const NAME: &'static str = "stated-form";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::administrator(shell),
                title: LONG.to_owned(),
                lead: LONG.to_owned(),
                back: samples::unit_link(HOSTILE),
                action: links::PROJECT_BUDGET,
                version: 1,
                amount: Some(HOSTILE.to_owned()),
                money_units: vec![choice("đồng")],
                day: "2023-06-30".to_owned(),
                source: HOSTILE.to_owned(),
                errors: FormErrors::default(),
            };
            let day = Self {
                amount: None,
                ..usual.clone()
            };
            vec![usual, day]
        }
    }
}
