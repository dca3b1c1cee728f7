//! Where the plan stands, at full size: 148 targets, 150 units, 12 periods, all reported on.

use std::sync::Arc;
use std::time::Instant as Stopwatch;

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use directory::{Directory, Principal};
use plan::import::IndicatorKind;
use plan::{OBSERVATION, Plans};
use registry::{Caller, Registry};
use serde_json::json;
use store::{Actor, Expect, Op, RecordPut, Store, Value, Write};
use tower::ServiceExt;
use vocab::context::fixed::{SeededEntropy, SteppingClock};
use vocab::{Context, Id, Instant, OfficeHours, Period, WorkingCalendar, canonical, collate};
use web::http::{App, Settings, router};

use crate::dataset::BATCH;
use crate::figure::{Figure, median, millis, percentile};
use crate::options::Options;
use crate::place::Engine;
use crate::{Failure, records};

const DECISION: &str = include_str!("../../../data/plan/decision-833-2023.txt");
/// The units that report on everything.
const UNITS: usize = 150;
/// The months of the plan's year.
const PERIODS: u16 = 12;
/// The most that a page may take, at the 95th of a hundred.
const PAGE_MS: f64 = 50.0;
/// The most that passes from a consolidation to the page that shows it.
const FRESH_MS: f64 = 1_000.0;
/// In December 2023: every period has begun.
const NOW: i64 = 1_702_000_000_000_000;

/// The pages at this size, and how soon they show what is new.
pub(crate) async fn measure(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let config = engine.empty("wall").await?;
    let clock = SteppingClock::new(Instant::from_micros(NOW), 1);
    let mut tables = directory::tables();
    tables.extend(Registry::tables(&plan::declarations()));
    let context = Context::new(clock.clone(), SeededEntropy::new(11));
    let store = Store::open(&config, tables, context).await?;
    let directory = Directory::open(store.clone()).await?;
    let system = Principal::system();
    let actor = system.actor("cli", Id::NIL);
    directory.load_shipped(&actor).await?;
    let calendar = WorkingCalendar::new(OfficeHours::default(), Vec::new())?;
    let plans = Plans::new(Registry::new(directory, plan::declarations(), calendar));
    let by = Caller::new(system, "cli", Id::NIL);
    plans.import(&by, "833.txt", DECISION).await?;
    let periods = if options.quick { 2 } else { PERIODS };
    let world = World::of(&plans, actor, periods).await?;
    world.load(&store).await?;

    let app = router(App::new(plans.clone(), Settings::default()));
    // The first derives from all reports; what is measured is every other.
    clock.set(Instant::from_micros(NOW + 5_000_000));
    let began = Stopwatch::now();
    ask(&app, "/tien-do").await?;
    let first = millis(began.elapsed());
    let turns = options.scaled(400, 60);
    let mut figures = Vec::new();
    for (name, paths) in [
        (
            "progress wall, any narrowing",
            vec![
                "/tien-do".to_owned(),
                "/tien-do?nhom=II".to_owned(),
                "/tien-do?trang-thai=at_risk".to_owned(),
                "/tien-do?nhom=I&trang-thai=off_track".to_owned(),
            ],
        ),
        (
            "heat map of units and targets",
            vec!["/tien-do/ban-do-nhiet".to_owned()],
        ),
        (
            "what a unit owes",
            world
                .units
                .iter()
                .map(|unit| format!("/tien-do/don-vi/{unit}"))
                .collect(),
        ),
        (
            "steering committee's page",
            vec!["/tien-do/ban-chi-dao".to_owned()],
        ),
    ] {
        let mut times = Vec::new();
        for turn in 0..turns + 5 {
            let began = Stopwatch::now();
            ask(&app, &paths[turn % paths.len()]).await?;
            // The first may look something up that is kept.
            if turn >= 5 {
                times.push(millis(began.elapsed()));
            }
        }
        let p95 = percentile(&times, 95);
        figures.push(Figure {
            engine: engine.name(),
            what: format!("{name}, 148 × {UNITS} units, {periods} periods, compressed"),
            peer: String::new(),
            theirs: String::new(),
            ours: format!("{:.1} ms, p95 {p95:.1} ms", median(&times)),
            ratio: None,
            needed: "p95 < 50 ms".to_owned(),
            met: p95 < PAGE_MS,
        });
    }
    let mut fresh = Vec::new();
    for number in 0..options.scaled(8, 3) {
        store.commit(world.once_more(number)?).await?;
        let later = NOW + i64::try_from(number + 2)? * 10_000_000;
        clock.set(Instant::from_micros(later));
        let began = Stopwatch::now();
        ask(&app, "/tien-do").await?;
        fresh.push(millis(began.elapsed()));
    }
    let slowest = fresh.iter().copied().fold(0.0, f64::max);
    figures.push(Figure {
        engine: engine.name(),
        what: format!(
            "the wall after one more of {} reports was consolidated",
            world.count()
        ),
        peer: String::new(),
        theirs: String::new(),
        ours: format!(
            "{:.0} ms, slowest {slowest:.0} ms; the first {first:.0} ms",
            median(&fresh)
        ),
        ratio: None,
        needed: "< 1 s".to_owned(),
        met: slowest < FRESH_MS,
    });
    drop((app, plans, store));
    engine.discard("wall").await?;
    Ok(figures)
}

