//! The large store that pages, searches and crashes are measured on, kept from run to run.

use std::fs;
use std::time::Instant;

use store::{Config, Store, Write};
use vocab::context::fixed;

use crate::figure::{per_second, rate};
use crate::options::Options;
use crate::place::{Engine, connect, open};
use crate::{Failure, records};

/// How many records each call hands to the store.
pub(crate) const BATCH: usize = 2_048;

/// How many records the large store has.
pub(crate) fn size(options: &Options) -> u64 {
    options.scaled(1_000_000, 20_000)
}

/// That number in words.
pub(crate) fn size_text(options: &Options) -> &'static str {
    options.scaled("1,000,000", "20,000")
}

/// The large store, loaded if it is not there or other code made it.
pub(crate) async fn kept(engine: &Engine, options: &Options) -> Result<(Config, Store), Failure> {
    let count = size(options);
    let name = format!("kept_{count}");
    let config = engine.config(&name);
    let mark = config.data.join("ready");
    let shape = format!("{}", records::SHAPE);
    if fs::read_to_string(&mark).is_ok_and(|found| found == shape) {
        match open(&config, 100).await {
            Ok(store) => return Ok((config, store)),
            Err(failure) => println!("loading {name} again: {failure}"),
        }
    }
    let (config, store) = engine.fresh(&name, 50).await?;
    let began = Instant::now();
    let mut next = batch(0, count);
    while let Some(writes) = next {
        let end = writes.1;
        // The next batch is made up while this one is written.
        let making = tokio::task::spawn_blocking(move || batch(end, count));
        for outcome in store.commit_each(writes.0).await {
            outcome?;
        }
        next = making.await?;
    }
    println!(
        "loaded {count} records into {} in {:.0} s, {}",
        engine.name(),
        began.elapsed().as_secs_f64(),
        per_second(rate(usize::try_from(count)?, began.elapsed()))
    );
    if let Some(url) = &config.database_url {
        connect(url).await?.batch_execute("VACUUM ANALYZE").await?;
    }
    fs::write(mark, shape)?;
    Ok((config, store))
}

/// The writes of a batch from this record on, and where the next one begins.
fn batch(start: u64, count: u64) -> Option<(Vec<Write>, u64)> {
    let end = count.min(start + BATCH as u64);
    // Each batch has its own identifiers; their instants only need to rise.
    let instant = 1_681_439_400_000_000 + i64::try_from(start).ok()? * 1_000;
    let context = vocab::Context::new(
        fixed::SteppingClock::new(vocab::Instant::from_micros(instant), 1_000),
        fixed::SeededEntropy::new(records::mix(start)),
    );
    let writes: Vec<Write> = (start..end)
        .map(|number| records::creation(number, &context))
        .collect();
    (start < end).then_some((writes, end))
}
