//! One running application for all tests: the shipped units, the shipped decision, and
//! people with tokens. Each test works on reports of its own.

use std::future::Future;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use directory::{Directory, Grant, NewAccount, PasswordCost, Principal, Reading, Role};
use plan::Plans;
use plan::import::IndicatorKind;
use registry::{Caller, Registry};
use serde_json::{Value, json};
use store::{Config, Store};
use tempfile::TempDir;
use tower::ServiceExt;
use vocab::calendar::{OfficeHours, read_days};
use vocab::context::fixed;
use vocab::{Id, WorkingCalendar};
use web::http::{App, Settings, router};

const DECISION: &str = include_str!("../../../../data/plan/decision-833-2023.txt");
const HOLIDAYS: &str = include_str!("../../../../data/holidays-2023-2027.csv");

pub(crate) const PASSWORD: &str = "gió đưa cành trúc la đà";

/// The store's own tasks live as long as the runtime: all tests share one.
static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Runtime::new().unwrap());

static OFFICE: LazyLock<Office> = LazyLock::new(|| RUNTIME.block_on(Office::open(None)));

/// The same over PostgreSQL; none where no server was started.
static OFFICE_ON_POSTGRES: LazyLock<Option<Office>> = LazyLock::new(|| {
    RUNTIME.block_on(async { Some(Office::open(Some(scratch::database().await?)).await) })
});

