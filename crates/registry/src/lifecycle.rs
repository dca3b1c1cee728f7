//! The states of a kind of record, and the steps between them.

use directory::{Act, Role};
use vocab::Term;

/// The states that a record passes through.
#[derive(Clone, Debug)]
pub struct Lifecycle {
    /// Where it begins.
    pub initial: &'static str,
    /// The states in which its body may be edited.
    pub editable: &'static [&'static str],
    /// What one must be allowed to do in order to create or edit it.
    pub editing: Act,
    /// The steps.
    pub steps: Vec<Step>,
}

/// A step from one state to another.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name, which the audit shows: `submit`.
    pub name: &'static str,
    /// From which states.
    pub from: &'static [&'static str],
    /// To which.
    pub to: &'static str,
    /// What one must be allowed to do.
    pub act: Act,
    /// Whether it needs a reason in words.
    pub needs_reason: bool,
    /// Whether whoever takes it answers for what the record says: he may not approve it.
    pub authors: bool,
    /// The task that it gives somebody.
    pub opens: Option<TaskRule>,
}

impl Step {
    /// A step that needs no reason, makes nobody answer for the record and gives no task.
    pub const fn plain(
        name: &'static str,
        from: &'static [&'static str],
        to: &'static str,
        act: Act,
    ) -> Self {
        Self {
            name,
            from,
            to,
            act,
            needs_reason: false,
            authors: false,
            opens: None,
        }
    }
}

/// A task that a step gives to whoever holds a role.
#[derive(Clone, Debug)]
pub struct TaskRule {
    /// What to do: `approve`.
    pub name: &'static str,
    /// Who.
    pub role: Role,
    /// Until when, counted from the step.
    pub term: Term,
}

impl Lifecycle {
    /// A record that is kept as it is: one state, no steps.
    pub const fn kept(editing: Act) -> Self {
        Self {
            initial: "kept",
            editable: &["kept"],
            editing,
            steps: Vec::new(),
        }
    }

    /// The step of this name.
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }
}
