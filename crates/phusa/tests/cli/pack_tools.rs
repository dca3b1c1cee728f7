//! Packs tried by their scenarios, and their manuals.

use serde_json::Value;

use crate::program::Folder;

const PACKS: &str = "../../packs";

#[test]
fn packs_that_ship_do_what_their_scenarios_say() {
    let folder = Folder::new();
    let packs = std::fs::canonicalize(PACKS).unwrap().display().to_string();
    let done = folder.run(&["pack", "test", &packs, "--json"]);
    let told: Value = serde_json::from_str(&done.printed).unwrap();
    assert_eq!(told["passes"], true, "{told:#}");
    assert!(told["count"].as_u64() >= Some(6), "{told:#}");
    done.fine();
    assert!(!folder.data().exists(), "nothing was begun");
}

#[test]
fn a_scenario_that_fails_is_told_with_its_place() {
    let folder = Folder::new();
    let pack = folder.path("flood-relief");
    let path = pack.display().to_string();
    folder.run(&["pack", "new", &path]).fine();
    std::fs::create_dir(pack.join("tests")).unwrap();
    let scenario = "[[person]]\nid = \"somebody\"\nunit = \"Sở Nội vụ\"\n\n[[scenario]]\ntitle = \"Nobody may\"\non = 2023-04-17\n\n\
                    [[scenario.act]]\nby = \"somebody\"\nmake = \"request\"\nstate = \"draft\"\n";
    std::fs::write(pack.join("tests/nobody.toml"), scenario).unwrap();
    let done = folder.run(&["pack", "test", &path, "--lang=en"]);
    assert!(done.printed.contains("nobody.toml:9:1"), "{}", done.printed);
    assert!(done.printed.contains("expected:"), "{}", done.printed);
    done.ended(1);
    // A key that nobody knows is an error of the pack, as everywhere.
    std::fs::write(
        pack.join("tests/nobody.toml"),
        scenario.replace("state", "stat"),
    )
    .unwrap();
    let done = folder.run(&["pack", "check", &path, "--lang=en"]);
    assert!(done.printed.contains("P0101"), "{}", done.printed);
    done.ended(1);
}

#[test]
fn a_manual_says_who_does_what() {
    let folder = Folder::new();
    let pack = std::fs::canonicalize(format!("{PACKS}/office/it-equipment")).unwrap();
    let pack = pack.display().to_string();
    let text = folder.run(&["pack", "doc", &pack, "--lang=vi"]).fine();
    assert!(text.contains("# Thiết bị công nghệ thông tin"), "{text}");
    assert!(
        text.contains("Người quản lý thiết bị của cơ quan") && text.contains("10 ngày làm việc")
    );
    let html = folder
        .run(&["pack", "doc", &pack, "--html", "--lang=vi"])
        .fine();
    assert!(
        html.contains("<h1>Thiết bị công nghệ thông tin</h1>"),
        "{html}"
    );
}
