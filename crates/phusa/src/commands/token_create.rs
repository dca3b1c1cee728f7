//! `phusa token create`: a token with which a program acts for an account.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use directory::{Directory, NewToken, Principal, TokenArea, TokenScope};

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
        Arg::new("scope")
            .long("scope")
            .value_name(words.t("help-text-name"))
            .value_parser(scope)
            .help(words.t("help-token-create-scope")),
        Arg::new("expires")
            .long("expires")
            .value_name(words.t("help-days-name"))
            .value_parser(value_parser!(i64).range(1..=366))
            .help(words.t("help-token-create-expires")),
    ])
}

/// Prints the token and nothing else: it is told this once.
pub(crate) async fn run(asked: &ArgMatches, settings: &Settings) -> Result<ExitCode, Failure> {
    let text = |name| asked.get_one::<String>(name).map(String::as_str);
    let login = text("account").unwrap_or_default();
    let store = province::open_existing(settings).await?.store;
    let actor = Principal::system().actor("cli", store.context().new_id());
    let directory = Directory::open(store).await?;
    let account = directory
        .account_by_login(login)
        .await?
        .ok_or_else(|| Failure::new("failure-account-unknown").with("login", login))?;
    let mut new = NewToken::named(text("label").unwrap_or(LABEL));
    if let Some(scope) = asked.get_one::<TokenScope>("scope") {
        new.scope = scope.clone();
    }
    if let Some(days) = asked.get_one::<i64>("expires") {
        new.days = *days;
    }
    let token = directory.create_token(&actor, account.id, &new).await?;
    terminal::print(&token)?;
    Ok(ExitCode::SUCCESS)
}

/// `read` or `write`, then the parts of the API: `read:plan,units`.
fn scope(text: &str) -> Result<TokenScope, String> {
    let (access, areas) = match text.split_once(':') {
        Some((access, areas)) => (access, Some(areas)),
        None => (text, None),
    };
    let usage = || "read, write, read:plan,reports,tasks,units".to_owned();
    let writes = match access {
        "read" => false,
        "write" => true,
        _ => return Err(usage()),
    };
    let areas = areas.map(|areas| {
        let areas = areas.split(',');
        areas
            .map(|area| TokenArea::from_value(area).ok_or_else(usage))
            .collect()
    });
    Ok(TokenScope {
        writes,
        areas: areas.transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_strictly() {
        assert_eq!(scope("write"), Ok(TokenScope::ALL));
        let read = scope("read:plan,units").unwrap();
        assert!(!read.writes && read.opens(Some(TokenArea::Units)));
        assert!(!read.opens(Some(TokenArea::Tasks)) && !read.opens(None));
        for wrong in ["", "all", "read:", "read:plan,", "write:Plan", "READ"] {
            assert!(scope(wrong).is_err(), "{wrong}");
        }
    }
}
