//! `access explain`: yes and no with their reasons, in both languages and for programs.

use crate::program::Folder;

#[test]
fn reasons_are_told_in_both_languages() {
    let folder = Folder::new();
    let (said, code) = folder.serve(&["--demo"]).stop("TERM");
    assert_eq!(code, Some(0), "{said}");
    let database = rusqlite::Connection::open(folder.data().join("phusa.db")).unwrap();
    let id: Vec<u8> = database
        .query_row(
            "SELECT record_id FROM record_version WHERE table_name = 'account' LIMIT 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let id = vocab::Id::try_from(id.as_slice()).unwrap().to_string();
    let ask = |actor: &str, more: &[&str]| {
        let asked = ["access", "explain", "--actor", actor, "--record", &id];
        folder.run(&[&asked[..], more].concat())
    };
    let yes = ask("quantri", &["--verb", "configure", "--lang", "vi"]).fine();
    for part in [
        "Được.",
        "thiết lập",
        "Vai trò Quản trị hệ thống",
        "giao thẳng",
    ] {
        assert!(yes.contains(part), "{part} in {yes}");
    }
    let no = ask("canbo.snv", &["--verb", "configure", "--lang", "en"]).fine();
    for part in [
        "No. On",
        "None of this person’s roles",
        "would have to be given",
    ] {
        assert!(no.contains(part), "{part} in {no}");
    }
    assert!(!yes.contains('⟦') && !no.contains('⟦'), "{yes}{no}");
    let json = ask("canbo.snv", &["--verb", "configure", "--json"]).fine();
    let told: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(told["allowed"], false);
    assert_eq!(told["reason"], "role-missing");
    assert_eq!(told["near"][0]["missing"][0]["what"], "role_not_held");

    ask("nobody", &["--verb", "read"]).ended(1);
    ask("quantri", &["--verb", "rule"]).ended(2);
}
