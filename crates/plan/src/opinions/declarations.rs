//! What askings for opinions and opinions hold, and who moves them on.

use directory::Act;
use registry::{Declaration, Field, FieldKind, Indexed, Lifecycle, Step};

use super::{LONGEST, MOST_FILES, OPINION, OPINION_ROUND, states};

/// The files of all opinions on one report.
const MOST_OF_ALL: usize = 1_000;

/// The partners of a target that are asked about a report: a record of the report's unit.
pub(crate) fn round() -> Declaration {
    Declaration {
        kind: OPINION_ROUND,
        fields: vec![
            Field::required("observation", FieldKind::Reference).indexed(Indexed::Unique),
            Field::required("target", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("period", FieldKind::Period).indexed(Indexed::Shown),
            Field::required("asked", FieldKind::Structure),
            Field::required("by", FieldKind::Structure),
            Field::optional("coordinated", FieldKind::Flag),
            Field::optional("closed", FieldKind::Structure),
            Field::optional("files", FieldKind::Evidence(MOST_OF_ALL)),
        ],
        order: &["period"],
        orders: Vec::new(),
        lifecycle: Lifecycle {
            initial: states::OPEN,
            editable: &[states::OPEN],
            editing: Act::Draft,
            steps: vec![
                Step {
                    needs_reason: true,
                    ..Step::plain("close", &[states::OPEN], states::CLOSED, Act::Draft)
                },
                // This one follows from the consolidation of the report.
                Step::plain("settle", &[states::OPEN], states::CLOSED, Act::Configure),
                Step::plain("ask_again", &[states::CLOSED], states::OPEN, Act::Draft),
            ],
        },
    }
}

/// What one partner thinks of a report: a record of that partner, so that whoever may see what
/// it does sees this.
pub(crate) fn opinion() -> Declaration {
    let given = &[states::ASKED, states::ANSWERED];
    Declaration {
        kind: OPINION,
        fields: vec![
            Field::required("observation", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("indicator", FieldKind::Reference),
            Field::required("target", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("period", FieldKind::Period).indexed(Indexed::Shown),
            Field::required("by_unit", FieldKind::Reference),
            Field::required("by", FieldKind::Structure),
            Field::required("due_on", FieldKind::Text(10)).indexed(Indexed::Shown),
            Field::required("figure", FieldKind::Structure),
            Field::optional("note", FieldKind::Text(LONGEST)),
            Field::optional("evidence", FieldKind::Evidence(crate::MOST_FILES)),
            Field::optional("given", FieldKind::Structure),
            Field::optional("files", FieldKind::Evidence(MOST_FILES)),
        ],
        order: &["due_on"],
        orders: Vec::new(),
        lifecycle: Lifecycle {
            initial: states::ASKED,
            editable: &[],
            editing: Act::Submit,
            steps: vec![
                Step {
                    authors: true,
                    ..Step::plain("answer", given, states::ANSWERED, Act::Submit)
                },
                // These two follow from what becomes of the asking and of the report.
                Step::plain(
                    "ask_again",
                    &[states::ASKED, states::ANSWERED, states::CLOSED],
                    states::ASKED,
                    Act::Configure,
                ),
                Step::plain("close", given, states::CLOSED, Act::Configure),
            ],
        },
    }
}
