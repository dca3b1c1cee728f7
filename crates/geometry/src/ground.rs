//! VN-2000 and the province, as data says them (`data/maps/ground.toml`).
//!
//! VN-2000 stands on the ellipsoid of WGS 84, shifted and turned by seven parameters; sheets use a
//! transverse Mercator with a central meridian for each province, scale 0.9999 and 500 km added to
//! the east. The projection is Krüger's series to the sixth power of the third flattening
//! (Karney, Transverse Mercator with an accuracy of a few nanometers, 2011, eq. 35 and 36): within
//! a zone of 3° exact to far below a millimetre.

use serde::Deserialize;

use crate::measure::{AXIS_M, SQUARED};
use crate::shape::{Coord, Kind, Shape, Wrong};

/// Scale on the central meridian of a zone of 3°.
const SCALE: f64 = 0.9999;
/// What is added to the east, in metres.
const FALSE_EAST_M: f64 = 500_000.0;

/// What maps go by.
#[derive(Clone, Debug)]
pub struct Ground {
    shift: Shift,
    /// The grids; the first is the province's own.
    pub grids: Vec<Grid>,
    /// About where the province lies.
    pub province: Province,
}

/// A grid of VN-2000.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    /// Its name in forms: `105-30`.
    pub id: String,
    /// Its central meridian in minutes east.
    pub meridian_minutes: u32,
    /// What it is called, in Vietnamese.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// What says so.
    pub source: String,
    /// Whether somebody held it against its source.
    pub confirmed: bool,
}

/// Where the province lies.
#[derive(Clone, Debug)]
pub struct Province {
    /// Its name: `Vĩnh Long`.
    pub name: String,
    /// Whether the outline is its boundary, and not only about where it lies.
    pub exact: bool,
    /// Where the outline is from.
    pub source: String,
    /// The outline, closed.
    pub outline: Vec<Coord>,
}

/// Metres north and east on a grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metres {
    /// X on Vietnamese maps.
    pub north: f64,
    /// Y on Vietnamese maps.
    pub east: f64,
}

/// From VN-2000 to WGS 84.
///
/// The file's `source` is for its readers.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Shift {
    x_m: f64,
    y_m: f64,
    z_m: f64,
    turn_x_s: f64,
    turn_y_s: f64,
    turn_z_s: f64,
    scale_ppm: f64,
    confirmed: bool,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    to_wgs84: Shift,
    grid: Vec<Grid>,
    province: WrittenProvince,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenProvince {
    name: String,
    exact: bool,
    source: String,
    outline: Vec<(f64, f64)>,
}

impl Ground {
    /// What ships.
    ///
    /// # Panics
    ///
    /// Never: the file that ships is read by a test.
    pub fn shipped() -> Self {
        let text = include_str!("../../../data/maps/ground.toml");
        Self::parse(text).expect("data/maps/ground.toml is read by a test")
    }

