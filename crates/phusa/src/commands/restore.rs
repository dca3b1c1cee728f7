//! `phusa restore`: a backup into an empty place, checked whole before it is called restored.

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use store::Store;

use super::{audit_verify, backup};
use crate::arguments::{self, leaf};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::words::Words;
use crate::{province, system, terminal};

pub(crate) fn command(words: Words) -> Command {
    leaf("restore", "restore", words).arg(arguments::file(words, "help-restore-file"))
}

pub(crate) async fn run(
    asked: &ArgMatches,
    settings: &Settings,
    words: Words,
) -> Result<ExitCode, Failure> {
    let path = arguments::file_in(asked);
    if settings.database_url.is_none() && settings.holds_data() {
        return Err(Failure::new("failure-not-empty").with("folder", settings.data.display()));
    }
    province::check_writable(settings)?;
    let config = settings.store();
    let report = Store::restore(
        &config,
        &path,
        province::tables(settings)?,
        system::context()?,
    )
    .await?;
    let rows: i64 = report.rows.values().sum();
    terminal::print(&words.t_args(
        "restore-done",
        &[
            ("file", &path.display().to_string()),
            ("folder", &settings.data.display().to_string()),
            ("rows", &rows),
            ("files", &report.files),
        ],
    ))?;
    terminal::print(&audit_verify::said(&report.audit, true, words))?;
    let damaged = backup::damaged(&report.damaged, words)?;
    if report.audit.findings.is_empty() {
        terminal::print(&words.t("restore-next"))?;
        return Ok(damaged);
    }
    Ok(ExitCode::from(1))
}
