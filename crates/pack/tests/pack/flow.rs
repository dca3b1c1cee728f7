//! What flows across record types.

use pack::folder::PackFolder;
use pack::{Code, Outcome, check};

use crate::surroundings;

const PACK: &str = "[pack]\nid = \"x\"\ntitle = { vi = \"X\", en = \"Y\" }\n";

pub(crate) fn head(id: &str) -> String {
    format!(
        "[record]\nid = \"{id}\"\ntitle = {{ vi = \"A\", en = \"B\" }}\nlabel = \"{id}\"\n\
         owner = {{ unit = \"commune\" }}\n"
    )
}

pub(crate) fn field(id: &str, kind: &str, more: &str) -> String {
    format!(
        "\n[[field]]\nid = \"{id}\"\ntype = \"{kind}\"\n\
         title = {{ vi = \"A\", en = \"B\" }}\n{more}\n"
    )
}

pub(crate) fn checked(files: &[(&str, String)]) -> Outcome {
    let files = files.iter().map(|(name, text)| (*name, text.as_str()));
    let all = [("pack.toml", PACK)].into_iter().chain(files);
    check(&[PackFolder::in_memory("x", all)], &surroundings())
}

pub(crate) fn codes(outcome: &Outcome) -> Vec<Code> {
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
            + &field(
                "born",
                "date",
                "compute = \"owner.born_on\"\npersonal = true",
            )
            + &field(
                "aged",
                "number",
                "compute = \"year(born)\"\npersonal = true",
            )
            + &field(
                "eldest",
                "number",
                "compute = \"year(first_born)\"\npersonal = true",
            )
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
