//! JSON Schema of the files of a pack, for editors.

use serde_json::{Value, json};

use crate::declaration::{PackFile, RecordFile};
use crate::shape::{Definitions, Shape};

/// One of the two kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaOf {
    /// `pack.toml`.
    Pack,
    /// The file of a record type.
    Record,
}

/// The JSON Schema of a kind of file, made from the same description that reads it.
pub fn schema(of: SchemaOf) -> Value {
    let mut definitions = Definitions::new();
    let (root, title) = match of {
        SchemaOf::Pack => (PackFile::schema(&mut definitions), "Phù Sa: pack.toml"),
        SchemaOf::Record => (RecordFile::schema(&mut definitions), "Phù Sa: record type"),
    };
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "allOf": [root],
        "$defs": definitions,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_to_a_definition_and_every_key_is_described() {
        for of in [SchemaOf::Pack, SchemaOf::Record] {
            let schema = schema(of);
            let definitions = schema["$defs"].as_object().unwrap();
            let text = schema.to_string();
            for piece in text.split("#/$defs/").skip(1) {
                let name = piece.split('"').next().unwrap();
                assert!(definitions.contains_key(name), "{name}");
            }
            for (name, definition) in definitions {
                assert_eq!(definition["additionalProperties"], false, "{name}");
                for (key, about) in definition["properties"].as_object().unwrap() {
                    assert!(
                        about["description"].as_str().unwrap().len() > 3,
                        "{name}.{key}"
                    );
                }
            }
        }
    }
}
