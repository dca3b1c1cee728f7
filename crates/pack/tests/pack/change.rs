//! What an edit does to records that exist, case by case.

use pack::change::{Change, Effect, Side, Texts, Touch, What, compare};
use pack::folder::PackFolder;
use pack::{Catalog, check};
use vocab::Lang;

use crate::surroundings;

const PACK: &str = r#"
[pack]
id = "samples"
title = { vi = "Mẫu", en = "Samples" }
"#;

const THING: &str = r#"
[record]
id = "thing"
title = { vi = "Vật", en = "Thing" }
label = "{name}"
owner = { unit = "any" }

[[field]]
id = "name"
type = "text"
max_length = 40
title = { vi = "Tên", en = "Name" }
[[field]]
id = "acreage"
type = "decimal"
min = 0
title = { vi = "Diện tích", en = "Size" }
[[field]]
id = "fax"
type = "phone"
personal = true
title = { vi = "Fax", en = "Fax" }
[[field]]
id = "colour"
type = "code"
list = "colours"
title = { vi = "Màu", en = "Colour" }
[[field]]
id = "parts"
type = "table"
title = { vi = "Phần", en = "Parts" }
[[field.field]]
id = "label"
type = "text"
title = { vi = "Nhãn", en = "Label" }
[[field.field]]
id = "weight"
type = "number"
title = { vi = "Nặng", en = "Weight" }

[lifecycle]
initial = "draft"
[[lifecycle.state]]
id = "draft"
title = { vi = "Nháp", en = "Draft" }
editable = true
[[lifecycle.state]]
id = "checked"
title = { vi = "Đã xem", en = "Checked" }
[[lifecycle.state]]
id = "issued"
title = { vi = "Đã cấp", en = "Issued" }
final = true
[[lifecycle.step]]
id = "look"
title = { vi = "Xem", en = "Look" }
from = "draft"
to = "checked"
by = "officer"
[[lifecycle.step]]
id = "issue"
title = { vi = "Cấp", en = "Issue" }
from = ["draft", "checked"]
to = "issued"
by = "officer"

[[grant]]
role = "officer"
may = ["create", "read", "edit", "step"]
scope = "all"
"#;

const COLOURS: &str =
    "code,vi,en,valid_from,valid_to\nred,Đỏ,Red,,\ngreen,Xanh,Green,,\nold,Cũ,Old,,\n";

/// A catalog of the sample, these texts put in the place of those.
fn edited(edits: &[(&str, &str)]) -> Catalog {
    let (mut thing, mut colours) = (THING.to_owned(), COLOURS.to_owned());
    for (from, to) in edits {
        if from.is_empty() {
            thing.push_str(to);
            continue;
        }
        assert!(thing.contains(from) || colours.contains(from), "{from}");
        thing = thing.replace(from, to);
        colours = colours.replace(from, to);
    }
    let files = [
        ("pack.toml", PACK),
        ("thing.toml", &thing),
        ("lists/colours.csv", &colours),
    ];
    catalog(PackFolder::in_memory("samples", files))
}

fn catalog(folder: PackFolder) -> Catalog {
    let outcome = check(&[folder], &surroundings());
    let said: Vec<String> = outcome
        .findings
        .iter()
        .map(|found| found.render(outcome.sources(), Lang::En))
        .collect();
    outcome
        .into_catalog()
        .unwrap_or_else(|| panic!("{}", said.join("\n")))
}

fn changes(edits: &[(&str, &str)]) -> Vec<Change> {
    compare(&edited(&[]), &edited(edits))
}

#[track_caller]
fn are(edits: &[(&str, &str)], wanted: &[What]) -> Vec<Change> {
    let found = changes(edits);
    let whats: Vec<What> = found.iter().map(|change| change.what).collect();
    assert_eq!(whats, wanted, "{edits:?}");
    found
}

const FAX: &str = "[[field]]\nid = \"fax\"\ntype = \"phone\"\npersonal = true\ntitle = { vi = \"Fax\", en = \"Fax\" }\n";
const CHECKED: &str =
    "[[lifecycle.state]]\nid = \"checked\"\ntitle = { vi = \"Đã xem\", en = \"Checked\" }\n";
