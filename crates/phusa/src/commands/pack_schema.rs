//! `phusa pack schema KIND`: the JSON Schema of a kind of file, for editors.

use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};
use pack::schema::{SchemaOf, schema};

use crate::arguments::leaf;
use crate::failure::Failure;
use crate::terminal;
use crate::words::Words;

pub(crate) fn command(words: Words) -> Command {
    leaf("schema", "pack-schema", words).arg(
        Arg::new("kind")
            .value_name("pack|record")
            .value_parser(PossibleValuesParser::new(["pack", "record"]))
            .hide_possible_values(true)
            .required(true)
            .help(words.t("help-pack-schema-kind")),
    )
}

pub(crate) fn run(asked: &ArgMatches) -> Result<ExitCode, Failure> {
    let of = match asked.get_one::<String>("kind").map(String::as_str) {
        Some("pack") => SchemaOf::Pack,
        _ => SchemaOf::Record,
    };
    terminal::print(&format!("{:#}", schema(of)))?;
    Ok(ExitCode::SUCCESS)
}
