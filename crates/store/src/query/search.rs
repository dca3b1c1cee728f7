//! Finding records by their words, within what the actor may see.

use std::collections::{BTreeMap, HashSet};

use vocab::Id;

use super::{head_columns, head_of, reach};
use crate::engine::{Dialect, Param, Statement};
use crate::{Head, SearchQuery, Store, StoreError, TableSpec};

/// Scopes of up to so many units narrow the posting lists themselves; larger ones are
/// tested row by row, which costs less than so long a query.
const UNIT_TOKENS: usize = 256;

/// How the last word typed is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Whole,
    Beginning,
}

/// How a scope narrows what is found.
struct Narrowing {
    /// Within the posting lists, by these units.
    units: Option<Vec<Id>>,
    /// Whether each row is tested besides.
    tested: bool,
}

impl Store {
    /// Records that hold every word typed, newest first; if they are fewer than wanted, those
    /// follow that hold the last word only as a beginning, newest first.
    pub async fn search(&self, query: &SearchQuery) -> Result<Vec<Head>, StoreError> {
        let spec = self.table(&query.table)?;
        if !spec.searchable {
            return Err(StoreError::Invalid(format!(
                "{} is not searched by words",
                spec.name
            )));
        }
        let words = words(&query.text);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        query.scope.check(&spec)?;
        let units = reach::by_unit(&query.scope);
        if units.as_ref().is_some_and(BTreeMap::is_empty) {
            return Ok(Vec::new());
        }
        // Where only units matter and all of them stand in the posting lists, no row is tested.
        let plain = units
            .as_ref()
            .is_some_and(|units| units.values().all(Vec::is_empty));
        let units: Option<Vec<Id>> = units
            .filter(|units| units.len() <= UNIT_TOKENS)
            .map(|units| units.into_keys().collect());
        let narrowing = Narrowing {
            tested: units.is_none() || !plain,
            units,
        };
        let limit = query.limit.clamp(1, 200);
        let mut found = self
            .matches(&spec, query, &narrowing, &words, Last::Whole)
            .await?;
        // Beginnings cost more, since an engine gathers all that they match: only when needed.
        if found.len() < limit {
            let begun = self
                .matches(&spec, query, &narrowing, &words, Last::Beginning)
                .await?;
            let whole: HashSet<Id> = found.iter().map(|head| head.id).collect();
            found.extend(begun.into_iter().filter(|head| !whole.contains(&head.id)));
            found.truncate(limit);
        }
        Ok(found)
    }

    async fn matches(
        &self,
        spec: &TableSpec,
        query: &SearchQuery,
        narrowing: &Narrowing,
        words: &[String],
        last: Last,
    ) -> Result<Vec<Head>, StoreError> {
        let mut params = vec![Param::from(matching(
            self.dialect(),
            words,
            last,
            narrowing.units.as_deref(),
        ))];
        let reached = narrowing
            .tested
            .then(|| reach::sql(&query.scope, self.dialect(), "h.", &mut params))
            .flatten();
        let narrowed = reached.map_or_else(String::new, |reached| format!(" AND {reached}"));
        params.push(Param::from(
            i64::try_from(query.limit.clamp(1, 200)).unwrap_or(200),
        ));
        let columns = head_columns(spec, "h.");
        let table = &spec.name;
        let limit = params.len();
        let sql = match self.dialect() {
            Dialect::Sqlite => format!(
                "SELECT {columns} FROM words_{table} w JOIN head_{table} h ON h.row = w.rowid \
                 WHERE words_{table} MATCH ?1{narrowed} ORDER BY w.rowid DESC LIMIT ?{limit}"
            ),
            Dialect::Postgres => format!(
                "SELECT {columns} FROM head_{table} h WHERE h.tokens @@ ?1::text::tsquery{narrowed} \
                 ORDER BY h.created_at DESC, h.id DESC LIMIT ?{limit}"
            ),
        };
        let rows = self
            .inner
            .engine
            .query_all(vec![Statement::new(sql, params).planned_anew()])
            .await?
            .remove(0);
        rows.into_iter()
            .map(|row| head_of(row, spec.columns.len()))
            .collect()
    }
}

/// The token that stands in the posting lists for a record's unit: no word that anybody can
/// type, since words there begin with a letter or digit of the alphabet.
pub(crate) fn unit_token(unit: Id) -> String {
    format!("\u{b5}{}", unit.to_string().replace('-', ""))
}

fn words(text: &str) -> Vec<String> {
    let folded = vocab::fold::fold(text);
    let mut words: Vec<String> = folded
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(40).collect())
        .collect();
    words.truncate(16);
    words
}

/// The query in the engine's own language. Words hold `[a-z0-9]` only, so that nothing that
/// was typed can be anything but a word.
fn matching(dialect: Dialect, words: &[String], last: Last, units: Option<&[Id]>) -> String {
    let begun = (last == Last::Beginning).then(|| words.len() - 1);
    let parts = words.iter().enumerate().map(|(at, word)| match dialect {
        Dialect::Sqlite if Some(at) == begun => format!("\"{word}\"*"),
        Dialect::Sqlite => format!("\"{word}\""),
        Dialect::Postgres if Some(at) == begun => format!("'{word}':*"),
        Dialect::Postgres => format!("'{word}'"),
    });
    let (and, or) = if dialect == Dialect::Sqlite {
        (" AND ", " OR ")
    } else {
        (" & ", " | ")
    };
    let mut query = parts.collect::<Vec<_>>().join(and);
    if let Some(units) = units {
        let tokens: Vec<String> = units
            .iter()
            .map(|unit| match dialect {
                Dialect::Sqlite => format!("\"{}\"", unit_token(*unit)),
                Dialect::Postgres => format!("'{}'", unit_token(*unit)),
            })
            .collect();
        query = format!("({}){and}{query}", tokens.join(or));
    }
    query
}