const LOOK: &str = "[[lifecycle.step]]\nid = \"look\"\ntitle = { vi = \"Xem\", en = \"Look\" }\nfrom = \"draft\"\nto = \"checked\"\nby = \"officer\"\n";
const FROM_BOTH: &str = "[\"draft\", \"checked\"]";
const RENAME: &str = "\n[migration]\nrenamed = { acreage = \"area_ha\" }\n";

#[test]
fn words_that_records_do_not_keep_change_nothing() {
    are(&[], &[]);
    are(
        &[
            ("\"Thing\"", "\"An object\""),
            ("may = [\"create\", ", "may = [\"comment\", \"create\", "),
        ],
        &[],
    );
}

#[test]
fn a_field_more_less_or_under_another_name() {
    let more =
        "[[field]]\nid = \"note\"\ntype = \"text\"\ntitle = { vi = \"Ghi\", en = \"Note\" }\n";
    are(&[(FAX, &format!("{FAX}{more}"))], &[What::FieldAdded]);
    let needed = more.replace("type", "required = true\ntype");
    let found = are(&[(FAX, &format!("{FAX}{needed}"))], &[What::FieldNeeded]);
    assert!(found[0].is_refused(1) && !found[0].is_refused(0));
    let filled = "\n[migration]\nfilled = { note = \"'–'\" }\n";
    are(
        &[(FAX, &format!("{FAX}{needed}")), ("", filled)],
        &[What::FieldFilled],
    );

    // A line that was carried out fills nothing again.
    let with = edited(&[(FAX, &format!("{FAX}{needed}")), ("", filled)]);
    let wider = edited(&[
        (FAX, &format!("{FAX}{needed}")),
        ("max_length = 40", "max_length = 60"),
        ("", filled),
    ]);
    let found = compare(&with, &wider);
    assert!(
        found.len() == 1 && found[0].what == What::FieldWidened,
        "{found:?}"
    );

    let found = are(&[(FAX, "")], &[What::FieldRemoved]);
    assert_eq!(
        (found[0].side, found[0].what.effect()),
        (Side::Old, Effect::Lost)
    );
    assert!(found[0].may_be_refused());
    let dropped = "\n[migration]\ndropped = [\"fax\"]\n";
    let found = are(&[(FAX, ""), ("", dropped)], &[What::FieldDropped]);
    assert!(!found[0].is_refused(1_000) && found[0].rewrites());

    let found = are(
        &[("\"acreage\"", "\"area_ha\""), ("", RENAME)],
        &[What::FieldRenamed],
    );
    let Some(Touch::Holds(path)) = &found[0].touch else {
        panic!("{found:?}");
    };
    assert_eq!(path.shown(), "acreage");
    // Without a word it is one field less, and another one more.
    are(
        &[("\"acreage\"", "\"area_ha\"")],
        &[What::FieldAdded, What::FieldRemoved],
    );
}

#[test]
fn a_renaming_that_was_carried_out_says_nothing_any_more() {
    let renamed = [("\"acreage\"", "\"area_ha\""), ("", RENAME)];
    assert_eq!(compare(&edited(&renamed), &edited(&renamed)), []);
    let back = edited(&[]);
    let found: Vec<What> = compare(&edited(&renamed), &back)
        .iter()
        .map(|change| change.what)
        .collect();
    assert_eq!(found, [What::FieldAdded, What::FieldRemoved]);
}

#[test]
fn a_renaming_onto_a_field_that_was_there_is_refused_whatever_records_say() {
    let acreage = "[[field]]\nid = \"acreage\"\ntype = \"decimal\"\nmin = 0\ntitle = { vi = \"Diện tích\", en = \"Size\" }\n";
    let size = "\n[migration]\nrenamed = { acreage = \"name\" }\n";
    let found = changes(&[(acreage, ""), ("", size)]);
    let onto = found.iter().find(|change| change.what == What::RenamedOnto);
    assert!(onto.unwrap().is_refused(0));
    // What stood there is lost besides.
    assert!(found.iter().any(|change| change.what == What::FieldRemoved));
}

