//! The two forms, and what one text says in each.

use crate::{Decimal, Lang};

/// How thousands and decimals are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `1.234,5`
    Vietnamese,
    /// `1,234.5`
    English,
}

impl Form {
    /// The form that a language is written in.
    pub const fn of(lang: Lang) -> Self {
        match lang {
            Lang::Vi => Self::Vietnamese,
            Lang::En => Self::English,
        }
    }

    const fn marks(self) -> (char, char) {
        match self {
            Self::Vietnamese => ('.', ','),
            Self::English => (',', '.'),
        }
    }

    /// The canonical text of a number in this form, or `None` if it is not one.
    fn canonical(self, text: &str) -> Option<String> {
        let (thousands, point) = self.marks();
        let (sign, body) = match text.strip_prefix(['-', '−', '+']) {
            Some(body) if text.starts_with('+') => ("", body),
            Some(body) => ("-", body),
            None => ("", text),
        };
        let (whole, fraction) = match body.split_once(point) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (body, None),
        };
        let whole = ungrouped(whole, thousands)?;
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            digits => digits,
        };
        match fraction {
            Some(fraction) if is_digits(fraction) => Some(format!("{sign}{whole}.{fraction}")),
            Some(_) => None,
            None => Some(format!("{sign}{whole}")),
        }
    }
}

/// The digits of a whole part whose groups, if any, are of three digits each, the first of
/// one to three and not led by a zero.
fn ungrouped(whole: &str, thousands: char) -> Option<String> {
    let is_space = |ch| matches!(ch, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    let groups: Vec<&str> = if whole.contains(is_space) {
        whole.split(is_space).collect()
    } else {
        whole.split(thousands).collect()
    };
    if !groups.iter().all(|group| is_digits(group)) {
        return None;
    }
    if let [first, rest @ ..] = groups.as_slice()
        && !rest.is_empty()
        && (first.len() > 3 || first.starts_with('0') || rest.iter().any(|group| group.len() != 3))
    {
        return None;
    }
    Some(groups.concat())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What one text says, read in both forms.
#[derive(Debug, PartialEq)]
pub(super) enum Reading {
    Neither,
    TooLarge,
    Same(Decimal),
    One(Form, Decimal),
    Two {
        vietnamese: Decimal,
        english: Decimal,
    },
}

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let text = text.trim();
        let [vietnamese, english] =
            [Form::Vietnamese, Form::English].map(|form| form.canonical(text));
        let value = |canonical: String| value_of(&canonical);
        match (vietnamese, english) {
            (None, None) => Self::Neither,
            (Some(text), None) => {
                value(text).map_or(Self::TooLarge, |value| Self::One(Form::Vietnamese, value))
            }
            (None, Some(text)) => {
                value(text).map_or(Self::TooLarge, |value| Self::One(Form::English, value))
            }
            (Some(vietnamese), Some(english)) => match (value(vietnamese), value(english)) {
                (Some(vietnamese), Some(english)) if vietnamese == english => {
                    Self::Same(vietnamese)
                }
                (Some(vietnamese), Some(english)) => Self::Two {
                    vietnamese,
                    english,
                },
                _ => Self::TooLarge,
            },
        }
    }

    /// The value in one form, if it has one.
    pub(super) fn in_form(&self, wanted: Form) -> Option<Decimal> {
        match self {
            Self::Same(value) => Some(*value),
            Self::One(form, value) if *form == wanted => Some(*value),
            Self::Two {
                vietnamese,
                english,
            } => Some(match wanted {
                Form::Vietnamese => *vietnamese,
                Form::English => *english,
            }),
            _ => None,
        }
    }
}

/// `None` when it does not fit; a minus before zero means nothing.
fn value_of(canonical: &str) -> Option<Decimal> {
    let zero = canonical
        .bytes()
        .all(|byte| matches!(byte, b'-' | b'0' | b'.'));
    let text = if zero {
        canonical.trim_start_matches('-')
    } else {
        canonical
    };
    text.parse().ok()
}
