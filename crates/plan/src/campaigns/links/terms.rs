//! Until when links last, by a rule that is data.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::Campaign;
use super::super::dates::shifted;
use crate::error::PlanError;
use crate::plans::Plans;

/// Until when links last.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkTerms {
    /// Which rule this is.
    pub version: String,
    /// Working days after a campaign's last day for handing in; whoever makes a link may choose
    /// another day.
    pub grace_days: u32,
    /// The furthest day that may be chosen, in days from today or from the last day for handing
    /// in, whichever is later.
    pub furthest: u32,
    /// Why.
    pub reason: String,
}

/// The rule that ships.
pub fn shipped_link_terms() -> Result<LinkTerms, PlanError> {
    let text = include_str!("../../../../../data/plan/links.toml");
    toml::from_str(text)
        .map_err(|error| PlanError::Shape(format!("the shipped terms of links: {error}")))
}

impl Plans {
    /// The last day of a link into a campaign, if whoever makes it chooses no other.
    pub fn link_end(&self, campaign: &Campaign) -> Result<Date, PlanError> {
        let days = shipped_link_terms()?.grace_days;
        let days = i32::try_from(days).unwrap_or(i32::MAX);
        let from = campaign.body.due_on.max(self.today());
        let calendar = self.registry().calendar();
        let end = shifted(calendar, from, days);
        // A day at the end of all calendars has none that comes later.
        Ok(end.unwrap_or(from).min(self.furthest_link_end(campaign)?))
    }

    /// The furthest day that may be chosen for a link into a campaign.
    pub fn furthest_link_end(&self, campaign: &Campaign) -> Result<Date, PlanError> {
        let days = i64::from(shipped_link_terms()?.furthest);
        let from = campaign.body.due_on.max(self.today());
        Ok(from.checked_add(days.days()).unwrap_or(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_terms_can_be_read() {
        let terms = shipped_link_terms().unwrap();
        assert!(terms.grace_days > 0 && terms.furthest > 2 * terms.grace_days);
    }
}
