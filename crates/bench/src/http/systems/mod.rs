//! Records of a system that a pack declares, through HTTP: made, a page of the list, one; beside
//! Directus with the same type, rows, row filter and client.

mod asking;
mod devices;
mod directus;
mod export;
mod grown;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use store::Config;
use vocab::Id;

use self::asking::{Asked, Asking, CONNECTIONS, Highest, P95_MS};
use self::devices::{LISTED, Ours, Owners, SHARE};
use self::directus::{Directus, ITEMS, Office};
use super::client::Connection;
use super::office::{OFFICER, sign_in};
use super::process::{Server, token};
use crate::figure::{Figure, median, per_second};
use crate::options::Options;
use crate::place::Engine;
use crate::{Failure, dataset, records};

/// Where the records of the smallest pack that ships are.
const LIST: &str = "/api/v1/systems/it-equipment/device";
/// The same as a page for people.
const PAGE: &str = "/he-thong/it-equipment/device";
/// Where the program's data is, and where the store's alone.
const PLACES: [&str; 2] = ["systems", "systems_alone"];

/// A device to be made, to both the same.
fn made() -> Value {
    json!({
        "kind": "printer", "model": "Máy in {} (giả lập)", "bought_on": "2023-01-05",
        "price_vnd": 5_000_000, "source": "recurrent",
    })
}

/// Creates, pages of the list and single records of a pack's type, by token, as an officer who sees one
/// unit's.
pub(crate) async fn systems(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let mut bench = Bench::set_up(engine, options).await?;
    let mut figures = bench.creates().await?;
    bench.load().await?;
    figures.extend(bench.pages().await?);
    figures.push(bench.single().await?);
    figures.push(bench.export().await?);
    figures.push(bench.grown().await?);
    bench.take_down().await?;
    Ok(figures)
}

/// What is measured.
struct Bench<'a> {
    engine: &'a Engine,
    options: &'a Options,
    config: Config,
    alone: Config,
    server: Server,
    headers: String,
    owners: Owners,
    /// A device that the program made.
    like: registry::Record,
    peer: Option<Peer>,
}

/// Directus at work.
struct Peer {
    directus: Directus,
    server: Server,
    office: Office,
}

impl<'a> Bench<'a> {
    async fn set_up(engine: &'a Engine, options: &'a Options) -> Result<Self, Failure> {
        let config = engine.empty(PLACES[0]).await?;
        let alone = engine.empty(PLACES[1]).await?;
        let mut server = Server::phusa(&config)?;
        let headers = format!("authorization: Bearer {}\r\n", token(&config, OFFICER)?);
        let first = make(&server.address, &headers).await?;
        server.kill()?;
        let ours = Ours::open(&config).await?;
        let like = ours.template(first).await?;
        let owners = ours.owners(like.unit).await?;
        drop(ours);
        let peer = match &options.directus {
            None => None,
            Some(installed) => Some(Peer::set_up(installed, engine, owners.own).await?),
        };
        Ok(Self {
            server: Server::phusa(&config)?,
            engine,
            options,
            config,
            alone,
            headers,
            owners,
            like,
            peer,
        })
    }

    async fn take_down(mut self) -> Result<(), Failure> {
        self.server.kill()?;
        if let Some(mut peer) = self.peer {
            peer.server.kill()?;
            peer.directus.discard(self.engine).await?;
        }
        for place in PLACES {
            self.engine.discard(place).await?;
        }
        Ok(())
    }

