//! `GET /don-vi/ban-do`: the communes of 2023 on a map.

use axum::extract::State;
use jiff::civil::date;

use crate::http::{App, Failure, Page, Visitor};
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::shell::Section;
use crate::pages::unit_map::{MapPoint, UnitMap};

/// `code,name,district_code,lat,lon,bounds`; no cell before the bounds holds a comma.
const CENTROIDS: &str = include_str!("../../../../../data/units/unit-centroids-2023.csv");

/// The drawing's width and height.
const SIZE: (f64, f64) = (640.0, 480.0);
/// Around the points.
const MARGIN: f64 = 20.0;

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<Page<UnitMap>, Failure> {
    let tree = app.directory.units_on(date(2023, 4, 14)).await?;
    let mut known = Vec::new();
    let mut missing = 0;
    for line in CENTROIDS.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [code, _, district, latitude, longitude, ..] = cells[..] else {
            continue;
        };
        let place = (latitude.parse::<f64>(), longitude.parse::<f64>());
        match (place, tree.by_area_code(code)) {
            ((Ok(north), Ok(east)), Some(unit)) => {
                let district = tree.by_area_code(district);
                let district = district.map_or_else(String::new, |unit| unit.name.clone());
                known.push((north, east, unit, district, latitude, longitude));
            }
            _ => missing += 1,
        }
    }
    let edge = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::MAX, f64::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        })
    };
    let (south, north) = edge(&mut known.iter().map(|point| point.0));
    let (west, east) = edge(&mut known.iter().map(|point| point.1));
    // So near the equator a degree of longitude is as long as one of latitude.
    let scale = ((SIZE.0 - 2.0 * MARGIN) / (east - west).max(0.01))
        .min((SIZE.1 - 2.0 * MARGIN) / (north - south).max(0.01));
    let points = known
        .into_iter()
        .map(|(lat, lon, unit, district, latitude, longitude)| MapPoint {
            unit: Link::new(links::unit_history(&unit.id.to_string()), &unit.name),
            district,
            latitude: latitude.to_owned(),
            longitude: longitude.to_owned(),
            x: format!("{:.1}", MARGIN + (lon - west) * scale),
            y: format!("{:.1}", MARGIN + (north - lat) * scale),
        });
    Ok(Page(UnitMap {
        points: points.collect(),
        missing,
        shell: visitor.shell(Section::Units),
    }))
}
