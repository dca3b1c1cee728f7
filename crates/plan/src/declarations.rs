//! What the plan's records hold.

use directory::{Act, Role};
use registry::{Declaration, Field, FieldKind, Indexed, Lifecycle, Step, TaskRule};
use vocab::Term;

use crate::{amendments, campaigns, digests, notices, obstacles, opinions};

/// The plan itself: one record for each decision.
pub const PLAN: &str = "plan";
/// A row of the annex of targets.
pub const TARGET: &str = "target";
/// A row of an annex of projects.
pub const PROJECT: &str = "project";
/// What is measured for one goal of a target.
pub const INDICATOR: &str = "indicator";
/// One indicator, one unit, one period: what was reported.
pub const OBSERVATION: &str = "observation";

/// What the decision's text itself orders.
pub const DUTY: &str = "duty";
/// What a person decided of a name of a body.
pub const BODY_NAME: &str = "body_name";
/// What a measure is computed from.
pub const FEED: &str = "feed";

/// The largest count or amount that a report may state.
pub const LARGEST: i64 = 1_000_000_000_000;
/// The most characters of what an indicator counts.
pub(crate) const LONGEST_WORDS: usize = 400;
/// The most characters of a body's name.
pub(crate) const LONGEST_NAME: usize = 400;
/// The most evidence files of one report.
pub const MOST_FILES: usize = 20;
/// The longest note of a report, in characters.
pub(crate) const LONGEST_NOTE: usize = 4_000;

/// The kinds of records that plans are made of.
pub fn declarations() -> Vec<Declaration> {
    let mut all = vec![
        plan(),
        target(),
        project(),
        indicator(),
        observation(),
        duty(),
        body_name(),
        feed(),
        notices::declaration(),
        digests::declaration(),
        campaigns::campaign(),
        campaigns::sheet(),
        campaigns::links::declaration(),
        crate::projects::entry(),
        crate::projects::links(),
        crate::projects::stated(),
        crate::own_plans::declaration(),
        amendments::declaration(),
        obstacles::obstacle(),
        obstacles::ask(),
        opinions::round(),
        opinions::opinion(),
    ];
    all.extend(crate::periodic::declarations());
    all
}

fn plan() -> Declaration {
    Declaration {
        kind: PLAN,
        fields: vec![
            Field::required("symbol", FieldKind::Text(60)).indexed(Indexed::Unique),
            Field::optional("title", FieldKind::Text(1_000))
                .indexed(Indexed::Shown)
                .searched(),
            Field::optional("year", FieldKind::Whole(1900, 2200)).indexed(Indexed::Shown),
            Field::required("source", FieldKind::Evidence(2)),
            Field::required("facts", FieldKind::Structure),
            Field::required("groups", FieldKind::Structure),
            Field::required("annexes", FieldKind::Structure),
            Field::required("findings", FieldKind::Structure),
            Field::optional("review", FieldKind::Text(64)),
            Field::optional("names", FieldKind::Structure),
            Field::optional("baselines", FieldKind::Structure),
        ],
        order: &["year", "symbol"],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Configure),
    }
}

fn target() -> Declaration {
    Declaration {
        kind: TARGET,
        fields: vec![
            Field::required("plan", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("key", FieldKind::Text(100)).indexed(Indexed::Unique),
            Field::required("number", FieldKind::Whole(1, 9_999)).indexed(Indexed::Shown),
            Field::required("group", FieldKind::Text(40)),
            Field::required("line", FieldKind::Whole(1, 10_000_000)),
            Field::required("name", FieldKind::Text(4_000)).searched(),
            Field::required("goal", FieldKind::Text(4_000)).searched(),
            Field::required("leads", FieldKind::Structure),
            Field::required("partners", FieldKind::Structure),
            Field::required("legal_bases", FieldKind::Structure),
            Field::optional("published", FieldKind::Flag),
            Field::optional("due", FieldKind::Structure),
            Field::optional("retired", FieldKind::Structure),
            Field::optional("ordered_by", FieldKind::Reference),
        ],
        order: &["number"],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Configure),
    }
}

fn project() -> Declaration {
    Declaration {
        kind: PROJECT,
        fields: vec![
            Field::required("plan", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("key", FieldKind::Text(100)).indexed(Indexed::Unique),
            Field::required("place", FieldKind::Whole(0, 100_000)).indexed(Indexed::Shown),
            Field::required("annex", FieldKind::Whole(1, 99)),
            Field::required("group", FieldKind::Text(40)),
            Field::required("code", FieldKind::Text(40)),
            Field::required("line", FieldKind::Whole(1, 10_000_000)),
            Field::required("name", FieldKind::Text(4_000)).searched(),
            Field::required("leads", FieldKind::Structure),
            Field::required("budget", FieldKind::Structure),
            Field::optional("note", FieldKind::Text(8_000)),
            Field::optional("retired", FieldKind::Structure),
        ],
        order: &["place"],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Configure),
    }
}

