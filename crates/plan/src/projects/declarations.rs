//! What the records of projects' money hold, and who moves them on.

use directory::{Act, Role};
use registry::{Declaration, Field, FieldKind, Indexed, Lifecycle, Step, TaskRule};
use vocab::Term;

use super::{PLAN_STATED, PROJECT_ENTRY, PROJECT_TARGETS, states};
use crate::declarations::MOST_FILES;

/// The longest number of a document, in characters.
pub(super) const LONGEST_SYMBOL: usize = 100;
/// The longest name of a contractor, a milestone or a source.
pub(super) const LONGEST_NAME: usize = 400;
/// The longest note.
pub(super) const LONGEST_NOTE: usize = 4_000;

/// From the unit's officer to its head: what was approved counts, and goes back with a reason.
pub(crate) fn two_pairs_of_eyes() -> Lifecycle {
    const OPEN: &[&str] = &[states::DRAFT, states::SENT_BACK];
    let task = |name, role, days| {
        Some(TaskRule {
            name,
            role,
            term: Term::WorkingDays(days),
        })
    };
    Lifecycle {
        initial: states::DRAFT,
        editable: OPEN,
        editing: Act::Draft,
        steps: vec![
            Step {
                authors: true,
                opens: task("approve", Role::Head, 3),
                ..Step::plain("submit", OPEN, states::SUBMITTED, Act::Submit)
            },
            Step::plain(
                "approve",
                &[states::SUBMITTED],
                states::APPROVED,
                Act::Approve,
            ),
            Step {
                needs_reason: true,
                opens: task("correct", Role::Officer, 2),
                ..Step::plain(
                    "send_back",
                    &[states::SUBMITTED, states::APPROVED],
                    states::SENT_BACK,
                    Act::SendBack,
                )
            },
            Step {
                needs_reason: true,
                ..Step::plain("withdraw", OPEN, states::WITHDRAWN, Act::Submit)
            },
        ],
    }
}

/// Something that happened to a project.
pub(crate) fn entry() -> Declaration {
    Declaration {
        kind: PROJECT_ENTRY,
        fields: vec![
            Field::required("project", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("key", FieldKind::Text(120)).indexed(Indexed::Unique),
            Field::required("kind", FieldKind::Text(20)).indexed(Indexed::Shown),
            Field::optional("on", FieldKind::Text(10)),
            Field::optional("symbol", FieldKind::Text(LONGEST_SYMBOL)),
            Field::optional("party", FieldKind::Text(LONGEST_NAME)),
            Field::optional("until", FieldKind::Text(10)),
            Field::optional("percent", FieldKind::Whole(0, 100)),
            Field::optional("milestone", FieldKind::Text(LONGEST_NAME)),
            Field::optional("period", FieldKind::Period),
            Field::optional("amounts", FieldKind::Structure),
            Field::optional("other_source", FieldKind::Text(LONGEST_NAME)),
            Field::optional("note", FieldKind::Text(LONGEST_NOTE)),
            Field::optional("evidence", FieldKind::Evidence(MOST_FILES)),
            Field::optional("checks", FieldKind::Structure),
        ],
        order: &["on"],
        orders: Vec::new(),
        lifecycle: two_pairs_of_eyes(),
    }
}

/// Which targets a project serves: one record for each project.
pub(crate) fn links() -> Declaration {
    Declaration {
        kind: PROJECT_TARGETS,
        fields: vec![
            Field::required("plan", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("project", FieldKind::Reference).indexed(Indexed::Unique),
            Field::required("targets", FieldKind::Structure),
        ],
        order: &["project"],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Draft),
    }
}

/// What people say of the plan as a whole: one record for each thing.
pub(crate) fn stated() -> Declaration {
    Declaration {
        kind: PLAN_STATED,
        fields: vec![
            Field::required("plan", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("key", FieldKind::Text(120)).indexed(Indexed::Unique),
            Field::optional("amount", FieldKind::Structure),
            Field::optional("day", FieldKind::Text(10)),
            Field::required("source", FieldKind::Text(LONGEST_NAME)),
        ],
        order: &["key"],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Configure),
    }
}
