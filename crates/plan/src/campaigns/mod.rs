//! Campaigns: one call for reports to many units.
//!
//! The coordinator opens a campaign for a period: which targets, which reporters, until when.
//! Each unit gets one [`Sheet`], whose lines are its observations of that period. **The
//! observation stays the only truth**: what a unit reported already, on whatever page or for
//! whatever campaign, stands in the sheet, and a figure that several targets ask for is one
//! line. A sheet goes the way of a report as a whole ([`SheetStep`]): whatever step is taken
//! with it is taken with its lines in the same transaction.
//!
//! - [`CampaignDraft`] → [`Preview`] (`preview`) → [`Plans::open_campaign`](crate::Plans::open_campaign) (`open`)
//! - [`Plans::sheet`](crate::Plans::sheet), [`Plans::save_sheet`](crate::Plans::save_sheet) (`sheet`, `save`)
//! - [`Plans::hand_in_sheet`](crate::Plans::hand_in_sheet) (`hand_in`): what was typed and the step in one
//! - [`Plans::step_sheet`](crate::Plans::step_sheet) (`steps`)
//! - [`Plans::campaign_rows`](crate::Plans::campaign_rows) (`overview`): who stands where
//! - [`links`]: bodies without accounts fill in theirs by a link that ends
//! - [`Plans::remind`](crate::Plans::remind) and [`Plans::run_reminders`](crate::Plans::run_reminders) (`remind`), told by `notify`
//!
//! A unit that ends keeps its sheet: its successors see it and go on with it, as with every
//! record.

mod dates;
mod declarations;
mod hand_in;
pub mod links;
mod notify;
mod open;
mod overview;
mod preview;
mod remind;
mod reporters;
mod save;
mod sheet;
mod steps;

use directory::Role;
use jiff::civil::Date;
use registry::Record;
use serde::{Deserialize, Serialize};
use vocab::calendar::end_of_day;
use vocab::{Id, Instant, Period};

pub(crate) use declarations::{campaign, sheet};
pub use hand_in::HandedIn;
pub use notify::{SHEET_MAIL, SHEET_NOTIFY, SheetLetter};
pub use overview::{Counts, SheetRow, Stage};
pub use preview::{CampaignDraft, Due, Preview, SheetPlan};
pub use remind::shipped_reminders;
pub use save::{LineEdit, Saved};
pub use sheet::{Sheet, SheetLine};
pub use steps::SheetStep;

use crate::error::PlanError;

/// The kind of record that a campaign is.
pub const CAMPAIGN: &str = "campaign";
/// The kind of record that a sheet is.
pub const SHEET: &str = "sheet";
/// The states in which a sheet is still to be handed in.
pub(crate) const OWED: [&str; 3] = ["open", "sent_back", "reopened"];
/// The most characters of a campaign's title.
pub const LONGEST_TITLE: usize = 300;
/// The furthest day from the due day that a reminder may lie, in working days.
pub const FURTHEST_REMINDER: i32 = 60;

/// Which targets a campaign asks about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// All that are measured.
    All,
    /// Those under one heading of the annex, by its code.
    Group(String),
    /// Those of these numbers, ascending.
    Numbers(Vec<u16>),
}

/// When whom to remind: so many working days from the due day, before it if negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// Working days after the due day; before it if negative.
    pub days: i32,
    /// Officers and heads are told of their own unit's sheet; whoever follows all units
    /// ([`Role::Viewer`]) of all that are late.
    pub to: Role,
}

/// A call that was made by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// When.
    pub at: i64,
    /// To how many units.
    pub units: usize,
}

/// The body of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignBody {
    /// The plan.
    pub plan: Id,
    /// What it is called.
    pub title: String,
    /// The period that units report on.
    pub period: Period,
    /// Which targets.
    pub which: Which,
    /// The set of units that it is limited to, by its key in the directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporters: Option<String>,
    /// The day on which it was opened.
    pub opened_on: Date,
    /// The day as of which units and members of sets were looked up.
    pub units_on: Date,
    /// The last day for handing in.
    pub due_on: Date,
    /// When whom to remind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<Reminder>,
    /// The reminders whose turn has come, by [`Reminder::name`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ran: Vec<String>,
    /// The latest calls by hand, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Call>,
}

/// A campaign as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Campaign {
    /// Its record.
    pub record: Record,
    /// What it says.
    pub body: CampaignBody,
}

/// The body of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetBody {
    /// The campaign.
    pub campaign: Id,
    /// Campaign and unit together.
    pub key: String,
    /// The period.
    pub period: Period,
    /// The indicators that the unit reports on, in the order of the annex.
    pub lines: Vec<Id>,
    /// The last day for handing in.
    pub due_on: Date,
    /// When somebody of the unit first opened it, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<i64>,
    /// When it was first handed in, in microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_in: Option<i64>,
}

impl Campaign {
    pub(crate) fn of(record: Record) -> Result<Self, PlanError> {
        Ok(Self {
            body: record.read()?,
            record,
        })
    }

    /// Whether units may hand in.
    pub fn is_open(&self) -> bool {
        self.record.state == "open"
    }

    /// Whether a sheet of it was handed in late, or is late at this moment. What nobody waits
    /// for any more is not late.
    pub fn finds_late(&self, sheet: &SheetBody, now: Instant) -> bool {
        let until = match sheet.handed_in {
            Some(handed_in) => handed_in,
            None if self.is_open() => now.as_micros(),
            None => return false,
        };
        until >= sheet.due().as_micros()
    }
}

impl SheetBody {
    /// Until when it is to be handed in.
    pub fn due(&self) -> Instant {
        end_of_day(self.due_on)
    }
}

impl Reminder {
    /// Its name among those that ran: `-3/officer`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.days, self.to.value())
    }
}

/// The identity of a unit's sheet in a campaign.
pub(crate) fn sheet_id(campaign: Id, unit: Id) -> Id {
    crate::plans::identity(&format!("sheet/{campaign}/{unit}"))
}
