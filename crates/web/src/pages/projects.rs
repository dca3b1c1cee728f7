//! Projects and budget of the annexes, with totals as stated and as added up.

use askama::Template;

use super::parts::Link;
use super::status::{Stratum, strata};
use super::{Shell, links};

/// The page of projects.
#[derive(Clone, Debug, Template)]
#[template(path = "projects.html")]
pub struct Projects {
    /// The frame.
    pub shell: Shell,
    /// How many projects.
    pub total: u32,
    /// What the document says they ask for together.
    pub stated: Budget,
    /// What its lines add up to.
    pub added: Budget,
    /// The same for each annex.
    pub annexes: Vec<AnnexSums>,
    /// Groups in the order of the annexes.
    pub groups: Vec<ProjectGroup>,
}

/// What an annex says its projects ask for, and what its lines add up to.
#[derive(Clone, Copy, Debug)]
pub struct AnnexSums {
    /// The annex: 2 or 3.
    pub number: u32,
    /// What it states.
    pub stated: Budget,
    /// What its lines add up to.
    pub added: Budget,
}

/// One row of the table of sums.
#[derive(Clone, Copy, Debug)]
struct SumRow {
    /// The annex; none for all of them.
    annex: Option<u32>,
    /// The key of what kind of sum it is.
    key: &'static str,
    sums: Budget,
}

/// Money by source, in đồng; a source that the document leaves blank is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// Together.
    pub total_vnd: Option<i64>,
    /// Recurrent budget (nguồn sự nghiệp).
    pub recurrent_vnd: Option<i64>,
    /// Capital budget (nguồn đầu tư).
    pub capital_vnd: Option<i64>,
}

/// A heading of an annex with its projects.
#[derive(Clone, Debug)]
pub struct ProjectGroup {
    /// Its number there: `1`.
    pub number: String,
    /// Its name: a unit, mostly.
    pub title: Link,
    /// The annex: 2 or 3.
    pub annex: u32,
    /// What the document says for the group.
    pub stated: Budget,
    /// What its lines add up to.
    pub added: Budget,
    /// Its projects.
    pub rows: Vec<ProjectRow>,
}

/// One project.
#[derive(Clone, Debug)]
pub struct ProjectRow {
    /// Its number in the annex: `1.2`.
    pub number: String,
    /// Its page, for those with an account.
    pub href: String,
    /// Its name, as written.
    pub title: String,
    /// Who leads.
    pub leads: Vec<Link>,
    /// What it asks for.
    pub budget: Budget,
    /// Its note, as written.
    pub note: String,
    /// Its line in the document.
    pub line: u32,
}

impl Budget {
    /// Whether a stated sum contradicts the added one; what is not stated contradicts nothing.
    pub fn differs_from(&self, added: &Self) -> bool {
        [
            (self.total_vnd, added.total_vnd),
            (self.recurrent_vnd, added.recurrent_vnd),
            (self.capital_vnd, added.capital_vnd),
        ]
        .into_iter()
        .any(|(stated, added)| stated.is_some_and(|stated| Some(stated) != added))
    }

    fn strata(&self) -> Vec<Stratum> {
        strata([
            ("recurrent", self.recurrent_vnd.unwrap_or_default()),
            ("capital", self.capital_vnd.unwrap_or_default()),
        ])
    }
}

impl Projects {
    /// The rows of the table of sums: all projects, then annex by annex.
    fn sums(&self) -> Vec<SumRow> {
        let annexes = self.annexes.iter();
        let annexes = annexes.map(|annex| (Some(annex.number), annex.stated, annex.added));
        std::iter::once((None, self.stated, self.added))
            .chain(annexes)
            .flat_map(|(annex, stated, added)| {
                [("budget-stated", stated), ("budget-added", added)].map(|(key, sums)| SumRow {
                    annex,
                    key,
                    sums,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    fn millions(total: i64, recurrent: i64, capital: i64) -> Budget {
        let vnd = |amount: i64| (amount > 0).then_some(amount * 1_000_000);
        Budget {
            total_vnd: vnd(total),
            recurrent_vnd: vnd(recurrent),
            capital_vnd: vnd(capital),
        }
    }

    impl Sampled for Projects {
        const NAME: &'static str = "projects";

        fn samples(shell: &Shell) -> Vec<Self> {
            let row = |number: &str, title: &str, budget| ProjectRow {
                number: number.to_owned(),
                href: links::project_page("1"),
                title: title.to_owned(),
                leads: vec![samples::unit_link("Sở Nông nghiệp và PTNT")],
                budget,
                note: "Nghị quyết số 87/NQ-HĐND ngày 14/12/2022 của Hội đồng Nhân dân tỉnh"
                    .to_owned(),
                line: 1_400,
            };
            let group = |number: &str, title: &str, stated, rows| ProjectGroup {
                number: number.to_owned(),
                title: samples::unit_link(title),
                annex: 2,
                stated,
                added: millions(3_000, 3_000, 0),
                rows,
            };
            let usual = Self {
                shell: shell.clone(),
                total: 97,
                stated: millions(82_237, 56_510, 25_727),
                added: millions(75_310, 56_510, 18_800),
                annexes: vec![AnnexSums {
                    number: 2,
                    stated: millions(65_135, 39_408, 25_727),
                    added: millions(58_208, 39_408, 18_800),
                }],
                groups: vec![
                    group(
                        "1",
                        "Sở Nông nghiệp và PTNT",
                        millions(3_000, 0, 0),
                        vec![
                            row(
                                "1.1",
                                "Quản lý, cấp mã số vùng trồng, cơ sở đóng gói tỉnh Vĩnh Long",
                                millions(750, 750, 0),
                            ),
                            row(
                                "1.2",
                                "Phần mềm quản lý quỹ phòng, chống thiên tai",
                                millions(2_250, 0, 2_250),
                            ),
                        ],
                    ),
                    group(
                        "2",
                        HOSTILE,
                        millions(2_000, 0, 2_000),
                        vec![row("2.1", LONG, Budget::default())],
                    ),
                ],
            };
            let empty = Self {
                total: 0,
                stated: Budget::default(),
                added: Budget::default(),
                annexes: Vec::new(),
                groups: Vec::new(),
                ..usual.clone()
            };
            let extreme = Self {
                groups: (0..60)
                    .map(|nth| {
                        group(
                            "12",
                            LONG,
                            millions(1, 1, 1),
                            vec![row(
                                &format!("12.{nth}"),
                                LONG,
                                millions(999_999_999, 999_999_999, 999_999_999),
                            )],
                        )
                    })
                    .collect(),
                shell: samples::administrator(shell),
                ..usual.clone()
            };
            vec![usual, empty, extreme]
        }
    }
}
