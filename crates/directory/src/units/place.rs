//! Where units lie: one point each, where a source gives it.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use office::csv;

use super::Unit;

/// From when on the communes are those of the second list.
const AFTER: Date = date(2025, 7, 1);

/// The point that a source gives for a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Centroid {
    /// Degrees north, as the source writes them.
    pub latitude: String,
    /// Degrees east.
    pub longitude: String,
}

static BEFORE_2025: LazyLock<HashMap<String, Centroid>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/units/unit-centroids-2023.csv");
    read(text, [0, 3, 4])
});
static SINCE_2025: LazyLock<HashMap<String, Centroid>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/units/units-2025.csv");
    read(text, [0, 6, 7])
});

impl Unit {
    /// Its point. The lists are of the communes before and after the rearrangement of
    /// 1/7/2025: a code says which only together with the day on which the unit got it.
    pub fn centroid(&self) -> Option<&'static Centroid> {
        let known = if self.valid_from < AFTER {
            &BEFORE_2025
        } else {
            &SINCE_2025
        };
        known.get(self.area_code.as_deref()?)
    }
}

/// Code, latitude and longitude stand in these columns.
fn read(text: &str, columns: [usize; 3]) -> HashMap<String, Centroid> {
    let table = csv::read(text).expect("a shipped file is readable");
    let rows = table.rows.iter().skip(1).filter_map(|row| {
        let [code, latitude, longitude] =
            columns.map(|at| row.cells.get(at).map_or("", |cell| cell.text.as_str()));
        let known = !latitude.is_empty() && !longitude.is_empty();
        known.then(|| {
            let centroid = Centroid {
                latitude: latitude.to_owned(),
                longitude: longitude.to_owned(),
            };
            (code.to_owned(), centroid)
        })
    });
    rows.collect()
}
