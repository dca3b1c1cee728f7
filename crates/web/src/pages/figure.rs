//! Figures that systems compute: the list, one of them, and what measures of the plan are tied to.

use askama::Template;
use jiff::civil::{Date, DateTime};

use super::parts::{Choice, FormErrors, Link};
use super::{Shell, links};

/// The list of figures.
#[derive(Clone, Debug, Template)]
#[template(path = "figure_list.html")]
pub struct FigureList {
    /// The frame.
    pub shell: Shell,
    /// The figures, in the order of systems.
    pub rows: Vec<FigureRow>,
}

/// One figure of the list.
#[derive(Clone, Debug)]
pub struct FigureRow {
    /// Its page.
    pub href: String,
    /// What it says.
    pub title: String,
    /// The system.
    pub system: String,
    /// The records that it is computed from.
    pub records: String,
    /// Whether it is anyone's to see.
    pub public: bool,
    /// What of the plan it feeds.
    pub feeds: Vec<Link>,
}

/// One figure. The form asks for `ky`.
#[derive(Clone, Debug, Template)]
#[template(path = "figure.html")]
pub struct FigurePage {
    /// The frame.
    pub shell: Shell,
    /// Where the choice of a period goes.
    pub action: String,
    /// What it counts.
    pub definition: Definition,
    /// How much of it the reader sees.
    pub seen: FigureSeen,
    /// What of the plan it feeds.
    pub feeds: Vec<Link>,
    /// The periods to choose from.
    pub periods: Vec<Choice>,
    /// As the records stood then.
    pub as_of: DateTime,
    /// The days of what happened over a period.
    pub days: Option<(Date, Date)>,
    /// Whether it is as a report remembers it, not of a period that was chosen.
    pub kept: bool,
    /// The figure, where the reader sees it.
    pub shown: Option<Shown>,
}

/// How much of a figure somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureSeen {
    /// All of it.
    All,
    /// What the records say that they may see.
    Own,
    /// What it counts, and no number.
    Nothing,
}

impl FigureSeen {
    /// The key of the sentence that says so.
    pub const fn key(self) -> &'static str {
        match self {
            Self::All => "figures-seen-all",
            Self::Own => "figures-seen-own",
            Self::Nothing => "figures-seen-nothing",
        }
    }
}

/// What a figure counts, in words.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What it says.
    pub title: String,
    /// The system.
    pub system: String,
    /// The records that it is computed from.
    pub records: String,
    /// What is made of them.
    pub function: String,
    /// Which of them count; all if nothing is said.
    pub when: Option<String>,
    /// For a share: which of them are the part.
    pub part: Option<String>,
    /// Whether it stands at a day or happens over days.
    pub taken: String,
    /// What it is broken down by, beside the unit.
    pub cuts: Vec<String>,
}

/// A figure with what it is made of.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The value; none where no record says anything.
    pub value: Option<String>,
    /// How many records count.
    pub records_count: String,
    /// How many records there were.
    pub known: usize,
    /// How many of them the law had erased since.
    pub untold: usize,
    /// By unit.
    pub units: Vec<ValueRow>,
    /// By what else it is broken down by.
    pub cuts: Vec<CutTable>,
    /// Records that count, as far as the reader may see them.
    pub records: Vec<RecordRow>,
    /// How many more there are.
    pub more: usize,
}

/// A figure of one unit, or one value.
#[derive(Clone, Debug)]
pub struct ValueRow {
    /// Whose.
    pub name: Link,
    /// The value.
    pub value: String,
    /// How many records count.
    pub records: String,
}

/// A figure by the values of a field.
#[derive(Clone, Debug)]
pub struct CutTable {
    /// The field.
    pub title: String,
    /// Its values.
    pub rows: Vec<ValueRow>,
}

/// A record that counts.
#[derive(Clone, Debug)]
pub struct RecordRow {
    /// The record.
    pub record: Link,
    /// The version that counts.
    pub version: i64,
    /// Whether it was changed since.
    pub changed: bool,
    /// Whether it is of the part of a share.
    pub is_part: bool,
}