    /// What a file says, or what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let written: Written = toml::from_str(text).map_err(|error| error.to_string())?;
        if written.grid.is_empty() {
            return Err("there is no [[grid]]".to_owned());
        }
        for grid in &written.grid {
            if !(102 * 60..=118 * 60).contains(&grid.meridian_minutes) {
                return Err(format!(
                    "grid {}: the meridian is none of Viet Nam (102° to 118°)",
                    grid.id
                ));
            }
        }
        let outline = written.province.outline.iter();
        let outline: Option<Vec<Coord>> = outline
            .map(|(lon, lat)| Coord::of_degrees(*lon, *lat))
            .collect();
        let outline = outline.ok_or("province: a point lies outside Viet Nam")?;
        let checked = Shape::checked(Kind::Polygon, vec![outline]);
        let checked = checked.map_err(|wrong| format!("province: {wrong}"))?;
        let outline = checked.parts()[0].to_vec();
        Ok(Self {
            shift: written.to_wgs84,
            grids: written.grid,
            province: Province {
                name: written.province.name,
                exact: written.province.exact,
                source: written.province.source,
                outline,
            },
        })
    }

    /// Whether somebody held the seven parameters against their source.
    pub fn shift_is_confirmed(&self) -> bool {
        self.shift.confirmed
    }

    /// The grid with this name; the province's own without one.
    pub fn grid(&self, id: &str) -> Option<&Grid> {
        if id.is_empty() {
            return self.grids.first();
        }
        self.grids.iter().find(|grid| grid.id == id)
    }

    /// The place on WGS 84 of metres on a grid; an error outside Viet Nam.
    pub fn to_wgs84(&self, grid: &Grid, metres: Metres) -> Result<Coord, Wrong> {
        let (lon, lat) = unproject(grid.meridian(), metres);
        let (lon, lat) = self.shift.forth(lon, lat);
        Coord::of_degrees(lon.to_degrees(), lat.to_degrees()).ok_or(Wrong::of("shape-outside"))
    }

    /// The metres on a grid of a place on WGS 84.
    pub fn to_metres(&self, grid: &Grid, coord: Coord) -> Metres {
        let (lon, lat) = coord.degrees();
        let (lon, lat) = self.shift.back(lon.to_radians(), lat.to_radians());
        project(grid.meridian(), lon, lat)
    }
}

impl Grid {
    /// Its central meridian in radians.
    fn meridian(&self) -> f64 {
        (f64::from(self.meridian_minutes) / 60.0).to_radians()
    }

    /// Its central meridian as maps write it: `105°30'`.
    pub fn written(&self) -> String {
        format!(
            "{}°{:02}'",
            self.meridian_minutes / 60,
            self.meridian_minutes % 60
        )
    }
}

impl Shift {
    /// The turn in radians.
    fn turn(self) -> [f64; 3] {
        [self.turn_x_s, self.turn_y_s, self.turn_z_s]
            .map(|seconds| (seconds / 3_600.0).to_radians())
    }

    fn scale(self) -> f64 {
        1.0 + self.scale_ppm / 1e6
    }

    /// Longitude and latitude in radians from VN-2000 to WGS 84. Heights are left alone: a metre
    /// of height moves a place by less than a tenth of a millimetre here.
    fn forth(self, lon: f64, lat: f64) -> (f64, f64) {
        let [x, y, z] = from_centre(lon, lat);
        let [rx, ry, rz] = self.turn();
        let scale = self.scale();
        from_place([
            self.x_m + scale * (x + rz * y - ry * z),
            self.y_m + scale * (y - rz * x + rx * z),
            self.z_m + scale * (z + ry * x - rx * y),
        ])
    }

    /// And back: the same equations, solved by repetition, which gains eight digits each time.
    fn back(self, lon: f64, lat: f64) -> (f64, f64) {
        let (mut to_lon, mut to_lat) = (lon, lat);
        for _ in 0..4 {
            let (there_lon, there_lat) = self.forth(to_lon, to_lat);
            to_lon += lon - there_lon;
            to_lat += lat - there_lat;
        }
        (to_lon, to_lat)
    }
}

/// Metres from the earth's centre of a place on the ellipsoid.
fn from_centre(lon: f64, lat: f64) -> [f64; 3] {
    let normal = AXIS_M / (1.0 - SQUARED * lat.sin().powi(2)).sqrt();
    [
        normal * lat.cos() * lon.cos(),
        normal * lat.cos() * lon.sin(),
        normal * (1.0 - SQUARED) * lat.sin(),
    ]
}

/// Longitude and latitude in radians of a place by metres from the centre (Bowring 1976).
fn from_place([x, y, z]: [f64; 3]) -> (f64, f64) {
    let flat = x.hypot(y);
    let minor = AXIS_M * (1.0 - SQUARED).sqrt();
    let other = (AXIS_M * AXIS_M - minor * minor) / (minor * minor);
    let mut reduced = (z * AXIS_M).atan2(flat * minor);
    let mut lat = 0.0_f64;
    for _ in 0..3 {
        lat = (z + other * minor * reduced.sin().powi(3))
            .atan2(flat - SQUARED * AXIS_M * reduced.cos().powi(3));
        reduced = (lat.tan() * (1.0 - SQUARED).sqrt()).atan();
    }
    (y.atan2(x), lat)
}

