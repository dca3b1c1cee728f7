//! `phusa plan import`: reads the decision that issues a plan, says what does not add up, and
//! keeps it.

mod difference;
mod json;

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use clap::{ArgMatches, Command};
use plan::import::{Finding, ParsedPlan, ReadDecision, Severity, read_file};
use plan::{Comparison, Difference, ImportReport};
use web::i18n::ToArg;

use crate::arguments;
use crate::failure::Failure;
use crate::province::{self, Province};
use crate::settings::Settings;
use crate::terminal;
use crate::words::Words;

/// No decision is longer; a video taken for one is not read into memory.
const LARGEST_BYTES: u64 = 64 << 20;
/// What the source is called that came through the standard input.
const UNNAMED: &str = "decision.txt";

pub(crate) fn command(words: Words) -> Command {
    arguments::import("plan-import", words)
}

pub(crate) async fn run(
    asked: &ArgMatches,
    settings: &Settings,
    words: Words,
) -> Result<ExitCode, Failure> {
    let path = arguments::file_in(asked);
    let bytes = read(&path)?;
    let kept = settings.holds_data();
    let compared = if kept {
        Some(compare(settings, &bytes).await?)
    } else {
        None
    };
    let (decision, difference) = match compared {
        Some(compared) => (compared.read, Some(compared.difference)),
        None => (read_file(&bytes)?, None),
    };
    let done = if asked.get_flag("dry-run") {
        None
    } else {
        Some(keep(settings, &path, &bytes).await?)
    };
    terminal::print(&if asked.get_flag("json") {
        json::write(&decision, difference.as_ref(), done.as_ref())?
    } else {
        as_words(&decision, difference.as_ref(), done.as_ref(), words)
    })?;
    Ok(ExitCode::SUCCESS)
}

/// What importing a file would change of what this province keeps.
async fn compare(settings: &Settings, bytes: &[u8]) -> Result<Comparison, Failure> {
    let opened = province::open_existing(settings).await?;
    let province = Province::over(opened).await?;
    Ok(province.plans.compare(bytes).await?)
}

async fn keep(settings: &Settings, path: &Path, bytes: &[u8]) -> Result<ImportReport, Failure> {
    let opened = province::open_existing(settings).await?;
    let province = Province::over(opened).await?;
    let caller = province.caller();
    // Names of bodies mean units, so these come first.
    let actor = caller.principal.actor(caller.via, caller.request);
    province.directory.load_shipped(&actor).await?;
    let name = path.file_name().map(|name| name.to_string_lossy());
    let name = name.as_deref().filter(|name| *name != "-");
    let report = province
        .plans
        .import(&caller, name.unwrap_or(UNNAMED), bytes)
        .await?;
    Ok(report)
}

/// What a file holds, or the standard input for `-`.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |why: String| {
        Failure::new("failure-file-unreadable")
            .with("file", path.display())
            .with("why", why)
    };
    let mut bytes = Vec::new();
    let source: Box<dyn std::io::Read> = if path == Path::new("-") {
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
    Ok(bytes)
}

fn of(plan: &ParsedPlan, severity: Severity) -> impl Iterator<Item = &Finding> {
    plan.findings
        .iter()
        .filter(move |finding| finding.severity == severity)
}

fn as_words(
    read: &ReadDecision,
    difference: Option<&Difference>,
    done: Option<&ImportReport>,
    words: Words,
) -> String {
    let plan = &read.plan;
    let date = plan
        .facts
        .date
        .map(|date| words.pages.date(&date))
        .unwrap_or_default();
    let symbol = plan.facts.symbol.to_string();
    let counts: [(&str, &dyn ToArg); 3] = [
        ("targets", &plan.targets.len()),
        ("projects", &plan.projects().count()),
        ("findings", &plan.findings.len()),
    ];
    let also: [(&str, &dyn ToArg); 3] = [
        ("duties", &plan.duties.len()),
        ("baselines", &plan.baselines.len()),
        ("unused", &plan.unused_lines.len()),
    ];
    let mut lines = vec![
        words.t_args("import-read", &[("symbol", &symbol), ("date", &date)]),
        words.t_args("import-counted", &counts),
        words.t_args("import-also", &also),
    ];
    let kinds = [
        (Severity::Error, "import-errors"),
        (Severity::Warning, "import-warnings"),
        (Severity::Note, "import-notes"),
    ];
    for (severity, key) in kinds {
        let found: Vec<String> = of(plan, severity)
            .map(|finding| line(finding, words))
            .collect();
        if !found.is_empty() {
            lines.push(String::new());
            lines.push(words.t_args(key, &[("count", &found.len())]));
            lines.extend(found);
        }
    }
    if let Some(difference) = difference.filter(|own| own.kept) {
        lines.push(String::new());
        lines.extend(difference::told(difference, words));
    }
    lines.push(String::new());
    lines.push(outcome(done, words));
    lines.join("\n")
}

fn line(finding: &Finding, words: Words) -> String {
    let lines: Vec<String> = finding.lines.iter().map(u32::to_string).collect();
    let place = words.t_args(
        "import-lines",
        &[("lines", &lines.join(", ")), ("count", &lines.len())],
    );
    format!("  {place}: {}", words.pages.finding(&finding.into()))
}

fn outcome(done: Option<&ImportReport>, words: Words) -> String {
    match done {
        None => words.t("import-dry-run"),
        Some(report) if report.known => words.t("import-known"),
        Some(report) => words.t_args(
            "import-kept",
            &[
                ("created", &report.created),
                ("changed", &report.changed),
                ("indicators", &report.indicators),
            ],
        ),
    }
}
