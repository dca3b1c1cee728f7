//! A registry that runs a small pack, over a store of its own.

use std::sync::Arc;

use directory::{Directory, Grant, Principal, Role};
use pack::folder::PackFolder;
use pack::{Catalog, Surroundings};
use registry::{Caller, Registry, Systems};
use serde_json::{Map, Value};
use store::{Config, Store};
use tempfile::TempDir;
use vocab::calendar::{OfficeHours, WorkingCalendar};
use vocab::context::fixed::{self, SeededEntropy, SteppingClock};
use vocab::{Context, Id, Instant};

/// A pack whose fields are of every kind.
pub(crate) const PACK: &str = r#"
[pack]
id = "samples"
title = { vi = "Mẫu", en = "Samples" }
calendar = "vn"
[[role]]
id = "samples.keeper"
title = { vi = "Người giữ", en = "Keeper" }
[[role]]
id = "samples.clerk"
title = { vi = "Văn thư", en = "Clerk" }
[[role]]
id = "samples.reader"
title = { vi = "Người đọc", en = "Reader" }
"#;

pub(crate) const RECORD: &str = r#"
[record]
id = "thing"
title = { vi = "Vật", en = "Thing" }
label = "{code} – {name}"
owner = { unit = "any" }
order = ["name"]
code = { format = "VL-{seq:3}", gapless = true, at = "issue" }

[[field]]
id = "name"
type = "text"
required = true
max_length = 40
search = true
title = { vi = "Tên", en = "Name" }
[[field]]
id = "note"
type = "paragraph"
title = { vi = "Ghi chú", en = "Note" }
[[field]]
id = "size"
type = "decimal"
decimals = 2
min = 0
max = 1000
filter = true
title = { vi = "Cỡ", en = "Size" }
[[field]]
id = "count"
type = "number"
min = 0
filter = true
title = { vi = "Số", en = "Count" }
[[field]]
id = "price_vnd"
type = "money"
title = { vi = "Giá", en = "Price" }
[[field]]
id = "made_on"
type = "date"
title = { vi = "Ngày", en = "Day" }
[[field]]
id = "good"
type = "flag"
filter = true
title = { vi = "Tốt", en = "Good" }
[[field]]
id = "colour"
type = "code"
list = "colours"
filter = true
title = { vi = "Màu", en = "Colour" }
[[field]]
id = "colours"
type = "code"
list = "colours"
repeated = true
at_most = 3
title = { vi = "Các màu", en = "Colours" }
[[field]]
id = "owner_id"
type = "citizen-id"
personal = true
title = { vi = "CCCD", en = "Citizen ID" }
[[field]]
id = "phone"
type = "phone"
personal = true
title = { vi = "Điện thoại", en = "Telephone" }
[[field]]
id = "site"
type = "link"
title = { vi = "Trang", en = "Site" }
[[field]]
id = "place"
type = "point"
title = { vi = "Nơi", en = "Place" }
[[field]]
id = "parts"
type = "table"
title = { vi = "Phần", en = "Parts" }
[[field.field]]
id = "label"
type = "text"
required = true
title = { vi = "Nhãn", en = "Label" }
[[field.field]]
id = "weight"
type = "number"
min = 0
when = "label != 'hư'"
title = { vi = "Nặng", en = "Weight" }
[[field]]
id = "weight"
type = "number"
compute = "sum(parts.map(p, p.weight))"
title = { vi = "Tổng", en = "Weight" }
[[field]]
id = "why_bad"
type = "text"
when = "good == false"
required_when = "good == false"
title = { vi = "Vì sao", en = "Why" }
[[field]]
id = "issued_on"
type = "date"
title = { vi = "Ngày cấp", en = "Issued on" }
[[field]]
id = "valid_until"
type = "date"
compute = "add_years(issued_on, 1)"
title = { vi = "Có giá trị đến", en = "Valid until" }

[[rule]]
when = "weight > 1000"
error = { vi = "Nặng quá", en = "Too heavy" }
fields = ["parts"]

[lifecycle]
initial = "draft"
[[lifecycle.state]]
id = "draft"
title = { vi = "Nháp", en = "Draft" }
editable = true
[[lifecycle.state]]
id = "issued"
title = { vi = "Đã cấp", en = "Issued" }
final = true
[[lifecycle.step]]
id = "issue"
title = { vi = "Cấp", en = "Issue" }
from = "draft"
to = "issued"
by = ["samples.keeper", "samples.clerk"]
sets = { issued_on = "today" }

[[grant]]
role = "samples.keeper"
may = ["create", "read", "edit", "step"]
scope = "subtree"
[[grant]]
role = "samples.clerk"
may = ["read", "step"]
scope = "all"
states = ["draft"]
[[grant]]
role = "samples.reader"
may = "read"
scope = "unit"
when = "state == 'issued' || (size > 2.5 && colour in ['red', 'green'] && !(good))"
[[grant]]
role = "samples.reader"
may = ["read", "unmask"]
scope = "all"
states = ["draft"]
when = "has(colour) && count <= 3"
"#;

