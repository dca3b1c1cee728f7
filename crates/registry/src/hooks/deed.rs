//! What may happen to a record.

use serde::{Deserialize, Serialize};

use crate::Declaration;
use crate::system::UNDO;

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Happening {
    /// It was made.
    Created,
    /// It says something else.
    Edited,
    /// A step was taken, or one of the approvals that make one.
    Step,
    /// It was taken out of the lists.
    Removed,
}

impl Happening {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Created, Self::Edited, Self::Step, Self::Removed];

    /// As it is stored and sent: `record.` stands before it in messages.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Edited => "edited",
            Self::Step => "step",
            Self::Removed => "removed",
        }
    }

    /// The happening of this value.
    pub fn lookup(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.value() == value)
    }

    /// What a version did to its record: a record may be made and take its first step in one.
    pub(super) fn of(
        declaration: &Declaration,
        action: &str,
        version: i64,
        is_removal: bool,
    ) -> &'static [Self] {
        let mut steps = declaration.lifecycle.steps.iter();
        let about_step = action.starts_with("approval.") || action.starts_with(UNDO);
        let is_step = about_step || steps.any(|step| step.name == action);
        match (is_removal, version == 1, is_step) {
            (true, ..) => &[Self::Removed],
            (_, true, true) => &[Self::Created, Self::Step],
            (_, true, false) => &[Self::Created],
            (_, false, true) => &[Self::Step],
            (_, false, false) => &[Self::Edited],
        }
    }
}
