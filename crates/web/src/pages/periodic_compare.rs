//! A signed report beside the figures of today; and how reports are laid out.

use askama::Template;

use super::parts::{FormErrors, Link};
use super::{Shell, links};

/// The page of differences.
#[derive(Clone, Debug, Template)]
#[template(path = "periodic_compare.html")]
pub struct PeriodicCompare {
    /// The frame.
    pub shell: Shell,
    /// The report.
    pub report: Link,
    /// Whether it is signed: before that it follows the figures.
    pub signed: bool,
    /// What differs.
    pub rows: Vec<DifferenceRow>,
    /// Every figure as it was signed, with the reports that it was made of.
    pub kept: Vec<KeptRow>,
}

/// A figure as it was signed.
#[derive(Clone, Debug)]
pub struct KeptRow {
    /// The target's number.
    pub number: u16,
    /// What was measured.
    pub name: String,
    /// What it said.
    pub text: String,
    /// The reports that it was made of, by version.
    pub sources: Vec<SourceRow>,
}

/// A figure that differs.
#[derive(Clone, Debug)]
pub struct DifferenceRow {
    /// The target's number.
    pub number: u16,
    /// What is measured.
    pub name: String,
    /// As it was signed.
    pub then: String,
    /// How it stood.
    pub then_standing: String,
    /// As it is now.
    pub now: String,
    /// How it stands.
    pub now_standing: String,
    /// The reports behind it that differ: unit and versions, with the way to each.
    pub sources: Vec<SourceRow>,
}

/// A report behind a figure that differs.
#[derive(Clone, Debug)]
pub struct SourceRow {
    /// The unit.
    pub unit: String,
    /// What changed, in words.
    pub what: String,
    /// Its history.
    pub href: String,
}

/// The form of the layout. It sends `phien-ban` and `mau`.
#[derive(Clone, Debug, Template)]
#[template(path = "periodic_layout.html")]
pub struct PeriodicLayout {
    /// The frame.
    pub shell: Shell,
    /// The version that it is written over; 0 for the one that ships.
    pub version: i64,
    /// The text, as typed.
    pub text: String,
    /// What somebody else put in force meanwhile.
    pub theirs: Option<String>,
    /// Where each measure comes from.
    pub measures: Vec<MeasureRow>,
    /// Whether the reader may change it.
    pub changes: bool,
    /// What is wrong.
    pub errors: FormErrors,
}

/// Where a measure comes from.
#[derive(Clone, Debug)]
pub struct MeasureRow {
    /// The table in the file.
    pub name: String,
    /// The source.
    pub cited: String,
    /// The key of how sure that is.
    pub sure: &'static str,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for PeriodicCompare {
        const NAME: &'static str = "periodic-compare";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                report: Link::new(links::periodic("0192f3"), "Báo cáo quý III/2023"),
                signed: true,
                rows: vec![DifferenceRow {
                    number: 19,
                    name: HOSTILE.to_owned(),
                    then: "79% (79/100)".to_owned(),
                    then_standing: "Đạt".to_owned(),
                    now: LONG.to_owned(),
                    now_standing: "Chậm".to_owned(),
                    sources: vec![SourceRow {
                        unit: "Sở Nội vụ".to_owned(),
                        what: "4 → 9".to_owned(),
                        href: links::report_step("0192f5", links::ReportStep::History),
                    }],
                }],
                kept: vec![KeptRow {
                    number: 19,
                    name: LONG.to_owned(),
                    text: "79% (79/100)".to_owned(),
                    sources: vec![SourceRow {
                        unit: HOSTILE.to_owned(),
                        what: "phiên bản 4".to_owned(),
                        href: links::report_step("0192f5", links::ReportStep::History),
                    }],
                }],
            };
            let empty = Self {
                rows: Vec::new(),
                ..usual.clone()
            };
            let open = Self {
                signed: false,
                kept: Vec::new(),
                ..empty.clone()
            };
            vec![usual, empty, open]
        }
    }

    impl Sampled for PeriodicLayout {
        const NAME: &'static str = "periodic-layout";

        fn samples(shell: &Shell) -> Vec<Self> {
            let usual = Self {
                shell: samples::officer(shell),
                version: 0,
                text: "name = \"Mẫu\"".to_owned(),
                theirs: None,
                measures: vec![MeasureRow {
                    name: "page".to_owned(),
                    cited: "NĐ 30/2020/NĐ-CP".to_owned(),
                    sure: "periodic-sure-found",
                }],
                changes: true,
                errors: FormErrors::default(),
            };
            let extreme = Self {
                text: HOSTILE.to_owned(),
                theirs: Some(LONG.to_owned()),
                changes: false,
                ..usual.clone()
            };
            vec![usual, extreme]
        }
    }
}
