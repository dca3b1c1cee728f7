//! What an account may do, in a tree of 20,000 units: compiled, asked and used for pages.

mod naive;
mod pages;
mod processes;
mod world;

use std::hint::black_box;
use std::time::Instant as Stopwatch;

use directory::permission::scope;
use directory::{Act, Directory, Grant, Principal, Role, Subject, may};
use vocab::Id;

use self::world::{DAY, account, coded, holder};
use crate::Failure;
use crate::dataset;
use crate::figure::{Figure, median, millis, per_second, rate};
use crate::options::Options;
use crate::place::Engine;

/// Compiling, point checks, the naive evaluator, pages and other processes.
pub(crate) async fn measure(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let directory = world::populated(engine).await?;
    let mut figures = Vec::new();
    for (who, role) in [
        ("an officer", Role::Officer),
        ("who sees a tree of 100 units", coded("sees_tree")?),
    ] {
        figures.extend(compiling(engine, options, &directory, who, role).await?);
    }
    figures.push(asking(engine, options, &directory).await?);
    figures.push(naive::agree(engine, options, &directory).await?);
    let (config, store) = dataset::kept(engine, options).await?;
    figures.extend(pages::measure(engine, options, &directory, &config, &store).await?);
    figures.push(processes::measure(engine, options, &directory).await?);
    engine.discard(world::PLACE).await?;
    Ok(figures)
}

/// The scope of a list, for accounts that nobody asked about yet and once more for the same.
async fn compiling(
    engine: &Engine,
    options: &Options,
    directory: &Directory,
    who: &str,
    role: Role,
) -> Result<Vec<Figure>, Failure> {
    let (mut cold, mut held) = (Vec::new(), Vec::new());
    let kind = if role == Role::Officer {
        "observation"
    } else {
        crate::records::TABLE
    };
    let state = (role == Role::Officer).then_some("submitted");
    for number in 0..options.scaled(2_000, 200) {
        let grants = vec![Grant::new(
            role,
            crate::units::numbered(number % crate::units::UPPER),
        )];
        let principal = holder(account(number), grants);
        for times in [&mut cold, &mut held] {
            let asked = principal.clone();
            let began = Stopwatch::now();
            let asked = directory.permitted_on(asked, DAY).await?;
            let reached = black_box(scope(&asked, Act::Read, kind, state));
            times.push(millis(began.elapsed()));
            if !reached.contains(crate::units::numbered(number % crate::units::UPPER)) {
                return Err("a role does not reach its own unit".into());
            }
        }
    }
    let figure = |how: &str, times: &[f64], below: f64, unit: &str, factor: f64| {
        let middle = median(times);
        Figure {
            engine: engine.name(),
            what: format!("scope of {who} in a tree of 20,000 units, {how}"),
            peer: String::new(),
            theirs: String::new(),
            ours: format!("{:.2} {unit}", middle * factor),
            ratio: None,
            needed: format!("< {below} {unit}"),
            met: middle * factor < below,
        }
    };
    Ok(vec![
        figure("compiled", &cold, 1.0, "ms", 1.0),
        figure("held in memory", &held, 5.0, "µs", 1_000.0),
    ])
}

/// One thing after the other, asked of somebody with ten grants.
async fn asking(
    engine: &Engine,
    options: &Options,
    directory: &Directory,
) -> Result<Figure, Failure> {
    let sees_tree = coded("sees_tree")?;
    let mut grants: Vec<Grant> = (0..8)
        .map(|number| Grant::new(sees_tree, crate::units::numbered(number * 20 + 1)))
        .collect();
    grants.push(Grant::new(Role::Officer, crate::units::numbered(3)));
    grants.push(Grant::new(Role::Head, crate::units::numbered(4)));
    let who: Principal = directory
        .permitted_on(holder(account(9_999), grants), DAY)
        .await?;
    let units: Vec<Id> = (0..20_000).step_by(7).map(crate::units::numbered).collect();
    let subjects: Vec<Subject<'_>> = units
        .iter()
        .enumerate()
        .map(|(place, unit)| Subject {
            kind: ["observation", crate::records::TABLE][place % 2],
            unit: *unit,
            state: "submitted",
            author: None,
        })
        .collect();
    let count = options.scaled(20_000_000, 1_000_000);
    let mut allowed = 0_usize;
    let began = Stopwatch::now();
    for subject in subjects.iter().cycle().take(count) {
        allowed += usize::from(may(black_box(&who), Act::Read, subject).is_allowed());
    }
    let checked = rate(count, began.elapsed());
    if allowed == 0 || allowed == count {
        return Err(format!("{allowed} of {count} checks say yes").into());
    }
    Ok(Figure {
        engine: engine.name(),
        what: "point checks of somebody with ten grants, one thread".to_owned(),
        peer: String::new(),
        theirs: String::new(),
        ours: per_second(checked),
        ratio: None,
        needed: "≥ 5,000,000/s".to_owned(),
        met: checked >= 5_000_000.0,
    })
}
