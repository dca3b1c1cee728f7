//! Words of which one must be chosen.

use toml::de::DeValue;

use super::{Node, Reader};
use crate::Code;
use crate::diagnostic::Diagnostic;

/// A word out of a few.
pub trait Choice: Sized + Copy + 'static {
    /// The words, with what they mean.
    const WORDS: &'static [(&'static str, Self)];

    /// As it is written.
    fn word(self) -> &'static str;
}

/// Reads one of the words, or says which there are.
pub(crate) fn read<T: Choice>(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<T> {
    let DeValue::String(word) = node.get_ref() else {
        reader.wrong_shape(node, "~shape-text");
        return None;
    };
    let found = T::WORDS.iter().find(|(known, _)| known == word);
    if found.is_none() {
        let known: Vec<&str> = T::WORDS.iter().map(|(known, _)| *known).collect();
        let finding = Diagnostic::new(Code::UnknownWord, reader.span(node))
            .with("name", word)
            .with("known", known.join(", "))
            .meant(word, known.iter().copied());
        reader.findings.push(finding);
    }
    found.map(|(_, choice)| *choice)
}

/// Declares an enum of words, the first of which stands in for one that cannot be read.
macro_rules! choice {
    ($(#[doc = $doc:literal])* pub enum $name:ident {
        $($(#[doc = $word_doc:literal])* $variant:ident = $word:literal,)*
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[doc = $word_doc])* $variant,)*
        }

        impl $crate::shape::Choice for $name {
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant),)*];

            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl $crate::shape::Shape for $crate::source::Located<$name> {
            fn read(
                node: &$crate::shape::Node<'_>,
                reader: &mut $crate::shape::Reader<'_>,
            ) -> Self {
                let span = reader.span(node);
                $crate::shape::read_choice(node, reader)
                    .map_or_else(|| Self::hole(span), |value| Self::new(value, span))
            }

            fn hole(span: $crate::source::Span) -> Self {
                Self::new([$($name::$variant,)*][0], span)
            }

            fn schema(_: &mut $crate::shape::Definitions) -> serde_json::Value {
                serde_json::json!({ "enum": [$($word,)*] })
            }
        }
    };
}
pub(crate) use choice;
