//! The addresses of systems, their maps, figures and papers.

use super::{encode, with_query};
use crate::i18n::Whole;

/// The systems that packs declare, by sector.
pub const SYSTEMS: &str = "/he-thong";
/// The maps that anybody may see.
pub const MAPS: &str = "/ban-do";
/// What maps stand on: communes, about where the province lies.
pub const MAP_BASE: &str = "/ban-do/nen";

/// A map that anybody may see, or what stands under it.
pub fn public_map(pack: &str, record: &str, rest: &str) -> String {
    let map = format!("{MAPS}/{}/{}", encode(pack), encode(record));
    if rest.is_empty() {
        map
    } else {
        format!("{map}/{rest}")
    }
}

/// The list of a system's records, or what stands under it.
pub fn system(pack: &str, record: &str, rest: &str) -> String {
    let list = format!("{SYSTEMS}/{}/{}", encode(pack), encode(record));
    if rest.is_empty() {
        list
    } else {
        format!("{list}/{rest}")
    }
}

/// The manual of a system.
pub fn manual(pack: &str) -> String {
    format!("/huong-dan/{}", encode(pack))
}

/// The figures that systems compute.
pub const FIGURES: &str = "/so-lieu";

/// One figure, by `pack/record/indicator`; as of when: `ky`, or `luc` with `tu` and `den`.
pub fn figure(key: &str, query: &[(&str, String)]) -> String {
    let parts: Vec<String> = key.split('/').map(encode).collect();
    let query: Vec<(&str, &str)> = query
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    with_query(&format!("{FIGURES}/{}", parts.join("/")), &query)
}

/// The form for what the measures of a target are computed from.
pub fn target_feeds(number: impl Whole) -> String {
    format!("/muc-tieu/{}/nguon-so-lieu", number.whole())
}

/// Where anyone asks whether a paper holds: the print-out, the record and its version when the
/// paper was made.
pub fn verify(pack: &str, record: &str, print: &str, id: &str, version: i64) -> String {
    let (pack, record, print) = (encode(pack), encode(record), encode(print));
    format!("/xac-thuc/{pack}/{record}/{print}/{}/{version}", encode(id))
}

/// What anyone may look up.
pub const LOOKUPS: &str = "/tra-cuu";

/// One look-up.
pub fn lookup(pack: &str, record: &str, lookup: &str) -> String {
    let (pack, record) = (encode(pack), encode(record));
    format!("{LOOKUPS}/{pack}/{record}/{}", encode(lookup))
}
