//! Finding symbols and dates at the start of a text.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::{DocumentKind, DocumentSymbol};

/// The text composed, with the Icelandic letter that is often typed for Đ, other spaces
/// and other dashes made the usual ones.
pub(super) fn plain(text: &str) -> String {
    text.nfc()
        .map(|ch| match ch {
            'Ð' => 'Đ',
            'ð' => 'đ',
            '\u{2010}'..='\u{2015}' => '-',
            other if other.is_whitespace() => ' ',
            other => other,
        })
        .collect()
}

/// A symbol at the start of plain text, and what follows it.
pub(super) fn symbol(text: &str) -> Option<(DocumentSymbol, &str)> {
    let (number, rest) = number(text, 6)?;
    let (letter, rest) = letter(rest);
    if let Some(rest) = mark(rest, '-') {
        let (kind, rest) = word(rest)?;
        let kind = DocumentKind::lookup(kind)?;
        let (issuer, rest) = issuer(mark(rest, '/')?)?;
        let symbol = DocumentSymbol {
            number,
            letter,
            year: None,
            kind: Some(kind),
            issuer,
            drafter: None,
            party_form: true,
        };
        return Some((symbol, rest));
    }
    let rest = mark(rest, '/')?;
    let (year, rest) = match year(rest) {
        Some((year, rest)) => (Some(year), mark(rest, '/')?),
        None => (None, rest),
    };
    let (first, rest) = word(rest)?;
    let kind = DocumentKind::lookup(first);
    let (kind, issuer, drafter, rest) = match (kind, mark(rest, '-')) {
        (Some(kind), Some(rest)) => {
            let (issuer, rest) = issuer(rest)?;
            (Some(kind), issuer, None, rest)
        }
        // A hyphen forgotten: `394/QĐ UBND`.
        (Some(kind), None) => {
            let (issuer, rest) = issuer(rest.strip_prefix(' ')?)?;
            (Some(kind), issuer, None, rest)
        }
        (None, Some(after)) if is_acronym(first) => match issuer(after) {
            Some((drafter, rest)) => (None, first.to_owned(), Some(drafter), rest),
            None => (None, first.to_owned(), None, rest),
        },
        (None, None) if is_acronym(first) => (None, first.to_owned(), None, rest),
        _ => return None,
    };
    let symbol = DocumentSymbol {
        number,
        letter,
        year,
        kind,
        issuer,
        drafter,
        party_form: false,
    };
    Some((symbol, rest))
}

/// A date at the start of plain text: `14/4/2023`, with `, ngày` or `ngày` before it.
pub(super) fn date(text: &str) -> Option<(Date, &str)> {
    let text = text.trim_start_matches([' ', ',']);
    let text = match text.get(.."ngày".len()) {
        Some(word) if word.to_lowercase() == "ngày" => &text[word.len()..],
        _ => text,
    };
    let (day, rest) = number(text.trim_start(), 2)?;
    let (month, rest) = number(mark(rest, '/')?, 2)?;
    let (year, rest) = year(mark(rest, '/')?)?;
    let date = Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    );
    Some((date.ok()?, rest))
}

/// A number of at most so many digits.
fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length > most {
        return None;
    }
    let (digits, rest) = text.split_at(length);
    Some((digits.parse().ok()?, rest))
}

/// A letter right behind the number, followed by a mark: `12a/…`, `12A-…`. It is kept small.
fn letter(text: &str) -> (Option<char>, &str) {
    let mut chars = text.chars();
    let letter = chars.next().filter(|ch| ch.is_alphabetic());
    let rest = chars.as_str();
    match letter {
        Some(letter) if rest.trim_start_matches(' ').starts_with(['/', '-']) => {
            (letter.to_lowercase().next(), rest)
        }
        _ => (None, text),
    }
}

fn year(text: &str) -> Option<(u16, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(length);
    match digits.parse() {
        Ok(year @ 1900..=2199) => Some((year, rest)),
        _ => None,
    }
}

/// What follows a mark, with spaces around it.
fn mark(text: &str, mark: char) -> Option<&str> {
    let rest = text.trim_start_matches(' ').strip_prefix(mark)?;
    Some(rest.trim_start_matches(' '))
}

/// Letters, digits and `&`, beginning with a letter.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|ch: char| !(ch.is_alphanumeric() || ch == '&'))
        .unwrap_or(text.len());
    text.starts_with(char::is_alphabetic)
        .then(|| text.split_at(end))
}

/// An acronym, with more of them behind hyphens, as `BTTTT-BNV`.
fn issuer(text: &str) -> Option<(String, &str)> {
    let (first, mut rest) = word(text)?;
    if !is_acronym(first) {
        return None;
    }
    let mut issuer = first.to_owned();
    while let Some((next, after)) = rest.strip_prefix('-').and_then(word)
        && is_acronym(next)
    {
        issuer.push('-');
        issuer.push_str(next);
        rest = after;
    }
    Some((issuer, rest))
}

/// Whether a word is an abbreviation rather than a word of the sentence.
fn is_acronym(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().filter(|ch| ch.is_uppercase()).count() >= 2
}
