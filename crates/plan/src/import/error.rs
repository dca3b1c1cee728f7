//! Why a text is not read as a decision.

use office::ReadError;
use office::text::TextError;

/// The text is no decision with a plan, or not all of one. Says what was looked for, where,
/// and what to try.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing but white space.
    #[error(
        "reading a decision: the text is empty; give the decision's full text, its annexes included"
    )]
    Empty,
    /// A kind of file that is not read, damaged, or made to hurt.
    #[error("reading a decision: {0}")]
    File(ReadError),
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
}

impl From<ReadError> for ImportError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Text(error) => Self::Text(error),
            other => Self::File(other),
        }
    }
}