#[test]
fn what_a_field_takes() {
    let found = are(
        &[("max_length = 40", "max_length = 20")],
        &[What::FieldNarrowed],
    );
    assert!(matches!(found[0].touch, Some(Touch::Unfit { .. })) && !found[0].may_be_refused());
    are(
        &[("max_length = 40", "max_length = 60")],
        &[What::FieldWidened],
    );
    are(&[("max_length = 40\n", "")], &[What::FieldWidened]);
    are(&[("min = 0", "min = 1")], &[What::FieldNarrowed]);
    are(&[("min = 0", "min = -1")], &[What::FieldWidened]);
    are(&[("min = 0", "min = 0\nmax = 9")], &[What::FieldNarrowed]);
    are(
        &[("max_length = 40", "max_length = 40\npattern = \"[a-z]+\"")],
        &[What::FieldNarrowed],
    );
    are(
        &[("max_length = 40", "max_length = 40\nrequired = true")],
        &[What::FieldRequired],
    );
    are(
        &[("max_length = 40", "max_length = 40\nunique = true")],
        &[What::FieldUnique],
    );
    are(
        &[("max_length = 40", "max_length = 40\nwhen = \"acreage > 1\"")],
        &[What::FieldAsked],
    );
    are(
        &[("min = 0", "min = 0\nrequired_when = \"has(name)\"")],
        &[What::RequiredWhen],
    );
    are(
        &[("min = 0", "min = 0\ncompute = \"1.5\"")],
        &[What::FieldComputed],
    );
    let found = are(
        &[("type = \"decimal\"\nmin = 0", "type = \"text\"")],
        &[What::TypeChanged],
    );
    assert!(found[0].is_refused(1));
    are(
        &[(
            "type = \"text\"\nmax_length = 40",
            "type = \"paragraph\"\nmax_length = 40",
        )],
        &[What::TypeWidened],
    );
    are(
        &[("max_length = 40", "max_length = 40\nrepeated = true")],
        &[What::TypeChanged],
    );
}

#[test]
fn columns_of_tables() {
    let weight = "[[field.field]]\nid = \"weight\"\ntype = \"number\"\ntitle = { vi = \"Nặng\", en = \"Weight\" }\n";
    let found = are(&[(weight, "")], &[What::ColumnRemoved]);
    assert!(found[0].is_refused(1));
    let Some(Touch::Holds(path)) = &found[0].touch else {
        panic!("{found:?}");
    };
    assert_eq!(path.shown(), "parts.weight");
    are(
        &[("type = \"number\"", "type = \"number\"\nmax = 5")],
        &[What::FieldNarrowed],
    );
    are(
        &[("\"weight\"", "\"mass\"")],
        &[What::FieldAdded, What::ColumnRemoved],
    );
}

#[test]
fn states_and_steps() {
    let gone = [(CHECKED, ""), (LOOK, ""), (FROM_BOTH, "\"draft\"")];
    let found = are(&gone, &[What::StateRemoved, What::StepRemoved]);
    assert!(found[0].is_refused(1) && found[0].touch == Some(Touch::Stands("checked".to_owned())));
    let moved = "\n[[migration.state]]\nfrom = \"checked\"\nto = \"draft\"\n";
    let with = [gone[0], gone[1], gone[2], ("", moved)];
    let found = are(&with, &[What::StateMoved, What::StepRemoved]);
    assert!(!found[0].is_refused(1) && found[0].rewrites());
    let back = compare(&edited(&gone), &edited(&[]));
    assert_eq!(back.len(), 1);
    assert_eq!(back[0].what, What::StateAdded);
}

#[test]
fn codes_of_lists() {
    let found = are(&[("old,Cũ,Old,,\n", "")], &[What::CodesRemoved]);
    let Some(Touch::Codes(path, codes)) = &found[0].touch else {
        panic!("{found:?}");
    };
    assert!(path.shown() == "colour" && codes.iter().eq(["old"]));
    let found = are(
        &[("old,Cũ,Old,,\n", "old,Cũ,Old,,2023-12-31\n")],
        &[What::CodesEnded],
    );
    assert!(!found[0].may_be_refused());
    are(
        &[("old,Cũ,Old,,\n", "old,Cũ,Old,,\nblue,Lam,Blue,,\n")],
        &[What::CodesAdded],
    );
}

