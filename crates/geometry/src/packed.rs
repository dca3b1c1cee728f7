//! A shape as a column keeps it: spots of the web map's plane, each as its distance from the one
//! before it, a few bytes a point.
//!
//! Layout: the kind; the bounds; how many parts; for each part how many spots, then the spots.
//! Numbers are LEB128, signed ones zigzag. Rings are kept without their closing spot.

use crate::mercator::Spot;
use crate::shape::{Coord, Kind, Shape};
use crate::simplify;

/// Up to this zoom the coarse shape is drawn.
pub const FAR_ZOOM: u8 = 12;
/// Half a pixel at that zoom, in steps of the world.
const FAR_STEPS: i64 = 256;
/// Shapes with so many points or fewer have no coarse shape.
const FEW: usize = 24;

/// A shape on the web map's plane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// What it is.
    pub kind: Kind,
    /// Its north-western corner.
    pub low: Spot,
    /// Its south-eastern one.
    pub high: Spot,
    /// Its parts: the point, the line, or the rings without their closing spots.
    pub parts: Vec<Vec<Spot>>,
}

/// What the columns of a shape hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Where a dot stands for it ([`crate::cell::spot_key`]).
    pub spot: i64,
    /// Where it is looked for ([`crate::cell::cell_key`]).
    pub cell: i64,
    /// The shape.
    pub near: Vec<u8>,
    /// A coarser one for [`FAR_ZOOM`] and below, where that is smaller.
    pub far: Option<Vec<u8>>,
}

impl Columns {
    /// Of a shape.
    pub fn of(shape: &Shape) -> Self {
        let drawn = Drawn::of(shape);
        let near = pack(&drawn);
        let far = (shape.count() > FEW).then(|| {
            let part = |part: &Vec<Spot>| match drawn.kind {
                Kind::Polygon => simplify::ring(part, FAR_STEPS),
                _ => simplify::line(part, FAR_STEPS),
            };
            pack(&Drawn {
                parts: drawn.parts.iter().map(part).collect(),
                ..drawn.clone()
            })
        });
        Self {
            spot: crate::cell::spot_key(Spot::from(shape.middle())),
            cell: crate::cell::cell_key(drawn.low, drawn.high),
            far: far.filter(|far| far.len() * 2 < near.len()),
            near,
        }
    }
}

impl Drawn {
    /// A shape on the plane.
    pub fn of(shape: &Shape) -> Self {
        let kind = shape.kind();
        let parts: Vec<Vec<Spot>> = shape
            .parts()
            .into_iter()
            .map(|part| {
                let part = match kind {
                    Kind::Polygon => &part[..part.len().saturating_sub(1)],
                    _ => part,
                };
                part.iter().copied().map(Spot::from).collect()
            })
            .collect();
        let (south_west, north_east) = shape.bounds();
        let corner = |lon: i32, lat: i32| Spot::from(Coord { lon, lat });
        Self {
            kind,
            low: corner(south_west.lon, north_east.lat),
            high: corner(north_east.lon, south_west.lat),
            parts,
        }
    }
}

impl Drawn {
    /// Whether a spot lies in the shape or within so many steps of it.
    pub fn is_near(&self, spot: Spot, steps: i32) -> bool {
        let is_ring = self.kind == Kind::Polygon;
        let near = |part: &Vec<Spot>| {
            let next = part.iter().cycle().skip(1);
            let sides = part.iter().zip(next);
            let count = if is_ring || part.len() < 2 {
                part.len()
            } else {
                part.len() - 1
            };
            sides
                .take(count)
                .any(|(from, to)| simplify::is_near(spot, *from, *to, i64::from(steps)))
        };
        if self.parts.iter().any(near) {
            return true;
        }
        // By the even and the odd: in a hole is outside.
        is_ring && self.parts.iter().filter(|ring| around(spot, ring)).count() % 2 == 1
    }
}

