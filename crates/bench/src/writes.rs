//! Durable, audited writes by many writers at once.

use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use store::{Store, Write};
use vocab::context::fixed;

use crate::bare;
use crate::figure::{Figure, median, per_second, rate};
use crate::options::Options;
use crate::place::{Engine, connect};
use crate::{Failure, records};

const WRITERS: usize = 64;

/// Through the store, against one insert a transaction and against the same rows in groups.
pub(crate) async fn measure(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let rounds = options.scaled(5, 3);
    let count = options.scaled(6_400, 3_200);
    let (ours_at, store) = engine.fresh("writes", 1).await?;
    // The peers' tables are made by the store too, so that they have the same indexes.
    let (alone_at, made) = engine.fresh("writes_alone", 2).await?;
    drop(made);
    let (grouped_at, made) = engine.fresh("writes_grouped", 3).await?;
    drop(made);

    let mut rates = Rates::default();
    let mut number = 0;
    let mut written_until = i64::MIN;
    let context = fixed::context(9);
    for _ in 0..rounds {
        let writes = (number..number + count as u64)
            .map(|number| records::creation(number, &context))
            .collect();
        number += count as u64;
        let took = commit_all(&store, writes).await?;
        rates.ours.push(rate(count, took));
        let (alone, grouped) = match engine {
            Engine::Sqlite(_) => {
                let tables = {
                    let connection = bare::sqlite::connect(&ours_at.data.join("phusa.db"))?;
                    bare::sqlite::read_after(&connection, written_until)?
                };
                written_until = bare::latest(&tables);
                let connection = bare::sqlite::connect(&alone_at.data.join("phusa.db"))?;
                let began = Instant::now();
                bare::sqlite::insert_each(&connection, &tables[1])?;
                let alone = began.elapsed();
                let connection = bare::sqlite::connect(&grouped_at.data.join("phusa.db"))?;
                let began = Instant::now();
                bare::sqlite::insert_grouped(&connection, &tables, WRITERS)?;
                (alone, began.elapsed())
            }
            Engine::Postgres(..) => {
                let url = |config: &store::Config| config.database_url.clone().unwrap_or_default();
                let tables =
                    bare::postgres::read_after(&connect(&url(&ours_at)).await?, written_until)
                        .await?;
                written_until = bare::latest(&tables);
                let alone_url = url(&alone_at);
                let clients = try_join_all((0..WRITERS).map(|_| connect(&alone_url))).await?;
                let began = Instant::now();
                bare::postgres::insert_each(&clients, &tables[1]).await?;
                let alone = began.elapsed();
                drop(clients);
                let client = connect(&url(&grouped_at)).await?;
                let began = Instant::now();
                bare::postgres::insert_grouped(&client, &tables, WRITERS).await?;
                (alone, began.elapsed())
            }
        };
        rates.alone.push(rate(count, alone));
        rates.grouped.push(rate(count, grouped));
    }
    drop(store);
    for name in ["writes", "writes_alone", "writes_grouped"] {
        engine.discard(name).await?;
    }
    let connections = if matches!(engine, Engine::Sqlite(_)) {
        "one connection"
    } else {
        "64 connections"
    };
    Ok(vec![
        rates.against(
            engine,
            &rates.alone,
            format!("bare loop, {connections}, one insert a transaction"),
            1.0,
        ),
        rates.against(
            engine,
            &rates.grouped,
            "bare loop, the very same rows, 64 records a transaction".to_owned(),
            0.6,
        ),
    ])
}

#[derive(Default)]
struct Rates {
    ours: Vec<f64>,
    alone: Vec<f64>,
    grouped: Vec<f64>,
}

impl Rates {
    fn against(&self, engine: &Engine, theirs: &[f64], peer: String, needed: f64) -> Figure {
        let ratios: Vec<f64> = self
            .ours
            .iter()
            .zip(theirs)
            .map(|(ours, theirs)| ours / theirs)
            .collect();
        let ratio = median(&ratios);
        Figure {
            engine: engine.name(),
            what: format!("durable audited writes, {WRITERS} writers at once"),
            peer,
            theirs: per_second(median(theirs)),
            ours: per_second(median(&self.ours)),
            ratio: Some(ratio),
            needed: format!("≥ {needed}×"),
            met: ratio >= needed,
        }
    }
}

/// All writes, dealt to the writers, each of which waits for one before it sends the next.
async fn commit_all(store: &Store, writes: Vec<Write>) -> Result<Duration, Failure> {
    let mut shares: Vec<Vec<Write>> = (0..WRITERS).map(|_| Vec::new()).collect();
    for (at, write) in writes.into_iter().enumerate() {
        shares[at % WRITERS].push(write);
    }
    let began = Instant::now();
    let tasks = shares.into_iter().map(|share| {
        let store = store.clone();
        tokio::spawn(async move {
            for write in share {
                store.commit(write).await?;
            }
            Ok::<(), store::StoreError>(())
        })
    });
    for done in try_join_all(tasks).await? {
        done?;
    }
    Ok(began.elapsed())
}
