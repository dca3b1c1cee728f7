//! `plan import`: reading decisions, good and bad.

use std::io::Write;
use std::process::Stdio;

use crate::program::{Done, Folder};

const DECISION: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../data/plan/decision-833-2023.txt"
);

#[test]
fn a_dry_run_says_what_was_read_and_writes_nothing() {
    let folder = Folder::new();
    let said = folder
        .run(&["plan", "import", DECISION, "--dry-run"])
        .fine();
    for part in [
        "833/QĐ-UBND",
        "14 April 2023",
        "148 targets",
        "97 projects",
        "nothing was written",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(said.contains("VND\u{a0}82,237,000,000"), "{said}");
    assert!(said.contains("lines 652, 654: Target 35"), "{said}");
    assert!(!said.contains('⟦'), "{said}");
    assert!(!folder.data().exists());
}

#[test]
fn json_holds_the_same_for_programs() {
    let folder = Folder::new();
    let text = folder
        .run(&["plan", "import", DECISION, "--dry-run", "--json"])
        .fine();
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    let list = |key: &str| read[key].as_array().unwrap().clone();
    assert_eq!((list("targets").len(), list("projects").len()), (148, 97));
    assert!(read["imported"].is_null());
    let decision = &read["decision"];
    assert_eq!(decision["symbol"], "833/QĐ-UBND");
    assert_eq!(decision["date"], "2023-04-14");
    assert_eq!(decision["year"], 2023);
    assert_eq!(decision["title"], "KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2023");
    assert!(decision["legal_bases"].as_array().unwrap().len() > 20);
    let target = &list("targets")[34];
    assert_eq!(target["number"], 35);
    assert_eq!(target["group"], "I. CHÍNH QUYỀN SỐ");
    assert_eq!(target["target"], "01 chuyên gia");
    assert_eq!(target["source_line"], 652);
    let project = list("projects")
        .into_iter()
        .find(|project| project["annex"] == 2 && project["number"] == "14.2")
        .unwrap();
    assert_eq!(project["agency"], "Sở Thông tin và Truyền thông");
    assert_eq!(project["capital_vnd"], 10_000_000_000_i64);
    assert!(project["recurrent_vnd"].is_null());
    let finding = list("findings")
        .into_iter()
        .find(|finding| finding["kind"] == "total-unexplained")
        .unwrap();
    assert_eq!(finding["figures"]["difference_vnd"], 6_927_000_000_i64);
    assert_eq!(finding["places"][1]["line"], 2105);
    assert!(
        finding["message_vi"]
            .as_str()
            .unwrap()
            .contains("dòng tổng cộng")
    );
    assert!(
        finding["message_en"]
            .as_str()
            .unwrap()
            .contains("total row")
    );
    let due = list("duties")
        .into_iter()
        .find(|duty| duty["due"][0]["written"] == "trong Quý I/2023")
        .unwrap();
    assert_eq!(due["due"][0]["by"], "2023-03-31");
    assert!(!list("baselines").is_empty() && !list("unused_lines").is_empty());
}

#[test]
fn a_decision_may_come_through_a_pipe() {
    let folder = Folder::new();
    let mut child = folder
        .command(&["plan", "import", "-", "--dry-run"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let text = std::fs::read(DECISION).unwrap();
    child.stdin.take().unwrap().write_all(&text).unwrap();
    let done = Done::of(child.wait_with_output().unwrap());
    assert!(done.fine().contains("148 targets"));
}

#[test]
fn what_is_no_decision_is_refused_in_words_of_either_language() {
    let folder = Folder::new();
    let whole = std::fs::read_to_string(DECISION).unwrap();
    // In the middle of the annexes: the body speaks of what does not follow.
    let cut: String = whole.chars().take(whole.chars().count() * 4 / 5).collect();
    let cases: [(&str, Vec<u8>, &str, &str); 7] = [
        (
            "empty.txt",
            Vec::new(),
            "The text is empty",
            "Văn bản trống",
        ),
        (
            "page.html",
            b"<!DOCTYPE html><p>x".to_vec(),
            "annex of targets",
            "phụ lục mục tiêu",
        ),
        (
            "plan.pdf",
            b"%PDF-1.7".to_vec(),
            "DOCX or XLSX",
            "DOCX hoặc XLSX",
        ),
        (
            "office.doc",
            b"a\0b".to_vec(),
            "no plain text",
            "không phải văn bản thuần",
        ),
        ("legacy.txt", vec![0xd0, 0xff, 0xfe], "UTF-8", "UTF-8"),
        (
            "letter.txt",
            "Kính gửi ông bà".into(),
            "annex of targets",
            "phụ lục mục tiêu",
        ),
        (
            "cut.txt",
            cut.into_bytes(),
            "give all of",
            "cần đủ toàn văn",
        ),
    ];
    for (name, content, english, vietnamese) in cases {
        let path = folder.path(name);
        std::fs::write(&path, content).unwrap();
        let path = path.to_str().unwrap();
        let said = folder.run(&["plan", "import", path, "--dry-run"]).ended(1);
        assert!(said.contains(english), "{name}: {said}");
        let said = folder
            .run(&["plan", "import", path, "--dry-run", "--lang=vi"])
            .ended(1);
        assert!(said.contains(vietnamese), "{name}: {said}");
    }
    let said = folder
        .run(&["plan", "import", "/no/such/file", "--dry-run"])
        .ended(1);
    assert!(said.contains("/no/such/file"), "{said}");
}

#[test]
fn a_dry_run_over_a_kept_plan_tells_what_would_change() {
    let folder = Folder::new();
    folder.serve(&[]).stop("TERM");
    folder.run(&["plan", "import", DECISION]).fine();
    let same = folder
        .run(&["plan", "import", DECISION, "--dry-run"])
        .fine();
    assert!(same.contains("it says nothing else"), "{same}");
    let text = std::fs::read_to_string(DECISION).unwrap();
    let path = folder.path("833-2.txt");
    std::fs::write(
        &path,
        text.replace("CHUYỂN ĐỔI SỐ NĂM 2023", "CHUYỂN ĐỔI SỐ NĂM 2024"),
    )
    .unwrap();
    let path = path.to_str().unwrap();
    let told = folder.run(&["plan", "import", path, "--dry-run"]).fine();
    assert!(told.contains("Against what is kept"), "{told}");
    assert!(told.contains("“2023” → “2024”"), "{told}");
    let vietnamese = folder.run(&["plan", "import", path, "--dry-run", "--lang", "vi"]);
    assert!(vietnamese.fine().contains("So với bản đang lưu"));
    let json = folder
        .run(&["plan", "import", path, "--dry-run", "--json"])
        .fine();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["difference"]["kept"], true);
    let fields = json["difference"]["plan"].as_array().unwrap();
    assert!(
        fields
            .iter()
            .any(|field| field["field"] == "year" && field["after"] == "2024")
    );
}
