//! Plans, targets, indicators and observations.
//!
//! - [`import`] reads a decision into a plan; it knows no store.
//! - [`Plans`] keeps what was read as records of the registry ([`declarations`]), takes
//!   reports on them through draft, submission, approval and consolidation, and derives
//!   what everybody may see: the [`view`].
//! - [`feeds`] computes what a measure would say from the records of a system, and offers it.
//! - [`campaigns`] call for the reports of many units at once.
//! - [`opinions`] of the bodies that take part in a target, before a report on it counts.
//! - [`projects`] tell what becomes of the annexes' proposals, and of their money; [`own_plans`]
//!   what each unit has issued below the province's plan.
//!
//! A figure is never typed into a target: it is always what the consolidated observations
//! of its indicators say, with the way to each of them.

pub mod amendments;
pub mod campaigns;
mod declarations;
pub mod digests;
mod duties;
pub mod entry;
mod entry_known;
mod error;
pub mod feeds;
mod figure;
mod hooks;
pub mod import;
mod loading;
mod measures;
mod names;
mod notices;
pub mod obstacles;
pub mod opinions;
pub mod own_plans;
pub mod periodic;
mod plans;
pub mod projects;
mod publication;
pub mod records;
mod reports;
pub mod standing;
mod told;
pub mod view;
mod way;
pub mod workbook;

pub use amendments::AMENDMENT;
pub use campaigns::links::{SHEET_LINK, SHEET_LINK_MAIL};
pub use campaigns::{CAMPAIGN, SHEET, SHEET_MAIL, SHEET_NOTIFY};
pub use declarations::{
    BODY_NAME, DUTY, FEED, INDICATOR, LARGEST, MOST_FILES, OBSERVATION, PLAN, PROJECT, TARGET,
    declarations,
};
pub use digests::{DIGEST, DIGEST_MAIL};
pub use duties::{DutyReport, DutyState};
pub use error::PlanError;
pub use feeds::{Computed, Covers, Feed, Feeds, Tie};
pub use figure::{Entered, Measurement};
pub use hooks::{HOOK_KINDS, HOOK_NOTICE};
pub use loading::{Change, Comparison, Counts, Difference, FieldChange, ImportReport, ItemChange};
pub use measures::{MeasureEdit, Origin};
pub use names::{Candidate, DecidedName, Meaning, NameDecision, candidates};
pub use notices::{NOTICE, NOTIFY, Notice};
pub use obstacles::{ASK, OBSTACLE};
pub use opinions::{OPINION, OPINION_ROUND};
pub use plans::Plans;
pub use reports::{Report, ReportDraft, ReportStep};
pub use standing::{Judgement, Reason, Standing};
pub use told::{TOLD_MAIL, ToldLetter};
pub use view::{JudgedTarget, PlanView};
pub use way::{WayStep, acted_for};
