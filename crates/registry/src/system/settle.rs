//! From what somebody typed to what a body says: values checked, defaults and computed fields
//! filled in, what is not asked for left out, rules asked.

use std::collections::BTreeSet;

use directory::{Act, Principal};
use pack::declaration::RecordFile;
use pack::expression::evaluate::Value as Known;
use pack::shape::Wording;
use serde_json::{Map, Value};
use store::Scope;
use vocab::{FieldProblem, Id, Problem};

use super::facts::{self, Ground};
use super::fill::{compute, leave_out, missing, rules, surely_missing};
use super::kind::{CODE, CREATED_ON, FLOW, Kind};
use super::shape;
use super::value::Checker;
use crate::{Evidence, Record, Registry, RegistryError};

/// The code of what a pack says itself, in both languages.
pub(crate) const SAID: &str = "pack-said";

/// A body that may be kept.
#[derive(Debug)]
pub(crate) struct Settled {
    pub body: Map<String, Value>,
    /// What is said and does not hinder.
    pub warnings: Vec<FieldProblem>,
    /// What expressions ask about it.
    pub ground: Ground,
}

/// What a pack says at a field.
pub(crate) fn said(field: &str, wording: &Wording) -> FieldProblem {
    FieldProblem::new(field, SAID)
        .with("said_vi", &wording.vi)
        .with("said_en", &wording.en)
}

/// How a record is settled.
pub(crate) struct Settling<'a> {
    pub kind: &'a Kind,
    pub principal: &'a Principal,
    /// The record as it stands; as it begins, for a new one.
    pub record: &'a Record,
    pub is_new: bool,
    /// The step that is being taken; rules may be asked there alone.
    pub step: Option<&'a str>,
}

impl Registry {
    /// Checks what was typed and fills in the rest.
    pub(crate) async fn settle(
        &self,
        settling: &Settling<'_>,
        typed: Map<String, Value>,
    ) -> Result<Settled, RegistryError> {
        let systems = self.systems().clone();
        let Settling { kind, record, .. } = *settling;
        let declared = &systems.catalog().record(kind.at).declared;
        let today = self.store().context().now().in_vietnam().date();
        let before = &record.body;
        let mut checker = Checker::new(systems.catalog(), systems.ground(), kind.at.pack, today);
        let own = [CODE, CREATED_ON, FLOW];
        for name in typed
            .keys()
            .filter(|name| declared.fields.iter().all(|field| field.id.text != **name))
        {
            checker
                .problems
                .push(FieldProblem::new(name.as_str(), "unknown-field").with("name", name));
        }
        let mut body = Map::new();
        for field in declared
            .fields
            .iter()
            .filter(|field| field.compute.is_none())
        {
            let id = field.id.text.as_str();
            let value = typed
                .get(id)
                .and_then(|value| checker.field(field, id, value, before.get(id)));
            body.extend(value.map(|value| (id.to_owned(), value)));
        }
        for name in own {
            body.extend(
                before
                    .get(name)
                    .map(|value| (name.to_owned(), value.clone())),
            );
        }
        self.check_there(settling, &mut checker).await?;
        let mut problems = std::mem::take(&mut checker.problems);
        if !problems.is_empty() {
            // Conditions cannot be asked of what is wrong; what is needed in any case is said now.
            problems.extend(surely_missing(declared, &body, settling.is_new, &problems));
        }
        refuse(kind, problems)?;
        let mut ground = self.ground(settling, declared, &body).await?;
        if settling.is_new {
            for field in declared
                .fields
                .iter()
                .filter(|field| field.compute.is_none())
            {
                if let (Some(default), false) = (&field.default, body.contains_key(&field.id.text))
                {
                    let value = ground.evaluate(default, None);
                    if let Some(value) = facts::kept(field, &value) {
                        ground.put(field, Some(value), &mut body);
                    }
                }
            }
        }
        compute(declared, &mut body, &mut ground);
        leave_out(declared, &mut body, &mut ground);
        compute(declared, &mut body, &mut ground);
        let mut problems = missing(declared, &body, &ground);
        let (wrong, said) = rules(declared, &ground, today, settling.step);
        problems.extend(wrong);
        let mut warnings = said;
        let beyond = shape::beyond(declared, systems.ground(), &body);
        if systems.ground().province.exact {
            problems.extend(beyond);
        } else {
            warnings.extend(beyond);
        }
        refuse(kind, problems)?;
        Ok(Settled {
            body,
            warnings,
            ground,
        })
    }

