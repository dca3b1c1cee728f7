//! A province with the shipped plan, on each engine that is there.

use std::sync::Arc;

use directory::{Directory, Grant, Principal, Reading, Role};
use plan::{Entered, Plans, ReportDraft, ReportStep};
use registry::{Caller, Evidence, Idempotency, Registry};
use store::Store;
use tempfile::TempDir;
use vocab::calendar::{OfficeHours, WorkingCalendar};
use vocab::context::fixed::{SeededEntropy, SteppingClock};
use vocab::{Context, Id, Instant, Period};

/// The shipped decision.
pub(crate) const DECISION: &str = include_str!("../../../../data/plan/decision-833-2023.txt");

/// The decision without the row of a target.
pub(crate) fn without(number: u16) -> String {
    let lines: Vec<&str> = DECISION.lines().collect();
    let numbered = |line: &str, number: u16| line.trim() == format!("{number}.");
    let from = lines
        .iter()
        .position(|line| numbered(line, number))
        .unwrap();
    let to = from
        + lines[from..]
            .iter()
            .position(|line| numbered(line, number + 1))
            .unwrap();
    let mut kept = lines[..from].to_vec();
    kept.extend(&lines[to..]);
    kept.join("\n")
}

/// 14 August 2023, in the third quarter.
const START: Instant = Instant::from_micros(1_691_980_200_000_000);

/// The plan in a store of its own.
pub(crate) struct Place {
    pub(crate) name: &'static str,
    pub(crate) plans: Plans,
    pub(crate) officer: Principal,
    pub(crate) head: Principal,
    pub(crate) coordinator: Principal,
    /// The target that Sở Nội vụ leads alone, with an indicator that is a ratio.
    pub(crate) number: u16,
    pub(crate) indicator: Id,
    /// Sở Nội vụ.
    pub(crate) unit: Id,
    pub(crate) clock: Arc<SteppingClock>,
    _folder: TempDir,
}

pub(crate) async fn places(seed: u64) -> Vec<Place> {
    let mut places = vec![Place::open("sqlite", None, seed).await];
    if let Some(url) = scratch::database().await {
        places.push(Place::open("postgres", Some(url), seed).await);
    }
    places
}

impl Place {
    async fn open(name: &'static str, database_url: Option<String>, seed: u64) -> Self {
        let folder = TempDir::new().unwrap();
        let config = store::Config {
            data: folder.path().to_owned(),
            database_url,
            max_page_count: None,
        };
        let clock = SteppingClock::new(START, 1_000);
        let context = Context::new(clock.clone(), SeededEntropy::new(seed));
        let mut tables = directory::tables();
        tables.extend(Registry::tables(&plan::declarations()));
        let store = Store::open(&config, tables, context).await.unwrap();
        let directory = Directory::open(store).await.unwrap();
        let system = Principal::system();
        directory
            .load_shipped(&system.actor("cli", Id::NIL))
            .await
            .unwrap();
        let calendar = WorkingCalendar::new(OfficeHours::default(), []).unwrap();
        let plans = Plans::new(Registry::new(directory, plan::declarations(), calendar));
        plans
            .import(&Caller::new(system, "cli", Id::NIL), "833.txt", DECISION)
            .await
            .unwrap();
        let unit = unit(&plans, "Sở Nội vụ").await;
        let coordinating = self::unit(&plans, "Sở Thông tin và Truyền thông").await;
        let view = plans.view().await.unwrap().unwrap();
        let (number, indicator) = view
            .targets
            .iter()
            .filter(|target| target.reporters == [unit])
            .find_map(|target| {
                let ratio = |indicator: &&plan::view::IndicatorView| {
                    indicator.body.measure.kind == plan::import::IndicatorKind::Ratio
                };
                let indicator = target.indicators.iter().find(ratio)?;
                Some((target.body.number, indicator.id))
            })
            .unwrap();
        Self {
            name,
            plans,
            officer: somebody("canbo", Role::Officer, unit),
            head: somebody("lanhdao", Role::Head, unit),
            coordinator: somebody("dieuphoi", Role::Coordinator, coordinating),
            number,
            indicator,
            unit,
            clock,
            _folder: folder,
        }
    }

