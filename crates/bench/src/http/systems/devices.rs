//! What the devices are, and how ours come into the store.

use std::path::Path;
use std::time::{Duration, Instant};

use directory::Directory;
use futures_util::future::try_join_all;
use pack::folder::PackFolder;
use pack::{Surroundings, check};
use registry::{Declaration, Record, Registry, Systems};
use serde_json::{Map, Value};
use store::{Config, Op, Scope, Store, TableSpec, Write};
use vocab::Id;

use super::asking::CONNECTIONS;
use crate::dataset::BATCH;
use crate::figure::rate;
use crate::http::loading::{context, identity, officer};
use crate::{Failure, records};

/// The kinds of those that are loaded, none of which needs further fields.
const KINDS: [&str; 4] = ["scanner", "switch", "router", "ups"];
/// The kind that lists are filtered by.
pub(super) const LISTED: &str = KINDS[0];
/// One of so many devices is of the officer's unit.
pub(super) const SHARE: u64 = 20;

/// A device of the many.
pub(super) struct Device {
    pub id: Id,
    pub unit: Id,
    pub code: String,
    pub kind: &'static str,
    pub model: String,
    pub price_vnd: u64,
}

/// The units whose devices they are.
pub(super) struct Owners {
    /// The officer's.
    pub own: Id,
    pub others: Vec<Id>,
}

impl Owners {
    /// The device of this number.
    pub(super) fn device(&self, number: u64) -> Result<Device, Failure> {
        let dice = records::mix(number);
        let pick = |among: usize, dice: u64| usize::try_from(dice % among as u64);
        Ok(Device {
            id: identity(number)?,
            unit: match number % SHARE {
                0 => self.own,
                _ => self.others[pick(self.others.len(), dice >> 8)?],
            },
            code: format!("TB-2022-{number:07}"),
            kind: KINDS[pick(KINDS.len(), number / SHARE)?],
            model: format!("Thiết bị {number} (giả lập)"),
            price_vnd: 1_000_000 + dice % 90_000_000,
        })
    }
}

/// The store of the program, opened while the program does not run.
pub(super) struct Ours {
    store: Store,
    declaration: Declaration,
}

impl Ours {
    /// Opens the store that a server has left.
    pub(super) async fn open(config: &Config) -> Result<Self, Failure> {
        let (declaration, tables) = declared()?;
        let store = Store::open(config, tables, context(1)?).await?;
        Ok(Self { store, declaration })
    }

    /// The units, of which the officer's is known.
    pub(super) async fn owners(&self, own: Id) -> Result<Owners, Failure> {
        let directory = Directory::open(self.store.clone()).await?;
        let units = directory.units().await?;
        let others = units.iter().map(|unit| unit.id).filter(|id| *id != own);
        let others = others.collect();
        Ok(Owners { own, others })
    }

    /// A record that the program made: what is loaded says the same but for what tells it apart.
    pub(super) async fn template(&self, id: Id) -> Result<Record, Failure> {
        let told = Scope::bypass("measurements");
        let stored = self.store.fetch(self.declaration.kind, &told, id).await?;
        let stored = stored.ok_or("the record that was made is not there")?;
        Ok(Record {
            id,
            version: 1,
            unit: stored.head.unit,
            state: stored.head.state,
            author: Some(officer().account),
            at: stored.head.created_at,
            body: serde_json::from_str(&stored.body)?,
        })
    }

    /// Puts so many devices in.
    pub(super) async fn load(
        &self,
        like: &Record,
        owners: &Owners,
        count: u64,
    ) -> Result<(), Failure> {
        let mut start = 0;
        while start < count {
            let end = count.min(start + BATCH as u64);
            let writes = (start..end).map(|number| self.put(like, owners.device(number)?));
            let writes: Vec<Write> = writes.collect::<Result<_, _>>()?;
            for outcome in self.store.commit_each(writes).await {
                outcome?;
            }
            start = end;
        }
        self.store.seal().await?;
        Ok(())
    }

    /// How many devices a second the store alone takes of many writers, each write on its own.
    pub(super) async fn rate(
        &self,
        like: &Record,
        owners: &Owners,
        from: &mut u64,
        time: Duration,
    ) -> Result<f64, Failure> {
        let began = Instant::now();
        let first = *from;
        let counts = try_join_all((0..CONNECTIONS).map(async |writer| {
            let mut number = first + writer;
            let mut count = 0_usize;
            while began.elapsed() < time {
                let write = self.put(like, owners.device(number)?)?;
                self.store.commit(write).await?;
                number += CONNECTIONS;
                count += 1;
            }
            Ok::<_, Failure>((number, count))
        }));
        let counts = counts.await?;
        let took = began.elapsed();
        *from = counts
            .iter()
            .map(|(number, _)| *number)
            .max()
            .unwrap_or(first);
        Ok(rate(counts.iter().map(|(_, count)| count).sum(), took))
    }

    fn put(&self, like: &Record, device: Device) -> Result<Write, Failure> {
        let mut body: Map<String, Value> = like.body.clone();
        body.insert("code".to_owned(), device.code.into());
        body.insert("kind".to_owned(), device.kind.into());
        body.insert("model".to_owned(), device.model.into());
        body.insert("price_vnd".to_owned(), device.price_vnd.into());
        let record = Record {
            id: device.id,
            unit: device.unit,
            body,
            ..like.clone()
        };
        let put = self.declaration.put(&record, "create", Vec::new())?;
        Ok(Write::by(officer()).op(Op::Put(put)))
    }
}

/// The record type as the program declares it, and all tables of the program.
fn declared() -> Result<(Declaration, Vec<TableSpec>), Failure> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let roles = directory::permission::RoleBook::shipped();
    let surroundings = Surroundings {
        roles: roles.iter().map(|role| role.code.clone()).collect(),
        calendars: ["vn".to_owned()].into(),
    };
    let catalog = check(&PackFolder::find(&shipped)?, &surroundings).into_catalog();
    let systems = Systems::load(catalog.ok_or("the packs that ship are not all right")?)?;
    let kind = systems.find("it-equipment", "device");
    let name = kind.ok_or("the pack that is measured does not ship")?.name;
    let mut declarations = plan::declarations();
    declarations.extend(systems.declarations());
    let mut tables = directory::tables();
    tables.extend(Registry::tables(&declarations));
    let mut declarations = declarations.into_iter();
    let declaration = declarations.find(|known| known.kind == name);
    Ok((declaration.ok_or("a kind without a declaration")?, tables))
}
