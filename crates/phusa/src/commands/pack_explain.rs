//! `phusa pack explain CODE`: what a code of `pack check` means, with an example of wrong and right.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use pack::{Code, explain};

use crate::arguments::leaf;
use crate::failure::Failure;
use crate::terminal;
use crate::words::Words;

pub(crate) fn command(words: Words) -> Command {
    leaf("explain", "pack-explain", words).arg(
        Arg::new("code")
            .value_name(words.t("help-code-name"))
            .required(true)
            .help(words.t("help-pack-explain-code")),
    )
}

pub(crate) fn run(asked: &ArgMatches, words: Words) -> Result<ExitCode, Failure> {
    let given = asked.get_one::<String>("code").map_or("", String::as_str);
    let Some(code) = Code::lookup(given) else {
        let known: Vec<&str> = Code::ALL.iter().map(|code| code.number()).collect();
        return Err(Failure::new("failure-pack-code")
            .with("code", given)
            .with("known", known.join(", ")));
    };
    terminal::print(explain::page(code).render(words.pages.lang).trim_end())?;
    Ok(ExitCode::SUCCESS)
}
