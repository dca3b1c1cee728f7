//! The periodic report on the shipped decision, about sixty pages: the paper with its figures
//! from the store, the text document made of it, and the same as it is printed.

use std::io::Cursor;
use std::time::Instant as Stopwatch;

use directory::{Directory, Grant, Principal, Role, province};
use plan::Plans;
use plan::periodic::{Marks, Paper, TEMPLATE, print_data, print_title, write_docx};
use registry::{Caller, Registry};
use store::Store;
use vocab::calendar::{OfficeHours, WorkingCalendar};
use vocab::context::fixed;
use vocab::{Context, Id, Instant, Period};

use crate::Failure;
use crate::figure::{Figure, median, millis};
use crate::options::Options;
use crate::place::Engine;

const DECISION: &str = include_str!("../../../data/plan/decision-833-2023.txt");
/// 14 August 2023.
const BEGIN: i64 = 1_691_980_200_000_000;
/// What the document may take, in milliseconds.
const MOST_MS: f64 = 2_000.0;
/// What the printed paper may take.
const MOST_PDF_MS: f64 = 5_000.0;

/// Makes the document again and again.
pub(crate) async fn measure(options: &Options) -> Result<Vec<Figure>, Failure> {
    let mut figures = Vec::new();
    for engine in Engine::wanted(options) {
        figures.extend(files(&engine, options).await?);
    }
    Ok(figures)
}

async fn files(engine: &Engine, options: &Options) -> Result<[Figure; 2], Failure> {
    let config = engine.empty("periodic").await?;
    let context = Context::new(
        fixed::SteppingClock::new(Instant::from_micros(BEGIN), 1_000),
        fixed::SeededEntropy::new(5),
    );
    let mut tables = directory::tables();
    tables.extend(Registry::tables(&plan::declarations()));
    let store = Store::open(&config, tables, context).await?;
    let directory = Directory::open(store).await?;
    let system = Principal::system();
    directory
        .load_shipped(&system.actor("cli", Id::NIL))
        .await?;
    let calendar = WorkingCalendar::new(OfficeHours::default(), [])?;
    let plans = Plans::new(Registry::new(directory, plan::declarations(), calendar));
    let importing = Caller::new(system, "cli", Id::NIL);
    plans.import(&importing, "833.txt", DECISION).await?;
    let coordinator = Principal {
        account: Some(Id::from_digest([7; 16])),
        login: "dieuphoi".to_owned(),
        name: "dieuphoi".to_owned(),
        grants: [Grant::new(Role::Coordinator, province())].into(),
        demo: false,
        delegated: [].into(),
        compiled: directory::permission::Compiled::default(),
    };
    let by = Caller::new(coordinator, "page", Id::NIL);
    let period = Period::quarter(2023, 2)?;
    let report = plans.begin_periodic_report(&by, period).await?;
    let rows = |paper: &Paper| {
        paper
            .annexes
            .iter()
            .map(|annex| annex.rows.len())
            .sum::<usize>()
    };
    let (mut documents, mut papers) = (Times::default(), Times::default());
    let (mut listed, mut pages) = (0, 0);
    for _ in 0..options.scaled(20, 5) {
        let began = Stopwatch::now();
        let paper = plans.paper(&report).await?;
        let file = write_docx(
            Cursor::new(Vec::new()),
            &report.body.layout,
            &paper,
            &Marks::default(),
            Instant::from_micros(BEGIN),
        )?;
        documents.add(millis(began.elapsed()), file.into_inner().len());
        listed = rows(&paper);
        let began = Stopwatch::now();
        let paper = plans.paper(&report).await?;
        let layout = &report.body.layout;
        let data = [("report", print_data(layout, &paper, &Marks::default()))];
        let printed = print::pdf(
            &print::Paper {
                title: &print_title(layout, &paper),
                template: TEMPLATE,
                data: &data,
                verify: None,
                size: print::Size::A4,
                made: Some(Instant::from_micros(BEGIN)),
            },
            &print::Limits::default(),
        )?;
        papers.add(millis(began.elapsed()), printed.pdf.len());
        pages = printed.pages;
    }
    drop(plans);
    engine.discard("periodic").await?;
    let what = format!("periodic report of about 60 pages, {listed} rows in its annexes, as");
    Ok([
        documents.figure(engine, format!("{what} DOCX"), "< 2 s", MOST_MS),
        papers.figure(
            engine,
            format!("{what} PDF of {pages} pages"),
            "< 5 s",
            MOST_PDF_MS,
        ),
    ])
}

/// How long a file took each time, and how large it was.
#[derive(Default)]
struct Times {
    times: Vec<f64>,
    bytes: usize,
}

impl Times {
    fn add(&mut self, millis: f64, bytes: usize) {
        self.times.push(millis);
        self.bytes = bytes;
    }

    fn figure(&self, engine: &Engine, what: String, needed: &str, most: f64) -> Figure {
        let slowest = self.times.iter().copied().fold(0.0, f64::max);
        Figure {
            engine: engine.name(),
            what: format!("{what} ({} kB)", self.bytes / 1_000),
            peer: String::new(),
            theirs: String::new(),
            ours: format!("{:.0} ms, slowest {slowest:.0} ms", median(&self.times)),
            ratio: None,
            needed: needed.to_owned(),
            met: slowest < most,
        }
    }
}
