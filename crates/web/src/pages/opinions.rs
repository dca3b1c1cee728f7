//! Opinions of partners on a report: whom the lead asks, what each of them says.

use askama::Template;
use jiff::civil::{Date, DateTime};

use super::inbox::Due;
use super::parts::{Choice, FileLink, FormErrors};
use super::reading::Reading;
use super::state::ReportState;
use super::{Shell, links};

/// Whom the lead asks about a report, and what they said.
#[derive(Clone, Debug, Template)]
#[template(path = "opinions.html")]
pub struct OpinionsPage {
    /// The frame.
    pub shell: Shell,
    /// The report.
    pub id: String,
    /// The target's number.
    pub number: u16,
    /// What to do, as written.
    pub title: String,
    /// The unit that reports.
    pub unit: String,
    /// The period, in words.
    pub period: String,
    /// Where the report stands.
    pub state: ReportState,
    /// Its value.
    pub reading: Option<Reading>,
    /// The version of the report that was read.
    pub version: u32,
    /// Those who were asked.
    pub rows: Vec<HeardRow>,
    /// Who asked, in words.
    pub asked_by: Option<String>,
    /// How the asking ended, and why.
    pub closed: Option<(String, String)>,
    /// Whether the reader may ask now.
    pub may_ask: bool,
    /// Whether the report stands where partners can be asked.
    pub handed_in: bool,
    /// The partners of the report's targets, for whoever may ask.
    pub partners: Vec<PartnerRow>,
    /// The day for answering, as typed or as the rule has it.
    pub due: String,
    /// The first day that may be given.
    pub earliest: Date,
    /// The rule of the day for answering.
    pub rule: String,
    /// The version of the asking that was read; 0 while none is open.
    pub round_version: i64,
    /// Whether the reader may close it.
    pub closes: bool,
    /// Why, as typed.
    pub reason: String,
    /// What is wrong.
    pub errors: FormErrors,
}

impl OpinionsPage {
    /// Whether anybody is left that can be asked.
    fn any_left(&self) -> bool {
        self.partners
            .iter()
            .any(|partner| !partner.units.is_empty())
    }
}

/// What stands beside a report.
#[derive(Clone, Debug)]
pub struct OpinionsBeside {
    /// The page of opinions on it.
    pub href: String,
    /// Those who were asked.
    pub rows: Vec<HeardRow>,
    /// How many of them hold the report up.
    pub waiting: usize,
    /// Whether the reader may ask now.
    pub may_ask: bool,
}

/// A partner that was asked.
#[derive(Clone, Debug)]
pub struct HeardRow {
    /// The unit.
    pub unit: String,
    /// Whether it answered.
    pub standing: Standing,
    /// Until when it is to answer.
    pub due: Due,
    /// What it said last.
    pub said: Option<Said>,
}

impl HeardRow {
    /// The class of its entry in the timeline.
    pub(crate) fn class(&self) -> &'static str {
        match (self.standing, &self.said) {
            (Standing::Waits, _) => "waiting",
            (_, Some(said)) if said.against => "back",
            _ => "past",
        }
    }

    /// Until when, while that matters.
    pub(crate) fn until(&self) -> Option<DateTime> {
        let matters = matches!(self.standing, Standing::Waits | Standing::Overdue);
        matters.then_some(self.due.at)
    }
}

/// Whether a partner answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is waited for.
    Waits,
    /// It is waited for no longer.
    Overdue,
    /// It gave its opinion.
    Given,
    /// The asking was closed without its opinion.
    Silent,
}

impl Standing {
    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waits => "opinion-waits",
            Self::Overdue => "opinion-overdue",
            Self::Given => "opinion-given",
            Self::Silent => "opinion-silent",
        }
    }
}

/// What a partner said.
#[derive(Clone, Debug)]
pub struct Said {
    /// The key of what it thinks.
    pub stance: &'static str,
    /// Whether it does not agree.
    pub against: bool,
    /// Its words.
    pub said: String,
    /// Its files.
    pub files: Vec<FileLink>,
    /// Who said so.
    pub person: String,
    /// When.
    pub at: DateTime,
    /// Whether it spoke of another figure than the report's of now.
    pub stale: bool,
    /// The figure that it spoke of.
    pub figure: Option<Reading>,
}

