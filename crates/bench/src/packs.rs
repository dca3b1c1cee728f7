//! Checking packs, as `pack check` does: those that ship, and two hundred that are made up.

use std::path::Path;
use std::time::Instant;

use pack::folder::PackFolder;
use pack::{Outcome, Surroundings, check, starter};

use crate::Failure;
use crate::figure::{Figure, median, millis};

/// How many packs are made up.
const MADE_UP: usize = 200;
/// How many fields each has beside those of a new pack.
const MORE_FIELDS: usize = 40;

/// Checks both again and again, files read each time.
pub(crate) fn measure() -> Result<Vec<Figure>, Failure> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut of_shipped = Vec::new();
    let mut counts = (0, 0, 0);
    for _ in 0..20 {
        let began = Instant::now();
        let outcome = passing(check(&PackFolder::find(&shipped)?, &surroundings()))?;
        of_shipped.push(millis(began.elapsed()));
        counts = outcome.counts();
    }
    let made_up: Vec<PackFolder> = (0..MADE_UP).map(made_up).collect();
    let mut of_made_up = Vec::new();
    for _ in 0..5 {
        let began = Instant::now();
        passing(check(&made_up, &surroundings()))?;
        of_made_up.push(millis(began.elapsed()));
    }
    let (packs, records, fields) = counts;
    Ok(vec![
        figure(
            format!(
                "check of the {packs} packs that ship: {records} record types, {fields} fields"
            ),
            &of_shipped,
            300.0,
            "< 300 ms",
        ),
        figure(
            format!(
                "check of {MADE_UP} packs that are made up, {MORE_FIELDS} conditional fields and more in each"
            ),
            &of_made_up,
            3_000.0,
            "< 3 s",
        ),
    ])
}

fn passing(outcome: Outcome) -> Result<Outcome, Failure> {
    match outcome.findings.first() {
        None => Ok(outcome),
        Some(found) => Err(found.render(outcome.sources(), vocab::Lang::En).into()),
    }
}

fn surroundings() -> Surroundings {
    let roles = directory::permission::RoleBook::shipped();
    Surroundings {
        roles: roles.iter().map(|role| role.code.clone()).collect(),
        calendars: ["vn".to_owned()].into(),
    }
}

/// The pack that `phusa pack new` begins with, with more fields that wait for another.
fn made_up(number: usize) -> PackFolder {
    let id = format!("made-up-{number}");
    let files: Vec<(&str, String)> = starter::files(&id)
        .into_iter()
        .map(|(name, mut text)| {
            if name == "request.toml" {
                text.extend((0..MORE_FIELDS).map(|field| {
                    format!(
                        "\n[[field]]\nid = \"more_{field}\"\ntype = \"number\"\n\
                         when = \"quantity > {field}\"\n\
                         title = {{ vi = \"Thêm {field}\", en = \"More {field}\" }}\n"
                    )
                }));
            }
            (name, text)
        })
        .collect();
    PackFolder::in_memory(&id, files.iter().map(|(name, text)| (*name, text.as_str())))
}

fn figure(what: String, times: &[f64], most: f64, needed: &str) -> Figure {
    let slowest = times.iter().copied().fold(0.0, f64::max);
    Figure {
        engine: "–",
        what,
        peer: String::new(),
        theirs: String::new(),
        ours: format!("{:.1} ms, slowest {slowest:.1} ms", median(times)),
        ratio: None,
        needed: needed.to_owned(),
        met: slowest < most,
    }
}
