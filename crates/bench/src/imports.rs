//! Bringing a spreadsheet into a system that ships: every row tried with every rule, taken in with
//! its number, taken out again.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use directory::{Directory, Grant, NewAccount, Principal, Role, UnitKind};
use office::Value;
use pack::folder::PackFolder;
use pack::{Surroundings, check};
use registry::system::imports::{Import, ImportStep, NewImport, Which};
use registry::{Caller, Evidence, Registry, Systems};
use store::Store;
use vocab::calendar::{OfficeHours, WorkingCalendar};
use vocab::context::fixed;
use vocab::{Context, Id, Lang};

use crate::Failure;
use crate::figure::Figure;
use crate::options::Options;
use crate::place::Engine;

/// Imports rows of devices, in the batches that the background does.
pub(crate) async fn measure(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let rows: u32 = options.scaled(100_000, 10_000);
    let (registry, caller) = open(engine).await?;
    let began = Instant::now();
    let import = begin(&registry, &caller, rows).await?;
    work(&registry).await?;
    let tried = began.elapsed().as_secs_f64();
    let mut figures = vec![figure(engine, "tried with every rule", rows, tried)];
    for (step, which, what) in [
        (ImportStep::Start, Which::Run, "taken in, numbered, audited"),
        (ImportStep::Undo, Which::Undo, "taken out again"),
    ] {
        let began = Instant::now();
        registry.step_import(&caller, import, step).await?;
        work(&registry).await?;
        let took = began.elapsed().as_secs_f64();
        let import = registry.import(&caller.principal, import).await?;
        let pass = import.pass(which).unwrap_or_default();
        if pass.good != i64::from(rows) {
            return Err(format!("{what}: {pass:?} of {rows} rows").into());
        }
        figures.push(figure(engine, what, rows, took));
    }
    Ok(figures)
}

fn figure(engine: &Engine, what: &str, rows: u32, seconds: f64) -> Figure {
    Figure {
        engine: engine.name(),
        what: format!("{rows} rows of a spreadsheet, {what}"),
        peer: String::new(),
        theirs: String::new(),
        ours: format!("{seconds:.1} s"),
        ratio: None,
        needed: "100,000 rows in < 20 s".to_owned(),
        met: seconds < 20.0 * f64::from(rows) / 100_000.0,
    }
}

async fn open(engine: &Engine) -> Result<(Registry, Caller), Failure> {
    let config = engine.empty("imports").await?;
    let systems = Arc::new(systems()?);
    let mut tables = directory::tables();
    tables.extend(Registry::tables(&systems.declarations()));
    let context = Context::new(
        fixed::SteppingClock::new(vocab::Instant::from_micros(1_790_000_000_000_000), 100),
        fixed::SeededEntropy::new(73),
    );
    let store = Store::open(&config, tables, context).await?;
    let directory = Directory::open(store).await?;
    let actor = Principal::system().actor("cli", Id::NIL);
    directory.load_shipped(&actor).await?;
    let calendar = WorkingCalendar::new(OfficeHours::default(), [])?;
    let registry = Registry::with_systems(directory, Vec::new(), systems, calendar);
    let directory = registry.directory();
    let units = directory.units().await?;
    let unit = units.iter().find(|unit| unit.kind == UnitKind::Commune);
    let unit = unit.ok_or("no commune")?.id;
    let role = Role::coded("equipment.keeper").ok_or("no keeper of equipment")?;
    let new = NewAccount {
        login: "giu.thietbi".to_owned(),
        name: "Bà Tư (giả lập)".to_owned(),
        password: "gió đưa cành trúc la đà".to_owned(),
        grants: vec![Grant::new(role, unit)],
        demo: false,
    };
    let account = directory.create_account(&actor, new).await?;
    let principal = directory.acting_today(&account).await?;
    let principal = principal.ok_or("an account that may not act")?;
    Ok((registry, Caller::new(principal, "page", Id::NIL)))
}

async fn begin(registry: &Registry, caller: &Caller, rows: u32) -> Result<Id, Failure> {
    let bytes = sheet(rows)?;
    let mut upload = registry.store().upload(64 << 20).await?;
    upload.write(&bytes).await?;
    let stored = upload.finish().await?;
    registry.receive(caller, &stored.digest).await?;
    let systems = registry.systems().clone();
    let kind = systems.find("it-equipment", "device").ok_or("no devices")?;
    let new = NewImport {
        id: None,
        file: Evidence::of("thiet-bi.xlsx", &stored),
        lang: Lang::Vi,
        ignored: Vec::new(),
    };
    let import: Import = registry.begin_import(caller, kind, new).await?;
    Ok(import.id())
}

fn sheet(rows: u32) -> Result<Vec<u8>, Failure> {
    let mut writer = office::xlsx::Writer::new("1", vocab::Instant::from_micros(0))?;
    let head = [
        "Loại thiết bị",
        "Hãng và kiểu",
        "Serial number",
        "Ngày mua",
        "Nguyên giá",
        "Nguồn kinh phí",
    ];
    writer.row(head.map(Value::Text))?;
    for row in 0..rows {
        let (model, serial) = (format!("Máy in {row} (giả lập)"), format!("SN-{row}"));
        writer.row([
            Value::Text("Máy in"),
            Value::Text(&model),
            Value::Text(&serial),
            Value::Text("05/01/2023"),
            Value::Number("5000000".parse()?),
            Value::Text("Nguồn sự nghiệp"),
        ])?;
    }
    let mut file = Cursor::new(Vec::new());
    writer.finish(&mut file)?;
    Ok(file.into_inner())
}

/// Does what waits, until nothing does.
async fn work(registry: &Registry) -> Result<(), Failure> {
    let worker = Id::from_digest([9; 16]);
    loop {
        let jobs = registry.store().lease_jobs(worker, 8, 600).await?;
        if jobs.is_empty() {
            return Ok(());
        }
        for job in jobs {
            registry.work_on_import(&job, worker).await?;
        }
    }
}

fn systems() -> Result<Systems, Failure> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let book = directory::permission::RoleBook::shipped();
    let surroundings = Surroundings {
        roles: book.iter().map(|role| role.code.clone()).collect(),
        calendars: ["vn".to_owned()].into(),
    };
    let outcome = check(&PackFolder::find(&shipped)?, &surroundings);
    let catalog = outcome.into_catalog().ok_or("the packs are wrong")?;
    Ok(Systems::load(catalog).map_err(|error| error.to_string())?)
}
