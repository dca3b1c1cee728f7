//! Office files in and out: paragraphs and tables, whatever they mean.
//!
//! A reader turns a file into a [`Document`] whose every cell remembers the line it stood
//! on, so that whoever gives it a meaning can point back at the source. What the tables
//! say is for the floors above.

pub mod csv;
pub mod document;
pub mod docx;
pub mod fill_in;
pub mod grid;
pub mod long;
mod numerals;
mod package;
pub mod reading;
pub mod sheet;
pub mod text;
pub mod xlsx;
pub mod xlsx_in;

pub use document::{Block, Cell, Document, Paragraph, Row, Table};
pub use package::PackageError;
pub use reading::{Encoding, Format, Place, ReadError, Reading};
pub use sheet::Value;
