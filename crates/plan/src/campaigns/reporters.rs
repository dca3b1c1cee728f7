//! Who reports on a target on a day.

use std::sync::Arc;

use directory::{Succession, UnitTree};
use jiff::civil::Date;
use vocab::{Id, Period};

use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::Party;
use crate::view::{PlanView, TargetView};

/// Units as they stand on a day, and what those of the decision became by then.
pub(crate) struct UnitsThen {
    pub tree: Arc<UnitTree>,
    succession: Arc<Succession>,
    day: Date,
}

impl Plans {
    /// Units on a day.
    pub(crate) async fn units_then(&self, day: Date) -> Result<UnitsThen, PlanError> {
        let directory = self.registry().directory();
        Ok(UnitsThen {
            tree: directory.units_on(day).await?,
            succession: directory.succession().await?,
            day,
        })
    }

    /// Whether a unit reports on an indicator for a period: it leads one of its targets, as
    /// the decision names it, or as units stand in the period.
    pub(crate) async fn reports_on(
        &self,
        view: &PlanView,
        indicator: Id,
        unit: Id,
        period: Period,
    ) -> Result<bool, PlanError> {
        let measured = |target: &&TargetView| {
            let mut indicators = target.indicators.iter();
            indicators.any(|known| known.id == indicator)
        };
        let targets: Vec<&TargetView> = view.targets.iter().filter(measured).collect();
        if targets
            .iter()
            .any(|target| target.reporters.contains(&unit))
        {
            return Ok(true);
        }
        for day in [period.start(), as_of(period, self.today())] {
            let then = self.units_then(day).await?;
            let mut leads = targets
                .iter()
                .flat_map(|target| then.reporters(view, target));
            if leads.any(|lead| lead == unit) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The day of a period as of which units are looked up: today while the period runs, else
/// its last day.
pub(crate) fn as_of(period: Period, today: Date) -> Date {
    today.clamp(period.start(), period.end())
}

impl UnitsThen {
    /// The units that report on a target: those that lead it, or what they became; of a set
    /// its members on the day.
    pub(crate) fn reporters(&self, view: &PlanView, target: &TargetView) -> Vec<Id> {
        let mut reporters = Vec::new();
        for lead in &target.body.leads {
            for unit in self.members(view, lead) {
                if !reporters.contains(&unit) {
                    reporters.push(unit);
                }
            }
        }
        reporters
    }

    /// The units that a party is on the day.
    pub(crate) fn members(&self, view: &PlanView, party: &Party) -> Vec<Id> {
        let of_group = party.group.as_deref().and_then(|key| self.group(key));
        of_group.unwrap_or_else(|| {
            // A unit, or a set that nobody speaks of on this day any more.
            let named = view.members(party).into_iter();
            named.flat_map(|unit| self.now(unit)).collect()
        })
    }

    /// The members of a set on the day, in the order of lists.
    pub(crate) fn group(&self, key: &str) -> Option<Vec<Id>> {
        let group = self.tree.groups().iter().find(|group| group.key == key);
        group?.members.clone()
    }

    /// A unit as of the day: itself while it stands, else what it became.
    fn now(&self, unit: Id) -> Vec<Id> {
        if self.tree.get(unit).is_some() {
            return vec![unit];
        }
        self.succession.successors(unit, self.day)
    }
}
