//! Archives that somebody made or altered with care: the seal at their end is right.

use std::io::{Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use store::{Config, Expect, Store, StoreError};
use tar::EntryType;
use tempfile::TempDir;
use vocab::context::fixed;

use crate::fixture::{empty_places, places, put, tables, thing};

/// An entry of an archive.
#[derive(Clone)]
struct Entry {
    name: String,
    kind: EntryType,
    link: String,
    content: Vec<u8>,
}

fn unpack(archive: &Path) -> Vec<Entry> {
    let whole = std::fs::read(archive).unwrap();
    let decoder = zstd::Decoder::new(&whole[..]).unwrap();
    let mut entries = Vec::new();
    for entry in tar::Archive::new(decoder).entries().unwrap() {
        let mut entry = entry.unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        entries.push(Entry {
            name: String::from_utf8(entry.path_bytes().into_owned()).unwrap(),
            kind: EntryType::Regular,
            link: String::new(),
            content,
        });
    }
    entries
}

fn pack(archive: &Path, entries: &[Entry]) {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    for entry in entries {
        let mut header = tar::Header::new_gnu();
        // Written as it is: `set_path` would refuse the names that matter here.
        header.as_mut_bytes()[..entry.name.len()].copy_from_slice(entry.name.as_bytes());
        header.as_mut_bytes()[157..157 + entry.link.len()].copy_from_slice(entry.link.as_bytes());
        header.set_entry_type(entry.kind);
        header.set_size(entry.content.len() as u64);
        header.set_cksum();
        encoder.write_all(header.as_bytes()).unwrap();
        encoder.write_all(&entry.content).unwrap();
        let padding = entry.content.len().wrapping_neg() % 512;
        encoder.write_all(&vec![0; padding]).unwrap();
    }
    encoder.write_all(&[0; 1_024]).unwrap();
    seal(archive, &encoder.finish().unwrap());
}

fn seal(archive: &Path, content: &[u8]) {
    let mut whole = content.to_vec();
    whole.extend([0x50, 0x2a, 0x4d, 0x18, 32, 0, 0, 0]);
    whole.extend(Sha256::digest(content));
    std::fs::write(archive, whole).unwrap();
}

fn plain(name: &str, content: &[u8]) -> Entry {
    Entry {
        name: name.to_owned(),
        kind: EntryType::Regular,
        link: String::new(),
        content: content.to_vec(),
    }
}

fn replace(entries: &mut [Entry], name: &str, old: &str, new: &str) {
    let entry = entries
        .iter_mut()
        .find(|entry| entry.name.starts_with(name))
        .unwrap();
    let text = String::from_utf8(entry.content.clone()).unwrap();
    assert!(text.contains(old), "{name} has no {old}: {text}");
    entry.content = text.replacen(old, new, 1).into_bytes();
}

/// What somebody did to an archive's entries.
type Change<'a> = Box<dyn Fn(&mut Vec<Entry>) + 'a>;

async fn sample(folder: &Path) -> std::path::PathBuf {
    let place = places(91).await.remove(0);
    let mut upload = place.store.upload(100).await.unwrap();
    upload.write(b"minh chung").await.unwrap();
    let file = upload.finish().await.unwrap();
    let mut record = thing(1, 5, "tên", Expect::New);
    record.files.push(file.digest);
    place.store.commit(put(record)).await.unwrap();
    let archive = folder.join("sample.tar.zst");
    place.store.backup(&archive).await.unwrap();
    archive
}

/// Restores into each engine and expects to be refused with nothing left behind.
async fn refused(targets: &[(&'static str, Config, TempDir)], archive: &Path, what: &str) {
    for (name, config, folder) in targets {
        let error = Store::restore(config, archive, tables(), fixed::context(1))
            .await
            .err();
        assert!(
            matches!(error, Some(StoreError::Archive { .. })),
            "{name}: {what}: {error:?}"
        );
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert!(left.is_empty(), "{name}: {what} left {left:?}");
    }
}

async fn check_usable(config: &Config) {
    let store = Store::open(config, tables(), fixed::context(1))
        .await
        .unwrap();
    let report = store.verify(None).await.unwrap();
    assert_eq!((report.versions, report.leaves, report.heads), (0, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_or_flipped_archive_is_refused_and_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let archive = sample(folder.path()).await;
    let targets = empty_places().await;
    let whole = std::fs::read(&archive).unwrap();
    let altered = folder.path().join("altered");
    let cuts = [
        0,
        1,
        39,
        40,
        whole.len() / 2,
        whole.len() - 40,
        whole.len() - 1,
    ];
    for length in cuts {
        std::fs::write(&altered, &whole[..length]).unwrap();
        refused(&targets, &altered, &format!("cut to {length}")).await;
    }
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        std::fs::write(&altered, &flipped).unwrap();
        refused(&targets, &altered, &format!("flipped at {at}")).await;
    }
    // Cut inside, with a seal that fits.
    for length in [100, whole.len() / 2, whole.len() - 60] {
        seal(&altered, &whole[..length]);
        refused(&targets, &altered, &format!("cut to {length} and sealed")).await;
    }
    // Nothing is in the databases either.
    for (_, config, _folder) in &targets {
        check_usable(config).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_made_with_care_writes_nowhere_else_and_is_refused() {
    let folder = TempDir::new().unwrap();
    let archive = sample(folder.path()).await;
    let targets = empty_places().await;
    let entries = unpack(&archive);
    let file = entries
        .iter()
        .find(|entry| entry.name.starts_with("files/"))
        .unwrap();
    let digits = file.name.strip_prefix("files/").unwrap().to_owned();
    let last = entries.len() - 1;
    let add = |name: &str| -> Change<'_> {
        let entry = plain(name, b"x");
        Box::new(move |entries| entries.insert(1, entry.clone()))
    };
    let changes: Vec<(&str, Change<'_>)> = vec![
        ("climbing", add("../../../../tmp/escaped")),
        ("absolute", add("/tmp/escaped")),
        ("climbing file", add("files/../../escaped")),
        ("climbing table", add("tables/../x/1.jsonl")),
        ("unknown table", add("tables/sqlite_master/1.jsonl")),
        ("unknown entry", add("tables")),
        (
            "symbolic link",
            Box::new(|entries| {
                let mut link = plain("files/link", b"");
                link.kind = EntryType::Symlink;
                link.link = "/etc/passwd".to_owned();
                entries.insert(1, link);
            }),
        ),
        (
            "long name",
            Box::new(|entries| {
                let mut long = plain("././@LongLink", b"../../escaped");
                long.kind = EntryType::GNULongName;
                entries.insert(1, long);
            }),
        ),
        (
            "other content",
            Box::new(|entries| replace(entries, "files/", "minh", "MINH")),
        ),
        (
            "a file twice",
            Box::new(|entries| {
                let at = entries
                    .iter()
                    .position(|entry| entry.name.starts_with("files/"))
                    .unwrap();
                entries.insert(at, entries[at].clone());
            }),
        ),
        (
            "a file less",
            Box::new(|entries| entries.retain(|entry| !entry.name.starts_with("files/"))),
        ),
        (
            "a file more",
            Box::new(|entries| {
                let digest = Sha256::digest(b"x")
                    .iter()
                    .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
                entries.insert(last, plain(&format!("files/{digest}"), b"x"));
            }),
        ),
        (
            "other row",
            Box::new(|entries| replace(entries, "tables/record_version/", "tên", "ten")),
        ),
        (
            "a row less",
            Box::new(|entries| replace(entries, "tables/file_ref/", "[", "\n")),
        ),
        (
            "a table less",
            Box::new(|entries| entries.retain(|entry| !entry.name.starts_with("tables/leaf"))),
        ),
        ("no manifest", Box::new(|entries| drop(entries.pop()))),
        (
            "manifest first",
            Box::new(move |entries| entries.swap(0, last)),
        ),
        (
            "something after it",
            Box::new(|entries| entries.push(plain("tables/epoch/2.jsonl", b""))),
        ),
        (
            "another form",
            Box::new(|entries| replace(entries, "archive", "phusa-backup-1", "phusa-backup-2")),
        ),
        (
            "SQL for a name",
            Box::new(|entries| {
                replace(
                    entries,
                    "archive",
                    "\"name\": \"thing\"",
                    "\"name\": \"thing; DROP TABLE leaf\"",
                );
            }),
        ),
        (
            "SQL for a column",
            Box::new(|entries| replace(entries, "archive", "\"amount\"", "\"id) --\"")),
        ),
        (
            "an era beyond all",
            Box::new(|entries| {
                replace(
                    entries,
                    "archive",
                    "\"era\": 1",
                    "\"era\": 9223372036854775807",
                );
            }),
        ),
        (
            "false count",
            Box::new(move |entries| replace(entries, "manifest", "\"files\": 1", "\"files\": 2")),
        ),
        (
            "another digest",
            Box::new(|entries| {
                let other = format!("files/{}", "0".repeat(64));
                let name = format!("files/{digits}");
                entries
                    .iter_mut()
                    .filter(|entry| entry.name == name)
                    .for_each(|entry| entry.name.clone_from(&other));
            }),
        ),
    ];
    let altered = folder.path().join("altered");
    for (what, change) in &changes {
        let mut spoiled = entries.clone();
        change(&mut spoiled);
        pack(&altered, &spoiled);
        refused(&targets, &altered, what).await;
    }
    assert!(!Path::new("/tmp/escaped").exists());
    // The same tools without a change make an archive that is taken.
    pack(&altered, &entries);
    for (name, config, _folder) in &targets {
        let report = Store::restore(config, &altered, tables(), fixed::context(1))
            .await
            .unwrap();
        assert_eq!(
            (report.files, &report.audit.findings[..]),
            (1, &[][..]),
            "{name}"
        );
    }
}

/// Takes a table out of what the archive says about itself, as if it had never been.
fn without_table(entries: &mut Vec<Entry>, table: &str) {
    for entry in entries.iter_mut() {
        let mut said: serde_json::Value = match entry.name.as_str() {
            "archive.json" | "manifest.json" => serde_json::from_slice(&entry.content).unwrap(),
            _ => continue,
        };
        match &mut said["tables"] {
            serde_json::Value::Array(tables) => tables.retain(|one| one["name"] != table),
            serde_json::Value::Object(counts) => drop(counts.remove(table).unwrap()),
            other => panic!("{}: {other}", entry.name),
        }
        entry.content = serde_json::to_vec(&said).unwrap();
    }
    let rows = format!("tables/{table}/");
    entries.retain(|entry| !entry.name.starts_with(&rows));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_from_before_a_table_was_added_is_restored_without_its_rows() {
    let folder = TempDir::new().unwrap();
    let entries = unpack(&sample(folder.path()).await);
    let targets = empty_places().await;
    let altered = folder.path().join("altered");
    // Only what was added later may be missing.
    for table in ["leaf", "epoch", "answer", "head_thing"] {
        let mut spoiled = entries.clone();
        without_table(&mut spoiled, table);
        pack(&altered, &spoiled);
        refused(&targets, &altered, table).await;
    }
    let mut older = entries;
    without_table(&mut older, "personal_read");
    pack(&altered, &older);
    for (name, config, _folder) in &targets {
        let report = Store::restore(config, &altered, tables(), fixed::context(1))
            .await
            .unwrap();
        assert_eq!(report.audit.findings, [], "{name}");
        assert!(!report.rows.contains_key("personal_read"), "{name}");
        let store = Store::open(config, tables(), fixed::context(1))
            .await
            .unwrap();
        // The table is there, empty, and takes part in the next backup.
        let next = folder.path().join("next");
        let made = store.backup(&next).await.unwrap();
        assert_eq!(made.rows["personal_read"], 0, "{name}");
        assert_eq!(made.rows["record_version"], 1, "{name}");
    }
}
