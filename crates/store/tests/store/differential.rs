//! The same random operations on both engines give the same answers, byte for byte.

use store::{Expect, ListQuery, Op, Outcome, Remove, Scope, SearchQuery, Store, Value, Write};
use vocab::Entropy;
use vocab::context::fixed::{self, SeededEntropy};

use store::audit::{AuditEntry, AuditQuery};

use crate::fixture::{actor, empty_places, id, places, seal_all, tables, thing};

/// Titles that hurt: composed and decomposed, Đ and Ð, spaces, quotes, long ones, numbers.
const TITLES: [&str; 12] = [
    "Đông Thạnh",
    "Đo\u{302}ng Tha\u{323}nh",
    "Ðông Thạnh",
    "đông thành",
    "",
    " ",
    "1.10",
    "1.1",
    "9007199254740993",
    "O'Brien \"x\" \\ %_",
    "😀 ngoài BMP \u{10ffff}",
    "Z",
];

struct Dice(std::sync::Arc<SeededEntropy>);

impl Dice {
    fn roll(&self, sides: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes) % sides
    }

    fn title(&self) -> String {
        match self.roll(14) {
            12 => "dài ".repeat(90),
            13 => format!("{}", self.roll(50)),
            at => TITLES[usize::try_from(at).unwrap()].to_owned(),
        }
    }

    fn write(&self) -> Write {
        let mut write = Write::by(actor());
        for _ in 0..=self.roll(3) {
            let number = 1 + self.roll(40);
            let version = i64::try_from(self.roll(5)).unwrap();
            if self.roll(8) == 0 {
                let action = "remove".to_owned();
                let remove = Remove {
                    table: "thing".to_owned(),
                    id: id(number),
                    version,
                    action,
                };
                write = write.op(if self.roll(3) == 0 {
                    Op::Erase(remove)
                } else {
                    Op::Remove(remove)
                });
                continue;
            }
            let expect = if version == 0 {
                Expect::New
            } else {
                Expect::Version(version)
            };
            let mut record = thing(number, 100 + self.roll(6), &self.title(), expect);
            record.columns[1] = match self.roll(5) {
                0 => Value::Null,
                1 => Value::Int(i64::MIN),
                2 => Value::Int((1 << 53) + 1),
                _ => Value::Int(i64::try_from(self.roll(4)).unwrap()),
            };
            record.columns[2] = if self.roll(3) == 0 {
                Value::Text(self.title())
            } else {
                Value::Null
            };
            let states = ["draft", "submitted", "approved"];
            states[usize::try_from(self.roll(3)).unwrap()].clone_into(&mut record.state);
            write = write.op(Op::Put(record));
        }
        write
    }
}

/// What an outsider sees of a step, without what an engine words in its own way.
fn told(result: &Result<Outcome, store::StoreError>) -> String {
    match result {
        Ok(outcome) => format!("{outcome:?}"),
        Err(store::StoreError::Conflict {
            id,
            expected,
            current,
            ..
        }) => format!("conflict {id} {expected:?} {current:?}"),
        Err(store::StoreError::Duplicate { .. }) => "duplicate".to_owned(),
        Err(error) => format!("unexpected: {error:?}"),
    }
}

async fn look(store: &Store, dice: &Dice) -> String {
    let scope = match dice.roll(4) {
        0 => Scope::bypass("a test"),
        1 => Scope::except([id(100 + dice.roll(6))]),
        _ => Scope::units((0..dice.roll(7)).map(|_| id(100 + dice.roll(6)))),
    };
    let mut query =
        ListQuery::new("thing", scope.clone()).limit(usize::try_from(1 + dice.roll(9)).unwrap());
    match dice.roll(4) {
        0 => query = query.filter("title", dice.title()),
        1 => query = query.filter("state", "draft"),
        2 => query = query.filter("code", Value::Null),
        _ => {}
    }
    if dice.roll(2) == 0 {
        query = query.descending();
    }
    let page = store.list_records(&query).await.unwrap();
    let next = match page.next.clone() {
        Some(cursor) => format!(
            "{:?}",
            store
                .list(&query.clone().after(Some(cursor)))
                .await
                .unwrap()
        ),
        None => String::new(),
    };
    let count = store.count_up_to(&query, 20).await.unwrap();
    let search = SearchQuery {
        table: "thing".to_owned(),
        scope,
        text: dice.title(),
        limit: 200,
    };
    let mut found = store.search(&search).await.unwrap();
    found.sort_by_key(|head| head.id);
    let history = store
        .history("thing", &Scope::bypass("a test"), id(1 + dice.roll(40)), 5)
        .await
        .unwrap();
    format!("{page:?} {next} {count} {found:?} {history:?}")
}

