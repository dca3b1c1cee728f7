//! Projects on their way from a proposal to settled accounts, and the money with them.

pub mod entry_form;
pub mod list;
pub mod money;
pub mod show;
pub mod stated;
pub mod targets;

use super::links;

/// The tabs over these pages.
pub const TABS: [(&str, &str, &str); 3] = [
    ("proposals", links::PROJECTS, "project-tab-proposals"),
    ("list", links::PROJECT_LIST, "project-tab-list"),
    ("money", links::PROJECT_MONEY, "project-tab-money"),
];

/// Money by source, in đồng; what nobody entered is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Recurrent budget.
    pub recurrent_vnd: Option<i64>,
    /// Capital budget.
    pub capital_vnd: Option<i64>,
    /// Another source.
    pub other_vnd: Option<i64>,
    /// Together.
    pub total_vnd: Option<i64>,
}
