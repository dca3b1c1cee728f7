//! Cookies that go out, each with its attributes in one place.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

use super::Settings;

/// What a cookie is for; its name follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The session's token.
    Session,
    /// The secret by which a browser is known in which somebody signed in before.
    Device,
    /// The secret that forms of visitors without a session are bound to.
    Visit,
    /// What the last action did, as a code of [`super::Notice`].
    Notice,
    /// The chosen language.
    Language,
    /// The chosen theme. The script reads and writes it.
    Theme,
}

/// How long a chosen language or theme is remembered.
const REMEMBERED: Duration = Duration::days(365);

impl Kind {
    /// The cookie's name. Behind TLS the secrets carry the `__Host-` prefix, so that no
    /// other host of the domain can plant them (RFC 6265bis §4.1.3.2).
    pub(super) fn name(self, settings: &Settings) -> &'static str {
        match (self, settings.behind_tls) {
            (Self::Session, true) => "__Host-phusa",
            (Self::Session, false) => "phusa",
            (Self::Device, true) => "__Host-phusa-device",
            (Self::Device, false) => "phusa-device",
            (Self::Visit, true) => "__Host-phusa-visit",
            (Self::Visit, false) => "phusa-visit",
            (Self::Notice, _) => "notice",
            (Self::Language, _) => "lang",
            (Self::Theme, _) => "theme",
        }
    }

    /// The cookie with this value.
    pub(super) fn set(self, settings: &Settings, value: impl Into<String>) -> Cookie<'static> {
        let mut cookie = Cookie::new(self.name(settings), value.into());
        cookie.set_path("/");
        cookie.set_same_site(SameSite::Lax);
        cookie.set_secure(settings.behind_tls);
        cookie.set_http_only(self != Self::Theme);
        if matches!(self, Self::Language | Self::Theme | Self::Device) {
            cookie.set_max_age(REMEMBERED);
        }
        cookie
    }

    /// The cookie that takes it away.
    pub(super) fn clear(self, settings: &Settings) -> Cookie<'static> {
        let mut cookie = self.set(settings, "");
        cookie.set_max_age(Duration::ZERO);
        cookie
    }
}

/// Adds a cookie to an answer.
pub(super) fn send(response: &mut Response, cookie: &Cookie<'_>) {
    // Names and values are ours and plain; one that is no header is left out.
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