    /// What a record's rules say of it as it stands, without hindering anything.
    pub async fn warnings(
        &self,
        principal: &Principal,
        kind: &Kind,
        record: &Record,
    ) -> Result<Vec<FieldProblem>, RegistryError> {
        let systems = self.systems().clone();
        let declared = &systems.catalog().record(kind.at).declared;
        let settling = Settling {
            kind,
            principal,
            record,
            is_new: false,
            step: None,
        };
        let ground = self.ground(&settling, declared, &record.body).await?;
        let today = self.store().context().now().in_vietnam().date();
        let mut warnings = shape::beyond(declared, systems.ground(), &record.body);
        warnings.extend(rules(declared, &ground, today, None).1);
        Ok(warnings)
    }

    /// Refuses units, records and files that are not there or otherwise than is said, or not for
    /// this principal to know of. Who sent a file is asked when it is kept.
    async fn check_there(
        &self,
        settling: &Settling<'_>,
        checker: &mut Checker<'_>,
    ) -> Result<(), RegistryError> {
        if !checker.units.is_empty() {
            let tree = self.directory().units().await?;
            let today = checker.today;
            let day = self
                .directory()
                .units_in(directory::Hierarchy::Administration, today)
                .await?;
            for (path, id, field) in std::mem::take(&mut checker.units) {
                let Some(unit) = day.get(id).or_else(|| tree.get(id)) else {
                    checker
                        .problems
                        .push(FieldProblem::new(path, "no-such-unit"));
                    continue;
                };
                let level = field.level.as_ref().map(|level| **level);
                if !level.is_none_or(|level| super::units::is_of(unit, level)) {
                    checker.problems.push(FieldProblem::new(path, "unit-level"));
                }
            }
        }
        for (path, named) in std::mem::take(&mut checker.files) {
            let files = self.store().every_file("what is said of a file must be so");
            let stored = match named.digest() {
                Some(digest) => files.file(&digest).await?,
                None => None,
            };
            if stored.is_none_or(|stored| Evidence::of(named.name.as_str(), &stored) != named) {
                checker
                    .problems
                    .push(FieldProblem::new(path, "not-evidence"));
            }
        }
        let systems = self.systems().clone();
        for (path, id, field) in std::mem::take(&mut checker.records) {
            let to = field
                .to
                .as_ref()
                .and_then(|to| systems.named(settling.kind.at.pack, to));
            let Some(to) = to else { continue };
            let reached = if is_program(settling.principal) {
                Scope::bypass("the program names what people named before it")
            } else {
                directory::permission::reach(settling.principal, Act::Read, to.name)
            };
            if self.store().fetch(to.name, &reached, id).await?.is_none() {
                checker
                    .problems
                    .push(FieldProblem::new(path, "record-unknown"));
            }
        }
        Ok(())
    }

    /// What expressions ask about a body of this record.
    pub(crate) async fn ground(
        &self,
        settling: &Settling<'_>,
        declared: &RecordFile,
        body: &Map<String, Value>,
    ) -> Result<Ground, RegistryError> {
        let Settling {
            kind,
            record,
            principal,
            ..
        } = *settling;
        let now = self.store().context().now();
        let mut ground = Ground {
            today: Some(now.in_vietnam().date()),
            now: Some(now),
            ..Ground::default()
        };
        ground.read(&declared.fields, body);
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        let own = [
            ("state", Known::Text(record.state.clone())),
            ("unit", Known::Thing(record.unit.to_string())),
            (
                "code",
                text(CODE).map_or(Known::Empty, |code| Known::Text(code.to_owned())),
            ),
            (
                "author",
                record
                    .author
                    .map_or(Known::Empty, |author| Known::Thing(author.to_string())),
            ),
            (
                "created_on",
                text(CREATED_ON)
                    .and_then(|day| day.parse().ok())
                    .map_or(Known::Empty, Known::Date),
            ),
        ];
        ground
            .values
            .extend(own.map(|(name, value)| (name.to_owned(), value)));
        self.follow(principal, kind, declared, body, &mut ground)
            .await?;
        self.roll_up(kind, record, settling.is_new, &mut ground)
            .await?;
        Ok(ground)
    }
}

/// Refuses a body in which anything is wrong, each field once and in order.
pub(crate) fn refuse(kind: &Kind, fields: Vec<FieldProblem>) -> Result<(), RegistryError> {
    if fields.is_empty() {
        return Ok(());
    }
    let mut problem = Problem::new(422, "invalid-fields", kind.name);
    problem.fields = fields;
    Err(RegistryError::Refused(problem))
}

/// Whether it is the program itself that asks, for whoever it works.
pub(crate) fn is_program(principal: &directory::Principal) -> bool {
    principal.account.is_some_and(|account| account.is_nil())
}

/// The ids in a reference field.
pub(crate) fn ids(value: Option<&Value>) -> BTreeSet<Id> {
    let items = match value {
        Some(Value::Array(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    items
        .iter()
        .filter_map(|item| item.as_str()?.parse().ok())
        .collect()
}
