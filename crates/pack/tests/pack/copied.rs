//! Personal data that a field takes on without saying that it is personal: once erased where it
//! was typed, it would still stand there.

use pack::{Code, Outcome};

use crate::flow::{checked, codes, field, head};

const PHONE: &str = "personal = true";

fn person() -> String {
    head("person") + &field("born_on", "date", PHONE) + &field("rank", "number", "")
}

/// A record type with a personal telephone, a reference to a person, and these fields.
fn thing(more: &str) -> Outcome {
    let thing = head("thing")
        + &field("phone", "phone", PHONE)
        + &field("owner", "reference", "to = \"person\"")
        + more;
    checked(&[("person.toml", person()), ("thing.toml", thing)])
}

fn computed(id: &str, kind: &str, expression: &str) -> String {
    field(id, kind, &format!("compute = \"{expression}\""))
}

#[test]
fn a_copy_must_say_that_it_is_personal() {
    for (kind, expression) in [
        ("text", "'Số ' + phone"),
        ("number", "size([phone])"),
        ("date", "owner.born_on"),
        ("number", "year(owner.born_on)"),
        ("number", "has(phone) ? 1 : 0"),
    ] {
        let silent = computed("copy", kind, expression);
        let outcome = thing(&silent);
        assert_eq!(codes(&outcome), [Code::PersonalCopied], "{expression}");
        let said = silent + "\npersonal = true\n";
        assert_eq!(codes(&thing(&said)), [], "{expression}");
        let denied = computed("copy", kind, expression) + "\npersonal = false\n";
        assert_eq!(codes(&thing(&denied)), [Code::PersonalCopied]);
    }
}

#[test]
fn a_yes_or_no_and_what_is_made_from_it_need_not() {
    let more = computed("called", "flag", "phone.startsWith('09')")
        + &computed("grown", "flag", "owner.born_on < date('2000-01-01')")
        + &computed("points", "number", "called ? 1 : 0")
        + &computed("rank", "number", "owner.rank + 1");
    assert_eq!(codes(&thing(&more)), []);
}

#[test]
fn it_is_followed_from_field_to_field_and_every_one_is_named() {
    let more = computed("first", "text", "'Số ' + phone")
        + &computed("second", "text", "first + '!'")
        + &computed("third", "flag", "second == 'x'");
    let outcome = thing(&more);
    assert_eq!(
        codes(&outcome),
        [Code::PersonalCopied, Code::PersonalCopied]
    );
    let said = outcome.findings[1].render(outcome.sources(), vocab::Lang::En);
    assert!(
        said.contains("“second” takes on personal data “phone”"),
        "{said}"
    );
    // It stands where the expression does.
    let text = head("thing")
        + &field("phone", "phone", PHONE)
        + &field("owner", "reference", "to = \"person\"")
        + &more;
    let line = text.lines().position(|line| line.contains("first + '!'"));
    let place = format!("thing.toml:{}:11", line.unwrap() + 1);
    assert!(said.contains(&place), "{said}\n{place}");
}

#[test]
fn what_a_field_begins_with_and_what_a_step_sets_are_copies_too() {
    let begun = field("begun", "text", "default = \"'Số ' + phone\"");
    assert_eq!(codes(&thing(&begun)), [Code::PersonalCopied]);
    let life = |more: &str| {
        field("noted", "text", more)
            + "\n[lifecycle]\ninitial = \"open\"\n\
               [[lifecycle.state]]\nid = \"open\"\ntitle = { vi = \"A\", en = \"B\" }\n\
               [[lifecycle.state]]\nid = \"shut\"\ntitle = { vi = \"C\", en = \"D\" }\n\
               [[lifecycle.step]]\nid = \"shut\"\ntitle = { vi = \"E\", en = \"F\" }\n\
               from = \"open\"\nto = \"shut\"\nby = \"x.keeper\"\nsets = { noted = \"phone\" }\n"
    };
    let copies = |outcome: &Outcome| {
        let found = codes(outcome).into_iter();
        found.filter(|code| *code == Code::PersonalCopied).count()
    };
    assert_eq!(copies(&thing(&life(""))), 1);
    assert_eq!(copies(&thing(&life("personal = true"))), 0);
    let moved = field("noted", "text", "") + "\n[migration]\nfilled = { noted = \"phone\" }\n";
    assert_eq!(copies(&thing(&moved)), 1);
}

#[test]
fn columns_copy_from_their_row_and_from_around_it() {
    let column = |id: &str, more: &str| {
        format!(
            "[[field.field]]\nid = \"{id}\"\ntype = \"text\"\n\
             title = {{ vi = \"A\", en = \"B\" }}\n{more}\n"
        )
    };
    let table = |more: &str, columns: String| {
        let table = field("rows", "table", &(more.to_owned() + "\n" + &columns));
        codes(&thing(&table))
    };
    let name = || column("name", PHONE);
    let copy = |expression: &str| column("copy", &format!("compute = \"{expression}\""));
    let copied = [Code::PersonalCopied];
    assert_eq!(table("", name() + &copy("name + '!'")), copied);
    assert_eq!(table("", name() + &copy("'!' + record.phone")), copied);
    assert_eq!(table("", column("plain", "") + &copy("plain + '!'")), []);
    // The whole table is personal: it goes with its columns.
    assert_eq!(table(PHONE, name() + &copy("name + '!'")), []);
    let of_rows = |kind: &str, expression: &str| {
        let table = field("rows", "table", &(name() + &column("plain", "")));
        codes(&thing(&(table + &computed("told", kind, expression))))
    };
    assert_eq!(of_rows("number", "size(rows)"), []);
    let some = "size(rows.filter(r, r.name == 'An'))";
    assert_eq!(of_rows("number", some), copied);
    assert_eq!(of_rows("flag", "rows.exists(r, r.name == 'An')"), []);
}

#[test]
fn lists_are_ordered_by_what_has_an_order_and_says_nothing_of_anybody() {
    let sorted = |by: &str| {
        let head = head("thing").replacen("[record]\n", &format!("[record]\nsort = {by}\n"), 1);
        let thing = head
            + &field("phone", "phone", PHONE)
            + &field("born_on", "date", PHONE)
            + &field("told", "flag", "")
            + &field("price", "money", "")
            + &field("prices", "money", "repeated = true\nat_most = 3")
            + &field("made_on", "date", "")
            + &computed("age", "number", "year(today) - year(made_on)");
        codes(&checked(&[
            ("person.toml", person()),
            ("thing.toml", thing),
        ]))
    };
    assert_eq!(sorted(r#"["price", "made_on", "created_on"]"#), []);
    for by in ["phone", "born_on", "told", "prices", "age"] {
        assert_eq!(sorted(&format!("[\"{by}\"]")), [Code::UnfitField], "{by}");
    }
    assert_eq!(sorted(r#"["nothing"]"#), [Code::UnknownField]);
}
