//! The words of a sheet, and what was read from it in words.

use plan::Entered;
use plan::import::IndicatorKind;
use plan::workbook::{COLUMNS, SheetError, SheetHead, SheetWords};
use vocab::{FieldProblem, Lang, Problem};

use super::super::super::form_errors;
use crate::i18n::Translator;

/// The words of a sheet in a language.
pub(super) fn sheet(words: Translator, head: &SheetHead) -> SheetWords {
    let titles = COLUMNS
        .iter()
        .map(|id| words.t(&format!("excel-{}", id.replace(':', "-"))));
    SheetWords {
        sheet: words.t("excel-sheet"),
        title: words.t_args(
            "excel-title",
            &[
                ("period", &head.period.label(words.lang)),
                ("unit", &head.unit_name),
            ],
        ),
        instructions: ["white", "numbers", "ratio", "rows", "keys"]
            .map(|about| words.t(&format!("excel-how-{about}")))
            .to_vec(),
        made_up: words.t("excel-made-up"),
        titles: titles.collect(),
        kinds: ["ratio", "count", "milestone", "standing"]
            .map(|kind| words.t(&format!("excel-kind-{kind}"))),
        flags: [words.t("excel-yes"), words.t("excel-no")],
        whole: words.t("excel-type-whole"),
        decimal: words.t("excel-type-decimal"),
        choice: words.t("excel-type-choice"),
    }
}

/// The languages in which a sheet may have been made, the reader's first.
pub(super) fn languages(words: Translator, head: &SheetHead) -> Vec<SheetWords> {
    let mut languages = vec![words.lang];
    languages.extend(Lang::ALL.into_iter().filter(|lang| *lang != words.lang));
    languages
        .into_iter()
        .map(|lang| sheet(Translator::new(lang), head))
        .collect()
}

/// A value that may lack its half: `45 / 60`, `45 / –`, `12 lớp`; nothing is a dash.
pub(super) fn value(
    words: Translator,
    kind: IndicatorKind,
    unit: Option<&str>,
    entered: Entered,
) -> String {
    let dash = || "–".to_owned();
    let part = |value: Option<i64>| value.map_or_else(dash, |value| words.number(value));
    match (kind, entered) {
        (
            IndicatorKind::Ratio,
            Entered {
                numerator: None,
                denominator: None,
                ..
            },
        ) => dash(),
        (IndicatorKind::Ratio, entered) => {
            format!(
                "{} / {}",
                part(entered.numerator),
                part(entered.denominator)
            )
        }
        (IndicatorKind::Count, entered) => entered.count.map_or_else(dash, |count| {
            words.in_unit(&count.normalized(), unit.unwrap_or_default())
        }),
        (IndicatorKind::Milestone | IndicatorKind::Standing, entered) => match entered.reached {
            Some(true) => words.t("excel-yes"),
            Some(false) => words.t("excel-no"),
            None => dash(),
        },
    }
}

/// Why a cell could not be read.
pub(super) fn refusal(words: Translator, problem: &FieldProblem) -> String {
    let whole = Problem::new(422, "invalid-fields", "a cell of a sheet");
    let mut errors = form_errors(words, &whole.at(problem.clone()), &[], "").0;
    errors.pop().map_or_else(String::new, |error| error.message)
}

/// Why a file was not read at all, as a problem with its field.
pub(super) fn problem(words: Translator, error: &SheetError) -> Problem {
    let of_file = |code: &str| FieldProblem::new("tep", code);
    let field = match error {
        SheetError::File(office::xlsx_in::XlsxReadError::TooLarge) => of_file("sheet-file-large"),
        SheetError::File(_) => of_file("sheet-file-broken"),
        SheetError::NotOurs => of_file("sheet-not-ours"),
        SheetError::Other { what, found } => {
            let found = match (*what, found.parse::<vocab::Period>()) {
                ("period", Ok(period)) => period.label(words.lang),
                _ => found.clone(),
            };
            of_file(&format!("sheet-other-{what}")).with("found", found)
        }
        SheetError::ColumnTwice { cell } => of_file("sheet-column-twice").with("cell", cell),
        SheetError::ColumnMissing { column } => {
            of_file("sheet-column-missing").with("column", column)
        }
    };
    Problem::new(422, "invalid-fields", error.to_string()).at(field)
}
