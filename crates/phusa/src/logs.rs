//! Logs, for whoever runs the program: one line an event, to the standard error.

use std::io::IsTerminal;

use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// What is logged unless `PHUSA_LOG` says otherwise: `info`, `debug,store=trace`, …
const LEVEL: &str = "warn,phusa=info,web=info";

/// Starts logging. A filter that cannot be read is no reason not to start.
pub(crate) fn start() {
    let asked = std::env::var("PHUSA_LOG").unwrap_or_default();
    let filter: Targets = match asked.parse() {
        Ok(filter) if !asked.is_empty() => filter,
        _ => LEVEL.parse().unwrap_or_default(),
    };
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    tracing_subscriber::registry()
        .with(filter)
        .with(lines)
        .init();
}
