//! Until when partners answer, by a rule that is data.

use jiff::civil::Date;
use serde::Deserialize;

use crate::error::PlanError;
use crate::plans::Plans;

/// In how many working days partners are to answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpinionTerms {
    /// Which rule this is.
    pub version: String,
    /// Working days from the day after the asking; whoever asks may set another day.
    pub days: u32,
    /// Working days for an opinion on a figure that was changed after it had been given.
    pub again_days: u32,
    /// The furthest day that may be set, in days from the asking.
    pub furthest: u32,
    /// Why.
    pub reason: String,
}

/// The rule that ships.
pub fn shipped_opinion_terms() -> Result<OpinionTerms, PlanError> {
    let text = include_str!("../../../../data/plan/opinions.toml");
    toml::from_str(text)
        .map_err(|error| PlanError::Shape(format!("the shipped terms of opinions: {error}")))
}

impl Plans {
    /// The day by which partners answer, if whoever asks sets no other.
    pub fn opinions_due(&self) -> Result<Date, PlanError> {
        self.day_after(shipped_opinion_terms()?.days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_terms_can_be_read() {
        let terms = shipped_opinion_terms().unwrap();
        assert!(terms.again_days > 0 && terms.days >= terms.again_days);
        assert!(terms.furthest > 2 * terms.days, "{terms:?}");
    }
}
