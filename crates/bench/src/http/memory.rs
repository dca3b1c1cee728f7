//! Resident memory of the program after a minute of everything at once.

use std::time::Duration;

use super::mix;
use super::office::Office;
use super::process::Server;
use crate::figure::{Figure, per_second};
use crate::options::Options;
use crate::place::Engine;
use crate::{Failure, dataset};

/// How much may be resident, in MB.
const MOST: f64 = 300.0;

/// Lists, single records, searches, public pages, the pages of people, and writes.
pub(crate) async fn resident(engine: &Engine, options: &Options) -> Result<Figure, Failure> {
    let office = Office::kept(engine, options).await?;
    let server = Server::phusa(&office.config)?;
    let seconds = options.scaled(60, 10);
    let load = mix::start(&server.address, &office).await?;
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    let (resident, own) = server.resident()?;
    let done = load.end().await?;
    let rate =
        |count: u32| per_second(f64::from(count) / Duration::from_secs(seconds).as_secs_f64());
    Ok(Figure {
        engine: engine.name(),
        what: format!(
            "resident memory after {seconds} s of mixed load on {} reports: {} answers, of them {} writes",
            dataset::size_text(options),
            rate(done.answers),
            rate(done.writes),
        ),
        peer: String::new(),
        theirs: String::new(),
        ours: format!("{resident:.0} MB, {own:.0} MB without mapped files"),
        ratio: None,
        needed: format!("< {MOST:.0} MB"),
        met: resident < MOST,
    })
}
