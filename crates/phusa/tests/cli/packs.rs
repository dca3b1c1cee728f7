//! Writing a pack at the terminal: begun, spoilt, told what is wrong, mended.

use serde_json::Value;

use crate::program::Folder;

#[test]
fn a_new_pack_checks_and_what_is_spoilt_is_told_with_its_place() {
    let folder = Folder::new();
    let pack = folder.path("flood-relief").display().to_string();
    let made = folder.run(&["pack", "new", &pack, "--lang=en"]).fine();
    assert!(made.contains(&pack), "{made}");
    let checked = folder.run(&["pack", "check", &pack, "--lang=en"]).fine();
    assert!(checked.contains("No errors; warnings: 0"), "{checked}");
    folder.run(&["pack", "new", &pack]).ended(1);

    let file = folder.path("flood-relief/request.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("max_length = 200", "max_lenght = 200")).unwrap();
    let done = folder.run(&["pack", "check", &pack, "--lang=vi"]);
    assert!(done.printed.contains("lỗi[P0101]"), "{}", done.printed);
    assert!(
        done.printed.contains("request.toml:13:1"),
        "{}",
        done.printed
    );
    assert!(
        done.printed.contains("có phải là «max_length»?"),
        "{}",
        done.printed
    );
    done.ended(1);
    let done = folder.run(&["pack", "check", &pack, "--json", "--lang=en"]);
    let told: Value = serde_json::from_str(&done.printed).unwrap();
    assert_eq!(told["errors"], 1);
    assert_eq!(told["findings"][0]["meant"], "max_length");
    done.ended(1);
}

#[test]
fn a_template_that_cannot_be_printed_is_told_with_its_place() {
    let folder = Folder::new();
    let pack = folder.path("flood-relief").display().to_string();
    folder.run(&["pack", "new", &pack]).fine();
    let file = folder.path("flood-relief/print/answer.typ");
    // It holds until somebody leaves the answer empty: () has no first.
    let text = "#paper-title(\"Trả lời\")\n\n#record.answer.first()\n";
    std::fs::write(&file, text).unwrap();
    let done = folder.run(&["pack", "check", &pack, "--lang=vi"]);
    assert!(done.printed.contains("lỗi[P0804]"), "{}", done.printed);
    assert!(done.printed.contains("answer.typ:3:"), "{}", done.printed);
    assert!(
        done.printed
            .contains("khi các trường không bắt buộc để trống"),
        "{}",
        done.printed
    );
    done.ended(1);
    let text = "Trả lời: #let said = record\n#said.anwser\n";
    std::fs::write(&file, text).unwrap();
    let done = folder.run(&["pack", "check", &pack, "--lang=en"]);
    assert!(
        done.printed.contains("error[P0804]") && done.printed.contains("anwser"),
        "{}",
        done.printed
    );
    assert!(done.printed.contains("answer.typ:2:"), "{}", done.printed);
    done.ended(1);
}

#[test]
fn codes_are_explained_and_editors_get_a_schema() {
    let folder = Folder::new();
    let page = folder
        .run(&["pack", "explain", "p0303", "--lang=vi"])
        .fine();
    assert!(page.contains("Sai:") && page.contains("Đúng:"), "{page}");
    let unknown = folder
        .run(&["pack", "explain", "P9999", "--lang=en"])
        .ended(1);
    assert!(unknown.contains("P0101"), "{unknown}");
    let schema: Value =
        serde_json::from_str(&folder.run(&["pack", "schema", "record"]).fine()).unwrap();
    assert!(schema["$defs"]["Field"]["properties"]["max_length"].is_object());
    folder.run(&["pack", "check", "no-such-folder"]).ended(1);
    assert!(!folder.data().exists(), "nothing was begun");
}

#[test]
fn a_server_does_not_start_over_a_pack_that_is_wrong() {
    let folder = Folder::new();
    let pack = folder.path("packs/test/flood-relief");
    std::fs::create_dir_all(pack.parent().unwrap()).unwrap();
    folder
        .run(&["pack", "new", &pack.display().to_string()])
        .fine();
    let file = pack.join("request.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("max_length = 200", "max_lenght = 200")).unwrap();
    let mut command = folder.command(&["serve"]);
    command.env("PHUSA_PACKS", folder.path("packs"));
    let complaint = crate::program::Done::of(command.output().unwrap()).ended(1);
    assert!(complaint.contains("error[P0101]"), "{complaint}");
    assert!(complaint.contains("request.toml:13:1"), "{complaint}");
    assert!(!folder.data().join("phusa.db").exists(), "nothing was made");
}
