//! What is wrong with a row of a file of events, in words.

use vocab::FieldProblem;
use web::i18n::ToArg;

use crate::words::Words;

/// The wording of each fault and note of a row: `units-` and its code.
const KEYS: [&str; 35] = [
    "units-row-code-of-another",
    "units-row-code-twice",
    "units-row-code-unknown",
    "units-row-column-missing",
    "units-row-date-invalid",
    "units-row-event-unknown",
    "units-row-file-empty",
    "units-row-file-unreadable",
    "units-row-name-differs",
    "units-row-name-unknown",
    "units-row-parent-unknown",
    "units-row-part-alone",
    "units-row-share-invalid",
    "units-row-whole-twice",
    "units-row-without-code",
    "units-unit-abolish-empty",
    "units-unit-begins-that-day",
    "units-unit-change-empty",
    "units-unit-changed-later",
    "units-unit-circle",
    "units-unit-code-taken",
    "units-unit-dates-disordered",
    "units-unit-ended",
    "units-unit-exists",
    "units-unit-merge-empty",
    "units-unit-merge-itself",
    "units-unit-name-invalid",
    "units-unit-not-yet",
    "units-unit-parent-gone",
    "units-unit-share-basis",
    "units-unit-shares-wrong",
    "units-unit-split-empty",
    "units-unit-successor-gone",
    "units-unit-twice",
    "units-unit-unknown",
];

/// A fault or note, and what to do about it. One that is not known is said by its code.
pub(super) fn fault(problem: &FieldProblem, words: Words) -> String {
    let known = KEYS
        .into_iter()
        .find(|key| key.strip_prefix("units-") == Some(problem.code.as_str()));
    let Some(key) = known else {
        return problem.code.clone();
    };
    let values: Vec<(&str, String)> = problem
        .args
        .iter()
        .map(|(name, value)| (name.as_str(), said(value, words)))
        .collect();
    let args: Vec<(&str, &dyn ToArg)> = values
        .iter()
        .map(|(name, value)| (*name, value as &dyn ToArg))
        .collect();
    words.t_args(key, &args)
}

/// A day as the reader writes it; anything else as it is.
fn said(value: &str, words: Words) -> String {
    match value.parse::<jiff::civil::Date>() {
        Ok(day) if value.len() == 10 => words.pages.date(&day),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use vocab::Lang;

    #[test]
    fn every_fault_is_worded_with_its_values() {
        for lang in Lang::ALL {
            let words = Words::new(lang);
            for key in KEYS {
                let code = key.strip_prefix("units-").unwrap();
                let mut problem = FieldProblem::new("2", code);
                for name in [
                    "code", "name", "known", "date", "other", "parent", "value", "basis", "limit",
                    "line", "why", "column", "unit",
                ] {
                    problem = problem.with(name, "2024-11-01");
                }
                let said = fault(&problem, words);
                assert!(!said.contains(['⟦', '{', '$']), "{said}");
                assert!(said.len() > code.len() + 5, "{said}");
            }
        }
    }
}