fn indicator() -> Declaration {
    Declaration {
        kind: INDICATOR,
        fields: vec![
            Field::required("plan", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("target", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("key", FieldKind::Text(100)).indexed(Indexed::Unique),
            Field::required("place", FieldKind::Whole(0, 1_000_000)),
            Field::required("name", FieldKind::Text(4_000)).searched(),
            Field::required("measure", FieldKind::Structure),
            Field::optional("measure_unit", FieldKind::Text(400)),
            Field::required("goal", FieldKind::Text(4_000)),
            Field::optional("also", FieldKind::Structure),
            Field::optional("counts", FieldKind::Text(LONGEST_WORDS)),
            Field::optional("among", FieldKind::Text(LONGEST_WORDS)),
            Field::optional("reason", FieldKind::Text(4_000)),
            Field::optional("doubts", FieldKind::Structure),
            Field::optional("started", FieldKind::Structure),
            Field::required("origin", FieldKind::Text(20)),
            Field::optional("due", FieldKind::Text(10)),
            Field::optional("baseline", FieldKind::Decimal(0, LARGEST)),
            Field::optional("retired", FieldKind::Flag),
            Field::optional("ordered_by", FieldKind::Reference),
        ],
        order: &["place"],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Configure),
    }
}

fn duty() -> Declaration {
    Declaration {
        kind: DUTY,
        fields: vec![
            Field::required("plan", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("key", FieldKind::Text(100)).indexed(Indexed::Unique),
            Field::required("place", FieldKind::Whole(1, 1_000_000)).indexed(Indexed::Shown),
            Field::required("line", FieldKind::Whole(1, 10_000_000)),
            Field::required("kind", FieldKind::Text(40)),
            Field::required("under", FieldKind::Structure),
            Field::required("text", FieldKind::Text(20_000)).searched(),
            Field::required("bodies", FieldKind::Structure),
            Field::required("due", FieldKind::Structure),
            Field::optional("standing", FieldKind::Flag),
            Field::optional("reported", FieldKind::Structure),
            Field::optional("retired", FieldKind::Structure),
        ],
        order: &["place"],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Configure),
    }
}

fn body_name() -> Declaration {
    Declaration {
        kind: BODY_NAME,
        fields: vec![
            Field::required("key", FieldKind::Text(500)).indexed(Indexed::Unique),
            Field::required("written", FieldKind::Text(LONGEST_NAME)),
            Field::required("means", FieldKind::Structure),
        ],
        order: &["written"],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Configure),
    }
}

fn feed() -> Declaration {
    Declaration {
        kind: FEED,
        fields: vec![
            Field::required("key", FieldKind::Text(40)).indexed(Indexed::Unique),
            Field::optional("source", FieldKind::Text(150)),
            Field::required("covers", FieldKind::Text(10)),
        ],
        order: &["key"],
        orders: Vec::new(),
        lifecycle: Lifecycle::kept(Act::Configure),
    }
}

/// The states and steps of a report, as the decision's chain of duties has them: the unit
/// that leads reports, its head answers for it, the coordinator consolidates.
fn observation() -> Declaration {
    let step = Step::plain;
    let task = |name, role, days| {
        Some(TaskRule {
            name,
            role,
            term: Term::WorkingDays(days),
        })
    };
    Declaration {
        kind: OBSERVATION,
        fields: vec![
            Field::required("indicator", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("target", FieldKind::Reference).indexed(Indexed::Filtered),
            Field::required("period", FieldKind::Period).indexed(Indexed::Filtered),
            // One report for an indicator, a unit and a period, however many begin it at once.
            Field::required("key", FieldKind::Text(120)).indexed(Indexed::Unique),
            Field::optional("numerator", FieldKind::Whole(0, LARGEST)).indexed(Indexed::Shown),
            Field::optional("denominator", FieldKind::Whole(1, LARGEST)).indexed(Indexed::Shown),
            Field::optional("count", FieldKind::Decimal(0, LARGEST)).indexed(Indexed::Shown),
            Field::optional("reached", FieldKind::Flag).indexed(Indexed::Shown),
            Field::optional("note", FieldKind::Text(LONGEST_NOTE)),
            Field::optional("evidence", FieldKind::Evidence(MOST_FILES)),
            Field::optional("checks", FieldKind::Structure),
            Field::optional("computed", FieldKind::Structure),
        ],
        order: &["period"],
        orders: Vec::new(),
        lifecycle: Lifecycle {
            initial: "draft",
            editable: &["draft", "sent_back"],
            editing: Act::Draft,
            steps: vec![
                Step {
                    authors: true,
                    opens: task("approve", Role::Head, 3),
                    ..step("submit", &["draft", "sent_back"], "submitted", Act::Submit)
                },
                Step {
                    opens: task("consolidate", Role::Coordinator, 3),
                    ..step("approve", &["submitted"], "approved", Act::Approve)
                },
                // A body without accounts has no head beside it: it answers for what it hands in.
                Step {
                    authors: true,
                    opens: task("consolidate", Role::Coordinator, 3),
                    ..step("hand_in", &["draft", "sent_back"], "approved", Act::Approve)
                },
                Step {
                    needs_reason: true,
                    opens: task("correct", Role::Officer, 2),
                    ..step(
                        "send_back",
                        &["submitted", "approved", "consolidated"],
                        "sent_back",
                        Act::SendBack,
                    )
                },
                step(
                    "consolidate",
                    &["approved"],
                    "consolidated",
                    Act::Consolidate,
                ),
            ],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_leads_from_and_to_a_state_that_can_be_reached() {
        for declaration in declarations() {
            let lifecycle = &declaration.lifecycle;
            let mut reached = vec![lifecycle.initial];
            while let Some(step) = lifecycle.steps.iter().find(|step| {
                step.from.iter().any(|from| reached.contains(from)) && !reached.contains(&step.to)
            }) {
                reached.push(step.to);
            }
            for step in &lifecycle.steps {
                assert!(
                    step.from.iter().all(|from| reached.contains(from)),
                    "{step:?}"
                );
            }
        }
    }
}
