//! A province with a person in every role, and reports that stand where a row needs them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use directory::{
    AccountChange, Device, Directory, Grant, NewAccount, NewInvitation, NewToken, PasswordCost,
    Principal, Reading, Role,
};
use plan::Plans;
use plan::import::IndicatorKind;
use registry::{Caller, Registry, Systems};
use serde_json::{Value, json};
use store::{Config, Store};
use tempfile::TempDir;
use vocab::calendar::{OfficeHours, read_days};
use vocab::context::fixed::{SeededEntropy, SteppingClock};
use vocab::{Context, Id, Instant, WorkingCalendar};
use web::http::{App, Settings, router};

use crate::people::{Credentials, send};

const DECISION: &str = include_str!("../../../../data/plan/decision-833-2023.txt");
const HOLIDAYS: &str = include_str!("../../../../data/holidays-2023-2027.csv");

pub(crate) const PASSWORD: &str = "gió đưa cành trúc la đà";
/// 2 October 2023: every quarter of the plan has begun.
const BEGIN: i64 = 1_696_208_400_000_000;
/// Half a day: a session lasts twelve hours, however busy.
const LONGER_THAN_A_SESSION: i64 = 13 * 3_600;

pub(crate) struct Office {
    pub(crate) router: Router,
    /// Sessions and tokens by what became of them.
    pub(crate) disabled: String,
    pub(crate) expired: String,
    pub(crate) token: String,
    pub(crate) dead_token: String,
    pub(crate) directory: Directory,
    pub(crate) plans: Plans,
    pub(crate) unit: Id,
    tokens: Vec<(&'static str, String)>,
    /// What the unit reports on: a target's number, the indicator's place in it and its id.
    pub(crate) places: Vec<(u16, usize, Id)>,
    /// The first of those targets.
    pub(crate) aim: Id,
    taken: AtomicUsize,
    standing: Mutex<Vec<(String, String)>>,
    _folder: TempDir,
}

impl Office {
    pub(crate) async fn open(database_url: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let systems = systems();
        let mut declarations = plan::declarations();
        declarations.extend(systems.declarations());
        let mut tables = directory::tables();
        tables.extend(Registry::tables(&declarations));
        let config = Config {
            database_url,
            ..Config::embedded(folder.path())
        };
        let start = Instant::from_micros(BEGIN);
        let clock = SteppingClock::new(start, 1);
        let context = Context::new(clock.clone(), SeededEntropy::new(7));
        let store = Store::open(&config, tables, context).await.unwrap();
        let cheap = directory::Config {
            password: PasswordCost {
                memory_kib: 8,
                passes: 1,
            },
            ..directory::Config::default()
        };
        let directory = Directory::open_with(store, cheap).await.unwrap();
        let system = Principal::system();
        let actor = actor();
        directory.load_shipped(&actor).await.unwrap();
        let units = directory.units().await.unwrap();
        let unit_of = |name: &str| match units.resolve(name, None) {
            Some(Reading::Unit(unit)) => unit,
            _ => panic!("{name} is not among the units"),
        };
        let (snv, sct) = (unit_of("Sở Nội vụ"), unit_of("Sở Công Thương"));
        let mut tokens = Vec::new();
        let mut last = None;
        for (login, role, unit) in [
            ("theodoi.snv", Role::Viewer, snv),
            ("canbo.snv", Role::Officer, snv),
            ("lanhdao.snv", Role::Head, snv),
            ("dieuphoi.snv", Role::Coordinator, snv),
            ("quantri.snv", Role::Administrator, snv),
            ("nhansu.snv", keeper(), snv),
            ("theodoi.sct", Role::Viewer, sct),
            ("canbo.sct", Role::Officer, sct),
            ("lanhdao.sct", Role::Head, sct),
            ("dieuphoi.sct", Role::Coordinator, sct),
            ("quantri.sct", Role::Administrator, sct),
            ("nhansu.sct", keeper(), sct),
            ("quen.snv", Role::Viewer, snv),
            ("nghi.snv", Role::Officer, snv),
        ] {
            let new = NewAccount {
                login: login.to_owned(),
                name: format!("{login} (giả lập)"),
                password: PASSWORD.to_owned(),
                grants: grants(login, role, unit),
                demo: false,
            };
            let account = directory.create_account(&actor, new).await.unwrap();
            let token = directory
                .create_token(&actor, account.id, &NewToken::named("thử"))
                .await;
            tokens.push((login, token.unwrap()));
            last = Some(account);
        }
        let days = read_days(HOLIDAYS).unwrap();
        let calendar = WorkingCalendar::new(OfficeHours::default(), days).unwrap();
        let plans = Plans::new(Registry::with_systems(
            directory.clone(),
            plan::declarations(),
            systems,
            calendar,
        ));
        let by = Caller::new(system, "test", Id::NIL);
        let imported = plans.import(&by, "decision-833-2023.txt", DECISION).await;
        imported.unwrap();
        let view = plans.view().await.unwrap().unwrap();
        let places = view
            .reported_by(snv)
            .flat_map(|target| {
                let indicators = target.indicators.iter().enumerate();
                indicators.map(|(place, indicator)| (target.body.number, place + 1, indicator))
            })
            .filter(|(_, _, indicator)| indicator.body.measure.kind == IndicatorKind::Ratio)
            .map(|(target, place, indicator)| (target, place, indicator.id));
        let device = device();
        let signed_in = async |login| directory.sign_in(login, PASSWORD, &device).await.unwrap();
        let expired = signed_in("canbo.snv").await.token;
        clock.set(start.plus_seconds(LONGER_THAN_A_SESSION));
        let disabled = signed_in("nghi.snv").await.token;
        let gone = last.unwrap();
        let change = AccountChange {
            disabled: Some(true),
            ..AccountChange::default()
        };
        let changed = directory.change_account(&actor, gone.id, gone.version, change);
        changed.await.unwrap();
        let token_of = |login| {
            let found = tokens.iter().find(|(known, _)| *known == login);
            found.unwrap().1.clone()
        };
        Self {
            router: router(App::new(plans.clone(), Settings::default())),
            disabled,
            expired,
            token: token_of("canbo.snv"),
            dead_token: token_of("nghi.snv"),
            directory: directory.clone(),
            plans,
            unit: snv,
            aim: view.reported_by(snv).next().unwrap().id,
            places: places.collect(),
            tokens,
            taken: AtomicUsize::new(0),
            standing: Mutex::default(),
            _folder: folder,
        }
    }

