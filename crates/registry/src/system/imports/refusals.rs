//! What a pass refused: for each batch a record with its rows and the reasons, each reason once.

use serde::{Deserialize, Serialize};
use serde_json::Map;
use store::{Cursor, ListQuery, Scope};
use vocab::{Id, Problem};

use super::{Import, PART, Which, id_of};
use crate::comment::object;
use crate::{Batch, Record, Registry, RegistryError};

/// How many batches' refusals are read at once.
const AT_ONCE: usize = 20;

/// A row that a pass refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which row it is, counted from 1 behind the titles.
    pub place: i64,
    /// Where it stands in the file; 0 where that is not known.
    pub line: u32,
    /// Why.
    pub problem: Problem,
}

#[derive(Debug, Serialize, Deserialize)]
struct Body {
    import: Id,
    pass: String,
    first: i64,
    problems: Vec<Problem>,
    /// Place, line and which problem.
    rows: Vec<(i64, u32, usize)>,
}

/// Which pass it was: the same may be gone through again.
fn pass(import: &Import, which: Which) -> String {
    let began = import.pass(which).unwrap_or_default().began;
    format!("{}/{}/{began}", import.id(), which.value())
}

impl Batch<'_> {
    /// Keeps what a batch of a pass refused. `first` tells batches apart and orders them.
    pub(super) async fn keep_refused(
        &mut self,
        import: &Import,
        which: Which,
        first: i64,
        refused: &[Refused],
    ) -> Result<(), RegistryError> {
        if refused.is_empty() {
            return Ok(());
        }
        let mut problems: Vec<Problem> = Vec::new();
        let mut rows = Vec::new();
        for one in refused {
            // What it was about is for a log; it names what differs from row to row.
            let problem = Problem {
                about: String::new(),
                ..one.problem.clone()
            };
            let known = problems.iter().position(|known| *known == problem);
            let at = known.unwrap_or_else(|| {
                problems.push(problem);
                problems.len() - 1
            });
            rows.push((one.place, one.line, at));
        }
        let pass = pass(import, which);
        let body = Body {
            import: import.id(),
            pass: pass.clone(),
            first,
            problems,
            rows,
        };
        let body = serde_json::to_value(&body)
            .map_err(|error| RegistryError::refused(500, "internal", error.to_string()))?;
        let record = Record {
            id: id_of(&format!("import/{pass}/{first}/{}", import.version())),
            version: 1,
            unit: import.starter(),
            state: "kept".to_owned(),
            author: Some(import.starter()),
            at: self.registry().store().context().now(),
            body: object(body)?,
        };
        self.put(PART, &record, "create", &Map::new()).await
    }
}

/// What a pass refused, read on as it is asked for.
pub struct Refusals {
    registry: Registry,
    query: Option<ListQuery>,
}

impl Registry {
    /// What a pass of an import that its reader may see refused so far, in order.
    pub fn refusals(&self, import: &Import, which: Which) -> Refusals {
        let scope = Scope::bypass("what an import refused; whoever asks may see the import");
        let query = ListQuery::new(PART, scope)
            .filter("pass", pass(import, which).as_str())
            .limit(AT_ONCE);
        Refusals {
            registry: self.clone(),
            query: Some(query),
        }
    }

    /// Records that hold what an import refused, in all passes.
    pub(super) async fn parts(
        &self,
        import: Id,
        limit: usize,
    ) -> Result<Vec<Record>, RegistryError> {
        let scope = Scope::bypass("what an import refused, as it is let go of");
        let query = ListQuery::new(PART, scope)
            .filter("import", import)
            .limit(limit);
        Ok(self.list_all(&query).await?.items)
    }
}

impl Refusals {
    /// Some more of it; none at the end.
    pub async fn more(&mut self) -> Result<Option<Vec<Refused>>, RegistryError> {
        let Some(query) = &mut self.query else {
            return Ok(None);
        };
        let page = self.registry.list_all(query).await?;
        let next: Option<Cursor> = page.next;
        let mut found = Vec::new();
        for record in &page.items {
            let body: Body = record.read()?;
            for (place, line, at) in body.rows {
                let problem = body.problems.get(at).cloned();
                let problem = problem.ok_or_else(|| RegistryError::Unreadable {
                    id: record.id,
                    why: "a row's reason is not among them".to_owned(),
                })?;
                found.push(Refused {
                    place,
                    line,
                    problem,
                });
            }
        }
        match next {
            Some(next) => query.after = Some(next),
            None => self.query = None,
        }
        Ok(Some(found))
    }

    /// The first of it, at most so many.
    pub async fn first(mut self, most: usize) -> Result<Vec<Refused>, RegistryError> {
        let mut found = Vec::new();
        while found.len() < most
            && let Some(some) = self.more().await?
        {
            found.extend(some);
        }
        found.truncate(most);
        Ok(found)
    }
}
