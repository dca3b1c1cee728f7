//! How a report is laid out and what is drafted into it: data, in TOML, with the source of
//! each measure. What ships is `data/reports/periodic.toml`; a province keeps its own.

use std::collections::{BTreeMap, BTreeSet};

use office::docx::{Align, Length, Look, NumberForm, Numbers, Paper, Setup, Style};
use serde::{Deserialize, Serialize};

/// The layout that ships.
pub const SHIPPED: &str = include_str!("../../../../data/reports/periodic.toml");

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
            Self::Code | Self::Total | Self::Recurrent | Self::Capital | Self::Note => {
                &[Source::Projects]
            }
            Self::Name | Self::Leads => &[Source::Targets, Source::Projects],
        }
    }

    /// Whether it holds amounts of money, in đồng.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Total | Self::Recurrent | Self::Capital)
    }
}

macro_rules! sentences {
    ($(#[$doc:meta])* $name:ident: $($field:ident($($known:literal),*),)*) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[expect(missing_docs, reason = "named as what they say")]
        pub struct $name {
            $(pub $field: String,)*
        }

        impl $name {
            /// Each sentence, and the names that it may fill in.
            fn each(&self) -> Vec<(&'static str, &str, &'static [&'static str])> {
                vec![$((stringify!($field), self.$field.as_str(), &[$($known),*] as &[_]),)*]
            }
        }
    };
}

sentences! {
    /// How standings and values read.
    Words:
    done(), on_track(), at_risk(), off_track(), no_data(), duty_kept(), duty_missed(),
    reached(), not_reached(), nothing(), no_amount(),
    more_units("count"), annex("number"), attached("period", "unit"), millions("amount"),
}

sentences! {
    /// The sentences that sections are drafted from.
    Drafts:
    opening("plan", "title", "unit", "period", "until"),
    counts(), reporting(), money(),
    group("group", "code"), group_measured("group", "code"),
    group_line("number", "place", "name", "goal", "leads"), group_nothing("group", "code"),
    behind(), behind_line("number", "place", "name", "goal", "leads"), behind_none(),
    late(), findings(),
    causes(), causes_line("unit", "number", "note"), causes_none(),
    hasten(), hasten_line("number", "place", "name", "goal", "leads"), next(),
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

    fn check(&self) -> Result<(), LayoutError> {
        let wrong = |at: &str, what: &str| {
            Err(LayoutError::Wrong {
                at: at.to_owned(),
                what: what.to_owned(),
            })
        };
        let page = &self.page;
        let sides = [page.width_mm, page.height_mm];
        if sides.iter().any(|side| !(100..=600).contains(side)) {
            return wrong("page", "width_mm, height_mm: 100–600");
        }
        let margins = [page.top_mm, page.bottom_mm, page.left_mm, page.right_mm];
        if margins.iter().any(|margin| !(5..=45).contains(margin)) {
            return wrong("page", "top_mm, bottom_mm, left_mm, right_mm: 5–45");
        }
        if self.numbers.len() != 3 {
            return wrong("numbers", "3 × [[numbers]]");
        }
        for (style, shape) in &self.style {
            let at = format!("style.{}", style.id());
            if !(6..=40).contains(&shape.size_pt) {
                return wrong(&at, "size_pt: 6–40");
            }
            if !(80..=300).contains(&shape.line_percent) {
                return wrong(&at, "line_percent: 80–300");
            }
            if shape.first_line_tenths_mm > 500 || shape.before_pt > 100 || shape.after_pt > 100 {
                return wrong(&at, "first_line_tenths_mm ≤ 500; before_pt, after_pt ≤ 100");
            }
        }
        if self.section.is_empty() || self.section.len() > 40 {
            return wrong("section", "1–40 × [[section]]");
        }
        let mut keys = BTreeSet::new();
        for section in &self.section {
            let parts = section.part.iter();
            let own = parts.map(|part| format!("{}/{}", section.key, part.key));
            for key in std::iter::once(section.key.clone()).chain(own) {
                let plain = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit();
                if key.len() > 60 || !key.chars().all(|ch| plain(ch) || "-/".contains(ch)) {
                    return wrong(&key, "key: a-z, 0-9, - (≤ 60)");
                }
                if !keys.insert(key.clone()) {
                    return wrong(&key, "key: ×2");
                }
            }
        }
        for annex in &self.annex {
            let at = format!("annex «{}»", annex.title);
            let shares: u32 = annex.column.iter().map(|column| column.share).sum();
            if annex.column.is_empty() || annex.column.len() > 20 || shares != 100 {
                return wrong(&at, "Σ share = 100; 1–20 × [[annex.column]]");
            }
            for column in &annex.column {
                if column.share == 0 || !column.value.of().contains(&annex.source) {
                    return wrong(&at, &format!("column «{}»", column.title));
                }
            }
        }
        self.check_sentences()
    }

    fn check_sentences(&self) -> Result<(), LayoutError> {
        const AROUND: &[&str] = &[
            "unit", "short", "province", "place", "plan", "title", "period", "day", "month", "year",
        ];
        let head = &self.head;
        let around = [
            ("head.superior", &head.superior),
            ("head.issuer", &head.issuer),
            ("head.symbol", &head.symbol),
            ("head.place_date", &head.place_date),
            ("head.place_date_open", &head.place_date_open),
            ("head.subject", &head.subject),
            ("head.capacity", &head.capacity),
        ];
        let around = around.map(|(at, text)| (at.to_owned(), text.as_str(), AROUND));
        let drafts = self.drafts.each().into_iter();
        let drafts = drafts.map(|(key, text, known)| (format!("drafts.{key}"), text, known));
        let words = self.words.each().into_iter();
        let words = words.map(|(key, text, known)| (format!("words.{key}"), text, known));
        for (at, text, known) in around.into_iter().chain(drafts).chain(words) {
            if let Some(name) = names(text).find(|name| !known.contains(name)) {
                let what = format!("{{{name}}}: {}", known.join(", "));
                return Err(LayoutError::Wrong { at, what });
            }
        }
        Ok(())
    }

    /// How documents of this layout look.
    pub fn setup(&self) -> Setup {
        let mm = |mm: u32| Length::tenths_mm(mm * 10);
        let page = &self.page;
        let look = |shape: &Shape, style: Style| Look {
            half_points: shape.size_pt * 2,
            bold: shape.bold,
            italic: shape.italic,
            align: shape.align,
            first_line: Length::tenths_mm(shape.first_line_tenths_mm),
            before: Length::points(shape.before_pt),
            after: Length::points(shape.after_pt),
            line_percent: shape.line_percent,
            with_next: matches!(
                style,
                Style::Heading1 | Style::Heading2 | Style::Heading3 | Style::AnnexTitle
            ),
        };
        let looks = self.style.iter();
        let level = |at: usize| {
            let level = self.numbers.get(at).copied().unwrap_or(Level {
                form: NumberForm::Decimal,
                after: '.',
            });
            Numbers {
                form: level.form,
                after: level.after,
            }
        };
        Setup {
            paper: Paper {
                width: mm(page.width_mm),
                height: mm(page.height_mm),
                top: mm(page.top_mm),
                bottom: mm(page.bottom_mm),
                left: mm(page.left_mm),
                right: mm(page.right_mm),
            },
            font: page.font.clone(),
            looks: looks
                .map(|(style, shape)| (*style, look(shape, *style)))
                .collect(),
            numbers: [level(0), level(1), level(2)],
        }
    }
}

/// The names in braces of a sentence.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// A sentence with its names filled in, in one pass: what is filled in is not looked at again.
pub(super) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let known = after.split_once('}').and_then(|(name, after)| {
            let value = values.iter().find(|(known, _)| *known == name);
            value.map(|(_, value)| (*value, after))
        });
        if let Some((value, after)) = known {
            text.push_str(value);
            rest = after;
        } else {
            text.push('{');
            rest = after;
        }
    }
    text.push_str(rest);
    text
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

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let values = [("a", "{b}"), ("b", "x")];
        assert_eq!(fill("{a} {b} {c} {", &values), "{b} x {c} {");
    }
}
