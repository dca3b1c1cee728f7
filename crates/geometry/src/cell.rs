//! Keys by which an ordinary index finds the shapes of a tile (XZ-ordering; Böhm, Klump, Kriegel,
//! XZ-Ordering: A Space-Filling Curve for Objects with Spatial Extension, 1999).
//!
//! A shape is kept under the smallest cell of a grid whose side is at least its bounds' and in
//! which its north-western corner lies: the shape then ends within that cell or the one after it.
//! Keys of one grid follow the Z-curve, so that a block of cells is a range of keys, and the keys
//! of all shapes that may touch a tile are a few dozen ranges whatever their number.

use crate::mercator::{Spot, Tile, WORLD_BITS};

/// The grids: 2^level cells a side, from 10,000 km to 38 m. Every second zoom: fewer ranges for
/// somewhat more keys that turn out to lie beside the tile.
const LEVELS: [u32; 11] = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20];
/// Where the level stands in a key.
const LEVEL_SHIFT: u32 = 48;
/// The most blocks in which a grid is looked at.
const BLOCKS: i64 = 36;

/// The place of a spot along the Z-curve: its tiles' are prefixes.
pub fn spot_key(spot: Spot) -> i64 {
    let bits = |value: i32| {
        spread(u64::from(
            value.clamp(0, (1 << WORLD_BITS) - 1).unsigned_abs(),
        ))
    };
    i64::try_from(bits(spot.x) | bits(spot.y) << 1).unwrap_or(i64::MAX)
}

/// The spot with this place.
pub fn spot_of(key: i64) -> Spot {
    let key = key.max(0).unsigned_abs();
    Spot {
        x: i32::try_from(gathered(key)).unwrap_or(i32::MAX),
        y: i32::try_from(gathered(key >> 1)).unwrap_or(i32::MAX),
    }
}

/// The first and last [`spot_key`] of a tile.
pub fn spots_of(tile: Tile) -> (i64, i64) {
    let first = spot_key(tile.corner());
    (
        first,
        first + (1_i64 << (2 * (WORLD_BITS - u32::from(tile.zoom)))) - 1,
    )
}

/// The key of a shape by its bounds: the north-western corner and the south-eastern one.
pub fn cell_key(low: Spot, high: Spot) -> i64 {
    let size = (high.x - low.x).max(high.y - low.y);
    let fits = LEVELS
        .iter()
        .rev()
        .find(|level| size <= 1 << (WORLD_BITS - **level));
    key(*fits.unwrap_or(&0), low)
}

fn key(level: u32, corner: Spot) -> i64 {
    i64::from(level) << LEVEL_SHIFT | spot_key(corner) >> (2 * (WORLD_BITS - level))
}

/// The ranges of [`cell_key`]s, both ends among them, of all shapes that may reach into a square
/// of the world: its corners, the north-western one first.
pub fn ranges(low: Spot, high: Spot) -> Vec<(i64, i64)> {
    let mut ranges = Vec::new();
    for level in LEVELS {
        let mut shift = WORLD_BITS - level;
        let side = 1_i64 << shift;
        let cells = |from: i32, to: i32, shift: u32| {
            // A shape may begin one cell before.
            let first = (i64::from(from) - side).max(0) >> shift;
            (first, i64::from(to.max(0)) >> shift)
        };
        let mut across = cells(low.x, high.x, shift);
        let mut down = cells(low.y, high.y, shift);
        while (across.1 - across.0 + 1) * (down.1 - down.0 + 1) > BLOCKS {
            shift += 1;
            across = cells(low.x, high.x, shift);
            down = cells(low.y, high.y, shift);
        }
        let grown = 2 * (shift + level - WORLD_BITS);
        let begin = i64::from(level) << LEVEL_SHIFT;
        let mut blocks: Vec<i64> = Vec::new();
        for x in across.0..=across.1 {
            for y in down.0..=down.1 {
                let bits = |value: i64| spread(value.unsigned_abs());
                blocks.push(i64::try_from(bits(x) | bits(y) << 1).unwrap_or(i64::MAX));
            }
        }
        blocks.sort_unstable();
        for block in blocks {
            let first = begin | block << grown;
            let last = first + (1_i64 << grown) - 1;
            match ranges.last_mut() {
                Some((_, end)) if *end + 1 == first => *end = last,
                _ => ranges.push((first, last)),
            }
        }
    }
    ranges
}

/// Puts a zero before each bit of a number of 31 bits.
fn spread(value: u64) -> u64 {
    let mut value = value & 0x7fff_ffff;
    value = (value | value << 16) & 0x0000_ffff_0000_ffff;
    value = (value | value << 8) & 0x00ff_00ff_00ff_00ff;
    value = (value | value << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    value = (value | value << 2) & 0x3333_3333_3333_3333;
    (value | value << 1) & 0x5555_5555_5555_5555
}

/// Takes every second bit of a number.
fn gathered(value: u64) -> u64 {
    let mut value = value & 0x5555_5555_5555_5555;
    value = (value | value >> 1) & 0x3333_3333_3333_3333;
    value = (value | value >> 2) & 0x0f0f_0f0f_0f0f_0f0f;
    value = (value | value >> 4) & 0x00ff_00ff_00ff_00ff;
    value = (value | value >> 8) & 0x0000_ffff_0000_ffff;
    (value | value >> 16) & 0xffff_ffff
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WORLD: i32 = 1 << WORLD_BITS;

    proptest! {
        #[test]
        fn spots_come_back(x in 0..WORLD, y in 0..WORLD) {
            prop_assert_eq!(spot_of(spot_key(Spot { x, y })), Spot { x, y });
        }

        /// Whatever touches a tile has a key in its ranges, and they are few.
        #[test]
        fn what_touches_a_tile_is_found(
            zoom in 0_u8..=18,
            at in (0..WORLD, 0..WORLD),
            size in (0_u32..26, 0_u32..26),
            offset in (-3_i64..3, -3_i64..3),
        ) {
            let tile = Tile::new(zoom, at.0.unsigned_abs() >> (30 - zoom), at.1.unsigned_abs() >> (30 - zoom)).unwrap();
            let (low, side) = (tile.corner(), tile.side());
            let high = Spot { x: low.x + side - 1, y: low.y + side - 1 };
            let (wide, tall) = ((1_i64 << size.0) - 1, (1_i64 << size.1) - 1);
            let near = |corner: i32, offset: i64, long: i64| i64::from(corner) + offset * long / 2;
            let (x, y) = (near(at.0, offset.0, wide), near(at.1, offset.1, tall));
            prop_assume!(x >= 0 && y >= 0 && x + wide < i64::from(WORLD) && y + tall < i64::from(WORLD));
            let spot = |x: i64, y: i64| Spot { x: i32::try_from(x).unwrap(), y: i32::try_from(y).unwrap() };
            let (first, last) = (spot(x, y), spot(x + wide, y + tall));
            let touches = first.x <= high.x && last.x >= low.x && first.y <= high.y && last.y >= low.y;
            let ranges = ranges(low, high);
            prop_assert!(ranges.len() < 200, "{}", ranges.len());
            prop_assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
            let key = cell_key(first, last);
            let found = ranges.iter().any(|(from, to)| (*from..=*to).contains(&key));
            prop_assert!(found || !touches);
            let (begin, end) = spots_of(tile);
            let spot = spot_key(first);
            let within = first.x >= low.x && first.x <= high.x && first.y >= low.y && first.y <= high.y;
            prop_assert_eq!((begin..=end).contains(&spot), within);
        }
    }
}
