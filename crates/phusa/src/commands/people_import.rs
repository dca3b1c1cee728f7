//! `phusa people import`: reads a list of people and their positions, says what becomes of each
//! row, and gives the rows that were refused back in the same layout.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use directory::{ImportOptions, ImportOutcome, ImportedRow, PeopleImport, RowProblem};
use office::{Table, Value};
use web::i18n::ToArg;

use crate::arguments;
use crate::failure::Failure;
use crate::province::{self, Province};
use crate::settings::Settings;
use crate::terminal;
use crate::words::Words;

/// A larger file was taken for a list of people.
const LARGEST_BYTES: u64 = 16 << 20;

pub(crate) fn command(words: Words) -> Command {
    let all = Arg::new("all-or-nothing")
        .long("all-or-nothing")
        .action(ArgAction::SetTrue)
        .help(words.t("help-people-import-all-or-nothing"));
    let failed = Arg::new("failed")
        .long("failed")
        .value_name(words.t("help-file-name"))
        .value_parser(value_parser!(PathBuf))
        .help(words.t("help-people-import-failed"));
    arguments::import("people-import", words).args([all, failed])
}

pub(crate) async fn run(
    asked: &ArgMatches,
    settings: &Settings,
    words: Words,
) -> Result<ExitCode, Failure> {
    let table = read(&arguments::file_in(asked))?;
    let opened = province::open_existing(settings).await?;
    let province = Province::over(opened).await?;
    let caller = province.caller();
    let actor = caller.principal.actor(caller.via, caller.request);
    let options = ImportOptions {
        dry_run: asked.get_flag("dry-run"),
        all_or_nothing: asked.get_flag("all-or-nothing"),
        demo: false,
    };
    let report = province
        .directory
        .import_people(&actor, &table, options)
        .await?;
    if let Some(path) = asked.get_one::<PathBuf>("failed") {
        give_back(path, &report, words)?;
    }
    if asked.get_flag("json") {
        let text = serde_json::to_string_pretty(&report)
            .map_err(|error| Failure::new("failure-output").with("why", error))?;
        terminal::print(&text)?;
    } else {
        terminal::print(&told(&report, options, words))?;
    }
    Ok(if report.refused() == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

fn read(path: &Path) -> Result<Table, Failure> {
    let failed = |error: std::io::Error| {
        Failure::new("failure-file-unreadable")
            .with("file", path.display())
            .with("why", error)
    };
    if std::fs::metadata(path).map_err(failed)?.len() > LARGEST_BYTES {
        return Err(Failure::new("people-file-too-large")
            .with("file", path.display())
            .with("limit", LARGEST_BYTES >> 20));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    let unreadable = |error: String| {
        Failure::new("people-file-unreadable")
            .with("file", path.display())
            .with("why", error)
    };
    if bytes.starts_with(b"PK") {
        return office::xlsx_in::read(&bytes).map_err(|error| unreadable(error.to_string()));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::new("failure-file-not-utf8").with("file", path.display()))?;
    office::csv::read(&text).map_err(|error| unreadable(error.to_string()))
}

/// Writes the rows that were refused, for correcting and taking in again.
fn give_back(path: &Path, report: &PeopleImport, words: Words) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::new("people-failed-not-written")
            .with("file", path.display())
            .with("why", error)
    };
    let rows = report.failed(&words.t("people-why"), |problems| says(problems, words));
    let file = std::fs::File::create(path).map_err(failed)?;
    let mut out = office::csv::Writer::new(file).map_err(failed)?;
    for row in &rows {
        out.row(row.iter().map(|cell| Value::Text(cell)))
            .map_err(failed)?;
    }
    out.finish().map_err(failed)?;
    Ok(())
}

fn says(problems: &[RowProblem], words: Words) -> String {
    let all: Vec<String> = problems.iter().map(|problem| say(problem, words)).collect();
    all.join(" ")
}

/// The column, what stands there, and what is wrong with it.
fn say(problem: &RowProblem, words: Words) -> String {
    let args: Vec<(&str, &dyn ToArg)> = problem
        .args
        .iter()
        .map(|(name, value)| (name.as_str(), value as &dyn ToArg))
        .chain([("most", &200_usize as &dyn ToArg)])
        .collect();
    let key = format!("problem-{}", problem.code);
    let wrong = words
        .lookup(&key, &args)
        .unwrap_or_else(|| words.t("people-row-refused"));
    if problem.value.is_empty() {
        format!("{}: {wrong}", problem.column)
    } else {
        format!("{} “{}”: {wrong}", problem.column, problem.value)
    }
}

fn told(report: &PeopleImport, options: ImportOptions, words: Words) -> String {
    let count = |outcome: &ImportOutcome| report.count(|other| other == outcome);
    let counts: [(&str, &dyn ToArg); 5] = [
        ("rows", &report.rows.len()),
        ("added", &count(&ImportOutcome::Added)),
        ("changed", &count(&ImportOutcome::Changed)),
        ("unchanged", &count(&ImportOutcome::Unchanged)),
        ("refused", &report.refused()),
    ];
    let mut lines = vec![words.t_args("people-counted", &counts)];
    for ImportedRow { line, outcome, .. } in &report.rows {
        if let ImportOutcome::Refused(problems) = outcome {
            let line = line.to_string();
            let place = words.t_args("import-lines", &[("lines", &line), ("count", &1_usize)]);
            lines.push(format!("  {place}: {}", says(problems, words)));
        }
    }
    lines.push(words.t(match (options.dry_run, report.written) {
        (true, _) => "import-dry-run",
        (false, true) => "people-kept",
        (false, false) => "people-nothing-kept",
    }));
    lines.join("\n")
}
