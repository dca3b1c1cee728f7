//! Lists as comma-separated values: events and units that are handed in, names of bodies, days off.

use office::csv;

use crate::import::BodyAliases;
use crate::{Target, rows, seeds};

/// Lists, for all who read them.
pub(crate) const CSV: Target = Target {
    name: "csv",
    body: lists,
    seeds: || {
        let begun = |path: &str| -> Vec<u8> {
            let file = seeds::file(path);
            file.split_inclusive(|byte| *byte == b'\n')
                .take(12)
                .flatten()
                .copied()
                .collect()
        };
        [
            "data/units/unit-events.csv",
            "data/units/units-2023-neighbours.csv",
            "data/plan/body-aliases.csv",
            "data/holidays-2023-2027.csv",
        ]
        .map(begun)
        .into()
    },
    words: &[
        "date,event,from_code,to_code,to_name,share\n",
        "date,code,name,province_code\n",
        "create",
        "rename",
        "merge-into",
        "abolish",
        "2025-07-01",
        "9999-12-31",
        "-009999-01-01",
        "\"\"",
        "\"\n\"",
        ",,",
        "\r\n",
        "\u{feff}",
        "{unit}",
        "official",
        "off_morning",
        "work",
    ],
    longest: 4 << 10,
    runs: 4_000,
};

fn lists(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let most = text.lines().count() + 1;
    if let Ok(table) = csv::read(&text) {
        assert!(
            table
                .rows
                .iter()
                .all(|row| row.line as usize <= most && !row.cells.is_empty())
        );
    }
    let _ = rows::read(&text);
    let _ = BodyAliases::read_csv(&text);
    let _ = vocab::calendar::read_days(&text);
}
