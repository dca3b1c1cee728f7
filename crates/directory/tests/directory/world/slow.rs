//! Many worlds.

use super::{PAPERS, PEOPLE, ways, world};

/// How many worlds on each engine.
const WORLDS: u64 = 4;

#[tokio::test(flavor = "multi_thread")]
async fn every_way_to_ask_agrees_with_what_was_done() {
    let (mut compared, mut partly, mut merged, mut given) = (0, 0, 0, 0);
    let mut along_lines = 0;
    for seed in 1..=WORLDS {
        let mut worlds = vec![world("sqlite", None, seed).await];
        if let Some(url) = scratch::database().await {
            worlds.push(world("postgres", Some(url), seed).await);
        }
        for world in &worlds {
            merged += world.facts.events.len();
            given += world.facts.delegations.len();
            along_lines += world.facts.along_lines();
            for person in 0..usize::from(PEOPLE) {
                let (answers, readable) = ways::agree(world, person).await;
                compared += answers;
                partly += usize::from(readable > 0 && readable < PAPERS);
            }
        }
    }
    // Agreeing means something: units changed, people acted for others, and most saw a part.
    assert!(compared > 10_000, "{compared} answers");
    assert!(
        merged > 40 && given > 10,
        "{merged} events, {given} delegations"
    );
    assert!(partly > 10, "{partly} saw a part");
    assert!(along_lines > 1, "{along_lines} reached along a line");
}
