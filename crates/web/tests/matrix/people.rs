//! The visitors of the table's columns.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;

use crate::office::{Office, PASSWORD};

/// The columns, in their order.
pub(crate) const WHO: [Who; 18] = [
    Who::Public,
    Who::Account("theodoi.snv"),
    Who::Account("canbo.snv"),
    Who::Account("lanhdao.snv"),
    Who::Account("dieuphoi.snv"),
    Who::Account("quantri.snv"),
    Who::Account("nhansu.snv"),
    Who::Account("theodoi.sct"),
    Who::Account("canbo.sct"),
    Who::Account("lanhdao.sct"),
    Who::Account("dieuphoi.sct"),
    Who::Account("quantri.sct"),
    Who::Account("nhansu.sct"),
    Who::Disabled,
    Who::Expired,
    Who::Token,
    Who::DeadToken,
    Who::Unproven,
];

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Nobody that is known.
    Public,
    /// This account, with a session.
    Account(&'static str),
    /// An officer whose account was disabled after he signed in.
    Disabled,
    /// The officer, with a session that ran out.
    Expired,
    /// A program with the officer's token.
    Token,
    /// A program with the token of the disabled account.
    DeadToken,
    /// The officer, head, coordinator, administrator and keeper of people of the unit, one after
    /// another, each without the proof that the request comes from our own pages.
    Unproven,
}

/// What somebody sends along.
#[derive(Clone, Debug, Default)]
pub(crate) struct Credentials {
    pub(crate) cookie: Option<String>,
    pub(crate) bearer: Option<String>,
    pub(crate) csrf: Option<String>,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) cookies: Vec<String>,
    pub(crate) text: String,
}

impl Who {
    /// What this visitor sends, with a session of his own where he may have one.
    pub(crate) async fn credentials(self, office: &Office) -> Credentials {
        let bearer = |token: &str| Credentials {
            bearer: Some(token.to_owned()),
            ..Credentials::default()
        };
        let cookie = match self {
            Self::Public => None,
            Self::Account(login) => Some(office.sign_in(login, PASSWORD).await),
            Self::Disabled => Some(office.disabled.clone()),
            Self::Expired => Some(office.expired.clone()),
            Self::Token => return bearer(&office.token),
            Self::DeadToken => return bearer(&office.dead_token),
            Self::Unproven => unreachable!("asked one after another"),
        };
        let mut credentials = Credentials {
            cookie: cookie.map(|token| format!("phusa={token}")),
            ..Credentials::default()
        };
        // Every page has a form to choose the language, and with it a proof.
        let page = send(&office.router, "GET", "/gioi-thieu", &credentials, None).await;
        let visit = page
            .cookies
            .iter()
            .find(|one| one.starts_with("phusa-visit="));
        if let Some(visit) = visit {
            let visit = visit.split(';').next().unwrap();
            let jar = credentials
                .cookie
                .map_or(visit.to_owned(), |own| format!("{own}; {visit}"));
            credentials.cookie = Some(jar);
        }
        let start = "name=\"csrf\" value=\"";
        let at = page.text.find(start).unwrap() + start.len();
        credentials.csrf = page.text[at..].split('"').next().map(str::to_owned);
        credentials
    }
}

/// Sends a request; the body with its media type.
pub(crate) async fn send(
    router: &Router,
    method: &str,
    path: &str,
    by: &Credentials,
    body: Option<(&str, String)>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(cookie) = &by.cookie {
        request = request.header(header::COOKIE, cookie);
    }
    if let Some(bearer) = &by.bearer {
        request = request.header(header::AUTHORIZATION, format!("Bearer {bearer}"));
    }
    if path.starts_with("/api/") {
        if let Some(csrf) = &by.csrf {
            request = request.header("x-csrf-token", csrf);
        }
        if let Some(version) = path.split_once("#version=").map(|(_, version)| version) {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
    }
    let (media_type, body) = body.unwrap_or_default();
    if !media_type.is_empty() {
        request = request.header(header::CONTENT_TYPE, media_type);
    }
    let path = path.split('#').next().unwrap();
    let request = request.uri(path).body(Body::from(body)).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let header = |name| {
        let all = response.headers().get_all(name);
        let all = all.iter().map(|value| value.to_str().unwrap().to_owned());
        all.collect::<Vec<_>>()
    };
    Answer {
        status: response.status(),
        location: header(header::LOCATION).pop().unwrap_or_default(),
        cookies: header(header::SET_COOKIE),
        text: String::from_utf8_lossy(&to_bytes(response.into_body(), 64 << 20).await.unwrap())
            .into_owned(),
    }
}
