//! A pack that is edited while records exist: looked at, refused, applied, begun over it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::program::{Done, Folder, Server};

const PACK: &str =
    "[pack]\nid = \"plots\"\ntitle = { vi = \"Thửa\", en = \"Plots\" }\ncalendar = \"vn\"\n";

const PLOT: &str = r#"[record]
id = "plot"
title = { vi = "Thửa", en = "Plot" }
label = "{name}"
owner = { unit = "any" }

[[field]]
id = "name"
type = "text"
required = true
max_length = 40
title = { vi = "Tên", en = "Name" }
[[field]]
id = "acreage"
type = "number"
title = { vi = "Diện tích", en = "Size" }

[lifecycle]
initial = "draft"
[[lifecycle.state]]
id = "draft"
title = { vi = "Nháp", en = "Draft" }
editable = true
[[lifecycle.state]]
id = "issued"
title = { vi = "Đã cấp", en = "Issued" }
final = true
[[lifecycle.step]]
id = "issue"
title = { vi = "Cấp", en = "Issue" }
from = "draft"
to = "issued"
by = "officer"

[[grant]]
role = "officer"
may = ["create", "read", "edit", "step"]
scope = "all"
"#;

/// What a demonstration makes: one plot.
const SAMPLE: &str = r#"[[person]]
id = "officer"
roles = ["officer"]
unit = "Sở Nội vụ"
login = "canbo.snv"

[[scenario]]
title = "Một thửa (giả lập)"
on = 2023-04-17

[[scenario.act]]
by = "officer"
make = "plot"
record = "one"
fields = { name = "Thửa Một (giả lập)", acreage = 7 }
"#;

fn write(folder: &Path, plot: &str) {
    write_with(folder, plot, SAMPLE);
}

fn write_with(folder: &Path, plot: &str, sample: &str) {
    std::fs::create_dir_all(folder.join("sample")).unwrap();
    std::fs::write(folder.join("pack.toml"), PACK).unwrap();
    std::fs::write(folder.join("plot.toml"), plot).unwrap();
    std::fs::write(folder.join("sample/plots.toml"), sample).unwrap();
}

/// A demonstration that makes so many plots.
fn many(count: usize) -> String {
    let (head, act) = SAMPLE.split_once("[[scenario.act]]").unwrap();
    (0..count).fold(head.to_owned(), |all, number| {
        let act = act.replace("\"one\"", &format!("\"r{number}\""));
        all + "[[scenario.act]]" + &act.replace("Thửa Một", &format!("Thửa {number}"))
    })
}

fn renamed() -> String {
    PLOT.replace("\"acreage\"", "\"area_ha\"")
}

fn migrated() -> String {
    renamed() + "\n[migration]\nrenamed = { acreage = \"area_ha\" }\n"
}