    /// A new session of an account.
    pub(crate) async fn sign_in(&self, login: &str, password: &str) -> String {
        let session = self.directory.sign_in(login, password, &device()).await;
        session.unwrap().token
    }

    /// What a row's subject is called in an address.
    pub(crate) async fn named(&self, subject: &str) -> String {
        match subject {
            "-" => String::new(),
            "target" => "19".to_owned(),
            "unit" => self.unit.to_string(),
            "progress-file" => "muc-tieu.csv".to_owned(),
            "role" => "officer".to_owned(),
            "nothing" => Id::NIL.to_string(),
            "entry" => "1".to_owned(),
            "a-session" => "a1".to_owned(),
            "an-account" => self.forgetful().await.to_string(),
            staff if staff.starts_with("staff") => self.staff(staff).await,
            "reset-link" => {
                let account = self.forgetful().await;
                let link = self.directory.issue_password_reset(&actor(), account).await;
                link.unwrap()
            }
            "invitation-link" => {
                let new = NewInvitation {
                    name: "Khách (giả lập)".to_owned(),
                    ..NewInvitation::default()
                };
                let invited = self.directory.invite(&actor(), new).await.unwrap();
                let link = self.directory.invitation_link(&actor(), invited.id).await;
                link.unwrap()
            }
            "asset" => {
                let nobody = Credentials::default();
                let text = send(&self.router, "GET", "/gioi-thieu", &nobody, None)
                    .await
                    .text;
                let name = text.split("/assets/").nth(1).unwrap();
                name.split('"').next().unwrap().to_owned()
            }
            "file" => self.file().await,
            sheet if sheet.starts_with("sheet-") => self.sheet(sheet).await,
            obstacle if obstacle.starts_with("obstacle-") || obstacle.starts_with("ask-") => {
                self.obstacle(obstacle).await
            }
            opinion if opinion.starts_with("opinion") => self.opinions(opinion).await,
            amendment if amendment.starts_with("amendment-") => self.amendment(amendment).await,
            "link-none" | "link-made" => self.sheet_of_body(subject).await,
            "campaign" => self.campaign().await.to_string(),
            periodic if periodic.starts_with("periodic-") => self.periodic(periodic).await,
            "device" => self.device().await,
            "device-import" => self.device_import().await,
            // The tile of a map: its zoom and place.
            "growing-map" => "8|202|120".to_owned(),
            "project-file" => "theo-doi.csv".to_owned(),
            "ownplan-file" => "ke-hoach-don-vi.csv".to_owned(),
            project if project.starts_with("project-") => self.project(project).await,
            own if own.starts_with("ownplan-") => self.own_plan(own).await,
            state => self.report(state).await,
        }
    }

