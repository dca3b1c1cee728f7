//! The money of projects: listed against approved, contracted and paid, by unit, by source and
//! by period; and the part of the province's budget that it is.

use askama::Template;
use jiff::civil::Date;

use super::Sources;
use super::list::Money;
use crate::pages::parts::{Choice, Link};
use crate::pages::progress::FileOf;
use crate::pages::{Shell, links};

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "project/money.html")]
pub struct ProjectMoney {
    /// The frame.
    pub shell: Shell,
    /// Periods to choose from.
    pub periods: Vec<Choice>,
    /// The period that payments are narrowed to, if any.
    pub period: Option<String>,
    /// How many projects.
    pub total: usize,
    /// All of them.
    pub sum: Money,
    /// By the unit that owns them.
    pub units: Vec<MoneyLine>,
    /// By source.
    pub sources: Vec<MoneyLine>,
    /// By period: payments, and what was paid up to the end of it.
    pub paid: Vec<PaidLine>,
    /// The part of the province's budget.
    pub share: BudgetShare,
    /// The files of what is shown.
    pub files: Vec<FileOf>,
}

/// Money of some projects.
#[derive(Clone, Debug)]
pub struct MoneyLine {
    /// Whose or what it is; leads to the projects under it.
    pub name: Link,
    /// Of how many projects.
    pub projects: usize,
    /// What it comes to.
    pub money: Money,
    /// What part of the estimates was paid, in words.
    pub paid_share: String,
}

/// What was paid in a period.
#[derive(Clone, Debug)]
pub struct PaidLine {
    /// The period; leads to the projects that were paid for in it.
    pub period: Link,
    /// How much.
    pub paid: Sources,
    /// All up to the end of it.
    pub until_vnd: i64,
}

/// The part of the province's budget that is spent on digital transformation.
#[derive(Clone, Debug, Default)]
pub struct BudgetShare {
    /// The part that the decision orders, in words, with its line.
    pub ordered: Option<(String, u32)>,
    /// The province's total expenditure, in đồng.
    pub budget_vnd: Option<i64>,
    /// Where that comes from.
    pub source: String,
    /// The day of that.
    pub day: Option<Date>,
    /// Each figure of the page: its key, the amount, and the part that it is, in words.
    pub parts: Vec<(&'static str, i64, String)>,
    /// Where the total is entered, for whoever may.
    pub edit: Option<&'static str>,
}

#[cfg(test)]
mod sampled {
    use jiff::civil::date;

    use super::super::list::sampled::{choice, money};
    use super::*;
    use crate::pages::samples::{self, HOSTILE, LONG, Sampled};

    impl Sampled for ProjectMoney {
        const NAME: &'static str = "project-money";

        fn samples(shell: &Shell) -> Vec<Self> {
            let line = |name: &str| MoneyLine {
                name: samples::unit_link(name),
                projects: 12,
                money: money(),
                paid_share: "16,2 %".to_owned(),
            };
            let usual = Self {
                shell: samples::officer(shell),
                periods: vec![choice("Quý II/2023")],
                period: Some("Quý II/2023".to_owned()),
                total: 97,
                sum: money(),
                units: vec![line(LONG), line(HOSTILE)],
                sources: vec![line("Nguồn sự nghiệp")],
                paid: vec![PaidLine {
                    period: samples::unit_link("Quý II/2023"),
                    paid: Sources {
                        recurrent_vnd: Some(1),
                        ..Sources::default()
                    },
                    until_vnd: 2,
                }],
                share: BudgetShare {
                    ordered: Some(("1 %".to_owned(), 360)),
                    budget_vnd: Some(10_912_912_000_000),
                    source: HOSTILE.to_owned(),
                    day: Some(date(2022, 12, 9)),
                    parts: vec![("project-listed", 82_237_000_000, "0,75 %".to_owned())],
                    edit: Some(links::PROJECT_BUDGET),
                },
                files: Vec::new(),
            };
            let empty = Self {
                period: None,
                total: 0,
                sum: Money::default(),
                units: Vec::new(),
                sources: Vec::new(),
                paid: Vec::new(),
                share: BudgetShare::default(),
                ..usual.clone()
            };
            vec![usual, empty]
        }
    }
}
