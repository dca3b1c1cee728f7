//! Personal data that was erased stands nowhere any more: in no version, no column, no order of a
//! list, no word that is searched, whatever copied it.

use directory::province;
use registry::Kind;
use registry::system::{NewRecord, StepAsked};
use serde_json::json;
use vocab::{Instant, collate, fold};

use crate::fixture::{PACK, Place, declared, fields, page, places_of};

/// A letter from somebody, in lists ordered by who they are and filtered by it. What is computed
/// from it, set by a step and begun with it says that it is personal too.
const LETTER: &str = r#"
[record]
id = "letter"
title = { vi = "Thư", en = "Letter" }
label = "{code} – {subject}"
owner = { unit = "any" }
order = ["sender", "subject"]
code = { format = "TH-{seq:3}" }

[[field]]
id = "subject"
type = "text"
search = true
title = { vi = "Về việc", en = "Subject" }
[[field]]
id = "sender"
type = "text"
personal = true
filter = true
title = { vi = "Người gửi", en = "Sender" }
[[field]]
id = "greeting"
type = "text"
personal = true
filter = true
compute = "'Kính gửi ' + sender"
title = { vi = "Lời chào", en = "Greeting" }
[[field]]
id = "greeted"
type = "text"
personal = true
default = "'Thưa ' + sender"
title = { vi = "Cách gọi", en = "Addressed as" }
[[field]]
id = "answered"
type = "text"
personal = true
title = { vi = "Trả lời cho", en = "Answered to" }
[[field]]
id = "known"
type = "flag"
compute = "has(sender)"
title = { vi = "Có người gửi", en = "Has a sender" }
[[field]]
id = "people"
type = "table"
title = { vi = "Người liên quan", en = "People" }
[[field.field]]
id = "name"
type = "text"
personal = true
title = { vi = "Tên", en = "Name" }
[[field.field]]
id = "called"
type = "text"
personal = true
compute = "'Ông/Bà ' + name + ', bạn của ' + record.sender"
title = { vi = "Xưng hô", en = "Called" }

[lifecycle]
initial = "open"
[[lifecycle.state]]
id = "open"
title = { vi = "Mở", en = "Open" }
editable = true
[[lifecycle.state]]
id = "closed"
title = { vi = "Đóng", en = "Closed" }
[[lifecycle.step]]
id = "close"
title = { vi = "Đóng", en = "Close" }
from = "open"
to = "closed"
by = "samples.keeper"
sets = { answered = "sender + ' (đã trả lời)'" }
[[lifecycle.step]]
id = "reopen"
title = { vi = "Mở lại", en = "Open again" }
from = "closed"
to = "open"
by = "samples.keeper"

[[grant]]
role = "samples.keeper"
may = ["create", "read", "edit", "step", "unmask"]
scope = "subtree"
[[grant]]
role = "samples.reader"
may = "read"
scope = "unit"
states = ["closed"]

[retention]
keep = "1 năm"
after = "closed"
then = "erase-personal"
legal = { symbol = "01/2011/QH13", part = "Điều 17" }
"#;

/// Somebody who writes, and somebody whom they name.
const SENDER: &str = "Nguyễn Thị Bưởi";
const NAMED: &str = "Trần Văn Mận";
const SUBJECT: &str = "Xin cấp lại";

impl Place {
    fn erasable(&self) -> &Kind {
        self.systems.find("samples", "letter").unwrap()
    }

    /// Asserts in which tables what is known of the two stands, in any of the ways it is kept.
    async fn hold(&self, wanted: &dyn Fn(&[String]) -> bool) {
        let mut all = Vec::new();
        for name in [SENDER, NAMED] {
            for part in name.split(' ').skip(2).chain([name]) {
                all.extend(self.tables_holding(part.as_bytes()).await);
            }
        }
        all.extend(
            self.tables_holding(&collate::sort_key_cut(SENDER, 100))
                .await,
        );
        for token in fold::tokens("Bưởi Mận") {
            // Too short a word stands in other words.
            if token.len() > 3 {
                all.extend(self.tables_holding(token.as_bytes()).await);
            }
        }
        all.sort();
        all.dedup();
        assert!(wanted(&all), "{}: {all:?}", self.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_table_holds_what_was_erased() {
    let letters = declared([("pack.toml", PACK), ("letter.toml", LETTER)]);
    for place in places_of(letters, 91).await {
        let (registry, kind) = (&place.registry, place.erasable());
        let roles = [
            ("samples.keeper", province()),
            ("administrator", province()),
        ];
        let keeper = place.somebody(1, &roles).await;
        let by = page(&keeper);
        let written = fields(json!({
            "subject": SUBJECT, "sender": SENDER, "people": [{ "name": NAMED }],
        }));
        let new = NewRecord {
            unit: Some(province()),
            fields: written.clone(),
            ..NewRecord::default()
        };
        let made = registry.make(&by, kind, new).await.unwrap().record;
        let mut again = written;
        again.insert("sender".to_owned(), format!("{SENDER} (sửa)").into());
        let revised = registry.revise(&by, kind, made.id, made.version, again);
        revised.await.unwrap();
        let walk = async |step: &str| {
            let asked = StepAsked {
                step: step.to_owned(),
                ..StepAsked::default()
            };
            registry.take_step(&by, kind, made.id, asked).await.unwrap();
        };
        walk("close").await;
        let stands = registry.find(kind.name, made.id).await.unwrap().unwrap();
        for (field, part) in [
            ("greeting", "Kính gửi"),
            ("answered", "đã trả lời"),
            ("people", "bạn của"),
        ] {
            let said = stands.body[field].to_string();
            assert!(said.contains(part) && said.contains("Bưởi"), "{said}");
        }
        place
            .hold(&|tables| {
                let holds = |wanted: &str| tables.iter().any(|table| table == wanted);
                holds("record_version") && holds(&format!("head_{}", kind.name))
            })
            .await;
        assert_eq!(registry.retain_all().await.unwrap(), 0);
        registry.confirm_retention(&by, kind).await.unwrap();
        let due = jiff::civil::date(2024, 5, 1).at(9, 0, 0, 0);
        place.clock.set(Instant::from_vietnam(due));
        assert_eq!(registry.retain_all().await.unwrap(), 1);
        place.hold(&<[String]>::is_empty).await;
        // What is nobody's stays, and what comes after computes from nothing.
        assert!(!place.tables_holding(SUBJECT.as_bytes()).await.is_empty());
        walk("reopen").await;
        walk("close").await;
        place.hold(&<[String]>::is_empty).await;
        let stands = registry.find(kind.name, made.id).await.unwrap().unwrap();
        assert_eq!(stands.body["subject"], SUBJECT);
        registry.store().seal().await.unwrap();
        let report = registry.store().verify(None).await.unwrap();
        assert_eq!(report.findings, [], "{}", place.name);
    }
}
