//! Headers that every answer carries, whatever happened.
//!
//! Programs that read data have no frames, plugins or windows to be kept from: their answers
//! carry the three headers that keep a browser from showing data as a page or handing it to
//! another site.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// The policy of pages: nothing but what this site serves. No page has a script or a style of
/// its own, so there is no nonce, and the same page is the same bytes.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Adds the headers to an answer that a browser may show. One that brought a stricter
/// content security policy of its own keeps it.
pub(super) fn protect_page(headers: &mut HeaderMap) {
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(POLICY);
}

/// The addresses behind which a secret stands that opens something by itself, again and again.
const SECRET: &str = "/phieu/";

/// Whether an address holds a secret: nothing of it goes to any other page, nor is its page kept.
pub(super) fn is_secret(path: &str) -> bool {
    path.starts_with(SECRET)
}

/// Has a browser tell nobody from where it came, this site included.
pub(super) fn keep_address(headers: &mut HeaderMap) {
    const NOBODY: HeaderValue = HeaderValue::from_static("no-referrer");
    headers.insert(header::REFERRER_POLICY, NOBODY);
}

/// Adds the headers to an answer that a program reads.
pub(super) fn protect_data(headers: &mut HeaderMap) {
    const DATA: [(HeaderName, &str); 3] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
    ];
    for (name, value) in DATA {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
}

/// Has browsers come back by TLS alone.
pub(super) fn insist_on_tls(headers: &mut HeaderMap) {
    headers.insert(
        header::STRICT_TRANSPORT_SECURITY,
        HeaderValue::from_static("max-age=31536000"),
    );
}
