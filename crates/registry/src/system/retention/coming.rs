//! What is shown of retention: of one record when and why, of a record type what comes due and
//! what was done.

use directory::permission::reach;
use directory::{Act, Principal};
use jiff::civil::Date;
use pack::declaration::RetentionEnd;
use pack::shape::Choice;
use serde_json::Map;
use store::{ListQuery, SinceQuery};
use vocab::{Id, Instant};

use super::confirm::{PAGE, mark_column};
use super::hold::{HOLD, Hold, hold_id, standing};
use super::run::RunBody;
use super::{RUN, Rule, everything};
use crate::system::kind::Kind;
use crate::{Record, Registry, RegistryError};

/// Days of which is told what comes due.
const SOON: i64 = 30;
const LATER: i64 = 90;
/// How many records are named.
const NAMED: usize = 100;

/// What becomes of a record, and when.
#[derive(Clone, Debug)]
pub struct Retained {
    /// What.
    pub then: RetentionEnd,
    /// When its term ends.
    pub due: Instant,
    /// Why it is held back.
    pub held: Option<Hold>,
}

/// What comes due, of what somebody may see.
#[derive(Clone, Debug, Default)]
pub struct Coming {
    /// How many records are due and were not dealt with yet.
    pub due: usize,
    /// How many come due within 30 days.
    pub soon: usize,
    /// How many within 90, those of the first 30 among them.
    pub later: usize,
    /// The first of all of these with the end of their terms, and whether they are held.
    pub records: Vec<(Record, Instant, bool)>,
}

/// What was done on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// The day.
    pub day: Date,
    /// What.
    pub then: RetentionEnd,
    /// By what law.
    pub legal: String,
    /// With how many records, of those of units whose records the reader sees.
    pub count: u64,
}

impl Registry {
    /// When and what becomes of a record that somebody may see; none where nothing does as it
    /// stands.
    pub async fn retained(
        &self,
        kind: &Kind,
        record: &Record,
    ) -> Result<Option<Retained>, RegistryError> {
        let systems = self.systems().clone();
        let Some(rule) = Rule::of(&systems.record(kind).declared) else {
            return Ok(None);
        };
        let stands = rule.after.iter().any(|state| state.text == record.state);
        if !stands
            || super::mark(&systems.record(kind).declared)
                .is_some_and(|mark| record.body.contains_key(mark))
        {
            return Ok(None);
        }
        let everything = everything();
        let history = self
            .store()
            .history(kind.name, &everything, record.id, usize::MAX);
        let history = history.await?;
        let unbroken = history
            .iter()
            .take_while(|version| version.state == record.state);
        let since = unbroken.map(|version| version.at).min();
        let due = since.and_then(|since| rule.due(since, self.calendar()));
        let Some(due) = due else {
            return Ok(None);
        };
        Ok(Some(Retained {
            then: rule.then,
            due,
            held: self.held(record.id).await?,
        }))
    }

    /// What of the records of a type that somebody may see comes due, the earliest first.
    pub async fn coming_due(
        &self,
        principal: &Principal,
        kind: &Kind,
    ) -> Result<Coming, RegistryError> {
        let systems = self.systems().clone();
        let Some(rule) = Rule::of(&systems.record(kind).declared) else {
            return Ok(Coming::default());
        };
        let scope = reach(principal, Act::Read, kind.name);
        let now = self.store().context().now();
        let within = |days: i64| now.plus_seconds(days * 86_400);
        let mut due: Vec<(Instant, Id)> = Vec::new();
        for state in rule.after {
            let mut after = Id::NIL;
            loop {
                let query = SinceQuery {
                    table: kind.name,
                    scope: &scope,
                    state: &state.text,
                    empty: mark_column(kind, &rule),
                    after,
                    limit: PAGE,
                };
                let page = self.store().standing_since(&query).await?;
                for one in &page {
                    let end = rule.due(one.since, self.calendar());
                    due.extend(
                        end.filter(|end| *end <= within(LATER))
                            .map(|end| (end, one.id)),
                    );
                }
                match page.last() {
                    Some(last) if page.len() == PAGE => after = last.id,
                    _ => break,
                }
            }
        }
        due.sort_unstable();
        let by = |at: Instant| due.partition_point(|(end, _)| *end <= at);
        let (overdue, soon, later) = (by(now), by(within(SOON)), due.len());
        due.truncate(NAMED);
        let ids = due.iter().map(|(_, id)| *id);
        let mut records: std::collections::HashMap<Id, Record> = self
            .get_these(principal, kind.name, ids.clone().collect())
            .await?
            .into_iter()
            .map(|record| (record.id, record))
            .collect();
        let mut held = std::collections::HashSet::new();
        for hold in self.find_these(HOLD, ids.map(hold_id)).await? {
            if standing(&hold)?.is_some() {
                held.insert(hold.id);
            }
        }
        let named = due.iter().filter_map(|(end, id)| {
            let record = records.remove(id)?;
            Some((record, *end, held.contains(&hold_id(*id))))
        });
        Ok(Coming {
            due: overdue,
            soon: soon - overdue,
            later: later - overdue,
            records: named.collect(),
        })
    }

    /// What was done with records of a type, the latest day first: with those of units alone
    /// whose records somebody sees.
    pub async fn retention_done(
        &self,
        principal: &Principal,
        kind: &Kind,
    ) -> Result<Vec<Ran>, RegistryError> {
        let query = ListQuery::new(RUN, everything()).filter("kind", kind.name);
        let sees_all = reach(principal, Act::Read, kind.name).is_everything()
            || self.administers(principal, kind);
        let mut done = Vec::new();
        for run in self.all(query).await? {
            let body: RunBody = run.read()?;
            let counted = body.counts.iter().filter(|one| {
                let like = Record {
                    id: Id::NIL,
                    version: 1,
                    unit: one.unit,
                    state: one.state.clone(),
                    author: None,
                    at: run.at,
                    body: Map::new(),
                };
                sees_all || self.may(principal, Act::Read, kind.name, &like)
            });
            let count: u64 = counted.map(|one| one.count).sum();
            let then = RetentionEnd::WORDS.iter();
            let then = then.clone().find(|(word, _)| *word == body.then);
            if let (Ok(day), Some((_, then)), 1..) = (body.day.parse(), then, count) {
                done.push(Ran {
                    day,
                    then: *then,
                    legal: body.legal,
                    count,
                });
            }
        }
        done.sort_by_key(|ran| std::cmp::Reverse(ran.day));
        Ok(done)
    }
}
