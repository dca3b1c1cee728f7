//! Regular expressions.

use serde_json::{Value, json};

use super::{Definitions, Node, Reader, Shape, Word};
use crate::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A regular expression that a whole text must match.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As it is written.
    pub text: String,
    /// Where.
    pub span: Span,
    /// Compiled; none where it could not be.
    pub compiled: Option<regex::Regex>,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.span == other.span
    }
}

/// Compiles a pattern within limits; matching one takes time in proportion to the text.
pub(crate) fn compile_pattern(text: &str) -> Result<regex::Regex, regex::Error> {
    regex::RegexBuilder::new(&format!("^(?:{text})$"))
        .size_limit(1 << 20)
        .nest_limit(32)
        .build()
}

impl Shape for Pattern {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        let span = reader.span(node);
        let word = Word::read(node, reader);
        let compiled = compile_pattern(&word).ok();
        if compiled.is_none() {
            reader
                .findings
                .push(Diagnostic::new(Code::BadPattern, span).with("name", &*word));
        }
        Self {
            text: word.text,
            span,
            compiled,
        }
    }

    fn hole(span: Span) -> Self {
        Self {
            text: String::new(),
            span,
            compiled: None,
        }
    }

    fn schema(_: &mut Definitions) -> Value {
        json!({ "type": "string", "format": "regex" })
    }
}
