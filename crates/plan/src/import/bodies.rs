//! Bodies and groups, and the table of what their names stand for.

use std::collections::BTreeMap;

use office::csv::{self, CsvError};
use serde::Serialize;

use super::words::key;

const SHIPPED: &str = include_str!("../../../../data/plan/body-aliases.csv");

/// What an alias stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Body {
    /// The full official name, or the name of the group.
    pub name: String,
    /// One body or many.
    pub kind: BodyKind,
}

/// One body or many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyKind {
    /// One body.
    Body,
    /// A set of bodies, such as `UBND cấp xã`.
    Group,
}

/// A name in a list, as written and as understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedBody {
    /// As written, line breaks made spaces.
    pub written: String,
    /// The written name's words, lower case, single spaces.
    pub key: String,
    /// What it stands for; `None` if the table does not know it.
    pub body: Option<Body>,
    /// How it was understood.
    pub matched: Match,
}

/// How a name was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Match {
    /// The table holds it.
    Exact,
    /// It is the beginning of the name of the group it stands in.
    WithinGroup,
    /// One or two letters differ from this alias: a proposal, for somebody to confirm.
    Near(String),
    /// Not at all.
    Unknown,
}

/// A cell that lists bodies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BodyList {
    /// The cell as written.
    pub text: String,
    /// Where it stands.
    pub line: u32,
    /// Its names, in order.
    pub names: Vec<NamedBody>,
}

/// A table of aliases that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AliasError {
    /// Not readable as comma-separated values.
    #[error("reading the table of names: {0}")]
    Csv(#[from] CsvError),
    /// A row without alias, name or kind.
    #[error(
        "reading the table of names: line {line} needs an alias, a canonical name, and `body` or `group`"
    )]
    Row {
        /// The row.
        line: u32,
    },
    /// One alias with two meanings.
    #[error("reading the table of names: «{alias}» at line {line} already stands for another body")]
    Twice {
        /// The alias.
        alias: String,
        /// The second row.
        line: u32,
    },
}

/// What names stand for: `alias,canonical,kind,note`, where `{unit}` is the group that the
/// name stands in.
#[derive(Debug, Clone, Default)]
pub struct BodyAliases {
    pub(super) fixed: BTreeMap<String, (String, Body)>,
    /// Alias and body, both with `{unit}`.
    pub(super) by_unit: Vec<(String, Body)>,
}

impl BodyAliases {
    /// The table that comes with the product.
    ///
    /// # Panics
    /// Never: a test reads the same table.
    pub fn shipped() -> Self {
        Self::read_csv(SHIPPED).expect("the shipped table of names is well formed")
    }

    /// Reads a table with a heading row.
    pub fn read_csv(text: &str) -> Result<Self, AliasError> {
        let mut aliases = Self::default();
        for row in csv::read(text)?.rows.iter().skip(1) {
            let value = |column| row.cell(column).map_or("", |cell| cell.text.as_str());
            let (alias, name) = (value(0), value(1));
            let kind = match value(2) {
                "body" => BodyKind::Body,
                "group" => BodyKind::Group,
                _ => return Err(AliasError::Row { line: row.line }),
            };
            if key(alias).is_empty() || name.is_empty() {
                return Err(AliasError::Row { line: row.line });
            }
            let body = Body {
                name: name.to_owned(),
                kind,
            };
            if alias.contains("{unit}") || name.contains("{unit}") {
                aliases.by_unit.push((alias.to_owned(), body));
                continue;
            }
            let entry = (alias.to_owned(), body);
            let before = aliases.fixed.insert(key(alias), entry.clone());
            if before.is_some_and(|before| before.1 != entry.1) {
                return Err(AliasError::Twice {
                    alias: entry.0,
                    line: row.line,
                });
            }
        }
        Ok(aliases)
    }

    /// Adds what a person decided of a name, in place of what the table says of it.
    pub fn decide(&mut self, written: &str, body: Body) {
        self.fixed.insert(key(written), (written.to_owned(), body));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_contradicts_itself_is_refused() {
        let heading = "alias,canonical,kind,note\n";
        for (rows, expected) in [
            ("A,B,office,\n", AliasError::Row { line: 2 }),
            ("-,B,body,\n", AliasError::Row { line: 2 }),
            (
                "A,B,body,\na,C,body,\n",
                AliasError::Twice {
                    alias: "a".to_owned(),
                    line: 3,
                },
            ),
        ] {
            let error = BodyAliases::read_csv(&format!("{heading}{rows}")).unwrap_err();
            assert_eq!(error, expected);
        }
    }
}
