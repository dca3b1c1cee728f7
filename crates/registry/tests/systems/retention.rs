//! How long records are kept, and what becomes of them then.

use directory::{Principal, province};
use registry::system::retention::Standing;
use registry::system::{NewRecord, StepAsked, Wanted};
use registry::{Caller, Kind, RegistryError};
use serde_json::json;
use store::Scope;
use vocab::{Id, Instant};

use crate::fixture::{PACK, Place, declared, fields, page, places_of};

const LETTER: &str = r#"
[record]
id = "letter"
title = { vi = "Thư", en = "Letter" }
label = "{subject}"
owner = { unit = "any" }

[[field]]
id = "subject"
type = "text"
required = true
search = true
title = { vi = "Về việc", en = "Subject" }
[[field]]
id = "sender"
type = "text"
personal = true
filter = true
title = { vi = "Người gửi", en = "Sender" }
[[field]]
id = "people"
type = "table"
title = { vi = "Người liên quan", en = "People" }
[[field.field]]
id = "part"
type = "text"
title = { vi = "Vai", en = "Part" }
[[field.field]]
id = "name"
type = "text"
personal = true
title = { vi = "Tên", en = "Name" }

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
[[lifecycle.step]]
id = "reopen"
title = { vi = "Mở lại", en = "Open again" }
from = "closed"
to = "open"
by = "samples.keeper"

[[grant]]
role = "samples.keeper"
may = ["create", "read", "edit", "step", "comment", "unmask"]
scope = "subtree"
[[grant]]
role = "samples.reader"
may = "read"
scope = "unit"
states = ["closed"]

[[indicator]]
id = "closed"
title = { vi = "Số thư đã đóng", en = "Letters closed" }
function = "count"
when = "state == 'closed'"
period = "year"
taken = "end"

[retention]
keep = "1 năm"
after = "closed"
then = "THEN"
legal = { symbol = "01/2011/QH13", part = "Điều 17" }
"#;

fn letters(then: &str) -> std::sync::Arc<registry::Systems> {
    let letter = LETTER.replace("THEN", then);
    declared([("pack.toml", PACK), ("letter.toml", &letter)])
}

fn day(year: i16, month: i8, day: i8) -> Instant {
    Instant::from_vietnam(jiff::civil::date(year, month, day).at(9, 0, 0, 0))
}

impl Place {
    fn letter(&self) -> &Kind {
        self.systems.find("samples", "letter").unwrap()
    }

    async fn write(&self, who: &Principal, subject: &str, sender: &str) -> Id {
        let new = NewRecord {
            unit: Some(province()),
            fields: fields(json!({
                "subject": subject, "sender": sender,
                "people": [{ "part": "chứng", "name": sender }],
            })),
            ..NewRecord::default()
        };
        let made = self.registry.make(&page(who), self.letter(), new).await;
        made.unwrap().record.id
    }

    async fn walk(&self, who: &Principal, id: Id, step: &str) -> Result<(), RegistryError> {
        let asked = StepAsked {
            step: step.to_owned(),
            ..StepAsked::default()
        };
        let by = page(who);
        let taken = self.registry.take_step(&by, self.letter(), id, asked).await;
        taken.map(|_| ())
    }

    /// The subjects in the list, archived or not.
    async fn listed(&self, who: &Principal, archived: bool, words: &str) -> Vec<String> {
        let wanted = Wanted {
            archived,
            words: words.to_owned(),
            limit: 50,
            ..Wanted::default()
        };
        let found = self.registry.listing(who, self.letter(), wanted).await;
        let items = found.unwrap().items.into_iter();
        let subjects = items.map(|record| record.body["subject"].as_str().unwrap().to_owned());
        let mut subjects: Vec<String> = subjects.collect();
        subjects.sort();
        subjects
    }

    async fn bodies(&self, id: Id) -> Vec<Option<String>> {
        let why = Scope::bypass("a test");
        let store = self.registry.store();
        let versions = store.history(self.letter().name, &why, id, 100).await;
        versions.unwrap().into_iter().map(|one| one.body).collect()
    }

