//! What every request asks first, asked together. Requests that come while a question is on its
//! way wait for the next one, which asks for all of them: so each is answered with what stands
//! after it came, and the server answers one statement where it would answer dozens. A
//! connection of its own: nothing that takes long is ever in front.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};
use vocab::Id;

use super::pg_link::Link;
use super::postgres::gone;
use super::{Param, Row, Statement};
use crate::query::parted;
use crate::{StoreError, Value};

/// The most that one question asks for.
const MOST: usize = 128;

/// The epochs' sum, and the row of the record that was asked for, if there is one.
pub(crate) type Answer = (i64, Option<Row>);

/// One request's part of a question.
struct Part {
    statement: Arc<str>,
    id: Option<Id>,
    reply: oneshot::Sender<Result<Answer, StoreError>>,
}

/// Where requests ask.
pub(super) struct Together(mpsc::UnboundedSender<Part>);

impl Together {
    /// Begins to ask over a connection of its own, until this is dropped.
    pub(super) fn begin(url: &str) -> Self {
        let (sender, mut coming) = mpsc::unbounded_channel();
        let link = Link::planning_once(url);
        tokio::spawn(async move {
            let mut parts = Vec::with_capacity(MOST);
            while coming.recv_many(&mut parts, MOST).await > 0 {
                answer(&link, &mut parts).await;
            }
        });
        Self(sender)
    }

    /// Asks for the epochs' sum and, by a statement that takes ids, for a record.
    pub(super) async fn ask(
        &self,
        statement: &Arc<str>,
        id: Option<Id>,
    ) -> Result<Answer, StoreError> {
        let (reply, answer) = oneshot::channel();
        let statement = Arc::clone(statement);
        let part = Part {
            statement,
            id,
            reply,
        };
        self.0.send(part).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// Asks for all parts: one statement for each table, as a rule one in all.
async fn answer(link: &Link, parts: &mut Vec<Part>) {
    // Whoever asks for epochs alone is answered by any of the statements.
    while let Some(first) = parts
        .iter()
        .find(|part| part.id.is_some())
        .or(parts.first())
    {
        let statement = Arc::clone(&first.statement);
        let here = |part: &mut Part| part.id.is_none() || part.statement == statement;
        let here: Vec<Part> = parts.extract_if(.., here).collect();
        let asked: Vec<Id> = here.iter().filter_map(|part| part.id).collect();
        let answered = ask(link, statement, asked).await;
        for part in here {
            // Whoever has gone away needs no answer.
            let _ = part.reply.send(match &answered {
                Ok((epochs, rows)) => {
                    let row = part.id.and_then(|id| rows.get(&id));
                    Ok((*epochs, row.cloned()))
                }
                Err(error) => Err(error.clone()),
            });
        }
    }
}

async fn ask(
    link: &Link,
    statement: Arc<str>,
    mut ids: Vec<Id>,
) -> Result<(i64, HashMap<Id, Row>), StoreError> {
    ids.sort_unstable();
    ids.dedup();
    let params = if ids.is_empty() {
        Vec::new()
    } else {
        vec![Param::ids(ids)]
    };
    let statement = Statement::new(statement, params);
    let rows = match link.session().await?.query(&statement).await {
        // It may be repeated after the server came back.
        Err(StoreError::Unavailable(_)) => link.session().await?.query(&statement).await?,
        rows => rows?,
    };
    let mut epochs = None;
    let mut found = HashMap::with_capacity(rows.len());
    for row in rows {
        let (sum, record) = parted(row)?;
        epochs.get_or_insert(sum);
        if let Some(record) = record
            && let Some(id) = record.first().and_then(Value::as_id)
        {
            found.insert(id, record);
        }
    }
    let nothing = || StoreError::Corrupt("an answer without epochs".to_owned());
    Ok((epochs.ok_or_else(nothing)?, found))
}
