//! `phusa plan import`: reads the decision that issues a plan and says what does not add up.

use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use plan::import::{Finding, ParsedPlan, Severity, read_decision};
use serde::Serialize;

use crate::arguments::leaf;
use crate::failure::Failure;
use crate::terminal;
use crate::words::Words;

/// No decision is longer; a video taken for one is not read into memory.
const LARGEST_BYTES: u64 = 64 << 20;

pub(crate) fn command(words: Words) -> Command {
    leaf("import", "plan-import", words).args([
        Arg::new("file")
            .value_name(words.t("help-file-name"))
            .value_parser(value_parser!(PathBuf))
            .required(true)
            .help(words.t("help-plan-import-file")),
        Arg::new("dry-run")
            .long("dry-run")
            .action(ArgAction::SetTrue)
            .required(true)
            .help(words.t("help-plan-import-dry-run")),
        Arg::new("json")
            .long("json")
            .action(ArgAction::SetTrue)
            .help(words.t("help-plan-import-json")),
    ])
}

pub(crate) fn run(asked: &ArgMatches, words: Words) -> Result<ExitCode, Failure> {
    let path = asked
        .get_one::<PathBuf>("file")
        .cloned()
        .unwrap_or_default();
    let text = read(&path)?;
    let plan = read_decision(&text).map_err(|error| {
        Failure::new("failure-decision-unreadable")
            .with("file", path.display())
            .with("why", error)
    })?;
    if asked.get_flag("json") {
        terminal::print(&as_json(&plan)?)?;
    } else {
        terminal::print(&as_words(&plan, words))?;
        terminal::print(&words.t("import-dry-run"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The text of a file, or of the standard input for `-`.
fn read(path: &Path) -> Result<String, Failure> {
    let failed = |why: String| {
        Failure::new("failure-file-unreadable")
            .with("file", path.display())
            .with("why", why)
    };
    let mut bytes = Vec::new();
    let source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(path).map_err(|error| failed(error.to_string()))?)
    };
    source
        .take(LARGEST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| failed(error.to_string()))?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(Failure::new("failure-file-too-large")
            .with("file", path.display())
            .with("limit", LARGEST_BYTES >> 20));
    }
    String::from_utf8(bytes)
        .map_err(|_| Failure::new("failure-file-not-utf8").with("file", path.display()))
}

#[derive(Serialize)]
struct Counted<'a> {
    targets: usize,
    projects: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    plan: &'a ParsedPlan,
}

fn as_json(plan: &ParsedPlan) -> Result<String, Failure> {
    let counted = Counted {
        targets: plan.targets.len(),
        projects: plan.projects().count(),
        errors: of(plan, Severity::Error).count(),
        warnings: of(plan, Severity::Warning).count(),
        notes: of(plan, Severity::Note).count(),
        plan,
    };
    serde_json::to_string_pretty(&counted)
        .map_err(|error| Failure::new("failure-output").with("why", error))
}

fn of(plan: &ParsedPlan, severity: Severity) -> impl Iterator<Item = &Finding> {
    plan.findings
        .iter()
        .filter(move |finding| finding.severity == severity)
}

fn as_words(plan: &ParsedPlan, words: Words) -> String {
    let date = plan
        .facts
        .date
        .map(|date| words.pages.date(&date))
        .unwrap_or_default();
    let symbol = plan.facts.symbol.to_string();
    let mut text = words.t_args("import-read", &[("symbol", &symbol), ("date", &date)]);
    let counted = words.t_args(
        "import-counted",
        &[
            ("targets", &plan.targets.len()),
            ("projects", &plan.projects().count()),
            ("findings", &plan.findings.len()),
        ],
    );
    let _ = writeln!(text, "\n{counted}");
    let kinds = [
        (Severity::Error, "import-errors"),
        (Severity::Warning, "import-warnings"),
        (Severity::Note, "import-notes"),
    ];
    for (severity, key) in kinds {
        let count = of(plan, severity).count();
        if count > 0 {
            let _ = writeln!(text, "\n{}", words.t_args(key, &[("count", &count)]));
        }
        for finding in of(plan, severity) {
            let lines: Vec<String> = finding.lines.iter().map(u32::to_string).collect();
            let place = words.t_args(
                "import-lines",
                &[("lines", &lines.join(", ")), ("count", &lines.len())],
            );
            let _ = writeln!(text, "  {place}: {}", words.pages.finding(finding));
        }
    }
    text
}