/// The form for what the measures of a target are computed from. For each measure, counted from
/// 1, it sends `phien-ban-1`, `nguon-1` and `pham-vi-1`.
#[derive(Clone, Debug, Template)]
#[template(path = "figure_feed.html")]
pub struct FeedForm {
    /// The frame.
    pub shell: Shell,
    /// The target's number.
    pub number: u16,
    /// What to do, as written.
    pub title: String,
    /// Its measures.
    pub measures: Vec<FeedMeasure>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// One measure of the form.
#[derive(Clone, Debug)]
pub struct FeedMeasure {
    /// Its place, from 1.
    pub place: usize,
    /// What it measures.
    pub name: String,
    /// The goal, as written.
    pub goal: String,
    /// The version of its tie that was read.
    pub version: String,
    /// The figures to choose from, none the first.
    pub sources: Vec<Choice>,
    /// Whose records are counted.
    pub covers: Vec<Choice>,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    fn definition() -> Definition {
        Definition {
            title: "Tỷ lệ hệ thống được phê duyệt cấp độ".to_owned(),
            system: "Cấp độ an toàn hệ thống thông tin".to_owned(),
            records: "Hệ thống thông tin".to_owned(),
            function: "Tỷ lệ bản ghi".to_owned(),
            when: Some("«Trạng thái» khác Dừng".to_owned()),
            part: Some(LONG.to_owned()),
            taken: "Hồ sơ như ở cuối kỳ".to_owned(),
            cuts: vec!["Cấp độ".to_owned()],
        }
    }

    impl Sampled for FigureList {
        const NAME: &'static str = "figure-list";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |title: &str| FigureRow {
                href: links::figure("a/b/c", &[]),
                title: title.to_owned(),
                system: LONG.to_owned(),
                records: HOSTILE.to_owned(),
                public: true,
                feeds: vec![Link::new(links::target(25_u16), "Mục tiêu 25")],
            };
            let usual = Self {
                shell: samples::officer(shell),
                rows: vec![row("Số vùng trồng được cấp mã số"), row(HOSTILE)],
            };
            let empty = Self {
                rows: Vec::new(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }

    impl Sampled for FigurePage {
        const NAME: &'static str = "figure";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |name: &str| ValueRow {
                name: Link::plain(name),
                value: "72,3% (81/112)".to_owned(),
                records: "112".to_owned(),
            };
            let usual = Self {
                shell: samples::officer(shell),
                action: links::figure("a/b/c", &[]),
                definition: definition(),
                seen: FigureSeen::All,
                feeds: vec![Link::new(links::target(25_u16), "Mục tiêu 25")],
                periods: vec![Choice::default()],
                as_of: samples::moment(1, 8, 0),
                days: Some((date(2023, 1, 1), date(2023, 3, 31))),
                kept: true,
                shown: Some(Shown {
                    value: Some("72,3% (81/112)".to_owned()),
                    records_count: "112".to_owned(),
                    known: 120,
                    untold: 2,
                    units: vec![row("UBND huyện Tam Bình"), row(HOSTILE)],
                    cuts: vec![CutTable {
                        title: HOSTILE.to_owned(),
                        rows: vec![row(LONG)],
                    }],
                    records: vec![RecordRow {
                        record: Link::new(links::system("a", "b", "0192f3"), HOSTILE),
                        version: 3,
                        changed: true,
                        is_part: true,
                    }],
                    more: 12,
                }),
            };
            let hidden = Self {
                shell: shell.clone(),
                seen: FigureSeen::Nothing,
                kept: false,
                days: None,
                shown: None,
                feeds: Vec::new(),
                ..usual.clone()
            };
            let none = Self {
                seen: FigureSeen::Own,
                shown: Some(Shown {
                    value: None,
                    records_count: "0".to_owned(),
                    known: 0,
                    untold: 0,
                    units: Vec::new(),
                    cuts: Vec::new(),
                    records: Vec::new(),
                    more: 0,
                }),
                ..usual.clone()
            };
            vec![usual, hidden, none]
        }
    }

    impl Sampled for FeedForm {
        const NAME: &'static str = "figure-feed";

        fn samples(shell: &Shell) -> Vec<Self> {
            let measure = |place, name: &str| FeedMeasure {
                place,
                name: name.to_owned(),
                goal: "85%".to_owned(),
                version: "0".to_owned(),
                sources: vec![Choice::default()],
                covers: vec![Choice::default()],
            };
            let usual = Self {
                shell: samples::officer(shell),
                number: 25,
                title: samples::target_row(4).title,
                measures: vec![measure(1, "hồ sơ"), measure(2, HOSTILE)],
                errors: FormErrors::default(),
            };
            let refused = Self {
                title: LONG.to_owned(),
                errors: FormErrors(vec![FieldError {
                    field: "nguon-2".to_owned(),
                    message: shell.t("field-feed-unknown"),
                }]),
                ..usual.clone()
            };
            vec![usual, refused]
        }
    }
}
