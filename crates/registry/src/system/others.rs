//! What expressions ask of other records: those that a record names, and those that name it.

use directory::Principal;
use pack::declaration::{FieldType, Function, RecordFile, Rollup};
use pack::expression::evaluate::Value as Known;
use serde_json::{Map, Value};
use store::{ListQuery, Scope};
use vocab::Decimal;

use super::facts::{self, Ground};
use super::kind::Kind;
use super::settle::{ids, is_program};
use super::{condition, kind};
use crate::{COLUMN_SCALE, FieldKind, Record, Registry, RegistryError};

/// How far references are followed.
const DEEPEST: usize = 3;

impl Registry {
    /// Reads what is asked of records that this one names. What the principal may not read is
    /// empty.
    pub(crate) async fn follow(
        &self,
        principal: &Principal,
        kind: &Kind,
        declared: &RecordFile,
        body: &Map<String, Value>,
        ground: &mut Ground,
    ) -> Result<(), RegistryError> {
        let systems = self.systems().clone();
        let asked = &kind.asked;
        let mut open: Vec<(usize, &RecordFile, Map<String, Value>)> = Vec::new();
        if !asked.members.is_empty() {
            open.push((kind.at.pack, declared, body.clone()));
        }
        for _ in 0..DEEPEST {
            let mut next = Vec::new();
            for (from, declared, body) in std::mem::take(&mut open) {
                for field in declared
                    .fields
                    .iter()
                    .filter(|field| *field.kind == FieldType::Reference)
                {
                    let wanted = asked
                        .members
                        .iter()
                        .any(|(of, _)| *of == field.id.text || of.is_empty());
                    let to = field.to.as_ref().and_then(|to| systems.named(from, to));
                    let (Some(to), true) = (to, wanted) else {
                        continue;
                    };
                    let named = ids(body.get(&field.id.text));
                    let others = if is_program(principal) {
                        self.find_these(to.name, named).await?
                    } else {
                        self.get_these(principal, to.name, named).await?
                    };
                    for other in others {
                        let theirs = &systems.catalog().record(to.at).declared;
                        let mut seen = Ground::default();
                        seen.read(&theirs.fields, &other.body);
                        seen.values
                            .insert("state".to_owned(), Known::Text(other.state.clone()));
                        seen.values
                            .insert("unit".to_owned(), Known::Thing(other.unit.to_string()));
                        if let Some(code) = other.body.get(kind::CODE).and_then(Value::as_str) {
                            seen.values
                                .insert("code".to_owned(), Known::Text(code.to_owned()));
                        }
                        let record = other.id.to_string();
                        ground.others.extend(
                            seen.values
                                .into_iter()
                                .map(|(name, value)| ((record.clone(), name), value)),
                        );
                        next.push((to.at.pack, theirs, other.body));
                    }
                }
            }
            open = next;
        }
        Ok(())
    }

    /// Works out the figures from records that name this one, as far as they are asked for.
    pub(crate) async fn roll_up(
        &self,
        kind: &Kind,
        record: &Record,
        is_new: bool,
        ground: &mut Ground,
    ) -> Result<(), RegistryError> {
        let systems = self.systems().clone();
        let rollups = &systems.catalog().record(kind.at).declared.rollups;
        for rollup in rollups {
            if !kind.asked.speaks_of(&rollup.id) {
                continue;
            }
            let value = if is_new {
                nothing(rollup)
            } else {
                self.figure(kind, record, rollup, ground).await?
            };
            ground.values.insert(rollup.id.text.clone(), value);
        }
        Ok(())
    }

    async fn figure(
        &self,
        kind: &Kind,
        record: &Record,
        rollup: &Rollup,
        ground: &Ground,
    ) -> Result<Known, RegistryError> {
        let systems = self.systems().clone();
        let Some(of) = systems.named(kind.at.pack, &rollup.of) else {
            return Ok(Known::Empty);
        };
        let Some(via) = of.column(&rollup.via) else {
            return Ok(Known::Empty);
        };
        let all =
            Scope::bypass("a figure about a record counts all that name it, as its pack says");
        let scope = match &rollup.when {
            None => all,
            Some(when) => match condition::compiled(of, when, ground.today) {
                Some(when) => all.and(&when),
                None => return Ok(Known::Empty),
            },
        };
        let mut query = ListQuery::new(of.name, scope)
            .filter(via, record.id)
            .limit(1_000);
        if *rollup.function == Function::Count {
            let count = self.store().count_up_to(&query, 1_000_000).await?;
            return Ok(Known::Number(Decimal::from(
                i64::try_from(count).unwrap_or(i64::MAX),
            )));
        }
        let Some(field) = rollup
            .value
            .as_ref()
            .and_then(|value| of.column_field(value))
        else {
            return Ok(Known::Empty);
        };
        let place = self.store().column(of.name, field.column)?;
        let declared = &systems.catalog().record(of.at);
        let mut result = nothing(rollup);
        loop {
            let page = self.store().list(&query).await?;
            for head in &page.items {
                let value = match (&head.columns[place], field.kind) {
                    (store::Value::Int(number), FieldKind::Decimal(..)) => {
                        Decimal::new(*number, COLUMN_SCALE).map_or(Known::Empty, Known::Number)
                    }
                    (store::Value::Int(number), _) => Known::Number(Decimal::from(*number)),
                    (store::Value::Text(text), _) => {
                        declared.field(field.name).map_or(Known::Empty, |field| {
                            facts::known(field, &Value::from(text.as_str()))
                        })
                    }
                    _ => Known::Empty,
                };
                result = joined(*rollup.function, result, value);
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(result),
            }
        }
    }
}

fn nothing(rollup: &Rollup) -> Known {
    match *rollup.function {
        Function::Count | Function::Sum => Known::Number(Decimal::ZERO),
        _ => Known::Empty,
    }
}

fn joined(function: Function, one: Known, other: Known) -> Known {
    match (function, one, other) {
        (_, one, Known::Empty) | (_, Known::Empty, one) => one,
        (Function::Sum, Known::Number(one), Known::Number(other)) => {
            one.checked_add(other).map_or(Known::Empty, Known::Number)
        }
        (Function::Least | Function::Greatest, one, other) => {
            let later = match (&one, &other) {
                (Known::Number(one), Known::Number(other)) => other > one,
                (Known::Date(one), Known::Date(other)) => other > one,
                (Known::Moment(one), Known::Moment(other)) => other > one,
                _ => return one,
            };
            if later == (function == Function::Greatest) {
                other
            } else {
                one
            }
        }
        (_, one, _) => one,
    }
}
