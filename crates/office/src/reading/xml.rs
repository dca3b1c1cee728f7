//! What the readers of XML parts share.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart};

use super::ReadError;

/// A reader for which an empty element opens and closes.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader
}

pub(super) fn damaged(error: quick_xml::Error) -> ReadError {
    ReadError::Damaged(error.to_string())
}

/// An attribute by its name without the namespace's prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.into_owned())
}

/// What a reference stands for; the file can declare none of its own.
pub(super) fn referred(reference: &BytesRef<'_>) -> Result<char, ReadError> {
    if let Some(ch) = reference.resolve_char_ref().map_err(damaged)? {
        return Ok(ch);
    }
    match &*reference.xml10_content() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        other => Err(ReadError::Damaged(format!("it refers to «{other}»"))),
    }
}
