//! Units through time, at the size of a large province.

use std::time::Instant as Stopwatch;

use directory::{
    Directory, Hierarchy, Level, Principal, Resolution, UnitChange, UnitDetails, UnitEvent,
    UnitKind, province,
};
use jiff::civil::{Date, date};
use store::{Config, ListQuery, Op, Scope, Store, Write};
use vocab::context::fixed;
use vocab::{Context, Id, Instant};

use crate::dataset::BATCH;
use crate::figure::{Figure, median, millis};
use crate::options::Options;
use crate::place::Engine;
use crate::{Failure, records};

pub(crate) const NEIGHBOURS: &str = include_str!("../../../data/units/units-2023-neighbours.csv");
pub(crate) const EVENTS: &str = include_str!("../../../data/units/unit-events.csv");

/// So many units are made; those that ship come on top.
pub(crate) const UNITS: u32 = 20_000;
/// So many of them stand right under the province, the others under these.
pub(crate) const UPPER: u32 = 200;
/// Records are written once and never again.
const FIRST_VERSION: i64 = 1;

/// Trees of a day, and the rearrangement of 2025.
pub(crate) async fn measure(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let mut figures = trees(engine, options).await?;
    figures.push(rearrangement(engine, options).await?);
    Ok(figures)
}

async fn trees(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let config = engine.empty("unit_tree").await?;
    let (store, _) = open(&config, 1).await?;
    let directory = Directory::open(store).await?;
    let actor = Principal::system().actor("cli", Id::NIL);
    directory.load_shipped(&actor).await?;
    let events: Vec<UnitEvent> = (0..UNITS).map(unit).collect();
    directory.rearrange(&actor, &events).await?;

    let (mut read, mut changed) = (Vec::new(), Vec::new());
    let (mut built, mut held) = (Vec::new(), Vec::new());
    for round in 0..options.scaled(15, 3) {
        let (store, clock) = open(&config, 2 + round).await?;
        let day = date(2024, 6, 1).saturating_add(jiff::Span::new().days(i64::try_from(round)?));
        // Opening reads the units, so it belongs to the first tree.
        let began = Stopwatch::now();
        let process = Directory::open(store).await?;
        let tree = process.units_on(day).await?;
        read.push(millis(began.elapsed()));
        if tree.len() < usize::try_from(UNITS)? {
            return Err(format!("the tree of {day} has {} units", tree.len()).into());
        }
        // What it holds is old by now.
        directory
            .set_group_span(&actor, "districts", None, until(round))
            .await?;
        clock.set(process.store().context().now().plus_seconds(2));
        let began = Stopwatch::now();
        process.units_on(day).await?;
        changed.push(millis(began.elapsed()));
        let began = Stopwatch::now();
        process.units_on(day.tomorrow()?).await?;
        built.push(millis(began.elapsed()));
        let began = Stopwatch::now();
        process.units_on(day).await?;
        held.push(millis(began.elapsed()));
    }
    engine.discard("unit_tree").await?;
    let figure = |what: &str, times: &[f64], below: Option<f64>| {
        let (middle, needed) = (median(times), below);
        Figure {
            engine: engine.name(),
            what: format!("tree of 20,000 units as of a date, {what}"),
            peer: String::new(),
            theirs: String::new(),
            ours: format!("{middle:.3} ms"),
            ratio: None,
            needed: needed.map_or_else(|| "–".to_owned(), |below| format!("< {below} ms")),
            met: needed.is_none_or(|below| middle < below),
        }
    };
    Ok(vec![
        figure("all from the database", &read, Some(20.0)),
        figure(
            "from the database after a change elsewhere",
            &changed,
            Some(20.0),
        ),
        figure("held in memory", &held, Some(1.0)),
        figure("of another day, from versions in memory", &built, None),
    ])
}

