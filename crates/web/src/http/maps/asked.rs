//! What a map asks for: a tile, or what stands at a place.

use geometry::Coord;
use geometry::mercator::{Spot, Tile, WORLD_BITS};

use super::super::Failure;
use super::super::fields::unreadable;

/// How near a shape must lie to be meant, in pixels of a map whose tiles are 512 pixels.
const NEAR: i32 = 8;

/// The tile that an address names.
pub(in crate::http) struct AskedTile(pub Tile);

impl AskedTile {
    pub(in crate::http) fn read(zoom: &str, x: &str, y: &str) -> Result<Self, Failure> {
        let tile = zoom
            .parse()
            .ok()
            .zip(x.parse().ok().zip(y.parse().ok()))
            .and_then(|(zoom, (x, y))| Tile::new(zoom, x, y));
        tile.map(Self)
            .ok_or_else(|| Failure::not_found("no tile has this address"))
    }
}

/// A place that somebody points at, and how far around it counts.
pub(in crate::http) struct Place {
    pub spot: Spot,
    pub steps: i32,
}

impl Place {
    /// `kinh` and `vi` in degrees, `muc` the zoom.
    pub(in crate::http) fn read(query: &[(String, String)]) -> Result<Self, Failure> {
        let broken = || unreadable("address-unreadable", "a place that is on no map");
        let said = |name: &str| {
            let found = query.iter().find(|(known, _)| known == name);
            found.and_then(|(_, value)| value.parse::<f64>().ok())
        };
        let (lon, lat) = said("kinh").zip(said("vi")).ok_or_else(broken)?;
        let coord = Coord::of_degrees(lon, lat).ok_or_else(broken)?;
        let zoom = said("muc").unwrap_or(12.0).clamp(0.0, 22.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 22"
        )]
        let zoom = zoom.floor() as u32;
        let pixel = 1_i32 << (WORLD_BITS - zoom - 1) >> 8;
        Ok(Self {
            spot: Spot::from(coord),
            steps: pixel.max(1) * NEAR,
        })
    }
}