#[tokio::test(flavor = "multi_thread")]
async fn differential() {
    let number = |name: &str, default: u64| {
        std::env::var(name).map_or(default, |text| text.parse().unwrap())
    };
    let (cases, seed) = (
        number("PHUSA_DIFFERENTIAL_CASES", 2_000),
        number("PHUSA_DIFFERENTIAL_SEED", 833),
    );
    println!("differential: {cases} cases, seed {seed}");
    let places = places(seed).await;
    let [one, other] = &places[..] else {
        println!("PostgreSQL is not there: nothing to compare with");
        return;
    };
    let (dice_one, dice_other) = (
        Dice(SeededEntropy::new(seed)),
        Dice(SeededEntropy::new(seed)),
    );
    for case in 0..cases {
        let (told_one, told_other) = (
            told(&one.store.commit(dice_one.write()).await),
            told(&other.store.commit(dice_other.write()).await),
        );
        assert_eq!(told_one, told_other, "seed {seed}, case {case}");
        assert!(
            !told_one.starts_with("unexpected"),
            "seed {seed}, case {case}: {told_one}"
        );
        if case % 4 == 0 {
            let shown = look(&one.store, &dice_one).await;
            assert_eq!(
                shown,
                look(&other.store, &dice_other).await,
                "seed {seed}, case {case}"
            );
        }
    }
    let head = one.store.seal().await.unwrap();
    let other_head = seal_all(&other.store, head.leaves).await;
    assert_eq!(head.leaves, other_head.leaves, "seed {seed}");
    let query = AuditQuery {
        limit: 500,
        ..AuditQuery::default()
    };
    let mut audits = Vec::new();
    for (place, head) in [(one, &head), (other, &other_head)] {
        let findings = place.store.verify(Some(head)).await.unwrap().findings;
        assert_eq!(findings, [], "{} seed {seed}", place.name);
        let entries = place
            .store
            .audit_entries(&store::Scope::bypass("a test"), &query)
            .await
            .unwrap();
        // Only the place in the table is the engine's own.
        audits.push(
            entries
                .into_iter()
                .map(|entry| AuditEntry { ord: 0, ..entry })
                .collect::<Vec<_>>(),
        );
    }
    assert_eq!(audits[0], audits[1], "seed {seed}: the audits differ");
    // Each is restored into the other's engine and shows the same.
    let mut empty = empty_places().await;
    empty.reverse();
    let mut stores = vec![one.store.clone(), other.store.clone()];
    for (place, (name, config, _)) in [one, other].into_iter().zip(&empty) {
        let archive = place.folder.path().join("backup.tar.zst");
        place.store.backup(&archive).await.unwrap();
        let report = Store::restore(config, &archive, tables(), fixed::context(seed))
            .await
            .unwrap();
        let way = format!("{} to {name}, seed {seed}", place.name);
        assert_eq!(report.audit.findings, [], "{way}");
        stores.push(
            Store::open(config, tables(), fixed::context(seed))
                .await
                .unwrap(),
        );
    }
    let dice: Vec<Dice> = stores
        .iter()
        .map(|_| Dice(SeededEntropy::new(seed + 1)))
        .collect();
    for case in 0..cases / 10 {
        let first = look(&stores[0], &dice[0]).await;
        for (store, dice) in stores.iter().zip(&dice).skip(1) {
            assert_eq!(
                look(store, dice).await,
                first,
                "restored, seed {seed}, case {case}"
            );
        }
    }
}
