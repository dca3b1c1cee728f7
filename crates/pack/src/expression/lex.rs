//! Words, numbers, texts and signs of an expression.

use vocab::Decimal;

use super::Misread;
use crate::Code;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Word(String),
    Number(Decimal),
    Text(String),
    Sign(&'static str),
    End,
}

/// A token and the bytes that it takes.
pub(super) type Placed = (Token, (u32, u32));

const SIGNS: [&str; 23] = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(", ")",
    "[", "]", ",", ".", "=",
];

pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, Misread> {
    let mut tokens = Vec::new();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let space = rest.len() - rest.trim_start().len();
        at += space;
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else {
            tokens.push((Token::End, place(at, at)));
            return Ok(tokens);
        };
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        let (token, length) = match first {
            '"' | '\'' => quoted(text, at, first)?,
            '0'..='9' => number(rest).ok_or_else(|| misread(at, at + 1, "~expr-number"))?,
            _ if first.is_ascii_alphabetic() || first == '_' => {
                let is_part = |ch: char| ch.is_ascii_alphanumeric() || ch == '_';
                let end = rest.find(|ch| !is_part(ch)).unwrap_or(rest.len());
                (Token::Word(rest[..end].to_owned()), end)
            }
            _ => {
                let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
                let sign = sign.ok_or_else(|| misread(at, at + first.len_utf8(), "~expr-sign"))?;
                (Token::Sign(sign), sign.len())
            }
        };
        tokens.push((token, place(at, at + length)));
        at += length;
    }
}

fn place(start: usize, end: usize) -> (u32, u32) {
    let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    (short(start), short(end))
}

fn misread(start: usize, end: usize, wanted: &'static str) -> Misread {
    Misread {
        at: place(start, end),
        code: Code::ExpressionSyntax,
        wanted,
    }
}

fn number(rest: &str) -> Option<(Token, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(rest);
    if rest[end..].starts_with('.') {
        let decimals = digits(&rest[end + 1..]);
        if decimals > 0 {
            end += 1 + decimals;
        }
    }
    // `2x` and `1e9` are no numbers here.
    if rest[end..].starts_with(|ch: char| ch.is_ascii_alphanumeric() || ch == '_') {
        return None;
    }
    Some((Token::Number(rest[..end].parse().ok()?), end))
}

/// A text in quotes, with the escapes of CEL that people use.
fn quoted(text: &str, at: usize, quote: char) -> Result<(Token, usize), Misread> {
    let mut value = String::new();
    let mut chars = text[at + 1..].char_indices();
    while let Some((offset, ch)) = chars.next() {
        match ch {
            _ if ch == quote => return Ok((Token::Text(value), offset + 2)),
            '\\' => {
                let escaped = match chars.next().map(|(_, ch)| ch) {
                    Some('n') => '\n',
                    Some('t') => '\t',
                    Some(ch @ ('\\' | '\'' | '"')) => ch,
                    _ => {
                        let start = at + 1 + offset;
                        return Err(misread(start, start + 1, "~expr-escape"));
                    }
                };
                value.push(escaped);
            }
            '\n' => break,
            _ => value.push(ch),
        }
    }
    Err(misread(at, text.len(), "~expr-quote"))
}
