//! What is known of a request before anybody looks at who sent it.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::ConnectInfo;
use axum::http::{HeaderName, HeaderValue, Method, Request, Uri, header};
use cookie::Cookie;
use vocab::{Context, Id, Lang, hex};

use super::{LocalPath, Notice, Settings, cookies};
use crate::pages::shell::Theme;

/// The frame of one request: in its extensions, shared, from the first to the last.
pub struct Frame {
    /// The request's id, on the answer as `x-request-id`, in the log and in the audit.
    pub request: Id,
    /// The language to answer in.
    pub lang: Lang,
    /// The chosen theme.
    pub theme: Theme,
    /// What was asked for.
    pub(super) uri: Uri,
    /// Path and query, to come back to.
    pub path: LocalPath,
    /// What the last action did.
    pub notice: Option<Notice>,
    /// Whether the path belongs to the API: problem details instead of pages.
    pub api: bool,
    /// Where the request comes from.
    pub address: String,
    /// The browser's own name.
    pub agent: String,
    /// The tags of what the browser has of this address (`If-None-Match`).
    pub(super) kept: Vec<HeaderValue>,
    /// Whether the browser says that a page of another site asked.
    pub(super) from_elsewhere: bool,
    /// The session's token, if a cookie brought one.
    pub(super) session: Option<String>,
    /// The secret of a browser in which somebody signed in before; empty without.
    pub(super) device: String,
    /// What forms of visitors without a session are bound to.
    pub(super) visit: Visit,
    /// What the tokens of this answer's forms are masked with.
    pub(super) mask: [u8; 32],
    /// Whether the request was shown to come from our own page; see [`csrf`].
    pub(super) trusted: AtomicBool,
}

/// The secret of a visitor without a session.
pub(super) struct Visit {
    pub secret: String,
    /// Whether the browser has yet to be told.
    pub fresh: bool,
}

impl fmt::Debug for Frame {
    /// Leaves the secrets out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame")
            .field("request", &self.request)
            .field("lang", &self.lang)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// Where the page stands that asks, as browsers say.
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// The longest browser name that is kept.
const AGENT_CHARS: usize = 200;

impl Frame {
    /// Reads a request's head.
    pub(super) fn read<B>(request: &Request<B>, settings: &Settings, context: &Context) -> Self {
        let headers = request.headers();
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let sent: Vec<Cookie<'_>> = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(Cookie::split_parse)
            .filter_map(Result::ok)
            .collect();
        let cookie = |kind: cookies::Kind| {
            sent.iter()
                .find(|cookie| cookie.name() == kind.name(settings))
                .map(|cookie| cookie.value().to_owned())
                .filter(|value| !value.is_empty())
        };
        // Asked for at once: each time is a call of the system.
        let random = context.random::<{ 10 + 32 + 32 }>();
        let (id, rest) = random.split_first_chunk().unwrap_or((&[0; 10], &[]));
        let (secret, mask) = rest.split_at(32);
        let uri = request.uri();
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        // Coming back after a form means its page: the address of a POST shows nothing.
        let shown = matches!(*request.method(), Method::GET | Method::HEAD);
        Self {
            request: Id::v7(context.now(), *id),
            lang: cookie(cookies::Kind::Language)
                .and_then(|tag| Lang::lookup(&tag))
                .unwrap_or_else(|| preferred(text(header::ACCEPT_LANGUAGE).unwrap_or_default())),
            theme: cookie(cookies::Kind::Theme)
                .and_then(|value| Theme::lookup(&value))
                .unwrap_or_default(),
            uri: uri.clone(),
            path: LocalPath::or_home(if shown { path } else { "/" }),
            notice: cookie(cookies::Kind::Notice).and_then(|code| Notice::lookup(&code)),
            api: uri.path().starts_with("/api/"),
            address: address(request, settings),
            agent: text(header::USER_AGENT)
                .unwrap_or_default()
                .chars()
                .take(AGENT_CHARS)
                .collect(),
            kept: headers
                .get_all(header::IF_NONE_MATCH)
                .iter()
                .cloned()
                .collect(),
            from_elsewhere: text(SITE).is_some_and(|site| !["same-origin", "none"].contains(&site)),
            session: cookie(cookies::Kind::Session),
            device: cookie(cookies::Kind::Device).unwrap_or_default(),
            visit: match cookie(cookies::Kind::Visit) {
                Some(secret) => Visit {
                    secret,
                    fresh: false,
                },
                None => Visit {
                    secret: hex::encode(secret),
                    fresh: true,
                },
            },
            mask: mask.try_into().unwrap_or_default(),
            trusted: AtomicBool::new(false),
        }
    }

    /// Marks the request as coming from our own page, or as one that no page can forge.
    pub(super) fn trust(&self) {
        self.trusted.store(true, Ordering::Relaxed);
    }
}

/// The address of the other end. Behind TLS it is the proxy's word, its last one: earlier
/// ones are what the client claims.
fn address<B>(request: &Request<B>, settings: &Settings) -> String {
    let forwarded = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok())
        .and_then(|list| list.rsplit(',').next())
        .and_then(|last| last.trim().parse::<IpAddr>().ok());
    let peer = peer(request);
    match forwarded.filter(|_| settings.behind_tls).or(peer) {
        Some(address) => address.to_canonical().to_string(),
        None => String::new(),
    }
}

/// The address that the connection comes from.
pub(super) fn peer<B>(request: &Request<B>) -> Option<IpAddr> {
    let info = request.extensions().get::<ConnectInfo<SocketAddr>>();
    info.map(|ConnectInfo(address)| address.ip())
}

/// The first of our languages in an `Accept-Language`, by its weights (RFC 9110 §12.5.4);
/// Vietnamese where none is asked for.
fn preferred(accepted: &str) -> Lang {
    let mut best = (0, Lang::default());
    for range in accepted.split(',').take(20) {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(Some(1_000), thousandths)
            .unwrap_or(0);
        if let Some(lang) = Lang::lookup(&tag)
            && weight > best.0
        {
            best = (weight, lang);
        }
    }
    best.1
}

/// `0.85` as 850.
fn thousandths(weight: &str) -> Option<u32> {
    let (whole, part) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let part = format!("{part:0<3}");
    let whole: u32 = whole.parse().ok()?;
    let part: u32 = part.get(..3)?.parse().ok()?;
    Some((whole.min(1) * 1_000 + part).min(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_asked_for_most_is_spoken() {
        for (accepted, lang) in [
            ("", Lang::Vi),
            ("fr", Lang::Vi),
            ("en-GB,en;q=0.9", Lang::En),
            ("EN", Lang::En),
            ("fr,en;q=0.5,vi;q=0.4", Lang::En),
            ("en;q=0.5,vi;q=0.8", Lang::Vi),
            ("en;q=0", Lang::Vi),
            ("vi,en", Lang::Vi),
            ("en;q=đ", Lang::Vi),
            (";;;,,,=", Lang::Vi),
        ] {
            assert_eq!(preferred(accepted), lang, "{accepted}");
        }
    }
}
