//! What the decision's text itself orders, by when, and what was reported of it.

use jiff::civil::Date;
use registry::{Caller, RegistryError};
use vocab::{FieldProblem, Id, Problem};

use crate::declarations::DUTY;
use crate::error::PlanError;
use crate::plans::{EPOCH, Plans};
use crate::records::{DutyBody, DutyReported, to_map};

/// The most characters of what is said of a duty.
const LONGEST_NOTE: usize = 2_000;
/// How many days before its day a duty is shown as due.
const SOON_DAYS: i32 = 30;

/// Where a duty stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyState {
    /// Its day is over and nothing was reported.
    Overdue,
    /// Its day is near: thirty days or fewer are left.
    Due,
    /// Its day is further away.
    NotYet,
    /// It goes on, comes back, or names no day.
    NoDay,
    /// It was reported as done.
    Reported,
}

impl DutyState {
    /// All, in the order of urgency.
    pub const ALL: [Self; 5] = [
        Self::Overdue,
        Self::Due,
        Self::NotYet,
        Self::NoDay,
        Self::Reported,
    ];

    /// A stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Due => "due",
            Self::NotYet => "not-yet",
            Self::NoDay => "no-day",
            Self::Reported => "reported",
        }
    }
}

impl DutyBody {
    /// The last day by which it is to be done, if it names one.
    pub fn last_day(&self) -> Option<Date> {
        let days = self.due.iter().filter_map(|due| due.by.as_ref());
        days.filter_map(|day| day.parse().ok()).max()
    }

    /// Where it stands on a day.
    pub fn state(&self, today: Date) -> DutyState {
        if self.reported.is_some() {
            return DutyState::Reported;
        }
        let Some(day) = self.last_day() else {
            return DutyState::NoDay;
        };
        let left = today.until(day).map_or(0, |span| span.get_days());
        match left {
            ..0 => DutyState::Overdue,
            0..=SOON_DAYS => DutyState::Due,
            _ => DutyState::NotYet,
        }
    }
}

/// What somebody reports of a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyReport {
    /// The duty.
    pub duty: Id,
    /// The version that was read.
    pub version: i64,
    /// The day on which it was done; nothing takes back what was reported.
    pub on: Option<Date>,
    /// The document or the result that shows it.
    pub note: String,
}

impl Plans {
    /// Enters that a duty was done, or takes that back. Refused with `invalid-fields` for a day
    /// to come or a note that says nothing.
    pub async fn report_duty(&self, by: &Caller, report: DutyReport) -> Result<(), PlanError> {
        let registry = self.registry();
        let current = registry.get(&by.principal, DUTY, report.duty).await?;
        if current.version != report.version {
            return Err(RegistryError::Conflict {
                kind: DUTY.to_owned(),
                expected: report.version,
                current: Box::new(current),
            }
            .into());
        }
        let today = registry.store().context().now().in_vietnam().date();
        let note = report.note.trim();
        let length = note.chars().count();
        let mut wrong = Vec::new();
        if report.on.is_some_and(|on| on > today) {
            wrong.push(FieldProblem::new("on", "day-to-come"));
        }
        if report.on.is_some() && note.is_empty() {
            wrong.push(FieldProblem::new("note", "field-required"));
        } else if length > LONGEST_NOTE {
            wrong.push(FieldProblem::new("note", "text-too-long").with("limit", LONGEST_NOTE));
        }
        if !wrong.is_empty() {
            let mut problem = Problem::new(422, "invalid-fields", "reporting a duty");
            problem.fields = wrong;
            return Err(RegistryError::Refused(problem).into());
        }
        let known: DutyBody = current.read()?;
        let body = DutyBody {
            reported: report.on.map(|on| DutyReported {
                on: on.to_string(),
                note: note.to_owned(),
                by: by.principal.name.clone(),
            }),
            ..known
        };
        let mut batch = registry.batch(by);
        batch.edit(DUTY, &current, to_map("a duty", &body)?).await?;
        batch.bump(EPOCH);
        batch.commit(String::new()).await?;
        self.stale();
        Ok(())
    }
}
