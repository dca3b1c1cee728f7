//! What templates may name.

use pack::folder::PackFolder;
use pack::{Code, check};

use crate::surroundings;

/// The names that a template is told not to have.
fn unknown(template: &str) -> Vec<String> {
    let title = "title = { vi = \"A\", en = \"B\" }";
    let thing = format!(
        "[record]\nid = \"thing\"\n{title}\nlabel = \"thing\"\nowner = {{ unit = \"any\" }}\n\
         [[field]]\nid = \"name\"\ntype = \"text\"\n{title}\n\
         [[field]]\nid = \"people\"\ntype = \"table\"\n{title}\n\
         [[field.field]]\nid = \"full_name\"\ntype = \"text\"\n{title}\n\
         [[print]]\nid = \"slip\"\n{title}\ntemplate = \"print/slip.typ\"\n"
    );
    let folder = PackFolder::in_memory(
        "x",
        [
            (
                "pack.toml",
                format!("[pack]\nid = \"x\"\n{title}\n").as_str(),
            ),
            ("thing.toml", &thing),
            ("print/slip.typ", template),
        ],
    );
    let outcome = check(&[folder], &surroundings());
    let told = outcome
        .findings
        .iter()
        .inspect(|found| assert_eq!(found.code, Code::PrintField));
    told.map(|found| outcome.sources().text(found.span).to_owned())
        .collect()
}

#[test]
fn names_of_fields_and_columns_are_looked_at_and_nothing_else() {
    for (template, told) in [
        ("#record.name #record.code #record.qr", &[][..]),
        ("#record.nam", &["nam"]),
        (
            "#record.at(\"nam\") #record.keys() #record.name.len()",
            &["nam"],
        ),
        ("my-record.nam other.record.nam recorded.nam", &[]),
        ("#for p in record.people [- #p.full_name]", &[]),
        (
            "#for p in record.people [- #p.fullname #p.at(\"full_name\")]",
            &["fullname"],
        ),
        ("#for p in record.person [- #p.fullname]", &["person"]),
        ("p.fullname #for p in record.people []", &[]),
        ("#for record. in record.", &[]),
    ] {
        assert_eq!(unknown(template), told, "{template}");
    }
}
