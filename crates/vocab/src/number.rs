//! Numbers as people write them, in either form: `1.234,5` (Vietnamese) or `1,234.5`
//! (English).
//!
//! A text is read in both forms. If only one can be meant, or both mean the same, that
//! settles it. If not (`3,000`, `912.912`), only [`Evidence`] from around it decides: other
//! numbers of its column or document that can be read in one way alone, sums that add up
//! in one way alone, or a form that somebody stated. Without evidence there is no answer.

mod evidence;
mod form;

pub use evidence::{Evidence, Verdict};
pub use form::Form;
use form::Reading;

use crate::Decimal;

/// A number and why it was read so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The number.
    pub value: Decimal,
    /// What decided.
    pub why: Why,
}

/// What decided how a number is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Both forms give the same number.
    SameEitherWay,
    /// The text makes sense in one form only.
    OneReading(Form),
    /// Somebody stated the form.
    Stated(Form),
    /// Numbers around it are written in one form only.
    Witnessed {
        /// The form.
        form: Form,
        /// The first number or sum that shows it.
        witness: String,
        /// How many show it.
        count: usize,
    },
}

impl Why {
    /// The form that the number was read in; `None` when it does not matter.
    pub fn form(&self) -> Option<Form> {
        match self {
            Self::SameEitherWay => None,
            Self::OneReading(form) | Self::Stated(form) | Self::Witnessed { form, .. } => {
                Some(*form)
            }
        }
    }

    /// The stable name under which locale files word it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SameEitherWay => "same-either-way",
            Self::OneReading(_) => "one-reading",
            Self::Stated(_) => "stated",
            Self::Witnessed { .. } => "witnessed",
        }
    }
}

/// Why a text is no number, or not one number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not a number in either form.
    #[error("{0:?} is not a number; write 1.234,5 or 1,234.5")]
    Malformed(String),
    /// More digits or places than are kept.
    #[error("{0:?} has more than 18 digits or 9 decimal places")]
    TooLarge(String),
    /// Two numbers could be meant, and the evidence does not say which.
    #[error("{text:?} is {vietnamese} in Vietnamese and {english} in English form; {doubt}")]
    Ambiguous {
        /// The text.
        text: String,
        /// Its value in the Vietnamese form.
        vietnamese: Decimal,
        /// Its value in the English form.
        english: Decimal,
        /// Why the evidence does not decide.
        doubt: Doubt,
    },
}

impl NumberError {
    /// The stable name under which locale files word it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "number-malformed",
            Self::TooLarge(_) => "number-too-large",
            Self::Ambiguous { .. } => "number-ambiguous",
        }
    }
}

/// Why evidence does not decide.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// No number around it shows a form.
    #[error("nothing around it shows which is meant")]
    NoEvidence,
    /// Numbers around it show both forms.
    #[error("around it {vietnamese} shows the one and {english} the other")]
    Contradictory {
        /// The first that is Vietnamese only.
        vietnamese: String,
        /// The first that is English only.
        english: String,
    },
}

/// Reads a number. What the text shows by itself comes before any evidence.
pub fn parse_number(text: &str, evidence: &Evidence) -> Result<Parsed, NumberError> {
    let shown = || text.trim().chars().take(60).collect::<String>();
    let (value, why) = match Reading::of(text) {
        Reading::Neither => return Err(NumberError::Malformed(shown())),
        Reading::TooLarge => return Err(NumberError::TooLarge(shown())),
        Reading::Same(value) => (value, Why::SameEitherWay),
        Reading::One(form, value) => (value, Why::OneReading(form)),
        Reading::Two {
            vietnamese,
            english,
        } => {
            let doubt = match evidence.verdict() {
                Verdict::Decided(why) => {
                    let value = match why.form() {
                        Some(Form::English) => english,
                        _ => vietnamese,
                    };
                    return Ok(Parsed { value, why });
                }
                Verdict::Silent => Doubt::NoEvidence,
                Verdict::Contradictory {
                    vietnamese,
                    english,
                } => Doubt::Contradictory {
                    vietnamese,
                    english,
                },
            };
            return Err(NumberError::Ambiguous {
                text: shown(),
                vietnamese,
                english,
                doubt,
            });
        }
    };
    Ok(Parsed { value, why })
}

#[cfg(test)]
mod tests;
