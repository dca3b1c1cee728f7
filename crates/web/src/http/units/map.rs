//! `GET /don-vi/ban-do`: the communes of a day on a map.

use axum::extract::{Query, State};
use directory::UnitKind;

use crate::http::plan::AskedDay;
use crate::http::{App, Failure, Page, Visitor};
use crate::pages::links;
use crate::pages::parts::Link;
use crate::pages::shell::Section;
use crate::pages::unit_map::{MapPoint, UnitMap};

/// The drawing's width and height.
const SIZE: (f64, f64) = (640.0, 480.0);
/// Around the points.
const MARGIN: f64 = 20.0;

/// Shows it.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<AskedDay>,
) -> Result<Page<UnitMap>, Failure> {
    let today = app.store().context().now().in_vietnam().date();
    let day = asked.day().unwrap_or(today);
    let tree = app.directory.units_on(day).await?;
    let communes = tree.iter().filter(|unit| unit.kind == UnitKind::Commune);
    let mut known = Vec::new();
    let mut missing = 0;
    for unit in communes {
        let place = unit.centroid().and_then(|centroid| {
            let north = centroid.latitude.parse::<f64>().ok()?;
            let east = centroid.longitude.parse::<f64>().ok()?;
            Some((north, east, unit, centroid))
        });
        match place {
            Some(place) => known.push(place),
            None => missing += 1,
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
        .map(|(lat, lon, unit, centroid)| MapPoint {
            unit: Link::new(links::unit_history(&unit.id.to_string()), &unit.name),
            above: unit
                .parent
                .and_then(|above| tree.get(above))
                .map_or_else(String::new, |above| above.name.clone()),
            latitude: centroid.latitude.clone(),
            longitude: centroid.longitude.clone(),
            x: format!("{:.1}", MARGIN + (lon - west) * scale),
            y: format!("{:.1}", MARGIN + (north - lat) * scale),
        });
    Ok(Page(UnitMap {
        day,
        points: points.collect(),
        missing,
        shell: visitor.shell(Section::Units),
    }))
}