/// A partner as the decision names it.
#[derive(Clone, Debug)]
pub struct PartnerRow {
    /// Its name.
    pub name: String,
    /// Whether it is a set of units.
    pub is_group: bool,
    /// Whether it is no unit of ours: it cannot be asked here.
    pub outside: bool,
    /// The units that can be asked.
    pub units: Vec<Choice>,
    /// Those of which nobody has an account.
    pub silent: Vec<String>,
    /// Those that were asked already.
    pub asked: Vec<String>,
}

impl PartnerRow {
    /// Whether a set of units shows them at once: few, or some that were ticked.
    fn is_open(&self) -> bool {
        const FEW: usize = 12;
        let all = self.units.len() + self.silent.len();
        all <= FEW || self.units.iter().any(|unit| unit.selected)
    }
}

/// What a partner is asked about a report, and what it says.
#[derive(Clone, Debug, Template)]
#[template(path = "opinion.html")]
pub struct OpinionPage {
    /// The frame.
    pub shell: Shell,
    /// The opinion.
    pub id: String,
    /// The version that was read.
    pub version: i64,
    /// The target's number.
    pub number: u16,
    /// What to do, as written.
    pub title: String,
    /// The goal, as written.
    pub goal: String,
    /// The unit whose report it is.
    pub by_unit: String,
    /// The unit that is asked.
    pub unit: String,
    /// The period, in words.
    pub period: String,
    /// The figure.
    pub reading: Option<Reading>,
    /// Numerator and denominator of a ratio.
    pub ratio: [Option<i64>; 2],
    /// What the unit says about it.
    pub note: String,
    /// The files behind it.
    pub evidence: Vec<FileLink>,
    /// Who asked, in words.
    pub asked_by: String,
    /// Until when to answer.
    pub due: Due,
    /// Whether it is waited for.
    pub waits: bool,
    /// Whether the asking is closed.
    pub closed: bool,
    /// What was said last.
    pub given: Option<Said>,
    /// What was said before, latest first.
    pub earlier: Vec<Said>,
    /// Whether the reader answers.
    pub answers: bool,
    /// What one may think.
    pub stances: Vec<Choice>,
    /// The words, as typed.
    pub said: String,
    /// Files that it has.
    pub files: Vec<FileLink>,
    /// Those of them that are to go, by digest.
    pub dropped: Vec<String>,
    /// Files that came in the time before.
    pub received: Vec<FileLink>,
    /// The largest file.
    pub file_limit_bytes: u64,
    /// How many files at most.
    pub most_files: usize,
    /// What is wrong.
    pub errors: FormErrors,
}

#[cfg(test)]
pub(in crate::pages) mod sampled {
    use jiff::civil::date;
    use vocab::Instant;

    use super::*;
    use crate::pages::parts::FieldError;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    fn due() -> Due {
        Due::seen(
            Instant::from_micros(1_691_980_200_000_000),
            date(2023, 8, 14),
        )
    }

    fn said(words: &str, stale: bool) -> Said {
        Said {
            stance: "opinion-stance-disagree",
            against: true,
            said: words.to_owned(),
            files: vec![samples::file("Công văn.pdf", 20_000)],
            person: "Đặng Thị Kim Loan".to_owned(),
            at: samples::moment(2, 9, 0),
            stale,
            figure: Some(samples::percent(708)),
        }
    }

    fn heard(unit: &str, standing: Standing, said: Option<Said>) -> HeardRow {
        HeardRow {
            unit: unit.to_owned(),
            standing,
            due: due(),
            said,
        }
    }

    fn wrong(field: &str) -> FormErrors {
        FormErrors(vec![FieldError {
            field: field.to_owned(),
            message: HOSTILE.to_owned(),
        }])
    }

    pub(in crate::pages) fn beside() -> OpinionsBeside {
        OpinionsBeside {
            href: links::opinions("1"),
            rows: vec![
                heard("Sở Công Thương", Standing::Given, Some(said(HOSTILE, true))),
                heard("Sở Tài chính", Standing::Waits, None),
            ],
            waiting: 1,
            may_ask: true,
        }
    }

    impl Sampled for OpinionsPage {
        const NAME: &'static str = "opinions";

