//! A database whose packs change.

use std::collections::BTreeSet;
use std::sync::Arc;

use directory::{Directory, Principal, province};
use pack::change::{Change, compare};
use pack::folder::PackFolder;
use registry::system::NewRecord;
use registry::system::applied::{Declared, Known, known};
use registry::{Caller, Registry, RegistryError, Systems};
use serde_json::json;
use store::{Config, Store};
use tempfile::TempDir;
use vocab::Id;
use vocab::calendar::{OfficeHours, WorkingCalendar};
use vocab::context::fixed;

use crate::fixture::{self, catalog, fields};

const PACK: &str = fixture::PACK;

const PLOT: &str = r#"
[record]
id = "plot"
title = { vi = "Thửa", en = "Plot" }
label = "{name}"
owner = { unit = "any" }
order = ["name"]

[[field]]
id = "name"
type = "text"
required = true
search = true
title = { vi = "Tên", en = "Name" }
[[field]]
id = "acreage"
type = "decimal"
filter = true
title = { vi = "Diện tích", en = "Size" }
[[field]]
id = "plate"
type = "text"
unique = true
title = { vi = "Biển", en = "Plate" }
[[field]]
id = "fax"
type = "text"
title = { vi = "Fax", en = "Fax" }

[lifecycle]
initial = "draft"
[[lifecycle.state]]
id = "draft"
title = { vi = "Nháp", en = "Draft" }
editable = true
[[lifecycle.state]]
id = "checked"
title = { vi = "Đã xem", en = "Checked" }
[[lifecycle.state]]
id = "issued"
title = { vi = "Đã cấp", en = "Issued" }
final = true
[[lifecycle.step]]
id = "look"
title = { vi = "Xem", en = "Look" }
from = "draft"
to = "checked"
by = "samples.keeper"
[[lifecycle.step]]
id = "issue"
title = { vi = "Cấp", en = "Issue" }
from = ["draft", "checked"]
to = "issued"
by = "samples.keeper"
within = "5 working days"

[[grant]]
role = "samples.keeper"
may = ["create", "read", "edit", "step"]
scope = "all"
"#;

pub(super) const NO_CHECKED: [(&str, &str); 3] = [
    (
        "[[lifecycle.state]]\nid = \"checked\"\ntitle = { vi = \"Đã xem\", en = \"Checked\" }\n",
        "",
    ),
    (
        "[[lifecycle.step]]\nid = \"look\"\ntitle = { vi = \"Xem\", en = \"Look\" }\nfrom = \"draft\"\nto = \"checked\"\nby = \"samples.keeper\"\n",
        "",
    ),
    ("[\"draft\", \"checked\"]", "\"draft\""),
];

/// A declaration, and what the registry makes of it.
#[derive(Clone)]
pub(super) struct Version {
    pub(super) declared: Declared,
    pub(super) catalog: pack::Catalog,
}

