//! Who has issued a plan of their own, who is late, and what nobody covers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use directory::permission::reach;
use directory::{Act, Principal};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use store::{ListQuery, Scope};
use vocab::Id;
use vocab::fold::fold;

use super::{UNIT_PLAN, UnitPlan};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::projects::states::{APPROVED, SUBMITTED};
use crate::projects::{STATED_OWN_PLANS_DUE, owner};
use crate::view::{DutyView, PlanView};

/// The default of the product, with its reason.
const SHIPPED: &str = include_str!("../../../../data/plan/own-plans.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    days_after_decision: i32,
    why: String,
}

/// The last day for the units' own plans, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueDay {
    /// The duty of the decision names it.
    OfDuty(Date),
    /// A person said so, from this source.
    Stated(Date, String),
    /// So many days after the decision, for this reason: nobody said otherwise.
    Default(Date, i32, String),
    /// Neither the decision nor anybody else gives a day.
    Unknown,
}

impl DueDay {
    /// The day.
    pub const fn day(&self) -> Option<Date> {
        match self {
            Self::OfDuty(day) | Self::Stated(day, _) | Self::Default(day, ..) => Some(*day),
            Self::Unknown => None,
        }
    }
}

/// Where a unit stands with its own plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnPlanState {
    /// Not recorded or not handed in, and the day is over.
    Late,
    /// Not recorded or not handed in.
    Missing,
    /// Before the head of the unit.
    Waiting,
    /// Issued and approved.
    Issued,
}

impl OwnPlanState {
    /// All, the most urgent first.
    pub const ALL: [Self; 4] = [Self::Late, Self::Missing, Self::Waiting, Self::Issued];

    /// Its name in the API and in locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Missing => "missing",
            Self::Waiting => "waiting",
            Self::Issued => "issued",
        }
    }
}

/// As what a unit is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// It leads.
    Lead,
    /// It takes part.
    Partner,
}

/// What a unit is named in, and what of that its own plan covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The targets, in the order of the annex, with as what it is named.
    pub targets: Vec<(Id, Party)>,
    /// The projects that it owns.
    pub projects: Vec<Id>,
    /// Which of all these its plan does not cover.
    pub left_out: BTreeSet<Id>,
}

/// A unit that owes a plan of its own, or has issued one.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnPlanRow {
    /// The unit.
    pub unit: Id,
    /// Whether the decision orders it to have one.
    pub ordered: bool,
    /// Where it stands.
    pub state: OwnPlanState,
    /// Its plan, where it was recorded and the reader may see it.
    pub plan: Option<UnitPlan>,
    /// What it is named in and covers.
    pub coverage: Coverage,
}

/// All units' own plans.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// The duty that orders them, if the decision has one.
    pub duty: Option<Id>,
    /// By when.
    pub due: DueDay,
    /// The units, in the order of the decision's groups.
    pub rows: Vec<OwnPlanRow>,
    /// The targets that no approved plan covers.
    pub uncovered_targets: Vec<Id>,
    /// The projects that no approved plan covers.
    pub uncovered_projects: Vec<Id>,
}

impl Overview {
    /// How many of the units that are ordered to have one have issued theirs, of how many.
    pub fn kept(&self) -> (usize, usize) {
        let ordered = self.rows.iter().filter(|row| row.ordered);
        let issued = ordered
            .clone()
            .filter(|row| row.state == OwnPlanState::Issued);
        (issued.count(), ordered.count())
    }
}

/// The duty that orders units to issue plans of their own.
pub fn ordering_duty(view: &PlanView) -> Option<&DutyView> {
    view.duties.iter().find(|duty| duty.orders_own_plans)
}

/// Whether a duty's words order units to issue plans of their own: «ban hành Kế hoạch … của cơ
/// quan, địa phương mình».
pub(crate) fn orders_own_plans(text: &str) -> bool {
    let text = fold(text);
    let issues = text.find("ban hanh ke hoach");
    let own = |from: usize| text[from..].contains(" minh");
    issues.is_some_and(|from| text[from..].contains(" cua ") && own(from))
}

fn coverage(view: &PlanView, unit: Id, plan: Option<&UnitPlan>) -> Coverage {
    let named = |parties: &[crate::records::Party]| {
        let mut parties = parties.iter();
        parties.any(|party| view.members(party).contains(&unit))
    };
    let targets = view.targets.iter().filter_map(|target| {
        if named(&target.body.leads) {
            Some((target.id, Party::Lead))
        } else {
            named(&target.body.partners).then_some((target.id, Party::Partner))
        }
    });
    let targets: Vec<(Id, Party)> = targets.collect();
    let projects = view.projects.iter();
    let projects = projects.filter(|project| owner(view, project) == Some(unit));
    let projects: Vec<Id> = projects.map(|project| project.id).collect();
    let all = targets
        .iter()
        .map(|(id, _)| *id)
        .chain(projects.iter().copied());
    let left_out = all.filter(|id| plan.is_none_or(|plan| plan.covers(*id).is_none()));
    Coverage {
        left_out: left_out.collect(),
        targets,
        projects,
    }
}

impl Plans {
    /// What a unit is named in, and what of it its own plan covers.
    pub fn own_plan_coverage(
        &self,
        view: &PlanView,
        unit: Id,
        plan: Option<&UnitPlan>,
    ) -> Coverage {
        coverage(view, unit, plan)
    }

