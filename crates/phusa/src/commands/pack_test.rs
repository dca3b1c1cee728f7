//! `phusa pack test DIR… [--json]`: plays the scenarios of packs, each in an empty province of its
//! own, by the engine that runs them, at the time that they say.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use directory::{Directory, Principal};
use jiff::civil::Date;
use pack::catalog::Told;
use pack::check;
use pack::declaration::Scenario;
use registry::system::scenario::{Mismatch, Player};
use registry::{Registry, Systems};
use serde_json::{Value, json};
use store::{Config, Store};
use vocab::context::fixed::{SeededEntropy, SteppingClock};
use vocab::{Context, Id, Instant};

use super::pack_check::{folders, said, surroundings};
use crate::arguments::leaf;
use crate::failure::Failure;
use crate::province::calendar;
use crate::terminal;
use crate::words::Words;

/// How far the clock moves each time it is read.
const TICK_MICROS: i64 = 1_000;

pub(crate) fn command(words: Words) -> Command {
    leaf("test", "pack-test", words).args([
        Arg::new("folders")
            .value_name(words.t("help-folder-name"))
            .value_parser(value_parser!(PathBuf))
            .num_args(1..)
            .required(true)
            .help(words.t("help-pack-test-folders")),
        Arg::new("json")
            .long("json")
            .action(ArgAction::SetTrue)
            .help(words.t("help-import-json")),
    ])
}

/// A scenario that was played.
struct Played {
    path: String,
    line: usize,
    title: String,
    mismatches: Vec<(String, usize, usize, Mismatch)>,
}

/// Says what is not as the scenarios say; the exit code is 1 if anything is.
pub(crate) async fn run(asked: &ArgMatches, words: Words) -> Result<ExitCode, Failure> {
    let outcome = check(&folders(asked)?, &surroundings());
    if !outcome.passes() {
        terminal::print(&said(&outcome, words))?;
        return Ok(ExitCode::FAILURE);
    }
    let catalog = outcome.into_catalog().unwrap_or_default();
    let systems = Systems::load(catalog);
    let systems = Arc::new(
        systems.map_err(|error| Failure::new("failure-pack-cannot-run").with("why", error))?,
    );
    let mut played = Vec::new();
    for (pack, declared) in systems.catalog().packs.iter().enumerate() {
        for file in &declared.tests {
            for scenario in &file.declared.scenarios {
                played.push(play(&systems, pack, file, scenario).await?);
            }
        }
    }
    let failed = played.iter().filter(|one| !one.mismatches.is_empty());
    let failed = failed.count();
    if asked.get_flag("json") {
        terminal::print(&as_json(&played, failed))?;
    } else {
        terminal::print(&told(&played, failed, words))?;
    }
    Ok(ExitCode::from(u8::from(failed > 0)))
}

/// Plays a scenario in an empty province, which goes away with it.
async fn play(
    systems: &Arc<Systems>,
    pack: usize,
    file: &Told,
    scenario: &Scenario,
) -> Result<Played, Failure> {
    let folder = tempfile::tempdir()
        .map_err(|error| Failure::new("failure-temporary-folder").with("why", error))?;
    let clock = SteppingClock::new(morning(*scenario.on), TICK_MICROS);
    let context = Context::new(clock.clone(), SeededEntropy::new(1));
    let mut tables = directory::tables();
    tables.extend(Registry::tables(&systems.declarations()));
    let config = Config::embedded(folder.path().to_owned());
    let store = Store::open(&config, tables, context).await?;
    let directory = Directory::open(store).await?;
    let system = Principal::system();
    directory
        .load_shipped(&system.actor("cli", Id::NIL))
        .await?;
    let registry = Registry::with_systems(directory, Vec::new(), systems.clone(), calendar()?);
    let set_day = |day: Date| clock.set(morning(day));
    let player = Player::new(&registry, pack, &file.declared, &set_day);
    let mismatches = player.play(scenario).await;
    let mismatches =
        mismatches.map_err(|error| Failure::new("failure-scenario").with("why", error))?;
    let sources = &systems.catalog().sources;
    let place = |span: pack::source::Span| {
        let source = sources.get(span.file);
        let (line, column) = source.map_or((1, 1), |file| file.position(span.start as usize));
        let path = source.map_or_else(String::new, |file| file.path.display().to_string());
        (path, line, column)
    };
    let (path, line, _) = place(scenario.span);
    Ok(Played {
        path,
        line,
        title: scenario.title.text.clone(),
        mismatches: mismatches
            .into_iter()
            .map(|one| {
                let (path, line, column) = place(one.span);
                (path, line, column, one)
            })
            .collect(),
    })
}

/// Eight in the morning in Viet Nam.
fn morning(day: Date) -> Instant {
    Instant::from_vietnam(day.at(8, 0, 0, 0))
}

fn told(played: &[Played], failed: usize, words: Words) -> String {
    let mut lines = Vec::new();
    for one in played.iter().filter(|one| !one.mismatches.is_empty()) {
        for (path, line, column, mismatch) in &one.mismatches {
            lines.push(format!(
                "{path}:{line}:{column}: {} – {}",
                one.title, mismatch.what
            ));
            lines.push(words.t_args(
                "pack-test-expected",
                &[
                    ("expected", &mismatch.expected),
                    ("actual", &mismatch.actual),
                ],
            ));
        }
    }
    let key = if failed == 0 {
        "pack-test-fine"
    } else {
        "pack-test-wrong"
    };
    lines.push(words.t_args(key, &[("count", &played.len()), ("failed", &failed)]));
    lines.join("\n")
}

fn as_json(played: &[Played], failed: usize) -> String {
    let scenarios: Vec<Value> = played
        .iter()
        .map(|one| {
            let mismatches: Vec<Value> = one
                .mismatches
                .iter()
                .map(|(path, line, column, mismatch)| {
                    json!({
                        "path": path, "line": line, "column": column, "what": mismatch.what,
                        "expected": mismatch.expected, "actual": mismatch.actual,
                    })
                })
                .collect();
            json!({
                "path": one.path, "line": one.line, "title": one.title,
                "passes": mismatches.is_empty(), "mismatches": mismatches,
            })
        })
        .collect();
    let whole = json!({
        "passes": failed == 0, "scenarios": scenarios, "count": played.len(), "failed": failed,
    });
    format!("{whole:#}")
}
