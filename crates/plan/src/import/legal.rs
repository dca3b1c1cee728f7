//! The documents that order a target.

use jiff::civil::Date;
use office::Cell;
use serde::Serialize;
use vocab::{DocumentSymbol, LegalReference};

use super::dates::day;
use super::sections::{Placed, Topic};

/// One document in the column of legal bases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LegalBasis {
    /// As written.
    pub text: String,
    /// Where it stands.
    pub line: u32,
    /// The kind as written, such as `Nghị quyết` or `QĐ`.
    pub kind: Option<String>,
    /// The symbol in its proper form; `None` if none was found.
    pub symbol: Option<DocumentSymbol>,
    /// The day of the document.
    #[serde(serialize_with = "day")]
    pub date: Option<Date>,
}

/// The bases in a cell: parted by semicolons and line breaks.
pub(crate) fn read(cell: &Cell) -> Vec<LegalBasis> {
    let pieces = cell
        .lines()
        .flat_map(|(line, text)| text.split(';').map(move |piece| (line, piece.trim())));
    pieces
        .filter(|(_, piece)| !piece.is_empty())
        .map(|(line, piece)| {
            let document = LegalReference::find_all(piece).into_iter().next();
            LegalBasis {
                text: piece.to_owned(),
                line,
                kind: kind_before(piece),
                date: document.as_ref().and_then(|document| document.date),
                symbol: document.map(|document| document.symbol),
            }
        })
        .collect()
}

/// The documents that the decision rests on: `Căn cứ …;` above its articles, and the list under
/// a heading that says so.
pub(crate) fn grounds(placed: &[Placed<'_>]) -> Vec<LegalBasis> {
    let mut grounds = Vec::new();
    for own in placed.iter().filter(|own| !own.heading) {
        let text = own.paragraph.text.as_str();
        let said = text.strip_prefix("Căn cứ").filter(|_| own.topic.is_none());
        let listed = || (own.topic == Some(Topic::Grounds)).then_some(text);
        let Some(said) = said.or_else(listed) else {
            continue;
        };
        let said = said.strip_prefix("Căn cứ").unwrap_or(said);
        let mut cell = Cell::new(
            said.trim().trim_end_matches(['.', ';', ',']),
            own.paragraph.line,
        );
        // A semicolon parts two documents only where both have a date or a symbol.
        let pieces = cell.text.split(';');
        if pieces
            .clone()
            .any(|piece| !piece.contains(|ch: char| ch.is_ascii_digit()))
        {
            cell.text = cell.text.replace(';', ",");
        }
        grounds.extend(read(&cell));
    }
    grounds
}

/// The words before the number: `Quyết định` in `Quyết định số 833/QĐ-UBND`.
fn kind_before(piece: &str) -> Option<String> {
    let number = piece.find(|ch: char| ch.is_ascii_digit())?;
    let words = piece[..number].trim_end_matches([' ', ':', '\u{a0}']);
    let kind = words.strip_suffix("số").unwrap_or(words).trim();
    (!kind.is_empty()).then(|| kind.to_owned())
}
