//! Points, lines and polygons on the map. Pure: no files, no clock, no database.
//!
//! - [`shape`] is what a shape is and what is wrong with one; [`geojson`] and [`text`] read what
//!   people send, [`ground`] the coordinates of VN-2000.
//! - [`measure`] gives areas and lengths on the ellipsoid; [`meeting`] says whether shapes meet.
//! - [`cell`] keys shapes so that an ordinary index finds those of a tile; [`packed`] is how a
//!   column keeps them; [`tile`] cuts them to a tile and [`mvt`] writes it.
//!
//! Coordinates are whole ten-millionths of a degree (a centimetre), so that checks are exact.
//! A new kind of shape is a variant of [`shape::Shape`], and the compiler names the rest.

pub mod cell;
mod clip;
pub mod geojson;
pub mod ground;
pub mod measure;
pub mod meeting;
pub mod mercator;
pub mod mvt;
pub mod packed;
pub mod shape;
mod simplify;
pub mod text;
pub mod tile;
mod valid;

pub use ground::Ground;
pub use shape::{Coord, Kind, MOST_POINTS, Shape, Wrong};
