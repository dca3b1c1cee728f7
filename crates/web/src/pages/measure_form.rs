//! The form for how a target is measured.

use askama::Template;

use super::measures::Method;
use super::parts::{Choice, FormErrors};
use super::{Shell, links};

/// The form. For each measure, counted from 1, it sends `chi-so-1` (identity),
/// `phien-ban-1`, `loai-1`, `chieu-1`, `muc-1`, `don-vi-1`, `dem-1`, `tren-1`,
/// `han-1` and `moc-dau-1`.
#[derive(Clone, Debug, Template)]
#[template(path = "measure_form.html")]
pub struct MeasureForm {
    /// The frame.
    pub shell: Shell,
    /// The target's number.
    pub number: u16,
    /// What to do, as written.
    pub title: String,
    /// The goal, as written.
    pub goal: String,
    /// Its measures as they stand, with what was typed.
    pub measures: Vec<TypedMeasure>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// One measure, as typed.
#[derive(Clone, Debug)]
pub struct TypedMeasure {
    /// Its place, from 1.
    pub place: usize,
    /// What it measures.
    pub name: String,
    /// As it stands.
    pub method: Method,
    /// The indicator.
    pub id: String,
    /// The version that was read.
    pub version: String,
    /// The kinds to choose from.
    pub kinds: Vec<Choice>,
    /// The sides on which a goal may lie.
    pub bounds: Vec<Choice>,
    /// What is to be reached.
    pub value: String,
    /// The thing counted.
    pub unit: String,
    /// What is counted, done or told of.
    pub counts: String,
    /// What the denominator counts.
    pub among: String,
    /// The day on which it is due, where it has one of its own.
    pub due: String,
    /// Where it stood before the plan.
    pub baseline: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for MeasureForm {
        const NAME: &'static str = "measure-form";

        fn samples(shell: &Shell) -> Vec<Self> {
            let measure = |place: usize, counts: &str| TypedMeasure {
                place,
                name: samples::target_row(4).title,
                method: samples::method(),
                id: "0192f3".to_owned(),
                version: "1".to_owned(),
                kinds: vec![Choice::default()],
                bounds: vec![Choice::default()],
                value: "85".to_owned(),
                unit: String::new(),
                counts: counts.to_owned(),
                among: "hồ sơ công việc".to_owned(),
                due: "2023-06-30".to_owned(),
                baseline: "61,5".to_owned(),
            };
            let usual = Self {
                shell: samples::officer(shell),
                number: 12,
                title: samples::target_row(4).title,
                goal: "85%".to_owned(),
                measures: vec![measure(1, "hồ sơ xử lý trên môi trường mạng")],
                errors: FormErrors::default(),
            };
            let refused = Self {
                measures: vec![measure(1, HOSTILE), measure(2, LONG)],
                errors: FormErrors(vec![FieldError {
                    field: "dem-2".to_owned(),
                    message: "Ô này cần được nhập.".to_owned(),
                }]),
                ..usual.clone()
            };
            vec![usual, refused]
        }
    }
}
