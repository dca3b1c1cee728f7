//! Any document that people hand in, into paragraphs and tables: plain text, saved web pages,
//! text documents (DOCX) and spreadsheets (XLSX), told apart by what they hold and never by
//! their names.
//!
//! Whatever is no plain text is laid out as text first, so that every paragraph and cell has a
//! line to point back at; [`Reading::place`] says where that line stands in the file itself.

mod docx;
mod encoding;
mod html;
mod layout;
mod legacy;
mod numbering;
mod sniff;
mod tree;
mod workbook;
mod xml;

use serde::Serialize;

pub use encoding::Encoding;
pub use sniff::Refused;

use crate::document::Document;
use crate::package::{self, PackageError};
use crate::text::{self, TextError};
use layout::Laid;

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Plain text, its tables laid out with tabs.
    Text,
    /// A page for a browser.
    Html,
    /// A text document, as word processors write it.
    Docx,
    /// A spreadsheet.
    Xlsx,
}

/// Where something stands in the file itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A line of a page's source, counted from 1.
    Line(u32),
    /// A paragraph of a text document, those inside tables included, counted from 1.
    Paragraph(u32),
    /// A cell of a spreadsheet, such as `Phụ lục 1!B7`.
    Cell(String),
}

/// A file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it is.
    pub format: Format,
    /// How its letters were written; `None` where the format says so itself.
    pub encoding: Option<Encoding>,
    /// Its paragraphs and tables. Their lines are those of `text`.
    pub document: Document,
    /// The document as plain text, its tables laid out with tabs.
    pub text: String,
    places: Vec<Option<Place>>,
}

impl Reading {
    /// Where a line of `text`, counted from 1, stands in the file; `None` for plain text, whose
    /// lines are its places, and for lines that were put between.
    pub fn place(&self, line: u32) -> Option<&Place> {
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        self.places.get(index)?.as_ref()
    }
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// A kind of file that is known and not read.
    #[error("reading a file: {0}")]
    Refused(#[from] Refused),
    /// Letters in no way of writing them that is known.
    #[error("reading text: its letters are written in no known way; save it as text in UTF-8")]
    Encoding,
    /// Plain text, or one laid out from another format, beyond what is read.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The package of an office file.
    #[error("reading an office file: {0}")]
    Package(#[from] PackageError),
    /// An office file whose parts do not fit together.
    #[error("reading an office file: {0}; open it in an office program and save it again")]
    Damaged(String),
    /// Tables inside tables inside tables.
    #[error(
        "reading a file: more than {} tables stand inside each other",
        tree::DEEPEST
    )]
    TooDeep,
}

/// Reads a file, whatever it is.
pub fn read(bytes: &[u8]) -> Result<Reading, ReadError> {
    match sniff::sniff(bytes)? {
        Format::Docx => {
            package::check(bytes)?;
            Ok(laid_out(
                Format::Docx,
                None,
                layout::lay_out(docx::read(bytes)?)?,
            ))
        }
        Format::Xlsx => {
            package::check(bytes)?;
            let draft = workbook::read(bytes)?;
            Ok(laid_out(Format::Xlsx, None, layout::lay_out(draft)?))
        }
        Format::Html => {
            let (text, encoding) = decoded(bytes)?;
            let draft = html::read(&text)?;
            Ok(laid_out(
                Format::Html,
                Some(encoding),
                layout::lay_out(draft)?,
            ))
        }
        Format::Text => {
            let (text, encoding) = decoded(bytes)?;
            // A page whose letters are not in UTF-8 shows itself only now.
            if sniff::is_page(&text) {
                let laid = layout::lay_out(html::read(&text)?)?;
                return Ok(laid_out(Format::Html, Some(encoding), laid));
            }
            Ok(Reading {
                format: Format::Text,
                encoding: Some(encoding),
                document: text::read(&text)?,
                text,
                places: Vec::new(),
            })
        }
    }
}

fn laid_out(format: Format, encoding: Option<Encoding>, laid: Laid) -> Reading {
    Reading {
        format,
        encoding,
        document: laid.document,
        text: laid.text,
        places: laid.places,
    }
}

fn decoded(bytes: &[u8]) -> Result<(String, Encoding), ReadError> {
    if bytes.len() > text::LARGEST_TEXT {
        return Err(TextError::TooLong { bytes: bytes.len() }.into());
    }
    encoding::decode(bytes)
}
