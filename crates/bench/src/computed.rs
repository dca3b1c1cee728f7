//! An indicator of a pack over 100,000 records, one in ten of them changed since: as of now, as of
//! before the changes, and asked again.

use std::sync::Arc;
use std::time::Instant as Stopwatch;

use directory::{Directory, Principal};
use pack::folder::PackFolder;
use pack::{Surroundings, check};
use registry::system::figures::Span;
use registry::{Registry, Systems};
use serde_json::{Value as Json, json};
use store::{Actor, Expect, Op, RecordPut, Store, TableSpec, Value, Write};
use vocab::context::fixed;
use vocab::{Id, Instant, OfficeHours, WorkingCalendar, canonical};

use crate::Failure;
use crate::dataset::BATCH;
use crate::figure::{Figure, median, millis};
use crate::options::Options;
use crate::place::Engine;

/// How many records.
const RECORDS: u32 = 100_000;
/// One of so many is changed.
const CHANGED: u32 = 10;
/// The most that one computation may take.
const MOST_MS: f64 = 3_000.0;
/// The most that it may take while it is held.
const HELD_MS: f64 = 5.0;

const PACK: &str = r#"
[pack]
id = "counts"
title = { vi = "Đếm", en = "Counts" }
"#;
const RECORD: &str = r#"
[record]
id = "item"
title = { vi = "Việc", en = "Item" }
label = "{name}"
owner = { unit = "any" }
[[field]]
id = "name"
type = "text"
title = { vi = "Tên", en = "Name" }
[[field]]
id = "size"
type = "decimal"
title = { vi = "Cỡ", en = "Size" }
[[field]]
id = "good"
type = "flag"
title = { vi = "Tốt", en = "Good" }
[[grant]]
role = "viewer"
may = "read"
scope = "all"
[[indicator]]
id = "share"
title = { vi = "Tỷ lệ", en = "Share" }
function = "share"
when = "size > 10"
part = "good"
period = "quarter"
taken = "end"
public = true
"#;

/// What it costs.
pub(crate) async fn measure(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let config = engine.empty("computed").await?;
    let files = [("pack.toml", PACK), ("item.toml", RECORD)];
    let surroundings = Surroundings {
        roles: ["viewer".to_owned()].into(),
        calendars: ["vn".to_owned()].into(),
    };
    let outcome = check(&[PackFolder::in_memory("counts", files)], &surroundings);
    let catalog = outcome.into_catalog().ok_or("the pack does not check")?;
    let systems = Arc::new(Systems::load(catalog)?);
    let own = Registry::tables(&systems.declarations());
    let spec = own.iter().find(|spec| spec.name.starts_with("p_counts"));
    let spec = spec.ok_or("the table of the pack")?.clone();
    let mut tables = directory::tables();
    tables.extend(own);
    let store = Store::open(&config, tables, fixed::context(12)).await?;
    let directory = Directory::open(store.clone()).await?;
    let actor = Principal::system().actor("cli", Id::NIL);
    directory.load_shipped(&actor).await?;
    let units: Vec<Id> = directory
        .units()
        .await?
        .iter()
        .map(|unit| unit.id)
        .collect();
    let calendar = WorkingCalendar::new(OfficeHours::default(), Vec::new())?;
    let registry = Registry::with_systems(directory, Vec::new(), systems.clone(), calendar);

    let count = options.scaled(RECORDS, RECORDS / 10);
    let mut writes = Vec::new();
    let mut before = Instant::default();
    for round in 0..2_u32 {
        for number in (0..count).filter(|number| round == 0 || number.is_multiple_of(CHANGED)) {
            let unit = units[number as usize % units.len()];
            writes.push(put(&actor, &spec, number, round, unit)?);
            if writes.len() == BATCH {
                commit(&store, std::mem::take(&mut writes)).await?;
            }
        }
        commit(&store, std::mem::take(&mut writes)).await?;
        if round == 0 {
            before = store.context().now();
        }
    }
    let source = systems.indicators().next().ok_or("the indicator")?;
    let mut now = Vec::new();
    let mut past = Vec::new();
    let mut held = Vec::new();
    for turn in 0..options.scaled(7, 3) {
        // Each at an instant of its own: none is held.
        for (at, times) in [
            (store.context().now(), &mut now),
            (before.plus_micros(-turn), &mut past),
        ] {
            let span = Span {
                as_of: at,
                days: None,
            };
            let began = Stopwatch::now();
            let figure = registry.measure(&source, span).await?;
            times.push(millis(began.elapsed()));
            if figure
                .whole
                .among
                .is_none_or(|among| among == vocab::Decimal::ZERO)
            {
                return Err("an empty figure was measured".into());
            }
            let began = Stopwatch::now();
            registry.measure(&source, span).await?;
            held.push(millis(began.elapsed()));
        }
    }
    let what = |which: &str| format!("indicator over {count} records, {which}");
    Ok(vec![
        figure(engine, what("as of now"), &now, MOST_MS, "< 3 s"),
        figure(
            engine,
            what("as of before the changes"),
            &past,
            MOST_MS,
            "< 3 s",
        ),
        figure(engine, what("held"), &held, HELD_MS, "< 5 ms"),
    ])
}

fn figure(engine: &Engine, what: String, times: &[f64], most: f64, needed: &str) -> Figure {
    let slowest = times.iter().copied().fold(0.0, f64::max);
    Figure {
        engine: engine.name(),
        what,
        peer: String::new(),
        theirs: String::new(),
        ours: format!("{:.1} ms, slowest {slowest:.1} ms", median(times)),
        ratio: None,
        needed: needed.to_owned(),
        met: slowest < most,
    }
}

async fn commit(store: &Store, writes: Vec<Write>) -> Result<(), Failure> {
    for outcome in store.commit_each(writes).await {
        outcome?;
    }
    Ok(())
}

fn put(
    actor: &Actor,
    spec: &TableSpec,
    number: u32,
    round: u32,
    unit: Id,
) -> Result<Write, Failure> {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    id[15] = 1;
    let (name, size) = (format!("Việc {number}"), number % 100);
    let good = (number + round).is_multiple_of(3);
    let body: Json = json!({
        "created_on": "2023-04-14", "name": name, "size": size.to_string(), "good": good,
        "_flow": { "taken": {}, "approvals": {}, "clocks": {} },
    });
    let columns = spec
        .columns
        .iter()
        .map(|column| match column.name.as_str() {
            "f_created_on" => Value::from("2023-04-14"),
            "f_size" => Value::from(i64::from(size) * 10_000),
            "f_good" => Value::from(i64::from(good)),
            _ => Value::Null,
        });
    let put = RecordPut {
        table: spec.name.clone(),
        id: Id::from_digest(id),
        expect: match round {
            0 => Expect::New,
            _ => Expect::Version(1),
        },
        action: "edit".to_owned(),
        unit,
        state: "kept".to_owned(),
        sort_key: number.to_be_bytes().to_vec(),
        columns: columns.collect(),
        body: canonical::to_text(&body)?,
        schema: String::new(),
        tokens: Vec::new(),
        files: Vec::new(),
    };
    Ok(Write::by(actor.clone()).op(Op::Put(put)))
}
