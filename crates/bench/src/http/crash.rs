//! `kill -9` of the program under load, and how soon a new one shows a list to somebody who
//! may see it.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::client::Connection;
use super::mix;
use super::office::Office;
use super::process::Server;
use crate::figure::{Figure, millis};
use crate::options::Options;
use crate::place::Engine;
use crate::{Failure, dataset};

const LIST: &str = "/api/v1/observations?state=submitted&limit=50";
/// How long the load is on before the kill.
const LOADED: Duration = Duration::from_secs(2);

/// From the start of the new process to the first page.
pub(crate) async fn recovery(engine: &Engine, options: &Options) -> Result<Figure, Failure> {
    let office = Office::kept(engine, options).await?;
    let rounds = options.scaled(7, 2);
    let mut times = Vec::new();
    for _ in 0..rounds {
        let mut victim = Server::phusa(&office.config)?;
        let load = mix::start(&victim.address, &office).await?;
        tokio::time::sleep(LOADED).await;
        if load.written() == 0 {
            return Err("nothing was written before the kill".into());
        }
        victim.kill()?;
        let began = Instant::now();
        let server = Server::phusa(&office.config)?;
        let mut connection = Connection::open(&server.address).await?;
        let page = connection.get(LIST, &office.coordinator).await?.fine()?;
        times.push(millis(began.elapsed()));
        load.stop();
        let page: Value = serde_json::from_slice(&page)?;
        if page["items"].as_array().map(Vec::len) != Some(50) {
            return Err("no full first page came after the kill".into());
        }
    }
    let what = format!(
        "`kill -9` of `phusa serve` under load, a new one, first authorised list of {} reports",
        dataset::size_text(options)
    );
    Ok(Figure::of_recoveries(engine.name(), what, &times))
}
