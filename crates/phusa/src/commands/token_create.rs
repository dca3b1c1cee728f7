//! `phusa token create`: a token with which a program acts for an account.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use directory::{Directory, Principal};

use crate::arguments::leaf;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::words::Words;
use crate::{province, terminal};

/// What a token is called in its owner's list unless one says otherwise.
const LABEL: &str = "phusa token create";

pub(crate) fn command(words: Words) -> Command {
    leaf("create", "token-create", words).args([
        Arg::new("account")
            .long("account")
            .value_name(words.t("help-name-name"))
            .required(true)
            .help(words.t("help-token-create-account")),
        Arg::new("label")
            .long("label")
            .value_name(words.t("help-text-name"))
            .help(words.t("help-token-create-label")),
    ])
}

/// Prints the token and nothing else: it is told this once.
pub(crate) async fn run(asked: &ArgMatches, settings: &Settings) -> Result<ExitCode, Failure> {
    let text = |name| asked.get_one::<String>(name).map(String::as_str);
    let login = text("account").unwrap_or_default();
    let store = province::open_existing(settings).await?;
    let actor = Principal::system().actor("cli", store.context().new_id());
    let directory = Directory::open(store).await?;
    let account = directory
        .account_by_login(login)
        .await?
        .ok_or_else(|| Failure::new("failure-account-unknown").with("login", login))?;
    let token = directory
        .create_token(&actor, account.id, text("label").unwrap_or(LABEL))
        .await?;
    terminal::print(&token)?;
    Ok(ExitCode::SUCCESS)
}