    /// Made through HTTP on empty tables, in turns with the peer and with the store alone.
    async fn creates(&self) -> Result<Vec<Figure>, Failure> {
        let time = Duration::from_millis(self.options.scaled(5_000, 1_500));
        let ours = self.asked(Asking::Make(LIST, made().to_string()));
        let theirs = self.peer(|| Asking::Make(ITEMS, made().to_string()));
        let alone = Ours::open(&self.alone).await?;
        let mut next = 0;
        let (mut made, mut peers, mut stored) = (Vec::new(), Vec::new(), Vec::new());
        for round in 0..=self.rounds() {
            // Statements are prepared before the first round that counts.
            let time = if round == 0 { time / 5 } else { time };
            let rates = (
                ours.rate(time).await?,
                alone
                    .rate(&self.like, &self.owners, &mut next, time)
                    .await?,
                rate_of(theirs.as_ref(), time).await?,
            );
            if round > 0 {
                made.push(rates.0);
                stored.push(rates.1);
                peers.extend(rates.2);
            }
        }
        let what = format!(
            "creates through HTTP, checked, audited, durable, {CONNECTIONS} connections, a pack's type"
        );
        Ok(vec![
            self.beside(&what, 15.0, &made, &peers),
            Figure {
                peer: format!("the store alone, {CONNECTIONS} writers, the same records"),
                ..figure(self.engine, &what, 0.5, &made, &stored)
            },
        ])
    }

    /// Puts the same devices into both.
    async fn load(&mut self) -> Result<(), Failure> {
        let count = dataset::size(self.options);
        self.server.kill()?;
        let ours = Ours::open(&self.config).await?;
        ours.load(&self.like, &self.owners, count).await?;
        drop(ours);
        if let Some(url) = &self.config.database_url {
            let client = crate::place::connect(url).await?;
            client.batch_execute("VACUUM ANALYZE").await?;
        }
        self.server = Server::phusa(&self.config)?;
        if let Some(peer) = &mut self.peer {
            let body = made();
            let like = peer
                .office
                .make(&peer.server.address, with_unit(body, self.owners.own));
            let like = like.await?;
            peer.server.kill()?;
            peer.directus.load(like, &self.owners, count).await?;
            peer.server = peer.directus.start().await?;
        }
        self.check_alike(count).await
    }

    /// Peers that answer something else would measure something else: the officer sees their unit's
    /// devices and no others, here and there.
    async fn check_alike(&self, count: u64) -> Result<(), Failure> {
        let mut expected = Vec::new();
        let mut foreign = None;
        for number in 0..count {
            let device = self.owners.device(number)?;
            if device.unit != self.owners.own {
                foreign = Some(device.id);
            } else if device.kind == LISTED {
                expected.push(format!(
                    "{} {} {}",
                    device.id, device.code, device.price_vnd
                ));
            }
        }
        let foreign = foreign.ok_or("every device is the officer's")?;
        expected.sort();
        if expected.len() < 50 {
            return Err("there is no full page".into());
        }
        let mut connection = Connection::open(&self.server.address).await?;
        let mut listed = Vec::new();
        let mut path = Some(format!("{LIST}?kind={LISTED}&limit=200"));
        while let Some(next) = path {
            let page = connection.get(&next, &self.headers).await?.fine()?;
            let page: Value = serde_json::from_slice(&page)?;
            for item in page["items"].as_array().ok_or("a list without items")? {
                listed.push(told(
                    &item["id"],
                    &item["code"],
                    &item["fields"]["price_vnd"],
                ));
            }
            path = page["next"].as_str().map(str::to_owned);
        }
        listed.sort();
        if listed != expected {
            let (found, wanted) = (listed.len(), expected.len());
            return Err(format!("the officer sees {found} devices, not {wanted}").into());
        }
        let status = connection
            .get(&format!("{LIST}/{foreign}"), &self.headers)
            .await?
            .status;
        if status != 404 {
            return Err(format!("another unit's device is answered {status}").into());
        }
        let Some(peer) = &self.peer else {
            return Ok(());
        };
        let mut connection = Connection::open(&peer.server.address).await?;
        let path = format!("{ITEMS}?filter[kind][_eq]={LISTED}&limit=-1&fields=id,code,price_vnd");
        let page = connection.get(&path, &peer.office.officer).await?.fine()?;
        let page: Value = serde_json::from_slice(&page)?;
        let items = page["data"].as_array().ok_or("a list without data")?;
        let told = items
            .iter()
            .map(|item| told(&item["id"], &item["code"], &item["price_vnd"]));
        let mut listed: Vec<String> = told.collect();
        listed.sort();
        if listed != expected {
            let (found, wanted) = (listed.len(), expected.len());
            return Err(format!("Directus shows the officer {found} devices, not {wanted}").into());
        }
        let path = format!("{ITEMS}/{foreign}");
        let status = connection.get(&path, &peer.office.officer).await?.status;
        if status != 403 {
            return Err(format!("Directus answers another unit's device {status}").into());
        }
        Ok(())
    }