#[test]
fn how_long_records_are_kept() {
    let kept = |keep: &str, then: &str| {
        format!(
            "[retention]\nkeep = \"{keep}\"\nafter = \"issued\"\nthen = \"{then}\"\nlegal = {{ symbol = \"1/QH\" }}\n\n[[grant]]"
        )
    };
    let with = |keep: &str, then: &str| {
        let edited_to = THING.replacen("[[grant]]", &kept(keep, then), 1);
        let files = [
            ("pack.toml", PACK),
            ("thing.toml", &edited_to),
            ("lists/colours.csv", COLOURS),
        ];
        catalog(PackFolder::in_memory("samples", files))
    };
    let whats = |old: &Catalog, new: &Catalog| -> Vec<(What, Option<Touch>)> {
        let changes = compare(old, new).into_iter();
        changes.map(|one| (one.what, one.touch)).collect()
    };
    let (none, five, erased) = (
        edited(&[]),
        with("5 years", "erase-personal"),
        with("5 years", "erase"),
    );
    let set = [(What::RetentionSet, Some(Touch::Due))];
    assert_eq!(whats(&none, &five), set);
    assert_eq!(whats(&five, &erased), set);
    // The same in other words is the same rule.
    assert_eq!(whats(&five, &with("05 năm", "erase-personal")), []);
    assert_eq!(whats(&five, &none), [(What::RetentionEnded, None)]);
    let change = &compare(&none, &five)[0];
    assert!(!change.may_be_refused() && !change.rewrites());
    let said = change.message(Lang::Vi);
    assert!(
        said.contains("5 năm") && said.contains("dữ liệu cá nhân"),
        "{said}"
    );
}

#[test]
fn record_types() {
    let alone = PackFolder::in_memory("samples", [("pack.toml", PACK)]);
    let alone = catalog(alone);
    let found = compare(&edited(&[]), &alone);
    assert_eq!(found.len(), 1);
    assert!(found[0].what == What::RecordRemoved && found[0].is_refused(1));
    let found = compare(&alone, &edited(&[]));
    assert!(found.len() == 1 && found[0].what == What::RecordAdded);
}

#[test]
fn every_change_is_said_in_both_languages_with_its_place() {
    let (old, new) = (edited(&[]), edited(&[(FAX, "")]));
    let changes = compare(&old, &new);
    let texts = Texts {
        old: &old.sources,
        new: &new.sources,
    };
    let vi = changes[0].render(texts, Some(3), Lang::Vi);
    assert!(
        vi.contains("mất[field-removed]: «thing»: bỏ trường «fax»"),
        "{vi}"
    );
    assert!(vi.contains("samples/thing.toml:19:"), "{vi}");
    assert!(
        vi.contains("Số bản ghi liên quan: 3.") && vi.contains("Chưa áp dụng được."),
        "{vi}"
    );
    let fine = changes[0].render(texts, Some(0), Lang::Vi);
    assert!(!fine.contains("Chưa áp dụng được."), "{fine}");
    let json = changes[0].to_json(texts, Some(3), Lang::En);
    assert_eq!(json["kind"], "lost");
    assert_eq!(json["refused"], true);
    assert_eq!(json["at"]["line"], 19);
    for what in What::ALL {
        let change = Change {
            what: *what,
            args: Vec::new(),
            ..changes[0].clone()
        };
        for lang in Lang::ALL {
            // Values that are missing leave their mark; the sentences must be there.
            let said = format!("{}{}", change.message(lang), change.meaning(lang));
            assert!(
                !change.meaning(lang).is_empty() && said.len() > 20,
                "{what:?}"
            );
            let advised = change.advice(lang).is_some();
            assert_eq!(advised, change.may_be_refused(), "{what:?}");
        }
    }
}

#[test]
fn a_migration_that_names_something_twice_does_not_check() {
    for migration in [
        "renamed = { acre = \"acreage\", size = \"acreage\" }",
        "renamed = { acre = \"acreage\" }\ndropped = [\"acre\"]",
        "dropped = [\"acre\", \"acre\"]",
        "[[migration.state]]\nfrom = \"old\"\nto = \"draft\"\n[[migration.state]]\nfrom = \"old\"\nto = \"issued\"",
        // What is renamed onto is still declared: it cannot be an earlier name too.
        "renamed = { acre = \"acreage\", acreage = \"name\" }",
    ] {
        let thing = format!("{THING}\n[migration]\n{migration}\n");
        let files = [
            ("pack.toml", PACK),
            ("thing.toml", &thing),
            ("lists/colours.csv", COLOURS),
        ];
        let outcome = check(&[PackFolder::in_memory("samples", files)], &surroundings());
        let codes: Vec<&str> = outcome
            .findings
            .iter()
            .map(|found| found.code.number())
            .collect();
        assert_eq!(codes, ["P0903"], "{migration}");
    }
}