    /// The quarter that has begun, with a value.
    pub(crate) fn draft(&self, numerator: i64, denominator: i64) -> ReportDraft {
        ReportDraft {
            indicator: self.indicator,
            unit: self.unit,
            period: Period::quarter(2023, 2).unwrap(),
            entered: Entered {
                numerator: Some(numerator),
                denominator: Some(denominator),
                ..Entered::default()
            },
            note: "Trích từ hệ thống".to_owned(),
            evidence: Vec::new(),
            explanations: Vec::new(),
        }
    }

    /// Reports, approves and consolidates so many of 100; gives the report's identity.
    pub(crate) async fn consolidated(&self, numerator: i64) -> Id {
        self.drafted_and_consolidated(self.draft(numerator, 100))
            .await
    }

    /// The same with any report of the unit.
    pub(crate) async fn drafted_and_consolidated(&self, draft: ReportDraft) -> Id {
        let report = self.plans.begin_report(&page(&self.officer), draft).await;
        let id = report.unwrap().record.id;
        self.handed_on(id, 1).await;
        id
    }

    /// Sends a report back that was consolidated for the first time.
    pub(crate) async fn sent_back(&self, report: Id) {
        let back = ReportStep::SendBack("Đếm nhầm".to_owned());
        let by = page(&self.coordinator);
        let sent = self.plans.step_report(&by, report, 4, &back).await;
        sent.unwrap();
    }

    /// The unit corrects what was sent back; it is consolidated again, as version 9.
    pub(crate) async fn corrected(&self, report: Id, numerator: i64) {
        let (by, draft) = (page(&self.officer), self.draft(numerator, 100));
        let edited = self.plans.edit_report(&by, report, 5, draft).await;
        edited.unwrap();
        self.handed_on(report, 6).await;
    }

    /// Takes a report of this version the whole way.
    async fn handed_on(&self, report: Id, version: i64) {
        for (who, step, version) in [
            (&self.officer, ReportStep::Submit, version),
            (&self.head, ReportStep::Approve, version + 1),
            (&self.coordinator, ReportStep::Consolidate, version + 2),
        ] {
            let by = page(who);
            let stepped = self.plans.step_report(&by, report, version, &step);
            stepped.await.unwrap();
        }
    }

    /// Sends a file as somebody.
    pub(crate) async fn evidence(&self, by: &Principal, content: &[u8]) -> Evidence {
        let store = self.plans.registry().store();
        let mut upload = store.upload(1 << 20).await.unwrap();
        upload.write(content).await.unwrap();
        let stored = upload.finish().await.unwrap();
        let registry = self.plans.registry();
        registry.receive(&page(by), &stored.digest).await.unwrap();
        Evidence::of("danh-sach.txt", &stored)
    }
}

/// Somebody at a page.
pub(crate) fn page(principal: &Principal) -> Caller {
    Caller::new(principal.clone(), "page", Id::NIL)
}

/// Somebody's program, with an idempotency key.
pub(crate) fn keyed(principal: &Principal, key: &str, digest: u8) -> Caller {
    Caller {
        idempotency: Some(Idempotency {
            key: key.to_owned(),
            digest: [digest; 32],
        }),
        ..Caller::new(principal.clone(), "api", Id::NIL)
    }
}

/// Somebody who holds one role.
pub(crate) fn somebody(login: &str, role: Role, unit: Id) -> Principal {
    let mut digest = [0; 16];
    digest[..login.len()].copy_from_slice(login.as_bytes());
    Principal {
        account: Some(Id::from_digest(digest)),
        login: login.to_owned(),
        name: format!("Ông {login}"),
        grants: Arc::from([Grant::new(role, unit)]),
        demo: false,
        delegated: [].into(),
        compiled: directory::permission::Compiled::default(),
    }
}

pub(crate) async fn unit(plans: &Plans, name: &str) -> Id {
    let units = plans.registry().directory().units().await.unwrap();
    match units.resolve(name, None).unwrap() {
        Reading::Unit(id) => id,
        Reading::Group(group) => panic!("{name} is the group {}", group.key),
    }
}

/// The code of a refusal and the first field at fault.
pub(crate) fn refusal<T: std::fmt::Debug>(
    result: Result<T, plan::PlanError>,
) -> (String, Option<(String, String)>) {
    match result.unwrap_err() {
        plan::PlanError::Registry(registry::RegistryError::Refused(problem)) => {
            let field = problem.fields.first();
            let field = field.map(|field| (field.field.clone(), field.code.clone()));
            (problem.code, field)
        }
        other => panic!("refused otherwise: {other}"),
    }
}
