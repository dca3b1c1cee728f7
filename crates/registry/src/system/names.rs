//! Names of packs' kinds and columns: they stand in SQL as they are, so they are plain and short.
//!
//! Declarations name things by `&'static str`. Names of packs are kept once for as long as the
//! program runs: packs are read when it starts, and there are a few thousand names.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};
use vocab::hex;

/// The longest name of a table or column: an index is named after both and PostgreSQL keeps 63
/// bytes.
const LONGEST: usize = 24;
/// So much of a name that is too long stays before its digest.
const KEPT: usize = 16;

static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// The same text for as long as the program runs.
pub(crate) fn intern(text: &str) -> &'static str {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(name) = known.get(text) {
        return name;
    }
    let name: &'static str = Box::leak(text.to_owned().into_boxed_str());
    known.insert(name);
    name
}

/// The same texts for as long as the program runs.
pub(crate) fn intern_all<'a>(texts: impl IntoIterator<Item = &'a str>) -> &'static [&'static str] {
    let all: Vec<&'static str> = texts.into_iter().map(intern).collect();
    Box::leak(all.into_boxed_slice())
}

/// The same list for as long as the program runs; each list is kept once.
pub(crate) fn shared(names: &[&'static str]) -> &'static [&'static str] {
    static LISTS: Mutex<BTreeSet<&'static [&'static str]>> = Mutex::new(BTreeSet::new());
    let mut lists = LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(list) = lists.get(names) {
        return list;
    }
    let list: &'static [&'static str] = Box::leak(names.to_vec().into_boxed_slice());
    lists.insert(list);
    list
}

/// The table of a pack's record type; it is the name of its kind too.
pub(crate) fn table(pack: &str, record: &str) -> &'static str {
    intern(&short(&format!("p_{pack}_{record}")))
}

/// Whether a table is one of a pack's record type: no other name begins so.
pub(crate) fn is_of_pack(table: &str) -> bool {
    table.starts_with("p_")
}

/// The column of a field: no word of SQL begins so.
pub(crate) fn column(field: &str) -> &'static str {
    intern(&short(&format!("f_{field}")))
}

/// The column that keeps what lists are ordered by instead of their usual order.
pub(crate) fn order_column(name: &str) -> &'static str {
    intern(&short(&format!("o_{name}")))
}

/// A column of a shape's field, which has several.
pub(crate) fn shape_column(field: &str, ending: &str) -> &'static str {
    intern(&short(&format!("g_{field}_{ending}")))
}

fn short(name: &str) -> String {
    let plain = name.replace(['-', '.'], "_");
    // Two names that differ in a mark alone must not meet.
    if plain.len() <= LONGEST && plain == name {
        return plain;
    }
    let digest = hex::encode(&Sha256::digest(name));
    let kept: String = plain.chars().take(KEPT).collect();
    format!("{}_{}", kept.trim_end_matches('_'), &digest[..7])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_short_and_their_own() {
        let names = [
            ("a", "b"),
            ("a-b", "c"),
            ("a", "b-c"),
            ("growing-area", "growing-area"),
            ("growing-area", "harvest-declaration"),
        ];
        let tables: BTreeSet<&str> = names
            .iter()
            .map(|(pack, record)| table(pack, record))
            .collect();
        assert_eq!(tables.len(), names.len(), "{tables:?}");
        for table in tables {
            assert!(table.len() <= LONGEST, "{table}");
            assert!(
                table
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            );
        }
        assert_eq!(column("order"), "f_order");
        assert!(std::ptr::eq(intern("đơn vị"), intern("đơn vị")));
    }
}