    /// Pages of 50 by a filter: the highest rate of an open loop, as JSON and as HTML.
    async fn pages(&self) -> Result<Vec<Figure>, Failure> {
        let probes = self.options.scaled(7, 5);
        let time = Duration::from_millis(self.options.scaled(3_000, 1_000));
        let read = |path: String| Asking::Read(Arc::new(vec![path]));
        let json = self.asked(read(format!("{LIST}?kind={LISTED}&limit=50")));
        let html = Asked {
            headers: sign_in(&self.server.address, OFFICER).await?,
            ..self.asked(read(format!("{PAGE}?f_kind={LISTED}")))
        };
        // By its primary key, as it does by itself: ours are by kind and model.
        let theirs = self.peer(|| read(format!("{ITEMS}?filter[kind][_eq]={LISTED}&limit=50")));
        self.check_pages(&json, &html, theirs.as_ref()).await?;
        let (mut jsons, mut htmls, mut peers) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..self.rounds() {
            jsons.push(json.highest(probes, time).await?);
            htmls.push(html.highest(probes, time).await?);
            if let Some(theirs) = &theirs {
                peers.push(theirs.highest(probes, time).await?);
            }
        }
        let what = |form: &str| {
            format!(
                "filtered pages of 50 of {} through HTTP{form}, a restricted officer, highest rate at p95 < {P95_MS} ms, open loop, a pack's type",
                dataset::size_text(self.options)
            )
        };
        let held = |found: &[Highest]| -> Vec<f64> { found.iter().map(|one| one.held).collect() };
        // A peer that held no rate held less than the one that it missed.
        let most = |found: &[Highest]| -> Vec<f64> {
            let most = |one: &Highest| if one.held > 0.0 { one.held } else { one.missed };
            found.iter().map(most).collect()
        };
        Ok(vec![
            self.beside(&what(", JSON"), 20.0, &held(&jsons), &most(&peers)),
            Figure {
                peer: "the same as JSON".to_owned(),
                ..figure(
                    self.engine,
                    &what(", HTML"),
                    0.5,
                    &held(&htmls),
                    &most(&jsons),
                )
            },
        ])
    }

    /// Each page shows fifty.
    async fn check_pages(
        &self,
        json: &Asked,
        html: &Asked,
        theirs: Option<&Asked>,
    ) -> Result<(), Failure> {
        for asked in [json, html].into_iter().chain(theirs) {
            let Asking::Read(paths) = &asked.asking else {
                continue;
            };
            let mut connection = Connection::open(&asked.address).await?;
            let page = connection.get(&paths[0], &asked.headers).await?.fine()?;
            let page = String::from_utf8(page)?;
            // A page for people says each three times: at its box, in its link, and as make and model.
            let marked = page.matches("(giả lập)").count();
            if !(50..=160).contains(&marked) {
                return Err(format!("{} shows {marked} devices", paths[0]).into());
            }
        }
        Ok(())
    }

    /// One record, all over what the officer may see.
    async fn single(&self) -> Result<Figure, Failure> {
        let time = Duration::from_millis(self.options.scaled(5_000, 1_500));
        let count = dataset::size(self.options);
        let mut own = Vec::new();
        for dice in 0..1_000 {
            let device = self
                .owners
                .device(records::mix(dice) % (count / SHARE) * SHARE)?;
            own.push(device.id);
        }
        let paths = |list: &str| {
            let paths = own.iter().map(|id| format!("{list}/{id}"));
            Asking::Read(Arc::new(paths.collect()))
        };
        let ours = self.asked(paths(LIST));
        let theirs = self.peer(|| paths(ITEMS));
        let (mut rates, mut peers) = (Vec::new(), Vec::new());
        ours.rate(time / 5).await?;
        rate_of(theirs.as_ref(), time / 5).await?;
        for _ in 0..self.rounds() {
            rates.push(ours.rate(time).await?);
            peers.extend(rate_of(theirs.as_ref(), time).await?);
        }
        let needed = match self.engine {
            Engine::Sqlite(_) => 50.0,
            Engine::Postgres(..) => 30.0,
        };
        let what = format!("one record through HTTP, {CONNECTIONS} connections, a pack's type");
        Ok(self.beside(&what, needed, &rates, &peers))
    }

