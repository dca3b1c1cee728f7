//! `phusa pack diff [OLD] [NEW] [--json]`: what an edit of packs does to records that exist: of two
//! folders, or of a folder against what the database has applied.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Value, json};

use crate::applying::{Desk, Review};
use crate::arguments::leaf;
use crate::failure::Failure;
use crate::packs::{Packs, in_folder};
use crate::province;
use crate::settings::Settings;
use crate::terminal;
use crate::words::Words;

pub(crate) fn command(words: Words) -> Command {
    leaf("diff", "pack-diff", words).args([
        Arg::new("folders")
            .value_name(words.t("help-folder-name"))
            .value_parser(value_parser!(PathBuf))
            .num_args(0..=2)
            .help(words.t("help-pack-diff-folders")),
        Arg::new("json")
            .long("json")
            .action(ArgAction::SetTrue)
            .help(words.t("help-import-json")),
    ])
}

/// Says what changes; the exit code is 1 if anything would be lost.
pub(crate) async fn run(
    asked: &ArgMatches,
    settings: &Settings,
    words: Words,
) -> Result<ExitCode, Failure> {
    let folders: Vec<&PathBuf> = asked.get_many("folders").into_iter().flatten().collect();
    let review = match folders[..] {
        [old, new] => Review::of(Packs::of(&in_folder(old)?)?, Packs::of(&in_folder(new)?)?),
        _ => against_applied(settings, folders.first().copied()).await?,
    };
    if asked.get_flag("json") {
        terminal::print(&format!("{:#}", as_json(&review, words)))?;
    } else {
        terminal::print(&review.said(words))?;
    }
    Ok(ExitCode::from(u8::from(review.refused() > 0)))
}

async fn against_applied(settings: &Settings, folder: Option<&PathBuf>) -> Result<Review, Failure> {
    province::demand_data(settings)?;
    let desk = Desk::open(settings).await?;
    let applied = desk.applied()?;
    let later = match folder {
        None => Packs::on_disk(settings)?,
        Some(folder) => {
            let given = in_folder(folder)?;
            Packs::in_place_of(&applied.declared, applied.sequence, given)?
        }
    };
    desk.review(later).await
}

pub(super) fn as_json(review: &Review, words: Words) -> Value {
    let lang = words.pages.lang;
    let changes: Vec<Value> = review
        .each()
        .map(|(change, count)| change.to_json(review.texts(), count, lang))
        .collect();
    json!({
        "same": review.is_same(),
        "counted": review.counts.is_some(),
        "refused": review.refused() > 0,
        "changes": changes,
    })
}
