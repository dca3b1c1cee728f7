//! `phusa backup`: everything in one file, made while the program serves.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::arguments::leaf;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::words::Words;
use crate::{province, terminal};

pub(crate) fn command(words: Words) -> Command {
    leaf("backup", "backup", words).arg(file(words, "help-backup-file"))
}

/// The one argument of `backup` and `restore`.
pub(crate) fn file(words: Words, help: &str) -> Arg {
    Arg::new("file")
        .value_name(words.t("help-file-name"))
        .value_parser(value_parser!(PathBuf))
        .required(true)
        .help(words.t(help))
}

pub(crate) async fn run(
    asked: &ArgMatches,
    settings: &Settings,
    words: Words,
) -> Result<ExitCode, Failure> {
    let path = asked
        .get_one::<PathBuf>("file")
        .cloned()
        .unwrap_or_default();
    let store = province::open_existing(settings).await?;
    let report = store.backup(&path).await?;
    let rows: i64 = report.rows.values().sum();
    terminal::print(&words.t_args(
        "backup-made",
        &[
            ("file", &path.display().to_string()),
            ("size", &words.pages.file_size(report.bytes)),
            ("rows", &rows),
            ("files", &report.files),
        ],
    ))?;
    let head = serde_json::to_string(&report.head)
        .map_err(|error| Failure::new("failure-output").with("why", error))?;
    terminal::print(&words.t_args("backup-head", &[("head", &head)]))?;
    damaged(&report.damaged, words)
}

/// Names the files whose content is not there any more; without any, all is well.
pub(crate) fn damaged(digests: &[String], words: Words) -> Result<ExitCode, Failure> {
    if digests.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let said = words.t_args("backup-damaged", &[("count", &digests.len())]);
    terminal::print(&format!("{said}\n  {}", digests.join("\n  ")))?;
    Ok(ExitCode::from(1))
}
