//! Every code has a wrong pack that has just this to complain of, in exactly these words, and a
//! right one that has nothing.

use std::fmt::Write as _;

use pack::explain::{self, Example};
use pack::folder::PackFolder;
use pack::trial::{TemplateFault, Trial};
use pack::{Code, Outcome, check};
use vocab::Lang;

use crate::surroundings;

/// Those that take more than a few lines to bring about: they are tested below.
const WITHOUT_EXAMPLE: [Code; 2] = [Code::CannotRead, Code::TooLarge];

fn checked(examples: &[Example]) -> Outcome {
    check(&explain::packs(examples), &surroundings()).try_templates(compiled)
}

/// Stands for the compiler of templates, which is at another floor: it counts brackets.
fn compiled(trial: &Trial<'_>) -> Vec<TemplateFault> {
    let open = trial.template.matches('(').count();
    if open == trial.template.matches(')').count() {
        return Vec::new();
    }
    let at = trial.template.rfind('(').unwrap();
    vec![TemplateFault {
        at: at..at + 1,
        message: "unclosed delimiter".to_owned(),
        hint: String::new(),
    }]
}

#[test]
fn templates_are_tried_with_all_and_with_as_little_as_there_may_be() {
    let page = explain::page(Code::BadPrint);
    let packs = explain::packs(&page.right);
    let tried = std::cell::RefCell::new(Vec::new());
    let outcome = check(&packs, &surroundings()).try_templates(|trial| {
        tried.borrow_mut().push(trial.record.clone());
        Vec::new()
    });
    assert!(outcome.passes());
    let tried = tried.into_inner();
    assert_eq!(tried.len(), 2);
    let keys = |record: &serde_json::Value| {
        let keys = record.as_object().unwrap().keys();
        keys.cloned().collect::<Vec<_>>()
    };
    assert_eq!(keys(&tried[0]), keys(&tried[1]));
    assert_eq!(tried[1]["code"], "");
    assert_ne!(tried[0], tried[1]);
    // What is wrong with it keeps a pack from running.
    let refused = check(&packs, &surroundings()).try_templates(|_| {
        vec![TemplateFault {
            at: 0..1,
            message: "no".to_owned(),
            hint: "yes".to_owned(),
        }]
    });
    assert!(!refused.passes() && said(&refused).contains("no (yes)"));
    assert!(refused.into_catalog().is_none());
}

fn said(outcome: &Outcome) -> String {
    let mut text = String::new();
    for lang in Lang::ALL {
        for found in &outcome.findings {
            let _ = writeln!(text, "{}", found.render(outcome.sources(), lang));
        }
    }
    text
}

#[test]
fn each_code_is_told_in_these_words() {
    let mut otherwise = Vec::new();
    for code in Code::ALL {
        if WITHOUT_EXAMPLE.contains(code) {
            continue;
        }
        let page = explain::page(*code);
        let wrong = checked(&page.wrong);
        let text = said(&wrong);
        let found: Vec<Code> = wrong.findings.iter().map(|found| found.code).collect();
        if found != [*code] {
            otherwise.push(format!("{code}, wrong:\n{text}"));
            continue;
        }
        assert!(!text.contains(['⟦', '~']), "{text}");
        insta::assert_snapshot!(code.number(), text);
        let right = checked(&page.right);
        if !right.findings.is_empty() {
            otherwise.push(format!("{code}, right:\n{}", said(&right)));
        }
    }
    assert!(otherwise.is_empty(), "{}", otherwise.join("\n"));
}

