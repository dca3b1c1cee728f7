//! What every change of people has in common.

use std::collections::HashMap;

use jiff::civil::Date;
use store::{Actor, ListQuery, Op, Record, Scope, StoreError, Write};
use vocab::Id;

use super::codes::{at, field_problem};
use super::{DELEGATION, Delegation, EPOCH, PERSON, POSITION, Person, Position, Roster};
use crate::permission::Giver;
use crate::{Directory, DirectoryError, sessions};

impl Directory {
    /// Where the people stand: what is decided now holds only while they stand there.
    pub(crate) async fn people_epoch(&self) -> Result<i64, DirectoryError> {
        Ok(self.store().epoch(EPOCH).await?)
    }

    /// Today in Viet Nam.
    pub(crate) fn today(&self) -> Date {
        self.store().context().now().in_vietnam().date()
    }

    /// Writes, on condition that nobody changed people meanwhile, or what the giver holds;
    /// every session looks anew
    /// at what its account holds.
    pub(super) async fn commit_people(
        &self,
        actor: &Actor,
        based_on: Option<i64>,
        giver: Option<&Giver>,
        ops: Vec<Op>,
    ) -> Result<(), DirectoryError> {
        let mut write = Write::by(actor.clone());
        write.ops = ops;
        if let Some(giver) = giver {
            giver.hold(&mut write);
        }
        write.ops.push(Op::Bump(EPOCH.to_owned()));
        write.ops.push(Op::Bump(sessions::EPOCH.to_owned()));
        write
            .epochs
            .extend(based_on.map(|epoch| (EPOCH.to_owned(), epoch)));
        let result = self.store().commit(write).await;
        self.epochs().forget();
        match result {
            Ok(_) => Ok(()),
            Err(StoreError::Duplicate { constraint }) if constraint.contains("citizen_key") => {
                Err(at("citizen_id", "citizen-id-taken", "entering a person"))
            }
            Err(StoreError::Duplicate { constraint }) if constraint.contains("account") => {
                Err(field_problem("account", "account-taken", "entering a person").into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// All records of a list.
    pub(super) async fn all_people_records(
        &self,
        query: ListQuery,
    ) -> Result<Vec<Record>, DirectoryError> {
        let mut query = query.limit(1_000);
        let mut records = Vec::new();
        loop {
            let page = self.store().list_records(&query).await?;
            records.extend(page.items);
            match page.next {
                Some(next) => query = query.after(Some(next)),
                None => return Ok(records),
            }
        }
    }

    pub(crate) async fn all_people(&self) -> Result<Vec<Person>, DirectoryError> {
        let query = ListQuery::new(
            PERSON,
            Scope::bypass("the directory reads people and positions for itself"),
        );
        let records = self.all_people_records(query).await?;
        records.iter().map(Person::read).collect()
    }

    /// All positions and delegations.
    pub async fn roster(&self) -> Result<Roster, DirectoryError> {
        let positions = ListQuery::new(
            POSITION,
            Scope::bypass("the directory reads people and positions for itself"),
        );
        let positions = self.all_people_records(positions).await?;
        let delegations = ListQuery::new(
            DELEGATION,
            Scope::bypass("the directory reads people and positions for itself"),
        );
        let delegations = self.all_people_records(delegations).await?;
        let left = ListQuery::new(
            PERSON,
            Scope::bypass("the directory reads people and positions for itself"),
        )
        .filter("state", "left");
        let left = self.all_people_records(left).await?;
        let mut days: HashMap<Id, Date> = HashMap::new();
        for record in &left {
            let person = Person::read(record)?;
            days.extend(person.left_on.map(|day| (person.id, day)));
        }
        Ok(Roster {
            positions: positions
                .iter()
                .map(Position::read)
                .collect::<Result<_, _>>()?,
            delegations: delegations
                .iter()
                .map(Delegation::read)
                .collect::<Result<_, _>>()?,
            left: days,
        })
    }
}
