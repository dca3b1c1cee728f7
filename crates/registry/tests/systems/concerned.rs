//! What `pack diff` tells of a `[retention]` that is new or says something else: how many records
//! are due by it at once.

use directory::{Principal, province};
use pack::change::{Touch, What, compare};
use pack::folder::PackFolder;
use registry::Kind;
use registry::system::{NewRecord, StepAsked};
use serde_json::json;
use vocab::{Id, Instant};

use crate::fixture::{PACK, Place, catalog, declared, fields, page, places_of};

const NOTE: &str = r#"
[record]
id = "note"
title = { vi = "Ghi chép", en = "Note" }
label = "{subject}"
owner = { unit = "any" }

[[field]]
id = "subject"
type = "text"
required = true
title = { vi = "Về việc", en = "Subject" }
[[field]]
id = "sender"
type = "text"
personal = true
title = { vi = "Người gửi", en = "Sender" }

[lifecycle]
initial = "open"
[[lifecycle.state]]
id = "open"
title = { vi = "Mở", en = "Open" }
editable = true
[[lifecycle.state]]
id = "closed"
title = { vi = "Đóng", en = "Closed" }
final = true
[[lifecycle.step]]
id = "close"
title = { vi = "Đóng", en = "Close" }
from = "open"
to = "closed"
by = "samples.keeper"

[[grant]]
role = "samples.keeper"
may = ["create", "read", "edit", "step"]
scope = "subtree"
"#;

/// The record type with records kept so long, and then.
fn kept(keep: &str, then: &str) -> String {
    format!(
        "{NOTE}\n[retention]\nkeep = \"{keep}\"\nafter = \"closed\"\nthen = \"{then}\"\n\
         legal = {{ symbol = \"01/2011/QH13\" }}\n"
    )
}

fn day(year: i16, month: i8, day: i8) -> Instant {
    Instant::from_vietnam(jiff::civil::date(year, month, day).at(9, 0, 0, 0))
}

impl Place {
    fn note(&self) -> &Kind {
        self.systems.find("samples", "note").unwrap()
    }

    async fn noted(&self, who: &Principal, closes: bool) -> Id {
        let new = NewRecord {
            unit: Some(province()),
            fields: fields(json!({ "subject": "Xin cấp lại", "sender": "Bưởi" })),
            ..NewRecord::default()
        };
        let made = self.registry.make(&page(who), self.note(), new).await;
        let id = made.unwrap().record.id;
        if closes {
            let asked = StepAsked {
                step: "close".to_owned(),
                ..StepAsked::default()
            };
            let by = page(who);
            let taken = self.registry.take_step(&by, self.note(), id, asked).await;
            taken.unwrap();
        }
        id
    }

    /// What an edit of the declaration does to retention, and how many records are due by it.
    async fn counted(&self, later: &str) -> Vec<(What, Option<u64>)> {
        let files = [("pack.toml", PACK), ("note.toml", later)];
        let later = catalog(&[PackFolder::in_memory("packs/test/samples", files)]);
        let changes = compare(self.systems.catalog(), &later);
        let counts = self.registry.count_concerned(&later, &changes).await;
        let told = changes.iter().zip(counts.unwrap());
        told.map(|(change, count)| {
            let is_due = change.touch == Some(Touch::Due);
            assert_eq!(is_due, change.what == What::RetentionSet);
            (change.what, count)
        })
        .collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_a_new_rule_finds_due_are_counted() {
    let bare = declared([("pack.toml", PACK), ("note.toml", NOTE)]);
    for place in places_of(bare, 94).await {
        let keeper = place.somebody(1, &[("samples.keeper", province())]).await;
        // Two stand closed for long, one for a month, one was never closed.
        place.clock.set(day(2021, 4, 1));
        place.noted(&keeper, true).await;
        place.noted(&keeper, true).await;
        place.noted(&keeper, false).await;
        place.clock.set(day(2023, 3, 1));
        place.noted(&keeper, true).await;
        place.clock.set(day(2023, 4, 14));
        for (keep, due) in [("5 years", 0), ("1 year", 2), ("10 days", 3)] {
            for then in ["archive", "erase-personal", "erase"] {
                let counted = place.counted(&kept(keep, then)).await;
                let wanted = [(What::RetentionSet, Some(due))];
                assert_eq!(counted, wanted, "{}: {keep}, {then}", place.name);
            }
        }
        // Other edits beside it are counted as ever.
        let both = kept("1 year", "archive").replace(
            "id = \"sender\"\ntype = \"text\"",
            "id = \"sender\"\nrequired = true\ntype = \"text\"",
        );
        let counted = place.counted(&both).await;
        assert_eq!(counted.len(), 2, "{counted:?}");
        assert!(counted.contains(&(What::RetentionSet, Some(2))));
        assert_eq!(place.counted(NOTE).await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_earlier_rule_did_is_not_due_by_one_that_does_the_same() {
    let yearly = kept("1 year", "archive");
    let before = declared([("pack.toml", PACK), ("note.toml", &yearly)]);
    for place in places_of(before, 95).await {
        let keeper = place.somebody(1, &[("samples.keeper", province())]).await;
        place.clock.set(day(2021, 4, 1));
        place.noted(&keeper, true).await;
        // Nothing is due yet: the rule begins by itself.
        place.registry.retain_all().await.unwrap();
        place.clock.set(day(2023, 3, 1));
        place.noted(&keeper, true).await;
        assert_eq!(place.registry.retain_all().await.unwrap(), 1);
        place.clock.set(day(2023, 4, 14));
        let set = |due| [(What::RetentionSet, Some(due))];
        let counted = place.counted(&kept("10 days", "archive")).await;
        assert_eq!(counted, set(1), "{}: one is archived", place.name);
        let counted = place.counted(&kept("10 days", "erase")).await;
        assert_eq!(counted, set(2), "{}: both would go", place.name);
        let counted = place.counted(NOTE).await;
        assert_eq!(counted, [(What::RetentionEnded, None)], "{}", place.name);
    }
}
