//! One target: its figure, how it stands and why, and where the number comes from.

use askama::Template;
use jiff::civil::Date;

use super::chart::TrendChart;
use super::measures::Method;
use super::obstacles::ObstacleRow;
use super::parts::{Link, Step};
use super::progress::FileOf;
use super::reading::Reading;
use super::status::Status;
use super::{Shell, links};

/// The page of a target.
#[derive(Clone, Debug, Template)]
#[template(path = "target.html")]
pub struct TargetPage {
    /// The frame.
    pub shell: Shell,
    /// Its number in the annex.
    pub number: u16,
    /// What to do, as written.
    pub title: String,
    /// The goal, as written.
    pub goal: String,
    /// Its group, leading to the list of it.
    pub group: Link,
    /// Who leads.
    pub leads: Vec<Link>,
    /// Who takes part.
    pub partners: Vec<Link>,
    /// The documents that order it, as written.
    pub legal_bases: Vec<String>,
    /// When it is due, where the annex says so.
    pub written_due: Option<String>,
    /// That it left the plan, when and by which document.
    pub retired: Option<String>,
    /// Its line in the document.
    pub line: u32,
    /// How it stands.
    pub status: Status,
    /// What measures it, goal by goal; mostly one.
    pub measures: Vec<Measure>,
    /// The version of the rule by which it stands so.
    pub rule: String,
    /// Whether its figures are public.
    pub published: bool,
    /// The day on which the first of its goals is due.
    pub due: Option<Date>,
    /// The day to whose units figures are restated, if one was chosen.
    pub day: Option<Date>,
    /// The files of its history.
    pub files: Vec<FileOf>,
    /// Whether it was given to a set of units whose members nobody lists.
    pub nobody_reports: bool,
    /// The way of the number, latest step first.
    pub steps: Vec<Step>,
    /// The target before.
    pub previous: Option<u16>,
    /// The target after.
    pub next: Option<u16>,
    /// The form for a new report, where the reader may write one.
    pub report: Option<String>,
    /// What was in force when; empty where no later document is about it.
    pub versions: Vec<VersionRow>,
    /// What stands in units' way of it, as far as the reader may see that.
    pub obstacles: Vec<ObstacleRow>,
    /// The form for another obstacle, where the reader may write one.
    pub obstacle_new: Option<String>,
}

/// What the plan says of a target for some time.
#[derive(Clone, Debug)]
pub struct VersionRow {
    /// From when to when, in words.
    pub span: String,
    /// The documents that ordered it; none for the plan itself.
    pub by: Vec<Link>,
    /// The goal and what is to be reached, line by line; empty while it is not in the plan.
    pub lines: Vec<String>,
    /// Whether it is in force now.
    pub now: bool,
}

/// What measures one goal of a target.
#[derive(Clone, Debug)]
pub struct Measure {
    /// What it measures, in the target's words.
    pub name: String,
    /// The goal, as written.
    pub goal: String,
    /// How it stands.
    pub status: Status,
    /// Why, in sentences.
    pub reason: String,
    /// Whether it has numerators and denominators.
    pub ratio: bool,
    /// How it is measured, by whose word, and why.
    pub method: Method,
    /// What the decision tells of the time before, with its line.
    pub baseline: Option<(String, u32)>,
    /// The consolidated figure.
    pub figure: Option<Figure>,
    /// The trend, once there is a figure.
    pub trend: Option<TrendChart>,
    /// The figure unit by unit.
    pub units: Vec<UnitFigure>,
    /// The same by the units of the chosen day.
    pub restated: Vec<RestatedUnit>,
}

/// What earlier reports say of a unit of the chosen day.
#[derive(Clone, Debug)]
pub struct RestatedUnit {
    /// The unit.
    pub unit: Link,
    /// The value in words: one, or from the least to the most.
    pub value: String,
    /// Whether it is known exactly.
    pub exact: bool,
    /// The units whose reports it is made of.
    pub sources: Vec<Link>,
}

/// A figure with what it is made of.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The value.
    pub reading: Reading,
    /// Numerator and denominator of a ratio.
    pub ratio: Option<(i64, i64)>,
    /// The last day it speaks of.
    pub until: Date,
}

