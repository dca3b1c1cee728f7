//! The plan at a glance, for everybody.

use askama::Template;
use jiff::civil::Date;

use super::parts::Link;
use super::status::{Status, StatusCounts};
use super::{Shell, links};

/// The home page.
#[derive(Clone, Debug, Template)]
#[template(path = "overview.html")]
pub struct Overview {
    /// The frame.
    pub shell: Shell,
    /// What the plan is.
    pub plan: PlanFacts,
    /// The wall, group by group.
    pub wall: Vec<WallGroup>,
    /// Who leads most targets.
    pub leads: Vec<LeadRow>,
    /// The weightiest places where the document does not add up.
    pub findings: Vec<FindingBrief>,
    /// How many there are in all.
    pub findings_total: u32,
    /// What changed lately, newest first.
    pub changes: Vec<Change>,
}

/// What the plan is.
#[derive(Clone, Debug)]
pub struct PlanFacts {
    /// Its name.
    pub title: String,
    /// Number and symbol of the decision: `833/QĐ-UBND`.
    pub symbol: String,
    /// When it was signed, where the document says so.
    pub signed: Option<Date>,
    /// How many projects.
    pub projects: u32,
    /// What the document says they ask for together.
    pub budget_vnd: Option<i64>,
    /// The last day that the figures speak of.
    pub figures_until: Option<Date>,
}

/// A group of the annex.
#[derive(Clone, Debug)]
pub struct WallGroup {
    /// Its number there: `I`.
    pub number: String,
    /// Its name: `Chính quyền số`.
    pub title: String,
    /// Its targets.
    pub cells: Vec<WallCell>,
}

/// One target of the wall.
#[derive(Clone, Debug)]
pub struct WallCell {
    /// Its number.
    pub number: u16,
    /// What to do.
    pub title: String,
    /// How it stands.
    pub status: Status,
}

/// A unit that leads targets.
#[derive(Clone, Debug)]
pub struct LeadRow {
    /// The unit.
    pub unit: Link,
    /// How its targets stand.
    pub counts: StatusCounts,
}

/// A place where the document does not add up, in short.
#[derive(Clone, Debug)]
pub struct FindingBrief {
    /// What does not add up.
    pub summary: String,
    /// How the product treats it.
    pub detail: String,
    /// The line of the document, if it is one.
    pub line: Option<u32>,
}

/// A target whose figure or status changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its number.
    pub number: u16,
    /// What to do.
    pub title: String,
    /// How it stands now.
    pub status: Status,
    /// What changed: `88 % → 92 %`.
    pub change: String,
}

impl Overview {
    /// How all targets stand.
    fn counts(&self) -> StatusCounts {
        let cells = self.wall.iter().flat_map(|group| &group.cells);
        cells.map(|cell| cell.status).collect()
    }

    /// Findings that this page leaves out.
    fn findings_left(&self) -> u32 {
        let shown = u32::try_from(self.findings.len()).unwrap_or(u32::MAX);
        self.findings_total.saturating_sub(shown)
    }
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    fn group(number: &str, title: &str, numbers: std::ops::RangeInclusive<u16>) -> WallGroup {
        WallGroup {
            number: number.to_owned(),
            title: title.to_owned(),
            cells: numbers
                .map(|number| WallCell {
                    number,
                    title: samples::target_row(number).title,
                    status: samples::status_of(number),
                })
                .collect(),
        }
    }

    impl Sampled for Overview {
        const NAME: &'static str = "overview";

        fn samples(shell: &Shell) -> Vec<Self> {
            let lead = |name: &str, counts| LeadRow {
                unit: samples::unit_link(name),
                counts: StatusCounts::new(counts),
            };
            let change = |number, title: &str, status, change: &str| Change {
                number,
                title: title.to_owned(),
                status,
                change: change.to_owned(),
            };
            let usual = Self {
                shell: shell.clone(),
                plan: PlanFacts {
                    title: "Kế hoạch Chuyển đổi số tỉnh Vĩnh Long năm 2023".to_owned(),
                    symbol: "833/QĐ-UBND".to_owned(),
                    signed: Some(date(2023, 4, 14)),
                    projects: 97,
                    budget_vnd: Some(82_237_000_000),
                    figures_until: Some(date(2023, 9, 30)),
                },
                wall: vec![
                    group("I", "Chính quyền số", 1..=77),
                    group("II", "Kinh tế số", 78..=109),
                    group("III", "Xã hội số", 110..=148),
                ],
                leads: vec![
                    lead("Sở Thông tin và Truyền thông", [12, 15, 5, 2, 2, 2, 0]),
                    lead(
                        "Các sở, ban, ngành tỉnh, UBND cấp huyện, UBND cấp xã",
                        [6, 8, 3, 1, 1, 0, 0],
                    ),
                    lead("Văn phòng UBND tỉnh", [4, 6, 2, 0, 0, 0, 0]),
                    lead("Sở Công Thương", [1, 3, 3, 2, 0, 0, 0]),
                    lead("Sở Giáo dục và Đào tạo", [3, 2, 1, 0, 0, 1, 0]),
                ],
                findings: vec![FindingBrief {
                    summary:
                        "Phụ lục 2 còn 6.927 triệu đồng vốn đầu tư không có dự án nào giải trình."
                            .to_owned(),
                    detail: "Dòng tổng cộng ghi 25.727; cộng các dòng được 18.800.".to_owned(),
                    line: Some(1_704),
                }],
                findings_total: 32,
                changes: vec![
                    change(
                        14,
                        "Hồ sơ được tạo, lưu giữ, chia sẻ dữ liệu điện tử",
                        Status::Done,
                        "88 % → 92 %",
                    ),
                    change(
                        91,
                        "Thanh toán không dùng tiền mặt",
                        Status::AtRisk,
                        "21 % → 22 %",
                    ),
                    change(81, HOSTILE, Status::OffTrack, "quá hạn 6 ngày"),
                ],
            };
            let empty = Self {
                wall: Vec::new(),
                leads: Vec::new(),
                findings: Vec::new(),
                findings_total: 0,
                changes: Vec::new(),
                plan: PlanFacts {
                    signed: None,
                    budget_vnd: None,
                    figures_until: None,
                    ..usual.plan.clone()
                },
                ..usual.clone()
            };
            let extreme = Self {
                shell: samples::administrator(shell),
                leads: (0..40)
                    .map(|n| lead(LONG, [n, 0, 900, 1, 0, 3, 0]))
                    .collect(),
                changes: vec![change(148, LONG, Status::NoData, LONG)],
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
