//! Packs that change while records exist.

use std::sync::Arc;

use directory::{Directory, Principal, province};
use pack::change::{Change, compare};
use pack::folder::PackFolder;
use registry::system::applied::{Declared, Known, known};
use registry::system::{NewRecord, StepAsked, TELL};
use registry::{Caller, Registry, RegistryError, Systems};
use serde_json::json;
use store::{Config, ListQuery, Scope, Store};
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

const NO_CHECKED: [(&str, &str); 3] = [
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
struct Version {
    declared: Declared,
    catalog: pack::Catalog,
}

fn version(edits: &[(&str, &str)]) -> Version {
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

fn renamed() -> Version {
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
struct Base {
    name: &'static str,
    config: Config,
    _folder: TempDir,
}

async fn bases() -> Vec<Base> {
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
    async fn process(&self, version: &Version, epoch: Option<i64>, seed: u64) -> Registry {
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
    async fn first(&self, seed: u64) -> (Version, Registry, Known) {
        let first = version(&[]);
        let registry = self.process(&first, None, seed).await;
        let nothing = known(registry.store()).await.unwrap();
        assert!(nothing.applied.is_none());
        let noted = registry
            .record_application(&by_program(), &nothing, &first.declared)
            .await
            .unwrap();
        let registry = self.process(&first, Some(noted.epoch), seed + 1).await;
        (first, registry, noted)
    }
}

fn by_program() -> Caller {
    Caller::new(Principal::system(), "cli", Id::NIL)
}

async fn keeper(registry: &Registry) -> Caller {
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

async fn make(registry: &Registry, number: usize) -> Result<Id, RegistryError> {
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
async fn counts(registry: &Registry, old: &Version, new: &Version) -> Vec<(Change, u64)> {
    let changes = compare(&old.catalog, &new.catalog);
    let counted = registry.count_concerned(&new.catalog, &changes);
    let counted = counted.await.unwrap();
    changes
        .into_iter()
        .zip(counted)
        .map(|(change, count)| (change, count.unwrap_or(0)))
        .collect()
}

async fn verified(registry: &Registry, name: &str) {
    let report = registry.store().verify(None).await.unwrap();
    assert_eq!(report.findings, [], "{name}");
}

#[track_caller]
fn refused(error: &RegistryError, code: &str) {
    let RegistryError::Refused(problem) = error else {
        panic!("{error:?}");
    };
    assert_eq!(problem.code, code);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_is_renamed_while_a_thousand_drafts_hold_it_and_goes_on_after_a_cut() {
    for base in bases().await {
        let (first, old, noted) = base.first(300).await;
        let mut ids = Vec::new();
        for number in 0..1_000 {
            ids.push(make(&old, number).await.unwrap());
        }
        let later = renamed();
        let concerned = counts(&old, &first, &later).await;
        assert_eq!(
            concerned
                .iter()
                .map(|(_, count)| *count)
                .collect::<Vec<_>>(),
            [1_000, 1_000]
        );
        let begun = old
            .begin_application(&by_program(), &noted, &later.declared)
            .await
            .unwrap();
        // A page that was open in the earlier process writes nothing any more.
        refused(&make(&old, 2_000).await.unwrap_err(), "packs-applied");

        let new = base.process(&later, Some(begun.epoch), 310).await;
        let mut batches = 0;
        let cut = std::panic::AssertUnwindSafe(async {
            let mut told = |_| {
                batches += 1;
                assert!(batches < 3, "cut off here");
            };
            new.migrate(&by_program(), &first.catalog, &mut told).await
        });
        let cut = futures_unwind(cut).await;
        assert!(cut, "it was to be cut off");
        drop(new);

        // Another process finds what was begun, and ends it.
        let new = base.process(&later, Some(begun.epoch), 320).await;
        let stands = known(new.store()).await.unwrap();
        let applied = stands.applied.clone().unwrap();
        assert_eq!(applied.pending.as_ref(), Some(&later.declared));
        assert_eq!(applied.declared, first.declared);
        let mut told = |_| {};
        let by = by_program();
        let done = new.migrate(&by, &first.catalog, &mut told).await.unwrap();
        assert!((1..1_000).contains(&done), "{}: {done}", base.name);
        let ended = new
            .finish_application(&by_program(), &stands)
            .await
            .unwrap();
        assert_eq!(ended.applied.unwrap().sequence, 2);

        let kind = new.systems().find("samples", "plot").unwrap().name;
        for id in [ids[0], ids[500], ids[999]] {
            let record = new.find(kind, id).await.unwrap().unwrap();
            assert_eq!(record.version, 2, "{}", base.name);
            assert_eq!(record.body["area_ha"], "1.5");
            assert!(!record.body.contains_key("acreage"));
        }
        let whole = Scope::bypass("a test");
        let listed = new.systems().find("samples", "plot").unwrap();
        let column = listed.column("area_ha").unwrap();
        let query = ListQuery::new(kind, whole.clone()).filter(column, 15_000_i64);
        let found = new.store().count_up_to(&query, 2_000).await.unwrap();
        assert_eq!(found, 1_000, "{}", base.name);
        let history = new.store().history(kind, &whole, ids[0], 5).await.unwrap();
        assert_eq!(history[0].action, "migrate");
        verified(&new, base.name).await;

        // What was unique still is, and rolling back without a word is refused.
        let last = known(new.store()).await.unwrap();
        let new = base.process(&later, Some(last.epoch), 330).await;
        assert!(
            make(&new, 7).await.is_err(),
            "{}: plate B7 is there",
            base.name
        );
        make(&new, 3_000).await.unwrap();
        let back = counts(&new, &later, &first).await;
        assert!(back.iter().any(|(change, count)| change.is_refused(*count)));
    }
}

/// Whether a future panicked on its way.
async fn futures_unwind<T: Send + 'static>(
    work: std::panic::AssertUnwindSafe<impl Future<Output = T>>,
) -> bool {
    let mut work = Box::pin(work.0);
    std::future::poll_fn(move |context| {
        let polled =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work.as_mut().poll(context)));
        match polled {
            Err(_) => std::task::Poll::Ready(true),
            Ok(std::task::Poll::Ready(_)) => std::task::Poll::Ready(false),
            Ok(std::task::Poll::Pending) => std::task::Poll::Pending,
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_administrators_who_apply_at_once_one_is_refused() {
    for base in bases().await {
        let (_, one, noted) = base.first(400).await;
        let other = base.process(&version(&[]), Some(noted.epoch), 410).await;
        let wider = version(&[(
            "id = \"fax\"\ntype = \"text\"",
            "id = \"fax\"\ntype = \"paragraph\"",
        )]);
        let first = by_program();
        let second = by_program();
        let renamed = renamed();
        let (left, right) = tokio::join!(
            one.record_application(&first, &noted, &wider.declared),
            other.begin_application(&second, &noted, &renamed.declared),
        );
        let lost = match (left, right) {
            (Ok(_), Err(error)) | (Err(error), Ok(_)) => error,
            both => panic!("{}: {both:?}", base.name),
        };
        refused(&lost, "packs-applied-meanwhile");
        let stands = known(one.store()).await.unwrap();
        assert_eq!(stands.epoch, noted.epoch + 1);
        verified(&one, base.name).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_that_goes_while_records_stand_in_it_is_refused_then_mapped() {
    for base in bases().await {
        let (first, old, noted) = base.first(500).await;
        let kind = old.systems().find("samples", "plot").unwrap().clone();
        let id = make(&old, 1).await.unwrap();
        make(&old, 2).await.unwrap();
        let asked = StepAsked {
            step: "look".to_owned(),
            ..StepAsked::default()
        };
        let by = keeper(&old).await;
        old.take_step(&by, &kind, id, asked).await.unwrap();

        let without = version(&NO_CHECKED);
        let concerned = counts(&old, &first, &without).await;
        let state = concerned
            .iter()
            .find(|(change, _)| change.what == pack::change::What::StateRemoved);
        let (change, count) = state.unwrap();
        assert_eq!(*count, 1);
        assert!(change.is_refused(*count));

        let moved = (
            "",
            "\n[[migration.state]]\nfrom = \"checked\"\nto = \"draft\"\n",
        );
        let clock = (
            "",
            "\n[[lifecycle.deadline]]\nid = \"deciding\"\ntitle = { vi = \"Thời hạn\", en = \"Time\" }\n\
             runs_in = \"draft\"\nwithin = \"10 working days\"\n\
             [[notification]]\nid = \"soon\"\non = \"deciding\"\nto = { author = true }\n\
             text = { vi = \"Sắp hết hạn\", en = \"Due soon\" }\n",
        );
        let mapped = version(&[NO_CHECKED[0], NO_CHECKED[1], NO_CHECKED[2], moved, clock]);
        let concerned = counts(&old, &first, &mapped).await;
        assert!(
            concerned
                .iter()
                .all(|(change, count)| !change.is_refused(*count))
        );
        let begun = old
            .begin_application(&by_program(), &noted, &mapped.declared)
            .await
            .unwrap();
        let new = base.process(&mapped, Some(begun.epoch), 510).await;
        let done = new
            .migrate(&by_program(), &first.catalog, &mut |_| {})
            .await;
        assert_eq!(done.unwrap(), 1, "{}", base.name);
        let ended = new.finish_application(&by_program(), &begun).await.unwrap();
        let record = new.find(kind.name, id).await.unwrap().unwrap();
        assert_eq!((record.state.as_str(), record.version), ("draft", 3));
        // The clock that it started is told of when its time comes.
        let jobs = new.store().job_counts().await.unwrap();
        let waiting = jobs.get(TELL).map(|counts| counts.waiting);
        assert_eq!(waiting, Some(1), "{}", base.name);
        // Whoever must act has the task of the new state, once.
        let new = base.process(&mapped, Some(ended.epoch), 520).await;
        let by = keeper(&new).await;
        let waiting = new.waiting(&by.principal, id).await.unwrap();
        let names: Vec<&str> = waiting.iter().map(|task| task.name.as_str()).collect();
        assert_eq!(names, ["issue"], "{}", base.name);
        let asked = StepAsked {
            step: "issue".to_owned(),
            ..StepAsked::default()
        };
        let kind = new.systems().find("samples", "plot").unwrap().clone();
        new.take_step(&by, &kind, id, asked).await.unwrap();
        verified(&new, base.name).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_and_filled_in() {
    for base in bases().await {
        let (first, old, noted) = base.first(600).await;
        let id = make(&old, 1).await.unwrap();
        let kind = old.systems().find("samples", "plot").unwrap().name;
        let later = version(&[
            (
                "id = \"fax\"\ntype = \"text\"\ntitle = { vi = \"Fax\", en = \"Fax\" }\n",
                "id = \"rank\"\ntype = \"text\"\nrequired = true\nfilter = true\ntitle = { vi = \"Hạng\", en = \"Rank\" }\n",
            ),
            // The column of a number where one of text was.
            (
                "id = \"plate\"\ntype = \"text\"\nunique = true",
                "id = \"seats\"\ntype = \"number\"\nfilter = true",
            ),
            (
                "",
                "\n[migration]\ndropped = [\"plate\", \"fax\"]\nfilled = { rank = \"'A' + name\" }\n",
            ),
        ]);
        let begun = old
            .begin_application(&by_program(), &noted, &later.declared)
            .await
            .unwrap();
        let new = base.process(&later, Some(begun.epoch), 610).await;
        new.migrate(&by_program(), &first.catalog, &mut |_| {})
            .await
            .unwrap();
        let ended = new.finish_application(&by_program(), &begun).await.unwrap();
        let record = new.find(kind, id).await.unwrap().unwrap();
        assert_eq!(record.body["rank"], "AThửa 0001", "{}", base.name);
        assert!(!record.body.contains_key("plate"));
        verified(&new, base.name).await;

        // The name comes back for something else: its column had emptied.
        let again = version(&[
            (
                "id = \"plate\"\ntype = \"text\"\nunique = true",
                "id = \"plate\"\ntype = \"number\"\nfilter = true",
            ),
            (
                "id = \"fax\"\ntype = \"text\"",
                "id = \"rank\"\ntype = \"text\"",
            ),
        ]);
        let concerned = counts(&new, &later, &again).await;
        assert!(
            concerned
                .iter()
                .all(|(change, count)| !change.is_refused(*count)),
            "{concerned:?}"
        );
        let noted = new
            .record_application(&by_program(), &ended, &again.declared)
            .await
            .unwrap();
        let last = base.process(&again, Some(noted.epoch), 620).await;
        verified(&last, base.name).await;
        let kind = last.systems().find("samples", "plot").unwrap().clone();
        let by = keeper(&last).await;
        let new = NewRecord {
            fields: fields(json!({ "name": "Thửa 9", "plate": 9 })),
            ..NewRecord::default()
        };
        last.make(&by, &kind, new).await.unwrap();
        verified(&last, base.name).await;
    }
}
