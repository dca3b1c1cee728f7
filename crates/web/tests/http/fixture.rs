//! A running application without a network, and a browser that keeps its cookies.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use directory::{Account, Directory, Grant, NewAccount, PasswordCost, Principal, Reading, Role};
use futures_util::future::BoxFuture;
use plan::Plans;
use registry::{Registry, Systems};
use store::{Config, Store};
use tempfile::TempDir;
use tower::ServiceExt;
use vocab::calendar::read_days;
use vocab::context::fixed;
use vocab::{Id, OfficeHours, WorkingCalendar};
use web::http::{App, EvidenceGate, Failure, Readable, Settings, router_with};
use web::pages::links;

/// An application in a folder of its own.
pub(crate) struct TestApp {
    pub(crate) app: App,
    pub(crate) router: Router,
    _folder: TempDir,
}

pub(crate) const PASSWORD: &str = "gió đưa cành trúc la đà";

/// Files that anybody, or only somebody signed in, may read; the rest nobody.
#[derive(Default)]
pub(crate) struct Gate {
    pub(crate) open: std::sync::Mutex<Vec<([u8; 32], String, bool)>>,
    pub(crate) files: std::sync::OnceLock<store::files::Files>,
}

impl EvidenceGate for Gate {
    fn readable<'a>(
        &'a self,
        principal: &'a Principal,
        digest: &'a [u8; 32],
    ) -> BoxFuture<'a, Result<Option<Readable>, Failure>> {
        let open = self.open.lock().unwrap();
        let found = open
            .iter()
            .find(|(known, _, public)| known == digest && (*public || principal.account.is_some()));
        let readable = found.map(|(_, name, _)| Readable {
            name: name.clone(),
            files: self.files.get().unwrap().clone(),
        });
        Box::pin(async move { Ok(readable) })
    }
}

impl TestApp {
    pub(crate) async fn new() -> Self {
        Self::with(Settings::default(), Router::new()).await
    }

    pub(crate) async fn with(settings: Settings, more: Router<App>) -> Self {
        Self::limited(settings, more, None, None).await
    }

    pub(crate) async fn gated(settings: Settings, more: Router<App>, gate: Arc<Gate>) -> Self {
        Self::limited(settings, more, Some(gate), None).await
    }

