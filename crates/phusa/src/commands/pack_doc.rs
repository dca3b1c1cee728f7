//! `phusa pack doc DIR… [--html]`: the users' manuals of packs, made from their declarations.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use pack::check;
use registry::Systems;

use super::pack_check::{folders, said, surroundings};
use crate::arguments::leaf;
use crate::failure::Failure;
use crate::terminal;
use crate::words::Words;

pub(crate) fn command(words: Words) -> Command {
    leaf("doc", "pack-doc", words).args([
        Arg::new("folders")
            .value_name(words.t("help-folder-name"))
            .value_parser(value_parser!(PathBuf))
            .num_args(1..)
            .required(true)
            .help(words.t("help-pack-doc-folders")),
        Arg::new("html")
            .long("html")
            .action(ArgAction::SetTrue)
            .help(words.t("help-pack-doc-html")),
    ])
}

/// Prints the manuals one after another, in the language of the terminal.
pub(crate) fn run(asked: &ArgMatches, words: Words) -> Result<ExitCode, Failure> {
    let outcome = check(&folders(asked)?, &surroundings());
    if !outcome.passes() {
        terminal::print(&said(&outcome, words))?;
        return Ok(ExitCode::FAILURE);
    }
    let systems = Systems::load(outcome.into_catalog().unwrap_or_default());
    let systems =
        systems.map_err(|error| Failure::new("failure-pack-cannot-run").with("why", error))?;
    let lang = words.pages.lang;
    for pack in 0..systems.catalog().packs.len() {
        let manual = web::manual::of(&systems, pack, lang);
        let text = if asked.get_flag("html") {
            manual.html(lang)
        } else {
            manual.markdown()
        };
        terminal::print(text.trim_end())?;
    }
    Ok(ExitCode::SUCCESS)
}
