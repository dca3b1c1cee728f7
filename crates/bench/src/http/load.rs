//! Several connections that ask again and again, each as soon as it was answered.

use std::time::{Duration, Instant};

use futures_util::future::try_join_all;

use super::client::Connection;
use super::loading;
use crate::{Failure, records};

/// Asks for records all over the office for so long; how many answers a second came.
pub(crate) async fn records(
    address: &str,
    headers: &str,
    among: u64,
    connections: u64,
    time: Duration,
) -> Result<f64, Failure> {
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let began = Instant::now();
    let until = began + time;
    let asked = (1_u64..).zip(open).map(|(seed, connection)| {
        tokio::spawn(ask(connection, headers.to_owned(), among, seed, until))
    });
    let mut answered = 0_u32;
    for count in try_join_all(asked).await? {
        answered += count?;
    }
    Ok(f64::from(answered) / began.elapsed().as_secs_f64())
}

async fn ask(
    mut connection: Connection,
    headers: String,
    among: u64,
    seed: u64,
    until: Instant,
) -> Result<u32, Failure> {
    let mut answered = 0;
    while Instant::now() < until {
        let number = records::mix(seed << 32 | u64::from(answered)) % among;
        let path = format!("/api/v1/observations/{}", loading::identity(number)?);
        let answer = connection.get(&path, &headers).await?;
        answer.fine()?;
        answered += 1;
    }
    Ok(answered)
}
