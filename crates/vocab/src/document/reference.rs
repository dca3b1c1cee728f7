//! References to documents: a symbol and a date.

use jiff::civil::Date;

use super::{DocumentSymbol, scan};
use crate::Lang;

/// A document as another one cites it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LegalReference {
    /// Its symbol.
    pub symbol: DocumentSymbol,
    /// When it was signed, if the citation says so.
    pub date: Option<Date>,
}

impl LegalReference {
    /// All references in a text, in its order: each symbol with the date that follows it.
    /// Impossible dates are left out.
    pub fn find_all(text: &str) -> Vec<Self> {
        let plain = scan::plain(text);
        let mut rest = plain.as_str();
        let mut found = Vec::new();
        while let Some(start) = rest.find(|ch: char| ch.is_ascii_digit()) {
            let glued =
                rest[..start].ends_with(|ch: char| ch.is_alphanumeric() || "/-.,".contains(ch));
            let from = &rest[start..];
            let symbol = if glued { None } else { scan::symbol(from) };
            rest = match symbol {
                Some((symbol, after)) => {
                    let (date, after) = match scan::date(after) {
                        Some((date, after)) => (Some(date), after),
                        None => (None, after),
                    };
                    found.push(Self { symbol, date });
                    after
                }
                None => from.trim_start_matches(|ch: char| ch.is_ascii_digit()),
            };
        }
        found
    }

    /// The citation in words: `Nghị quyết số 07-NQ/TU ngày 16/11/2022`.
    pub fn label(&self, lang: Lang) -> String {
        let kind = match (self.symbol.kind, lang) {
            (Some(kind), _) => kind.name_in(lang),
            (None, Lang::Vi) => "Công văn",
            (None, Lang::En) => "Official letter",
        };
        let symbol = &self.symbol;
        match (lang, self.date) {
            (Lang::Vi, None) => format!("{kind} số {symbol}"),
            (Lang::Vi, Some(date)) => {
                // Days below 10 and January and February are padded (NĐ 30/2020 Phụ lục I).
                let day = date.strftime("%d");
                let month = match date.month() {
                    early @ 1..=2 => format!("{early:02}"),
                    later => later.to_string(),
                };
                format!("{kind} số {symbol} ngày {day}/{month}/{}", date.year())
            }
            (Lang::En, None) => format!("{kind} {symbol}"),
            (Lang::En, Some(date)) => format!("{kind} {symbol} of {}", date.strftime("%-d %B %Y")),
        }
    }
}