/// Whether a ring goes around a spot.
fn around(spot: Spot, ring: &[Spot]) -> bool {
    let next = ring.iter().cycle().skip(1);
    let crossed = ring.iter().zip(next).filter(|(a, b)| {
        if (a.y > spot.y) == (b.y > spot.y) {
            return false;
        }
        let wide = |one: i32, two: i32| i128::from(two) - i128::from(one);
        let left = wide(a.y, spot.y) * wide(a.x, b.x);
        let right = wide(a.x, spot.x) * wide(a.y, b.y);
        if b.y > a.y {
            right < left
        } else {
            right > left
        }
    });
    crossed.count() % 2 == 1
}

/// The bytes of a shape.
pub fn pack(drawn: &Drawn) -> Vec<u8> {
    let mut bytes = vec![match drawn.kind {
        Kind::Point => 1,
        Kind::Line => 2,
        Kind::Polygon => 3,
    }];
    let mut before = Spot { x: 0, y: 0 };
    let mut put = |bytes: &mut Vec<u8>, spot: Spot| {
        signed(bytes, i64::from(spot.x) - i64::from(before.x));
        signed(bytes, i64::from(spot.y) - i64::from(before.y));
        before = spot;
    };
    put(&mut bytes, drawn.low);
    put(&mut bytes, drawn.high);
    unsigned(&mut bytes, drawn.parts.len() as u64);
    for part in &drawn.parts {
        unsigned(&mut bytes, part.len() as u64);
        for spot in part {
            put(&mut bytes, *spot);
        }
    }
    bytes
}

/// The shape in these bytes; none if they are none.
pub fn unpack(bytes: &[u8]) -> Option<Drawn> {
    let mut reader = Reader {
        bytes,
        before: Spot { x: 0, y: 0 },
    };
    let kind = match reader.byte()? {
        1 => Kind::Point,
        2 => Kind::Line,
        3 => Kind::Polygon,
        _ => return None,
    };
    let (low, high) = (reader.spot()?, reader.spot()?);
    let count = reader.length()?;
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        let spots = reader.length()?;
        let mut part = Vec::with_capacity(spots);
        for _ in 0..spots {
            part.push(reader.spot()?);
        }
        parts.push(part);
    }
    Some(Drawn {
        kind,
        low,
        high,
        parts,
    })
}

/// The bounds in these bytes, without reading the rest.
pub fn bounds(bytes: &[u8]) -> Option<(Spot, Spot)> {
    let mut reader = Reader {
        bytes: bytes.get(1..)?,
        before: Spot { x: 0, y: 0 },
    };
    Some((reader.spot()?, reader.spot()?))
}

fn signed(bytes: &mut Vec<u8>, value: i64) {
    unsigned(bytes, ((value << 1) ^ (value >> 63)).cast_unsigned());
}

pub(crate) fn unsigned(bytes: &mut Vec<u8>, mut value: u64) {
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    before: Spot,
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// A length that the bytes left can hold: one byte for each at least.
    fn length(&mut self) -> Option<usize> {
        let length = usize::try_from(self.unsigned()?).ok()?;
        (length <= self.bytes.len()).then_some(length)
    }

    fn spot(&mut self) -> Option<Spot> {
        let before = self.before;
        let mut step = |from: i32| {
            let value = self.unsigned()?;
            let moved = (value >> 1).cast_signed() ^ -((value & 1).cast_signed());
            i32::try_from(i64::from(from) + moved).ok()
        };
        let spot = Spot {
            x: step(before.x)?,
            y: step(before.y)?,
        };
        self.before = spot;
        Some(spot)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back(
            parts in prop::collection::vec(
                prop::collection::vec((0..1 << 30, 0..1 << 30), 0..20),
                0..4,
            ),
        ) {
            let spot = |(x, y): (i32, i32)| Spot { x, y };
            let drawn = Drawn {
                kind: Kind::Polygon,
                low: Spot { x: 5, y: 1 << 29 },
                high: Spot { x: 1 << 29, y: 7 },
                parts: parts.into_iter().map(|part| part.into_iter().map(spot).collect()).collect(),
            };
            let bytes = pack(&drawn);
            prop_assert_eq!(bounds(&bytes), Some((drawn.low, drawn.high)));
            prop_assert_eq!(unpack(&bytes), Some(drawn));
        }

        #[test]
        fn any_bytes_are_read_or_not(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = unpack(&bytes);
            let _ = bounds(&bytes);
        }
    }
}
