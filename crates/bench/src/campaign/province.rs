//! A province that reports: its store with the shipped plan, and people who are signed in.

use std::sync::Arc;

use directory::{Device, Directory, Grant, NewAccount, PasswordCost, Principal, Reading, Role};
use plan::Plans;
use plan::campaigns::{Campaign, CampaignDraft, Due, Which};
use registry::{Caller, Registry};
use store::Store;
use vocab::context::fixed::{SeededEntropy, SteppingClock};
use vocab::{Context, Id, Instant, OfficeHours, Period, WorkingCalendar};
use web::http::{App, Settings, router};

use super::people::Person;
use crate::Failure;
use crate::place::{Engine, connect};

const DECISION: &str = include_str!("../../../../data/plan/decision-833-2023.txt");
const PASSWORD: &str = "gió đưa cành trúc la đà";

/// In December 2023: every period has begun.
pub(super) const NOW: i64 = 1_702_000_000_000_000;

/// A province with the shipped plan, on a clock of 2023.
pub(super) struct Province {
    pub(super) directory: Directory,
    pub(super) plans: Plans,
    pub(super) store: Store,
    pub(super) app: axum::Router,
    /// Who coordinates the plan.
    pub(super) coordinator: Principal,
    pub(super) clock: Arc<SteppingClock>,
    pub(super) database_url: Option<String>,
}

impl Province {
    pub(super) async fn open(engine: &Engine, name: &str) -> Result<Self, Failure> {
        let config = engine.empty(name).await?;
        let clock = SteppingClock::new(Instant::from_micros(NOW), 1);
        let mut tables = directory::tables();
        tables.extend(Registry::tables(&plan::declarations()));
        let context = Context::new(clock.clone(), SeededEntropy::new(17));
        let store = Store::open(&config, tables, context).await?;
        // Hundreds of accounts are made here; what a password costs is not the question.
        let cheap = directory::Config {
            password: PasswordCost {
                memory_kib: 8,
                passes: 1,
            },
            ..directory::Config::default()
        };
        let directory = Directory::open_with(store.clone(), cheap).await?;
        let system = Principal::system();
        directory
            .load_shipped(&system.actor("cli", Id::NIL))
            .await?;
        let calendar = WorkingCalendar::new(OfficeHours::default(), Vec::new())?;
        let registry = Registry::new(directory.clone(), plan::declarations(), calendar);
        let plans = Plans::new(registry);
        let by = Caller::new(system, "cli", Id::NIL);
        plans.import(&by, "833.txt", DECISION).await?;
        let app = router(App::new(plans.clone(), Settings::default()));
        let mut province = Self {
            directory,
            plans,
            store,
            app,
            coordinator: Principal::system(),
            clock,
            database_url: config.database_url,
        };
        let unit = province.unit("Sở Thông tin và Truyền thông").await?;
        let grant = Grant::new(Role::Coordinator, unit);
        province.coordinator.account = Some(Id::from_digest([1; 16]));
        province.coordinator.grants = Arc::from([grant]);
        Ok(province)
    }

    pub(super) async fn unit(&self, name: &str) -> Result<Id, Failure> {
        match self.directory.units().await?.resolve(name, None) {
            Some(Reading::Unit(unit)) => Ok(unit),
            _ => Err(format!("{name} is not among the units").into()),
        }
    }

    /// Somebody with a role in a unit, signed in.
    pub(super) async fn person(
        &self,
        login: &str,
        role: Role,
        unit: Id,
    ) -> Result<Person, Failure> {
        let actor = Principal::system().actor("cli", Id::NIL);
        let new = NewAccount {
            login: login.to_owned(),
            name: format!("{login} (giả lập)"),
            password: PASSWORD.to_owned(),
            grants: vec![Grant::new(role, unit)],
            demo: false,
        };
        self.directory.create_account(&actor, new).await?;
        let device = Device {
            agent: "bench".to_owned(),
            address: "127.0.0.1".to_owned(),
            known: String::new(),
        };
        let signed_in = self.directory.sign_in(login, PASSWORD, &device).await?;
        Ok(Person {
            app: self.app.clone(),
            session: signed_in.token,
        })
    }

    /// An officer and a head of every unit that a call goes to.
    pub(super) async fn people(&self, campaign: &Campaign) -> Result<Vec<People>, Failure> {
        let rows = self
            .plans
            .campaign_rows(&self.coordinator, campaign)
            .await?;
        let mut people = Vec::with_capacity(rows.len());
        for (number, row) in rows.iter().enumerate() {
            let unit = row.record.unit;
            people.push(People {
                unit,
                officer: self
                    .person(&format!("canbo.{number}"), Role::Officer, unit)
                    .await?,
                head: self
                    .person(&format!("lanhdao.{number}"), Role::Head, unit)
                    .await?,
            });
        }
        Ok(people)
    }

    /// Lets PostgreSQL count what its tables hold.
    pub(super) async fn settle(&self) -> Result<(), Failure> {
        if let Some(url) = &self.database_url {
            connect(url).await?.batch_execute("VACUUM ANALYZE").await?;
        }
        Ok(())
    }

    pub(super) async fn call(&self, period: Period) -> Result<Campaign, Failure> {
        let draft = CampaignDraft {
            id: None,
            title: format!("Báo cáo {} (giả lập)", period.code()),
            period,
            which: Which::All,
            reporters: None,
            due: Due::WorkingDays(5),
            reminders: Vec::new(),
        };
        let by = Caller::new(self.coordinator.clone(), "page", Id::NIL);
        Ok(self.plans.open_campaign(&by, draft).await?)
    }
}

/// A unit's people.
pub(super) struct People {
    pub(super) unit: Id,
    pub(super) officer: Person,
    pub(super) head: Person,
}
