//! What people said of records that a document makes anew: it stands, and the rest is the
//! document's.

use registry::Record;
use serde_json::{Map, Value};

use crate::declarations::{DUTY, INDICATOR, TARGET};
use crate::error::PlanError;
use crate::measures::Origin;
use crate::records::{DutyBody, IndicatorBody, to_map};

/// The body that a document makes of a record that is kept, with what was said of that.
pub(super) fn with_what_people_said(
    kind: &str,
    current: &Record,
    body: Map<String, Value>,
) -> Result<Map<String, Value>, PlanError> {
    match kind {
        INDICATOR => with_what_was_confirmed(current, body),
        DUTY => with_what_was_reported(current, body),
        TARGET => Ok(with_what_was_chosen(current, body)),
        _ => Ok(body),
    }
}

/// What a person says of a measure.
const CONFIRMED: [&str; 7] = [
    "measure",
    "measure_unit",
    "counts",
    "among",
    "origin",
    "due",
    "baseline",
];

/// The body of an indicator that is known: what a person said of a goal stands as long as the
/// goal does, and the rest is the document's.
fn with_what_was_confirmed(
    current: &Record,
    mut body: Map<String, Value>,
) -> Result<Map<String, Value>, PlanError> {
    let known: IndicatorBody = current.read()?;
    let goal = body.get("goal").and_then(Value::as_str);
    if known.origin == Origin::Confirmed && goal == Some(known.goal.as_str()) {
        for said in CONFIRMED {
            let value = current.body.get(said).cloned().unwrap_or_default();
            body.insert(said.to_owned(), value);
        }
    }
    Ok(body)
}

/// The body of a target that is known: whether it is public is the coordinator's to say.
fn with_what_was_chosen(current: &Record, mut body: Map<String, Value>) -> Map<String, Value> {
    if let Some(chosen) = current.body.get("published") {
        body.insert("published".to_owned(), chosen.clone());
    }
    body
}

/// The body of a duty that is known: what was reported of it stands.
fn with_what_was_reported(
    current: &Record,
    mut body: Map<String, Value>,
) -> Result<Map<String, Value>, PlanError> {
    let known: DutyBody = current.read()?;
    if let Some(reported) = known.reported {
        body.insert(
            "reported".to_owned(),
            Value::Object(to_map("a report", &reported)?),
        );
    }
    Ok(body)
}