    /// The account of somebody who has forgotten the password.
    async fn forgetful(&self) -> Id {
        let found = self.directory.account_by_login("quen.snv").await.unwrap();
        found.unwrap().id
    }

    /// Puts the province's own into a query or a body.
    pub(crate) fn filled(&self, text: &str) -> String {
        let (target, place, _) = self.places[0];
        text.replace("@unit", &self.unit.to_string())
            .replace("@target", &target.to_string())
            .replace("@place", &place.to_string())
            .replace("@aim", &self.aim.to_string())
    }

    /// The version at which a report stands.
    pub(crate) async fn version(&self, id: &str) -> String {
        self.show(id).await["version"].to_string()
    }

    /// Another value for what a report is about, as JSON.
    pub(crate) async fn report_again(&self, id: &str) -> String {
        let known = self.show(id).await;
        let unit = &known["unit"];
        json!({ "indicator": known["indicator"], "unit": unit, "period": known["period"],
            "numerator": 30, "denominator": 60 })
        .to_string()
    }

    /// The id of a report in this state: the one of before, if it still stands there.
    async fn report(&self, state: &str) -> String {
        let known = self.standing.lock().unwrap().clone();
        if let Some((_, id)) = known.iter().find(|(known, _)| known == state)
            && self.show(id).await["state"] == state.replace('-', "_")
        {
            return id.clone();
        }
        let place = self.taken.fetch_add(1, Ordering::Relaxed);
        let (indicator, period) = (
            self.places[place % self.places.len()].2,
            ["2023Q1", "2023Q2", "2023Q3"][place / self.places.len()],
        );
        let begun = json!({ "indicator": indicator, "unit": self.unit, "period": period,
            "numerator": 45, "denominator": 60 });
        let made = self
            .change("canbo.snv", "/api/v1/observations", &begun)
            .await;
        let id = made["id"].as_str().unwrap().to_owned();
        let nothing = Value::Null;
        let reason = json!({ "reason": "Thiếu biên bản" });
        let steps: &[(&str, &str, &Value)] = match state {
            "draft" => &[],
            "submitted" => &[("canbo.snv", "submit", &nothing)],
            "sent-back" => &[
                ("canbo.snv", "submit", &nothing),
                ("lanhdao.snv", "send-back", &reason),
            ],
            "approved" => &[
                ("canbo.snv", "submit", &nothing),
                ("lanhdao.snv", "approve", &nothing),
            ],
            "consolidated" => &[
                ("canbo.snv", "submit", &nothing),
                ("lanhdao.snv", "approve", &nothing),
                ("dieuphoi.snv", "consolidate", &nothing),
            ],
            other => panic!("no subject is called {other}"),
        };
        for (login, step, body) in steps {
            let version = self.version(&id).await;
            let path = format!("/api/v1/observations/{id}/{step}#version={version}");
            self.change(login, &path, body).await;
        }
        let mut standing = self.standing.lock().unwrap();
        standing.retain(|(known, _)| known != state);
        standing.push((state.to_owned(), id.clone()));
        id
    }

