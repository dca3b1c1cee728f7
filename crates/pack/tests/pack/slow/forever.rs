//! Packs made to take for ever.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use pack::Code;

use crate::flow::{checked, codes, field, head};

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
