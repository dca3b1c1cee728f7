//! Searching in a million.

use store::{Config, Scope, SearchQuery, Store, Value};
use vocab::Id;

use crate::bare::{Peer, unit_token};
use crate::figure::Figure;
use crate::options::Options;
use crate::place::Engine;
use crate::{Failure, dataset, records, turns};

const COLUMNS: &str = "h.id, h.version, h.unit, h.state, h.sort_key, h.created_at, h.updated_at, \
                       h.title, h.marker, h.amount, h.code";
const LIMIT: usize = 50;

/// A search as somebody may do it.
struct Shape {
    name: &'static str,
    word: &'static str,
    /// Whether the word is only begun: what the bare query has to be told.
    begun: bool,
    /// None: every unit.
    units: Option<Vec<Id>>,
}

fn shapes() -> Vec<Shape> {
    vec![
        Shape {
            name: "a rare word",
            word: records::RARE_WORD,
            begun: false,
            units: None,
        },
        Shape {
            name: "the beginning of a number, ten records",
            word: "00001234",
            begun: true,
            units: None,
        },
        Shape {
            name: "a word in half of the records",
            word: records::COMMON_WORD,
            begun: false,
            units: None,
        },
        Shape {
            name: "a word in half of the records, an actor who sees 0.1 %",
            word: records::COMMON_WORD,
            begun: false,
            units: Some(records::tiny()),
        },
    ]
}

/// Each shape, against the bare full-text query of the engine.
pub(crate) async fn measure(
    engine: &Engine,
    options: &Options,
    config: &Config,
    store: &Store,
) -> Result<Vec<Figure>, Failure> {
    let peer = Peer::connect(config).await?;
    let turns = options.scaled(100, 30);
    let mut figures = Vec::new();
    for shape in shapes() {
        let query = SearchQuery {
            table: records::TABLE.to_owned(),
            scope: shape
                .units
                .as_ref()
                .map_or(Scope::bypass("measurements"), |units| {
                    Scope::units(units.iter().copied())
                }),
            text: shape.word.to_owned(),
            limit: LIMIT,
        };
        let (sql, params) = shape.bare(&peer);
        let ours: Vec<Option<Id>> = store
            .search(&query)
            .await?
            .iter()
            .map(|head| Some(head.id))
            .collect();
        let theirs = peer.query_anew(&sql, &params).await?;
        let theirs: Vec<Option<Id>> = theirs.iter().map(|row| row[0].as_id()).collect();
        if ours != theirs || ours.is_empty() {
            return Err(format!("{}: the two ways find different records", shape.name).into());
        }
        let turns = turns::take(
            turns,
            async |_| {
                store.search(&query).await?;
                Ok(())
            },
            async |_| {
                peer.query_anew(&sql, &params).await?;
                Ok(())
            },
        )
        .await?;
        let what = format!("search in {}: {}", dataset::size_text(options), shape.name);
        let peer_name = match engine {
            Engine::Sqlite(_) => "bare FTS5 query",
            Engine::Postgres(..) => "bare GIN query",
        };
        // Whole words are asked for first, so that a beginning takes two queries.
        let at_most = (!shape.begun).then_some(2.0);
        figures.push(turns.figure(engine, what, peer_name, at_most, 50.0));
    }
    Ok(figures)
}

impl Shape {
    /// The newest records that hold the word, as one would ask the engine alone.
    fn bare(&self, peer: &Peer) -> (String, Vec<Value>) {
        let word = vocab::fold::fold(self.word);
        let word = match (peer, self.begun) {
            (Peer::Sqlite(_), false) => format!("\"{word}\""),
            (Peer::Sqlite(_), true) => format!("\"{word}\"*"),
            (Peer::Postgres(..), false) => format!("'{word}'"),
            (Peer::Postgres(..), true) => format!("'{word}':*"),
        };
        let units = self.units.iter().flatten().copied();
        match peer {
            Peer::Sqlite(_) => {
                let units: Vec<String> = units
                    .map(|unit| format!("\"{}\"", unit_token(unit)))
                    .collect();
                let matching = if units.is_empty() {
                    word
                } else {
                    format!("({}) AND {word}", units.join(" OR "))
                };
                let sql = format!(
                    "SELECT {COLUMNS} FROM words_dossier w JOIN head_dossier h ON h.row = w.rowid \
                     WHERE words_dossier MATCH ?1 ORDER BY w.rowid DESC LIMIT {LIMIT}"
                );
                (sql, vec![matching.into()])
            }
            Peer::Postgres(..) => {
                let units: Vec<String> = units
                    .map(|unit| format!("'{}'", unit_token(unit)))
                    .collect();
                let matching = if units.is_empty() {
                    word
                } else {
                    format!("({}) & {word}", units.join(" | "))
                };
                let sql = format!(
                    "SELECT {COLUMNS} FROM head_dossier h WHERE h.tokens @@ ?1::text::tsquery \
                     ORDER BY h.created_at DESC, h.id DESC LIMIT {LIMIT}"
                );
                (sql, vec![matching.into()])
            }
        }
    }
}
