//! Who is asked: the lead of the matter, the plan's coordinator, the chairman of the province;
//! and until when, by a rule that is data.

use directory::{Role, province};
use jiff::civil::Date;
use registry::RegistryError;
use serde::{Deserialize, Serialize};
use vocab::{Id, Term};

use super::About;
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::Party;
use crate::view::PlanView;

/// Who is asked; each may pass it on to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rung {
    /// Whoever leads the target, the project or the duty.
    Lead,
    /// Whoever organises the plan's execution.
    Coordinator,
    /// The chairman of the province.
    Chairman,
}

impl Rung {
    /// All, from the lowest.
    pub const ALL: [Self; 3] = [Self::Lead, Self::Coordinator, Self::Chairman];

    /// Its name in records, forms and locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Coordinator => "coordinator",
            Self::Chairman => "chairman",
        }
    }

    /// The role that answers there.
    pub(super) const fn role(self) -> Role {
        match self {
            Self::Lead | Self::Chairman => Role::Head,
            Self::Coordinator => Role::Coordinator,
        }
    }
}

/// In how many working days what is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Which rule this is.
    pub version: String,
    /// Working days.
    pub days: Days,
    /// Why.
    pub reasons: Reasons,
}

/// Working days, counted from the day after the one on which something was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named as what is to be done, or by whom")]
pub struct Days {
    pub send: u32,
    pub correct: u32,
    pub lead: u32,
    pub coordinator: u32,
    pub chairman: u32,
    pub confirm: u32,
}

/// Why these days.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named as what they are about")]
pub struct Reasons {
    pub send: String,
    pub answer: String,
    pub confirm: String,
}

/// The rule that ships.
pub fn shipped_terms() -> Result<Terms, PlanError> {
    let text = include_str!("../../../../data/plan/obstacles.toml");
    toml::from_str(text)
        .map_err(|error| PlanError::Shape(format!("the shipped terms of obstacles: {error}")))
}

impl Days {
    /// Until when somebody is to answer.
    pub const fn to_answer(&self, rung: Rung) -> u32 {
        match rung {
            Rung::Lead => self.lead,
            Rung::Coordinator => self.coordinator,
            Rung::Chairman => self.chairman,
        }
    }
}

impl Plans {
    /// The last day of so many working days that begin today.
    pub(crate) fn day_after(&self, days: u32) -> Result<Date, PlanError> {
        let calendar = self.registry().calendar();
        let last = calendar.term_end(self.today(), Term::WorkingDays(days));
        last.map_err(|error| RegistryError::refused(500, "no-deadline", error.to_string()).into())
    }

    /// Whom a unit may ask about something, from the lowest: each with the unit that is asked.
    /// Nobody asks themselves, and nobody stands on two rungs: of those the upper one counts.
    pub async fn ladder(
        &self,
        view: &PlanView,
        about: About,
        unit: Id,
    ) -> Result<Vec<(Rung, Id)>, PlanError> {
        let leads = about.leads(view);
        let lead = leads.iter().find_map(|lead| lead.unit);
        let coordinator = view.body.facts.coordinator.as_ref();
        let coordinator = coordinator.and_then(|party| party.unit);
        let rungs = [
            (Rung::Lead, lead),
            (Rung::Coordinator, coordinator),
            (Rung::Chairman, Some(province())),
        ];
        let mut asked: Vec<(Rung, Id)> = Vec::new();
        for (rung, body) in rungs {
            let Some(body) = body else { continue };
            let body = self.unit_today(body).await?;
            asked.retain(|(_, lower)| *lower != body);
            if body != unit {
                asked.push((rung, body));
            }
        }
        Ok(asked)
    }

    /// A unit of any day as it stands today: itself, or what it became.
    async fn unit_today(&self, unit: Id) -> Result<Id, PlanError> {
        let directory = self.registry().directory();
        if unit == province() || directory.units().await?.get(unit).is_some() {
            return Ok(unit);
        }
        let succession = directory.succession().await?;
        let became = succession.successors(unit, self.today());
        Ok(became.first().copied().unwrap_or(unit))
    }
}

impl About {
    /// Who leads it.
    fn leads(self, view: &PlanView) -> &[Party] {
        match self {
            Self::Target(id) => view
                .target_by_id(id)
                .map_or(&[], |target| &target.body.leads),
            Self::Project(id) => {
                let mut projects = view.projects.iter();
                projects
                    .find(|project| project.id == id)
                    .map_or(&[], |project| &project.body.leads)
            }
            Self::Duty(id) => {
                let mut duties = view.duties.iter();
                duties
                    .find(|duty| duty.id == id)
                    .map_or(&[], |duty| &duty.body.bodies)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_terms_can_be_read_and_grow_upwards() {
        let terms = shipped_terms().unwrap();
        let days = terms.days;
        assert!(days.send > 0 && days.correct > 0 && days.confirm > 0);
        let up = Rung::ALL.map(|rung| days.to_answer(rung));
        assert!(up.is_sorted() && up[0] > 0, "{up:?}");
    }
}
