//! One application with the shipped decision for all of these tests: reading it takes a
//! while. Tests that change something keep to targets that no other test looks at.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use directory::{Grant, Principal, Reading, Role};
use registry::Caller;
use tokio::runtime::Runtime;
use tokio::sync::OnceCell;
use vocab::Id;

use crate::fixture::{Answer, TestApp};

const DECISION: &str = include_str!("../../../../../data/plan/decision-833-2023.txt");

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
static IMPORTED: OnceCell<TestApp> = OnceCell::const_new();

/// Runs a test against the application, on the runtime that it was made on.
pub(super) fn over_the_plan<F: Future<Output = ()>>(test: impl FnOnce(&'static TestApp) -> F) {
    RUNTIME.block_on(async { test(IMPORTED.get_or_init(imported).await).await });
}

async fn imported() -> TestApp {
    let app = TestApp::new().await;
    let by = Caller::new(Principal::system(), "cli", Id::NIL);
    let plans = &app.app.plans;
    let report = plans.import(&by, "833.txt", DECISION).await.unwrap();
    assert_eq!((report.targets, report.projects), (148, 97));
    app
}

impl TestApp {
    /// A page as somebody without an account sees it, in Vietnamese.
    pub(super) async fn page(&self, path: &str) -> String {
        self.page_in("vi", path).await
    }

    /// The same in a language.
    pub(super) async fn page_in(&self, lang: &str, path: &str) -> String {
        let answer = self.asked(lang, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.text().to_owned()
    }

    pub(super) async fn asked(&self, lang: &str, path: &str) -> Answer {
        let request = Request::get(path).header(header::ACCEPT_LANGUAGE, lang);
        let request = request.body(Body::empty()).unwrap();
        self.browser().send(request).await
    }

    pub(super) async fn unit_called(&self, name: &str) -> Id {
        let units = self.app.directory.units().await.unwrap();
        match units.resolve(name, None) {
            Some(Reading::Unit(id)) => id,
            _ => panic!("{name} is no unit"),
        }
    }

    /// Somebody with a role in a unit, at work on a request of their own.
    pub(super) async fn caller(&self, login: &str, role: Role, unit: Id) -> Caller {
        let account = self.account(login, "Lê Văn Bền", role).await;
        let principal = Principal {
            account: Some(account.id),
            login: account.login,
            name: account.name,
            grants: [Grant::new(role, unit)].into(),
            demo: false,
            delegated: [].into(),
            compiled: directory::permission::Compiled::default(),
        };
        let request = self.app.store().context().new_id();
        Caller::new(principal, "page", request)
    }
}

/// The targets that a page leads to, in order, each once.
pub(super) fn targets(page: &str) -> Vec<u16> {
    let mut found = Vec::new();
    for part in page.split("href=\"/muc-tieu/").skip(1) {
        // The address of a target alone, not of what else there is about it.
        let Ok(number) = part[..part.find('"').unwrap()].parse() else {
            continue;
        };
        if !found.contains(&number) {
            found.push(number);
        }
    }
    found
}
