//! A map of the communes of a day by their centroids, drawn here: no tiles from elsewhere.

use askama::Template;
use jiff::civil::Date;

use super::parts::Link;
use super::{Shell, links};

/// The map.
#[derive(Clone, Debug, Template)]
#[template(path = "unit_map.html")]
pub struct UnitMap {
    /// The frame.
    pub shell: Shell,
    /// The day.
    pub day: Date,
    /// The communes whose centroid is known.
    pub points: Vec<MapPoint>,
    /// How many have none.
    pub missing: usize,
}

/// A commune on the map.
#[derive(Clone, Debug)]
pub struct MapPoint {
    /// The commune.
    pub unit: Link,
    /// The unit above.
    pub above: String,
    /// Degrees north, as the source writes them.
    pub latitude: String,
    /// Degrees east.
    pub longitude: String,
    /// Where it stands in the drawing of 640 by 480.
    pub x: String,
    /// From above.
    pub y: String,
}

#[cfg(test)]
mod sampled {
    use super::*;
    use crate::pages::samples::{self, HOSTILE, Sampled};

    impl Sampled for UnitMap {
        const NAME: &'static str = "unit-map";

        fn samples(shell: &Shell) -> Vec<Self> {
            let point = MapPoint {
                unit: samples::unit_link(HOSTILE),
                above: "UBND huyện Long Hồ".to_owned(),
                latitude: "10.25".to_owned(),
                longitude: "105.94".to_owned(),
                x: "20.0".to_owned(),
                y: "30.0".to_owned(),
            };
            vec![Self {
                shell: shell.clone(),
                day: jiff::civil::date(2023, 4, 14),
                points: vec![point],
                missing: 5,
            }]
        }
    }
}
