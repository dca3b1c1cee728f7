//! Problem details (RFC 9457) as the API's description shows them.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use super::observations::Observation;
use super::systems::SystemRecordShown;

/// Why a request was not done (RFC 9457).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProblemDetails {
    /// A stable name of the kind of problem.
    #[schema(example = "urn:phusa:problem:invalid-fields")]
    r#type: String,
    /// What happened, in the language asked for.
    #[schema(example = "Nội dung gửi lên chưa đúng")]
    title: String,
    /// The HTTP status.
    #[schema(example = 422, minimum = 400, maximum = 599)]
    status: u16,
    /// What to do about it, in the language asked for.
    detail: Option<String>,
    /// Names the request in the log.
    request_id: String,
    /// What is wrong with single members or parameters.
    errors: Option<Vec<Fault>>,
    /// With `stale-version`: the version that the change was made against, if the asker may
    /// read it.
    #[schema(nullable)]
    expected: Option<Observation>,
    /// With `stale-version`: the version that stands, if the asker may read it.
    current: Option<Standing>,
}

/// What was to be changed, as it stands now.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[expect(
    dead_code,
    reason = "it describes the answer; its members are put there by name"
)]
pub(super) enum Standing {
    /// A report.
    Observation(Box<Observation>),
    /// A record of a system.
    Record(SystemRecordShown),
}

/// What is wrong with a member of the body or a parameter of the query.
#[derive(Serialize, ToSchema)]
pub(super) struct Fault {
    /// The member, as a JSON pointer (RFC 6901).
    #[schema(example = "/numerator")]
    pointer: Option<String>,
    /// The parameter.
    parameter: Option<String>,
    /// A stable name of what is wrong.
    #[schema(example = "numerator-above-denominator")]
    code: String,
    /// The same in words.
    #[schema(example = "Tử số không được lớn hơn mẫu số.")]
    detail: String,
}

const UNREADABLE: (u16, &str) = (400, "Body, query or a header cannot be read at all.");
const UNKNOWN: (u16, &str) = (
    401,
    "The token or session is missing, unknown or was ended.",
);
const REFUSED: (u16, &str) = (403, "The account may read this but not do that to it.");
const ABSENT: (u16, &str) = (
    404,
    "There is no such thing, or it is not for this reader to know of.",
);
const CONFLICT: (u16, &str) = (
    409,
    "Somebody else changed it meanwhile (`stale-version`, with both versions), it exists already, or it stands where this cannot be done.",
);
const NO_VERSION: (u16, &str) = (412, "`If-Match` is no version.");
const TOO_LARGE: (u16, &str) = (413, "More was sent than is taken.");
const OTHER_TYPE: (u16, &str) = (415, "The body is no `application/json`.");
const WRONG: (u16, &str) = (
    422,
    "Members or parameters are unknown, missing or wrong (`errors` names each), or the idempotency key was used for something else.",
);
const NO_MATCH: (u16, &str) = (428, "`If-Match` is missing.");
const BUSY: (u16, &str) = (503, "Not now; nothing was written. Send the same again.");

/// How reading may be refused.
pub(super) struct ReadRefusals;

/// How printing something may be refused.
pub(super) struct PrintRefusals;

/// How making something new may be refused.
pub(super) struct CreateRefusals;

/// How changing something may be refused.
pub(super) struct ChangeRefusals;

impl IntoResponses for ReadRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        described(&[UNREADABLE, UNKNOWN, ABSENT, WRONG, BUSY])
    }
}

impl IntoResponses for PrintRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        described(&[UNREADABLE, UNKNOWN, ABSENT, CONFLICT, WRONG, BUSY])
    }
}

impl IntoResponses for CreateRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        described(&[
            UNREADABLE, UNKNOWN, REFUSED, ABSENT, CONFLICT, TOO_LARGE, OTHER_TYPE, WRONG, BUSY,
        ])
    }
}

impl IntoResponses for ChangeRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = CreateRefusals::responses();
        responses.extend(described(&[NO_VERSION, NO_MATCH]));
        responses
    }
}

fn described(refusals: &[(u16, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let rest = ("default".to_owned(), "Anything else that went wrong.");
    let all = refusals
        .iter()
        .map(|(status, why)| (status.to_string(), *why))
        .chain([rest]);
    all.map(|(status, why)| {
        let content = ContentBuilder::new()
            .schema(Some(Ref::from_schema_name("ProblemDetails")))
            .build();
        let response = ResponseBuilder::new()
            .description(why)
            .content("application/problem+json", content)
            .build();
        (status, response.into())
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use utoipa::PartialSchema;

    use super::*;

    /// Reports and records of systems are both refused with the version that stands.
    #[test]
    fn what_stands_is_described_for_whatever_can_be_changed() {
        let described: Value = serde_json::to_value(Standing::schema()).unwrap();
        let shapes = ["Observation", "SystemRecordShown"]
            .map(|name| json!(format!("#/components/schemas/{name}")));
        let alternatives = described["oneOf"].as_array().unwrap();
        for shape in shapes {
            let is_it = |one: &Value| {
                one["$ref"] == shape
                    || one["allOf"]
                        .as_array()
                        .is_some_and(|all| all.iter().any(|one| one["$ref"] == shape))
            };
            assert!(alternatives.iter().any(is_it), "{shape}: {described}");
        }
    }
}
