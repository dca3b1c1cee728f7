//! What measures itself: a measure of the plan tied to an indicator of a system that a pack
//! declares.
//!
//! Whoever configures plans ties them ([`Plans::tie`]); a tie is a record of its own, so that its
//! versions say who tied what, and an import changes nothing of it. What the decision orders in
//! its text, or asks money for, is fed as `data/plan/feeds-833-2023.toml` says.
//!
//! The computed figure is *offered* ([`Plans::offered`]): a report begins with it, and keeps it
//! beside whatever its unit hands in ([`Computed`]). What a person hands in counts, because they
//! answer for it; where it differs from what was computed, their note must say why.

mod offer;
mod shipped;
mod tie;

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{ListQuery, Scope};
use vocab::{Decimal, Id, Instant};

pub use offer::suits;
pub use tie::Tie;

use crate::declarations::FEED;
use crate::error::PlanError;
use crate::figure::Entered;
use crate::import::IndicatorKind;
use crate::plans::Plans;
use crate::records::ObservationBody;
use crate::view::PlanView;

/// Whose records a figure counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Covers {
    /// Those of the unit that reports and of what stands under it.
    #[default]
    Own,
    /// Those of the whole province: one unit reports for all.
    All,
}

impl Covers {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Own, Self::All];

    /// Its name in records and locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::All => "all",
        }
    }
}

/// What feeds an item of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// The indicator of a system: `pack/record/indicator`.
    pub source: String,
    /// Whose records it counts.
    pub covers: Covers,
    /// The version of its record; 0 for what ships.
    pub version: i64,
}

/// What feeds the plan's items, by the item.
#[derive(Clone, Debug, Default)]
pub struct Feeds {
    measures: HashMap<Id, Feed>,
    /// Ties that were taken off: their versions, so that they can be tied again.
    untied: HashMap<Id, i64>,
    others: HashMap<Id, Vec<Feed>>,
}

impl Feeds {
    /// What a measure is computed from.
    pub fn measure(&self, indicator: Id) -> Option<&Feed> {
        self.measures.get(&indicator)
    }

    /// The version of a measure's tie, one that was taken off included; 0 if there was none.
    pub fn version(&self, indicator: Id) -> i64 {
        let tied = self.measures.get(&indicator).map(|feed| feed.version);
        tied.or_else(|| self.untied.get(&indicator).copied())
            .unwrap_or(0)
    }

    /// What feeds a duty or a project.
    pub fn other(&self, item: Id) -> &[Feed] {
        self.others.get(&item).map_or(&[], Vec::as_slice)
    }

    /// The items that an indicator of a system feeds, by their identities.
    pub fn fed_by(&self, source: &str) -> Vec<Id> {
        let measures = self.measures.iter();
        let measures = measures.filter(|(_, feed)| feed.source == source);
        let others = self.others.iter();
        let others = others.filter(|(_, feeds)| feeds.iter().any(|one| one.source == source));
        let all = measures.map(|(id, _)| *id);
        let mut all: Vec<Id> = all.chain(others.map(|(id, _)| *id)).collect();
        all.sort_unstable();
        all
    }
}

/// The body of a tie. Nothing feeds the measure where there is no source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct FeedBody {
    /// The measure, as text: there is one tie for each.
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(default)]
    covers: Covers,
}

/// A figure that was computed for a report, with the way to what it was computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computed {
    /// The indicator: `pack/record/indicator`.
    pub source: String,
    /// As the records stood then: asked again it gives the same.
    pub as_of: Instant,
    /// For what happens over a period: its first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Whose records were counted.
    pub covers: Covers,
    /// How many records count.
    pub records: i64,
    /// Records that count for the province and of which it cannot be told whose they were, since
    /// their units were divided.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unclear: i64,
    /// Records that the law had erased since.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub untold: i64,
    /// Whether nothing was recorded yet at the period's end, so that it is as of later.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
    /// The part of a share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerator: Option<i64>,
    /// Its whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<i64>,
    /// A count or an amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Decimal>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks it so")]
const fn is_zero(number: &i64) -> bool {
    *number == 0
}

impl Computed {
    /// The value as somebody would enter it.
    pub fn entered(&self) -> Entered {
        Entered {
            numerator: self.numerator,
            denominator: self.denominator,
            count: self.count,
            reached: None,
        }
    }
}

impl ObservationBody {
    /// Whether its value is another than was computed for it; not before all of it was entered.
    pub fn is_corrected(&self, kind: IndicatorKind) -> bool {
        let entered = Entered::of(self);
        self.computed
            .as_ref()
            .is_some_and(|computed| computed.entered() != entered)
            && entered.missing(kind).is_empty()
    }
}

impl Plans {
    /// What feeds the items of a plan.
    pub async fn feeds(&self, view: &PlanView) -> Result<Feeds, PlanError> {
        let all = ListQuery::new(
            FEED,
            Scope::bypass("what is computed from what is part of the plan, which is public"),
        );
        let mut feeds = Feeds {
            others: shipped::feeds(view)?,
            ..Feeds::default()
        };
        for record in self.registry().all(all.limit(1_000)).await? {
            let body: FeedBody = record.read()?;
            let Ok(item) = body.key.parse::<Id>() else {
                continue;
            };
            match body.source {
                Some(source) => {
                    let feed = Feed {
                        source,
                        covers: body.covers,
                        version: record.version,
                    };
                    feeds.measures.insert(item, feed);
                }
                None => {
                    feeds.untied.insert(item, record.version);
                }
            }
        }
        Ok(feeds)
    }
}
