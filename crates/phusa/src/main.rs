//! The program: one file in `commands` for each subcommand.
//!
//! Here, and only here, the system's clock and randomness come in ([`system`]) and settings
//! are read from the environment ([`settings`]). What a command does is done by the floors
//! below; a command reads arguments and says what happened, in Vietnamese or English.
//!
//! Exit codes: 0 fine, 1 refused or failed, 2 the command line was not understood.

mod applying;
mod arguments;
mod commands;
mod failure;
mod language;
mod logs;
mod packs;
mod province;
mod server;
mod settings;
mod store_words;
mod system;
mod terminal;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use failure::Failure;
use words::Words;

/// A request makes and drops some two hundred small things: this allocator hands them out in
/// half the time of the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let given: Vec<OsString> = std::env::args_os().collect();
    let words = Words::new(language::choose(&given, |name| std::env::var(name).ok()));
    let matches = match arguments::command(words).try_get_matches_from(&given) {
        Ok(matches) => matches,
        Err(error) => return arguments::answer(&error, words),
    };
    logs::start();
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new("failure-runtime").with("why", error))
        .and_then(|runtime| runtime.block_on(commands::run(&matches, words)));
    match done {
        Ok(code) => code,
        Err(failure) => {
            terminal::complain(&failure.say(words));
            ExitCode::from(1)
        }
    }
}
