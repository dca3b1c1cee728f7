//! `units import`, `units tree`, `units undo`.

use crate::program::Folder;

const DECISION: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../data/plan/decision-833-2023.txt"
);

const MERGER: &str = "date,event,from_code,from_name,to_code,to_name,share\n\
    2024-11-01,merge-into,29551,Phường 2,29548,Phường 1,whole\n";

/// A folder with a province, and a file of events.
fn province(events: &str) -> (Folder, String) {
    let folder = Folder::new();
    folder.serve(&[]).stop("TERM");
    folder.run(&["plan", "import", DECISION]).fine();
    let file = folder.path("events.csv");
    std::fs::write(&file, events).unwrap();
    (folder, file.to_str().unwrap().to_owned())
}

#[test]
fn a_rearrangement_is_tried_applied_and_shown() {
    let (folder, file) = province(MERGER);
    let tried = folder
        .run(&["units", "import", &file, "--dry-run", "--json"])
        .fine();
    let told: serde_json::Value = serde_json::from_str(&tried).unwrap();
    assert_eq!(told["events"], 1);
    assert_eq!(told["preview"]["ending"][0]["name"], "UBND phường 2");
    let tree = |day: &str| folder.run(&["units", "tree", "--on", day]).fine();
    assert!(tree("2024-11-01").contains("UBND phường 2 (29551)"));

    let done = folder
        .run(&["units", "import", &file, "--lang", "vi"])
        .fine();
    assert!(done.contains("Đã áp dụng toàn bộ"), "{done}");
    let again = folder.run(&["units", "import", &file]).fine();
    assert!(again.contains("applied before"), "{again}");
    assert!(tree("2024-10-31").contains("    UBND phường 2 (29551)"));
    assert!(!tree("2024-11-01").contains("(29551)"));
    let unknown = "0189d3c4-5a6b-7c8d-9e0f-112233445566";
    let refused = folder.run(&["units", "undo", unknown]).ended(1);
    assert!(!refused.is_empty() && !refused.contains('⟦'));
}

#[test]
fn bad_rows_are_named_in_both_languages_and_nothing_is_kept() {
    let rows = "2024-11-01,merge-into,99999,Phường Không Có,29548,Phường 1,whole\n\
        2024-11-01,dissolve,29551,Phường 2,29548,Phường 1,whole\n";
    let head = MERGER.lines().next().unwrap();
    let (folder, file) = province(&format!("{head}\n{rows}"));
    for lang in ["vi", "en"] {
        let said = folder
            .run(&["units", "import", &file, "--lang", lang])
            .ended(1);
        assert!(said.contains("dissolve"), "{said}");
        assert!(!said.contains('⟦'), "{said}");
    }
    let tree = folder.run(&["units", "tree", "--on", "2024-11-01"]).fine();
    assert!(tree.contains("(29551)"));
}
