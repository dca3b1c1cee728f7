//! What a row of a sheet says about itself.

use sha2::{Digest, Sha256};
use vocab::hex;

use super::SheetHead;
use crate::figure::Entered;

/// What stands in a line's key cell: its key, and the digest that ties it to this sheet.
pub(super) fn key_cell(head: &SheetHead, key: &str) -> String {
    format!("{key} ~ {}", digest(head, key))
}

/// A key cell in its parts; nothing for any other text.
pub(super) fn key_of(text: &str) -> Option<(&str, &str)> {
    let (key, digest) = text.trim().rsplit_once(" ~ ")?;
    let known = digest.len() == 12 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    (known && !key.is_empty()).then_some((key, digest))
}

/// The digest over what a sheet is about and a line of it.
pub(super) fn digest(head: &SheetHead, key: &str) -> String {
    let texts = [
        "phusa sheet 1",
        &head.campaign,
        &head.unit.to_string(),
        &head.period.code(),
        key,
    ];
    short(&texts)
}

/// What a line said when the sheet was made: its value, and a digest of its note.
pub(super) fn base(entered: Entered, note: &str) -> String {
    format!("{} ~ {}", value(entered), note_digest(note))
}

/// The parts of that.
pub(super) fn base_of(text: &str) -> Option<(&str, &str)> {
    text.trim().rsplit_once(" ~ ")
}

/// A value in a form of its own: no two values share it.
pub(super) fn value(entered: Entered) -> String {
    let part = |number: Option<i64>| number.map_or_else(|| "-".to_owned(), |n| n.to_string());
    match entered {
        Entered {
            reached: Some(reached),
            ..
        } => format!("reached={reached}"),
        Entered {
            count: Some(count), ..
        } => format!("count={}", count.normalized()),
        Entered {
            numerator: None,
            denominator: None,
            ..
        } => "none".to_owned(),
        entered => format!("{}/{}", part(entered.numerator), part(entered.denominator)),
    }
}

/// A short digest of a note.
pub(super) fn note_digest(note: &str) -> String {
    short(&["phusa note 1", note.trim()])
}

fn short(texts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update(text.len().to_be_bytes());
        hasher.update(text);
    }
    hex::encode(&hasher.finalize()[..6])
}
