//! What stands at a place of a map.

use std::collections::BTreeSet;

use geometry::mercator::Spot;
use geometry::packed::Drawn;
use geometry::{cell, packed};
use store::{Cell, ListQuery, RangeQuery, Scope};
use vocab::Id;

use super::super::kind::Kind;
use super::super::listing::{Listing, Wanted};
use super::super::public::only;
use super::{Audience, Layer};
use crate::shapes::Part;
use crate::{Record, Registry, RegistryError, mask};

/// So many shapes around a place are looked at.
const MOST_NEAR: usize = 5_000;

impl Registry {
    /// The records whose shape lies within so many steps of the world from a spot, as far as the
    /// audience sees them, at most so many.
    pub async fn map_at(
        &self,
        audience: Audience<'_>,
        layer: &Layer<'_>,
        wanted: &Wanted<'_>,
        spot: Spot,
        steps: i32,
        most: usize,
    ) -> Result<Vec<Record>, RegistryError> {
        let kind = layer.kind;
        let (scope, filters) = self.map_scope(audience, layer, wanted)?;
        let corners = (
            Spot {
                x: spot.x.saturating_sub(steps),
                y: spot.y.saturating_sub(steps),
            },
            Spot {
                x: spot.x.saturating_add(steps),
                y: spot.y.saturating_add(steps),
            },
        );
        let mut near = self
            .shapes_near(kind, layer.shape, &scope, filters, corners, MOST_NEAR)
            .await?;
        near.retain(|(_, drawn)| drawn.is_near(spot, steps));
        // Newest first, the same on both engines.
        near.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
        let ids: Vec<Id> = near.iter().take(most).map(|(id, _)| *id).collect();
        let found = self.store().fetch_these(kind.name, &scope, ids).await?;
        let mut records = Vec::new();
        for record in found {
            records.push(match audience {
                Audience::Reader(principal) => mask::shown(principal, kind.name, record)?,
                Audience::Public => public(layer, Record::from_store(record)?),
            });
        }
        records.sort_by_key(|record| std::cmp::Reverse(record.id));
        Ok(records)
    }

    /// A page of the records that a layer shows an audience, in the order of lists, whether they
    /// have a shape or not.
    pub async fn map_page(
        &self,
        audience: Audience<'_>,
        layer: &Layer<'_>,
        wanted: &Wanted<'_>,
    ) -> Result<Listing, RegistryError> {
        if let Audience::Reader(principal) = audience {
            let wanted = Wanted {
                view: layer.view,
                ..wanted.clone()
            };
            return self.listing(principal, layer.kind, wanted).await;
        }
        let (scope, filters) = self.map_scope(audience, layer, wanted)?;
        let mut query = ListQuery::new(layer.kind.name, scope)
            .limit(wanted.limit.clamp(1, 1_000))
            .after(wanted.after.clone());
        query.filters = filters;
        let page = self.list_all(&query).await?;
        let items = page.items.into_iter().map(|record| public(layer, record));
        Ok(Listing {
            items: items.collect(),
            next: page.next,
        })
    }

    /// The records whose shapes' bounds may meet a square of the world.
    pub(in crate::system) async fn near_these(
        &self,
        kind: &Kind,
        shape: &str,
        scope: &Scope,
        corners: (Spot, Spot),
        most: usize,
    ) -> Result<BTreeSet<Id>, RegistryError> {
        let near = self
            .shapes_near(kind, shape, scope, Vec::new(), corners, most)
            .await?;
        Ok(near.into_iter().map(|(id, _)| id).collect())
    }

    async fn shapes_near(
        &self,
        kind: &Kind,
        shape: &str,
        scope: &Scope,
        filters: Vec<store::Filter>,
        (low, high): (Spot, Spot),
        most: usize,
    ) -> Result<Vec<(Id, Drawn)>, RegistryError> {
        let query = RangeQuery {
            table: kind.name.to_owned(),
            scope: scope.clone(),
            filters,
            column: Part::Cell.column(shape).to_owned(),
            ranges: cell::ranges(low, high),
            limit: most,
        };
        let columns = ["id", Part::Shape.column(shape), Part::Fine.column(shape)];
        let rows = self.store().in_ranges(&query, &columns, drawn).await?;
        let meets = |drawn: &Drawn| {
            drawn.low.x <= high.x
                && drawn.high.x >= low.x
                && drawn.low.y <= high.y
                && drawn.high.y >= low.y
        };
        Ok(rows
            .into_iter()
            .flatten()
            .filter(|(_, drawn)| meets(drawn))
            .collect())
    }
}

fn drawn(cells: &[Cell<'_>]) -> Option<(Id, Drawn)> {
    let bytes = |place: usize| cells.get(place).and_then(|cell| cell.as_bytes());
    let id = Id::try_from(bytes(0)?).ok()?;
    Some((id, packed::unpack(bytes(2).or_else(|| bytes(1))?)?))
}

/// A record without what its pack does not publish.
fn public(layer: &Layer<'_>, record: Record) -> Record {
    let fields = layer.public.map(|public| public.fields.as_slice());
    only(record, fields.unwrap_or_default())
}
