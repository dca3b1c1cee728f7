//! Who holds positions in units that end.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use serde::Serialize;
use store::{ListQuery, Scope};
use vocab::{Id, collate};

use super::{PERSON, POSITION, Person, Position, PositionKind};
use crate::{Directory, DirectoryError};

/// The most positions that are named; how many people there are is counted beyond.
const MOST_NAMED: usize = 200;

/// Somebody who holds a position in a unit that ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Holder {
    /// Who.
    pub person: Id,
    /// Their name.
    pub name: String,
    /// The title of the position.
    pub title: String,
    /// Held, or stood in for.
    pub kind: PositionKind,
    /// The unit that ends.
    pub unit: Id,
}

impl Directory {
    /// Who holds a position in one of these units on its day or later: the first 200 of them
    /// by unit and name, and how many people they are altogether.
    pub(crate) async fn holders_in(
        &self,
        units: &[(Id, Date)],
    ) -> Result<(Vec<Holder>, usize), DirectoryError> {
        let last: HashMap<Id, Date> = units.iter().copied().collect();
        let scope = Scope::units(last.keys().copied());
        let records = self
            .all_people_records(ListQuery::new(POSITION, scope))
            .await?;
        let mut people = BTreeSet::new();
        let mut positions = Vec::new();
        for record in &records {
            let position = Position::read(record)?;
            let draft = &position.draft;
            let goes_on = |day: &Date| draft.valid_to.is_none_or(|end| *day < end);
            if last.get(&draft.unit).is_some_and(goes_on) {
                people.insert(position.person);
                positions.push(position);
            }
        }
        let holding = positions.iter().map(|position| position.person);
        let names = self.names_of(holding.collect()).await?;
        let holder = |position: Position| Holder {
            person: position.person,
            name: names.get(&position.person).cloned().unwrap_or_default(),
            title: position.draft.title,
            kind: position.draft.kind,
            unit: position.draft.unit,
        };
        let mut holders: Vec<Holder> = positions.into_iter().map(holder).collect();
        holders.sort_by_cached_key(|holder| (holder.unit, collate::sort_key(&holder.name)));
        holders.truncate(MOST_NAMED);
        Ok((holders, people.len()))
    }

    /// The names of these people, in one question.
    pub async fn names_of(
        &self,
        people: BTreeSet<Id>,
    ) -> Result<HashMap<Id, String>, DirectoryError> {
        let scope = Scope::bypass("the directory reads people and positions for itself");
        let records = self.store().fetch_these(PERSON, &scope, people).await?;
        let mut names = HashMap::with_capacity(records.len());
        for record in &records {
            let person = Person::read(record)?;
            names.insert(person.id, person.draft.name);
        }
        Ok(names)
    }
}
