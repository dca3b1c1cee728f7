//! What a redaction or an erasure left of earlier versions: whoever puts something else there, or
//! what stood there before, is found.

use store::audit::{About, Finding};
use store::{Expect, Op, REDACT, Redaction, Remove, Write};
use vocab::Id;

use crate::fixture::{Place, actor, id, places, put, seal_all, thing};

/// Takes what some versions say out of them, as the record's next version.
async fn redact(place: &Place, current: i64, versions: &[(i64, &str)]) {
    let mut left = thing(1, 5, "", Expect::Version(current));
    "{}".clone_into(&mut left.body);
    let versions = versions
        .iter()
        .map(|(version, body)| (*version, (*body).to_owned()));
    let redaction = Redaction {
        put: left,
        versions: versions.collect(),
        files: Vec::new(),
    };
    let write = Write::by(actor()).op(Op::Redact(Box::new(redaction)));
    place.store.commit(write).await.unwrap();
}

/// Keeps the versions as they stand, as a backup would.
async fn keep(place: &Place, name: &str) {
    let sql = format!("CREATE TABLE {name} AS SELECT * FROM record_version");
    place.run(&sql).await;
}

/// Puts a version back as it was kept.
fn back(name: &str, record: u64, version: i64) -> String {
    let is_it = |table: &str| {
        format!("{table}.record_id = '\\x{record:032x}'::bytea AND {table}.version = {version}")
    };
    let of = |column: &str| {
        format!(
            "{column} = (SELECT {column} FROM {name} WHERE {})",
            is_it(name)
        )
    };
    format!(
        "UPDATE record_version SET {}, {} WHERE {}",
        of("body"),
        of("salt"),
        is_it("record_version")
    )
}

fn set(what: &str, record: u64, version: i64) -> String {
    format!(
        "UPDATE record_version SET {what} \
         WHERE record_id = '\\x{record:032x}'::bytea AND version = {version}"
    )
}

/// Three records: one that was redacted twice, one erased, one removed.
async fn filled(place: &Place) {
    let titles = ["Nguyễn Thị Bưởi", "Bưởi, sửa"];
    for record in 1..=3 {
        let first = thing(record, 5, titles[0], Expect::New);
        place.store.commit(put(first)).await.unwrap();
        let second = thing(record, 5, titles[1], Expect::Version(1));
        place.store.commit(put(second)).await.unwrap();
    }
    keep(place, "kept_first").await;
    redact(place, 2, &[(1, "{}"), (2, r#"{"note":"còn"}"#)]).await;
    place.verifies(&[]).await;
    keep(place, "kept_between").await;
    // A field that was not personal then is now: what the first redaction left of the second
    // version, and the first redaction itself, are rewritten; of the first version nothing is.
    let why = store::Scope::bypass("a test");
    let history = place.store.history("thing", &why, id(1), 9).await.unwrap();
    let third = history.iter().find(|version| version.version == 3).unwrap();
    let third = third.body.as_ref().unwrap();
    assert!(third.contains(store::REDACTED), "{third}");
    let third = third.replacen('{', r#"{"A":1,"#, 1);
    redact(place, 3, &[(2, "{}"), (3, &third)]).await;
    for (record, erases) in [(2, true), (3, false)] {
        let remove = Remove {
            table: "thing".to_owned(),
            id: id(record),
            version: 2,
            action: "remove".to_owned(),
        };
        let op = if erases {
            Op::Erase(remove)
        } else {
            Op::Remove(remove)
        };
        place.store.commit(Write::by(actor()).op(op)).await.unwrap();
    }
}

impl Place {
    /// A check finds these versions altered, and nothing else.
    async fn verifies(&self, altered: &[(Id, i64)]) {
        let report = self.store.verify(None).await.unwrap();
        let altered = altered.iter().map(|(record, version)| Finding {
            kind: "version-altered",
            about: About::Version {
                table: "thing".to_owned(),
                record: *record,
                version: *version,
            },
        });
        let altered: Vec<Finding> = altered.collect();
        assert_eq!(report.findings, altered, "{}", self.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_cannot_be_put_back_unseen() {
    for place in places(41).await {
        filled(&place).await;
        place.verifies(&[]).await;
        seal_all(&place.store, 10).await;
        place.verifies(&[]).await;
        keep(&place, "kept_last").await;
        let (one, two) = (id(1), id(2));
        let cases = [
            // Another body; no body at all; another salt.
            (set("body = '{\"title\":\"Bưởi\"}'", 1, 1), one, 1),
            (set("body = NULL, salt = NULL", 1, 1), one, 1),
            (set("salt = '\\x00'::bytea", 1, 2), one, 2),
            // What stood there before anything was erased, with the salt that it was signed by.
            (back("kept_first", 1, 1), one, 1),
            (back("kept_first", 1, 2), one, 2),
            // What the first of two redactions had left.
            (back("kept_between", 1, 2), one, 2),
            // Of an erased record, what stood there.
            (back("kept_first", 2, 1), two, 1),
            (set("body = 'null', salt = '\\x00'::bytea", 2, 2), two, 2),
        ];
        for (sql, record, version) in cases {
            place.tamper(&sql).await;
            place.verifies(&[(record, version)]).await;
            let number = if record == one { 1 } else { 2 };
            place.tamper(&back("kept_last", number, version)).await;
            place.verifies(&[]).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_vouches_for_it_cannot_be_made_up() {
    for place in places(42).await {
        filled(&place).await;
        place.verifies(&[]).await;
        seal_all(&place.store, 10).await;
        let finds = async |record: u64, version: i64| {
            let report = place.store.verify(None).await.unwrap();
            let about = About::Version {
                table: "thing".to_owned(),
                record: id(record),
                version,
            };
            assert!(
                report.findings.iter().any(|found| found.about == about),
                "{}: {:?}",
                place.name,
                report.findings
            );
        };
        keep(&place, "kept_last").await;
        // A redaction that vouches for nothing any more, or for something else.
        place.tamper(&set("body = '{}'", 1, 4)).await;
        finds(1, 4).await;
        finds(1, 2).await;
        place.tamper(&back("kept_last", 1, 4)).await;
        place.verifies(&[]).await;
        // One that is called otherwise, and a change that is called one.
        place.tamper(&set("action = 'edit'", 1, 4)).await;
        finds(1, 4).await;
        let renamed = set(&format!("action = '{REDACT}'"), 1, 4);
        place.tamper(&renamed).await;
        place.verifies(&[]).await;
        // A record that was removed, made out to have been erased.
        for version in 1..=2 {
            place
                .tamper(&set("body = NULL, salt = NULL", 3, version))
                .await;
        }
        finds(3, 2).await;
        place.tamper(&set("action = 'erase'", 3, 3)).await;
        finds(3, 3).await;
    }
}