    /// A device that the officer, who keeps the unit's equipment too, has entered.
    async fn device(&self) -> String {
        let known = self.standing.lock().unwrap().clone();
        if let Some((_, id)) = known.iter().find(|(known, _)| known == "device") {
            return id.clone();
        }
        let fields = json!({ "kind": "printer", "model": "Máy in (giả lập)", "bought_on": "2023-01-05",
            "price_vnd": 5_000_000, "source": "recurrent" });
        let path = "/api/v1/systems/it-equipment/device";
        let made = self.change("canbo.snv", path, &fields).await;
        let id = made["id"].as_str().unwrap().to_owned();
        let mut standing = self.standing.lock().unwrap();
        standing.push(("device".to_owned(), id.clone()));
        id
    }

    /// An import of devices that the officer has begun.
    async fn device_import(&self) -> String {
        let known = self.standing.lock().unwrap().clone();
        if let Some((_, id)) = known.iter().find(|(known, _)| known == "device-import") {
            return id.clone();
        }
        let body = Some(("", "Hãng và kiểu\nMáy in (giả lập)\n".to_owned()));
        let path = "/api/v1/files?name=thiet-bi.csv";
        let sent = send(&self.router, "POST", path, &self.program("canbo.snv"), body).await;
        let sent: Value = serde_json::from_str(&sent.text).unwrap();
        let path = "/api/v1/systems/it-equipment/device/imports";
        let asked = json!({ "sha256": sent["sha256"], "name": "thiet-bi.csv" });
        let made = self.change("canbo.snv", path, &asked).await;
        let id = made["id"].as_str().unwrap().to_owned();
        let mut standing = self.standing.lock().unwrap();
        standing.push(("device-import".to_owned(), id.clone()));
        id
    }

    /// A file that the officer sent and no report names yet.
    async fn file(&self) -> String {
        let path = "/api/v1/files?name=danh-sach.txt";
        let body = Some(("", "danh sách".to_owned()));
        let sent = send(&self.router, "POST", path, &self.program("canbo.snv"), body).await;
        let sent: Value = serde_json::from_str(&sent.text).unwrap();
        sent["sha256"].as_str().unwrap().to_owned()
    }

    async fn show(&self, id: &str) -> Value {
        let path = format!("/api/v1/observations/{id}");
        let shown = send(&self.router, "GET", &path, &self.program("canbo.snv"), None).await;
        serde_json::from_str(&shown.text).unwrap()
    }

    async fn change(&self, login: &str, path: &str, body: &Value) -> Value {
        let body = match body {
            Value::Null => None,
            body => Some(("application/json", body.to_string())),
        };
        let made = send(&self.router, "POST", path, &self.program(login), body).await;
        assert!(made.status.is_success(), "{path}: {}", made.text);
        serde_json::from_str(&made.text).unwrap()
    }

    fn program(&self, login: &str) -> Credentials {
        let found = self.tokens.iter().find(|(known, _)| *known == login);
        Credentials {
            bearer: Some(found.unwrap().1.clone()),
            ..Credentials::default()
        }
    }
}

fn device() -> Device {
    Device {
        agent: "thử".to_owned(),
        address: "127.0.0.1".to_owned(),
        known: String::new(),
    }
}

pub(crate) fn actor() -> store::Actor {
    Principal::system().actor("test", Id::NIL)
}

/// The smallest pack that ships.
fn systems() -> Arc<Systems> {
    let folder = std::path::Path::new("../../packs");
    let folders = pack::folder::PackFolder::find(folder).unwrap();
    let shipped = directory::permission::RoleBook::shipped();
    let surroundings = pack::Surroundings {
        roles: shipped.iter().map(|role| role.code.clone()).collect(),
        calendars: ["vn".to_owned()].into(),
    };
    let catalog = pack::check(&folders, &surroundings).into_catalog().unwrap();
    Arc::new(Systems::load(catalog).unwrap())
}

/// Keeps the people of a unit.
fn keeper() -> Role {
    Role::coded("unit_administrator").unwrap()
}

/// What somebody holds: the officer of Sở Nội vụ keeps its equipment besides.
fn grants(login: &str, role: Role, unit: Id) -> Vec<Grant> {
    let mut grants = vec![Grant::new(role, unit)];
    if login == "canbo.snv" {
        grants.push(Grant::new(Role::coded("equipment.keeper").unwrap(), unit));
    }
    grants
}
