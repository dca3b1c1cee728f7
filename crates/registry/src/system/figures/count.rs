//! Going over the records.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use directory::permission::reach;
use directory::{Act, Principal};
use pack::declaration::{FieldType, Function};
use serde_json::{Map, Value};
use store::audit::AuditQuery;
use store::{Column, Head, Mark, Predicate, Scope, Stood};
use vocab::{Decimal, Id, Instant};

use super::{Amount, Measured, Source, Span};
use crate::record::parse_body;
use crate::system::condition;
use crate::{COLUMN_SCALE, FieldKind, Kind, Registry, RegistryError};

/// How many records are read at once.
const TOGETHER: usize = 2_000;
/// More writes than these are not looked through.
const MOST_WRITES: usize = 5_000;
/// Why everything is read.
const COUNTS: &str = "an indicator counts every record, as its pack says; who sees the figure is asked where it is shown";

/// A record that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The record.
    pub id: Id,
    /// The version that counts.
    pub version: i64,
    /// Whose it was.
    pub unit: Id,
    /// Whether it is of the part of a share.
    pub is_part: bool,
    amount: Amount,
    cuts: Vec<String>,
}

/// All that is found in one go.
#[derive(Default)]
struct Found {
    counted: Vec<Counted>,
    known: usize,
    untold: usize,
}

impl Registry {
    /// What an indicator says of all records. Who may see that is asked by whoever shows it:
    /// everybody where it is public, whoever reports to the plan where it feeds it.
    pub async fn measure(
        &self,
        source: &Source<'_>,
        span: Span,
    ) -> Result<Arc<Measured>, RegistryError> {
        let now = self.store().context().now();
        let (key, held) = (source.key(), self.held_figures());
        if let Some(figure) = held.past(&key, span, now) {
            return Ok(figure);
        }
        let mark = self.store().mark().await?;
        if let Some(latest) = held.latest(&key, span, now)
            && self.untouched(source.kind, latest.mark).await?
        {
            let figure = Arc::new(Measured {
                as_of: span.as_of,
                ..latest.figure.as_ref().clone()
            });
            held.put(key, span, now, Some(mark), &figure);
            return Ok(figure);
        }
        let found = self.records_of(source, span, None).await?;
        let measured = Arc::new(gathered(source, span, &found));
        // What was written since its instant lies before the mark and is not in it.
        let is_whole = self.nothing_since(source.kind, span.as_of).await?;
        held.put(key, span, now, is_whole.then_some(mark), &measured);
        Ok(measured)
    }

    /// Whether nothing was written to a type after an instant.
    async fn nothing_since(&self, kind: &Kind, at: Instant) -> Result<bool, RegistryError> {
        let written = AuditQuery {
            table: Some(kind.name.to_owned()),
            from: Some(at.plus_micros(1)),
            limit: 1,
            ..AuditQuery::default()
        };
        let log = Scope::bypass(COUNTS);
        Ok(self.store().audit_entries(&log, &written).await?.is_empty())
    }

    /// Whether no record of a type was written to after a mark.
    async fn untouched(&self, kind: &Kind, mark: Mark) -> Result<bool, RegistryError> {
        let touched = self
            .store()
            .touched_since(&Scope::bypass(COUNTS), kind.name, mark, MOST_WRITES)
            .await?;
        Ok(touched.is_some_and(|touched| touched.records.is_empty()))
    }

    /// The same of the records that a reader may see as they stand.
    pub async fn measure_for(
        &self,
        reader: &Principal,
        source: &Source<'_>,
        span: Span,
    ) -> Result<Measured, RegistryError> {
        let seen = self.seen(reader, source.kind).await?;
        let found = self.records_of(source, span, seen.as_ref()).await?;
        Ok(gathered(source, span, &found))
    }

    /// The records behind a figure that a reader may see as they stand, in the order of their
    /// identities, each with the version that counts.
    pub async fn counted_for(
        &self,
        reader: &Principal,
        source: &Source<'_>,
        span: Span,
    ) -> Result<Vec<Counted>, RegistryError> {
        let seen = self.seen(reader, source.kind).await?;
        Ok(self.records_of(source, span, seen.as_ref()).await?.counted)
    }

    /// Whether a reader may see every record of an indicator's type.
    pub fn sees_all(reader: &Principal, source: &Source<'_>) -> bool {
        reach(reader, Act::Read, source.kind.name).is_everything()
    }

