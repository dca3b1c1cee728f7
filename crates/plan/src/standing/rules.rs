//! The rules of judgement as `data/plan/judgement.toml` states them, each with its reason.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;
use vocab::Decimal;

use crate::error::PlanError;

/// How targets of a plan are judged.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The name that every judgement carries.
    pub version: String,
    /// Plans that begin on this day or later are judged by it, until a later rule holds.
    pub valid_from: Date,
    /// When a target is due that has no day of its own.
    pub due: DueRule,
    /// So many days after the end of a period a unit without a consolidated report is late.
    pub report_days: u16,
    /// Whether figures are public where the coordinator has not said so.
    pub published: bool,
    /// The line that figures are held against.
    pub line: LineRule,
    /// What is said of what is done once.
    pub milestone: MilestoneRule,
    /// Why it is so, by the name of the part.
    pub reasons: BTreeMap<String, String>,
}

/// When a target is due that has no day of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueRule {
    /// On the last day of the plan's year.
    YearEnd,
}

/// The line that figures are held against.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineRule {
    /// The value where it begins.
    pub from: LineStart,
    /// The day on which it begins.
    pub begins: LineBegin,
    /// From 0 to 1: this part of the way that the line has gone is still no more than a risk.
    pub tolerance: Decimal,
}

/// The value where the line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineStart {
    /// The confirmed baseline of the measure, or nothing where there is none.
    Baseline,
    /// Nothing.
    Zero,
}

/// The day on which the line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineBegin {
    /// The first day of the plan's year.
    YearStart,
    /// The day of the decision.
    Decision,
}

/// What is said of what is done once.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MilestoneRule {
    /// From 0 to 1: once this part of the time has passed, what is not done is at risk.
    pub risk: Decimal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

static SHIPPED: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    parse(include_str!("../../../../data/plan/judgement.toml")).expect("the rules that ship hold")
});

impl Rule {
    /// The rule for a plan that begins on this day: the latest that holds by then, else the
    /// first of all.
    pub fn for_plan(begins: Date) -> &'static Self {
        let rules = &*SHIPPED;
        let holding = rules.iter().rev().find(|rule| rule.valid_from <= begins);
        holding.unwrap_or(&rules[0])
    }
}

/// Reads rules; they come out by the days from which they hold.
fn parse(text: &str) -> Result<Vec<Rule>, PlanError> {
    let wrong = |why: String| PlanError::Shape(format!("the rules of judgement: {why}"));
    let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    let mut rules = file.rule;
    rules.sort_by_key(|rule| rule.valid_from);
    if rules.is_empty() {
        return Err(wrong("there is none".to_owned()));
    }
    for rule in &rules {
        for (name, part) in [
            ("line.tolerance", rule.line.tolerance),
            ("milestone.risk", rule.milestone.risk),
        ] {
            if part < Decimal::ZERO || part > Decimal::from(1) {
                return Err(wrong(format!(
                    "{name} of {} is {part}, not from 0 to 1",
                    rule.version
                )));
            }
        }
        for asked in [
            "line",
            "tolerance",
            "milestone",
            "due",
            "report_days",
            "published",
        ] {
            if rule.reasons.get(asked).is_none_or(String::is_empty) {
                return Err(wrong(format!(
                    "{} gives no reason for {asked}",
                    rule.version
                )));
            }
        }
    }
    let mut versions: Vec<&str> = rules.iter().map(|rule| rule.version.as_str()).collect();
    versions.sort_unstable();
    for pair in versions.windows(2) {
        if let [one, other] = pair
            && one == other
        {
            return Err(wrong(format!("{one} is there twice")));
        }
    }
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_rule_of_a_plan_is_the_latest_that_held_when_it_began() {
        assert_eq!(Rule::for_plan(date(2023, 1, 1)).version, "2026-2");
        assert_eq!(Rule::for_plan(date(1990, 1, 1)).version, "2026-2");
        let text = include_str!("../../../../data/plan/judgement.toml");
        let later = text
            .replace("2026-2", "2027-1")
            .replace("2020-01-01", "2027-01-01");
        let rule = later.split_once("\n[[rule]]").unwrap().1;
        let both = parse(&format!("{text}\n[[rule]]{rule}")).unwrap();
        let held: Vec<&str> = both.iter().map(|rule| rule.version.as_str()).collect();
        assert_eq!(held, ["2026-2", "2027-1"]);
    }

    #[test]
    fn a_rule_that_says_nothing_sensible_is_refused() {
        let text = include_str!("../../../../data/plan/judgement.toml");
        for (from, to) in [
            ("tolerance = \"0.8\"", "tolerance = \"1.8\""),
            ("risk = \"0.75\"", "risk = \"-0.1\""),
            ("begins = \"year-start\"", "begins = \"easter\""),
            ("published = \"Số", "published_ = \"Số"),
            ("report_days = 15", "report_days = 15\nwho = 1"),
        ] {
            assert!(text.contains(from), "{from}");
            assert!(parse(&text.replace(from, to)).is_err(), "{to}");
        }
        assert!(parse("rule = []").is_err());
        let rule = text.split_once("\n[[rule]]").unwrap().1;
        assert!(parse(&format!("{text}\n[[rule]]{rule}")).is_err(), "twice");
    }
}