    fn rounds(&self) -> usize {
        self.options.scaled(3, 1)
    }

    fn asked(&self, asking: Asking) -> Asked {
        Asked {
            address: self.server.address.clone(),
            headers: self.headers.clone(),
            asking,
        }
    }

    fn peer(&self, asking: impl FnOnce() -> Asking) -> Option<Asked> {
        let peer = self.peer.as_ref()?;
        Some(Asked {
            address: peer.server.address.clone(),
            headers: peer.office.officer.clone(),
            asking: asking(),
        })
    }

    /// A figure beside Directus, or what is needed of it where it was not measured.
    fn beside(&self, what: &str, needed: f64, ours: &[f64], theirs: &[f64]) -> Figure {
        let found = figure(self.engine, what, needed, ours, theirs);
        match &self.peer {
            Some(peer) => Figure {
                peer: peer.directus.name.clone(),
                ..found
            },
            None => Figure {
                theirs: String::new(),
                ratio: None,
                needed: format!("{} Directus, not measured", found.needed),
                met: false,
                ..found
            },
        }
    }
}

impl Peer {
    async fn set_up(installed: &Path, engine: &Engine, unit: Id) -> Result<Self, Failure> {
        let directus = Directus::empty(installed, engine).await?;
        let server = directus.start().await?;
        let office = directus.office(&server.address, &[unit]).await?;
        Ok(Self {
            directus,
            server,
            office,
        })
    }
}

/// Makes one device; its identity.
async fn make(address: &str, headers: &str) -> Result<Id, Failure> {
    let mut connection = Connection::open(address).await?;
    let headers = format!("{headers}content-type: application/json\r\n");
    let request = connection.request("POST", LIST, &headers, &made().to_string());
    let answer = connection.send(&request).await?.fine()?;
    let answer: Value = serde_json::from_slice(&answer)?;
    Ok(answer["id"].as_str().ok_or("no identity")?.parse()?)
}

/// What an administrator must say of a device, to whom no presets apply.
fn with_unit(mut body: Value, unit: Id) -> Value {
    body["unit"] = unit.to_string().into();
    body["state"] = "stored".into();
    body["warranty_months"] = 12.into();
    body["warranty_until"] = "2024-01-05".into();
    body["repair_cost_vnd"] = 0.into();
    body
}

/// A device as it is compared; a large number is a text in Directus.
fn told(id: &Value, code: &Value, price: &Value) -> String {
    [id, code, price]
        .map(|value| value.to_string().trim_matches('"').to_owned())
        .join(" ")
}

async fn rate_of(asked: Option<&Asked>, time: Duration) -> Result<Option<f64>, Failure> {
    match asked {
        None => Ok(None),
        Some(asked) => asked.rate(time).await.map(Some),
    }
}

/// Rates of turns against a peer's; at least so many times those.
fn figure(engine: &Engine, what: &str, needed: f64, ours: &[f64], theirs: &[f64]) -> Figure {
    let pairs: Vec<f64> = ours.iter().zip(theirs).map(|(a, b)| a / b).collect();
    let ratio = median(&pairs);
    Figure {
        engine: engine.name(),
        what: what.to_owned(),
        peer: String::new(),
        theirs: per_second(median(theirs)),
        ours: per_second(median(ours)),
        ratio: Some(ratio),
        needed: format!("≥ {needed}×"),
        met: ratio >= needed,
    }
}