    /// An application whose database may not grow beyond so many pages.
    pub(crate) async fn limited(
        settings: Settings,
        more: Router<App>,
        gate: Option<Arc<Gate>>,
        max_page_count: Option<u32>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            max_page_count,
            ..Config::embedded(folder.path())
        };
        Self::over(config, folder, settings, more, gate).await
    }

    /// An application on PostgreSQL; none where no server was started.
    pub(crate) async fn on_postgres() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            database_url: Some(scratch::database().await?),
            ..Config::embedded(folder.path())
        };
        Some(Self::over(config, folder, Settings::default(), Router::new(), None).await)
    }

    /// Applications that run the packs that ship, on each engine that is there.
    pub(crate) async fn with_packs() -> Vec<Self> {
        let folders = pack::folder::PackFolder::find(std::path::Path::new("../../packs")).unwrap();
        let shipped = directory::permission::RoleBook::shipped();
        let surroundings = pack::Surroundings {
            roles: shipped.iter().map(|role| role.code.clone()).collect(),
            calendars: ["vn".to_owned()].into(),
        };
        let catalog = pack::check(&folders, &surroundings).into_catalog().unwrap();
        let systems = Arc::new(Systems::load(catalog).unwrap());
        let mut all = Vec::new();
        for database_url in [None, scratch::database().await] {
            if !all.is_empty() && database_url.is_none() {
                continue;
            }
            let folder = tempfile::tempdir().unwrap();
            let config = Config {
                database_url,
                ..Config::embedded(folder.path())
            };
            let settings = Settings::default();
            all.push(
                Self::running(
                    config,
                    folder,
                    settings,
                    Router::new(),
                    None,
                    systems.clone(),
                )
                .await,
            );
        }
        all
    }

    async fn over(
        config: Config,
        folder: TempDir,
        settings: Settings,
        more: Router<App>,
        gate: Option<Arc<Gate>>,
    ) -> Self {
        Self::running(config, folder, settings, more, gate, Arc::default()).await
    }

    async fn running(
        config: Config,
        folder: TempDir,
        settings: Settings,
        more: Router<App>,
        gate: Option<Arc<Gate>>,
        systems: Arc<Systems>,
    ) -> Self {
        let mut declarations = plan::declarations();
        declarations.extend(systems.declarations());
        let mut tables = directory::tables();
        tables.extend(Registry::tables(&declarations));
        let store = Store::open(&config, tables, fixed::context(7))
            .await
            .unwrap();
        let cheap = directory::Config {
            password: PasswordCost {
                memory_kib: 8,
                passes: 1,
            },
            ..directory::Config::default()
        };
        let directory = Directory::open_with(store, cheap).await.unwrap();
        directory.load_shipped(&system()).await.unwrap();
        let days = read_days(include_str!("../../../../data/holidays-2023-2027.csv")).unwrap();
        let calendar = WorkingCalendar::new(OfficeHours::default(), days).unwrap();
        let declared = plan::declarations();
        let registry = Registry::with_systems(directory, declared, systems, calendar);
        let plans = Plans::new(registry);
        if let Some(gate) = &gate {
            let files = plans.registry().store().every_file("a gate of a test");
            gate.files.set(files).ok().unwrap();
        }
        let app = match gate {
            Some(gate) => App::guarded_by(gate, plans, settings),
            None => App::new(plans, settings),
        };
        Self {
            router: router_with(app.clone(), more),
            app,
            _folder: folder,
        }
    }

    /// Makes an account that holds a role in Sở Nội vụ.
    pub(crate) async fn account(&self, login: &str, name: &str, role: Role) -> Account {
        self.account_in("Sở Nội vụ", login, name, role).await
    }

    /// The unit of this name.
    pub(crate) async fn unit(&self, name: &str) -> Id {
        let units = self.app.directory.units().await.unwrap();
        match units.resolve(name, None) {
            Some(Reading::Unit(unit)) => unit,
            _ => panic!("{name} is not among the units"),
        }
    }

    /// Makes an account that holds a role in a unit.
    pub(crate) async fn account_in(
        &self,
        unit: &str,
        login: &str,
        name: &str,
        role: Role,
    ) -> Account {
        let unit = self.unit(unit).await;
        let new = NewAccount {
            login: login.to_owned(),
            name: name.to_owned(),
            password: PASSWORD.to_owned(),
            grants: vec![Grant::new(role, unit)],
            demo: false,
        };
        self.app
            .directory
            .create_account(&system(), new)
            .await
            .unwrap()
    }

    /// Somebody with an account, acting through the program itself.
    pub(crate) async fn acting(&self, login: &str) -> registry::Caller {
        let directory = &self.app.directory;
        let account = directory.account_by_login(login).await.unwrap().unwrap();
        let principal = directory.acting_today(&account).await.unwrap();
        registry::Caller::new(principal.unwrap(), "test", Id::NIL)
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
            sent: Default::default(),
        }
    }

    /// A browser in which somebody with this role is signed in.
    pub(crate) async fn signed_in(&self, login: &str, role: Role) -> Browser {
        self.account(login, "Trần Thị Mỹ Lệ", role).await;
        let mut browser = self.browser();
        let answer = browser.sign_in(login, PASSWORD, "/").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        browser
    }
}

pub(crate) fn system() -> store::Actor {
    Principal::system().actor("job", Id::NIL)
}

/// Somebody with a cookie jar.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
    /// The form that was sent last: its address, its type and what it said.
    sent: (String, String, String),
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
        let kind = "application/x-www-form-urlencoded";
        self.send_form(path, kind, form.finish()).await
    }

    /// Sends a form with files as browsers do, with the token that the page at `from` carries:
    /// name, file name (empty for a text), content.
    pub(crate) async fn post_parts(
        &mut self,
        from: &str,
        path: &str,
        parts: &[(&str, &str, &str)],
    ) -> Answer {
        let token = self.get(from).await.token();
        let mut body = String::new();
        for (name, file, content) in [("csrf", "", token.as_str())].iter().chain(parts) {
            let file = if file.is_empty() {
                String::new()
            } else {
                format!("; filename=\"{file}\"")
            };
            body.push_str("--x\r\nContent-Disposition: form-data; name=\"");
            for part in [name, "\"", &file, "\r\n\r\n", content, "\r\n"] {
                body.push_str(part);
            }
        }
        body.push_str("--x--\r\n");
        self.send_form(path, "multipart/form-data; boundary=x", body)
            .await
    }

    /// Sends the same form once more, as a button does that is pressed twice.
    pub(crate) async fn again(&mut self) -> Answer {
        let (path, kind, body) = self.sent.clone();
        self.send_form(&path, &kind, body).await
    }

    async fn send_form(&mut self, path: &str, kind: &str, body: String) -> Answer {
        self.sent = (path.to_owned(), kind.to_owned(), body.clone());
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Sends the sign-in form.
    pub(crate) async fn sign_in(&mut self, login: &str, password: &str, next: &str) -> Answer {
        let fields = [
            ("ten-dang-nhap", login),
            ("mat-khau", password),
            ("tiep", next),
        ];
        self.post(links::SIGN_IN, links::SIGN_IN, &fields).await
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
