//! What opening a campaign would do.

use std::collections::BTreeSet;

use directory::Act;
use jiff::civil::Date;
use vocab::{FieldProblem, Id, Period, Problem};

use super::dates::shifted;
use super::reporters::as_of;
use super::{CAMPAIGN, FURTHEST_REMINDER, LONGEST_TITLE, Reminder, Which};
use crate::error::PlanError;
use crate::plans::Plans;
use crate::records::Party;
use crate::view::{PlanView, TargetView};
use registry::RegistryError;

/// Until when sheets are to be handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// On this day.
    On(Date),
    /// So many working days after the period's last day, or after today if that is later.
    WorkingDays(u32),
}

/// A campaign to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignDraft {
    /// Its identity; a fresh one if none is given.
    pub id: Option<Id>,
    /// What it is called.
    pub title: String,
    /// The period that units report on.
    pub period: Period,
    /// Which targets.
    pub which: Which,
    /// Only members of this set of units, by its key in the directory.
    pub reporters: Option<String>,
    /// Until when.
    pub due: Due,
    /// When whom to remind.
    pub reminders: Vec<Reminder>,
}

/// What opening a campaign would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The day as of which units were looked up.
    pub units_on: Date,
    /// The last day for handing in.
    pub due_on: Date,
    /// The sheets, in the order of the list of units.
    pub sheets: Vec<SheetPlan>,
    /// The targets, by number, that nobody would report on.
    pub nobody: Vec<u16>,
    /// The bodies that lead chosen targets and are no unit of the directory, by name: nobody can
    /// be asked for their reports until they are.
    pub outside: BTreeSet<String>,
    /// How many entries less there are because targets share figures.
    pub shared: usize,
}

/// A sheet that would be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetPlan {
    /// The unit.
    pub unit: Id,
    /// The indicators, in the order of the annex.
    pub lines: Vec<Id>,
}

impl Preview {
    /// All lines of all sheets.
    pub fn lines(&self) -> usize {
        self.sheets.iter().map(|sheet| sheet.lines.len()).sum()
    }
}

