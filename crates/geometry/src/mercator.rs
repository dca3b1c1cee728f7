//! The plane of web maps (EPSG:3857), the world as a square of 2^30 steps a side: a step is
//! four centimetres here. `x` grows to the east, `y` to the south.

use crate::shape::Coord;

/// The world's side is `2^WORLD_BITS` steps.
pub const WORLD_BITS: u32 = 30;

/// A place on the plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// Steps from the west.
    pub x: i32,
    /// Steps from the north.
    pub y: i32,
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "Viet Nam lies well within the world"
)]
fn step(share: f64) -> i32 {
    (share * f64::from(1_u32 << WORLD_BITS)).floor() as i32
}

impl From<Coord> for Spot {
    fn from(coord: Coord) -> Self {
        let (lon, lat) = coord.degrees();
        let lat = lat.to_radians();
        let north = (lat.tan() + 1.0 / lat.cos()).ln() / std::f64::consts::PI;
        Self {
            x: step(lon / 360.0 + 0.5),
            y: step((1.0 - north) / 2.0),
        }
    }
}

impl Spot {
    /// Degrees: longitude, latitude.
    pub fn degrees(self) -> (f64, f64) {
        let side = f64::from(1_u32 << WORLD_BITS);
        let lon = f64::from(self.x) / side * 360.0 - 180.0;
        let north = std::f64::consts::PI * (1.0 - 2.0 * f64::from(self.y) / side);
        (lon, north.sinh().atan().to_degrees())
    }
}

/// A tile of a web map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    /// Its zoom, 0 to 22.
    pub zoom: u8,
    /// Tiles from the west.
    pub x: u32,
    /// Tiles from the north.
    pub y: u32,
}

impl Tile {
    /// The deepest zoom.
    pub const DEEPEST: u8 = 22;

    /// The tile, if there is one.
    pub fn new(zoom: u8, x: u32, y: u32) -> Option<Self> {
        let side = 1_u32.checked_shl(u32::from(zoom))?;
        (zoom <= Self::DEEPEST && x < side && y < side).then_some(Self { zoom, x, y })
    }

    /// How many steps of the world its side is.
    pub fn side(self) -> i32 {
        1 << (WORLD_BITS - u32::from(self.zoom))
    }

    /// Its north-western corner.
    pub fn corner(self) -> Spot {
        let shift = WORLD_BITS - u32::from(self.zoom);
        let at = |count: u32| i32::try_from(count << shift).unwrap_or(i32::MAX);
        Spot {
            x: at(self.x),
            y: at(self.y),
        }
    }
}