#[test]
fn every_code_has_a_page_in_both_languages() {
    for code in Code::ALL {
        let pages = Lang::ALL.map(|lang| explain::page(*code).render(lang));
        for page in &pages {
            assert!(page.contains(code.number()) && page.len() > 80, "{page}");
            assert!(!page.contains('⟦') && !page.contains("\n-- "), "{page}");
        }
        assert_ne!(pages[0], pages[1]);
        assert_eq!(Code::lookup(&code.number().to_lowercase()), Some(*code));
    }
    assert_eq!(Code::lookup("P9999"), None);
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_checked() {
    let mut folders = explain::packs(&[]);
    folders[0]
        .files
        .insert("bad.toml".to_owned(), Ok(vec![0xff, 0xfe]));
    folders[0]
        .files
        .insert("gone.toml".to_owned(), Err("no permission".to_owned()));
    folders[0]
        .files
        .insert("large.toml".to_owned(), Ok(vec![b' '; (1 << 20) + 1]));
    let outcome = check(&folders, &surroundings());
    let found: Vec<Code> = outcome.findings.iter().map(|found| found.code).collect();
    assert_eq!(found, [Code::CannotRead, Code::CannotRead, Code::TooLarge]);
    assert!(!outcome.passes());
    assert!(!said(&outcome).contains('⟦'));
}

#[test]
fn all_mistakes_are_told_at_once_and_in_order() {
    let thing = r#"
[record]
id = "thing"
title = "Sự việc"
label = "{nam}"
owner = { unit = "communes" }

[[field]]
id = "name"
type = "text"
max_lenght = 3
title = { vi = "Tên", en = "Name" }

[[rule]]
when = "nme == 3 &&"
error = { vi = "Sai", en = "Wrong" }
"#;
    let folder = PackFolder::in_memory(
        "packs/x",
        [
            (
                "pack.toml",
                "[pack]\nid = \"x\"\ntitle = { vi = \"X\", en = \"X\" }\n",
            ),
            ("thing.toml", thing),
        ],
    );
    let outcome = check(&[folder], &surroundings());
    insta::assert_snapshot!("all-at-once", said(&outcome));
}

#[test]
fn what_follows_from_a_file_that_cannot_be_read_is_not_told() {
    let mut folders = explain::packs(&[]);
    let mut add = |name: &str, text: &str| {
        folders[0]
            .files
            .insert(name.to_owned(), Ok(text.as_bytes().to_vec()));
    };
    add("lists/crops.csv", "code,vi,en\ndurian,A,B\n");
    add("print/slip.typ", "#record.name");
    let head = "[record]\nid = \"ID\"\ntitle = { vi = \"A\", en = \"B\" }\nlabel = \"{amount}\"\n\
                owner = { unit = \"any\" }\n";
    // The field that another record reads is lost with the bracket.
    add(
        "broken.toml",
        &(head.replace("ID", "broken") + "[[field]\nid = \"amount\"\ntype = \"number\"\n"),
    );
    add(
        "other.toml",
        &(head.replace("ID", "other").replace("{amount}", "x")
            + "[[field]]\nid = \"broken\"\ntype = \"reference\"\nto = \"broken\"\n\
               title = { vi = \"A\", en = \"B\" }\n[[rule]]\nwhen = \"broken.amount > 3\"\n\
               error = { vi = \"A\", en = \"B\" }\n"),
    );
    let outcome = check(&folders, &surroundings());
    let found: Vec<Code> = outcome.findings.iter().map(|found| found.code).collect();
    assert!(!found.is_empty(), "a broken file passes");
    assert!(
        found.iter().all(|code| *code == Code::Syntax),
        "{}",
        said(&outcome)
    );
}

#[test]
fn a_code_without_its_quotes_is_told_so() {
    for (with, name) in [
        ("default = \"durian\"", "durian"),
        (
            "[[rule]]\nwhen = \"crop == durian\"\nerror = { vi = \"A\", en = \"B\" }",
            "durian",
        ),
        (
            "[[rule]]\nwhen = \"crop in [durian]\"\nerror = { vi = \"A\", en = \"B\" }",
            "durian",
        ),
    ] {
        let mut folders = explain::packs(&[]);
        let list = b"code,vi,en\ndurian,A,B\n".to_vec();
        folders[0]
            .files
            .insert("lists/crops.csv".to_owned(), Ok(list));
        let thing = folders[0]
            .files
            .get_mut("thing.toml")
            .unwrap()
            .as_mut()
            .unwrap();
        thing.extend(b"\n[[field]]\nid = \"crop\"\ntype = \"code\"\nlist = \"crops\"\n");
        thing.extend(format!("title = {{ vi = \"A\", en = \"B\" }}\n{with}\n").bytes());
        let outcome = check(&folders, &surroundings());
        let found: Vec<_> = outcome
            .findings
            .iter()
            .map(|found| (found.code, found.meant.clone()))
            .collect();
        assert_eq!(
            found,
            [(Code::UnknownName, Some(format!("'{name}'")))],
            "{}",
            said(&outcome)
        );
    }
}

#[test]
fn programs_get_the_same_as_people() {
    let page = explain::page(Code::UnknownKey);
    let outcome = checked(&page.wrong);
    let found = outcome.findings[0].to_json(outcome.sources(), Lang::En);
    assert_eq!(found["code"], "P0101");
    assert_eq!(found["severity"], "error");
    assert_eq!(found["meant"], "required");
    assert_eq!(found["at"]["file"], "example/thing.toml");
    assert_eq!(found["at"]["line"], 16);
    assert_eq!(found["at"]["column"], 1);
    assert_eq!(found["at"]["end_column"], 8);
}