/// Runs a test in the shared application.
pub(crate) fn run<F: Future<Output = ()>>(test: impl FnOnce(&'static Office) -> F) {
    let office = &*OFFICE;
    RUNTIME.block_on(test(office));
}

/// Runs a test in the shared application on each engine that is there.
pub(crate) fn run_on_each_engine<F: Future<Output = ()>>(test: impl Fn(&'static Office) -> F) {
    run(&test);
    if let Some(office) = &*OFFICE_ON_POSTGRES {
        RUNTIME.block_on(test(office));
    }
}

/// Runs a test in an application of its own, on each engine that is there.
pub(crate) fn run_apart(test: impl AsyncFn(&Office)) {
    RUNTIME.block_on(async {
        test(&Office::open(None).await).await;
        if let Some(url) = scratch::database().await {
            test(&Office::open(Some(url)).await).await;
        }
    });
}

/// The application and its people.
pub(crate) struct Office {
    pub(crate) app: App,
    router: Router,
    tokens: Vec<(&'static str, String)>,
    /// Sở Nội vụ, for which the officer and the head act.
    pub(crate) unit: Id,
    places: Vec<Place>,
    taken: AtomicUsize,
    config: Config,
    _folder: TempDir,
}

/// What one report is about, that no other test touches.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) target: u16,
    pub(crate) indicator: Id,
    pub(crate) period: &'static str,
}

async fn open(config: &Config, seed: u64) -> Directory {
    let mut tables = directory::tables();
    tables.extend(Registry::tables(&plan::declarations()));
    let store = Store::open(config, tables, fixed::context(seed));
    let cheap = directory::Config {
        password: PasswordCost {
            memory_kib: 8,
            passes: 1,
        },
        ..directory::Config::default()
    };
    let store = store.await.unwrap();
    Directory::open_with(store, cheap).await.unwrap()
}

impl Office {
    async fn open(database_url: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            database_url,
            ..Config::embedded(folder.path())
        };
        let directory = open(&config, 7).await;
        let system = Principal::system();
        let actor = system.actor("test", Id::NIL);
        directory.load_shipped(&actor).await.unwrap();
        let units = directory.units().await.unwrap();
        let unit_of = |name: &str| match units.resolve(name, None) {
            Some(Reading::Unit(unit)) => unit,
            _ => panic!("{name} is not among the units"),
        };
        let mut tokens = Vec::new();
        for (login, role, unit) in [
            ("canbo.snv", Role::Officer, "Sở Nội vụ"),
            ("lanhdao.snv", Role::Head, "Sở Nội vụ"),
            ("canbo.sct", Role::Officer, "Sở Công Thương"),
            (
                "dieuphoi.sttt",
                Role::Coordinator,
                "Sở Thông tin và Truyền thông",
            ),
            ("lanhdaotinh", Role::Viewer, "UBND tỉnh"),
        ] {
            let unit = if unit == "UBND tỉnh" {
                directory::province()
            } else {
                unit_of(unit)
            };
            let mut grants = vec![Grant::new(role, unit)];
            // Small offices: the head reports too.
            if role == Role::Head {
                grants.push(Grant::new(Role::Officer, unit));
            }
            let new = NewAccount {
                login: login.to_owned(),
                name: format!("{login} (giả lập)"),
                password: PASSWORD.to_owned(),
                grants,
                demo: false,
            };
            let account = directory.create_account(&actor, new).await.unwrap();
            let token = directory
                .create_token(&actor, account.id, &directory::NewToken::named("thử"))
                .await
                .unwrap();
            tokens.push((login, token));
        }
        let unit = unit_of("Sở Nội vụ");
        let days = read_days(HOLIDAYS).unwrap();
        let calendar = WorkingCalendar::new(OfficeHours::default(), days).unwrap();
        let plans = Plans::new(Registry::new(directory, plan::declarations(), calendar));
        let by = Caller::new(system, "test", Id::NIL);
        plans
            .import(&by, "decision-833-2023.txt", DECISION)
            .await
            .unwrap();
        let view = plans.view().await.unwrap().unwrap();
        let places = view
            .reported_by(unit)
            .flat_map(|target| target.indicators.iter().map(move |one| (target, one)))
            .filter(|(_, indicator)| indicator.body.measure.kind == IndicatorKind::Ratio)
            .flat_map(|(target, indicator)| {
                ["2023Q1"].map(|period| Place {
                    target: target.body.number,
                    indicator: indicator.id,
                    period,
                })
            })
            .collect();
        let app = App::new(plans, Settings::default());
        Self {
            router: router(app.clone()),
            app,
            tokens,
            unit,
            places,
            taken: AtomicUsize::new(0),
            config,
            _folder: folder,
        }
    }

    /// The directory as another process has it, over the same store.
    pub(crate) async fn another_process(&self) -> Directory {
        open(&self.config, 8).await
    }

    /// Something to report on.
    pub(crate) fn place(&self) -> Place {
        let next = self.taken.fetch_add(1, Ordering::Relaxed);
        self.places
            .get(next)
            .expect("a place for each test")
            .clone()
    }

    /// A program with the token of an account.
    pub(crate) fn program(&self, login: &str) -> Program {
        let (_, token) = self
            .tokens
            .iter()
            .find(|(known, _)| *known == login)
            .unwrap();
        Program {
            router: self.router.clone(),
            headers: vec![("authorization", format!("Bearer {token}"))],
        }
    }

    /// A program without a token.
    pub(crate) fn nobody(&self) -> Program {
        Program {
            router: self.router.clone(),
            headers: Vec::new(),
        }
    }

    /// The program of an administrator of the unit, where the program is set up otherwise.
    pub(crate) async fn administrator(&self, settings: Settings) -> Program {
        let directory = &self.app.directory;
        let actor = Principal::system().actor("test", Id::NIL);
        let new = NewAccount {
            login: "quantri.snv".to_owned(),
            name: "Quản trị (giả lập)".to_owned(),
            password: PASSWORD.to_owned(),
            grants: vec![Grant::new(Role::Administrator, self.unit)],
            demo: false,
        };
        let account = directory.create_account(&actor, new).await.unwrap();
        let named = directory::NewToken::named("thử");
        let token = directory.create_token(&actor, account.id, &named).await;
        Program {
            router: router(App::new(self.app.plans.clone(), settings)),
            headers: vec![("authorization", format!("Bearer {}", token.unwrap()))],
        }
    }

    /// The body of a report on a place.
    pub(crate) fn report(&self, place: &Place, numerator: i64, denominator: i64) -> Value {
        json!({
            "indicator": place.indicator,
            "unit": self.unit,
            "period": place.period,
            "numerator": numerator,
            "denominator": denominator,
        })
    }

    /// A draft on a place of its own.
    pub(crate) async fn draft(&self) -> (Place, Answer) {
        let place = self.place();
        let officer = self.program("canbo.snv");
        let begun = officer
            .post("/api/v1/observations", &self.report(&place, 45, 60))
            .await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
        (place, begun)
    }
}

/// Somebody's program.
#[derive(Clone)]
pub(crate) struct Program {
    router: Router,
    headers: Vec<(&'static str, String)>,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Program {
    /// The same, sending one more header.
    pub(crate) fn with(&self, name: &'static str, value: impl Into<String>) -> Self {
        let mut other = self.clone();
        other.headers.push((name, value.into()));
        other
    }

    /// The same, changing what it read.
    pub(crate) fn matching(&self, answer: &Answer) -> Self {
        self.with("if-match", answer.header("etag"))
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(body.into()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes: to_bytes(body, 64 << 20).await.unwrap().to_vec(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        let typed = self.with("content-type", "application/json");
        typed.send(Method::POST, path, body.to_string()).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        let typed = self.with("content-type", "application/json");
        typed.send(Method::PUT, path, body.to_string()).await
    }

    /// A step without words.
    pub(crate) async fn step(&self, observation: &Answer, step: &str) -> Answer {
        let path = format!("/api/v1/observations/{}/{step}", observation.id());
        self.matching(observation)
            .send(Method::POST, &path, Body::empty())
            .await
    }
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn id(&self) -> String {
        self.json()["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value
            .unwrap_or_else(|| panic!("no {name} in {:?}", self.headers))
            .to_str()
            .unwrap()
    }

    /// The code of a problem, after checking that it is one.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.text()
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        let kind = problem["type"].as_str().unwrap();
        kind.strip_prefix("urn:phusa:problem:").unwrap().to_owned()
    }

    /// Pointer or parameter, and code, of each fault.
    pub(crate) fn faults(&self) -> Vec<(String, String)> {
        let problem = self.json();
        let faults = problem["errors"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        faults
            .iter()
            .map(|fault| {
                let place = if fault["pointer"].is_null() {
                    &fault["parameter"]
                } else {
                    &fault["pointer"]
                };
                assert!(!text(&fault["detail"]).is_empty());
                (text(place), text(&fault["code"]))
            })
            .collect()
    }
}
