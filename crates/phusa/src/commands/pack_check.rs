//! `phusa pack check DIR… [--json]`: whether packs can run, and everything that is wrong with them.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use directory::permission::RoleBook;
use pack::folder::PackFolder;
use pack::{Outcome, Severity, Surroundings, check};
use serde_json::json;

use crate::arguments::leaf;
use crate::failure::Failure;
use crate::terminal;
use crate::words::Words;

pub(crate) fn command(words: Words) -> Command {
    leaf("check", "pack-check", words).args([
        Arg::new("folders")
            .value_name(words.t("help-folder-name"))
            .value_parser(value_parser!(PathBuf))
            .num_args(1..)
            .required(true)
            .help(words.t("help-pack-check-folders")),
        Arg::new("json")
            .long("json")
            .action(ArgAction::SetTrue)
            .help(words.t("help-import-json")),
    ])
}

/// Says what was found; the exit code is 1 if anything is wrong.
pub(crate) fn run(asked: &ArgMatches, words: Words) -> Result<ExitCode, Failure> {
    let outcome = check(&folders(asked)?, &surroundings()).try_templates(web::prints::tried);
    if asked.get_flag("json") {
        terminal::print(&as_json(&outcome, words))?;
    } else {
        terminal::print(&said(&outcome, words))?;
    }
    Ok(ExitCode::from(u8::from(!outcome.passes())))
}

/// The packs of the folders that were named, each once.
pub(crate) fn folders(asked: &ArgMatches) -> Result<Vec<PackFolder>, Failure> {
    let mut folders = Vec::new();
    for folder in asked.get_many::<PathBuf>("folders").into_iter().flatten() {
        let found = PackFolder::find(folder).map_err(|error| {
            Failure::new("failure-pack-folder")
                .with("folder", folder.display())
                .with("why", error)
        })?;
        for pack in found {
            if folders
                .iter()
                .all(|known: &PackFolder| known.path != pack.path)
            {
                folders.push(pack);
            }
        }
    }
    Ok(folders)
}

/// What packs find in this product.
pub(crate) fn surroundings() -> Surroundings {
    Surroundings {
        roles: RoleBook::shipped()
            .iter()
            .map(|role| role.code.clone())
            .collect(),
        calendars: ["vn".to_owned()].into(),
    }
}

fn counts(outcome: &Outcome) -> (usize, usize) {
    let is_error = |found: &&pack::Diagnostic| found.code.severity() == Severity::Error;
    let errors = outcome.findings.iter().filter(is_error).count();
    (errors, outcome.findings.len() - errors)
}

/// Everything that was found, as a compiler says it.
pub(crate) fn said(outcome: &Outcome, words: Words) -> String {
    let mut text = String::new();
    for found in &outcome.findings {
        text.push_str(&found.render(outcome.sources(), words.pages.lang));
        text.push('\n');
    }
    let (errors, warnings) = counts(outcome);
    let (packs, records, fields) = outcome.counts();
    let key = if outcome.passes() {
        "pack-check-fine"
    } else {
        "pack-check-wrong"
    };
    text.push_str(&words.t_args(
        key,
        &[
            ("packs", &packs),
            ("records", &records),
            ("fields", &fields),
            ("errors", &errors),
            ("warnings", &warnings),
        ],
    ));
    text
}

fn as_json(outcome: &Outcome, words: Words) -> String {
    let (errors, warnings) = counts(outcome);
    let (packs, records, fields) = outcome.counts();
    let findings: Vec<_> = outcome
        .findings
        .iter()
        .map(|found| found.to_json(outcome.sources(), words.pages.lang))
        .collect();
    let whole = json!({
        "passes": outcome.passes(),
        "packs": packs,
        "record_types": records,
        "fields": fields,
        "errors": errors,
        "warnings": warnings,
        "findings": findings,
    });
    format!("{whole:#}")
}
