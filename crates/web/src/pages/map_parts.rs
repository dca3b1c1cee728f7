//! What pages with a map have in common.

/// A map of many records.
#[derive(Clone, Debug, Default)]
pub struct MapView {
    /// The address of tiles, with `{z}/{x}/{y}` and what narrows them.
    pub tiles: String,
    /// The address that says what stands at a place.
    pub at: String,
    /// Where it begins: west, south, east, north in degrees.
    pub bounds: String,
    /// What its colours mean.
    pub legend: Vec<LegendEntry>,
}

/// What a colour means.
#[derive(Clone, Debug)]
pub struct LegendEntry {
    /// The codes that have it, with spaces between.
    pub codes: String,
    /// What it is.
    pub title: String,
    /// Its number, 0 to 13.
    pub colour: usize,
}

/// One shape, drawn here so that it shows without scripts and on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShapeShown {
    /// GeoJSON.
    pub geojson: String,
    /// The path of the drawing, in a square of 400 by 300.
    pub path: String,
    /// The place of a point in it; none for others.
    pub dot: Option<(String, String)>,
    /// Whether it encloses something.
    pub is_area: bool,
    /// Its size in words; empty for a point.
    pub size: String,
    /// Its coordinates, each system by its title.
    pub coordinates: Vec<(String, String)>,
}

/// What takes a shape in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShapeInput {
    /// `point`, `line` or `polygon`.
    pub kind: &'static str,
    /// Coordinates as they were typed.
    pub text: String,
    /// The grids of VN-2000 that may be chosen: name, title, whether it is.
    pub grids: Vec<(String, String, bool)>,
    /// The address of the tiles of others, to draw beside.
    pub tiles: String,
    /// Where the map begins.
    pub bounds: String,
}
