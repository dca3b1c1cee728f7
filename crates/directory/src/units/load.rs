//! Loading the shipped units.

use store::{Actor, Op, RecordPut, Scope, StoreError, Write};

use super::EPOCH;
use super::record::UnitBody;
use super::shipped::Shipped;
use crate::{Directory, DirectoryError};

/// How often loading is begun again when somebody else loads at the same time.
const ATTEMPTS: usize = 3;

/// What loading did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadReport {
    /// How many units ship.
    pub units: usize,
    /// How many groups ship.
    pub groups: usize,
    /// How many records were missing and are there now.
    pub added: usize,
}

impl Directory {
    /// Puts the shipped units and groups of 2023 in, all at once. Those that are there
    /// already stay as they are, so that loading again changes nothing and never undoes
    /// what an administrator corrected.
    pub async fn load_shipped(&self, actor: &Actor) -> Result<LoadReport, DirectoryError> {
        let shipped = Shipped::read();
        let mut puts = Vec::new();
        for unit in &shipped.units {
            puts.push(UnitBody::of(unit).put()?);
        }
        for group in &shipped.groups {
            puts.push(group.put()?);
        }
        let mut attempt = 1;
        loop {
            match self.add_missing(actor, &puts).await {
                Err(StoreError::Conflict { .. } | StoreError::Duplicate { .. })
                    if attempt < ATTEMPTS =>
                {
                    attempt += 1;
                }
                added => {
                    return Ok(LoadReport {
                        units: shipped.units.len(),
                        groups: shipped.groups.len(),
                        added: added?,
                    });
                }
            }
        }
    }

    async fn add_missing(&self, actor: &Actor, puts: &[RecordPut]) -> Result<usize, StoreError> {
        let mut write = Write::by(actor.clone());
        for put in puts {
            let stored = self
                .store()
                .fetch(&put.table, &Scope::bypass("units are public"), put.id)
                .await?;
            if stored.is_none() {
                write = write.op(Op::Put(put.clone()));
            }
        }
        let added = write.ops.len();
        if added > 0 {
            self.store()
                .commit(write.op(Op::Bump(EPOCH.to_owned())))
                .await?;
            self.epochs().forget();
        }
        Ok(added)
    }
}