    /// By when units issue their own plans.
    pub async fn own_plans_due(&self, view: &PlanView) -> Result<DueDay, PlanError> {
        if let Some(stated) = self.stated(view.id, STATED_OWN_PLANS_DUE).await?
            && let Some(day) = stated.body.day
        {
            return Ok(DueDay::Stated(day, stated.body.source));
        }
        let duty = ordering_duty(view);
        if let Some(day) = duty.and_then(|duty| duty.body.last_day()) {
            return Ok(DueDay::OfDuty(day));
        }
        let shipped: Shipped = toml::from_str(SHIPPED)
            .map_err(|error| PlanError::Shape(format!("own-plans.toml: {error}")))?;
        let days = shipped.days_after_decision;
        let day = view
            .date
            .and_then(|date| date.checked_add(days.days()).ok());
        Ok(day.map_or(DueDay::Unknown, |day| {
            DueDay::Default(day, days, shipped.why)
        }))
    }

    /// How many of the units that are ordered to issue a plan of their own have done so, of how
    /// many, whoever asks; none where the decision orders none.
    pub async fn own_plans_kept(
        &self,
        view: &PlanView,
    ) -> Result<Option<(usize, usize)>, PlanError> {
        let Some(duty) = ordering_duty(view) else {
            return Ok(None);
        };
        let scope = Scope::bypass("how many plans were issued is everybody's to know");
        let mut query = ListQuery::new(UNIT_PLAN, scope)
            .filter("plan", view.id)
            .limit(1_000);
        let mut issued = BTreeSet::new();
        loop {
            // Heads say it: a public page reads no word of the plans.
            let page = self.registry().store().list(&query).await?;
            let approved = page.items.iter().filter(|head| head.state == APPROVED);
            issued.extend(approved.map(|head| head.unit));
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        let ordered = members(view, duty);
        let kept = ordered.iter().filter(|unit| issued.contains(unit)).count();
        Ok(Some((kept, ordered.len())))
    }

    /// All units' own plans, as far as this reader may see them.
    pub async fn own_plans(
        &self,
        reader: &Principal,
        view: &PlanView,
    ) -> Result<Overview, PlanError> {
        let due = self.own_plans_due(view).await?;
        let late = due.day().is_some_and(|day| day < self.today());
        // Who has recorded one is known to all who see this page; what it says to those who may.
        let scope = Scope::bypass("whether a plan was recorded is told to all who may ask");
        let query = ListQuery::new(UNIT_PLAN, scope).filter("plan", view.id);
        let mut plans: HashMap<Id, UnitPlan> = HashMap::new();
        for record in self.registry().all(query).await? {
            plans.insert(record.unit, UnitPlan::of(record)?);
        }
        let mut readable = BTreeSet::new();
        let query = ListQuery::new(UNIT_PLAN, reach(reader, Act::Read, UNIT_PLAN));
        for record in self.registry().all(query.filter("plan", view.id)).await? {
            readable.insert(record.unit);
        }
        let duty = ordering_duty(view);
        let ordered = duty.map_or_else(Vec::new, |duty| members(view, duty));
        let mut units = ordered.clone();
        let others: BTreeMap<&str, Id> = plans
            .keys()
            .filter(|unit| !ordered.contains(unit))
            .filter_map(|unit| Some((view.units.get(*unit)?.name.as_str(), *unit)))
            .collect();
        units.extend(others.into_values());
        let rows = units.into_iter().map(|unit| {
            let known = plans.get(&unit);
            let coverage = coverage(view, unit, known.filter(|plan| plan.counts()));
            OwnPlanRow {
                unit,
                ordered: ordered.contains(&unit),
                state: match known {
                    Some(plan) if plan.counts() => OwnPlanState::Issued,
                    Some(plan) if plan.record.state == SUBMITTED => OwnPlanState::Waiting,
                    // What was begun and not handed in is not issued.
                    _ if late => OwnPlanState::Late,
                    _ => OwnPlanState::Missing,
                },
                plan: known.filter(|_| readable.contains(&unit)).cloned(),
                coverage,
            }
        });
        let rows: Vec<OwnPlanRow> = rows.collect();
        let covered: BTreeSet<Id> = plans
            .values()
            .filter(|plan| plan.counts())
            .flat_map(|plan| plan.body.covers.iter().map(|covered| covered.of))
            .collect();
        let open = |id: &Id| !covered.contains(id);
        Ok(Overview {
            duty: duty.map(|duty| duty.id),
            due,
            rows,
            uncovered_targets: view.targets.iter().map(|one| one.id).filter(open).collect(),
            uncovered_projects: view
                .projects
                .iter()
                .map(|one| one.id)
                .filter(open)
                .collect(),
        })
    }
}

/// The units that a duty is told to.
fn members(view: &PlanView, duty: &DutyView) -> Vec<Id> {
    let mut units = Vec::new();
    for unit in duty.body.bodies.iter().flat_map(|body| view.members(body)) {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_has_its_reason() {
        let shipped: Shipped = toml::from_str(SHIPPED).unwrap();
        assert!(shipped.days_after_decision > 0);
        assert!(shipped.why.chars().count() > 40);
    }
}
