//! What a file is, by what it holds.

use super::{Format, ReadError};
use crate::package;

/// Kinds of files that are known, and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A PDF shows letters at places; its tables are gone.
    #[error("it is a PDF, which keeps no tables; give the DOCX or XLSX that it was made from")]
    Pdf,
    /// DOC and XLS of before 2007.
    #[error(
        "it is a Word or Excel file of the old kind (.doc, .xls); open it and save it as .docx or .xlsx"
    )]
    OldOffice,
    /// RTF.
    #[error("it is an RTF file; open it and save it as .docx")]
    Rtf,
    /// ODT, ODS.
    #[error("it is an OpenDocument file; open it and save it as .docx or .xlsx")]
    OpenDocument,
    /// Something else in a package.
    #[error("it is a package (zip) that holds no document; give the document itself")]
    Package,
    /// A picture.
    #[error("it is a picture; give the document itself as .docx, .xlsx or text")]
    Picture,
}

/// How much of a text may stand before the first tag, in bytes.
const OPENING: usize = 4_096;

pub(super) fn sniff(bytes: &[u8]) -> Result<Format, ReadError> {
    const KNOWN: [(&[u8], Refused); 7] = [
        (b"%PDF", Refused::Pdf),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Refused::OldOffice),
        (b"{\\rtf", Refused::Rtf),
        (b"\x89PNG", Refused::Picture),
        (b"\xff\xd8\xff", Refused::Picture),
        (b"GIF8", Refused::Picture),
        (b"II*\0", Refused::Picture),
    ];
    if let Some((_, refused)) = KNOWN.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err((*refused).into());
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return packaged(bytes);
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(OPENING)]);
    Ok(if is_page(&start) {
        Format::Html
    } else {
        Format::Text
    })
}

fn packaged(bytes: &[u8]) -> Result<Format, ReadError> {
    let names = package::names(bytes)?;
    let has = |name: &str| names.iter().any(|part| part == name);
    if has("word/document.xml") {
        Ok(Format::Docx)
    } else if has("xl/workbook.xml") {
        Ok(Format::Xlsx)
    } else if has("content.xml") && has("mimetype") {
        Err(Refused::OpenDocument.into())
    } else {
        Err(Refused::Package.into())
    }
}

/// The text opens with a tag that pages open with.
pub(super) fn is_page(text: &str) -> bool {
    const TAGS: [&str; 12] = [
        "!doctype html",
        "html",
        "head",
        "body",
        "meta",
        "table",
        "div",
        "p",
        "span",
        "center",
        "h1",
        "?xml",
    ];
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let Some(tag) = start.strip_prefix('<') else {
        return false;
    };
    if tag.starts_with("!--") {
        return tag.split_once("-->").is_some_and(|(_, rest)| is_page(rest));
    }
    TAGS.iter().any(|name| {
        tag.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
            && tag[name.len()..].starts_with(|ch: char| ch.is_whitespace() || "/>".contains(ch))
    })
}
