//! The command line: what may stand on it, its help in the reader's language, and what is said
//! when it is not understood.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::commands;
use crate::terminal;
use crate::words::Words;

/// The whole command line.
pub(crate) fn command(words: Words) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(words.t("help-help"))
        .global(true);
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help(words.t("help-version"));
    let lang = Arg::new("lang")
        .long("lang")
        .value_name("vi|en")
        .value_parser(["vi", "en"])
        .hide_possible_values(true)
        .help(words.t("help-lang"))
        .global(true);
    let root = group("phusa", words)
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .after_help(words.t("help-environment"))
        .args([lang, help, version])
        .subcommands(commands::all(words));
    localized(root, &[], words)
}

/// A command that only leads to others.
pub(crate) fn group(name: &'static str, words: Words) -> Command {
    Command::new(name)
        .about(words.t(&format!("help-{name}")))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_help_heading(words.t("help-commands"))
}

/// A command that does something: `help-NAME` says what.
pub(crate) fn leaf(name: &'static str, key: &str, words: Words) -> Command {
    Command::new(name).about(words.t(&format!("help-{key}")))
}

/// A command that reads a file and keeps what it says, or only tells what it would keep:
/// `FILE`, `--dry-run`, `--json`. `help-NAME-file` and `help-NAME-dry-run` say more.
pub(crate) fn import(key: &str, words: Words) -> Command {
    let flag = |name: &'static str, help: String| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(words.t(&help))
    };
    leaf("import", key, words).args([
        file(words, &format!("help-{key}-file")),
        flag("dry-run", format!("help-{key}-dry-run")),
        flag("json", "help-import-json".to_owned()),
    ])
}

/// The file that a command reads or writes.
pub(crate) fn file(words: Words, help: &str) -> Arg {
    Arg::new("file")
        .value_name(words.t("help-file-name"))
        .value_parser(value_parser!(PathBuf))
        .required(true)
        .help(words.t(help))
}

/// The file that was named.
pub(crate) fn file_in(asked: &ArgMatches) -> PathBuf {
    asked
        .get_one::<PathBuf>("file")
        .cloned()
        .unwrap_or_default()
}

/// Puts clap's own words into the reader's language, from here down.
fn localized(command: Command, above: &[String], words: Words) -> Command {
    let mut path = above.to_vec();
    path.push(command.get_name().to_owned());
    let usage = usage_of(&command, &path.join(" "), words);
    let heading = words.t("help-usage");
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{heading} {{usage}}\n\n{{all-args}}{{after-help}}"
    );
    let options = words.t("help-options");
    let arguments = words.t("help-arguments");
    command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .help_template(template)
        .override_usage(usage)
        .mut_args(|argument| {
            let heading = if argument.is_positional() {
                arguments.clone()
            } else {
                options.clone()
            };
            argument.help_heading(heading)
        })
        .mut_subcommands(|below| localized(below, &path, words))
}

/// `phusa plan import <FILE> [--json]`: what may stand there, without what every command takes.
fn usage_of(command: &Command, path: &str, words: Words) -> String {
    let mut usage = vec![path.to_owned()];
    for argument in command
        .get_arguments()
        .filter(|known| !known.is_global_set())
    {
        let name = argument.get_value_names().map_or("", |names| &names[0]);
        let shown = match argument.get_long() {
            Some("version") => continue,
            Some(long) if argument.get_action().takes_values() => format!("--{long} <{name}>"),
            Some(long) => format!("--{long}"),
            None => format!("<{name}>"),
        };
        usage.push(if argument.is_required_set() {
            shown
        } else {
            format!("[{shown}]")
        });
    }
    if command.has_subcommands() {
        usage.push(format!("<{}>", words.t("help-command-name")));
    }
    usage.join(" ")
}

/// Prints help where it was asked for, and otherwise says what was not understood.
pub(crate) fn answer(error: &clap::Error, words: Words) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = error.render().to_string();
            match terminal::print(text.trim_end()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(_) => ExitCode::from(1),
            }
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // Where not even that can be written, the exit code says it.
            let _ = error.print();
            ExitCode::from(2)
        }
        _ => {
            terminal::complain(&not_understood(error, words));
            ExitCode::from(2)
        }
    }
}

fn not_understood(error: &clap::Error, words: Words) -> String {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let command = context(ContextKind::InvalidSubcommand);
    let (key, about) = match error.kind() {
        ErrorKind::InvalidSubcommand => ("usage-unknown-command", &command),
        ErrorKind::UnknownArgument => ("usage-unknown-argument", &argument),
        ErrorKind::MissingRequiredArgument => ("usage-missing", &argument),
        ErrorKind::ArgumentConflict => ("usage-twice", &argument),
        ErrorKind::InvalidValue if value.is_empty() => ("usage-no-value", &argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => ("usage-wrong-value", &argument),
        _ => ("usage-not-understood", &argument),
    };
    let allowed = context(ContextKind::ValidValue);
    let sentence = words.t_args(
        key,
        &[("about", about), ("value", &value), ("allowed", &allowed)],
    );
    format!("{sentence}\n{}", words.t("usage-see-help"))
}
