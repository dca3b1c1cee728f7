//! Why a text is not read as a decision.

use office::Document;
use office::text::{self, TextError};

/// The text is no decision with a plan, or not all of one. Says what was looked for, where,
/// and what to try.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing but white space.
    #[error(
        "reading a decision: the text is empty; give the decision's full text, its annexes included"
    )]
    Empty,
    /// A page for a browser.
    #[error(
        "reading a decision: the text is HTML; copy the page's text and save it in UTF-8, its tables parted by tabs"
    )]
    Html,
    /// No plain text, or too much of it.
    #[error("reading a decision: {0}")]
    Text(#[from] TextError),
    /// No annex with targets.
    #[error(
        "reading a decision: none of its {tables} tables has a heading that holds «{looked_for}»; check that the annex of targets is there and that its cells are parted by tabs"
    )]
    NoTargets {
        /// How many tables there are.
        tables: usize,
        /// What the heading of the table must hold.
        looked_for: &'static str,
    },
    /// No number and date of the decision itself.
    #[error(
        "reading a decision: no line says «{looked_for}»; add the line under the plan's title that names the decision"
    )]
    NoSymbol {
        /// The words that were looked for.
        looked_for: &'static str,
    },
    /// The body speaks of an annex that is not there.
    #[error(
        "reading a decision: line {line} speaks of annex {annex}, and no table follows a line «PHỤ LỤC {annex}»; the text seems to be cut off: give all of it"
    )]
    AnnexMissing {
        /// The annex's number.
        annex: u32,
        /// Where the body speaks of it.
        line: u32,
    },
    /// The last row of an annex is not whole, or its total is not there.
    #[error(
        "reading annex {annex}: it breaks off at line {line}, before {looked_for}; give all of the text"
    )]
    AnnexCutOff {
        /// The annex's number.
        annex: u32,
        /// Its last line.
        line: u32,
        /// What should have followed.
        looked_for: &'static str,
    },
    /// The heading of an annex lacks a column.
    #[error(
        "reading annex {annex}: the heading at line {line} has no column «{looked_for}»; check that its cells are parted by tabs"
    )]
    NoColumn {
        /// The annex's number.
        annex: u32,
        /// Where the heading stands.
        line: u32,
        /// What the column's heading must hold.
        looked_for: &'static str,
    },
    /// Amounts without the unit they are counted in.
    #[error(
        "reading annex {annex}: no line above the table at line {line} says «{looked_for}»; add the unit that its amounts are counted in"
    )]
    NoMoneyUnit {
        /// The annex's number.
        annex: u32,
        /// Where the table stands.
        line: u32,
        /// The words that were looked for.
        looked_for: &'static str,
    },
}

pub(crate) fn readable(text: &str) -> Result<Document, ImportError> {
    let start: String = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .chars()
        .take(15)
        .collect();
    let start = start.to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Err(ImportError::Html);
    }
    let document = text::read(text)?;
    if document.blocks.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(document)
}
