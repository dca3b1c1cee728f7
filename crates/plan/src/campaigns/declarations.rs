//! What campaigns and sheets hold, and who moves them on.

use directory::{Act, Role};
use registry::{Declaration, Field, FieldKind, Indexed, Lifecycle, Step, TaskRule};
use vocab::Term;

use super::{CAMPAIGN, LONGEST_TITLE, OWED, SHEET};

/// What an officer is to do with a sheet.
pub(crate) const FILL: &str = "fill";

/// A call for reports: open, then closed.
pub(crate) fn campaign() -> Declaration {
    Declaration {
        kind: CAMPAIGN,
        fields: vec![
            Field::required("plan", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("title", FieldKind::Text(LONGEST_TITLE)).indexed(Indexed::Shown),
            Field::required("period", FieldKind::Period).indexed(Indexed::Filtered),
            Field::required("which", FieldKind::Structure),
            Field::optional("reporters", FieldKind::Text(100)),
            Field::required("opened_on", FieldKind::Text(10)),
            Field::required("units_on", FieldKind::Text(10)),
            Field::required("due_on", FieldKind::Text(10)).indexed(Indexed::Shown),
            Field::optional("reminders", FieldKind::Structure),
            Field::optional("ran", FieldKind::Structure),
            Field::optional("calls", FieldKind::Structure),
        ],
        order: &["due_on"],
        orders: Vec::new(),
        lifecycle: Lifecycle {
            initial: "open",
            editable: &["open"],
            editing: Act::Configure,
            steps: vec![
                Step::plain("close", &["open"], "closed", Act::Configure),
                Step::plain("open_again", &["closed"], "open", Act::Configure),
            ],
        },
    }
}

/// What one unit fills in for a campaign. Its lines are observations, and those stay the only
/// truth: a sheet says how far the unit as a whole has come.
pub(crate) fn sheet() -> Declaration {
    let task = |name, role, days| {
        Some(TaskRule {
            name,
            role,
            term: Term::WorkingDays(days),
        })
    };
    Declaration {
        kind: SHEET,
        fields: vec![
            Field::required("campaign", FieldKind::Reference).indexed(Indexed::Filtered),
            // One sheet for each unit of a campaign.
            Field::required("key", FieldKind::Text(120)).indexed(Indexed::Unique),
            Field::required("period", FieldKind::Period),
            Field::required("lines", FieldKind::Structure),
            Field::required("due_on", FieldKind::Text(10)),
            Field::optional("opened", FieldKind::Whole(0, i64::MAX)),
            Field::optional("handed_in", FieldKind::Whole(0, i64::MAX)),
        ],
        order: &["due_on"],
        orders: Vec::new(),
        lifecycle: Lifecycle {
            initial: "open",
            editable: &OWED,
            editing: Act::Draft,
            steps: vec![
                Step {
                    authors: true,
                    opens: task("approve", Role::Head, 3),
                    ..Step::plain("submit", &OWED, "submitted", Act::Submit)
                },
                Step::plain("approve", &["submitted"], "approved", Act::Approve),
                // A body without accounts has no head beside it: it answers for what it hands in.
                Step {
                    authors: true,
                    ..Step::plain("hand_in", &OWED, "approved", Act::Approve)
                },
                Step {
                    needs_reason: true,
                    opens: task("correct", Role::Officer, 2),
                    ..Step::plain("send_back", &["submitted"], "sent_back", Act::SendBack)
                },
                Step::plain(
                    "consolidate",
                    &["approved"],
                    "consolidated",
                    Act::Consolidate,
                ),
                Step {
                    needs_reason: true,
                    opens: task("correct", Role::Officer, 2),
                    ..Step::plain(
                        "reopen",
                        &["open", "sent_back", "submitted", "approved", "consolidated"],
                        "reopened",
                        Act::Configure,
                    )
                },
            ],
        },
    }
}
