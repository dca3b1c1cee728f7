//! Who stands where in a campaign.

use std::collections::HashMap;

use directory::permission::reach;
use directory::{Act, Principal};
use jiff::civil::Date;
use registry::Record;
use store::{Head, ListQuery, Scope, Value};
use vocab::{Id, Instant, Period};

use super::{CAMPAIGN, Campaign, SHEET, SheetBody, Which};
use crate::OBSERVATION;
use crate::error::PlanError;
use crate::import::IndicatorKind;
use crate::plans::Plans;
use crate::view::PlanView;

/// How far a unit has come with its sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Nobody of the unit has opened it.
    NotOpened,
    /// Opened, nothing entered.
    Opened,
    /// Some lines are entered.
    Begun,
    /// Sent back by the head of the unit.
    SentBack,
    /// Reopened by the coordinator.
    Reopened,
    /// Waits for the head of the unit.
    Submitted,
    /// Waits for the coordinator.
    Approved,
    /// Done.
    Consolidated,
}

impl Stage {
    /// All of them, in the order of the way.
    pub const ALL: [Self; 8] = [
        Self::NotOpened,
        Self::Opened,
        Self::Begun,
        Self::SentBack,
        Self::Reopened,
        Self::Submitted,
        Self::Approved,
        Self::Consolidated,
    ];

    /// Where a sheet stands of which so many lines are filled.
    pub fn of(record: &Record, body: &SheetBody, filled: usize) -> Self {
        match record.state.as_str() {
            "submitted" => Self::Submitted,
            "approved" => Self::Approved,
            "consolidated" => Self::Consolidated,
            "sent_back" => Self::SentBack,
            "reopened" => Self::Reopened,
            _ if filled > 0 => Self::Begun,
            _ if body.opened.is_some() => Self::Opened,
            _ => Self::NotOpened,
        }
    }

    /// Its name in addresses and locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotOpened => "not-opened",
            Self::Opened => "opened",
            Self::Begun => "begun",
            Self::SentBack => "sent-back",
            Self::Reopened => "reopened",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Consolidated => "consolidated",
        }
    }

    /// Whether the unit still has to hand it in.
    pub const fn is_owed(self) -> bool {
        matches!(
            self,
            Self::NotOpened | Self::Opened | Self::Begun | Self::SentBack | Self::Reopened
        )
    }
}

/// How many lines stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All lines.
    pub lines: usize,
    /// Those with a value.
    pub filled: usize,
    /// Those handed in or further.
    pub handed_in: usize,
    /// Those approved or further.
    pub approved: usize,
    /// Those in the public figures.
    pub consolidated: usize,
}

/// One sheet of a campaign.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// Its record.
    pub record: Record,
    /// What it says.
    pub body: SheetBody,
    /// How far it has come.
    pub stage: Stage,
    /// Whether it was handed in late, or is late now.
    pub late: bool,
    /// How many lines stand where.
    pub counts: Counts,
}

impl Counts {
    fn add(&mut self, head: &Head, kind: IndicatorKind) {
        let reached = |states: &[&str]| usize::from(states.contains(&head.state.as_str()));
        self.filled += usize::from(is_filled(head, kind));
        self.handed_in += reached(&["submitted", "approved", "consolidated"]);
        self.approved += reached(&["approved", "consolidated"]);
        self.consolidated += reached(&["consolidated"]);
    }

    /// These and those together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            lines: self.lines + other.lines,
            filled: self.filled + other.filled,
            handed_in: self.handed_in + other.handed_in,
            approved: self.approved + other.approved,
            consolidated: self.consolidated + other.consolidated,
        }
    }
}

/// The columns of an observation's head: author, then the indexed fields as declared.
fn is_filled(head: &Head, kind: IndicatorKind) -> bool {
    let has = |place: usize| {
        let value = head.columns.get(place);
        value.is_some_and(|value| *value != Value::Null)
    };
    match kind {
        IndicatorKind::Ratio => has(NUMERATOR) && has(NUMERATOR + 1),
        IndicatorKind::Count => has(NUMERATOR + 2),
        IndicatorKind::Milestone | IndicatorKind::Standing => has(NUMERATOR + 3),
    }
}

