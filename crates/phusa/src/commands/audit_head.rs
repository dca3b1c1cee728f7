//! `phusa audit head`: seals what is there and prints the head of the chain, to be kept elsewhere.

use std::process::ExitCode;

use clap::Command;

use crate::arguments::leaf;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::words::Words;
use crate::{province, terminal};

pub(crate) fn command(words: Words) -> Command {
    leaf("head", "audit-head", words)
}

pub(crate) async fn run(settings: &Settings) -> Result<ExitCode, Failure> {
    let store = province::open_existing(settings).await?.store;
    let head = store.seal().await?;
    let text = serde_json::to_string(&head)
        .map_err(|error| Failure::new("failure-output").with("why", error))?;
    terminal::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
