//! What events would do, told before they do it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;
use store::{ListQuery, Scope};
use vocab::{Id, collate};

use super::UnitEvent;
use super::apply::Ground;
use super::plan::Plan;
use super::timeline::Timeline;
use crate::people::Holder;
use crate::{Directory, DirectoryError};

/// Records of a table are counted so far; more are «at least so many».
const MOST_COUNTED: usize = 10_000;

/// What events would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitPreview {
    /// Units that begin.
    pub appearing: Vec<Appearing>,
    /// Units that end.
    pub ending: Vec<Ending>,
    /// Units that go on otherwise.
    pub changing: Vec<Changing>,
    /// How many grants name a unit that ends.
    pub grants: usize,
    /// How many people hold a position in a unit that ends, on its last day or later. They
    /// go on in what follows it; no position is rewritten.
    pub people: usize,
    /// Who they are and what they hold, by unit and name; of very many the first 200.
    pub holders: Vec<Holder>,
    /// How many records units that end own, by table. They stay theirs.
    pub records: Vec<Affected>,
}

/// A unit that begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Appearing {
    /// The unit.
    pub unit: Id,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub date: Date,
    /// The unit above, by name.
    pub parent: Option<String>,
    /// The units of which it takes in all or a part, by name.
    pub from: Vec<String>,
}

/// A unit that ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ending {
    /// The unit.
    pub unit: Id,
    /// Its name.
    pub name: String,
    /// Its last day.
    pub date: Date,
    /// The units that take it in, by name.
    pub into: Vec<String>,
}

/// A unit that goes on otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changing {
    /// The unit.
    pub unit: Id,
    /// Its name before.
    pub name: String,
    /// The first day.
    pub date: Date,
    /// Its name from then on, where that is another.
    pub new_name: Option<String>,
    /// The unit above from then on, by name, where that is another.
    pub new_parent: Option<String>,
}

/// Records of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Affected {
    /// The table.
    pub table: String,
    /// How many.
    pub count: usize,
    /// Whether there are more, not counted.
    pub or_more: bool,
    /// How many of them are drafts.
    pub drafts: usize,
    /// How many of them are done with, as tasks are.
    pub done: usize,
}

impl Directory {
    /// What events would do. Refused as [`Directory::rearrange`] would be; nothing is
    /// written.
    pub async fn preview_units(&self, events: &[UnitEvent]) -> Result<UnitPreview, DirectoryError> {
        let ground = Ground::read(self).await?;
        self.preview_on(&ground, events).await
    }

    pub(crate) async fn preview_on(
        &self,
        ground: &Ground,
        events: &[UnitEvent],
    ) -> Result<UnitPreview, DirectoryError> {
        let plan = self.plan_on(ground, events)?;
        let mut preview = compare(&ground.timeline, &plan);
        let ending: BTreeSet<Id> = preview.ending.iter().map(|ending| ending.unit).collect();
        preview.grants = self.grants_in(&ending).await?;
        let last: Vec<(Id, Date)> = preview
            .ending
            .iter()
            .map(|ending| (ending.unit, ending.date))
            .collect();
        (preview.holders, preview.people) = self.holders_in(&last).await?;
        preview.records = self.records_of(&ending).await?;
        Ok(preview)
    }

    async fn grants_in(&self, units: &BTreeSet<Id>) -> Result<usize, DirectoryError> {
        let mut after = None;
        let mut count = 0;
        loop {
            let page = self
                .accounts(
                    Scope::bypass("a preview counts all that an event touches"),
                    after,
                    1_000,
                )
                .await?;
            let grants = page.items.iter().flat_map(|account| &account.grants);
            count += grants.filter(|grant| units.contains(&grant.unit)).count();
            after = page.next;
            if after.is_none() {
                return Ok(count);
            }
        }
    }

    async fn records_of(&self, units: &BTreeSet<Id>) -> Result<Vec<Affected>, DirectoryError> {
        let mut affected = Vec::new();
        if units.is_empty() {
            return Ok(affected);
        }
        let scope = Scope::units(units.iter().copied());
        for table in self.store().tables() {
            if crate::units::tables()
                .iter()
                .any(|own| own.name == table.name)
            {
                continue;
            }
            let query = ListQuery::new(&table.name, scope.clone());
            let count = self.store().count_up_to(&query, MOST_COUNTED).await?;
            if count > 0 {
                affected.push(Affected {
                    table: table.name.clone(),
                    count,
                    or_more: count == MOST_COUNTED,
                    drafts: self.in_state(&query, "draft").await?,
                    done: self.in_state(&query, "done").await?,
                });
            }
        }
        Ok(affected)
    }

    async fn in_state(&self, of: &ListQuery, state: &str) -> Result<usize, DirectoryError> {
        let query = of.clone().filter("state", state);
        Ok(self.store().count_up_to(&query, MOST_COUNTED).await?)
    }
}

fn compare(before: &Timeline, plan: &Plan) -> UnitPreview {
    let after = &plan.timeline;
    let mut units: BTreeMap<Id, Date> = BTreeMap::new();
    for planned in &plan.planned {
        for touch in &planned.touched {
            let body = touch.after.as_ref().or(touch.before.as_ref());
            units.extend(body.map(|body| (body.unit, planned.event.date)));
        }
    }
    let name = |unit: Id| {
        let last = after.of(unit).next_back();
        last.map_or_else(String::new, |(_, body)| body.name.clone())
    };
    let own: BTreeSet<Id> = plan.planned.iter().map(|planned| planned.id).collect();
    let links = || after.links.iter().filter(|link| own.contains(&link.event));
    let mut preview = UnitPreview {
        appearing: Vec::new(),
        ending: Vec::new(),
        changing: Vec::new(),
        grants: 0,
        people: 0,
        holders: Vec::new(),
        records: Vec::new(),
    };
    for (unit, date) in units {
        let Some((_, last)) = after.of(unit).next_back() else {
            continue;
        };
        let known = before.of(unit).next_back().map(|(_, body)| body);
        if known.is_none() {
            let from = links().filter(|link| link.to == unit);
            preview.appearing.push(Appearing {
                unit,
                name: last.name.clone(),
                date: after
                    .of(unit)
                    .next()
                    .map_or(date, |(_, body)| body.valid_from),
                parent: last.parent.map(name),
                from: from.map(|link| name(link.from)).collect(),
            });
        }
        if let Some(end) = last.valid_to {
            let into = links().filter(|link| link.from == unit);
            preview.ending.push(Ending {
                unit,
                name: last.name.clone(),
                date: end,
                into: into.map(|link| name(link.to)).collect(),
            });
        } else if let Some(known) = known {
            preview.changing.push(Changing {
                unit,
                name: known.name.clone(),
                date,
                new_name: (known.name != last.name).then(|| last.name.clone()),
                new_parent: last
                    .parent
                    .filter(|parent| known.parent != Some(*parent))
                    .map(name),
            });
        }
    }
    let by_name = |date: Date, name: &str| (date, collate::sort_key(name));
    preview
        .appearing
        .sort_by_cached_key(|unit| by_name(unit.date, &unit.name));
    preview
        .ending
        .sort_by_cached_key(|unit| by_name(unit.date, &unit.name));
    preview
        .changing
        .sort_by_cached_key(|unit| by_name(unit.date, &unit.name));
    preview
}
