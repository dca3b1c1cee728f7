//! Area and population of units, where a source states them.
//!
//! `data/units/unit-measures.csv` says of which day each figure is and who states it. A figure
//! belongs to the version of the unit that had the code on that day, and to no other: areas
//! change with every rearrangement.

use std::sync::LazyLock;

use jiff::civil::Date;
use office::csv;
use vocab::Decimal;

use super::Unit;

const MEASURES: &str = include_str!("../../../../data/units/unit-measures.csv");

/// What a source states about the area of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitMeasure {
    /// The day of which it is true.
    pub date: Date,
    /// Square kilometres; none where the source does not say.
    pub area_km2: Option<Decimal>,
    /// Inhabitants; none where the source does not say.
    pub people: Option<u32>,
    /// Who states it, as it is to be cited.
    pub source: String,
    /// Whether there is reason to doubt it.
    pub doubtful: bool,
}

/// What ships, each with the code that it is about.
static SHIPPED: LazyLock<Vec<(String, UnitMeasure)>> = LazyLock::new(read);

impl Unit {
    /// What is known of the area of this version of the unit, the earliest first.
    pub fn measures(&self) -> impl Iterator<Item = &'static UnitMeasure> {
        let (from, to) = (self.valid_from, self.valid_to);
        let code = self.area_code.clone();
        SHIPPED
            .iter()
            .filter(move |(about, _)| code.as_ref() == Some(about))
            .map(|(_, measure)| measure)
            .filter(move |measure| from <= measure.date && to.is_none_or(|to| measure.date <= to))
    }
}

fn read() -> Vec<(String, UnitMeasure)> {
    let table = csv::read(MEASURES).expect("a shipped file is readable");
    let mut measures: Vec<(String, UnitMeasure)> = table.rows.iter().skip(1).map(row).collect();
    measures.sort_by_key(|(_, measure)| measure.date);
    measures
}

fn row(row: &office::Row) -> (String, UnitMeasure) {
    let cell = |at: usize| row.cells.get(at).map_or("", |cell| cell.text.as_str());
    let measure = UnitMeasure {
        date: cell(1).parse().expect("a shipped day"),
        area_km2: cell(2).parse().ok(),
        people: cell(3).parse().ok(),
        source: cell(4).to_owned(),
        doubtful: cell(5) == "doubtful",
    };
    (cell(0).to_owned(), measure)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_area_of_2025_is_that_of_the_list_it_is_cited_from() {
        let list = csv::read(include_str!("../../../../data/units/units-2025.csv")).unwrap();
        let listed: BTreeMap<&str, &str> = list
            .rows
            .iter()
            .skip(1)
            .map(|row| (row.cells[0].text.as_str(), row.cells[8].text.as_str()))
            .collect();
        let shipped: BTreeMap<&str, String> = SHIPPED
            .iter()
            .filter(|(_, measure)| measure.date == date(2025, 7, 1))
            .map(|(code, measure)| (code.as_str(), measure.area_km2.unwrap().to_string()))
            .collect();
        assert_eq!(shipped.len(), 124);
        for (code, area) in shipped {
            assert_eq!(Some(&area.as_str()), listed.get(code), "{code}");
        }
        let doubtful = SHIPPED.iter().filter(|(_, measure)| measure.doubtful);
        assert_eq!(
            doubtful.map(|(code, _)| code).collect::<Vec<_>>(),
            ["29788"]
        );
    }

    #[test]
    fn a_merger_of_2024_states_what_joined_and_what_became_of_it() {
        let of = |code: &str, day: Date| {
            let mut found = SHIPPED.iter().filter(|(about, _)| about == code);
            let found = found.find(|(_, measure)| measure.date == day).unwrap();
            (
                found.1.area_km2.unwrap().to_string(),
                found.1.people.unwrap(),
            )
        };
        // Phường 2 joined Phường 1.
        assert_eq!(of("29551", date(2024, 10, 31)), ("1.52".to_owned(), 13_319));
        assert_eq!(of("29548", date(2024, 11, 1)), ("2.44".to_owned(), 27_945));
    }
}
