//! `phusa units tree --on DATE`: the units of a day, indented under one another.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use directory::{Directory, UnitTree};
use jiff::civil::Date;
use vocab::Id;

use crate::arguments::leaf;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::words::Words;
use crate::{province, terminal};

pub(crate) fn command(words: Words) -> Command {
    leaf("tree", "units-tree", words).arg(
        Arg::new("on")
            .long("on")
            .value_name(words.t("help-date-name"))
            .value_parser(value_parser!(Date))
            .help(words.t("help-units-tree-on")),
    )
}

pub(crate) async fn run(asked: &ArgMatches, settings: &Settings) -> Result<ExitCode, Failure> {
    let directory = Directory::open(province::open_existing(settings).await?.store).await?;
    let tree = match asked.get_one::<Date>("on") {
        Some(day) => directory.units_on(*day).await?,
        None => directory.units().await?,
    };
    let mut lines = Vec::with_capacity(tree.len());
    for root in tree.roots() {
        branch(&tree, *root, 0, &mut lines);
    }
    terminal::print(&lines.join("\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn branch(tree: &UnitTree, id: Id, depth: usize, lines: &mut Vec<String>) {
    let Some(unit) = tree.get(id) else { return };
    let code = unit.area_code.as_deref();
    let code = code.map_or_else(String::new, |code| format!(" ({code})"));
    lines.push(format!("{}{}{code}", "  ".repeat(depth), unit.name));
    for child in tree.children(id) {
        branch(tree, *child, depth + 1, lines);
    }
}
