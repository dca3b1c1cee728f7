//! The peers: the same rows, by the same drivers, without the store.

mod peer;
pub(crate) mod postgres;
pub(crate) mod sqlite;

pub(crate) use peer::Peer;
use store::{Op, Value};
use vocab::context::fixed;

use crate::{Failure, records};

/// Rows of one table, as the store had written them.
pub(crate) struct TableRows {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Value>>,
}

/// The tables whose rows a peer repeats, with the column that tells when a row was put.
const TABLES: [(&str, &str); 3] = [
    ("head_dossier", "created_at"),
    ("record_version", "at"),
    ("leaf", "at"),
];

/// What the engine numbers by itself.
const NUMBERED: [&str; 2] = ["ord", "xid"];

/// The line of search tokens of the record with this code: its words, and its unit.
fn tokens_line(code: &str) -> Result<String, Failure> {
    let number = code.trim_start_matches("HS-").parse()?;
    let write = records::creation(number, &fixed::context(1));
    let Some(Op::Put(put)) = write.ops.first() else {
        return Err("a creation puts a record".into());
    };
    let unit = format!("\u{b5}{}", put.unit.to_string().replace('-', ""));
    Ok(put
        .tokens
        .iter()
        .fold(unit, |line, token| line + " " + token))
}

/// The token under which the store keeps a unit's records among the words.
pub(crate) fn unit_token(unit: vocab::Id) -> String {
    format!("\u{b5}{}", unit.to_string().replace('-', ""))
}

/// The instant of the newest head among these rows.
pub(crate) fn latest(tables: &[TableRows]) -> i64 {
    let heads = &tables[0];
    let place = heads.columns.iter().position(|name| name == "created_at");
    let instants = heads.rows.iter().filter_map(|row| row[place?].as_int());
    instants.max().unwrap_or(i64::MIN)
}
