//! What obstacles and what is asked because of them hold, and who moves them on.

use directory::Act;
use registry::{Declaration, Field, FieldKind, Indexed, Lifecycle, Step};

use super::{ASK, LONGEST, MOST_FILES, OBSTACLE, states};

/// What stands in a unit's way.
pub(crate) fn obstacle() -> Declaration {
    let drafts = &[states::DRAFT, states::SENT_BACK];
    let decided = &[states::ANSWERED, states::SOLVED];
    let reasoned = |step| Step {
        needs_reason: true,
        ..step
    };
    Declaration {
        kind: OBSTACLE,
        fields: vec![
            Field::required("plan", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("about", FieldKind::Structure),
            Field::required("matter", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("what", FieldKind::Text(LONGEST)).searched(),
            Field::required("since", FieldKind::Text(10)).indexed(Indexed::Shown),
            Field::required("asks", FieldKind::Text(LONGEST)).searched(),
            Field::required("of", FieldKind::Text(20)).indexed(Indexed::Shown),
            Field::optional("evidence", FieldKind::Evidence(MOST_FILES)),
            Field::optional("rungs", FieldKind::Structure),
            Field::optional("solved_on", FieldKind::Text(10)),
        ],
        order: &["since"],
        orders: Vec::new(),
        lifecycle: Lifecycle {
            initial: states::DRAFT,
            editable: drafts,
            editing: Act::Draft,
            steps: vec![
                Step {
                    authors: true,
                    ..Step::plain("submit", drafts, states::SUBMITTED, Act::Submit)
                },
                Step::plain("send", &[states::SUBMITTED], states::ASKED, Act::Approve),
                reasoned(Step::plain(
                    "send_back",
                    &[states::SUBMITTED],
                    states::SENT_BACK,
                    Act::SendBack,
                )),
                // These two follow from what is done with the question.
                Step::plain("escalate", &[states::ASKED], states::ASKED, Act::Configure),
                Step::plain("answer", &[states::ASKED], states::ANSWERED, Act::Configure),
                Step::plain("solve", &[states::ANSWERED], states::SOLVED, Act::Submit),
                reasoned(Step::plain("reopen", decided, states::ASKED, Act::Submit)),
                reasoned(Step::plain(
                    "discard",
                    drafts,
                    states::DISCARDED,
                    Act::Draft,
                )),
            ],
        },
    }
}

/// What one body is asked because of an obstacle: a record of that body, so that whoever may
/// see what it does sees this, and nobody else.
pub(crate) fn ask() -> Declaration {
    Declaration {
        kind: ASK,
        fields: vec![
            Field::required("plan", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("obstacle", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("matter", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("by_unit", FieldKind::Reference),
            Field::required("rung", FieldKind::Text(20)).indexed(Indexed::Shown),
            Field::required("body", FieldKind::Structure),
            Field::required("due_on", FieldKind::Text(10)).indexed(Indexed::Shown),
            Field::optional("evidence", FieldKind::Evidence(MOST_FILES)),
        ],
        order: &["due_on"],
        orders: Vec::new(),
        lifecycle: Lifecycle {
            initial: states::WAITS,
            editable: &[],
            editing: Act::Approve,
            steps: vec![
                Step::plain(
                    "answer",
                    &[states::WAITS],
                    states::ASK_ANSWERED,
                    Act::Approve,
                ),
                Step {
                    needs_reason: true,
                    ..Step::plain(
                        "escalate",
                        &[states::WAITS],
                        states::ASK_ESCALATED,
                        Act::Approve,
                    )
                },
            ],
        },
    }
}
