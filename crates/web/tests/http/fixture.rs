//! A running application without a network, and a browser that keeps its cookies.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use store::{Config, Store};
use tempfile::TempDir;
use tower::ServiceExt;
use vocab::context::fixed;
use web::http::{App, Metrics, Settings, router_with};

/// An application in a folder of its own.
pub(crate) struct TestApp {
    pub(crate) app: App,
    pub(crate) router: Router,
    _folder: TempDir,
}

impl TestApp {
    pub(crate) async fn new() -> Self {
        Self::with(Settings::default(), Router::new()).await
    }

    pub(crate) async fn with(settings: Settings, more: Router<App>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::embedded(folder.path());
        let store = Store::open(&config, Vec::new(), fixed::context(7))
            .await
            .unwrap();
        let app = App {
            store,
            settings: Arc::new(settings),
            metrics: Metrics::default(),
        };
        Self {
            router: router_with(app.clone(), more),
            app,
            _folder: folder,
        }
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
        }
    }
}

/// Somebody with a cookie jar.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Browser {
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    /// Sends a form as it is.
    pub(crate) async fn post_raw(&mut self, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.into())
            .unwrap();
        self.send(request).await
    }

    /// Sends a form with the token that the page at `from` carries.
    pub(crate) async fn post(&mut self, from: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get(from).await.token();
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &token).extend_pairs(fields);
        self.post_raw(path, form.finish()).await
    }

    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if !self.cookies.is_empty() {
            let jar: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let jar = jar.join("; ").parse().unwrap();
            request.headers_mut().insert(header::COOKIE, jar);
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie::Cookie::parse(cookie.to_str().unwrap()).unwrap();
            if cookie.max_age() == Some(cookie::time::Duration::ZERO) {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies
                    .insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes: to_bytes(body, 64 << 20).await.unwrap().to_vec(),
        }
    }
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .unwrap_or_else(|| panic!("no header {name} in {:?}", self.headers))
            .to_str()
            .unwrap()
    }

    /// The first token of a page's forms.
    pub(crate) fn token(&self) -> String {
        let text = self.text();
        let start = "name=\"csrf\" value=\"";
        let at = text.find(start).expect("a form with a token") + start.len();
        text[at..at + text[at..].find('"').unwrap()].to_owned()
    }

    /// The `Set-Cookie` of this name, attributes included.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let start = format!("{name}=");
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .map(|value| value.to_str().unwrap())
            .find(|value| value.starts_with(&start))
            .map(str::to_owned)
    }
}