/// The third flattening, the radius of the rectified meridian, and Krüger's coefficients.
struct Series {
    radius: f64,
    forth: [f64; 6],
    back: [f64; 6],
}

fn series() -> Series {
    let flat = 1.0 - (1.0 - SQUARED).sqrt();
    let n = flat / (2.0 - flat);
    let at = |power: i32| n.powi(power);
    Series {
        radius: AXIS_M / (1.0 + n) * (1.0 + at(2) / 4.0 + at(4) / 64.0 + at(6) / 256.0),
        forth: [
            at(1) / 2.0 - at(2) * 2.0 / 3.0 + at(3) * 5.0 / 16.0 + at(4) * 41.0 / 180.0
                - at(5) * 127.0 / 288.0
                + at(6) * 7_891.0 / 37_800.0,
            at(2) * 13.0 / 48.0 - at(3) * 3.0 / 5.0
                + at(4) * 557.0 / 1_440.0
                + at(5) * 281.0 / 630.0
                - at(6) * 1_983_433.0 / 1_935_360.0,
            at(3) * 61.0 / 240.0 - at(4) * 103.0 / 140.0
                + at(5) * 15_061.0 / 26_880.0
                + at(6) * 167_603.0 / 181_440.0,
            at(4) * 49_561.0 / 161_280.0 - at(5) * 179.0 / 168.0
                + at(6) * 6_601_661.0 / 7_257_600.0,
            at(5) * 34_729.0 / 80_640.0 - at(6) * 3_418_889.0 / 1_995_840.0,
            at(6) * 212_378_941.0 / 319_334_400.0,
        ],
        back: [
            at(1) / 2.0 - at(2) * 2.0 / 3.0 + at(3) * 37.0 / 96.0
                - at(4) / 360.0
                - at(5) * 81.0 / 512.0
                + at(6) * 96_199.0 / 604_800.0,
            at(2) / 48.0 + at(3) / 15.0 - at(4) * 437.0 / 1_440.0 + at(5) * 46.0 / 105.0
                - at(6) * 1_118_711.0 / 3_870_720.0,
            at(3) * 17.0 / 480.0 - at(4) * 37.0 / 840.0 - at(5) * 209.0 / 4_480.0
                + at(6) * 5_569.0 / 90_720.0,
            at(4) * 4_397.0 / 161_280.0 - at(5) * 11.0 / 504.0 - at(6) * 830_251.0 / 7_257_600.0,
            at(5) * 4_583.0 / 161_280.0 - at(6) * 108_847.0 / 3_991_680.0,
            at(6) * 20_648_693.0 / 638_668_800.0,
        ],
    }
}

/// The order of a term, twice: 2, 4, 6, …
const ORDERS: [f64; 6] = [2.0, 4.0, 6.0, 8.0, 10.0, 12.0];

/// Metres on a grid with this central meridian; everything in radians.
fn project(meridian: f64, lon: f64, lat: f64) -> Metres {
    let Series { radius, forth, .. } = series();
    let e = SQUARED.sqrt();
    let sine = lat.sin();
    // The tangent of the conformal latitude.
    let conformal = (sine.atanh() - e * (e * sine).atanh()).sinh();
    let across = lon - meridian;
    let xi = conformal.atan2(across.cos());
    let eta = (across.sin() / conformal.hypot(across.cos())).asinh();
    let mut north = xi;
    let mut east = eta;
    for (order, term) in ORDERS.iter().zip(forth) {
        north += term * (order * xi).sin() * (order * eta).cosh();
        east += term * (order * xi).cos() * (order * eta).sinh();
    }
    Metres {
        north: SCALE * radius * north,
        east: FALSE_EAST_M + SCALE * radius * east,
    }
}

