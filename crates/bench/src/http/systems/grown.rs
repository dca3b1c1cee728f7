//! A pack that asks its records something more, while many write them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;

use super::asking::CONNECTIONS;
use super::{Bench, LIST, made};
use crate::figure::{Figure, millis};
use crate::http::client::Connection;
use crate::http::process::{self, Server};
use crate::{Failure, dataset};

/// The longest that a write may wait, in milliseconds.
const MOST_MS: f64 = 1_000.0;
/// The file of the type.
const TYPE: &str = "office/it-equipment/device.toml";
/// What it asks besides.
const FIELD: &str = "\n[[field]]\nid = \"grown\"\ntype = \"text\"\nfilter = true\n\
                     title = { vi = \"Thêm (giả lập)\", en = \"Added (made up)\" }\n";

/// What those who wrote saw.
struct Seen {
    slowest_ms: f64,
    count: u64,
}

impl Bench<'_> {
    /// The slowest write while the pack is applied, beside the slowest in the same time without.
    pub(super) async fn grown(&mut self) -> Result<Figure, Failure> {
        let folder = tempfile::tempdir()?;
        let packs = folder.path().to_owned();
        copy(&shipped(), &packs)?;
        let file = packs.join(TYPE);
        std::fs::write(&file, std::fs::read_to_string(&file)? + FIELD)?;

        let stop = Arc::new(AtomicBool::new(false));
        let writing = tokio::spawn(self.write_until(&stop)?);
        tokio::time::sleep(Duration::from_secs(1)).await;
        let began = Instant::now();
        let (config, from) = (self.config.clone(), packs.clone());
        let applying = move || process::apply(&config, &from).map_err(|error| error.to_string());
        tokio::task::spawn_blocking(applying).await??;
        let took = began.elapsed();
        stop.store(true, Ordering::Relaxed);
        let ours = writing.await??;

        // Who writes by the earlier declaration is told to start again.
        self.server.kill()?;
        let began = Instant::now();
        self.server = Server::phusa_of(&self.config, &packs)?;
        let mut connection = Connection::open(&self.server.address).await?;
        let path = format!("{LIST}?grown=x");
        connection.get(&path, &self.headers).await?.fine()?;
        let started = began.elapsed();

        let stop = Arc::new(AtomicBool::new(false));
        let writing = tokio::spawn(self.write_until(&stop)?);
        tokio::time::sleep(took + Duration::from_secs(1)).await;
        stop.store(true, Ordering::Relaxed);
        let theirs = writing.await??;
        Ok(Figure {
            engine: self.engine.name(),
            what: format!(
                "a filterable field added to a type with {}, {CONNECTIONS} connections writing: \
                 the slowest write",
                dataset::size_text(self.options)
            ),
            peer: "as long without".to_owned(),
            theirs: format!("{:.0} ms of {}", theirs.slowest_ms, theirs.count),
            ours: format!(
                "{:.0} ms of {}; applied in {:.1} s, the server there again in {:.1} s",
                ours.slowest_ms,
                ours.count,
                took.as_secs_f64(),
                started.as_secs_f64()
            ),
            ratio: None,
            needed: format!("< {MOST_MS:.0} ms"),
            met: ours.slowest_ms < MOST_MS && ours.count > 0,
        })
    }

    /// Writes over many connections until told to stop, or until the server writes by a declaration
    /// that is not applied any more.
    fn write_until(
        &self,
        stop: &Arc<AtomicBool>,
    ) -> Result<impl Future<Output = Result<Seen, Failure>> + use<>, Failure> {
        let (address, headers) = (self.server.address.clone(), self.headers.clone());
        let headers = format!("{headers}content-type: application/json\r\n");
        let (body, stop) = (serde_json::to_string(&made())?, Arc::clone(stop));
        let next = Arc::new(AtomicU64::new(0));
        Ok(async move {
            let connections = (0..CONNECTIONS).map(|_| Connection::open(&address));
            let connections = try_join_all(connections).await?;
            let tasks = connections.into_iter().map(|mut connection| {
                let (headers, body) = (headers.clone(), body.clone());
                let (stop, next) = (Arc::clone(&stop), Arc::clone(&next));
                tokio::spawn(async move {
                    let mut seen = Seen {
                        slowest_ms: 0.0,
                        count: 0,
                    };
                    while !stop.load(Ordering::Relaxed) {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let body = body.replace("{}", &number.to_string());
                        let request = connection.request("POST", LIST, &headers, &body);
                        let began = Instant::now();
                        let answer = connection.send(&request).await?;
                        if answer.status == 503 {
                            break;
                        }
                        answer.fine()?;
                        seen.slowest_ms = seen.slowest_ms.max(millis(began.elapsed()));
                        seen.count += 1;
                    }
                    Ok::<_, Failure>(seen)
                })
            });
            let mut all = Seen {
                slowest_ms: 0.0,
                count: 0,
            };
            for seen in try_join_all(tasks).await? {
                let seen = seen?;
                all.slowest_ms = all.slowest_ms.max(seen.slowest_ms);
                all.count += seen.count;
            }
            Ok(all)
        })
    }
}

/// The packs that ship.
fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs")
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
