//! What the reader of decisions found, in words.

use jiff::civil::Date;
use plan::import::{Arg, Finding, FindingCode};
use vocab::Lang;

use super::{ToArg, Translator};

impl Translator {
    /// A finding as one sentence.
    pub fn finding(self, finding: &Finding) -> String {
        let words: Vec<(&str, String)> = finding
            .args
            .iter()
            .map(|(name, value)| (*name, self.argument(name, value)))
            .collect();
        let args: Vec<(&str, &dyn ToArg)> = words
            .iter()
            .map(|(name, text)| (*name, text as &dyn ToArg))
            .collect();
        self.t_args(&key(finding), &args)
    }

    /// Amounts, days and the columns of money come in the form that programs use.
    fn argument(self, name: &str, value: &Arg) -> String {
        match value {
            Arg::Number(amount) if name.ends_with("_vnd") => self.money(*amount),
            Arg::Number(number) => number.to_string(),
            Arg::Text(column) if name == "column" => self.t(&format!("finding-column-{column}")),
            Arg::Text(days) if matches!(name, "date" | "dates" | "decided") => self.days(days),
            Arg::Text(text) => text.replace('\n', "; "),
        }
    }

    fn days(self, days: &str) -> String {
        let each: Vec<String> = days
            .split(", ")
            .map(|day| {
                day.parse()
                    .map_or_else(|_| day.to_owned(), |day: Date| self.date(&day))
            })
            .collect();
        each.join(match self.lang {
            Lang::Vi => " và ",
            Lang::En => " and ",
        })
    }
}

/// A project without a lead is worded otherwise than a target without one.
fn key(finding: &Finding) -> String {
    let code = serde_json::to_value(finding.code)
        .ok()
        .and_then(|code| code.as_str().map(str::to_owned))
        .unwrap_or_default();
    match finding.code {
        FindingCode::LeadMissing if finding.args.contains_key("project") => {
            format!("finding-{code}-project")
        }
        _ => format!("finding-{code}"),
    }
}

#[cfg(test)]
mod tests {
    use plan::import::read_decision;

    use super::*;

    #[test]
    fn every_finding_of_the_shipped_decision_is_worded_in_both_languages() {
        let text = include_str!("../../../../data/plan/decision-833-2023.txt");
        let plan = read_decision(text).unwrap();
        assert!(!plan.findings.is_empty());
        for lang in Lang::ALL {
            for finding in &plan.findings {
                let words = Translator::new(lang).finding(finding);
                assert!(!words.contains('⟦'), "{words}");
                for value in finding.args.values() {
                    if let Arg::Text(text) = value
                        && text.contains("2022-")
                    {
                        assert!(!words.contains(text.as_str()), "{words}");
                    }
                }
            }
        }
    }

    #[test]
    fn amounts_and_columns_are_written_for_people() {
        let text = include_str!("../../../../data/plan/decision-833-2023.txt");
        let plan = read_decision(text).unwrap();
        let finding = plan
            .findings
            .iter()
            .find(|finding| finding.code == FindingCode::BudgetDiffersFromProjects)
            .unwrap();
        let words = Translator::new(Lang::Vi).finding(finding);
        assert!(words.contains("25.727.000.000\u{a0}đồng"), "{words}");
        assert!(words.contains("nguồn đầu tư"), "{words}");
    }
}
