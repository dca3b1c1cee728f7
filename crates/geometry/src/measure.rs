//! Areas and lengths on the ellipsoid.

use vocab::Decimal;

use crate::shape::{Coord, Shape};

/// Semi-major axis in metres and squared eccentricity of WGS 84.
pub(crate) const AXIS_M: f64 = 6_378_137.0;
pub(crate) const SQUARED: f64 = 0.006_694_379_990_141_317;

/// The area of a polygon in square metres, to two places: on the ellipsoid, its sides straight
/// in the equal-area cylinder (Snyder, Map Projections, 1987, eq. 3-12). None for other shapes.
pub fn area_m2(shape: &Shape) -> Option<Decimal> {
    let Shape::Polygon(rings) = shape else {
        return None;
    };
    let mut total = 0.0;
    for (place, ring) in rings.iter().enumerate() {
        let base = zone(ring.first()?.degrees().1);
        let sum: f64 = ring
            .windows(2)
            .map(|pair| {
                let (one, two) = (pair[0].degrees(), pair[1].degrees());
                let width = (two.0 - one.0).to_radians();
                width * ((zone(one.1) - base) + (zone(two.1) - base)) / 2.0
            })
            .sum();
        total += if place == 0 { sum.abs() } else { -sum.abs() };
    }
    decimal(total)
}

/// The area below a latitude, for each radian of longitude.
fn zone(latitude: f64) -> f64 {
    let (e, sine) = (SQUARED.sqrt(), latitude.to_radians().sin());
    let first = sine / (1.0 - SQUARED * sine * sine);
    let second = ((1.0 + e * sine) / (1.0 - e * sine)).ln() / (2.0 * e);
    AXIS_M * AXIS_M * (1.0 - SQUARED) / 2.0 * (first + second)
}

/// The length of a line in metres, to two places, each side on the plane that touches its
/// middle. None for other shapes.
pub fn length_m(shape: &Shape) -> Option<Decimal> {
    let Shape::Line(line) = shape else {
        return None;
    };
    decimal(line.windows(2).map(|pair| side_m(pair[0], pair[1])).sum())
}

fn side_m(one: Coord, two: Coord) -> f64 {
    let (one, two) = (one.degrees(), two.degrees());
    let middle = f64::midpoint(one.1, two.1).to_radians();
    let bend = 1.0 - SQUARED * middle.sin().powi(2);
    let across = AXIS_M / bend.sqrt() * middle.cos() * (two.0 - one.0).to_radians();
    let along = AXIS_M * (1.0 - SQUARED) / bend.powf(1.5) * (two.1 - one.1).to_radians();
    across.hypot(along)
}

fn decimal(number: f64) -> Option<Decimal> {
    format!("{number:.2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn at(lon: f64, lat: f64) -> Coord {
        Coord::of_degrees(lon, lat).unwrap()
    }

    #[test]
    fn a_square_has_its_area_and_a_hole_takes_of_it() {
        let square = |west: f64, south: f64, size: f64| {
            vec![
                at(west, south),
                at(west + size, south),
                at(west + size, south + size),
                at(west, south + size),
                at(west, south),
            ]
        };
        let number = |value: Decimal| value.to_string().parse::<f64>().unwrap();
        let whole = Shape::checked(Kind::Polygon, vec![square(105.9, 10.2, 0.01)]).unwrap();
        // 0.01° by 0.01° at 10.205° north: 1105.99 m (along the meridian) by 1095.79 m.
        let area = number(area_m2(&whole).unwrap());
        assert!((area / (1_106.0 * 1_095.8) - 1.0).abs() < 0.001, "{area}");
        let rings = vec![square(105.9, 10.2, 0.01), square(105.902, 10.202, 0.005)];
        let holed = Shape::checked(Kind::Polygon, rings).unwrap();
        let left = number(area_m2(&holed).unwrap());
        assert!((left / area - 0.75).abs() < 0.001, "{left}");
        let line = Shape::checked(Kind::Line, vec![vec![at(105.9, 10.2), at(105.91, 10.2)]]);
        let length = number(length_m(&line.unwrap()).unwrap());
        assert!((length - 1_095.8).abs() < 1.0, "{length}");
    }
}
