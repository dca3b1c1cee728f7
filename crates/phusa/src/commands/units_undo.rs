//! `phusa units undo EVENT`: undoes a rearrangement, or one event, that nothing builds on.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use directory::{Directory, EventState, Principal};
use vocab::Id;

use crate::arguments::leaf;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::words::Words;
use crate::{province, terminal};

pub(crate) fn command(words: Words) -> Command {
    leaf("undo", "units-undo", words).arg(
        Arg::new("event")
            .value_name(words.t("help-id-name"))
            .value_parser(value_parser!(Id))
            .required(true)
            .help(words.t("help-units-undo-event")),
    )
}

pub(crate) async fn run(
    asked: &ArgMatches,
    settings: &Settings,
    words: Words,
) -> Result<ExitCode, Failure> {
    let meant = asked.get_one::<Id>("event").copied().unwrap_or_default();
    let store = province::open_existing(settings).await?.store;
    let actor = Principal::system().actor("cli", store.context().new_id());
    let directory = Directory::open(store).await?;
    let events = directory.unit_events().await?;
    let held = |event: &&directory::RecordedEvent| event.state == EventState::Applied;
    let together = events.iter().filter(held);
    let together = together
        .filter(|event| event.rearrangement == meant)
        .count();
    let undone = if together > 0 {
        directory.undo_rearrangement(&actor, meant).await?;
        together
    } else {
        directory.undo_events(&actor, &[meant]).await?;
        1
    };
    terminal::print(&words.t_args("units-undone", &[("count", &undone)]))?;
    Ok(ExitCode::SUCCESS)
}
