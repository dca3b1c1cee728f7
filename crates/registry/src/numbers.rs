//! Numbers as people type them.

use vocab::number::{Evidence, NumberError, parse_number};
use vocab::{Decimal, FieldProblem, Lang};

/// A number typed in a page or a file of this language. What groups by threes as the language
/// does is taken so; what would be a fraction here and thousands elsewhere (`1,655` in
/// Vietnamese) is asked about, never guessed.
pub fn decimal(field: &str, text: &str, lang: Lang) -> Result<Decimal, FieldProblem> {
    let shown: String = text.trim().chars().take(40).collect();
    let problem = |code: &str| FieldProblem::new(field, code).with("text", &shown);
    match parse_number(text, &Evidence::default()) {
        Ok(parsed) => Ok(parsed.value),
        Err(NumberError::Ambiguous {
            vietnamese,
            english,
            ..
        }) => {
            let (own, other) = match lang {
                Lang::Vi => (vietnamese, english),
                Lang::En => (english, vietnamese),
            };
            if own.scale() == 0 {
                return Ok(own);
            }
            let precise = own.rescale(own.scale() + 1).unwrap_or(own);
            Err(problem("number-ambiguous")
                .with("whole", other)
                .with("fraction", precise.format(lang)))
        }
        Err(error) => Err(problem(error.code())),
    }
}

/// A whole number typed in a page or a file of this language.
pub fn whole(field: &str, text: &str, lang: Lang) -> Result<i64, FieldProblem> {
    as_whole(field, decimal(field, text, lang)?)
}

/// The whole number that a decimal is.
pub(crate) fn as_whole(field: &str, value: Decimal) -> Result<i64, FieldProblem> {
    let value = value.normalized();
    if value.scale() == 0 {
        Ok(value.mantissa())
    } else {
        Err(FieldProblem::new(field, "not-whole"))
    }
}
