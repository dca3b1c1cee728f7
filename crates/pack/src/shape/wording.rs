//! Texts in both languages.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::{Definitions, Node, Reader, Shape};
use crate::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
    /// Where.
    pub span: Span,
}

impl Shape for Wording {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Self {
        let span = reader.span(node);
        let mut wording = Self::hole(span);
        let missing = |lang: &'static str, reader: &mut Reader<'_>| {
            let finding = Diagnostic::new(Code::MissingTranslation, span).with("lang", lang);
            reader.findings.push(finding);
        };
        match node.get_ref() {
            DeValue::Table(table) => {
                super::unknown_keys(table, &["vi", "en"], "{ vi, en }", reader);
                for (lang, term) in [("vi", "~lang-vi"), ("en", "~lang-en")] {
                    match table.get(lang).map(|node| (node, node.get_ref())) {
                        Some((_, DeValue::String(text))) if !text.trim().is_empty() => {
                            let place = if lang == "vi" {
                                &mut wording.vi
                            } else {
                                &mut wording.en
                            };
                            *place = text.to_string();
                        }
                        Some((_, DeValue::String(_))) | None => missing(term, reader),
                        Some((node, _)) => reader.wrong_shape(node, "~shape-text"),
                    }
                }
            }
            DeValue::String(text) => {
                wording.vi = text.to_string();
                missing("~lang-en", reader);
            }
            _ => reader.wrong_shape(node, "~shape-wording"),
        }
        wording
    }

    fn hole(span: Span) -> Self {
        Self {
            vi: String::new(),
            en: String::new(),
            span,
        }
    }

    fn schema(_: &mut Definitions) -> Value {
        let text = json!({ "type": "string", "minLength": 1 });
        json!({
            "type": "object",
            "properties": { "vi": text, "en": text },
            "required": ["vi", "en"],
            "additionalProperties": false,
        })
    }
}
