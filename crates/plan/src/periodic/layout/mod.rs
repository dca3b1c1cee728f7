//! How a report is laid out and what is drafted into it: data, in TOML, with the source of
//! each measure. What ships is `data/reports/periodic.toml`; a province keeps its own.

mod check;
mod sentences;
mod setup;

use std::collections::BTreeMap;

use office::docx::{Align, NumberForm, Style};
use serde::{Deserialize, Serialize};

pub(super) use sentences::fill;
pub use sentences::{Drafts, Obstacles, Words};

/// The layout that ships.
pub const SHIPPED: &str = include_str!("../../../../../data/reports/periodic.toml");

/// A layout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// What it is called.
    pub name: String,
    /// The paper.
    pub page: Page,
    /// How the three levels of headings are numbered.
    pub numbers: Vec<Level>,
    /// How each style looks.
    pub style: BTreeMap<Style, Shape>,
    /// What stands around the text.
    pub head: Head,
    /// The sections, in order.
    pub section: Vec<Section>,
    /// The annexes, in order.
    #[serde(default)]
    pub annex: Vec<Annex>,
    /// How standings and values read.
    pub words: Words,
    /// The sentences that sections are drafted from.
    pub drafts: Drafts,
    /// Those of the section on obstacles.
    #[serde(default)]
    pub obstacles: Obstacles,
}

/// Where a measure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sure {
    /// Read in a stored source.
    Found,
    /// From memory; nothing stored confirms it.
    Recalled,
    /// No rule says so.
    Own,
}

impl Sure {
    /// Its name in the file and in locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Recalled => "recalled",
            Self::Own => "own",
        }
    }
}

/// The paper, in millimetres.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, units included")]
pub struct Page {
    pub width_mm: u32,
    pub height_mm: u32,
    pub top_mm: u32,
    pub bottom_mm: u32,
    pub left_mm: u32,
    pub right_mm: u32,
    /// The typeface.
    pub font: String,
    pub cited: String,
    pub sure: Sure,
}

/// How a level of headings is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// How numbers are written.
    pub form: NumberForm,
    /// What stands after them.
    pub after: char,
}

/// How paragraphs of a style look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, units included")]
pub struct Shape {
    pub size_pt: u16,
    #[serde(default)]
    pub bold: bool,
    #[serde(default)]
    pub italic: bool,
    #[serde(default)]
    pub align: Align,
    #[serde(default)]
    pub first_line_tenths_mm: u32,
    #[serde(default)]
    pub before_pt: u32,
    #[serde(default)]
    pub after_pt: u32,
    #[serde(default = "single")]
    pub line_percent: u16,
    pub cited: String,
    pub sure: Sure,
}

const fn single() -> u16 {
    100
}

/// What stands around the text; `{…}` is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "the fields of an official paper, by their names"
)]
pub struct Head {
    pub country: String,
    pub motto: String,
    pub superior: String,
    pub issuer: String,
    pub symbol: String,
    pub place_date: String,
    /// The same while the day is open.
    pub place_date_open: String,
    pub kind: String,
    pub subject: String,
    pub capacity: String,
    pub recipients_word: String,
    pub recipients: Vec<String>,
    pub cited: String,
    pub sure: Sure,
}

/// A section of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its name among the sections.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// What is drafted into it.
    #[serde(default)]
    pub draft: Vec<Drafter>,
    /// Whether it has one part for each heading of targets; what is drafted stands there.
    #[serde(default)]
    pub each_group: bool,
    /// Its parts.
    #[serde(default)]
    pub part: Vec<Part>,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its name among the parts of the section.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// What is drafted into it.
    #[serde(default)]
    pub draft: Vec<Drafter>,
}

/// What can be drafted from the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "named as the sentences of the layout")]
pub enum Drafter {
    Opening,
    Counts,
    Reporting,
    Money,
    Group,
    Behind,
    Late,
    Findings,
    Causes,
    Obstacles,
    Hasten,
    Next,
}

/// An annex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annex {
    /// What it lists.
    pub source: Source,
    /// Of projects: the annex of the decision.
    #[serde(default)]
    pub of_annex: u32,
    /// Its title.
    pub title: String,
    /// What stands above the table.
    #[serde(default)]
    pub note: String,
    /// Whether its pages lie.
    #[serde(default)]
    pub landscape: bool,
    /// Its columns.
    pub column: Vec<Column>,
}

