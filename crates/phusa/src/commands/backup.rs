//! `phusa backup`: everything in one file, made while the program serves.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::arguments::{self, leaf};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::words::Words;
use crate::{province, terminal};

pub(crate) fn command(words: Words) -> Command {
    leaf("backup", "backup", words).arg(arguments::file(words, "help-backup-file"))
}

pub(crate) async fn run(
    asked: &ArgMatches,
    settings: &Settings,
    words: Words,
) -> Result<ExitCode, Failure> {
    let path = arguments::file_in(asked);
    let store = province::open_existing(settings).await?.store;
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
