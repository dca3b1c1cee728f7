//! `phusa access explain`: why an account may, or may not, do something to a record.

use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use directory::access::AccessAnswer;
use directory::{Act, Directory};
use jiff::civil::Date;
use registry::Systems;
use vocab::Id;

use crate::arguments::leaf;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::words::Words;
use crate::{province, terminal};

pub(crate) fn command(words: Words) -> Command {
    leaf("explain", "access-explain", words).args([
        Arg::new("actor")
            .long("actor")
            .value_name(words.t("help-name-name"))
            .required(true)
            .help(words.t("help-access-explain-actor")),
        Arg::new("verb")
            .long("verb")
            .value_name(words.t("help-text-name"))
            .value_parser(PossibleValuesParser::new(Act::ALL.map(Act::value)))
            .hide_possible_values(true)
            .required(true)
            .help(words.t("help-access-explain-verb")),
        Arg::new("record")
            .long("record")
            .value_name(words.t("help-id-name"))
            .value_parser(value_parser!(Id))
            .required(true)
            .help(words.t("help-access-explain-record")),
        Arg::new("on")
            .long("on")
            .value_name(words.t("help-date-name"))
            .value_parser(value_parser!(Date))
            .help(words.t("help-access-explain-on")),
        Arg::new("json")
            .long("json")
            .action(ArgAction::SetTrue)
            .help(words.t("help-import-json")),
    ])
}

/// Answers; the exit code is 0 either way, for a refusal is an answer too.
pub(crate) async fn run(
    asked: &ArgMatches,
    settings: &Settings,
    words: Words,
) -> Result<ExitCode, Failure> {
    let text = |name| asked.get_one::<String>(name).map(String::as_str);
    let login = text("actor").unwrap_or_default();
    let act = text("verb").and_then(Act::from_value).unwrap_or(Act::Read);
    let id = asked.get_one::<Id>("record").copied().unwrap_or_default();
    let opened = province::open_existing(settings).await?;
    let today = opened.store.context().now().in_vietnam().date();
    let systems = opened.systems;
    let directory = Directory::open(opened.store).await?;
    directory.bring_roles(systems.roles());
    let account = directory
        .account_by_login(login)
        .await?
        .ok_or_else(|| Failure::new("failure-account-unknown").with("login", login))?;
    let record = directory
        .access_record(id)
        .await?
        .ok_or_else(|| Failure::new("failure-record-unknown").with("id", id))?;
    let day = asked.get_one::<Date>("on").copied().unwrap_or(today);
    let answer = directory
        .explain_access(&account, act, &record, day)
        .await?;
    if asked.get_flag("json") {
        let json = serde_json::to_string_pretty(&answer);
        let json = json.map_err(|why| Failure::new("failure-refused").with("why", why))?;
        terminal::print(&json)?;
    } else {
        terminal::print(&said(&answer, &systems, words))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn said(answer: &AccessAnswer, systems: &Systems, words: Words) -> String {
    let pages = words.pages.rights(systems);
    let mut lines = vec![pages.access_verdict(answer)];
    if !answer.allowed {
        lines.push(pages.access_reason(answer));
    }
    if !answer.because.is_empty() {
        lines.push(format!("{}:", words.t("access-because")));
        let because = answer.because.iter();
        lines.extend(because.map(|basis| format!("  - {}", pages.access_basis(basis))));
    }
    if !answer.near.is_empty() {
        lines.push(format!("{}:", words.t("access-near")));
    }
    for near in &answer.near {
        lines.push(format!("  - {}", pages.access_basis(&near.basis)));
        let missing = pages.access_missing(near, answer);
        lines.extend(missing.iter().map(|missing| format!("    → {missing}")));
    }
    lines.join("\n")
}