/// Longitude and latitude in radians of metres on a grid.
fn unproject(meridian: f64, metres: Metres) -> (f64, f64) {
    let Series { radius, back, .. } = series();
    let xi = metres.north / (SCALE * radius);
    let eta = (metres.east - FALSE_EAST_M) / (SCALE * radius);
    let mut north = xi;
    let mut east = eta;
    for (order, term) in ORDERS.iter().zip(back) {
        north -= term * (order * xi).sin() * (order * eta).cosh();
        east -= term * (order * xi).cos() * (order * eta).sinh();
    }
    let conformal = north.sin() / east.sinh().hypot(north.cos());
    let e = SQUARED.sqrt();
    // The latitude whose conformal latitude this is (Karney, eq. 19 to 21).
    let mut tangent = conformal;
    for _ in 0..6 {
        let sigma = (e * (e * tangent / (1.0 + tangent * tangent).sqrt()).atanh()).sinh();
        let there =
            tangent * (1.0 + sigma * sigma).sqrt() - sigma * (1.0 + tangent * tangent).sqrt();
        let step = (conformal - there) / (1.0 + there * there).sqrt()
            * (1.0 + (1.0 - SQUARED) * tangent * tangent)
            / ((1.0 - SQUARED) * (1.0 + tangent * tangent).sqrt());
        tangent += step;
        if step.abs() < 1e-15 {
            break;
        }
    }
    (meridian + east.sinh().atan2(north.cos()), tangent.atan())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_ships_is_read_and_wrong_ones_are_told() {
        let ground = Ground::shipped();
        assert_eq!(ground.grids[0].written(), "105°30'");
        assert!(!ground.province.exact && !ground.shift_is_confirmed());
        let text = include_str!("../../../data/maps/ground.toml");
        for (from, to) in [
            ("meridian_minutes = 6330", "meridian_minutes = 105"),
            ("[105.591, 10.118], [105.598", "[10.591, 105.118], [105.598"),
            ("exact = false", "exact = false\nwidth = 3"),
        ] {
            assert!(text.contains(from));
            assert!(Ground::parse(&text.replacen(from, to, 1)).is_err(), "{to}");
        }
    }

    #[test]
    fn there_and_back_is_the_same_place() {
        let ground = Ground::shipped();
        for grid in &ground.grids {
            for (lon, lat) in [(105.5, 10.0), (105.97, 10.25), (104.0, 8.6), (107.0, 23.2)] {
                let coord = Coord::of_degrees(lon, lat).unwrap();
                let metres = ground.to_metres(grid, coord);
                assert_eq!(ground.to_wgs84(grid, metres), Ok(coord), "{metres:?}");
            }
        }
    }

    /// PROJ 9 (pyproj) of the same parameters: `+proj=tmerc +lat_0=0 +lon_0=105.5 +k=0.9999
    /// +x_0=500000 +ellps=WGS84` after `helmert … convention=coordinate_frame`.
    #[test]
    fn places_are_where_proj_has_them() {
        let ground = Ground::shipped();
        for (lon, lat, north, east) in PROJ {
            let coord = Coord::of_degrees(*lon, *lat).unwrap();
            let metres = ground.to_metres(&ground.grids[0], coord);
            let apart = (metres.north - north).hypot(metres.east - east);
            assert!(apart < 0.003, "{lon} {lat}: {metres:?}, {apart} m");
        }
    }

    const PROJ: &[(f64, f64, f64, f64)] = &[
        (105.5, 10.0, 1_105_856.210, 499_804.346),
        (105.97, 10.25, 1_133_543.153, 551_290.310),
        (106.6, 9.7, 1_072_872.805, 620_511.494),
        (104.0, 8.6, 951_350.423, 334_688.677),
        (107.0, 23.2, 2_567_329.581, 653_356.576),
        (105.652_813_4, 10.032_187_7, 1_109_419.957, 516_555.385),
    ];
}