/// Of so many sheets the reports are read unit by unit; of more all of the period at once.
const FEW: usize = 20;
const INDICATOR: usize = 1;
const NUMERATOR: usize = 5;

impl Plans {
    /// The last day for handing in on each period that a campaign asks everybody about, all
    /// targets of a plan included; the latest day where several do. No secret: whoever may not
    /// see campaigns is told who is late, too.
    pub async fn due_days(&self, view: &PlanView) -> Result<HashMap<Period, Date>, PlanError> {
        let all = Scope::bypass("until when everybody is asked is everybody's");
        let query = ListQuery::new(CAMPAIGN, all).filter("plan", view.id);
        let mut due = HashMap::new();
        for record in self.registry().all(query).await? {
            let campaign = Campaign::of(record)?.body;
            if campaign.which == Which::All && campaign.reporters.is_none() {
                let known = due.entry(campaign.period).or_insert(campaign.due_on);
                *known = campaign.due_on.max(*known);
            }
        }
        Ok(due)
    }

    /// The sheets of a campaign that this reader may see, with how far each has come. How
    /// many lines are entered is told before they are handed in; what they say is not.
    pub async fn campaign_rows(
        &self,
        reader: &Principal,
        campaign: &Campaign,
    ) -> Result<Vec<SheetRow>, PlanError> {
        let view = self.view().await?.ok_or(PlanError::NoPlan)?;
        let scope = reach(reader, Act::Read, SHEET);
        let query = ListQuery::new(SHEET, scope).filter("campaign", campaign.record.id);
        let mut sheets = self.registry().all(query).await?;
        let places: HashMap<Id, usize> = view
            .units
            .iter()
            .enumerate()
            .map(|(place, unit)| (unit.id, place))
            .collect();
        sheets.sort_by_key(|sheet| places.get(&sheet.unit).copied().unwrap_or(usize::MAX));
        let kinds: HashMap<Id, IndicatorKind> = view
            .targets
            .iter()
            .flat_map(|target| &target.indicators)
            .map(|indicator| (indicator.id, indicator.body.measure.kind))
            .collect();
        let reported = self.reported(campaign, &sheets).await?;
        let now = self.registry().store().context().now();
        let rows = sheets.into_iter().map(|record| {
            let body: SheetBody = record.read()?;
            let mut counts = Counts::default();
            for line in &body.lines {
                let Some(kind) = kinds.get(line) else {
                    continue;
                };
                counts.lines += 1;
                if let Some(head) = reported.get(&(record.unit, *line)) {
                    counts.add(head, *kind);
                }
            }
            Ok(row(record, body, counts, campaign, now))
        });
        rows.collect()
    }

    /// The heads of all reports of a period, by unit and indicator; of few sheets only those of
    /// their units, of none nothing.
    async fn reported(
        &self,
        campaign: &Campaign,
        sheets: &[Record],
    ) -> Result<HashMap<(Id, Id), Head>, PlanError> {
        if sheets.is_empty() {
            return Ok(HashMap::new());
        }
        let scope = if sheets.len() <= FEW {
            Scope::units(sheets.iter().map(|sheet| sheet.unit))
        } else {
            Scope::bypass("how many lines are entered is counted, not shown")
        };
        let mut query = ListQuery::new(OBSERVATION, scope)
            .filter("period", campaign.body.period.code())
            .limit(1_000);
        let mut reported = HashMap::new();
        loop {
            let page = self.registry().store().list(&query).await?;
            for head in page.items {
                let indicator = head.columns.get(INDICATOR).and_then(Value::as_id);
                if let Some(indicator) = indicator {
                    reported.insert((head.unit, indicator), head);
                }
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(reported),
            }
        }
    }
}

fn row(
    record: Record,
    body: SheetBody,
    counts: Counts,
    campaign: &Campaign,
    now: Instant,
) -> SheetRow {
    let stage = Stage::of(&record, &body, counts.filled);
    let late = campaign.finds_late(&body, now);
    SheetRow {
        record,
        body,
        stage,
        late,
        counts,
    }
}
