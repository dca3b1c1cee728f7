//! `phusa audit verify`: goes through everything that is stored and says what was altered.

use std::path::Path;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use store::audit::{AuditHead, Finding, Report};

use crate::arguments::leaf;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::words::Words;
use crate::{province, terminal};

pub(crate) fn command(words: Words) -> Command {
    leaf("verify", "audit-verify", words).arg(
        Arg::new("head")
            .long("head")
            .value_name(words.t("help-file-name"))
            .value_parser(value_parser!(std::path::PathBuf))
            .help(words.t("help-audit-verify-head")),
    )
}

pub(crate) async fn run(
    asked: &ArgMatches,
    settings: &Settings,
    words: Words,
) -> Result<ExitCode, Failure> {
    let saved = asked
        .get_one::<std::path::PathBuf>("head")
        .map(|path| read_head(path))
        .transpose()?;
    let store = province::open_existing(settings).await?.store;
    let report = store.verify(saved.as_ref()).await?;
    terminal::print(&said(&report, saved.is_some(), words))?;
    Ok(if report.findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// A head as `phusa audit head` printed it.
fn read_head(path: &Path) -> Result<AuditHead, Failure> {
    let failed = |why: String| {
        Failure::new("failure-head-unreadable")
            .with("file", path.display())
            .with("why", why)
    };
    let text = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| failed(error.to_string()))
}

/// What a check found, in words.
pub(crate) fn said(report: &Report, against_head: bool, words: Words) -> String {
    let counted = words.t_args(
        "audit-counted",
        &[
            ("leaves", &report.leaves),
            ("segments", &report.segments),
            ("versions", &report.versions),
            ("heads", &report.heads),
            ("files", &report.files),
        ],
    );
    let mut lines = vec![counted];
    if report.unsealed > 0 {
        lines.push(words.t_args("audit-unsealed", &[("count", &report.unsealed)]));
    }
    if report.findings.is_empty() {
        lines.push(words.t(if against_head {
            "audit-whole-with-head"
        } else {
            "audit-whole"
        }));
    } else {
        lines.push(words.t_args("audit-broken", &[("count", &report.findings.len())]));
        lines.extend(report.findings.iter().map(|finding| line(finding, words)));
        lines.push(words.t("audit-broken-next"));
    }
    lines.join("\n")
}

/// One finding on a line of its own.
pub(crate) fn line(finding: &Finding, words: Words) -> String {
    format!("  {}", words.pages.audit_finding(finding))
}
