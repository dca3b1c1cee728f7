//! Shapes on pages: as they are drawn and said, and as a form takes them.

use std::fmt::Write as _;

use geometry::mercator::Spot;
use geometry::packed::Drawn;
use geometry::{Coord, Kind, Shape, measure, text};
use pack::declaration::{Field, FieldType, ViewKind};
use serde_json::Value;
use vocab::{Decimal, Lang};

use super::desk::Desk;
use super::map::bounds_of;
use crate::pages::map_parts::{ShapeInput, ShapeShown};

/// The drawing's width and height.
const SIZE: (f64, f64) = (400.0, 300.0);
/// Around the shape.
const MARGIN: f64 = 14.0;
/// So many degrees around a commune's middle.
const NEAR: f64 = 0.04;
/// Squared metres of a hectare.
const HECTARE: i64 = 10_000;

impl Desk {
    /// A shape in words and lines; none if a body holds none.
    pub(super) fn shape_shown(&self, value: &Value) -> Option<ShapeShown> {
        let shape = geometry::geojson::of_body(value)?;
        let words = self.words();
        let ground = self.systems.ground();
        let mut coordinates = vec![(words.t("map-degrees"), text::degrees_of(&shape))];
        for grid in &ground.grids {
            let title = match words.lang {
                Lang::Vi => grid.title.clone(),
                Lang::En => grid.title_en.clone(),
            };
            coordinates.push((title, text::metres_of(&shape, ground, grid)));
        }
        let (path, dot) = drawing(&shape);
        Some(ShapeShown {
            geojson: geometry::geojson::geojson(&shape).to_string(),
            path,
            dot,
            is_area: shape.kind() == Kind::Polygon,
            size: self.size(&shape),
            coordinates,
        })
    }

    /// How large a shape is: hectares of an area, metres of a line.
    fn size(&self, shape: &Shape) -> String {
        let words = self.words();
        if let Some(area) = measure::area_m2(shape) {
            return words.t1("map-area", "size", words.decimal(&hectares(area)));
        }
        measure::length_m(shape).map_or_else(String::new, |length| {
            words.t1(
                "map-length",
                "size",
                words.decimal(&length.round_half_up(0)),
            )
        })
    }

    /// Where a new shape probably lies: around the visitor's own unit, else the province.
    fn near_me(&self) -> (Spot, Spot) {
        let own = self
            .visitor
            .principal
            .grants
            .first()
            .map(|grant| grant.unit);
        let centroid = own.and_then(|unit| self.units.get(unit)?.centroid());
        let degrees = centroid.and_then(|centroid| {
            let lon: f64 = centroid.longitude.parse().ok()?;
            let lat: f64 = centroid.latitude.parse().ok()?;
            Some((lon, lat))
        });
        let corners = degrees.and_then(|(lon, lat)| {
            let low = Coord::of_degrees(lon - NEAR, lat + NEAR)?;
            let high = Coord::of_degrees(lon + NEAR, lat - NEAR)?;
            Some((Spot::from(low), Spot::from(high)))
        });
        corners.unwrap_or_else(|| self.around())
    }

    /// What takes a shape in a form.
    pub(super) fn shape_input(&self, field: &Field, typed: &str, grid: &str) -> ShapeInput {
        let words = self.words();
        let ground = self.systems.ground();
        let kind = match *field.kind {
            FieldType::Point => "point",
            FieldType::Line => "line",
            _ => "polygon",
        };
        let grids = ground.grids.iter().enumerate().map(|(place, known)| {
            let title = match words.lang {
                Lang::Vi => known.title.clone(),
                Lang::En => known.title_en.clone(),
            };
            let chosen = known.id == grid || (grid.is_empty() && place == 0);
            (known.id.clone(), title, chosen)
        });
        let draws = self.kind().draws(&field.id);
        ShapeInput {
            kind,
            text: typed.to_owned(),
            grids: grids.collect(),
            tiles: if draws {
                let tiles = self.link("ban-do/o/{z}/{x}/{y}");
                // All that the reader may see, where a view says so.
                let mut views = self.declared().views.iter();
                let whole = views.find(|view| {
                    *view.kind == ViewKind::Map
                        && view.when.is_none()
                        && view
                            .shape
                            .as_ref()
                            .is_some_and(|shape| shape.text == field.id.text)
                });
                whole.map_or_else(
                    || tiles.clone(),
                    |view| format!("{tiles}?lop={}", &*view.id),
                )
            } else {
                String::new()
            },
            bounds: bounds_of(self.near_me()),
        }
    }
}

/// Squared metres as hectares, to two places.
pub(super) fn hectares(area_m2: Decimal) -> Decimal {
    let cents = area_m2
        .round_half_up(2)
        .rescale(2)
        .map_or(0, Decimal::mantissa);
    let hectares = Decimal::new((cents + HECTARE / 2) / HECTARE, 2);
    hectares.unwrap_or(Decimal::ZERO).normalized()
}

/// The path of a shape in a small drawing, or the place of a point in it.
fn drawing(shape: &Shape) -> (String, Option<(String, String)>) {
    let drawn = Drawn::of(shape);
    let (wide, tall) = (
        f64::from(drawn.high.x - drawn.low.x).max(1.0),
        f64::from(drawn.high.y - drawn.low.y).max(1.0),
    );
    let scale = ((SIZE.0 - 2.0 * MARGIN) / wide).min((SIZE.1 - 2.0 * MARGIN) / tall);
    let left = (SIZE.0 - wide * scale) / 2.0;
    let top = (SIZE.1 - tall * scale) / 2.0;
    let at = |spot: &Spot| {
        let x = left + f64::from(spot.x - drawn.low.x) * scale;
        let y = top + f64::from(spot.y - drawn.low.y) * scale;
        (format!("{x:.1}"), format!("{y:.1}"))
    };
    if drawn.kind == Kind::Point {
        let middle = (SIZE.0 / 2.0, SIZE.1 / 2.0);
        let dot = (format!("{:.1}", middle.0), format!("{:.1}", middle.1));
        return (String::new(), Some(dot));
    }
    let mut path = String::new();
    for part in &drawn.parts {
        for (place, spot) in part.iter().enumerate() {
            let (x, y) = at(spot);
            path.push(if place == 0 { 'M' } else { 'L' });
            let _ = write!(path, "{x} {y}");
        }
        if drawn.kind == Kind::Polygon {
            path.push('Z');
        }
    }
    (path, None)
}
