//! What may happen to a record.

use serde::{Deserialize, Serialize};

use crate::Declaration;

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

    /// What a version did to its record.
    pub(super) fn of(
        declaration: &Declaration,
        action: &str,
        version: i64,
        is_removal: bool,
    ) -> Self {
        let mut steps = declaration.lifecycle.steps.iter();
        if is_removal {
            Self::Removed
        } else if version == 1 {
            Self::Created
        } else if action.starts_with("approval.") || steps.any(|step| step.name == action) {
            Self::Step
        } else {
            Self::Edited
        }
    }
}