        fn samples(shell: &Shell) -> Vec<Self> {
            let choice = |label: &str| Choice {
                value: label.len().to_string(),
                label: label.to_owned(),
                selected: true,
            };
            let partner = |name: &str| PartnerRow {
                name: name.to_owned(),
                is_group: false,
                outside: false,
                units: vec![choice(name)],
                silent: Vec::new(),
                asked: Vec::new(),
            };
            let usual = Self {
                shell: samples::officer(shell),
                id: "0192f3".to_owned(),
                number: 12,
                title: samples::target_row(4).title,
                unit: "UBND huyện Tam Bình".to_owned(),
                period: "quý III/2023".to_owned(),
                state: ReportState::Approved,
                reading: Some(samples::percent(723)),
                version: 4,
                rows: beside().rows,
                asked_by: Some("Nguyễn Văn A, Sở Nội vụ".to_owned()),
                closed: None,
                may_ask: true,
                handed_in: true,
                partners: vec![
                    partner("Sở Tài chính"),
                    PartnerRow {
                        is_group: true,
                        silent: vec!["Sở Y tế".to_owned()],
                        asked: vec!["Sở Công Thương".to_owned()],
                        ..partner("Các sở, ban, ngành tỉnh")
                    },
                    PartnerRow {
                        outside: true,
                        units: Vec::new(),
                        ..partner(HOSTILE)
                    },
                ],
                due: "2023-08-21".to_owned(),
                earliest: date(2023, 8, 14),
                rule: "2026-1".to_owned(),
                round_version: 2,
                closes: true,
                reason: String::new(),
                errors: FormErrors::default(),
            };
            let nobody = Self {
                rows: Vec::new(),
                asked_by: None,
                may_ask: false,
                handed_in: false,
                partners: Vec::new(),
                round_version: 0,
                closes: false,
                reading: None,
                ..usual.clone()
            };
            let extreme = Self {
                title: LONG.to_owned(),
                unit: HOSTILE.to_owned(),
                rows: vec![
                    heard(LONG, Standing::Overdue, Some(said(LONG, false))),
                    heard(HOSTILE, Standing::Silent, None),
                ],
                closed: Some((HOSTILE.to_owned(), LONG.to_owned())),
                partners: Vec::new(),
                reason: HOSTILE.to_owned(),
                errors: wrong("ly-do"),
                ..usual.clone()
            };
            vec![usual, nobody, extreme]
        }
    }

    impl Sampled for OpinionPage {
        const NAME: &'static str = "opinion";

        fn samples(shell: &Shell) -> Vec<Self> {
            let stance = |value: &str, selected| Choice {
                value: value.to_owned(),
                label: "Đồng ý".to_owned(),
                selected,
            };
            let usual = Self {
                shell: samples::officer(shell),
                id: "1".to_owned(),
                version: 1,
                number: 12,
                title: samples::target_row(4).title,
                goal: "85%".to_owned(),
                by_unit: "Sở Nội vụ".to_owned(),
                unit: "Sở Công Thương".to_owned(),
                period: "quý III/2023".to_owned(),
                reading: Some(samples::percent(723)),
                ratio: [Some(1_655), Some(2_290)],
                note: "Số liệu trích từ hệ thống.".to_owned(),
                evidence: vec![samples::file("Danh sách.xlsx", 1_482_113)],
                asked_by: "Nguyễn Văn A, Sở Nội vụ".to_owned(),
                due: due(),
                waits: true,
                closed: false,
                given: None,
                earlier: Vec::new(),
                answers: true,
                stances: vec![stance("agree", false), stance("disagree", true)],
                said: String::new(),
                files: Vec::new(),
                dropped: Vec::new(),
                received: Vec::new(),
                file_limit_bytes: 20 << 20,
                most_files: 5,
                errors: FormErrors::default(),
            };
            let extreme = Self {
                title: LONG.to_owned(),
                note: HOSTILE.to_owned(),
                by_unit: HOSTILE.to_owned(),
                given: Some(said(LONG, true)),
                earlier: vec![said(HOSTILE, true)],
                said: HOSTILE.to_owned(),
                files: vec![samples::file(HOSTILE, 20_000)],
                received: vec![samples::file(LONG, 20_000)],
                errors: wrong("noi-dung-y-kien"),
                ..usual.clone()
            };
            let closed = Self {
                reading: None,
                ratio: [None, None],
                note: String::new(),
                evidence: Vec::new(),
                waits: false,
                closed: true,
                answers: false,
                given: Some(said("", false)),
                ..usual.clone()
            };
            vec![usual, extreme, closed]
        }
    }
}