pub(crate) const COLOURS: &str = "code,vi,en,valid_from,valid_to,parent\n\
    red,Đỏ,Red,,,\n\
    green,Xanh,Green,,,\n\
    old,Cũ,Old,,2020-01-01,\n";

/// 14 April 2023, in the morning.
const START: Instant = Instant::from_micros(1_681_439_400_000_000);

/// A registry over a store.
pub(crate) struct Place {
    pub name: &'static str,
    pub registry: Registry,
    pub systems: Arc<Systems>,
    pub clock: Arc<SteppingClock>,
    config: Config,
    _folder: TempDir,
}

pub(crate) fn systems() -> Arc<Systems> {
    declared([
        ("pack.toml", PACK),
        ("thing.toml", RECORD),
        ("lists/colours.csv", COLOURS),
    ])
}

/// The systems of a pack with these files.
pub(crate) fn declared<const FILES: usize>(files: [(&str, &str); FILES]) -> Arc<Systems> {
    checked(&[PackFolder::in_memory("packs/test/samples", files)])
}

/// The packs that ship.
pub(crate) fn shipped() -> Arc<Systems> {
    checked(&PackFolder::find(std::path::Path::new("../../packs")).unwrap())
}

fn checked(folders: &[PackFolder]) -> Arc<Systems> {
    Arc::new(Systems::load(catalog(folders)).unwrap())
}

pub(crate) fn catalog(folders: &[PackFolder]) -> Catalog {
    let book = directory::permission::RoleBook::shipped();
    let surroundings = Surroundings {
        roles: book.iter().map(|role| role.code.clone()).collect(),
        calendars: ["vn".to_owned()].into(),
    };
    let outcome = pack::check(folders, &surroundings);
    let said: Vec<String> = outcome
        .findings
        .iter()
        .map(|found| found.render(outcome.sources(), vocab::Lang::En))
        .collect();
    assert!(outcome.passes(), "{}", said.join("\n"));
    outcome.into_catalog().unwrap()
}

pub(crate) async fn places(seed: u64) -> Vec<Place> {
    places_of(systems(), seed).await
}

pub(crate) async fn places_of(systems: Arc<Systems>, seed: u64) -> Vec<Place> {
    let mut places = vec![Place::open("sqlite", None, systems.clone(), seed).await];
    if let Some(url) = scratch::database().await {
        places.push(Place::open("postgres", Some(url), systems, seed).await);
    }
    places
}

impl Place {
    async fn open(
        name: &'static str,
        database_url: Option<String>,
        systems: Arc<Systems>,
        seed: u64,
    ) -> Self {
        let folder = TempDir::new().unwrap();
        let config = Config {
            data: folder.path().to_owned(),
            database_url,
            max_page_count: None,
        };
        let clock = SteppingClock::new(START, 1_000);
        let context = Context::new(clock.clone(), SeededEntropy::new(seed));
        let registry = running(&config, &systems, context).await;
        let system = Principal::system();
        let actor = system.actor("cli", Id::NIL);
        registry.directory().load_shipped(&actor).await.unwrap();
        Self {
            name,
            registry,
            systems,
            clock,
            config,
            _folder: folder,
        }
    }

    /// Another process over the same store.
    pub(crate) async fn other(&self, seed: u64) -> Registry {
        running(&self.config, &self.systems, fixed::context(seed)).await
    }

    /// The tables of the database in which some bytes stand, in whatever column.
    pub(crate) async fn tables_holding(&self, bytes: &[u8]) -> Vec<String> {
        let database = self.config.database_url.as_deref();
        let file = self.config.data.join("phusa.db");
        scratch::tables_holding(database, &file, bytes).await
    }

    /// Somebody who holds these roles in units, as permissions are compiled for them.
    pub(crate) async fn somebody(&self, number: u8, roles: &[(&str, Id)]) -> Principal {
        let grants = roles
            .iter()
            .map(|(role, unit)| Grant::new(Role::coded(role).unwrap(), *unit));
        let principal = Principal {
            account: Some(Id::from_digest([number; 16])),
            login: format!("nguoi{number}"),
            name: format!("Người {number}"),
            grants: grants.collect(),
            ..Principal::public()
        };
        self.registry
            .directory()
            .permitted(principal)
            .await
            .unwrap()
    }
}

async fn running(config: &Config, systems: &Arc<Systems>, context: Context) -> Registry {
    let mut tables = directory::tables();
    tables.extend(Registry::tables(&systems.declarations()));
    let store = Store::open(config, tables, context).await.unwrap();
    let directory = Directory::open(store).await.unwrap();
    let calendar = WorkingCalendar::new(OfficeHours::default(), []).unwrap();
    Registry::with_systems(directory, Vec::new(), systems.clone(), calendar)
}

/// Somebody at a page.
pub(crate) fn page(principal: &Principal) -> Caller {
    Caller::new(principal.clone(), "page", Id::NIL)
}

pub(crate) fn fields(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        other => panic!("{other} is no object"),
    }
}
