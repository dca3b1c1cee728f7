//! What measures a target that was read.

use vocab::Id;

use super::{Origin, Review, ReviewedTarget};
use crate::import::{Bound, Goal, IndicatorKind, Measure as Read, Target};
use crate::records::{IndicatorBody, Measure};

/// What measures a target, each with the name under which several targets share it: as it was
/// reviewed, or else as the importer proposes. `reviewed` is the number under which it was.
pub(crate) fn of_target(
    plan: Id,
    target: Id,
    read: &Target,
    reviewed: Option<u32>,
    review: Option<&Review>,
) -> Vec<(IndicatorBody, Option<String>)> {
    let body = |name: &str, measure, goal: &str| IndicatorBody {
        plan,
        target,
        key: String::new(),
        place: 0,
        name: name.to_owned(),
        measure,
        measure_unit: None,
        goal: goal.to_owned(),
        also: Vec::new(),
        counts: None,
        among: None,
        reason: None,
        doubts: Vec::new(),
        started: None,
        origin: Origin::Proposed,
        due: None,
        baseline: None,
        retired: false,
        ordered_by: None,
    };
    let reviewed = review.and_then(|review| Some((review, review.of(reviewed?, &read.goal_text)?)));
    let Some((review, reviewed)) = reviewed else {
        let proposed = read.goals.iter().map(|goal| IndicatorBody {
            measure_unit: goal.indicator.unit.clone(),
            ..body(&goal.indicator.name, measure(goal), &goal.text)
        });
        return proposed.map(|body| (body, None)).collect();
    };
    let of_goals = goals_of(read, reviewed);
    let measures = reviewed.measures.iter().zip(of_goals);
    let bodies = measures.map(|(measure, goal)| {
        let (bound, value) = measure.goal();
        let kind = measure.kind;
        let body = IndicatorBody {
            measure_unit: match kind {
                IndicatorKind::Ratio => Some("%".to_owned()),
                _ => measure.unit.clone(),
            },
            counts: Some(measure.counts.clone()),
            among: measure.among.clone(),
            reason: review.reason(reviewed, kind),
            doubts: reviewed.doubts.clone(),
            origin: Origin::Reviewed,
            ..body(
                measure.name.as_deref().unwrap_or(&read.name),
                Measure { kind, bound, value },
                goal,
            )
        };
        (body, measure.shared.clone())
    });
    bodies.collect()
}

/// What is written of the goal of each measure: its own line where there are as many goals as
/// measures, or else the whole cell.
fn goals_of<'a>(read: &'a Target, reviewed: &ReviewedTarget) -> Vec<&'a str> {
    if read.goals.len() == reviewed.measures.len() {
        return read.goals.iter().map(|goal| goal.text.as_str()).collect();
    }
    vec![read.goal_text.as_str(); reviewed.measures.len()]
}

fn measure(goal: &Goal) -> Measure {
    let (bound, value) = match &goal.measure {
        Read::Percent { bound, value } => (Some(*bound), Some(*value)),
        Read::Count { value, .. } => (Some(Bound::AtLeast), Some((*value).into())),
        Read::Milestone | Read::Standing | Read::PlanGoals => (None, None),
    };
    Measure {
        kind: goal.indicator.kind,
        bound,
        value,
    }
}
