//! A measure that is tied to an indicator of a system: what is offered, handed in, corrected.

use std::sync::Arc;

use directory::{Directory, Grant, Principal, Role, province};
use pack::Surroundings;
use pack::folder::PackFolder;
use plan::{Covers, Entered, Plans, ReportStep, Tie};
use registry::system::figures::Span;
use registry::system::{NewRecord, StepAsked};
use registry::{Caller, Registry, Systems};
use serde_json::json;
use store::Store;
use tempfile::TempDir;
use vocab::calendar::{OfficeHours, WorkingCalendar};
use vocab::context::fixed::{SeededEntropy, SteppingClock};
use vocab::{Context, Id, Instant, Period};

use crate::fixture::{DECISION, page, refusal, somebody, unit};

const PACK: &str = r#"
[pack]
id = "levels"
title = { vi = "Cấp độ", en = "Levels" }
plan = ["III.7.a"]
calendar = "vn"
[[role]]
id = "levels.keeper"
title = { vi = "Người giữ", en = "Keeper" }
"#;

const RECORD: &str = r#"
[record]
id = "system"
title = { vi = "Hệ thống", en = "System" }
label = "{name}"
owner = { unit = "any" }
[[field]]
id = "name"
type = "text"
required = true
max_length = 40
title = { vi = "Tên", en = "Name" }
[lifecycle]
initial = "open"
[[lifecycle.state]]
id = "open"
title = { vi = "Mở", en = "Open" }
[[lifecycle.state]]
id = "approved"
title = { vi = "Đã duyệt", en = "Approved" }
final = true
[[lifecycle.step]]
id = "approve"
title = { vi = "Duyệt", en = "Approve" }
from = "open"
to = "approved"
by = "levels.keeper"
[[grant]]
role = "levels.keeper"
may = ["create", "read", "step"]
scope = "all"
[[indicator]]
id = "approved-share"
title = { vi = "Tỷ lệ đã duyệt", en = "Share approved" }
function = "share"
part = "state == 'approved'"
period = "quarter"
taken = "end"
feeds = "III.7.a"
[[indicator]]
id = "inner"
title = { vi = "Nội bộ", en = "Internal" }
function = "share"
part = "state == 'approved'"
period = "quarter"
taken = "end"
[[indicator]]
id = "all"
title = { vi = "Tất cả", en = "All" }
function = "count"
period = "quarter"
taken = "end"
feeds = "III.7.a"
"#;

const SHARE: &str = "levels/system/approved-share";
/// 14 August 2023.
const START: Instant = Instant::from_micros(1_691_980_200_000_000);

struct Office {
    plans: Plans,
    systems: Arc<Systems>,
    keeper: Principal,
    officer: Principal,
    head: Principal,
    coordinator: Principal,
    indicator: Id,
    unit: Id,
    clock: Arc<SteppingClock>,
    _folder: TempDir,
}

impl Office {
    async fn open(database_url: Option<String>) -> Self {
        let folder = TempDir::new().unwrap();
        let config = store::Config {
            data: folder.path().to_owned(),
            database_url,
            max_page_count: None,
        };
        let files = [("pack.toml", PACK), ("system.toml", RECORD)];
        let surroundings = Surroundings {
            roles: std::collections::BTreeSet::new(),
            calendars: ["vn".to_owned()].into(),
        };
        let folders = [PackFolder::in_memory("packs/test/levels", files)];
        let outcome = pack::check(&folders, &surroundings);
        let systems = Arc::new(Systems::load(outcome.into_catalog().unwrap()).unwrap());
        let clock = SteppingClock::new(START, 1_000);
        let context = Context::new(clock.clone(), SeededEntropy::new(5));
        let mut declarations = plan::declarations();
        declarations.extend(systems.declarations());
        let mut tables = directory::tables();
        tables.extend(Registry::tables(&declarations));
        let store = Store::open(&config, tables, context).await.unwrap();
        let directory = Directory::open(store).await.unwrap();
        let system = Principal::system();
        let actor = system.actor("cli", Id::NIL);
        directory.load_shipped(&actor).await.unwrap();
        let calendar = WorkingCalendar::new(OfficeHours::default(), []).unwrap();
        let registry =
            Registry::with_systems(directory, plan::declarations(), systems.clone(), calendar);
        let plans = Plans::new(registry);
        let by = Caller::new(system, "cli", Id::NIL);
        plans.import(&by, "833.txt", DECISION).await.unwrap();
        let unit = unit(&plans, "Sở Nội vụ").await;
        let view = plans.view().await.unwrap().unwrap();
        let target = view.targets.iter().find(|target| {
            let measures = &target.indicators;
            let ratio = plan::import::IndicatorKind::Ratio;
            target.reporters == [unit] && measures.iter().any(|one| one.body.measure.kind == ratio)
        });
        let indicator = target.unwrap().indicators[0].id;
        let keeper = Principal {
            account: Some(Id::from_digest([9; 16])),
            grants: [Grant::new(
                Role::coded("levels.keeper").unwrap(),
                province(),
            )]
            .into(),
            ..Principal::public()
        };
        let keeper = plans
            .registry()
            .directory()
            .permitted(keeper)
            .await
            .unwrap();
        let coordinating = crate::fixture::unit(&plans, "Sở Thông tin và Truyền thông").await;
        Self {
            keeper,
            officer: somebody("canbo", Role::Officer, unit),
            head: somebody("lanhdao", Role::Head, unit),
            coordinator: somebody("dieuphoi", Role::Coordinator, coordinating),
            plans,
            systems,
            indicator,
            unit,
            clock,
            _folder: folder,
        }
    }

