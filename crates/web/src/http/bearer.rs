//! Bearer tokens (RFC 6750 §2.1), and what they open. Whoever sends credentials to the API
//! acts by them or not at all: what is malformed, unknown or ended is refused (401) at public
//! addresses too, where a program would otherwise not hear that its token is void.

use axum::http::{HeaderMap, StatusCode, header};
use directory::{Along, TokenArea, TokenScope, TokenUse};

use super::{App, Failure};

/// The bearer token of a request.
pub(super) fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// What the credentials of a request open, reading its record along; refused where they are
/// none, before any handler is asked.
pub(super) async fn check(
    app: &App,
    headers: &HeaderMap,
    along: Option<&mut Along>,
) -> Result<Option<TokenUse>, Failure> {
    if !headers.contains_key(header::AUTHORIZATION) {
        return Ok(None);
    }
    let used = match token(headers) {
        Some(token) => app.directory.token_use_along(token, along).await?,
        None => None,
    };
    used.map(Some).ok_or_else(unknown)
}

/// The failure of a token that opens nothing.
fn unknown() -> Failure {
    let about = "a token that was never made or was ended";
    Failure::new(StatusCode::UNAUTHORIZED, "token-unknown", about)
}

/// Refuses what a token was not made for. A path that belongs to no area is open only to
/// tokens for all, but for the account's own description.
pub(super) fn within(scope: &TokenScope, path: &str, writes: bool) -> Result<(), Failure> {
    let refuse = |code| {
        let about = format!("{path} with a token of {scope:?}");
        Err(Failure::denied(code, about))
    };
    if writes && !scope.writes {
        return refuse("token-reads-only");
    }
    let first = path.strip_prefix("/api/v1/").unwrap_or_default();
    let first = first.split('/').next().unwrap_or_default();
    if first == "me" || scope.opens(area(first)) {
        return Ok(());
    }
    refuse("token-other-area")
}

fn area(first: &str) -> Option<TokenArea> {
    Some(match first {
        "plan" | "targets" | "projects" | "findings" => TokenArea::Plan,
        "observations" | "files" => TokenArea::Reports,
        "tasks" => TokenArea::Tasks,
        "units" => TokenArea::Units,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_area_names_is_open_to_tokens_for_all_alone() {
        let scope = |writes, areas: &[TokenArea]| TokenScope {
            writes,
            areas: Some(areas.iter().copied().collect()),
        };
        let code = |scope: &TokenScope, path: &str, writes| {
            within(scope, path, writes).map_err(|failure| failure.problem.code)
        };
        let reads = scope(false, &[TokenArea::Plan]);
        assert_eq!(code(&reads, "/api/v1/targets/7", false), Ok(()));
        assert_eq!(code(&reads, "/api/v1/me", false), Ok(()));
        let other = Err("token-other-area".to_owned());
        for path in [
            "/api/v1/tasks",
            "/api/v1/",
            "/api/v2/targets",
            "/api/v1/targetsx",
            "/api/v1//targets",
        ] {
            assert_eq!(code(&reads, path, false), other, "{path}");
            assert_eq!(code(&TokenScope::ALL, path, true), Ok(()), "{path}");
        }
        assert_eq!(
            code(&reads, "/api/v1/targets", true),
            Err("token-reads-only".to_owned())
        );
        let reports = scope(true, &[TokenArea::Reports]);
        assert_eq!(code(&reports, "/api/v1/observations", true), Ok(()));
        assert_eq!(code(&reports, "/api/v1/units", false), other);
    }
}
