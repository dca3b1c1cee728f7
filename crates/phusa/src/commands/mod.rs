//! The subcommands, one file each: `command` says what may stand on its line, `run` does it.

mod access_explain;
mod audit_head;
mod audit_verify;
mod backup;
mod doctor;
mod pack_apply;
pub(crate) mod pack_check;
mod pack_diff;
mod pack_doc;
mod pack_explain;
mod pack_new;
mod pack_schema;
mod pack_test;
mod people_import;
mod plan_import;
mod restore;
mod serve;
mod token_create;
mod units_import;
mod units_tree;
mod units_undo;
mod units_words;

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::arguments::group;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::words::Words;

/// All of them, in the order that help shows them.
pub(crate) fn all(words: Words) -> Vec<Command> {
    let audit = [audit_verify::command(words), audit_head::command(words)];
    let packs = [
        pack_apply::command(words),
        pack_check::command(words),
        pack_diff::command(words),
        pack_doc::command(words),
        pack_explain::command(words),
        pack_new::command(words),
        pack_schema::command(words),
        pack_test::command(words),
    ];
    let units = [
        units_import::command(words),
        units_tree::command(words),
        units_undo::command(words),
    ];
    vec![
        serve::command(words),
        group("plan", words).subcommand(plan_import::command(words)),
        group("people", words).subcommand(people_import::command(words)),
        group("units", words).subcommands(units),
        group("pack", words).subcommands(packs),
        group("token", words).subcommand(token_create::command(words)),
        group("access", words).subcommand(access_explain::command(words)),
        group("audit", words).subcommands(audit),
        backup::command(words),
        restore::command(words),
        doctor::command(words),
    ]
}

/// Runs the one that was asked for.
pub(crate) async fn run(matches: &ArgMatches, words: Words) -> Result<ExitCode, Failure> {
    let settings = Settings::read()?;
    let Some((name, below)) = matches.subcommand() else {
        return Ok(ExitCode::from(2));
    };
    match (name, below.subcommand()) {
        ("serve", None) => serve::run(below, &settings, words).await,
        ("plan", Some(("import", asked))) => plan_import::run(asked, &settings, words).await,
        ("units", Some(("import", asked))) => units_import::run(asked, &settings, words).await,
        ("people", Some(("import", asked))) => people_import::run(asked, &settings, words).await,
        ("units", Some(("tree", asked))) => units_tree::run(asked, &settings).await,
        ("units", Some(("undo", asked))) => units_undo::run(asked, &settings, words).await,
        ("pack", Some(("apply", asked))) => pack_apply::run(asked, &settings, words).await,
        ("pack", Some(("diff", asked))) => pack_diff::run(asked, &settings, words).await,
        ("pack", Some(("check", asked))) => pack_check::run(asked, words),
        ("pack", Some(("doc", asked))) => pack_doc::run(asked, words),
        ("pack", Some(("explain", asked))) => pack_explain::run(asked, words),
        ("pack", Some(("new", asked))) => pack_new::run(asked, words),
        ("pack", Some(("schema", asked))) => pack_schema::run(asked),
        ("pack", Some(("test", asked))) => pack_test::run(asked, words).await,
        ("token", Some(("create", asked))) => token_create::run(asked, &settings).await,
        ("access", Some(("explain", asked))) => access_explain::run(asked, &settings, words).await,
        ("audit", Some(("verify", asked))) => audit_verify::run(asked, &settings, words).await,
        ("audit", Some(("head", _))) => audit_head::run(&settings).await,
        ("backup", None) => backup::run(below, &settings, words).await,
        ("restore", None) => restore::run(below, &settings, words).await,
        ("doctor", None) => doctor::run(&settings, words).await,
        // The parser lets nothing else through.
        _ => Ok(ExitCode::from(2)),
    }
}
