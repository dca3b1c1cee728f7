//! Documents as officials cite them: symbols such as `833/QĐ-UBND`, and references such as
//! `Nghị quyết số 07-NQ/TU ngày 16/11/2022`.

mod kind;
mod reference;
mod scan;

use std::fmt;
use std::str::FromStr;

pub use kind::DocumentKind;
pub use reference::LegalReference;

use crate::text_form::serde_as_text;

/// The number and notation of a document (số, ký hiệu; NĐ 30/2020/NĐ-CP Phụ lục I).
///
/// | form | example |
/// |---|---|
/// | named document | `833/QĐ-UBND` |
/// | legal instrument | `12/2022/TT-BTTTT` |
/// | document of the Party | `07-NQ/TU` |
/// | official letter | `6621/UBND-PVHCC` |
/// | squeezed in later | `12a/QĐ-UBND` |
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentSymbol {
    /// Its number of the year.
    pub number: u32,
    /// The small letter of a document that was squeezed in between two numbers.
    pub letter: Option<char>,
    /// The year, which legal instruments carry.
    pub year: Option<u16>,
    /// What it is; `None` for an official letter (công văn).
    pub kind: Option<DocumentKind>,
    /// Who issued it, as `UBND` or `BTTTT`.
    pub issuer: String,
    /// Who drafted it, which official letters carry, as `PVHCC`.
    pub drafter: Option<String>,
    /// Whether it has the Party's form, with the hyphen first.
    pub party_form: bool,
}

/// The text is no document symbol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a document symbol; write it as 833/QĐ-UBND, 07-NQ/TU, 12/2022/TT-BTTTT or 6621/UBND-PVHCC"
)]
pub struct InvalidDocumentSymbol(String);

impl FromStr for DocumentSymbol {
    type Err = InvalidDocumentSymbol;

    /// Reads a symbol, with stray spaces and with a hyphen missing after a known kind:
    /// `394/QĐ- UBND`, `394/QĐ UBND`.
    fn from_str(text: &str) -> Result<Self, InvalidDocumentSymbol> {
        let plain = scan::plain(text);
        match scan::symbol(plain.trim()) {
            Some((symbol, "")) => Ok(symbol),
            _ => Err(InvalidDocumentSymbol(text.chars().take(60).collect())),
        }
    }
}

impl fmt::Display for DocumentSymbol {
    /// The proper form: numbers below ten padded with a zero, no spaces.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, issuer, .. } = self;
        write!(f, "{number:02}")?;
        if let Some(letter) = self.letter {
            write!(f, "{letter}")?;
        }
        if let (Some(kind), true) = (self.kind, self.party_form) {
            return write!(f, "-{}/{issuer}", kind.abbreviation());
        }
        if let Some(year) = self.year {
            write!(f, "/{year}")?;
        }
        f.write_str("/")?;
        if let Some(kind) = self.kind {
            write!(f, "{}-", kind.abbreviation())?;
        }
        f.write_str(issuer)?;
        match &self.drafter {
            Some(drafter) => write!(f, "-{drafter}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for DocumentSymbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(DocumentSymbol, |symbol: &DocumentSymbol| symbol.to_string());

#[cfg(test)]
mod tests;
