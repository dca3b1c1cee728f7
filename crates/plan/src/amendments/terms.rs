//! What a plan says of a target on a day, so far as a later document may say it otherwise.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocab::Id;

use crate::records::{Due, IndicatorBody, Measure, Party, TargetBody};

/// What a plan says of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Its number in the annex.
    pub number: u16,
    /// The code of its heading.
    pub group: String,
    /// What is to be done, as written.
    pub name: String,
    /// Its goals, as written.
    pub goal: String,
    /// Who leads.
    pub leads: Vec<Party>,
    /// Who takes part.
    pub partners: Vec<Party>,
    /// The documents that order it, as written.
    pub legal_bases: Vec<String>,
    /// When it is due, where the annex says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// What measures it, in the order of its goals.
    pub measures: Vec<MeasureTerms>,
}

/// What a plan says of one measure of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureTerms {
    /// The indicator.
    pub indicator: Id,
    /// What it measures.
    pub name: String,
    /// The goal, as written.
    pub goal: String,
    /// How it is measured and what is to be reached.
    pub measure: Measure,
    /// `%`, or the thing counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The day on which it is due, where it has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
}

/// What becomes of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Amends {
    /// It is new, or comes back.
    Adds,
    /// It says something else.
    Changes,
    /// It is there no longer.
    Drops,
}

impl Amends {
    /// Its name in records and locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Adds => "adds",
            Self::Changes => "changes",
            Self::Drops => "drops",
        }
    }
}

/// What a later document makes of one target: what was, and what is from its day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetAmended {
    /// The target.
    pub target: Id,
    /// What becomes of it.
    pub what: Amends,
    /// What the plan said until then; nothing of one that was not in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Terms>,
    /// What it says from then on; nothing of one that is dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Terms>,
}

impl MeasureTerms {
    /// What the record of an indicator says.
    pub fn of(indicator: Id, body: &IndicatorBody) -> Self {
        Self {
            indicator,
            name: body.name.clone(),
            goal: body.goal.clone(),
            measure: body.measure.clone(),
            unit: body.measure_unit.clone(),
            due: body.due,
        }
    }

    /// The record's body as it reads under these terms.
    pub(crate) fn over(&self, body: &IndicatorBody) -> IndicatorBody {
        IndicatorBody {
            name: self.name.clone(),
            goal: self.goal.clone(),
            measure: self.measure.clone(),
            measure_unit: self.unit.clone(),
            due: self.due,
            ..body.clone()
        }
    }

    fn amended(&self, before: &Self, now: &Self) -> Self {
        Self {
            indicator: self.indicator,
            name: pick(&self.name, &before.name, &now.name),
            goal: pick(&self.goal, &before.goal, &now.goal),
            measure: pick(&self.measure, &before.measure, &now.measure),
            unit: pick(&self.unit, &before.unit, &now.unit),
            due: pick(&self.due, &before.due, &now.due),
        }
    }
}

/// A field after a change: what it became if the change is about it, else what it was.
fn pick<T: Clone + PartialEq>(current: &T, before: &T, now: &T) -> T {
    if before == now {
        current.clone()
    } else {
        now.clone()
    }
}

impl Terms {
    /// What the record of a target says, with those of its indicators.
    pub fn of(body: &TargetBody, measures: Vec<MeasureTerms>) -> Self {
        Self {
            number: body.number,
            group: body.group.clone(),
            name: body.name.clone(),
            goal: body.goal.clone(),
            leads: body.leads.clone(),
            partners: body.partners.clone(),
            legal_bases: body.legal_bases.clone(),
            due: body.due.clone(),
            measures,
        }
    }

    /// The record's body as it reads under these terms.
    pub(crate) fn over(&self, body: &TargetBody) -> TargetBody {
        TargetBody {
            number: self.number,
            group: self.group.clone(),
            name: self.name.clone(),
            goal: self.goal.clone(),
            leads: self.leads.clone(),
            partners: self.partners.clone(),
            legal_bases: self.legal_bases.clone(),
            due: self.due.clone(),
            ..body.clone()
        }
    }

    /// The measure by an indicator.
    pub fn measure(&self, indicator: Id) -> Option<&MeasureTerms> {
        let mut measures = self.measures.iter();
        measures.find(|measure| measure.indicator == indicator)
    }

    /// These terms after a change from `before` to `now`: only what differs between the two
    /// is taken, so that a change which is recorded late undoes nothing that another ordered.
    #[must_use]
    pub fn amended(&self, before: &Self, now: &Self) -> Self {
        let kept = self.measures.iter().filter_map(|own| {
            let was = before.measure(own.indicator);
            match (was, now.measure(own.indicator)) {
                (Some(_), None) => None,
                (Some(was), Some(is)) => Some(own.amended(was, is)),
                (None, _) => Some(own.clone()),
            }
        });
        let new = now.measures.iter().filter(|new| {
            let id = new.indicator;
            before.measure(id).is_none() && self.measure(id).is_none()
        });
        Self {
            number: pick(&self.number, &before.number, &now.number),
            group: pick(&self.group, &before.group, &now.group),
            name: pick(&self.name, &before.name, &now.name),
            goal: pick(&self.goal, &before.goal, &now.goal),
            leads: pick(&self.leads, &before.leads, &now.leads),
            partners: pick(&self.partners, &before.partners, &now.partners),
            legal_bases: pick(&self.legal_bases, &before.legal_bases, &now.legal_bases),
            due: pick(&self.due, &before.due, &now.due),
            measures: kept.chain(new.cloned()).collect(),
        }
    }
}

impl TargetAmended {
    /// What is left of a target's terms after this.
    pub(crate) fn apply(&self, current: Option<&Terms>) -> Option<Terms> {
        match (self.what, &self.before, &self.now) {
            (Amends::Drops, ..) => None,
            (Amends::Adds, _, now) => now.clone(),
            (Amends::Changes, Some(before), Some(now)) => {
                current.map(|current| current.amended(before, now))
            }
            (Amends::Changes, ..) => current.cloned(),
        }
    }

    /// The number by which people know the target.
    pub fn number(&self) -> u16 {
        let terms = self.before.as_ref().or(self.now.as_ref());
        terms.map_or(0, |terms| terms.number)
    }

    /// Its name, as it is from then on.
    pub fn name(&self) -> &str {
        let terms = self.now.as_ref().or(self.before.as_ref());
        terms.map_or("", |terms| &terms.name)
    }
}