/// A page, read to its end.
async fn ask(app: &axum::Router, path: &str) -> Result<(), Failure> {
    let request = Request::get(path).header(header::ACCEPT_ENCODING, "gzip");
    let answer = app.clone().oneshot(request.body(Body::empty())?).await?;
    if !answer.status().is_success() {
        return Err(format!("{path}: {}", answer.status()).into());
    }
    to_bytes(answer.into_body(), 64 << 20).await?;
    Ok(())
}

/// Who reports on what.
struct World {
    units: Vec<Id>,
    /// The first indicator of each target, with its kind and the target.
    indicators: Vec<(Id, IndicatorKind, Id)>,
    periods: u16,
    actor: Actor,
}

impl World {
    async fn of(plans: &Plans, actor: Actor, periods: u16) -> Result<Self, Failure> {
        let view: Arc<plan::PlanView> = plans.view().await?.ok_or("the plan was imported")?;
        let units = view.board.units.iter().map(|row| row.unit);
        let others = view.units.iter().map(|unit| unit.id);
        let mut taken = std::collections::HashSet::new();
        let units: Vec<Id> = units
            .chain(others)
            .filter(|unit| taken.insert(*unit))
            .take(UNITS)
            .collect();
        // An indicator that several targets share is reported on once.
        let mut seen = std::collections::HashSet::new();
        let indicators = view.targets.iter().filter_map(|target| {
            let first = target.indicators.first()?;
            seen.insert(first.id)
                .then_some((first.id, first.body.measure.kind, target.id))
        });
        Ok(Self {
            units,
            indicators: indicators.collect(),
            periods,
            actor,
        })
    }

    fn count(&self) -> usize {
        self.indicators.len() * self.units.len() * usize::from(self.periods)
    }

    async fn load(&self, store: &Store) -> Result<(), Failure> {
        let (mut number, mut writes) = (0_u64, Vec::new());
        for indicator in &self.indicators {
            for unit in &self.units {
                for month in 1..=self.periods {
                    writes.push(self.report(number, *indicator, *unit, month)?);
                    number += 1;
                    if writes.len() >= BATCH {
                        for outcome in store.commit_each(std::mem::take(&mut writes)).await {
                            outcome?;
                        }
                    }
                }
            }
        }
        // The last of them says that there are some: what was derived before is not shown.
        let last = writes.pop().ok_or("there are reports")?;
        for outcome in store.commit_each(writes).await {
            outcome?;
        }
        store.commit(last.op(Op::Bump("plan".to_owned()))).await?;
        store.seal().await?;
        Ok(())
    }

    /// One more report, of a day that nobody reported on, and the word that there is one.
    fn once_more(&self, number: usize) -> Result<Write, Failure> {
        let write = self.report(
            u64::MAX / 2 + number as u64,
            self.indicators[number % self.indicators.len()],
            self.units[number % self.units.len()],
            0,
        )?;
        Ok(write.op(Op::Bump("plan".to_owned())))
    }

    /// A consolidated report as the registry would put it; month 0 is the year.
    fn report(
        &self,
        number: u64,
        (indicator, kind, target): (Id, IndicatorKind, Id),
        unit: Id,
        month: u16,
    ) -> Result<Write, Failure> {
        let mixed = records::mix(number);
        let mut random = [0; 10];
        random[..8].copy_from_slice(&mixed.to_be_bytes());
        let id = Id::v7(Instant::from_micros(NOW), random);
        let period = match month {
            0 => Period::year(2023)?,
            month => Period::month(2023, month)?,
        };
        let key = format!("{indicator}/{unit}/{period}");
        let whole = 50 + i64::try_from(mixed % 50)?;
        // Between a third of the line and somewhat above it, growing with the months.
        let months = i64::from(if month == 0 { 12 } else { month });
        let part = whole * months * (4 + i64::try_from(mixed / 64 % 9)?) / (12 * 12);
        let part = part.min(whole);
        let mut body = json!({
            "indicator": indicator, "target": target, "period": period, "key": key,
        });
        let mut columns = [Value::Null, Value::Null, Value::Null, Value::Null];
        match kind {
            IndicatorKind::Ratio => {
                body["numerator"] = part.into();
                body["denominator"] = whole.into();
                columns[0] = part.into();
                columns[1] = whole.into();
            }
            IndicatorKind::Count => {
                body["count"] = part.to_string().into();
                columns[2] = (part * 10_i64.pow(u32::from(registry::COLUMN_SCALE))).into();
            }
            IndicatorKind::Milestone | IndicatorKind::Standing => {
                let reached = mixed.is_multiple_of(3);
                body["reached"] = reached.into();
                columns[3] = i64::from(reached).into();
            }
        }
        let mut sort_key = collate::sort_key_cut(&period.code(), 100);
        sort_key.push(0);
        let given = [
            self.actor.account.into(),
            indicator.into(),
            target.into(),
            period.code().into(),
            key.into(),
        ];
        let put = RecordPut {
            table: OBSERVATION.to_owned(),
            id,
            expect: Expect::New,
            action: "consolidate".to_owned(),
            unit,
            state: "consolidated".to_owned(),
            sort_key,
            columns: given.into_iter().chain(columns).collect(),
            body: canonical::to_text(&body)?,
            schema: String::new(),
            tokens: Vec::new(),
            files: Vec::new(),
        };
        Ok(Write::by(self.actor.clone()).op(Op::Put(put)))
    }
}
