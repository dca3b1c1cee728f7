//! Many connections that ask at once: each as soon as it was answered, or as often as is said.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;

use crate::Failure;
use crate::figure::{millis, percentile};
use crate::http::client::Connection;

/// How many connections ask at once.
pub(super) const CONNECTIONS: u64 = 64;
/// The time within which 95 of 100 answers to an open loop must come, in milliseconds.
pub(super) const P95_MS: f64 = 40.0;

/// A server that is asked, by whom, and for what.
#[derive(Clone)]
pub(super) struct Asked {
    pub address: String,
    /// Whole header lines.
    pub headers: String,
    pub asking: Asking,
}

/// What is asked for.
#[derive(Clone)]
pub(super) enum Asking {
    /// To make a record there, as this body says; `{}` in it is a number.
    Make(&'static str, String),
    /// These addresses, one after another.
    Read(Arc<Vec<String>>),
}

impl Asked {
    /// A request of this number, on a connection.
    async fn ask(&self, connection: &mut Connection, number: u64) -> Result<(), Failure> {
        let request = match &self.asking {
            Asking::Make(path, body) => {
                let headers = format!("{}content-type: application/json\r\n", self.headers);
                let body = body.replace("{}", &number.to_string());
                connection.request("POST", path, &headers, &body)
            }
            Asking::Read(paths) => {
                let path = &paths[usize::try_from(number)? % paths.len()];
                connection.request("GET", path, &self.headers, "")
            }
        };
        connection.send(&request).await?.fine().map(drop)
    }

    async fn connections(&self) -> Result<Vec<Connection>, Failure> {
        try_join_all((0..CONNECTIONS).map(|_| Connection::open(&self.address))).await
    }

    /// How many answers a second come where each connection asks as soon as it was answered.
    pub(super) async fn rate(&self, time: Duration) -> Result<f64, Failure> {
        let connections = self.connections().await?;
        let next = Arc::new(AtomicU64::new(0));
        let began = Instant::now();
        let until = began + time;
        let tasks = connections.into_iter().map(|mut connection| {
            let (asked, next) = (self.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                while Instant::now() < until {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    asked.ask(&mut connection, number).await?;
                }
                Ok::<_, Failure>(())
            })
        });
        for done in try_join_all(tasks).await? {
            done?;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of this size are exact")]
        let answers = next.load(Ordering::Relaxed) as f64;
        Ok(answers / began.elapsed().as_secs_f64())
    }

    /// The 95th percentile, in milliseconds, where so many requests a second fall due whether those
    /// before are answered or not. What falls due while all connections wait is late from then on.
    async fn p95(&self, per_second: f64, time: Duration) -> Result<f64, Failure> {
        let connections = self.connections().await?;
        let next = Arc::new(AtomicU64::new(0));
        let began = Instant::now();
        let tasks = connections.into_iter().map(|mut connection| {
            let (asked, next) = (self.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                let mut times = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    #[expect(clippy::cast_precision_loss, reason = "counts of this size are exact")]
                    let after = Duration::from_secs_f64(number as f64 / per_second);
                    // Whoever is half the time late will not catch up.
                    if after > time || began.elapsed() > time + time / 2 {
                        break;
                    }
                    let due = began + after;
                    tokio::time::sleep_until(due.into()).await;
                    asked.ask(&mut connection, number).await?;
                    times.push(millis(due.elapsed()));
                }
                Ok::<_, Failure>(times)
            })
        });
        let mut times = Vec::new();
        for done in try_join_all(tasks).await? {
            times.extend(done?);
        }
        if times.is_empty() {
            return Ok(f64::INFINITY);
        }
        Ok(percentile(&times, 95))
    }

    /// Looks for the highest rate at which 95 of 100 answers come within [`P95_MS`], by halves; it
    /// takes so many probes of this time, and one of the closed loop.
    pub(super) async fn highest(&self, probes: u32, time: Duration) -> Result<Highest, Failure> {
        // No open loop is answered oftener than a closed one; the first probes show where that ends.
        let mut found = Highest {
            held: 0.0,
            missed: self.rate(time).await? * 1.2,
        };
        for _ in 0..probes {
            let middle = f64::midpoint(found.held, found.missed);
            if self.p95(middle, time).await? < P95_MS {
                found.held = middle;
            } else {
                found.missed = middle;
            }
        }
        Ok(found)
    }
}

/// What a search for the highest rate came to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Highest {
    /// The highest that was held, a second; zero if none was.
    pub held: f64,
    /// The lowest that was not held.
    pub missed: f64,
}