    async fn record(&self, name: &str, approved: bool) -> Id {
        let registry = self.plans.registry();
        let kind = self.systems.find("levels", "system").unwrap();
        let new = NewRecord {
            unit: Some(self.unit),
            fields: json!({ "name": name }).as_object().unwrap().clone(),
            ..NewRecord::default()
        };
        let made = registry.make(&page(&self.keeper), kind, new).await;
        let id = made.unwrap().record.id;
        if approved {
            self.approve(id).await;
        }
        id
    }

    async fn approve(&self, id: Id) {
        let kind = self.systems.find("levels", "system").unwrap();
        let asked = StepAsked {
            step: "approve".to_owned(),
            ..StepAsked::default()
        };
        let by = page(&self.keeper);
        let done = self.plans.registry().take_step(&by, kind, id, asked).await;
        done.unwrap();
    }

    fn tie(&self, version: i64, source: Option<&str>) -> Tie {
        Tie {
            indicator: self.indicator,
            version,
            source: source.map(str::to_owned),
            covers: Covers::All,
        }
    }

    fn draft(&self, quarter: u16, entered: Entered, note: &str) -> plan::ReportDraft {
        plan::ReportDraft {
            indicator: self.indicator,
            unit: self.unit,
            period: Period::quarter(2023, quarter).unwrap(),
            entered,
            note: note.to_owned(),
            evidence: Vec::new(),
            explanations: Vec::new(),
        }
    }
}

async fn offices() -> Vec<Office> {
    let mut offices = vec![Office::open(None).await];
    if let Some(url) = scratch::database().await {
        offices.push(Office::open(Some(url)).await);
    }
    offices
}

fn ratio(numerator: i64, denominator: i64) -> Entered {
    Entered {
        numerator: Some(numerator),
        denominator: Some(denominator),
        ..Entered::default()
    }
}

#[tokio::test]
async fn a_measure_is_tied_by_whoever_configures_plans_to_what_feeds_them() {
    for office in offices().await {
        let by = page(&office.coordinator);
        let tie = |version, source| office.plans.tie(&by, office.tie(version, source));
        let wrong = |code: &str| {
            (
                "invalid-fields".to_owned(),
                Some(("source".to_owned(), code.to_owned())),
            )
        };
        for (source, code) in [
            ("levels/system/none", "feed-unknown"),
            ("levels/system/inner", "feed-closed"),
            ("levels/system/all", "feed-unsuited"),
        ] {
            assert_eq!(refusal(tie(0, Some(source)).await), wrong(code));
        }
        let officer = page(&office.officer);
        let refused = office.plans.tie(&officer, office.tie(0, Some(SHARE))).await;
        assert!(refused.is_err(), "an officer configures nothing");
        tie(0, Some(SHARE)).await.unwrap();
        assert!(
            tie(0, Some(SHARE)).await.is_err(),
            "of two who tie at once one is told"
        );
        let view = office.plans.view().await.unwrap().unwrap();
        let feeds = office.plans.feeds(&view).await.unwrap();
        assert_eq!(feeds.measure(office.indicator).unwrap().source, SHARE);
        assert_eq!(feeds.fed_by(SHARE), [office.indicator]);
        tie(1, None).await.unwrap();
        let feeds = office.plans.feeds(&view).await.unwrap();
        assert!(feeds.measure(office.indicator).is_none() && feeds.version(office.indicator) == 2);
        // The shipped duties on levels are fed by what ships.
        let fed = view
            .duties
            .iter()
            .filter(|duty| !feeds.other(duty.id).is_empty());
        assert!(fed.count() >= 1);
        let project = view
            .projects
            .iter()
            .find(|project| project.body.key.ends_with("#2/1.1"));
        assert_eq!(feeds.other(project.unwrap().id).len(), 2);
    }
}