async fn rearrangement(engine: &Engine, options: &Options) -> Result<Figure, Failure> {
    let count = BATCH as u64 * options.scaled(489, 5);
    let config = engine.empty("unit_events").await?;
    let (store, _) = open(&config, 1).await?;
    let directory = Directory::open(store).await?;
    let actor = Principal::system().actor("cli", Id::NIL);
    directory.load_shipped(&actor).await?;
    directory
        .import_units(&actor, "units-2023-neighbours.csv", NEIGHBOURS)
        .await?;
    let tree = directory.units_on(date(2024, 1, 1)).await?;
    let communes = tree.iter().filter(|unit| unit.kind == UnitKind::Commune);
    let owners: Vec<Id> = communes.map(|unit| unit.id).collect();
    let context = fixed::context(9);
    let mut number = 0;
    while number < count {
        let until = number + BATCH as u64;
        let writes = (number..until).map(|number| owned(number, &owners, &context));
        for outcome in directory.store().commit_each(writes.collect()).await {
            outcome?;
        }
        number = until;
    }
    let began = Stopwatch::now();
    directory
        .import_units(&actor, "unit-events.csv", EVENTS)
        .await?;
    let took = began.elapsed();
    unchanged(directory.store(), &owners).await?;
    engine.discard("unit_events").await?;
    Ok(Figure {
        engine: engine.name(),
        what: "the whole rearrangement of 2025, its units own 1,000,000 records; none rewritten"
            .to_owned(),
        peer: String::new(),
        theirs: String::new(),
        ours: format!("{:.0} ms", millis(took)),
        ratio: None,
        needed: "< 2 s".to_owned(),
        met: took.as_secs_f64() < 2.0,
    })
}

/// A store with the directory's tables and one of records.
pub(crate) async fn open(
    config: &Config,
    seed: u64,
) -> Result<(Store, std::sync::Arc<fixed::SteppingClock>), Failure> {
    let start = 1_681_439_400_000_000 + i64::try_from(seed)? * 1_000_000_000;
    let clock = fixed::SteppingClock::new(Instant::from_micros(start), 1);
    let context = Context::new(clock.clone(), fixed::SeededEntropy::new(records::mix(seed)));
    let mut tables = directory::tables();
    tables.push(records::table());
    Ok((Store::open(config, tables, context).await?, clock))
}

/// The creation of one of many units.
pub(crate) fn unit(number: u32) -> UnitEvent {
    let parent = match number {
        upper if upper < UPPER => province(),
        lower => numbered(lower % UPPER),
    };
    let name = format!("Tổ công nghệ số cộng đồng {number}");
    creation(numbered(number), parent, &name)
}

/// The creation of a unit under another one.
pub(crate) fn creation(unit: Id, parent: Id, name: &str) -> UnitEvent {
    UnitEvent {
        date: date(2024, 1, 1),
        change: UnitChange::Create {
            unit,
            details: UnitDetails {
                hierarchy: Hierarchy::Administration,
                parent: Some(parent),
                name: name.to_owned(),
                short_name: name.to_owned(),
                aliases: Vec::new(),
                kind: UnitKind::Centre,
                level: Level::Commune,
                code: None,
                area_code: None,
            },
        },
        ordered_by: Resolution::default(),
    }
}

pub(crate) fn numbered(number: u32) -> Id {
    let mut bytes = [7; 16];
    bytes[12..].copy_from_slice(&number.to_be_bytes());
    Id::from_bytes(bytes)
}

/// Another day in each round, so that each changes something.
fn until(round: u64) -> Option<Date> {
    let days = i64::try_from(round).ok()?;
    Some(date(2025, 6, 30).saturating_add(jiff::Span::new().days(days)))
}

/// A record that one of these units owns.
fn owned(number: u64, owners: &[Id], context: &Context) -> Write {
    let mut put = records::record(number, context.new_id());
    let place = records::mix(number) % owners.len() as u64;
    put.unit = owners[usize::try_from(place).unwrap_or(0)];
    Write::by(records::actor()).op(Op::Put(put))
}

/// Every record of these units is as it was written first.
async fn unchanged(store: &Store, owners: &[Id]) -> Result<(), Failure> {
    for owner in owners {
        let query = ListQuery::new(records::TABLE, Scope::units([*owner])).limit(1_000);
        let page = store.list(&query).await?;
        if let Some(head) = page.items.iter().find(|head| head.version != FIRST_VERSION) {
            return Err(format!("{} was rewritten", head.id).into());
        }
    }
    Ok(())
}
