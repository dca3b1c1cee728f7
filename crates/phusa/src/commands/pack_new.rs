//! `phusa pack new DIR`: a small pack to begin with, which checks.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use pack::starter;

use crate::arguments::leaf;
use crate::failure::Failure;
use crate::terminal;
use crate::words::Words;

pub(crate) fn command(words: Words) -> Command {
    leaf("new", "pack-new", words).arg(
        Arg::new("folder")
            .value_name(words.t("help-folder-name"))
            .value_parser(value_parser!(PathBuf))
            .required(true)
            .help(words.t("help-pack-new-folder")),
    )
}

pub(crate) fn run(asked: &ArgMatches, words: Words) -> Result<ExitCode, Failure> {
    let folder = asked
        .get_one::<PathBuf>("folder")
        .cloned()
        .unwrap_or_default();
    let id = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let id = id
        .filter(|id| is_id(id))
        .ok_or_else(|| Failure::new("failure-pack-name").with("folder", folder.display()))?;
    write(&folder, &id).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::new("failure-pack-exists").with("folder", folder.display())
        }
        _ => Failure::new("failure-pack-folder")
            .with("folder", folder.display())
            .with("why", error),
    })?;
    terminal::print(&words.t_args(
        "pack-new-made",
        &[("folder", &folder.display().to_string())],
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// The folder's name becomes the pack's id; roles of the pack begin with it.
fn is_id(name: &str) -> bool {
    name.len() <= 30
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Writes into a folder that is not there yet: nobody's work is written over.
fn write(folder: &Path, id: &str) -> io::Result<()> {
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::create_dir(folder)?;
    for (name, text) in starter::files(id) {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}
