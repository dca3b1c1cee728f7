//! What an administrator does at the terminal: audit, backups, tokens.

use rusqlite::Connection;

use crate::program::{Done, Folder, command};

/// A store as the first start leaves it.
fn prepared() -> Folder {
    let folder = Folder::new();
    let (said, code) = folder.serve(&["--demo"]).stop("TERM");
    assert_eq!(code, Some(0), "{said}");
    folder
}

fn tamper(folder: &Folder, sql: &str) {
    let database = Connection::open(folder.data().join("phusa.db")).unwrap();
    assert!(
        database.execute(sql, []).unwrap() > 0,
        "{sql} changes something"
    );
}

#[test]
fn commands_that_look_make_no_store_by_a_slip() {
    let folder = Folder::new();
    let backup = folder.path("b");
    for arguments in [
        &["doctor"][..],
        &["audit", "verify"],
        &["audit", "head"],
        &["backup", backup.to_str().unwrap()],
        &["token", "create", "--account", "quantri"],
    ] {
        let complaint = folder.run(arguments).ended(1);
        assert!(complaint.contains("PHUSA_DATA"), "{complaint}");
    }
    assert!(!folder.data().exists() && !backup.exists());
}

#[test]
fn the_audit_names_what_was_altered_behind_the_programs_back() {
    let folder = prepared();
    folder.run(&["audit", "verify"]).fine();
    tamper(
        &folder,
        "UPDATE record_version SET body = replace(body, '148', '150') WHERE rowid IN \
         (SELECT rowid FROM record_version WHERE table_name = 'target' AND body LIKE '%148%' LIMIT 1)",
    );
    for (lang, words) in [
        ("en", "Version altered: target"),
        ("vi", "Phiên bản bị sửa: target"),
    ] {
        let done = folder.run(&["--lang", lang, "audit", "verify"]);
        assert!(done.printed.contains(words), "{}", done.printed);
        // Which version it is stands in the reader's language too.
        let english = done.printed.contains(", version ");
        assert_eq!(english, lang == "en", "{}", done.printed);
        assert_eq!(
            done.printed.contains(", phiên bản "),
            lang == "vi",
            "{}",
            done.printed
        );
        done.ended(1);
        let doctor = folder.run(&["--lang", lang, "doctor"]);
        let english = doctor.printed.contains(", version ");
        assert_eq!(english, lang == "en", "{}", doctor.printed);
        doctor.ended(1);
    }
    let done = folder.run(&["doctor"]);
    assert!(
        done.printed.contains("✗ The audit chain is broken"),
        "{}",
        done.printed
    );
    done.ended(1);
}

#[test]
fn a_saved_head_shows_a_cut_tail() {
    let folder = prepared();
    let head = folder.path("head.json");
    std::fs::write(&head, folder.run(&["audit", "head"]).fine()).unwrap();
    let against_head = ["audit", "verify", "--head", head.to_str().unwrap()];
    let report = folder.run(&against_head).fine();
    assert!(report.contains("goes through the saved head"), "{report}");

    tamper(
        &folder,
        "DELETE FROM segment WHERE number = (SELECT max(number) FROM segment)",
    );
    let done = folder.run(&against_head);
    assert!(done.printed.contains("Tail cut off"), "{}", done.printed);
    done.ended(1);

    std::fs::write(&head, "not a head").unwrap();
    let complaint = folder.run(&against_head).ended(1);
    assert!(
        complaint.contains("head.json") && complaint.contains("phusa audit head"),
        "{complaint}"
    );
}

#[test]
fn a_backup_of_a_serving_store_is_restored_whole() {
    let folder = Folder::new();
    let server = folder.serve(&["--demo"]);
    let file = folder.path("backup.phusa");
    let file = file.to_str().unwrap();
    let said = folder.run(&["backup", file]).fine();
    assert!(said.contains("\"segment\""), "{said}");
    let (_, code) = server.stop("TERM");
    assert_eq!(code, Some(0));

    let elsewhere = folder.path("elsewhere");
    let run = |arguments: &[&str]| Done::of(command(&elsewhere, arguments).output().unwrap());
    let said = run(&["restore", file]).fine();
    assert!(said.contains("goes through the saved head"), "{said}");
    let said = run(&["doctor"]).fine();
    assert!(said.contains("148 targets, 97 projects"), "{said}");
    let complaint = run(&["restore", file]).ended(1);
    assert!(complaint.contains("empty folder only"), "{complaint}");
    run(&["token", "create", "--account", "canbo.snv"]).fine();
}

#[test]
fn a_backup_that_was_cut_is_refused_and_nothing_is_left() {
    let folder = prepared();
    let file = folder.path("backup.phusa");
    folder.run(&["backup", file.to_str().unwrap()]).fine();
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() - 100]).unwrap();
    let elsewhere = folder.path("elsewhere");
    let output = command(&elsewhere, &["restore", file.to_str().unwrap()])
        .output()
        .unwrap();
    let complaint = Done::of(output).ended(1);
    assert!(complaint.contains("nothing was restored"), "{complaint}");
    let output = command(
        &elsewhere,
        &["--lang", "vi", "restore", file.to_str().unwrap()],
    )
    .output()
    .unwrap();
    let complaint = Done::of(output).ended(1);
    assert!(
        complaint.contains("chưa có gì được khôi phục") && !complaint.contains("it is no backup"),
        "{complaint}"
    );
    assert!(!elsewhere.join("phusa.db").exists());
}

#[test]
fn the_same_decision_imported_again_changes_nothing() {
    let folder = prepared();
    let before = folder.run(&["audit", "head"]).fine();
    let decision = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../data/plan/decision-833-2023.txt"
    );
    let said = folder.run(&["plan", "import", decision]).fine();
    assert!(said.contains("was imported before"), "{said}");
    assert_eq!(folder.run(&["audit", "head"]).fine(), before);

    let text = std::fs::read_to_string(decision).unwrap();
    let other = folder.path("other.txt");
    std::fs::write(&other, text.replace("Hạ tầng số", "Hạ tầng của số")).unwrap();
    let said = folder
        .run(&["plan", "import", other.to_str().unwrap()])
        .fine();
    assert!(said.contains("0 new records"), "{said}");
    assert_ne!(folder.run(&["audit", "head"]).fine(), before);
    folder.run(&["audit", "verify"]).fine();
}

#[test]
fn a_token_is_printed_alone_and_for_known_accounts_only() {
    let folder = prepared();
    let token = folder
        .run(&[
            "token",
            "create",
            "--account",
            "quantri",
            "--label",
            "bảng điều hành",
        ])
        .fine();
    assert!(token.trim_end().starts_with("phusa_"), "{token}");
    assert_eq!(token.lines().count(), 1);
    let complaint = folder
        .run(&["token", "create", "--account", "nobody"])
        .ended(1);
    assert!(complaint.contains("nobody"), "{complaint}");
    let complaint = folder
        .run(&["token", "create", "--account", "quantri", "--label", " "])
        .ended(1);
    assert!(!complaint.is_empty());
}
