//! All targets, grouped as the annex groups them.

use askama::Template;

use super::parts::{Choice, Link, TargetRow};
use super::{Shell, links};

/// The list of targets with its filters (`q`, `nhom`, `chu-tri`, `trang-thai`).
#[derive(Clone, Debug, Template)]
#[template(path = "target_list.html")]
pub struct TargetList {
    /// The frame.
    pub shell: Shell,
    /// What was searched for, as typed.
    pub query: String,
    /// Groups to choose from; the first choice is all of them.
    pub groups: Vec<Choice>,
    /// Lead units to choose from.
    pub leads: Vec<Choice>,
    /// Statuses to choose from.
    pub statuses: Vec<Choice>,
    /// How many targets the plan has.
    pub total: u32,
    /// The targets that pass the filters.
    pub sections: Vec<TargetSection>,
    /// The targets that have left the plan.
    pub retired: Vec<Link>,
}

/// A group of the annex, or a heading inside one.
#[derive(Clone, Debug)]
pub struct TargetSection {
    /// Its number and name: `I. Chính quyền số`.
    pub title: String,
    /// Its targets.
    pub rows: Vec<TargetRow>,
}

impl TargetList {
    fn shown(&self) -> usize {
        self.sections.iter().map(|section| section.rows.len()).sum()
    }

    fn filtered(&self) -> bool {
        let chosen = |choices: &[Choice]| {
            let chosen = choices.iter().find(|choice| choice.selected);
            chosen.is_some_and(|choice| !choice.value.is_empty())
        };
        !self.query.is_empty()
            || chosen(&self.groups)
            || chosen(&self.leads)
            || chosen(&self.statuses)
    }
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};
    use crate::pages::status::Status;

    impl Sampled for TargetList {
        const NAME: &'static str = "target_list";

        fn samples(shell: &Shell) -> Vec<Self> {
            let choice = |value: &str, label: &str, selected| Choice {
                value: value.to_owned(),
                label: label.to_owned(),
                selected,
            };
            let section = |title: &str, numbers: std::ops::RangeInclusive<u16>| TargetSection {
                title: title.to_owned(),
                rows: numbers.map(samples::target_row).collect(),
            };
            let usual = Self {
                shell: shell.clone(),
                query: String::new(),
                groups: vec![
                    choice("", &shell.t("filter-all"), true),
                    choice("I", "I. Chính quyền số", false),
                ],
                leads: vec![
                    choice("", &shell.t("filter-all"), true),
                    choice("1", "Văn phòng UBND tỉnh", false),
                    choice("2", LONG, false),
                ],
                statuses: std::iter::once(choice("", &shell.t("filter-all"), true))
                    .chain(
                        Status::ALL
                            .map(|status| choice(status.value(), &shell.t(status.key()), false)),
                    )
                    .collect(),
                total: 148,
                sections: vec![
                    section("I. Chính quyền số", 1..=77),
                    section("II. Kinh tế số", 78..=109),
                    section("III. Xã hội số", 110..=148),
                ],
                retired: vec![Link::new(links::retired_target("1"), HOSTILE)],
            };
            let nothing = Self {
                query: HOSTILE.to_owned(),
                sections: Vec::new(),
                ..usual.clone()
            };
            let mut row = samples::target_row(2);
            row.title = format!("{LONG} {HOSTILE}");
            row.leads = vec![samples::unit_link(LONG), samples::unit_link(HOSTILE)];
            let extreme = Self {
                shell: samples::officer(shell),
                query: "ho so".to_owned(),
                sections: vec![TargetSection {
                    title: LONG.to_owned(),
                    rows: vec![row],
                }],
                ..usual.clone()
            };
            vec![usual, nothing, extreme]
        }
    }
}
