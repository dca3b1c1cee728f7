//! What the API says more about failures than pages do.

use axum::http::StatusCode;
use directory::Act;
use plan::{OBSERVATION, PlanError};
use registry::{Record, RegistryError};
use serde_json::{Map, Value, json};
use vocab::Problem;

use super::observations::Observation;
use crate::http::{App, Failure, Visitor};

/// There is nothing to show yet.
pub(super) fn no_plan() -> Failure {
    Problem::new(404, "no-plan", "no plan was imported yet").into()
}

/// The same failure; if somebody else changed the report meanwhile, with both versions: the
/// one that the change was made against and the one that stands.
pub(super) async fn with_versions(app: &App, visitor: &Visitor, error: PlanError) -> Failure {
    let PlanError::Registry(RegistryError::Conflict {
        expected, current, ..
    }) = &error
    else {
        return error.into();
    };
    let versions = versions(app, visitor, *expected, current).await;
    let mut refusal = Failure::from(error);
    match versions {
        Ok(versions) => refusal.members = Some(Box::new(versions)),
        Err(other) => return other,
    }
    refusal
}

async fn versions(
    app: &App,
    visitor: &Visitor,
    expected: i64,
    current: &Record,
) -> Result<Map<String, Value>, Failure> {
    let registry = app.plans.registry();
    let shown = |record: &Record| -> Result<Value, Failure> {
        let shown = Observation::of(registry, &visitor.principal, record)?;
        serde_json::to_value(shown)
            .map_err(|error| Failure::internal(format!("writing a version: {error}")))
    };
    let reader = &visitor.principal;
    let history = registry.history(reader, OBSERVATION, current, 200).await?;
    let read = history
        .into_iter()
        .map(|entry| entry.record)
        .find(|record| record.version == expected)
        .filter(|record| registry.may(&visitor.principal, Act::Read, OBSERVATION, record));
    let read = read.as_ref().map(shown).transpose()?;
    let versions = json!({ "expected": read, "current": shown(current)? });
    match versions {
        Value::Object(versions) => Ok(versions),
        _ => Err(Failure::internal("versions that are no object")),
    }
}

/// A request that is not as it should be, whatever it asks for.
pub(super) fn refused(status: StatusCode, code: &str, about: impl Into<String>) -> Failure {
    Failure::new(status, code, about)
}
