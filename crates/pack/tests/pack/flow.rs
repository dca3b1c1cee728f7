//! What flows across record types, and packs made to take for ever.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use pack::folder::PackFolder;
use pack::{Code, Outcome, check};

use crate::surroundings;

const PACK: &str = "[pack]\nid = \"x\"\ntitle = { vi = \"X\", en = \"Y\" }\n";

fn head(id: &str) -> String {
    format!(
        "[record]\nid = \"{id}\"\ntitle = {{ vi = \"A\", en = \"B\" }}\nlabel = \"{id}\"\n\
         owner = {{ unit = \"commune\" }}\n"
    )
}

fn field(id: &str, kind: &str, more: &str) -> String {
    format!(
        "\n[[field]]\nid = \"{id}\"\ntype = \"{kind}\"\n\
         title = {{ vi = \"A\", en = \"B\" }}\n{more}\n"
    )
}

fn checked(files: &[(&str, String)]) -> Outcome {
    let files = files.iter().map(|(name, text)| (*name, text.as_str()));
    let all = [("pack.toml", PACK)].into_iter().chain(files);
    check(&[PackFolder::in_memory("x", all)], &surroundings())
}

fn codes(outcome: &Outcome) -> Vec<Code> {
    outcome.findings.iter().map(|found| found.code).collect()
}

#[test]
fn values_that_wait_for_one_another_across_record_types_are_found() {
    let one = head("one")
        + &field("total", "number", "compute = \"parts + 1\"")
        + "\n[[rollup]]\nid = \"parts\"\nof = \"two\"\nvia = \"above\"\nfunction = \"sum\"\nvalue = \"share\"\n";
    let two = head("two")
        + &field("above", "reference", "to = \"one\"")
        + &field("share", "number", "compute = \"above.total / 2\"");
    let outcome = checked(&[("one.toml", one), ("two.toml", two)]);
    assert_eq!(codes(&outcome), [Code::Circular]);
}

#[test]
fn a_record_that_sums_its_own_kind_is_a_circle() {
    let one = head("one")
        + &field("above", "reference", "to = \"one\"")
        + &field("total", "number", "compute = \"below + 1\"")
        + "\n[[rollup]]\nid = \"below\"\nof = \"one\"\nvia = \"above\"\nfunction = \"sum\"\nvalue = \"total\"\n";
    assert_eq!(codes(&checked(&[("one.toml", one)])), [Code::Circular]);
}

#[test]
fn personal_data_is_followed_through_computing_references_and_roll_ups() {
    let person = head("person")
        + &field("above", "reference", "to = \"place\"")
        + &field("born_on", "date", "personal = true")
        + &field("home", "reference", "to = \"place\"");
    let place = |public: &str| {
        head("place")
            + &field("owner", "reference", "to = \"person\"")
            + &field("born", "date", "compute = \"owner.born_on\"")
            + &field("aged", "number", "compute = \"year(born)\"")
            + &field("eldest", "number", "compute = \"year(first_born)\"")
            + &field("how_many", "number", "compute = \"heads\"")
            + "\n[[rollup]]\nid = \"first_born\"\nof = \"person\"\nvia = \"above\"\nfunction = \"least\"\nvalue = \"born_on\"\n"
            + "\n[[rollup]]\nid = \"heads\"\nof = \"person\"\nvia = \"above\"\nfunction = \"count\"\n"
            + public
    };
    for (public, told) in [
        ("[public]\nfields = \"aged\"", vec![Code::PersonalPublic]),
        ("[public]\nfields = \"eldest\"", vec![Code::PersonalPublic]),
        ("[public]\nfields = \"how_many\"", vec![]),
        (
            "[public]\nfields = \"how_many\"\nwhen = \"aged > 3\"",
            vec![Code::PersonalPublic],
        ),
    ] {
        let outcome = checked(&[
            ("person.toml", person.clone()),
            ("place.toml", place(public)),
        ]);
        assert_eq!(codes(&outcome), told, "{public}");
    }
}

#[test]
fn a_table_shown_shows_its_columns_and_its_size_does_not() {
    let thing = |public: &str| {
        head("thing")
            + &field(
                "people",
                "table",
                "[[field.field]]\nid = \"name\"\ntype = \"text\"\npersonal = true\ntitle = { vi = \"A\", en = \"B\" }",
            )
            + &field("how_many", "number", "compute = \"size(people)\"")
            + &field(
                "anybody",
                "flag",
                "compute = \"people.exists(p, p.name == 'An')\"",
            )
            + "\n[public]\nfields = \""
            + public
            + "\"\n"
    };
    for (public, told) in [
        ("people", vec![Code::PersonalPublic]),
        ("how_many", vec![]),
        ("anybody", vec![Code::PersonalPublic]),
    ] {
        assert_eq!(
            codes(&checked(&[("thing.toml", thing(public))])),
            told,
            "{public}"
        );
    }
}

#[test]
fn lists_are_not_narrowed_by_what_moves_with_the_day() {
    let thing = |when: &str| {
        head("thing")
            + &field("made_on", "date", "")
            + &field("age", "number", "compute = \"days(made_on, today)\"")
            + &field("old", "flag", "compute = \"age > 30\"")
            + &format!("\n[public]\nfields = \"made_on\"\nwhen = \"{when}\"\n")
    };
    for (when, told) in [
        ("made_on < add_days(today, -30)", vec![]),
        ("old", vec![Code::NotForLists]),
        ("age > 30", vec![Code::NotForLists]),
    ] {
        assert_eq!(
            codes(&checked(&[("thing.toml", thing(when))])),
            told,
            "{when}"
        );
    }
}

#[test]
fn packs_made_to_take_for_ever_do_not() {
    // Each field computed from all before it: the ways through are two to the power of their number.
    let mut web = head("web") + &field("f0", "number", "");
    for number in 1..250 {
        let all: Vec<String> = (number.max(20) - 20..number)
            .map(|one| format!("f{one}"))
            .collect();
        web += &field(
            &format!("f{number}"),
            "number",
            &format!("compute = \"{}\"", all.join(" + ")),
        );
    }
    web += "\n[public]\nfields = [\"f249\"]\n";
    // One chain in a circle, as long as a record type may be.
    let mut ring = head("ring");
    for number in 0..500 {
        let next = (number + 1) % 500;
        ring += &field(
            &format!("f{number}"),
            "number",
            &format!("compute = \"f{next} + 1\""),
        );
    }
    // Many codes, none of whose parents is there.
    let mut list = "code,vi,en,valid_from,valid_to,parent\n".to_owned();
    for number in 0..20_000 {
        let _ = writeln!(list, "code-{number},A,B,,,parent-{number}");
    }
    let uses = head("uses")
        + &field("code", "code", "list = \"many\"").replace("\"code\"\ntype", "\"chosen\"\ntype");
    let mut wide = head("wide");
    for number in 0..5_000 {
        wide += &field(&format!("f{number}"), "number", "");
    }
    let start = Instant::now();
    let outcome = checked(&[
        ("web.toml", web),
        ("ring.toml", ring),
        ("lists/many.csv", list),
        ("uses.toml", uses),
        ("wide.toml", wide),
    ]);
    let took = start.elapsed();
    let found = codes(&outcome);
    for code in [Code::Circular, Code::UnknownParent, Code::TooLarge] {
        assert!(found.contains(&code), "{code}");
    }
    assert!(took < Duration::from_secs(20), "{took:?}");
}
