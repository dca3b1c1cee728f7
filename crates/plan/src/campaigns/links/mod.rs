//! Links by which bodies without accounts fill in their sheets.
//!
//! There is one [`SheetLink`] for each sheet, a record: who made it, made it anew or withdrew it
//! stands in its versions. The secret is in the link alone, a digest of it in the record; making
//! the link anew ends the one before. Whoever follows one acts as a principal of its own
//! ([`directory::permission::LinkReach`]) through the same engine as everybody else.
//!
//! - [`Plans::make_sheet_link`](crate::Plans::make_sheet_link) and the like (`make`): the coordinator's side
//! - [`Plans::follow_sheet_link`](crate::Plans::follow_sheet_link) (`follow`): the body's side
//! - [`Plans::sheet_link_letter`](crate::Plans::sheet_link_letter) (`letter`): what is mailed

mod declaration;
mod follow;
mod letter;
mod make;
mod terms;

use jiff::civil::Date;
use registry::Record;
use serde::{Deserialize, Serialize};
use vocab::calendar::end_of_day;
use vocab::{Id, Instant};

pub(crate) use declaration::declaration;
pub use follow::LinkVisit;
pub(crate) use letter::told;
pub use letter::{LinkLetter, SHEET_LINK_MAIL};
pub use make::{LinkDraft, LinkUse};
pub use terms::{LinkTerms, shipped_link_terms};

use crate::error::PlanError;

/// The kind of record that a link is.
pub const SHEET_LINK: &str = "sheet_link";
/// The state in which it may be followed.
const OPEN: &str = "open";
/// The state in which it may not.
const WITHDRAWN: &str = "withdrawn";

/// The body of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetLinkBody {
    /// The campaign.
    pub campaign: Id,
    /// The sheet that it opens.
    pub sheet: Id,
    /// What is kept in place of its secret: SHA-256, in hexadecimal.
    pub digest: String,
    /// The last day on which it opens anything.
    pub ends_on: Date,
    /// Where it is mailed to; empty where it is handed over.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Who made it last, by name.
    pub made_by: String,
    /// When, in microseconds.
    pub made_at: i64,
}

/// A link as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetLink {
    /// Its record; its unit is the body whose sheet it opens.
    pub record: Record,
    /// What it says.
    pub body: SheetLinkBody,
}

/// Whether a link opens its sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkStanding {
    /// It does.
    Open,
    /// Its last day has passed.
    Ended,
    /// It was withdrawn.
    Withdrawn,
}

impl LinkStanding {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Ended, Self::Withdrawn];

    /// Its name in locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Ended => "ended",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl SheetLink {
    pub(crate) fn of(record: Record) -> Result<Self, PlanError> {
        Ok(Self {
            body: record.read()?,
            record,
        })
    }

    /// Whether it opens its sheet at an instant.
    pub fn standing(&self, now: Instant) -> LinkStanding {
        if self.record.state != OPEN {
            LinkStanding::Withdrawn
        } else if now.as_micros() >= end_of_day(self.body.ends_on).as_micros() {
            LinkStanding::Ended
        } else {
            LinkStanding::Open
        }
    }
}

/// The identity of a sheet's link: whoever comes by it acts as this.
pub fn sheet_link_id(sheet: Id) -> Id {
    crate::plans::identity(&format!("sheet-link/{sheet}"))
}

/// Whether a sheet was handed in through its link.
pub fn came_by_link(sheet: &Record) -> bool {
    sheet.author == Some(sheet_link_id(sheet.id))
}