    async fn verifies(&self) {
        let store = self.registry.store();
        store.seal().await.unwrap();
        let report = store.verify(None).await.unwrap();
        assert_eq!(report.findings, vec![], "{}", self.name);
    }

    /// Somebody looks at the rule and answers for it.
    async fn begin(&self, keeper: &Principal) {
        assert_eq!(self.registry.retain_all().await.unwrap(), 0);
        let by = page(keeper);
        let confirmed = self.registry.confirm_retention(&by, self.letter());
        confirmed.await.unwrap();
    }

    async fn keeper(&self) -> Principal {
        let roles = [
            ("samples.keeper", province()),
            ("administrator", province()),
        ];
        self.somebody(1, &roles).await
    }
}

fn code(error: RegistryError) -> String {
    match error {
        RegistryError::Refused(problem) => problem.code,
        other => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_goes_out_of_every_version_and_the_audit_verifies() {
    for place in places_of(letters("erase-personal"), 81).await {
        let (registry, kind) = (&place.registry, place.letter());
        let keeper = place.keeper().await;
        let old = place.write(&keeper, "Xin cấp lại", "Nguyễn Thị Bưởi").await;
        place.walk(&keeper, old, "close").await.unwrap();
        // Opened and closed again later: its term began anew.
        let late = place.write(&keeper, "Hỏi đường", "Trần Văn Mận").await;
        place.walk(&keeper, late, "close").await.unwrap();
        place.clock.set(day(2023, 9, 1));
        place.walk(&keeper, late, "reopen").await.unwrap();
        place.walk(&keeper, late, "close").await.unwrap();
        place.begin(&keeper).await;
        // The anniversary is a Sunday: the term ends with the Monday.
        place.clock.set(day(2024, 4, 15));
        assert_eq!(
            registry.retain_all().await.unwrap(),
            0,
            "the last day counts"
        );
        let whole = registry.find(kind.name, old).await.unwrap().unwrap();
        let told = registry.retained(kind, &whole).await.unwrap().unwrap();
        assert_eq!(
            told.due,
            vocab::calendar::end_of_day(jiff::civil::date(2024, 4, 15))
        );
        let coming = registry.coming_due(&keeper, kind).await.unwrap();
        assert_eq!((coming.due, coming.soon, coming.later), (0, 1, 1));

        place.clock.set(day(2024, 4, 16));
        assert_eq!(registry.retain_all().await.unwrap(), 1, "{}", place.name);
        assert_eq!(registry.retain_all().await.unwrap(), 0, "once is enough");
        let bodies = place.bodies(old).await;
        assert_eq!(bodies.len(), 3);
        for body in bodies {
            let body = body.unwrap();
            assert!(!body.contains("Bưởi"), "{}: {body}", place.name);
            assert!(
                body.contains("Xin cấp lại") && body.contains("chứng"),
                "{body}"
            );
        }
        let column = kind.column("sender").unwrap();
        let query = store::ListQuery::new(kind.name, Scope::bypass("a test"))
            .filter(column, "Nguyễn Thị Bưởi");
        let found = registry.store().list_records(&query);
        assert!(found.await.unwrap().items.is_empty(), "its column is empty");
        let other = registry.find(kind.name, late).await.unwrap().unwrap();
        assert_eq!(other.body["sender"], "Trần Văn Mận");
        place.verifies().await;

        // Whoever types personal data again has it erased again, one term later.
        place.walk(&keeper, old, "reopen").await.unwrap();
        let whole = registry.find(kind.name, old).await.unwrap().unwrap();
        let again = fields(json!({ "subject": "Xin cấp lại", "sender": "Lê Thị Ổi" }));
        let by = page(&keeper);
        let revised = registry.revise(&by, kind, old, whole.version, again).await;
        revised.unwrap();
        place.walk(&keeper, old, "close").await.unwrap();
        place.clock.set(day(2025, 9, 1));
        assert_eq!(registry.retain_all().await.unwrap(), 2);
        let bodies = place.bodies(old).await;
        assert!(bodies.iter().flatten().all(|body| !body.contains("Ổi")));
        place.verifies().await;
        let done = registry.retention_done(&keeper, kind).await.unwrap();
        let told: Vec<_> = done
            .iter()
            .map(|ran| (ran.day.to_string(), ran.count))
            .collect();
        assert_eq!(
            told,
            [("2025-09-01".to_owned(), 2), ("2024-04-16".to_owned(), 1)]
        );
        assert_eq!(done[0].legal, "01/2011/QH13, Điều 17");
        // Who sees no letter is told of none.
        let nobody = place.somebody(3, &[("samples.clerk", province())]).await;
        assert_eq!(registry.retention_done(&nobody, kind).await.unwrap(), []);
        let coming = registry.coming_due(&nobody, kind).await.unwrap();
        assert_eq!((coming.due, coming.later), (0, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_redaction_left_cannot_be_altered_unseen() {
    for place in places_of(letters("erase-personal"), 82).await {
        let keeper = place.keeper().await;
        let id = place.write(&keeper, "Xin cấp lại", "Nguyễn Thị Bưởi").await;
        place.walk(&keeper, id, "close").await.unwrap();
        place.begin(&keeper).await;
        place.clock.set(day(2024, 5, 1));
        assert_eq!(place.registry.retain_all().await.unwrap(), 1);
        place.verifies().await;
        let forged = store::Redaction {
            put: store::RecordPut {
                table: place.letter().name.to_owned(),
                id,
                expect: store::Expect::Version(9),
                action: String::new(),
                unit: province(),
                state: "closed".to_owned(),
                sort_key: Vec::new(),
                columns: Vec::new(),
                body: "{}".to_owned(),
                schema: String::new(),
                tokens: Vec::new(),
                files: Vec::new(),
            },
            versions: vec![(10, "{}".to_owned())],
            files: Vec::new(),
        };
        let write =
            store::Write::by(keeper.actor("page", Id::NIL)).op(store::Op::Redact(Box::new(forged)));
        let refused = place.registry.store().commit(write).await;
        assert!(
            matches!(refused, Err(store::StoreError::Invalid(_))),
            "{refused:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn archived_records_leave_the_lists_and_count_as_before() {
    for place in places_of(letters("archive"), 83).await {
        let (registry, kind) = (&place.registry, place.letter());
        let keeper = place.keeper().await;
        let old = place.write(&keeper, "Xin cấp lại", "Nguyễn Thị Bưởi").await;
        place.walk(&keeper, old, "close").await.unwrap();
        place.write(&keeper, "Hỏi đường", "Trần Văn Mận").await;
        // Nothing is due yet, and nothing is ever erased: the rule begins by itself.
        registry.retain_all().await.unwrap();
        place.clock.set(day(2024, 5, 1));
        assert_eq!(registry.retain_all().await.unwrap(), 1);
        assert_eq!(place.listed(&keeper, false, "").await, ["Hỏi đường"]);
        assert_eq!(place.listed(&keeper, true, "").await, ["Xin cấp lại"]);
        assert!(place.listed(&keeper, false, "cấp lại").await.is_empty());
        assert_eq!(
            place.listed(&keeper, true, "cấp lại").await,
            ["Xin cấp lại"]
        );
        // It is read, and changes no more.
        let seen = registry.get(&keeper, kind.name, old).await.unwrap();
        assert_eq!(seen.body["sender"], "Nguyễn Thị Bưởi");
        let refused = place.walk(&keeper, old, "reopen").await.unwrap_err();
        assert_eq!(code(refused), "archived");
        assert!(
            registry
                .steps_open(&keeper, kind, &seen)
                .await
                .unwrap()
                .is_empty()
        );
        let by = page(&keeper);
        let mut batch = registry.batch(&by);
        let said = batch.comment(kind.name, &seen, "Hỏi thêm").await;
        assert_eq!(code(said.unwrap_err()), "archived");
        place.verifies().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn erased_records_are_gone_with_what_was_said_about_them() {
    for place in places_of(letters("erase"), 84).await {
        let (registry, kind) = (&place.registry, place.letter());
        let keeper = place.keeper().await;
        let old = place.write(&keeper, "Xin cấp lại", "Nguyễn Thị Bưởi").await;
        place.walk(&keeper, old, "close").await.unwrap();
        let whole = registry.find(kind.name, old).await.unwrap().unwrap();
        let by = page(&keeper);
        let mut batch = registry.batch(&by);
        batch
            .comment(kind.name, &whole, "Bà Bưởi gọi lại")
            .await
            .unwrap();
        batch.commit(String::new()).await.unwrap();
        place.begin(&keeper).await;
        // Held back for an inspection, with a reason, by whoever administers it.
        let reader = place.somebody(2, &[("samples.reader", province())]).await;
        let refused = registry.hold(&page(&reader), kind, old, "Thanh tra").await;
        assert_eq!(code(refused.unwrap_err()), "role-missing");
        let refused = registry.hold(&by, kind, old, "  ").await;
        assert_eq!(code(refused.unwrap_err()), "invalid-fields");
        registry.hold(&by, kind, old, "Thanh tra").await.unwrap();
        let refused = registry.hold(&by, kind, old, "Khiếu nại").await;
        assert_eq!(code(refused.unwrap_err()), "held-already");
        place.clock.set(day(2024, 5, 1));
        assert_eq!(registry.retain_all().await.unwrap(), 0, "it is held");
        let told = registry.retained(kind, &whole).await.unwrap().unwrap();
        assert_eq!(told.held.unwrap().reason, "Thanh tra");
        registry
            .let_go(&by, kind, old, "Đã kết luận")
            .await
            .unwrap();
        assert_eq!(registry.retain_all().await.unwrap(), 1, "{}", place.name);
        assert!(registry.find(kind.name, old).await.unwrap().is_none());
        let bodies = place.bodies(old).await;
        assert!(
            bodies.iter().flatten().all(|body| body == "null"),
            "{bodies:?}"
        );
        assert!(registry.comments(old).await.unwrap().is_empty());
        place.verifies().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_finds_records_due_waits_and_processes_do_not_double() {
    for place in places_of(letters("erase"), 85).await {
        let (registry, kind) = (&place.registry, place.letter());
        let keeper = place.keeper().await;
        for number in 0..250 {
            let id = place.write(&keeper, &format!("Thư {number}"), "Bưởi").await;
            place.walk(&keeper, id, "close").await.unwrap();
        }
        place.clock.set(day(2024, 5, 1));
        // As if the rule had been applied only now.
        assert_eq!(registry.retain_all().await.unwrap(), 0);
        let systems = registry.systems().clone();
        let rule = registry::system::retention::Rule::of(&systems.record(kind).declared).unwrap();
        let standing = registry.rule_stands(kind, &rule).await.unwrap();
        assert_eq!(standing, Standing::Awaits(250));
        let reader = place.somebody(2, &[("samples.reader", province())]).await;
        let refused = registry.confirm_retention(&page(&reader), kind).await;
        assert_eq!(code(refused.unwrap_err()), "role-missing");
        registry
            .confirm_retention(&page(&keeper), kind)
            .await
            .unwrap();
        let again = registry.confirm_retention(&page(&keeper), kind).await;
        assert_eq!(code(again.unwrap_err()), "retention-begun");
        let other = place.other(86).await;
        other.store().context();
        let (one, two) = tokio::join!(registry.retain_all(), registry.retain_all());
        assert_eq!(one.unwrap() + two.unwrap(), 250, "{}", place.name);
        let done = registry.retention_done(&keeper, kind).await.unwrap();
        assert_eq!(done[0].count, 250);
        let caller = Caller::new(keeper.clone(), "page", Id::NIL);
        assert!(
            registry
                .get(&caller.principal, kind.name, Id::NIL)
                .await
                .is_err()
        );
        place.verifies().await;
    }
}
