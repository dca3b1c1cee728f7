//! Who may do what, endpoint by endpoint.
//!
//! `table.txt` beside this file says for every endpoint of the router what each kind of visitor
//! gets. An endpoint that it does not name fails here, and so does a row without an endpoint.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod campaigns;
mod changes;
mod office;
mod opinions;
mod people;
mod periodic;
mod projects;
mod staff;
mod table;
mod walk;

use std::collections::BTreeSet;

use table::TABLE;

#[test]
fn every_endpoint_stands_in_the_table_and_every_row_has_its_endpoint() {
    let served: BTreeSet<String> = web::http::endpoints()
        .into_iter()
        .map(|endpoint| format!("{} {}", endpoint.method, endpoint.path))
        .collect();
    let listed: BTreeSet<String> = table::read(TABLE)
        .into_iter()
        .map(|row| format!("{} {}", row.method, row.path))
        .collect();
    let missing: Vec<&String> = served.difference(&listed).collect();
    let stale: Vec<&String> = listed.difference(&served).collect();
    assert!(
        missing.is_empty() && stale.is_empty(),
        "table.txt lacks {missing:#?}, and names what is not served: {stale:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_what_the_table_says() {
    let office = office::Office::open(None).await;
    Box::pin(walk::walk(&office)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_on_postgresql() {
    if let Some(url) = scratch::database().await {
        let office = office::Office::open(Some(url)).await;
        Box::pin(walk::walk(&office)).await;
    }
}
