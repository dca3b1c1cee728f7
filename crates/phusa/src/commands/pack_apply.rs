//! `phusa pack apply [DIR…] [--resume]`: has packs run from now on, and brings the records to them.

use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Value, json};

use super::pack_check::folders;
use super::pack_diff;
use crate::applying::{Desk, Ended};
use crate::arguments::leaf;
use crate::failure::Failure;
use crate::packs::Packs;
use crate::province;
use crate::settings::Settings;
use crate::terminal;
use crate::words::Words;

pub(crate) fn command(words: Words) -> Command {
    let flag = |name: &'static str, help: &str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(words.t(help))
    };
    leaf("apply", "pack-apply", words).args([
        Arg::new("folders")
            .value_name(words.t("help-folder-name"))
            .value_parser(value_parser!(std::path::PathBuf))
            .num_args(0..)
            .conflicts_with("resume")
            .help(words.t("help-pack-apply-folders")),
        flag("resume", "help-pack-apply-resume"),
        flag("json", "help-import-json"),
    ])
}

/// Applies them and says what was done; the exit code is 1 if they cannot be.
pub(crate) async fn run(
    asked: &ArgMatches,
    settings: &Settings,
    words: Words,
) -> Result<ExitCode, Failure> {
    province::demand_data(settings)?;
    let desk = Desk::open(settings).await?;
    let given = folders(asked)?;
    let later = if asked.get_flag("resume") {
        let applied = desk.applied()?;
        let pending = applied.pending.as_ref();
        let pending = pending.ok_or_else(|| Failure::new("failure-packs-nothing-pending"))?;
        Packs::kept(pending, applied.sequence + 1)?
    } else if given.is_empty() {
        Packs::on_disk(settings)?
    } else {
        match &desk.known.applied {
            Some(applied) => Packs::in_place_of(&applied.declared, applied.sequence, given)?,
            None => Packs::of(&given)?,
        }
    };
    let ended = desk.apply(later, true, words).await?;
    arrange(settings, words).await?;
    let (review, mut told) = match &ended {
        Ended::First => (None, words.t("pack-apply-first")),
        Ended::Same(sequence) => {
            let number: [(&str, &dyn web::i18n::ToArg); 1] = [("sequence", sequence)];
            (None, words.t_args("pack-apply-same", &number))
        }
        Ended::Applied {
            review,
            sequence,
            records,
        } => {
            let done = words.t_args(
                "pack-apply-done",
                &[("sequence", sequence), ("records", records)],
            );
            (Some(review), done)
        }
        Ended::Refused(review) | Ended::Awaits(review) => {
            (Some(review), words.t("pack-apply-refused"))
        }
    };
    let refused = matches!(ended, Ended::Refused(_) | Ended::Awaits(_));
    if asked.get_flag("json") {
        let mut whole = review.map_or_else(
            || json!({ "changes": [] }),
            |review| pack_diff::as_json(review, words),
        );
        whole["applied"] = Value::Bool(!refused);
        if let Ended::Applied {
            sequence, records, ..
        } = &ended
        {
            whole["sequence"] = json!(sequence);
            whole["rewritten"] = json!(records);
        }
        told = format!("{whole:#}");
    } else if let Some(review) = review {
        told = format!("{}\n{told}", review.said(words));
    }
    terminal::print(&told)?;
    Ok(ExitCode::from(u8::from(refused)))
}

/// Brings what lists go by up to date, as far as an application left that to be done. A server that
/// runs meanwhile goes on with it if this is cut off.
async fn arrange(settings: &Settings, words: Words) -> Result<(), Failure> {
    let registry = province::open(settings).await?.registry().await?;
    let caller = province::caller(&registry);
    let mut count = 0;
    loop {
        let round = registry.arrange_some(&caller).await?;
        count += round.records;
        if round.records > 0 {
            terminal::complain(&words.t_args("pack-apply-arranged", &[("count", &count)]));
        }
        if round.is_done {
            return Ok(());
        }
    }
}
