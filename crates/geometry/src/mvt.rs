//! Mapbox Vector Tile 2.1, written: layers of features with an id and one text each.

use std::collections::HashMap;

use crate::packed::unsigned;

/// The side of a tile in its own units.
pub const EXTENT: i64 = 4_096;

/// What a feature draws, in units of the tile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// A dot.
    Dot((i64, i64)),
    /// Pieces of a line.
    Lines(Vec<Vec<(i64, i64)>>),
    /// Rings without their closing places, each outline before its holes.
    Rings(Vec<Vec<(i64, i64)>>),
}

/// A layer that is being written.
#[derive(Debug)]
pub struct Layer {
    name: &'static str,
    features: Vec<u8>,
    keys: Vec<&'static str>,
    values: Vec<Vec<u8>>,
    known: HashMap<String, u64>,
    count: usize,
}

impl Layer {
    /// An empty layer.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            features: Vec::new(),
            keys: Vec::new(),
            values: Vec::new(),
            known: HashMap::new(),
            count: 0,
        }
    }

    /// Adds a feature with what is said of it.
    pub fn add(&mut self, id: Option<u64>, drawing: &Drawing, said: &[(&'static str, &str)]) {
        let mut feature = Vec::new();
        if let Some(id) = id {
            field(&mut feature, 1, 0);
            unsigned(&mut feature, id);
        }
        let mut tags = Vec::new();
        for (key, value) in said {
            let place = self.keys.iter().position(|known| known == key);
            let place = place.unwrap_or_else(|| {
                self.keys.push(key);
                self.keys.len() - 1
            });
            unsigned(&mut tags, place as u64);
            let next = self.values.len() as u64;
            let number = *self.known.entry((*value).to_owned()).or_insert(next);
            if number == next {
                let mut text = Vec::new();
                bytes(&mut text, 1, value.as_bytes());
                self.values.push(text);
            }
            unsigned(&mut tags, number);
        }
        if !tags.is_empty() {
            bytes(&mut feature, 2, &tags);
        }
        field(&mut feature, 3, 0);
        unsigned(
            &mut feature,
            match drawing {
                Drawing::Dot(_) => 1,
                Drawing::Lines(_) => 2,
                Drawing::Rings(_) => 3,
            },
        );
        bytes(&mut feature, 4, &commands(drawing));
        bytes(&mut self.features, 2, &feature);
        self.count += 1;
    }

    /// How many features it has.
    pub fn count(&self) -> usize {
        self.count
    }

    fn written(self, out: &mut Vec<u8>) {
        let mut layer = Vec::with_capacity(self.features.len() + 64);
        bytes(&mut layer, 1, self.name.as_bytes());
        layer.extend(self.features);
        for key in &self.keys {
            bytes(&mut layer, 3, key.as_bytes());
        }
        for value in &self.values {
            bytes(&mut layer, 4, value);
        }
        field(&mut layer, 5, 0);
        unsigned(&mut layer, EXTENT.unsigned_abs());
        field(&mut layer, 15, 0);
        unsigned(&mut layer, 2);
        bytes(out, 3, &layer);
    }
}

/// A tile of these layers; those without features are left out.
pub fn tile(layers: impl IntoIterator<Item = Layer>) -> Vec<u8> {
    let mut out = Vec::new();
    for layer in layers.into_iter().filter(|layer| layer.count > 0) {
        layer.written(&mut out);
    }
    out
}

fn field(out: &mut Vec<u8>, number: u64, wire: u64) {
    unsigned(out, number << 3 | wire);
}

fn bytes(out: &mut Vec<u8>, number: u64, content: &[u8]) {
    field(out, number, 2);
    unsigned(out, content.len() as u64);
    out.extend_from_slice(content);
}

const MOVE: u64 = 1;
const DRAW: u64 = 2;
const CLOSE: u64 = 7;

fn commands(drawing: &Drawing) -> Vec<u8> {
    let mut out = Vec::new();
    let mut pen = (0, 0);
    let command = |out: &mut Vec<u8>, id: u64, count: usize| {
        unsigned(out, id | (count as u64) << 3);
    };
    let mut go = |out: &mut Vec<u8>, to: (i64, i64)| {
        for step in [to.0 - pen.0, to.1 - pen.1] {
            unsigned(out, ((step << 1) ^ (step >> 63)).cast_unsigned());
        }
        pen = to;
    };
    match drawing {
        Drawing::Dot(at) => {
            command(&mut out, MOVE, 1);
            go(&mut out, *at);
        }
        Drawing::Lines(parts) | Drawing::Rings(parts) => {
            for part in parts {
                let Some((first, rest)) = part.split_first() else {
                    continue;
                };
                command(&mut out, MOVE, 1);
                go(&mut out, *first);
                command(&mut out, DRAW, rest.len());
                for at in rest {
                    go(&mut out, *at);
                }
                if matches!(drawing, Drawing::Rings(_)) {
                    command(&mut out, CLOSE, 1);
                }
            }
        }
    }
    out
}