impl Plans {
    /// What opening a campaign would do, or every field that is wrong.
    ///
    /// Fields: `title`, `period`, `which`, `reporters`, `due`, `reminders`.
    pub async fn preview_campaign(&self, draft: &CampaignDraft) -> Result<Preview, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let today = self.today();
        let mut fields = Vec::new();
        if draft.title.trim().is_empty() {
            fields.push(FieldProblem::new("title", "field-required"));
        } else if draft.title.chars().count() > LONGEST_TITLE {
            let problem = FieldProblem::new("title", "text-too-long");
            fields.push(problem.with("limit", LONGEST_TITLE));
        }
        if !view.periods().contains(&draft.period) {
            fields.push(FieldProblem::new("period", "period-outside-plan"));
        } else if draft.period.start() > today {
            fields.push(FieldProblem::new("period", "period-not-begun"));
        }
        let calendar = self.registry().calendar();
        let due_on = match draft.due {
            Due::On(day) => Some(day),
            Due::WorkingDays(0) => None,
            Due::WorkingDays(days) => {
                let days = i32::try_from(days).unwrap_or(i32::MAX);
                shifted(calendar, draft.period.end().max(today), days).ok()
            }
        };
        let due_on = due_on.filter(|day| *day >= today);
        if due_on.is_none() {
            fields.push(FieldProblem::new("due", "due-in-the-past"));
        }
        // Of a day at the end of all calendars nobody can be reminded later.
        let counted = |days| due_on.is_none_or(|day| shifted(calendar, day, days).is_ok());
        let near = |reminder: &Reminder| {
            let days = reminder.days;
            days.abs() <= FURTHEST_REMINDER && counted(days)
        };
        if !draft.reminders.iter().all(near) {
            let problem = FieldProblem::new("reminders", "reminder-too-far");
            fields.push(problem.with("most", FURTHEST_REMINDER));
        }
        // Asked for is what holds on the last day of the period.
        let view = view.in_force_on(draft.period.end());
        let chosen = chosen(&view, &draft.which, &mut fields);
        let units_on = as_of(draft.period, today);
        let then = self.units_then(units_on).await?;
        let within = match draft.reporters.as_deref() {
            None => None,
            Some(key) => {
                let members = then.group(key);
                if members.is_none() {
                    fields.push(FieldProblem::new("reporters", "group-unknown"));
                }
                members
            }
        };
        let Some(due_on) = due_on.filter(|_| fields.is_empty()) else {
            return Err(invalid(fields));
        };
        let mut preview = Preview {
            units_on,
            due_on,
            sheets: Vec::new(),
            nobody: Vec::new(),
            outside: BTreeSet::new(),
            shared: 0,
        };
        for target in chosen {
            let mut reporters = then.reporters(&view, target);
            if reporters.is_empty() {
                preview.nobody.push(target.body.number);
            }
            let leads = target.body.leads.iter();
            let outside = leads.filter(|lead| lead.unit.is_none() && lead.group.is_none());
            let name = |lead: &Party| lead.name.clone().unwrap_or_else(|| lead.written.clone());
            preview.outside.extend(outside.map(name));
            if let Some(within) = &within {
                reporters.retain(|unit| within.contains(unit));
            }
            for unit in reporters {
                preview.add(unit, target);
            }
        }
        let places: std::collections::HashMap<Id, usize> = then
            .tree
            .iter()
            .enumerate()
            .map(|(place, unit)| (unit.id, place))
            .collect();
        preview
            .sheets
            .sort_by_key(|sheet| places.get(&sheet.unit).copied().unwrap_or(usize::MAX));
        if preview.sheets.is_empty() {
            return Err(invalid(vec![FieldProblem::new("which", "nobody-reports")]));
        }
        Ok(preview)
    }

    /// Whether somebody may open campaigns at all.
    pub fn may_open_campaigns(&self, principal: &directory::Principal) -> bool {
        let scope = directory::scope(principal, Act::Configure, CAMPAIGN, Some("open"));
        principal
            .grants
            .iter()
            .any(|grant| scope.contains(grant.unit))
    }
}

impl Preview {
    fn add(&mut self, unit: Id, target: &TargetView) {
        let known = self.sheets.iter().position(|sheet| sheet.unit == unit);
        let place = known.unwrap_or_else(|| {
            self.sheets.push(SheetPlan {
                unit,
                lines: Vec::new(),
            });
            self.sheets.len() - 1
        });
        let lines = &mut self.sheets[place].lines;
        for indicator in &target.indicators {
            if lines.contains(&indicator.id) {
                self.shared += 1;
            } else {
                lines.push(indicator.id);
            }
        }
        // A target without a measure makes no sheet by itself.
        if self.sheets[place].lines.is_empty() {
            self.sheets.remove(place);
        }
    }
}

/// The targets that a campaign asks about.
fn chosen<'v>(
    view: &'v PlanView,
    which: &Which,
    fields: &mut Vec<FieldProblem>,
) -> Vec<&'v TargetView> {
    let all = view.targets.iter();
    match which {
        Which::All => all.collect(),
        Which::Group(code) => {
            if !view.body.groups.iter().any(|group| &group.code == code) {
                fields.push(FieldProblem::new("which", "choice-unknown"));
            }
            all.filter(|target| &target.body.group == code).collect()
        }
        Which::Numbers(numbers) => {
            let unknown = numbers
                .iter()
                .find(|number| view.target(**number).is_none());
            if numbers.is_empty() {
                fields.push(FieldProblem::new("which", "field-required"));
            } else if let Some(unknown) = unknown {
                let problem = FieldProblem::new("which", "target-unknown");
                fields.push(problem.with("number", unknown));
            }
            all.filter(|target| numbers.contains(&target.body.number))
                .collect()
        }
    }
}

pub(super) fn invalid(fields: Vec<FieldProblem>) -> PlanError {
    let mut problem = Problem::new(422, "invalid-fields", "a campaign");
    problem.fields = fields;
    RegistryError::Refused(problem).into()
}