#[test]
fn two_folders_are_told_apart_in_both_languages() {
    let folder = Folder::new();
    let (old, new) = (folder.path("old"), folder.path("new"));
    write(&old, PLOT);
    write(
        &new,
        &renamed().replace("max_length = 40", "max_length = 20"),
    );
    let (old, new) = (old.display().to_string(), new.display().to_string());
    let done = folder.run(&["pack", "diff", &old, &new, "--lang=vi"]);
    for said in [
        "mất[field-removed]",
        "thêm[field-added]",
        "thu hẹp[field-narrowed]",
    ] {
        assert!(done.printed.contains(said), "{said} in {}", done.printed);
    }
    assert!(
        done.printed.contains("old/plot.toml:14:"),
        "{}",
        done.printed
    );
    assert!(
        done.printed.contains("renamed = { acreage"),
        "{}",
        done.printed
    );
    done.ended(1);
    let done = folder.run(&["pack", "diff", &old, &new, "--json", "--lang=en"]);
    let told: Value = serde_json::from_str(&done.printed).unwrap();
    assert_eq!(told["refused"], true);
    assert_eq!(told["counted"], false);
    let kinds: Vec<&str> = told["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["narrowed", "added", "lost"]);

    write(Path::new(&new), &migrated());
    let said = folder
        .run(&["pack", "diff", &old, &new, "--lang=en"])
        .fine();
    assert!(said.contains("renamed[field-renamed]"), "{said}");
    let said = folder
        .run(&["pack", "diff", &old, &old, "--lang=en"])
        .fine();
    assert!(said.contains("The same"), "{said}");
    folder.run(&["pack", "diff", &old]).ended(1);
    assert!(!folder.data().exists(), "nothing was begun");
}

#[test]
fn a_server_does_not_start_over_a_pack_that_would_lose_data_and_does_when_it_is_applied() {
    let folder = Folder::new();
    let packs = folder.path("packs");
    let pack = packs.join("plots");
    write(&pack, PLOT);
    let run = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        command.env("PHUSA_PACKS", &packs);
        Done::of(command.output().unwrap())
    };
    let serve = |arguments: &[&str]| {
        let mut command = folder.command(&[&["serve"], arguments].concat());
        command.env("PHUSA_PACKS", &packs);
        Server::start(command)
    };
    serve(&["--demo"]).kill();
    let said = run(&["pack", "diff", "--lang=en"]).fine();
    assert!(said.contains("The same"), "{said}");

    // More, and other words: it starts, and that is applied.
    let more = PLOT.replace("max_length = 40", "max_length = 60");
    write(&pack, &more);
    serve(&[]).kill();
    assert!(
        run(&["pack", "diff", "--lang=en"])
            .fine()
            .contains("The same")
    );

    // A field under another name, without a word.
    write(&pack, &renamed());
    let complaint = run(&["serve"]).ended(1);
    for said in ["lost[field-removed]", "Records concerned: 1.", "pack apply"] {
        assert!(complaint.contains(said), "{said} in {complaint}");
    }
    let done = run(&["pack", "apply", "--lang=vi"]);
    assert!(
        done.printed.contains("Chưa áp dụng gì."),
        "{}",
        done.printed
    );
    done.ended(1);
    // What only looks goes on with what is applied.
    run(&["doctor"]).fine();

    // With a word it waits to be applied by somebody.
    write(&pack, &migrated());
    let complaint = run(&["serve"]).ended(1);
    assert!(complaint.contains("renamed[field-renamed]"), "{complaint}");
    let path = pack.display().to_string();
    let done = run(&["pack", "diff", &path, "--json"]);
    let told: Value = serde_json::from_str(&done.printed).unwrap();
    assert_eq!(
        told["changes"][0]["records"], 0,
        "nothing is narrowed: {told:#}"
    );
    let said = run(&["pack", "apply", &path, "--lang=en"]).fine();
    assert!(said.contains("records with a new version: 1."), "{said}");
    assert!(
        run(&["pack", "apply", "--lang=en"])
            .fine()
            .contains("applied already")
    );
    run(&["audit", "verify"]).fine();
    let server = serve(&[]);
    drop(server);

    // Going back is forward, under the same rules.
    write(&pack, &more);
    run(&["pack", "apply"]).ended(1);
    let back = format!("{more}\n[migration]\nrenamed = {{ area_ha = \"acreage\" }}\n");
    write(&pack, &back);
    run(&["pack", "apply"]).fine();
    run(&["audit", "verify"]).fine();
    serve(&[]).kill();
}

#[test]
fn an_application_that_is_killed_goes_on_and_loses_nothing() {
    const COUNT: usize = 2_400;
    let folder = Folder::new();
    let packs = folder.path("packs");
    let pack = packs.join("plots");
    write_with(&pack, PLOT, &many(COUNT));
    let command = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        command.env("PHUSA_PACKS", &packs);
        command
    };
    let run = |arguments: &[&str]| Done::of(command(arguments).output().unwrap());
    Server::start(command(&["serve", "--demo"])).kill();

    // Records are brought along: killed in the middle, nothing serves until it is ended.
    write_with(&pack, &migrated(), &many(COUNT));
    killed_after_a_line(command(&["pack", "apply"]));
    let complaint = run(&["serve"]).ended(1);
    assert!(complaint.contains("--resume"), "{complaint}");
    let said = run(&["pack", "apply", "--resume", "--lang=en"]).fine();
    assert!(said.contains("records with a new version"), "{said}");
    run(&["audit", "verify"]).fine();

    // Records are arranged anew: killed in the middle, a server begins and ends it.
    let found = migrated().replace(
        "max_length = 40",
        "max_length = 40\nfilter = true\nsearch = true",
    );
    write_with(&pack, &found, &many(COUNT));
    let said = run(&["pack", "diff", "--lang=en"]).fine();
    assert!(said.contains("arranged anew"), "{said}");
    killed_after_a_line(command(&["pack", "apply", "--lang=en"]));
    let server = Server::start(command(&["serve"]));
    let officer = [("Cookie", server.sign_in("canbo.snv"))];
    let show = |path: &str| server.send("GET", path, &officer, "").unwrap();
    let list = "/he-thong/plots/plot";
    let waiting = Instant::now();
    // Lists say that they may leave some out for as long as they may.
    while show(list).contains("đang được sắp xếp lại") {
        assert!(waiting.elapsed() < Duration::from_mins(1));
        std::thread::sleep(Duration::from_millis(100));
    }
    for number in [0, 1_234, COUNT - 1] {
        let found = show(&format!("{list}?q=thua+{number}"));
        assert!(found.contains(&format!("Thửa {number} ")), "{number}");
    }
    drop(server);
    run(&["audit", "verify"]).fine();
    let said = run(&["pack", "apply", "--lang=en"]).fine();
    assert!(said.contains("applied already"), "{said}");
}

/// Runs it until it has said something, and kills it then.
fn killed_after_a_line(mut command: Command) {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let said = child.stderr.take().unwrap();
    BufReader::new(said).read_line(&mut line).unwrap();
    child.kill().unwrap();
    let ended = child.wait().unwrap();
    assert!(line.contains('…'), "{line}");
    assert!(!ended.success(), "it was quicker than the kill");
}
