//! `GET /api/openapi.json`: what the API says about itself, from the handlers themselves.

use std::sync::LazyLock;

use axum::response::IntoResponse;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::problem::{Fault, ProblemDetails};
use super::shown::Shown;

/// Where the description is.
pub(super) const PATH: &str = "/api/openapi.json";

/// What stands above the operations.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Phù Sa",
        description = "The plan of a Vietnamese province, what its units report on it, and what became of it.\n\n\
            Whole numbers are JSON numbers, decimals and amounts of money are text (`\"24.66\"`), periods are codes (`2023Q1`, `2023`). \
            Failures are problem details (RFC 9457) in the language of `Accept-Language`: Vietnamese unless English is asked for.\n\n\
            Changes take an `Idempotency-Key`: the same request under the same key is done once, however often it is sent. \
            Changes of something take its version in `If-Match`.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    tags(
        (name = "plan", description = "The plan and its figures: everybody's"),
        (name = "units", description = "The province's units: everybody's"),
        (name = "observations", description = "Reports on their way from draft to the public figure"),
        (name = "webhooks", description = "Other systems that are told of changes, for whoever runs this one"),
        (name = "me", description = "Whoever asks")
    ),
    components(schemas(ProblemDetails, Fault)),
    modifiers(&Schemes),
    security((), ("token" = []), ("session" = []))
)]
pub(super) struct Description;

struct Schemes;

impl Modify for Schemes {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let token = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token of `phusa token create --account NAME`"))
            .build();
        let session = ApiKeyValue::with_description(
            "phusa",
            "The session of whoever is signed in; its name is `__Host-phusa` behind TLS",
        );
        let csrf = ApiKeyValue::with_description(
            "x-csrf-token",
            "`csrfToken` of `/api/v1/me`: changes by a session need it",
        );
        components.add_security_scheme("token", SecurityScheme::Http(token));
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(session)));
        components.add_security_scheme("csrf", SecurityScheme::ApiKey(ApiKey::Header(csrf)));
    }
}

static DESCRIPTION: LazyLock<utoipa::openapi::OpenApi> =
    LazyLock::new(|| super::described().split_for_parts().1);

/// Shows it.
pub(super) async fn show() -> impl IntoResponse {
    Shown::to_everybody(&*DESCRIPTION)
}
