//! Tiles that were drawn, kept as long as nothing on the map changed.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use geometry::mercator::Tile;
use sha2::{Digest, Sha256};
use store::{Filter, Scope};
use vocab::hex;

/// So much is kept of what was asked for lately, and as much of what was before.
const MOST_BYTES: usize = 32 << 20;
/// What a tile costs beside its bytes.
const OVERHEAD: usize = 1_024;

/// What a tile depends on, beside the epoch of its kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Known {
    /// The kind of record.
    pub kind: &'static str,
    /// The field that is drawn.
    pub shape: &'static str,
    /// The column that colours it.
    pub colour: Option<&'static str>,
    /// Which tile.
    pub tile: Tile,
    /// Whose records.
    pub scope: Scope,
    /// What narrows them.
    pub filters: Vec<Filter>,
    /// The words that are looked for.
    pub words: String,
}

/// A tile as it is sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Its bytes, compressed (gzip).
    pub gzip: Arc<[u8]>,
    /// A digest of them, in hexadecimal digits.
    pub tag: Arc<str>,
    /// Whether nothing is drawn there.
    pub is_empty: bool,
}

impl Sent {
    /// Its bytes as they were before they were compressed.
    pub fn plain(&self) -> Vec<u8> {
        let mut plain = Vec::new();
        // What this process compressed itself is whole.
        let _ = GzDecoder::new(&*self.gzip).read_to_end(&mut plain);
        plain
    }
}

/// The tiles of a process.
#[derive(Debug, Default)]
pub(crate) struct Tiles(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    lately: HashMap<Known, (i64, Sent)>,
    before: HashMap<Known, (i64, Sent)>,
    bytes: usize,
}

impl Tiles {
    pub(super) fn lookup(&self, known: &Known, epoch: i64) -> Option<Sent> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |(at, sent): &(i64, Sent)| (*at == epoch).then(|| sent.clone());
        if let Some(found) = kept.lately.get(known) {
            return fresh(found);
        }
        let (known, found) = kept.before.remove_entry(known)?;
        let sent = fresh(&found)?;
        kept.put(known, epoch, sent.clone());
        Some(sent)
    }

    pub(super) fn keep(&self, known: Known, epoch: i64, drawn: &[u8]) -> Sent {
        let sent = Sent {
            gzip: compressed(drawn).into(),
            tag: hex::encode(&Sha256::digest(drawn)[..12]).into(),
            is_empty: drawn.is_empty(),
        };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.put(known, epoch, sent.clone());
        sent
    }
}

impl Kept {
    fn put(&mut self, known: Known, epoch: i64, sent: Sent) {
        let size = |sent: &Sent| sent.gzip.len() + OVERHEAD;
        self.bytes += size(&sent);
        if let Some((_, old)) = self.lately.insert(known, (epoch, sent)) {
            self.bytes -= size(&old);
        }
        if self.bytes > MOST_BYTES {
            self.before = std::mem::take(&mut self.lately);
            self.bytes = 0;
        }
    }
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::fast());
    // Writing into memory does not fail.
    let _ = out.write_all(bytes);
    out.finish().unwrap_or_default()
}
