//! Vĩnh Long with its plan of 2023, people at work in it, and forms with files.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use directory::Role;
use plan::import::IndicatorKind;
use registry::Caller;
use vocab::Id;
use web::http::Settings;
use web::pages::links;

use crate::fixture::{Answer, Browser, PASSWORD, TestApp};

/// A quarter that has begun on the fixture's day.
pub(super) const PERIOD: &str = "2023Q1";

/// The unit that most tests report for.
pub(super) const UNIT: &str = "Sở Nội vụ";

pub(super) struct Province {
    pub(super) app: TestApp,
}

impl Province {
    /// With the shipped decision, imported.
    pub(super) async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    pub(super) async fn with(settings: Settings) -> Self {
        Self::importing(TestApp::with(settings, Router::new()).await).await
    }

    /// One on each engine that is there.
    pub(super) async fn on_each_engine() -> Vec<Self> {
        let mut provinces = vec![Self::new().await];
        if let Some(app) = TestApp::on_postgres().await {
            provinces.push(Self::importing(app).await);
        }
        provinces
    }

    async fn importing(app: TestApp) -> Self {
        let text = include_str!("../../../../../data/plan/decision-833-2023.txt");
        let caller = Caller::new(directory::Principal::system(), "import", Id::NIL);
        let imported = app.app.plans.import(&caller, "833.txt", text).await;
        assert_eq!(imported.unwrap().targets, 148);
        Self { app }
    }

    /// Somebody with a role in a unit, signed in.
    pub(super) async fn person(&self, unit: &str, login: &str, role: Role) -> Browser {
        self.app
            .account_in(unit, login, &name_of(login), role)
            .await;
        let mut browser = self.app.browser();
        let answer = browser.sign_in(login, PASSWORD, "/").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        browser
    }

    pub(super) async fn officer(&self) -> Browser {
        self.person(UNIT, "canbo.snv", Role::Officer).await
    }

    /// The form for a new report of a unit on the first of its targets that is measured so.
    pub(super) async fn begin(&self, unit: &str, kind: IndicatorKind) -> String {
        let (number, place) = self.targets(unit, kind).await[0];
        begin(number, place, PERIOD)
    }

    /// The targets that a unit reports on and that are measured so: number and indicator.
    pub(super) async fn targets(&self, unit: &str, kind: IndicatorKind) -> Vec<(u16, usize)> {
        let view = self.app.app.plans.view().await.unwrap().unwrap();
        let unit = self.app.unit(unit).await;
        let mut found = Vec::new();
        for target in view.reported_by(unit) {
            for (place, indicator) in target.indicators.iter().enumerate() {
                if indicator.body.measure.kind == kind {
                    found.push((target.body.number, place + 1));
                }
            }
        }
        assert!(!found.is_empty(), "no {kind:?} for this unit");
        found
    }
}

pub(super) fn begin(number: u16, place: usize, period: &str) -> String {
    format!("{}&chi-tieu={place}", links::report_new(number, period))
}

pub(super) fn name_of(login: &str) -> String {
    format!("Người {login}")
}

/// A form with files on its way.
#[derive(Default)]
pub(super) struct Sending(Vec<u8>);

impl Sending {
    pub(super) fn text(mut self, name: &str, value: &str) -> Self {
        let part =
            format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        self.0.extend(part.into_bytes());
        self
    }

    pub(super) fn texts(self, fields: &[(&str, &str)]) -> Self {
        fields
            .iter()
            .fold(self, |form, (name, value)| form.text(name, value))
    }

    pub(super) fn file(self, name: &str, content: &[u8]) -> Self {
        self.file_in("tep", name, content)
    }

    pub(super) fn file_in(mut self, field: &str, name: &str, content: &[u8]) -> Self {
        let head = format!(
            "--x\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: application/pdf\r\n\r\n"
        );
        self.0.extend(head.into_bytes());
        self.0.extend_from_slice(content);
        self.0.extend(b"\r\n");
        self
    }

    /// What is on its way so far; the form's end is not.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub(super) async fn send(mut self, browser: &mut Browser, path: &str) -> Answer {
        self.0.extend(b"--x--\r\n");
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        browser
            .send(request.body(Body::from(self.0)).unwrap())
            .await
    }
}

/// A form with the token of a page.
pub(super) fn form(page: &Answer) -> Sending {
    Sending(Vec::new()).text("csrf", &page.token())
}

/// A form as its page at `path` would send it, with these fields.
pub(super) async fn form_at(browser: &mut Browser, path: &str) -> Sending {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    form(&page)
}

/// What the form at `path` answers when it is sent with these fields.
pub(super) async fn entered(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let sending = form_at(browser, path).await;
    sending.texts(fields).send(browser, path).await
}

/// The fields of a ratio.
pub(super) fn ratio<'a>(
    version: &'a str,
    numerator: &'a str,
    denominator: &'a str,
    what: &'a str,
) -> [(&'a str, &'a str); 5] {
    [
        ("phien-ban", version),
        ("tu-so", numerator),
        ("mau-so", denominator),
        ("ghi-chu", "Trích từ hệ thống"),
        ("viec", what),
    ]
}

/// Where an answer leads.
pub(super) fn location(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").to_owned()
}

/// A report begun and saved by an officer; its page.
pub(super) async fn saved(province: &Province, officer: &mut Browser, what: &str) -> String {
    let new = province.begin(UNIT, IndicatorKind::Ratio).await;
    let answer = entered(officer, &new, &ratio("0", "1.655", "2.290", what)).await;
    location(&answer)
}

/// A page's text, which must have every wording.
pub(super) async fn read(browser: &mut Browser, path: &str) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
    assert!(!page.text().contains('⟦'), "{path}: {}", page.text());
    page.text().to_owned()
}

/// Between two texts, the first time.
pub(super) fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let at = text
        .find(start)
        .unwrap_or_else(|| panic!("no {start} in {text}"))
        + start.len();
    &text[at..at + text[at..].find(end).unwrap()]
}
