//! Campaigns: units of different habits, on both engines.

mod editing;
mod entry;
mod handing_in;
mod links;
mod opening;
mod reminders;
mod units;

use directory::{Principal, Role};
use jiff::civil::Date;
use plan::campaigns::{Campaign, CampaignDraft, Due, LineEdit, Sheet, SheetLine, Which};
use plan::import::IndicatorKind;
use plan::{Entered, PlanError};
use registry::RegistryError;
use vocab::{Decimal, Id, Period};

use crate::fixture::{Place, page, somebody};

/// A campaign for the second quarter, of the targets with these numbers, or of all.
fn draft(which: Which) -> CampaignDraft {
    CampaignDraft {
        id: None,
        title: "Báo cáo quý II năm 2023".to_owned(),
        period: Period::quarter(2023, 2).unwrap(),
        which,
        reporters: None,
        due: Due::WorkingDays(5),
        reminders: plan::campaigns::shipped_reminders().unwrap(),
    }
}

/// A value for a line of any kind: so many percent, or so much of a goal's hundred parts.
fn value(line: &SheetLine, numerator: i64) -> LineEdit {
    let empty = Entered::default();
    LineEdit {
        indicator: line.indicator,
        version: line.version(),
        explanations: Vec::new(),
        evidence: None,
        entered: match line.kind() {
            IndicatorKind::Ratio => Entered {
                numerator: Some(numerator),
                denominator: Some(100),
                ..empty
            },
            IndicatorKind::Count => Entered {
                count: Some(line.measure.value.map_or(numerator.into(), |goal| {
                    let part = goal.checked_mul(Decimal::new(numerator, 2).unwrap());
                    part.unwrap().round_half_up(0)
                })),
                ..empty
            },
            IndicatorKind::Milestone | IndicatorKind::Standing => Entered {
                reached: Some(true),
                ..empty
            },
        },
        note: String::new(),
    }
}

/// The people of a unit.
struct Office {
    unit: Id,
    officer: Principal,
    head: Principal,
}

impl Office {
    fn of(unit: Id, number: usize) -> Self {
        Self {
            unit,
            officer: somebody(&format!("canbo{number}"), Role::Officer, unit),
            head: somebody(&format!("truong{number}"), Role::Head, unit),
        }
    }
}

async fn sheet(place: &Place, who: &Principal, campaign: &Campaign, unit: Id) -> Sheet {
    let found = place.plans.sheet(who, campaign.record.id, unit).await;
    found.unwrap()
}

/// Enters a value in every line that is open.
async fn fill(place: &Place, campaign: &Campaign, office: &Office, numerator: i64) -> Sheet {
    let read = sheet(place, &office.officer, campaign, office.unit).await;
    let open = read.lines.iter().filter(|line| line.is_open());
    let edits: Vec<LineEdit> = open.map(|line| value(line, numerator)).collect();
    let saved = place
        .plans
        .save_sheet(
            &page(&office.officer),
            campaign.record.id,
            office.unit,
            &edits,
        )
        .await
        .unwrap();
    assert_eq!((saved.problems, saved.conflicts), (vec![], vec![]));
    saved.sheet
}

/// The code of a refusal.
fn code<T: std::fmt::Debug>(result: Result<T, PlanError>) -> String {
    match result.unwrap_err() {
        PlanError::Registry(RegistryError::Refused(problem)) => problem.code,
        PlanError::Registry(RegistryError::NotFound { .. }) => "not-found".to_owned(),
        PlanError::Registry(RegistryError::Conflict { .. }) => "conflict".to_owned(),
        other => panic!("refused otherwise: {other}"),
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}
