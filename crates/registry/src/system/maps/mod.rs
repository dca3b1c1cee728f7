//! Maps of a system's records: tiles, and what stands at a place.
//!
//! A tile shows what the reader may see and no more: the same scope that lists are narrowed by
//! drives it, without the records of which the shape is hidden from them. Where a tile has few
//! shapes they are drawn; where it has many, a dot stands in each square of a grid in which a shape
//! of theirs has its middle, so that any number of records costs the same.

mod cache;
mod layer;
mod place;

use directory::Principal;
use directory::permission::reach_showing;
use geometry::mercator::{Spot, Tile, WORLD_BITS};
use geometry::mvt::{Drawing, Layer as Written};
use geometry::packed::{self, FAR_ZOOM};
use geometry::{cell, mvt, tile};
use store::{Cell, Filter, RangeQuery, Scope};
use vocab::Id;

pub(crate) use cache::Tiles;
pub use cache::{Known, Sent};
pub use layer::Layer;

use super::kind::Kind;
use super::listing::Wanted;
use crate::shapes::{Part, epoch};
use crate::{Registry, RegistryError};

/// So many shapes are drawn in a tile; of more, dots stand for them.
const MOST_SHAPES: usize = 2_500;
/// So many keys are looked at for them: grids of keys reach beyond the tile.
const MOST_LOOKED_AT: usize = 20_000;
/// Fewer squares of a coarse grid than this are looked at once more, finely.
const FEW_SQUARES: usize = 40;
/// A tile's side has two to this power squares for dots: eight pixels each.
const GRID_BITS: u32 = 6;
/// An id as programs in browsers hold it exactly.
const ID_BITS: u64 = (1 << 52) - 1;

/// Who a map is drawn for.
#[derive(Clone, Copy, Debug)]
pub enum Audience<'a> {
    /// Somebody who reads records.
    Reader(&'a Principal),
    /// Anybody, as far as the pack publishes.
    Public,
}

/// A row as a tile needs it.
struct Row {
    id: u64,
    colour: Option<String>,
    bytes: Vec<u8>,
}

impl Registry {
    /// The tile of a layer for somebody, as it is sent: compressed, with a tag by which a browser
    /// knows it again.
    pub async fn tile(
        &self,
        audience: Audience<'_>,
        layer: &Layer<'_>,
        wanted: &Wanted<'_>,
        tile: Tile,
    ) -> Result<Sent, RegistryError> {
        let kind = layer.kind;
        let (scope, filters) = self.map_scope(audience, layer, wanted)?;
        // Read before the shapes: what is kept under it is never older than it says.
        let epoch = self.store().epoch(&epoch(kind.name)).await?;
        let known = Known {
            kind: kind.name,
            shape: layer.shape,
            colour: layer.colour(audience),
            tile,
            scope,
            filters,
            words: wanted.words.trim().to_owned(),
        };
        if let Some(sent) = self.tiles().lookup(&known, epoch) {
            return Ok(sent);
        }
        let drawn = if known.words.is_empty() || !kind.spec.searchable {
            self.draw(&known).await?
        } else {
            self.draw_found(kind, &known, wanted).await?
        };
        Ok(self.tiles().keep(known, epoch, &drawn))
    }

    /// About where shapes stand, as corners of the whole; none if there are none: where a map
    /// begins. The fewer there are, the finer it is.
    pub async fn map_bounds(
        &self,
        audience: Audience<'_>,
        layer: &Layer<'_>,
        wanted: &Wanted<'_>,
    ) -> Result<Option<(Spot, Spot)>, RegistryError> {
        let (scope, filters) = self.map_scope(audience, layer, wanted)?;
        let query = RangeQuery {
            table: layer.kind.name.to_owned(),
            scope,
            filters,
            column: Part::Spot.column(layer.shape).to_owned(),
            ranges: vec![(0, i64::MAX >> 2)],
            limit: MOST_LOOKED_AT,
        };
        let mut shift = 2 * (WORLD_BITS - 13);
        let mut steps = self.store().range_steps(&query, shift).await?;
        if (1..FEW_SQUARES).contains(&steps.len()) {
            shift = 2 * (WORLD_BITS - 18);
            let fine = self.store().range_steps(&query, shift).await?;
            // More than a query gives would be cut off.
            if fine.len() < MOST_LOOKED_AT {
                steps = fine;
            } else {
                shift = 2 * (WORLD_BITS - 13);
            }
        }
        let side = (1 << (shift / 2)) - 1;
        let squares = steps.into_iter().map(cell::spot_of).map(|low| {
            let high = Spot {
                x: low.x + side,
                y: low.y + side,
            };
            (low, high)
        });
        Ok(squares.reduce(|(low, high), (first, last)| {
            let low = Spot {
                x: low.x.min(first.x),
                y: low.y.min(first.y),
            };
            let high = Spot {
                x: high.x.max(last.x),
                y: high.y.max(last.y),
            };
            (low, high)
        }))
    }