#[tokio::test]
async fn what_was_computed_stays_beside_what_is_handed_in() {
    for office in offices().await {
        let plans = &office.plans;
        let by = page(&office.officer);
        let view = plans.view().await.unwrap().unwrap();
        let offered = |quarter| {
            let period = Period::quarter(2023, quarter).unwrap();
            plans.offered(&view, office.indicator, office.unit, period)
        };
        office.record("A", true).await;
        let open = office.record("B", false).await;
        assert_eq!(offered(3).await.unwrap(), None, "nothing was tied");
        let tie = office.tie(0, Some(SHARE));
        plans.tie(&page(&office.coordinator), tie).await.unwrap();
        let view = plans.view().await.unwrap().unwrap();
        let offered = |quarter| {
            let period = Period::quarter(2023, quarter).unwrap();
            plans.offered(&view, office.indicator, office.unit, period)
        };
        let running = offered(3).await.unwrap().unwrap();
        assert_eq!(running.entered(), ratio(1, 2));
        assert_eq!((running.records, running.late), (2, false));
        // Nothing was kept at the end of June: what is known now is told, and that it is so.
        let past = offered(2).await.unwrap().unwrap();
        assert_eq!((past.entered(), past.late), (ratio(1, 2), true));
        assert_eq!(offered(4).await.unwrap(), None, "it has not begun");

        // The computed figure is handed in as it is, without a word.
        let draft = office.draft(3, running.entered(), "");
        let report = plans.begin_report(&by, draft).await.unwrap();
        let computed = report.body.computed.clone().unwrap();
        assert!(!report.body.is_corrected(plan::import::IndicatorKind::Ratio));
        // A record changes: what was computed for the report does not, and can be asked again.
        office.approve(open).await;
        let source = office.systems.indicator(SHARE).unwrap();
        let span = Span {
            as_of: computed.as_of,
            days: None,
        };
        let then = plans.registry().measure(&source, span).await.unwrap();
        assert_eq!(then.whole.value, Some(1.into()));
        let id = report.record.id;
        let again = plans.recompute_report(&by, id, 1).await.unwrap();
        assert_eq!(
            Entered::of(&again.body),
            ratio(2, 2),
            "what was not corrected follows"
        );

        // Another value wants a word.
        let draft = office.draft(3, ratio(1, 2), "");
        let edited = plans.edit_report(&by, id, 2, draft).await.unwrap();
        assert_eq!(
            edited.body.computed.as_ref().unwrap().entered(),
            ratio(2, 2)
        );
        let refused = plans.step_report(&by, id, 3, &ReportStep::Submit).await;
        let field = Some(("note".to_owned(), "correction-unsaid".to_owned()));
        assert_eq!(refusal(refused), ("invalid-fields".to_owned(), field));
        let draft = office.draft(3, ratio(1, 2), "B đã ngừng vận hành");
        plans.edit_report(&by, id, 3, draft).await.unwrap();
        let again = plans.recompute_report(&by, id, 4).await.unwrap();
        assert_eq!(Entered::of(&again.body), ratio(1, 2), "a correction stays");
        let approving = page(&office.head);
        assert!(plans.recompute_report(&approving, id, 5).await.is_err());
        for (who, step, version) in [
            (&office.officer, ReportStep::Submit, 5),
            (&office.head, ReportStep::Approve, 6),
            (&office.coordinator, ReportStep::Consolidate, 7),
        ] {
            let stepped = plans.step_report(&page(who), id, version, &step).await;
            stepped.unwrap();
        }
        // The public figure is what the unit answers for; the way to it says what was computed.
        let view = plans.view().await.unwrap().unwrap();
        let (target, measure) = view.indicator(office.indicator).unwrap();
        let figure = measure.figure.unwrap().measurement;
        assert_eq!(figure.value(), Some(50.into()));
        let way = plans
            .way_of_target(&directory::Principal::public(), target)
            .await
            .unwrap();
        let submitted = way.iter().find(|step| step.action == "submit").unwrap();
        let (computed, corrected) = submitted.computed.as_ref().unwrap();
        assert!(*corrected && computed.entered() == ratio(2, 2));
        office.clock.set(START);
    }
}
