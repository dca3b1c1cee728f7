//! What a shape is, and what is wrong with one.

use std::fmt;

use vocab::Decimal;

use crate::valid;

/// The most points of a shape.
pub const MOST_POINTS: usize = 5_000;
/// The places of a coordinate in degrees.
pub(crate) const PLACES: u8 = 7;
/// Ten-millionths in a degree.
pub(crate) const DEGREE: i32 = 10_000_000;

/// The degrees within which Viet Nam lies, its islands too: longitude, then latitude.
pub(crate) const LONGITUDES: (i32, i32) = (102, 118);
pub(crate) const LATITUDES: (i32, i32) = (7, 24);

/// A place on WGS 84, in ten-millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Coord {
    /// East.
    pub lon: i32,
    /// North.
    pub lat: i32,
}

/// What kind of shape is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One place.
    Point,
    /// A line.
    Line,
    /// An area, which may have holes.
    Polygon,
}

/// A shape that is right: in Viet Nam, not too large, not crossing itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One place.
    Point(Coord),
    /// Two or more.
    Line(Vec<Coord>),
    /// The outline against the clock, then holes with it, each closed (RFC 7946 §3.1.6).
    Polygon(Vec<Vec<Coord>>),
}

/// What is wrong with a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// A stable name such as `shape-crosses`; its wording is `field-shape-crosses`.
    pub code: &'static str,
    /// The point at fault, counted from 1, where there is one.
    pub point: Option<usize>,
}

impl Wrong {
    pub(crate) const fn of(code: &'static str) -> Self {
        Self { code, point: None }
    }

    pub(crate) const fn at(code: &'static str, point: usize) -> Self {
        Self {
            code,
            point: Some(point),
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.point {
            None => f.write_str(self.code),
            Some(point) => write!(f, "{} (point {point})", self.code),
        }
    }
}

impl std::error::Error for Wrong {}

impl Coord {
    /// A place in degrees, to the nearest ten-millionth; none outside Viet Nam.
    pub fn of_degrees(lon: f64, lat: f64) -> Option<Self> {
        let within = |value: f64, (least, most): (i32, i32)| {
            value >= f64::from(least) && value <= f64::from(most)
        };
        (within(lon, LONGITUDES) && within(lat, LATITUDES)).then(|| Self {
            lon: ten_millionths(lon),
            lat: ten_millionths(lat),
        })
    }

    /// Degrees: longitude, latitude.
    pub fn degrees(self) -> (f64, f64) {
        let scale = f64::from(DEGREE);
        (f64::from(self.lon) / scale, f64::from(self.lat) / scale)
    }

    /// A place from decimals as people write them, longitude first. Says so where they stand the
    /// other way round.
    pub(crate) fn of_decimals(lon: Decimal, lat: Decimal) -> Result<Self, Wrong> {
        let whole = |value: Decimal| {
            let value = value.round_half_up(PLACES).rescale(PLACES)?;
            i32::try_from(value.mantissa()).ok()
        };
        let within = |value: Option<i32>, (least, most): (i32, i32)| {
            value.filter(|value| *value >= least * DEGREE && *value <= most * DEGREE)
        };
        let (x, y) = (whole(lon), whole(lat));
        match (within(x, LONGITUDES), within(y, LATITUDES)) {
            (Some(lon), Some(lat)) => Ok(Self { lon, lat }),
            // Latitude first is the usual slip.
            _ if within(y, LONGITUDES).is_some() && within(x, LATITUDES).is_some() => {
                Err(Wrong::of("shape-turned"))
            }
            _ => Err(Wrong::of("shape-outside")),
        }
    }

    /// Its coordinates as decimals, without zeros at their ends.
    pub fn decimals(self) -> (Decimal, Decimal) {
        let decimal = |value: i32| {
            Decimal::new(i64::from(value), PLACES)
                .unwrap_or(Decimal::ZERO)
                .normalized()
        };
        (decimal(self.lon), decimal(self.lat))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast of a number that is too large gives the largest, which no caller sends"
)]
fn ten_millionths(degrees: f64) -> i32 {
    (degrees * f64::from(DEGREE)).round() as i32
}

impl Shape {
    /// A shape of what was read, if it is right.
    ///
    /// Points that follow themselves are left out and outlines turned as RFC 7946 has them.
    pub fn checked(kind: Kind, rings: Vec<Vec<Coord>>) -> Result<Self, Wrong> {
        let count: usize = rings.iter().map(Vec::len).sum();
        if count > MOST_POINTS {
            return Err(Wrong::of("shape-too-large"));
        }
        match kind {
            Kind::Point => match &rings[..] {
                [one] if one.len() == 1 => Ok(Self::Point(one[0])),
                [] => Err(Wrong::of("shape-too-few")),
                _ => Err(Wrong::of("shape-several")),
            },
            Kind::Line => {
                let mut rings = rings.into_iter();
                let (Some(mut line), None) = (rings.next(), rings.next()) else {
                    return Err(Wrong::of("shape-several"));
                };
                line.dedup();
                if line.len() < 2 {
                    return Err(Wrong::of("shape-too-few"));
                }
                Ok(Self::Line(line))
            }
            Kind::Polygon => valid::polygon(rings).map(Self::Polygon),
        }
    }

    /// What kind it is of.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Point(_) => Kind::Point,
            Self::Line(_) => Kind::Line,
            Self::Polygon(_) => Kind::Polygon,
        }
    }

    /// Its parts: the point, the line, or the rings.
    pub fn parts(&self) -> Vec<&[Coord]> {
        match self {
            Self::Point(point) => vec![std::slice::from_ref(point)],
            Self::Line(line) => vec![line],
            Self::Polygon(rings) => rings.iter().map(Vec::as_slice).collect(),
        }
    }

    /// How many points it has, the closing ones of rings among them.
    pub fn count(&self) -> usize {
        self.parts().iter().map(|part| part.len()).sum()
    }

    /// The least and the greatest coordinates.
    pub fn bounds(&self) -> (Coord, Coord) {
        let parts = self.parts();
        let mut all = parts.iter().flat_map(|part| part.iter());
        let first = all.next().copied().unwrap_or(Coord { lon: 0, lat: 0 });
        all.fold((first, first), |(low, high), one| {
            (
                Coord {
                    lon: low.lon.min(one.lon),
                    lat: low.lat.min(one.lat),
                },
                Coord {
                    lon: high.lon.max(one.lon),
                    lat: high.lat.max(one.lat),
                },
            )
        })
    }

    /// The middle of its bounds: where a dot stands for it.
    pub fn middle(&self) -> Coord {
        let (low, high) = self.bounds();
        Coord {
            lon: i32::midpoint(low.lon, high.lon),
            lat: i32::midpoint(low.lat, high.lat),
        }
    }
}