    /// Whose shapes a map shows, and what filters narrow them.
    pub(super) fn map_scope(
        &self,
        audience: Audience<'_>,
        layer: &Layer<'_>,
        wanted: &Wanted<'_>,
    ) -> Result<(Scope, Vec<Filter>), RegistryError> {
        let kind = layer.kind;
        let reached = match audience {
            Audience::Reader(principal) => reach_showing(principal, kind.name, layer.shape),
            Audience::Public => self.published(layer)?,
        };
        let wanted = Wanted {
            view: layer.view,
            ..wanted.clone()
        };
        self.narrowed(kind, reached, &wanted)
    }

    async fn draw(&self, known: &Known) -> Result<Vec<u8>, RegistryError> {
        let tile = known.tile;
        let (first, last) = cell::spots_of(tile);
        let query = |column: &str, ranges: Vec<(i64, i64)>, limit: usize| RangeQuery {
            table: known.kind.to_owned(),
            scope: known.scope.clone(),
            filters: known.filters.clone(),
            column: column.to_owned(),
            ranges,
            limit,
        };
        let spot = Part::Spot.column(known.shape);
        let counted = query(spot, vec![(first, last)], MOST_SHAPES + 1);
        let here = self.store().in_ranges(&counted, &[spot], |_| ()).await?;
        if here.len() > MOST_SHAPES {
            let shift = 2 * (WORLD_BITS - u32::from(tile.zoom)).saturating_sub(GRID_BITS);
            let all = query(spot, vec![(first, last)], MOST_LOOKED_AT);
            let steps = self.store().range_steps(&all, shift).await?;
            let mut grid = Written::new("grid");
            for step in steps {
                grid.add(None, &Drawing::Dot(tile::dot(tile, step, shift)), &[]);
            }
            return Ok(mvt::tile([grid]));
        }
        let (low, high) = tile::reach(tile);
        let cells = Part::Cell.column(known.shape);
        let query = query(cells, cell::ranges(low, high), MOST_LOOKED_AT);
        let mut columns = vec![
            "id",
            known.colour.unwrap_or("version"),
            Part::Shape.column(known.shape),
        ];
        if tile.zoom > FAR_ZOOM {
            columns.push(Part::Fine.column(known.shape));
        }
        let rows = self.store().in_ranges(&query, &columns, row).await?;
        Ok(written(tile, rows.into_iter().flatten()))
    }

    /// The few records that words find, drawn from what they say.
    async fn draw_found(
        &self,
        kind: &Kind,
        known: &Known,
        wanted: &Wanted<'_>,
    ) -> Result<Vec<u8>, RegistryError> {
        let heads = self
            .found(
                kind,
                &known.scope,
                &known.filters,
                &wanted.words,
                usize::MAX,
            )
            .await?;
        let place = |column: &str| kind.spec.position(column);
        let shape = place(Part::Fine.column(known.shape));
        let coarse = place(Part::Shape.column(known.shape));
        let colour = known.colour;
        let rows = heads.iter().filter_map(|head| {
            let bytes = |place: Option<usize>| head.columns.get(place?)?.as_bytes();
            let said = match colour {
                None => None,
                Some("state") => Some(head.state.clone()),
                Some(column) => place(column)
                    .and_then(|at| head.columns[at].as_text())
                    .map(str::to_owned),
            };
            Some(Row {
                id: number(head.id),
                colour: said,
                bytes: bytes(shape).or_else(|| bytes(coarse))?.to_vec(),
            })
        });
        Ok(written(known.tile, rows))
    }
}

/// The row that the engine holds; none if it has no shape.
fn row(cells: &[Cell<'_>]) -> Option<Row> {
    let id = cells.first()?.as_bytes()?;
    let bytes = |place: usize| cells.get(place).and_then(|cell| cell.as_bytes());
    Some(Row {
        id: number(Id::try_from(id).ok()?),
        colour: cells.get(1)?.as_text().map(str::to_owned),
        bytes: bytes(3).or_else(|| bytes(2))?.to_vec(),
    })
}

/// The number that stands for a record in a tile: a part of its identity.
pub fn number(id: Id) -> u64 {
    let bytes = id.as_bytes();
    let tail = bytes[8..].try_into().map_or(0, u64::from_be_bytes);
    tail & ID_BITS
}

fn written(tile: Tile, rows: impl Iterator<Item = Row>) -> Vec<u8> {
    let (low, high) = tile::reach(tile);
    let mut areas = Written::new("areas");
    let mut lines = Written::new("lines");
    let mut dots = Written::new("dots");
    let mut rows: Vec<Row> = rows.collect();
    // The engines give them in their own order; a tile is the same bytes on both.
    rows.sort_by_key(|row| row.id);
    for row in rows {
        let near = packed::bounds(&row.bytes).is_some_and(|(first, last)| {
            first.x <= high.x && last.x >= low.x && first.y <= high.y && last.y >= low.y
        });
        let drawing = packed::unpack(&row.bytes)
            .filter(|_| near)
            .and_then(|drawn| tile::cut(tile, &drawn));
        let Some(drawing) = drawing else { continue };
        let said: Vec<(&'static str, &str)> =
            row.colour.iter().map(|code| ("c", code.as_str())).collect();
        let layer = match drawing {
            Drawing::Dot(_) => &mut dots,
            Drawing::Lines(_) => &mut lines,
            Drawing::Rings(_) => &mut areas,
        };
        layer.add(Some(row.id), &drawing, &said);
    }
    mvt::tile([areas, lines, dots])
}
