//! What the reader of decisions found, in words.

use jiff::civil::Date;
use plan::records::Finding;
use serde_json::Value;
use vocab::Lang;

use super::{ToArg, Translator};

impl Translator {
    /// A finding as one sentence.
    pub fn finding(self, finding: &Finding) -> String {
        let words: Vec<(&str, String)> = finding
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), self.argument(name, value)))
            .collect();
        let args: Vec<(&str, &dyn ToArg)> = words
            .iter()
            .map(|(name, text)| (*name, text as &dyn ToArg))
            .collect();
        // A project without a lead is worded otherwise than a target without one.
        let project = finding.code == "lead-missing" && finding.args.contains_key("project");
        let ending = if project { "-project" } else { "" };
        self.t_args(&format!("finding-{}{ending}", finding.code), &args)
    }

    /// Amounts, days and the columns of money come in the form that programs use.
    fn argument(self, name: &str, value: &Value) -> String {
        let text = match value {
            Value::Number(number) => match number.as_i64() {
                Some(amount) if name.ends_with("_vnd") => return self.money(amount),
                _ => return number.to_string(),
            },
            Value::String(text) => text,
            other => return other.to_string(),
        };
        match name {
            "column" => self.t(&format!("finding-column-{text}")),
            "date" | "dates" | "decided" => self.days(text),
            _ => text.replace('\n', "; "),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The shipped decision's findings as they are kept.
    fn shipped() -> Vec<Finding> {
        let text = include_str!("../../../../data/plan/decision-833-2023.txt");
        let plan = plan::import::read_decision(text).unwrap();
        let kept = serde_json::to_value(&plan.findings).unwrap();
        serde_json::from_value(kept).unwrap()
    }

    #[test]
    fn every_finding_of_the_shipped_decision_is_worded_in_both_languages() {
        let findings = shipped();
        assert!(findings.len() > 40);
        for lang in Lang::ALL {
            for finding in &findings {
                let words = Translator::new(lang).finding(finding);
                assert!(!words.contains('⟦'), "{words}");
                assert!(!words.contains("2022-"), "{words}");
            }
        }
    }

    #[test]
    fn amounts_and_columns_are_written_for_people() {
        let findings = shipped();
        let finding = findings
            .iter()
            .find(|finding| finding.code == "budget-differs-from-projects")
            .unwrap();
        let words = Translator::new(Lang::Vi).finding(finding);
        assert!(words.contains("25.727.000.000\u{a0}đồng"), "{words}");
        assert!(words.contains("nguồn đầu tư"), "{words}");
    }

    #[test]
    fn projects_and_targets_without_a_lead_are_told_apart() {
        let finding = |name: &str| Finding {
            code: "lead-missing".to_owned(),
            severity: "warning".to_owned(),
            lines: vec![7],
            args: [(name, "5.8"), ("annex", "3")]
                .map(|(name, value)| (name.to_owned(), Value::from(value)))
                .into(),
        };
        let words = |name| Translator::new(Lang::En).finding(&finding(name));
        assert_eq!(words("project"), "Annex 3, project 5.8: nobody leads.");
        assert_eq!(words("target"), "Target 5.8: nobody leads.");
    }
}