pub(super) fn version(edits: &[(&str, &str)]) -> Version {
    let mut text = PLOT.to_owned();
    for (from, to) in edits {
        if from.is_empty() {
            text.push_str(to);
        } else {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
    }
    let files = [("pack.toml", PACK), ("plot.toml", &text)];
    let folders = [PackFolder::in_memory("samples", files)];
    let catalog = catalog(&folders);
    Version {
        declared: Declared::of(&folders, &catalog),
        catalog,
    }
}

pub(super) fn renamed() -> Version {
    version(&[
        ("id = \"acreage\"", "id = \"area_ha\""),
        ("id = \"plate\"", "id = \"sign\""),
        (
            "",
            "\n[migration]\nrenamed = { acreage = \"area_ha\", plate = \"sign\" }\n",
        ),
    ])
}

/// A database of its own.
pub(super) struct Base {
    pub(super) name: &'static str,
    config: Config,
    _folder: TempDir,
}

pub(super) async fn bases() -> Vec<Base> {
    let mut urls = vec![("sqlite", None)];
    if let Some(url) = scratch::database().await {
        urls.push(("postgres", Some(url)));
    }
    urls.into_iter()
        .map(|(name, database_url)| {
            let folder = TempDir::new().unwrap();
            Base {
                name,
                config: Config {
                    data: folder.path().to_owned(),
                    database_url,
                    max_page_count: None,
                },
                _folder: folder,
            }
        })
        .collect()
}

impl Base {
    /// A process that runs a declaration, as of an epoch if one is given.
    pub(super) async fn process(
        &self,
        version: &Version,
        epoch: Option<i64>,
        seed: u64,
    ) -> Registry {
        let mut systems = Systems::load(version.catalog.clone()).unwrap();
        if let Some(epoch) = epoch {
            systems = systems.as_of(epoch);
        }
        let mut tables = directory::tables();
        tables.extend(Registry::tables(&systems.declarations()));
        let store = Store::open(&self.config, tables, fixed::context(seed))
            .await
            .unwrap();
        let directory = Directory::open(store).await.unwrap();
        let system = Principal::system().actor("cli", Id::NIL);
        directory.load_shipped(&system).await.unwrap();
        let calendar = WorkingCalendar::new(OfficeHours::default(), []).unwrap();
        Registry::with_systems(directory, Vec::new(), Arc::new(systems), calendar)
    }

    /// The first declaration, applied, and a process that runs it.
    pub(super) async fn first(&self, seed: u64) -> (Version, Registry, Known) {
        let first = version(&[]);
        let registry = self.process(&first, None, seed).await;
        let nothing = known(registry.store()).await.unwrap();
        assert!(nothing.applied.is_none());
        let noted = registry
            .record_application(&by_program(), &nothing, &first.declared, &BTreeSet::new())
            .await
            .unwrap();
        let registry = self.process(&first, Some(noted.epoch), seed + 1).await;
        (first, registry, noted)
    }
}

pub(super) fn by_program() -> Caller {
    Caller::new(Principal::system(), "cli", Id::NIL)
}

pub(super) async fn keeper(registry: &Registry) -> Caller {
    let grant = directory::Grant::new(
        directory::Role::coded("samples.keeper").unwrap(),
        province(),
    );
    let principal = Principal {
        account: Some(Id::from_digest([7; 16])),
        login: "giu".to_owned(),
        name: "Người giữ".to_owned(),
        grants: vec![grant].into(),
        ..Principal::public()
    };
    let principal = registry.directory().permitted(principal).await.unwrap();
    Caller::new(principal, "page", Id::NIL)
}

pub(super) async fn make(registry: &Registry, number: usize) -> Result<Id, RegistryError> {
    let systems = registry.systems().clone();
    let kind = systems.find("samples", "plot").unwrap();
    let has_new = systems.record(kind).field("area_ha").is_some();
    let (size, plate) = if has_new {
        ("area_ha", "sign")
    } else {
        ("acreage", "plate")
    };
    let new = NewRecord {
        fields: fields(json!({
            "name": format!("Thửa {number:04}"), size: "1.5", plate: format!("B{number}"),
        })),
        ..NewRecord::default()
    };
    let caller = keeper(registry).await;
    Ok(registry.make(&caller, kind, new).await?.record.id)
}

/// How many records each change concerns.
pub(super) async fn counts(
    registry: &Registry,
    old: &Version,
    new: &Version,
) -> Vec<(Change, u64)> {
    let changes = compare(&old.catalog, &new.catalog);
    let counted = registry.count_concerned(&new.catalog, &changes);
    let counted = counted.await.unwrap();
    changes
        .into_iter()
        .zip(counted)
        .map(|(change, count)| (change, count.unwrap_or(0)))
        .collect()
}

pub(super) async fn verified(registry: &Registry, name: &str) {
    let report = registry.store().verify(None).await.unwrap();
    assert_eq!(report.findings, [], "{name}");
}

#[track_caller]
pub(super) fn refused(error: &RegistryError, code: &str) {
    let RegistryError::Refused(problem) = error else {
        panic!("{error:?}");
    };
    assert_eq!(problem.code, code);
}
