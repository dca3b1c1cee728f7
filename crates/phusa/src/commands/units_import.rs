//! `phusa units import`: reads a file of events, or of units that begin, says what it does, and
//! applies it whole or not at all.

use std::path::Path;
use std::process::ExitCode;

use clap::{ArgMatches, Command};
use directory::{DirectoryError, UnitImport, UnitPreview};
use serde::Serialize;
use vocab::FieldProblem;
use web::i18n::ToArg;

use super::units_words::fault;
use crate::arguments;
use crate::failure::Failure;
use crate::province::{self, Province};
use crate::settings::Settings;
use crate::terminal;
use crate::words::Words;

/// A file of events is small; anything larger was taken for one.
const LARGEST_BYTES: u64 = 16 << 20;

pub(crate) fn command(words: Words) -> Command {
    arguments::import("units-import", words)
}

pub(crate) async fn run(
    asked: &ArgMatches,
    settings: &Settings,
    words: Words,
) -> Result<ExitCode, Failure> {
    let path = arguments::file_in(asked);
    let text = read(&path)?;
    let name = path.file_name().map(|name| name.to_string_lossy());
    let name = name.unwrap_or_default();
    let opened = province::open_existing(settings).await?;
    let province = Province::over(opened).await?;
    let dry = asked.get_flag("dry-run");
    let done = if dry {
        province.directory.preview_unit_import(&name, &text).await
    } else {
        let caller = province.caller();
        let actor = caller.principal.actor(caller.via, caller.request);
        // Events speak of the units that ship, so these come first.
        province.directory.load_shipped(&actor).await?;
        province.directory.import_units(&actor, &name, &text).await
    };
    let json = asked.get_flag("json");
    match done {
        Ok(import) if json => as_json(&Told::of(&import, words), ExitCode::SUCCESS),
        Ok(import) => {
            terminal::print(&as_words(&import, dry, words))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(DirectoryError::Refused(problem)) if !problem.fields.is_empty() => {
            let rows = rows(&problem.fields, words);
            if json {
                return as_json(&Refused { refused: rows }, ExitCode::from(1));
            }
            let count: &dyn ToArg = &rows.len();
            let mut lines = vec![words.t_args("units-refused", &[("count", count)])];
            lines.extend(rows.iter().map(|row| row_line(row, words)));
            terminal::complain(&lines.join("\n"));
            Ok(ExitCode::from(1))
        }
        Err(error) => Err(error.into()),
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    let failed = |error: std::io::Error| {
        Failure::new("failure-file-unreadable")
            .with("file", path.display())
            .with("why", error)
    };
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > LARGEST_BYTES {
        return Err(Failure::new("units-file-too-large")
            .with("file", path.display())
            .with("limit", LARGEST_BYTES >> 20));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::new("failure-file-not-utf8").with("file", path.display()))
}

/// What is said about a line.
#[derive(Serialize)]
struct Row {
    line: u32,
    code: String,
    says: String,
}

#[derive(Serialize)]
struct Refused {
    refused: Vec<Row>,
}

#[derive(Serialize)]
struct Told<'a> {
    known: bool,
    rows: usize,
    events: usize,
    notes: Vec<Row>,
    preview: Option<&'a UnitPreview>,
}

impl<'a> Told<'a> {
    fn of(import: &'a UnitImport, words: Words) -> Self {
        Self {
            known: import.known,
            rows: import.rows,
            events: import.events,
            notes: notes(import, words),
            preview: import.preview.as_ref(),
        }
    }
}

fn as_json(told: &impl Serialize, code: ExitCode) -> Result<ExitCode, Failure> {
    let text = serde_json::to_string_pretty(told)
        .map_err(|error| Failure::new("failure-output").with("why", error))?;
    terminal::print(&text)?;
    Ok(code)
}

fn rows(faults: &[FieldProblem], words: Words) -> Vec<Row> {
    let row = |problem: &FieldProblem| Row {
        line: problem.field.parse().unwrap_or(1),
        code: problem.code.clone(),
        says: fault(problem, words),
    };
    let mut rows: Vec<Row> = faults.iter().map(row).collect();
    rows.sort_by_key(|row| row.line);
    rows
}

fn notes(import: &UnitImport, words: Words) -> Vec<Row> {
    let note = |note: &directory::RowNote| Row {
        line: note.line,
        code: note.note.code.clone(),
        says: fault(&note.note, words),
    };
    import.notes.iter().map(note).collect()
}

fn row_line(row: &Row, words: Words) -> String {
    let line = row.line.to_string();
    let place = words.t_args("import-lines", &[("lines", &line), ("count", &1_usize)]);
    format!("  {place}: {}", row.says)
}

fn as_words(import: &UnitImport, dry: bool, words: Words) -> String {
    if import.known {
        return words.t("units-known");
    }
    let read: [(&str, &dyn ToArg); 2] = [("rows", &import.rows), ("events", &import.events)];
    let mut lines = vec![words.t_args("units-read", &read)];
    if let Some(preview) = &import.preview {
        lines.extend(what_it_does(preview, words));
    }
    let notes = notes(import, words);
    if !notes.is_empty() {
        lines.push(String::new());
        lines.push(words.t_args("units-notes", &[("count", &notes.len())]));
        lines.extend(notes.iter().map(|row| row_line(row, words)));
    }
    lines.push(String::new());
    lines.push(words.t(if dry { "import-dry-run" } else { "units-kept" }));
    lines.join("\n")
}

fn what_it_does(preview: &UnitPreview, words: Words) -> Vec<String> {
    let counts: [(&str, &dyn ToArg); 3] = [
        ("appearing", &preview.appearing.len()),
        ("ending", &preview.ending.len()),
        ("changing", &preview.changing.len()),
    ];
    let mut lines = vec![
        words.t_args("units-counted", &counts),
        words.t_args("units-grants", &[("count", &preview.grants)]),
        words.t_args("units-people", &[("count", &preview.people)]),
    ];
    for affected in &preview.records {
        let key = if affected.or_more {
            "units-records-or-more"
        } else {
            "units-records"
        };
        let args: [(&str, &dyn ToArg); 2] =
            [("table", &affected.table), ("count", &affected.count)];
        lines.push(words.t_args(key, &args));
    }
    for unit in preview
        .appearing
        .iter()
        .filter(|unit| !unit.from.is_empty())
    {
        let from = unit.from.join(", ");
        let args: [(&str, &dyn ToArg); 2] = [("name", &unit.name), ("from", &from)];
        lines.push(words.t_args("units-appearing", &args));
    }
    lines
}
