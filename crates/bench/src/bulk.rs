//! Bulk load with versions, audit and search.

use std::time::Instant;

use store::{Config, Write};
use vocab::context::fixed;

use crate::bare;
use crate::dataset::BATCH;
use crate::figure::{Figure, median, per_second, rate};
use crate::options::Options;
use crate::place::{Engine, connect};
use crate::{Failure, records};

/// Through the store in batches, against the very same rows by a bare loop or by COPY.
pub(crate) async fn measure(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let rounds = options.scaled(5, 3);
    let count = BATCH * options.scaled(6, 2);
    let (ours_at, store) = engine.fresh("bulk", 1).await?;
    let (theirs_at, made) = engine.fresh("bulk_bare", 2).await?;
    drop(made);

    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let context = fixed::context(9);
    let mut number = 0;
    let mut written_until = i64::MIN;
    for _ in 0..rounds {
        let mut batches: Vec<Vec<Write>> = Vec::new();
        for _ in 0..count / BATCH {
            let end = number + BATCH as u64;
            batches.push(
                (number..end)
                    .map(|number| records::creation(number, &context))
                    .collect(),
            );
            number = end;
        }
        let began = Instant::now();
        for batch in batches {
            for outcome in store.commit_each(batch).await {
                outcome?;
            }
        }
        ours.push(rate(count, began.elapsed()));
        let took = match engine {
            Engine::Sqlite(_) => by_loop(&ours_at, &theirs_at, &mut written_until)?,
            Engine::Postgres(..) => by_copy(&ours_at, &theirs_at, &mut written_until).await?,
        };
        theirs.push(rate(count, took));
        ratios.push(ours[ours.len() - 1] / theirs[theirs.len() - 1]);
    }
    drop(store);
    for name in ["bulk", "bulk_bare"] {
        engine.discard(name).await?;
    }
    let (peer, needed) = match engine {
        Engine::Sqlite(_) => (
            format!("bare loop, the very same rows, {BATCH} records a transaction"),
            0.6,
        ),
        Engine::Postgres(..) => (
            "binary COPY of the very same rows, one transaction".to_owned(),
            0.4,
        ),
    };
    let ratio = median(&ratios);
    Ok(vec![Figure {
        engine: engine.name(),
        what: "bulk load with versions, audit and search".to_owned(),
        peer,
        theirs: per_second(median(&theirs)),
        ours: per_second(median(&ours)),
        ratio: Some(ratio),
        needed: format!("≥ {needed}×"),
        met: ratio >= needed,
    }])
}

fn by_loop(
    from: &Config,
    into: &Config,
    written_until: &mut i64,
) -> Result<std::time::Duration, Failure> {
    let tables = {
        let connection = bare::sqlite::connect(&from.data.join("phusa.db"))?;
        bare::sqlite::read_after(&connection, *written_until)?
    };
    *written_until = bare::latest(&tables);
    let connection = bare::sqlite::connect(&into.data.join("phusa.db"))?;
    let began = Instant::now();
    bare::sqlite::insert_grouped(&connection, &tables, BATCH)?;
    Ok(began.elapsed())
}

async fn by_copy(
    from: &Config,
    into: &Config,
    written_until: &mut i64,
) -> Result<std::time::Duration, Failure> {
    let source = connect(from.database_url.as_deref().unwrap_or_default()).await?;
    let copies = bare::postgres::copy_out_after(&source, *written_until).await?;
    let newest = source
        .query_one("SELECT max(created_at) FROM head_dossier", &[])
        .await?;
    *written_until = newest.try_get(0)?;
    let target = connect(into.database_url.as_deref().unwrap_or_default()).await?;
    let began = Instant::now();
    bare::postgres::copy_in(&target, &copies).await?;
    Ok(began.elapsed())
}