    /// The records of a kind that a reader may see as they stand; none for all of them.
    async fn seen(
        &self,
        reader: &Principal,
        kind: &Kind,
    ) -> Result<Option<HashSet<Id>>, RegistryError> {
        let reached = reach(reader, Act::Read, kind.name);
        if reached.is_everything() {
            return Ok(None);
        }
        let read = |cells: &[store::Cell<'_>]| cells.first().and_then(|cell| cell.as_id());
        let ids = self
            .store()
            .read_columns(kind.name, &reached, &["id"], read)
            .await?;
        Ok(Some(ids.into_iter().flatten().collect()))
    }

    async fn records_of(
        &self,
        source: &Source<'_>,
        span: Span,
        seen: Option<&HashSet<Id>>,
    ) -> Result<Found, RegistryError> {
        let kind = source.kind;
        let systems = self.systems().clone();
        let judge = Judge::of(source, span, &systems.record(kind).declared.fields)?;
        let all = Scope::bypass(COUNTS);
        let mut ids = self.store().known_by(&all, kind.name, span.as_of).await?;
        if let Some(seen) = seen {
            ids.retain(|id| seen.contains(id));
        }
        let mut found = Found::default();
        for some in ids.chunks(TOGETHER) {
            let stood = self
                .store()
                .stood_at(&all, kind.name, some, span.as_of)
                .await?;
            for record in stood {
                found.known += 1;
                let Some(text) = &record.body else {
                    found.untold += 1;
                    continue;
                };
                let body = parse_body(record.id, text)?;
                found.counted.extend(judge.counted(kind, &record, &body));
            }
        }
        Ok(found)
    }
}

fn gathered(source: &Source<'_>, span: Span, found: &Found) -> Measured {
    let function = *source.declared.function;
    let nothing = Amount::nothing(function);
    let mut whole = nothing;
    let mut units: BTreeMap<Id, Amount> = BTreeMap::new();
    let mut cuts: Vec<(String, BTreeMap<String, Amount>)> = source
        .declared
        .by
        .iter()
        .map(|key| (key.text.clone(), BTreeMap::new()))
        .collect();
    for one in &found.counted {
        whole = whole.and(function, one.amount);
        let of_unit = units.entry(one.unit).or_insert(nothing);
        *of_unit = of_unit.and(function, one.amount);
        for ((_, cut), value) in cuts.iter_mut().zip(&one.cuts) {
            let of_value = cut.entry(value.clone()).or_insert(nothing);
            *of_value = of_value.and(function, one.amount);
        }
    }
    Measured {
        as_of: span.as_of,
        whole,
        units,
        cuts,
        known: found.known,
        untold: found.untold,
    }
}

/// Says of a record whether and how it counts.
struct Judge<'a> {
    function: Function,
    when: Option<Predicate>,
    part: Option<Predicate>,
    /// The field that is added up, and whether its number is a decimal in text.
    value: Option<&'a str>,
    /// The field of the day, and the days that count.
    days: Option<(&'a str, String, String)>,
    by: Vec<(&'a str, bool)>,
}

impl<'a> Judge<'a> {
    fn of(
        source: &Source<'a>,
        span: Span,
        fields: &[pack::declaration::Field],
    ) -> Result<Self, RegistryError> {
        let declared = source.declared;
        let day = span.day();
        let compiled = |condition: Option<&pack::expression::Expression>| match condition {
            None => Ok(None),
            Some(condition) => condition::compiled(source.kind, condition, Some(day))
                .map(Some)
                .ok_or_else(|| RegistryError::refused(500, "indicator", source.key())),
        };
        Ok(Self {
            function: *declared.function,
            when: compiled(declared.when.as_ref())?,
            part: compiled(declared.part.as_ref())?,
            value: declared.value.as_ref().map(|key| key.text.as_str()),
            days: declared
                .date
                .as_ref()
                .zip(span.days)
                .map(|(key, (first, last))| {
                    (key.text.as_str(), first.to_string(), last.to_string())
                }),
            by: declared
                .by
                .iter()
                .map(|key| {
                    let is_flag = fields
                        .iter()
                        .any(|field| field.id.text == key.text && *field.kind == FieldType::Flag);
                    (key.text.as_str(), is_flag)
                })
                .collect(),
        })
    }

    fn counted(&self, kind: &Kind, record: &Stood, body: &Map<String, Value>) -> Option<Counted> {
        if let Some((field, first, last)) = &self.days {
            // A moment begins with its day: `2026-12-31T08:00`.
            let day = body.get(*field)?.as_str()?.get(..10)?;
            if day < first.as_str() || day > last.as_str() {
                return None;
            }
        }
        let head = head(kind, record, body);
        let holds = |condition: &Predicate| condition.holds(&head) == Some(true);
        if !self.when.as_ref().is_none_or(holds) {
            return None;
        }
        let is_part = self.part.as_ref().is_some_and(holds);
        let value = self.value.and_then(|field| number(kind, field, &head));
        let cuts = self.by.iter().map(|(field, is_flag)| match *field {
            "state" => record.state.clone(),
            "unit" => record.unit.to_string(),
            field => match body.get(field) {
                Some(Value::String(text)) => text.clone(),
                Some(Value::Bool(flag)) => flag.to_string(),
                None if *is_flag => "false".to_owned(),
                _ => String::new(),
            },
        });
        Some(Counted {
            id: record.id,
            version: record.version,
            unit: record.unit,
            is_part,
            amount: Amount::one(self.function, value, is_part),
            cuts: cuts.collect(),
        })
    }
}

/// A version as conditions see it: its columns are made of its body anew, so that a column that a
/// pack got later is there for versions that are older.
fn head(kind: &Kind, record: &Stood, body: &Map<String, Value>) -> Head {
    Head {
        id: record.id,
        version: record.version,
        unit: record.unit,
        state: record.state.clone(),
        sort_key: Vec::new(),
        created_at: Instant::default(),
        updated_at: Instant::default(),
        columns: kind.declaration.columns(None, body),
    }
}

/// The number in a field's column.
fn number(kind: &Kind, field: &str, head: &Head) -> Option<Decimal> {
    let known = kind.column_field(field)?;
    let (Column::Own(_, place), _) = Column::named(&kind.spec, known.column)? else {
        return None;
    };
    let number = head.columns.get(place)?.as_int()?;
    match known.kind {
        FieldKind::Decimal(..) => Decimal::new(number, COLUMN_SCALE).map(Decimal::normalized),
        _ => Some(Decimal::from(number)),
    }
}
