//! What a cell of a spreadsheet or of comma-separated values holds.

use vocab::Decimal;

/// A value on its way out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// Words, whatever they look like: never run as a formula.
    Text(&'a str),
    /// An exact number.
    Number(Decimal),
}

/// Whether a spreadsheet program that opens comma-separated values would run the text.
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