/// The figure of one unit.
#[derive(Clone, Debug)]
pub struct UnitFigure {
    /// The unit.
    pub unit: Link,
    /// Numerator and denominator of a ratio.
    pub ratio: Option<(i64, i64)>,
    /// The value, if it has reported.
    pub reading: Option<Reading>,
    /// How it stands.
    pub status: Status,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::chart::{Trend, TrendPoint};
    use crate::pages::parts::Act;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};
    use vocab::{Decimal, Ratio};

    pub(super) fn trend(shell: &Shell) -> TrendChart {
        let values = [520, 548, 590, 630, 641, 702, 744, 771, 792];
        let points = values.iter().enumerate().map(|(month, value)| TrendPoint {
            label: format!("T{}", month + 1),
            value: Decimal::new(*value, 1),
            needed: i64::try_from(month + 1)
                .ok()
                .map(|month| Decimal::from(month * 7)),
        });
        let trend = Trend {
            points: points.collect(),
            goal: Some(Decimal::from(85)),
            forecast: Some((Decimal::from(78), Decimal::from(88))),
            percent: true,
        };
        TrendChart::new(shell.translator, shell.t("chart-title"), &trend)
    }

    impl Sampled for TargetPage {
        const NAME: &'static str = "target";

        fn samples(shell: &Shell) -> Vec<Self> {
            let unit = |name: &str, part: i64, whole: i64, status| UnitFigure {
                unit: samples::unit_link(name),
                ratio: Some((part, whole)),
                reading: Ratio::new(part, whole).percent(1).map(Reading::Percent),
                status,
            };
            let measure = Measure {
                name: samples::target_row(4).title,
                goal: "85%".to_owned(),
                status: Status::AtRisk,
                reason: "Đến 30/09/2023, đường tiến độ ở mức 63,58 %.".to_owned(),
                ratio: true,
                method: samples::method(),
                baseline: Some((HOSTILE.to_owned(), 40)),
                figure: Some(Figure {
                    reading: samples::percent(792),
                    ratio: Some((11_850, 14_956)),
                    until: date(2023, 9, 30),
                }),
                trend: Some(trend(shell)),
                restated: Vec::new(),
                units: vec![
                    unit("Thành phố Vĩnh Long", 4_812, 5_530, Status::Done),
                    unit("Thị xã Bình Minh", 1_904, 2_312, Status::OnTrack),
                    unit("Huyện Long Hồ", 2_377, 3_020, Status::OnTrack),
                    unit("Huyện Tam Bình", 1_655, 2_290, Status::AtRisk),
                    unit("Huyện Trà Ôn", 1_102, 1_804, Status::OffTrack),
                ],
            };
            let milestone = Measure {
                name: HOSTILE.to_owned(),
                goal: LONG.to_owned(),
                status: Status::NoData,
                ratio: false,
                figure: None,
                trend: None,
                units: Vec::new(),
                ..measure.clone()
            };
            let usual = Self {
                shell: shell.clone(),
                number: 12,
                title: samples::target_row(4).title,
                goal: "85%".to_owned(),
                group: Link::new(
                    links::target_list(Some("I"), None, None),
                    "I. Chính quyền số",
                ),
                leads: vec![samples::unit_link("UBND cấp huyện")],
                partners: vec![samples::unit_link("Văn phòng UBND tỉnh")],
                legal_bases: vec![
                    "Nghị quyết số 07-NQ/TU ngày 16/11/2022".to_owned(),
                    "Quyết định số 483/QĐ-BTTTT, ngày 29/3/2023".to_owned(),
                ],
                written_due: Some("Quý II/2023".to_owned()),
                versions: vec![VersionRow {
                    span: "từ 01/08/2023".to_owned(),
                    by: vec![Link::new(links::amendment("1"), "1520/QĐ-UBND")],
                    lines: vec![HOSTILE.to_owned()],
                    now: true,
                }],
                obstacles: Vec::new(),
                obstacle_new: Some(links::obstacle_new("muc-tieu", "12")),
                retired: None,
                line: 477,
                status: Status::AtRisk,
                measures: vec![measure.clone()],
                rule: "2026-2".to_owned(),
                published: true,
                due: Some(date(2023, 12, 31)),
                day: None,
                files: Vec::new(),
                nobody_reports: false,
                steps: samples::steps(),
                previous: Some(11),
                next: Some(13),
                report: None,
            };
            let empty = Self {
                number: 148,
                status: Status::NoData,
                measures: Vec::new(),
                nobody_reports: true,
                published: false,
                retired: Some(HOSTILE.to_owned()),
                steps: Vec::new(),
                partners: Vec::new(),
                legal_bases: Vec::new(),
                next: None,
                ..usual.clone()
            };
            let mut steps = samples::steps();
            steps.insert(
                0,
                Step {
                    at: None,
                    act: Act::Consolidated,
                    ..steps[0].clone()
                },
            );
            let extreme = Self {
                shell: samples::officer(shell),
                title: format!("{LONG} {HOSTILE}"),
                day: Some(date(2025, 7, 1)),
                measures: vec![
                    Measure {
                        restated: vec![RestatedUnit {
                            unit: samples::unit_link(LONG),
                            value: "từ 12 % đến 100 %".to_owned(),
                            exact: false,
                            sources: vec![samples::unit_link(HOSTILE)],
                        }],
                        reason: LONG.to_owned(),
                        units: (0..115).map(|n| unit(LONG, n, 0, Status::NoData)).collect(),
                        ..measure
                    },
                    milestone,
                ],
                leads: (0..12).map(|_| samples::unit_link(LONG)).collect(),
                report: Some(links::report_new(12, "2023Q4")),
                steps,
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
