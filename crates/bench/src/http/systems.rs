//! Records of a system that a pack declares, through HTTP: made, a page of the list, one.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::client::Connection;
use super::office::OFFICER;
use super::process::{Server, token};
use crate::Failure;
use crate::figure::{Figure, per_second};
use crate::options::Options;
use crate::place::Engine;

/// Where the records of the smallest pack that ships are.
const LIST: &str = "/api/v1/systems/it-equipment/device";
/// How many connections ask at once.
const CONNECTIONS: usize = 64;

/// What the connections ask for.
#[derive(Clone)]
enum Asking {
    Make,
    Read(Arc<Vec<String>>),
}

/// Creates, pages of the list and single records of a pack's type, by token. Its peer, Directus, is not
/// measured beside them yet.
pub(crate) async fn systems(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let config = engine.empty("systems").await?;
    let server = Server::phusa(&config)?;
    let header = format!("authorization: Bearer {}\r\n", token(&config, OFFICER)?);
    let time = Duration::from_millis(options.scaled(5_000, 1_500));
    // Directus stands beside these in what they must reach; it was not measured.
    let figure = |what: &str, rate: f64, needed: &str| Figure {
        engine: engine.name(),
        what: format!("{what}, {CONNECTIONS} connections, a pack's type"),
        peer: String::new(),
        theirs: String::new(),
        ours: per_second(rate),
        ratio: None,
        needed: format!("{needed} Directus, not measured"),
        met: false,
    };
    rate(
        &server.address,
        &header,
        Asking::Make,
        Duration::from_millis(300),
    )
    .await?;
    let made = rate(&server.address, &header, Asking::Make, time).await?;
    let page = format!("{LIST}?limit=50");
    let mut connection = Connection::open(&server.address).await?;
    let listed = connection.get(&page, &header).await?.fine()?;
    let listed: serde_json::Value = serde_json::from_slice(&listed)?;
    let items = listed["items"].as_array().ok_or("a list without items")?;
    let ids = items.iter().filter_map(|item| item["id"].as_str());
    let records: Vec<String> = ids.map(|id| format!("{LIST}/{id}")).collect();
    if records.len() != 50 {
        return Err(format!("a page of {} records", records.len()).into());
    }
    let pages = rate(
        &server.address,
        &header,
        Asking::Read(Arc::new(vec![page])),
        time,
    )
    .await?;
    let single = rate(
        &server.address,
        &header,
        Asking::Read(Arc::new(records)),
        time,
    )
    .await?;
    Ok(vec![
        figure(
            "creates through HTTP, checked, audited, durable",
            made,
            "≥ 15×",
        ),
        figure("pages of 50 of a list through HTTP", pages, "≥ 20×"),
        figure("one record through HTTP", single, "≥ 30×"),
    ])
}

/// How many answers a second, every one a success.
async fn rate(address: &str, header: &str, asking: Asking, time: Duration) -> Result<f64, Failure> {
    let count = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let mut tasks = Vec::new();
    for number in 0..CONNECTIONS {
        let (address, header, asking, count) = (
            address.to_owned(),
            header.to_owned(),
            asking.clone(),
            count.clone(),
        );
        tasks.push(tokio::spawn(async move {
            let said = |error: Failure| error.to_string();
            let mut connection = Connection::open(&address).await.map_err(said)?;
            let mut turn = number;
            while began.elapsed() < time {
                let request = match &asking {
                    Asking::Make => {
                        let headers = format!("{header}content-type: application/json\r\n");
                        let body = serde_json::json!({
                            "kind": "printer", "model": format!("Máy in {turn} (giả lập)"),
                            "bought_on": "2023-01-05", "price_vnd": 5_000_000, "source": "recurrent",
                        });
                        connection.request("POST", LIST, &headers, &body.to_string())
                    }
                    Asking::Read(paths) => {
                        connection.request("GET", &paths[turn % paths.len()], &header, "")
                    }
                };
                let answer = connection.send(&request).await.map_err(said)?;
                answer.fine().map_err(said)?;
                count.fetch_add(1, Ordering::Relaxed);
                turn += CONNECTIONS;
            }
            Ok::<(), String>(())
        }));
    }
    for task in tasks {
        task.await??;
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let answers = count.load(Ordering::Relaxed) as f64;
    Ok(answers / began.elapsed().as_secs_f64())
}
