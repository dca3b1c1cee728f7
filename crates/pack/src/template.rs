//! Texts with names in braces: `{code} – {crop}`, `VN-VLOR-{seq:4}`.

use serde_json::{Value, json};
use toml::de::DeValue;

use crate::Code;
use crate::diagnostic::Diagnostic;
use crate::expression::text_begins;
use crate::shape::{Definitions, Node, Reader, Shape};
use crate::source::Span;

/// A text with names in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// As it is written.
    pub text: String,
    /// Where.
    pub span: Span,
    /// What it is made of.
    pub parts: Vec<Part>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text as it is.
    Text(String),
    /// A name in braces.
    Name {
        /// What stands in the braces, up to a colon.
        name: String,
        /// How many digits, after the colon.
        width: Option<u8>,
        /// Where.
        span: Span,
    },
}

impl Template {
    /// The names in braces and where they stand.
    pub fn names(&self) -> impl Iterator<Item = (&str, Span)> {
        self.parts.iter().filter_map(|part| match part {
            Part::Name { name, span, .. } => Some((name.as_str(), *span)),
            Part::Text(_) => None,
        })
    }
}

/// Splits a template; the byte of a brace that does not fit otherwise.
fn split(text: &str, place: impl Fn(usize, usize) -> Span) -> Result<Vec<Part>, usize> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['{', '}']) {
        let open = at + found;
        let close = text[open..].find('}').map(|length| open + length);
        let (true, Some(close)) = (text[open..].starts_with('{'), close) else {
            return Err(open);
        };
        if open > at {
            parts.push(Part::Text(text[at..open].to_owned()));
        }
        let inner = &text[open + 1..close];
        let (name, width) = match inner.split_once(':') {
            None => (inner, None),
            Some((name, width)) => {
                let width = width.parse().ok().filter(|width| (1..=12).contains(width));
                (name, Some(width.ok_or(open)?))
            }
        };
        let is_part = |ch: char| ch.is_ascii_alphanumeric() || ch == '_' || ch == '.';
        if name.is_empty() || !name.chars().all(is_part) {
            return Err(open);
        }
        let span = place(open + 1, open + 1 + name.len());
        parts.push(Part::Name {
            name: name.to_owned(),
            width,
            span,
        });
        at = close + 1;
    }
    if at < text.len() {
        parts.push(Part::Text(text[at..].to_owned()));
    }
    Ok(parts)
}

impl Shape for Template {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        let span = reader.span(node);
        let DeValue::String(text) = node.get_ref() else {
            reader.wrong_shape(node, "~shape-text");
            return Self::hole(span);
        };
        let begins = text_begins(reader.text, span, text);
        let place = |start: usize, end: usize| {
            begins.map_or(span, |begins| {
                let begins = begins as usize;
                Span::new(span.file, begins + start..begins + end)
            })
        };
        match split(text, place) {
            Ok(parts) => Self {
                text: text.to_string(),
                span,
                parts,
            },
            Err(at) => {
                reader
                    .findings
                    .push(Diagnostic::new(Code::BadTemplate, place(at, at + 1)));
                Self::hole(span)
            }
        }
    }

    fn hole(span: Span) -> Self {
        Self {
            text: String::new(),
            span,
            parts: Vec::new(),
        }
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "string" })
    }
}

/// A template in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates {
    /// Vietnamese.
    pub vi: Template,
    /// English.
    pub en: Template,
}

impl Shape for Templates {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        // The same rules as for every text in two languages, then the braces of each.
        let wording = crate::shape::Wording::read(node, reader);
        let mut templates = Self::hole(wording.span);
        if let DeValue::Table(table) = node.get_ref() {
            for (lang, place) in [("vi", &mut templates.vi), ("en", &mut templates.en)] {
                if let Some(node) = table.get(lang)
                    && matches!(node.get_ref(), DeValue::String(_))
                {
                    *place = Template::read(node, reader);
                }
            }
        }
        templates
    }

    fn hole(span: Span) -> Self {
        Self {
            vi: Template::hole(span),
            en: Template::hole(span),
        }
    }

    fn schema(definitions: &mut Definitions) -> Value {
        crate::shape::Wording::schema(definitions)
    }
}
