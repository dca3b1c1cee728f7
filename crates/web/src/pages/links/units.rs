//! The addresses of units through time.

use super::encode;

/// Tree of units; the day, if not that of the decision, is `ngay`.
pub const UNITS: &str = "/don-vi";
/// Units of any day; the day is `ngay`, the hierarchy `he`, words or a code `q`.
pub const UNIT_TREE: &str = "/don-vi/cay";
/// Units of two days compared: `tu`, `den`.
pub const UNIT_MAPPING: &str = "/don-vi/so-sanh";
/// Map of the communes of a day, `ngay`.
pub const UNIT_MAP: &str = "/don-vi/ban-do";
/// Events of units.
pub const UNIT_EVENTS: &str = "/quan-tri/don-vi";
/// The form for an event, step by step; its kind is `loai`, its day `ngay`. What it does (POST).
pub const UNIT_EVENT_NEW: &str = "/quan-tri/don-vi/moi";
/// Apply an event (POST).
pub const UNIT_EVENT_APPLY: &str = "/quan-tri/don-vi/ap-dung";
/// A file of events: the form, and what the file would do (POST).
pub const UNIT_IMPORT: &str = "/quan-tri/don-vi/tep";
/// Apply a file of events (POST).
pub const UNIT_IMPORT_APPLY: &str = "/quan-tri/don-vi/tep/ap-dung";

/// One unit.
pub fn unit(id: &str) -> String {
    format!("/don-vi/{}", encode(id))
}

/// One unit on a day.
pub fn unit_on(id: &str, day: jiff::civil::Date) -> String {
    format!("{}?ngay={day}", unit(id))
}

/// One unit over all days.
pub fn unit_history(id: &str) -> String {
    format!("{}/lich-su", unit(id))
}

/// One unit over all days, with what it was on this one.
pub fn unit_history_on(id: &str, day: jiff::civil::Date) -> String {
    format!("{}?ngay={day}", unit_history(id))
}

/// Undo what was ordered together (GET shows it, POST does it).
pub fn unit_undo(rearrangement: &str) -> String {
    format!("{UNIT_EVENTS}/{}/huy", encode(rearrangement))
}
