//! One record through HTTP, with its session and permission checked.

use std::time::Duration;

use super::client::Connection;
use super::office::{COORDINATOR, Office, sign_in};
use super::process::Server;
use super::{load, loading};
use crate::Failure;
use crate::figure::{Figure, median, per_second};
use crate::options::Options;
use crate::place::Engine;

/// How much of the peer's rate is needed.
const NEEDED: f64 = 0.7;

/// The program against a bare handler, in turns, by token and by session.
pub(crate) async fn measure(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let office = Office::kept(engine, options).await?;
    let ours = Server::phusa(&office.config)?;
    let theirs = Server::peer(&office.config)?;
    let cookie = sign_in(&ours.address, COORDINATOR).await?;
    check_alike(&ours, &theirs, &office).await?;
    let ways = [("token", office.coordinator.as_str()), ("session", &cookie)];
    let rounds = options.scaled(5, 3);
    let time = Duration::from_millis(options.scaled(2_000, 700));
    let mut figures = Vec::new();
    for connections in [1, 8, 64] {
        let rate = async |server: &Server, headers: &str| {
            load::records(&server.address, headers, office.count, connections, time).await
        };
        // Statements are prepared and pages read before the first round that counts.
        rate(&theirs, "").await?;
        rate(&ours, ways[0].1).await?;
        let (mut bare, mut checked) = (Vec::new(), [Vec::new(), Vec::new()]);
        for _ in 0..rounds {
            bare.push(rate(&theirs, "").await?);
            for (rates, (_, headers)) in checked.iter_mut().zip(ways) {
                rates.push(rate(&ours, headers).await?);
            }
        }
        for (rates, (way, _)) in checked.iter().zip(ways) {
            let pairs = rates.iter().zip(&bare);
            let ratio = median(&pairs.map(|(ours, bare)| ours / bare).collect::<Vec<_>>());
            let plural = if connections == 1 { "" } else { "s" };
            figures.push(Figure {
                engine: engine.name(),
                what: format!(
                    "one record through HTTP, {way} and permission checked, {connections} connection{plural}"
                ),
                peer: "axum handler, one select by primary key, the same bytes".to_owned(),
                theirs: per_second(median(&bare)),
                ours: per_second(median(rates)),
                ratio: Some(ratio),
                needed: format!("≥ {NEEDED}×"),
                met: ratio >= NEEDED,
            });
        }
    }
    Ok(figures)
}

/// A peer that answers something else would measure something else.
async fn check_alike(ours: &Server, theirs: &Server, office: &Office) -> Result<(), Failure> {
    let mut ours_at = Connection::open(&ours.address).await?;
    let mut theirs_at = Connection::open(&theirs.address).await?;
    for number in 0..20 {
        let path = format!("/api/v1/observations/{}", loading::identity(number)?);
        let ours = ours_at.get(&path, &office.coordinator).await?.fine()?;
        let theirs = theirs_at.get(&path, "").await?.fine()?;
        if ours != theirs {
            let text = |body| String::from_utf8_lossy(body).into_owned();
            return Err(format!("ours: {}\ntheirs: {}", text(&ours), text(&theirs)).into());
        }
    }
    Ok(())
}