/// What an annex lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The targets with their figures.
    Targets,
    /// The projects of one annex of the decision.
    Projects,
}

/// A column of an annex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// What stands in it.
    pub value: ColumnValue,
    /// Its heading.
    pub title: String,
    /// Its part of the page's width.
    pub share: u32,
    /// Where its words stand.
    #[serde(default)]
    pub align: Align,
}

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    missing_docs,
    reason = "the columns of the decision's annexes, by their names"
)]
pub enum ColumnValue {
    Number,
    Code,
    Name,
    Goal,
    Leads,
    Partners,
    LegalBases,
    Figure,
    Standing,
    Total,
    Recurrent,
    Capital,
    Estimate,
    Contracted,
    Paid,
    PaidRecurrent,
    PaidCapital,
    Note,
}

impl ColumnValue {
    const fn of(self) -> &'static [Source] {
        match self {
            Self::Number
            | Self::Goal
            | Self::Partners
            | Self::LegalBases
            | Self::Figure
            | Self::Standing => &[Source::Targets],
            Self::Code
            | Self::Total
            | Self::Recurrent
            | Self::Capital
            | Self::Estimate
            | Self::Contracted
            | Self::Paid
            | Self::PaidRecurrent
            | Self::PaidCapital
            | Self::Note => &[Source::Projects],
            Self::Name | Self::Leads => &[Source::Targets, Source::Projects],
        }
    }

    /// Whether it holds amounts of money, in đồng.
    pub const fn is_money(self) -> bool {
        matches!(
            self,
            Self::Total
                | Self::Recurrent
                | Self::Capital
                | Self::Estimate
                | Self::Contracted
                | Self::Paid
                | Self::PaidRecurrent
                | Self::PaidCapital
        )
    }
}

/// Why a layout cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// It is no such file: what the reader of the format says, with line and column.
    #[error("{0}")]
    Unreadable(String),
    /// Something in it does not hold: where, and what is wrong.
    #[error("{at}: {what}")]
    Wrong {
        /// The table and its key.
        at: String,
        /// What is wrong.
        what: String,
    },
}

impl Layout {
    /// The layout that ships.
    pub fn shipped() -> Result<Self, LayoutError> {
        Self::read(SHIPPED)
    }

    /// Reads a layout and checks that documents can be made with it.
    pub fn read(text: &str) -> Result<Self, LayoutError> {
        let layout: Self =
            toml::from_str(text).map_err(|error| LayoutError::Unreadable(error.to_string()))?;
        layout.check()?;
        Ok(layout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_that_ships_keeps_within_the_decree() {
        let layout = Layout::shipped().unwrap();
        let page = &layout.page;
        assert!((20..=25).contains(&page.top_mm) && (20..=25).contains(&page.bottom_mm));
        assert!((30..=35).contains(&page.left_mm) && (15..=20).contains(&page.right_mm));
        let body = &layout.style[&Style::Body];
        assert!((13..=14).contains(&body.size_pt) && body.after_pt >= 6);
        assert!((100..=150).contains(&body.line_percent));
        for style in Style::ALL {
            assert!(layout.style.contains_key(style), "{style:?}");
        }
    }

    #[test]
    fn what_does_not_hold_is_named() {
        let wrong = |from: &str, to: &str| {
            assert!(SHIPPED.contains(from), "{from}");
            Layout::read(&SHIPPED.replacen(from, to, 1))
                .unwrap_err()
                .to_string()
        };
        assert!(wrong("left_mm = 30", "left_mm = 300").contains("page"));
        assert!(wrong("share = 26", "share = 27").contains("Σ share"));
        assert!(wrong("{unit} báo cáo", "{units} báo cáo").contains("{units}"));
        assert!(wrong("value = \"goal\"", "value = \"gaol\"").contains("gaol"));
        assert!(wrong("key = \"ky-toi\"", "key = \"nhom\"").contains("nhom"));
        assert!(wrong("late = \"", "later = \"").contains("later"));
    }
}
