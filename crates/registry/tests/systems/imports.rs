//! Imports in the background, on each engine: tried, killed and resumed, cancelled, undone.

mod hostile;
mod rights;
mod slow;

use directory::{Account, Grant, NewAccount, Principal, Role, UnitKind};
use office::Value as Cell;
use registry::system::imports::{Import, ImportState, ImportStep, NewImport, Refused, WORK, Which};
use registry::{Caller, Evidence, Record, Registry};
use store::jobs::Job;
use vocab::{Id, Lang};

use crate::fixture::{Place, declared, places_of};

const BOXES: &str = r#"
[record]
id = "box"
title = { vi = "Hộp", en = "Box" }
label = "{code} – {name}"
owner = { unit = "any" }
order = ["name"]
code = { format = "H-{seq:4}" }

[[field]]
id = "name"
type = "text"
required = true
max_length = 40
title = { vi = "Tên hộp", en = "Name" }
[[field]]
id = "serial"
type = "text"
unique = true
title = { vi = "Số máy", en = "Serial number" }
[[field]]
id = "weight"
type = "decimal"
min = 0
decimals = 2
title = { vi = "Cân nặng", en = "Weight" }
[[field]]
id = "made_on"
type = "date"
title = { vi = "Ngày làm", en = "Made on" }
[[field]]
id = "colour"
type = "code"
list = "colours"
title = { vi = "Màu", en = "Colour" }
[[field]]
id = "shelf"
type = "text"
title = { vi = "Kệ", en = "Shelf" }
[[field]]
id = "inside"
type = "reference"
to = "box"
title = { vi = "Nằm trong", en = "Inside" }

[[rule]]
when = "weight > 1000"
error = { vi = "Nặng quá", en = "Too heavy" }
fields = ["weight"]
[[duplicate]]
same = ["shelf"]
action = "refuse"
message = { vi = "Kệ đã có hộp", en = "The shelf has a box" }

[[grant]]
role = "samples.keeper"
may = ["create", "read", "edit", "import", "comment"]
scope = "subtree"
[[grant]]
role = "samples.clerk"
may = ["read"]
scope = "all"
"#;

struct Yard {
    place: Place,
    unit: Id,
    keeper: Account,
}

async fn yards(seed: u64) -> Vec<Yard> {
    let systems = declared([
        ("pack.toml", crate::fixture::PACK),
        ("box.toml", BOXES),
        ("lists/colours.csv", crate::fixture::COLOURS),
    ]);
    let mut yards = Vec::new();
    for place in places_of(systems, seed).await {
        let units = place.registry.directory().units().await.unwrap();
        let unit = units.iter().find(|unit| unit.kind == UnitKind::Commune);
        let unit = unit.unwrap().id;
        let keeper = account(&place.registry, "keeper", "samples.keeper", unit).await;
        yards.push(Yard {
            place,
            unit,
            keeper,
        });
    }
    yards
}

async fn account(registry: &Registry, login: &str, role: &str, unit: Id) -> Account {
    let new = NewAccount {
        login: login.to_owned(),
        name: format!("{login} (giả lập)"),
        password: "gió đưa cành trúc la đà".to_owned(),
        grants: vec![Grant::new(Role::coded(role).unwrap(), unit)],
        demo: false,
    };
    let actor = Principal::system().actor("cli", Id::NIL);
    let directory = registry.directory();
    directory.create_account(&actor, new).await.unwrap()
}

impl Yard {
    fn registry(&self) -> &Registry {
        &self.place.registry
    }

    /// Lets so many seconds go by.
    fn later(&self, seconds: i64) {
        let now = self.registry().store().context().now();
        self.place.clock.set(now.plus_seconds(seconds));
    }

    async fn caller(&self, account: &Account) -> Caller {
        let directory = self.registry().directory();
        let account = directory.account(account.id).await.unwrap().unwrap();
        let principal = directory.acting_today(&account).await.unwrap().unwrap();
        Caller::new(principal, "page", Id::NIL)
    }

    /// Sends a file and begins to import it.
    async fn begin(&self, bytes: &[u8]) -> Result<Import, registry::RegistryError> {
        let caller = self.caller(&self.keeper).await;
        let mut upload = self.registry().store().upload(64 << 20).await.unwrap();
        upload.write(bytes).await.unwrap();
        let stored = upload.finish().await.unwrap();
        self.registry()
            .receive(&caller, &stored.digest)
            .await
            .unwrap();
        let kind = self.place.systems.find("samples", "box").unwrap();
        let new = NewImport {
            id: None,
            file: Evidence::of("hop.csv", &stored),
            lang: Lang::Vi,
            ignored: vec!["Lý do từ chối".to_owned()],
        };
        self.registry().begin_import(&caller, kind, new).await
    }

    async fn step(&self, id: Id, step: ImportStep) -> Import {
        let caller = self.caller(&self.keeper).await;
        self.registry()
            .step_import(&caller, id, step)
            .await
            .unwrap()
    }

    async fn now(&self, id: Id) -> Import {
        let caller = self.caller(&self.keeper).await;
        let import = self.registry().import(&caller.principal, id).await;
        import.unwrap()
    }

    async fn boxes(&self) -> Vec<Record> {
        let kind = self.place.systems.find("samples", "box").unwrap();
        let all = store::Scope::bypass("a test");
        let query = store::ListQuery::new(kind.name, all);
        self.registry().all(query).await.unwrap()
    }

    async fn refused(&self, id: Id, which: Which) -> Vec<Refused> {
        let import = self.now(id).await;
        let refusals = self.registry().refusals(&import, which);
        refusals.first(10_000).await.unwrap()
    }

    /// Begins, and tries all rows.
    async fn tried(&self, bytes: &[u8]) -> Import {
        let import = self.begin(bytes).await.unwrap();
        work(self.registry()).await;
        let import = self.now(import.id()).await;
        assert_eq!(import.state, ImportState::Tried, "{}", self.place.name);
        import
    }
}

/// A job that works on imports, leased for so many seconds.
async fn lease(registry: &Registry, worker: Id, seconds: i64) -> Option<Job> {
    let jobs = registry.store().lease_jobs(worker, 1, seconds).await;
    let jobs = jobs.unwrap();
    for job in &jobs {
        assert_eq!(job.kind, WORK);
    }
    jobs.into_iter().next()
}

/// Does what waits, until nothing does; how many jobs that were.
async fn work(registry: &Registry) -> usize {
    let worker = Id::from_digest([9; 16]);
    let mut count = 0;
    while let Some(job) = lease(registry, worker, 60).await {
        registry.work_on_import(&job, worker).await.unwrap();
        count += 1;
    }
    count
}

/// A table of so many boxes, of which every `wrong`-th weighs too much.
fn table(rows: usize, wrong: usize) -> String {
    let row = |row: usize| {
        let weight = if wrong > 0 && row.is_multiple_of(wrong) {
            5000
        } else {
            5
        };
        format!("Hộp {row} (giả lập),SN-{row},{weight}\n")
    };
    let head = "Tên hộp,Serial number,Cân nặng\n".to_owned();
    std::iter::once(head).chain((1..=rows).map(row)).collect()
}

fn sheet(rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
    let now = vocab::Instant::from_micros(0);
    let mut writer = office::xlsx::Writer::new("1", now).unwrap();
    for row in rows {
        writer.row(row.iter().copied()).unwrap();
    }
    let mut file = std::io::Cursor::new(Vec::new());
    writer.finish(&mut file).unwrap();
    file.into_inner()
}
