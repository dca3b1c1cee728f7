//! `…/ban-do`: the records of a list on a map, its tiles, what stands at a place, and the list as
//! GeoJSON.

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use geometry::mercator::Spot;
use pack::declaration::FieldType;
use registry::Record;
use registry::system::Wanted;
use registry::system::maps::{Audience, Layer};
use serde_json::{Map, Value, json};

use super::super::maps::{AskedTile, Found, Place, at_place, legend, tile as tile_sent};
use super::super::{Failure, Page};
use super::desk::Desk;
use super::list::{Asked, Column, asked};
use super::words::Labels;
use crate::pages::links::{self, encode};
use crate::pages::map_parts::MapView;
use crate::pages::parts::{Choice, Link, Pager};
use crate::pages::system_list::ListRow;
use crate::pages::system_map::SystemMap;

/// How many records the list beside shows.
const SHOWN: usize = 50;
/// How many records a place tells.
const TOLD: usize = 8;
/// How many facts it tells of each.
const FACTS: usize = 4;

impl Desk {
    /// What a map of the kind draws; none if nothing.
    pub(super) fn layer(&self, view: &str) -> Option<Layer<'_>> {
        self.systems.layer(self.kind(), view)
    }

    fn layer_asked(&self, query: &Asked) -> Result<Layer<'_>, Failure> {
        self.layer(asked(query, "lop"))
            .ok_or_else(|| Failure::not_found("a list without a map"))
    }

    fn audience(&self) -> Audience<'_> {
        Audience::Reader(&self.visitor.principal)
    }

    /// What narrows a map: what narrows the list, but for the page and the view.
    fn map_wanted(&self, query: &Asked, limit: usize) -> Result<Wanted<'_>, Failure> {
        Ok(Wanted {
            view: None,
            ..self.wanted(query, limit)?
        })
    }
}

/// What narrows a list or map, as the rest of an address.
pub(in crate::http) fn kept(query: &Asked, without: &[&str]) -> String {
    let kept = query
        .iter()
        .filter(|(name, value)| !without.contains(&name.as_str()) && !value.is_empty())
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    kept.collect::<Vec<_>>().join("&")
}

pub(in crate::http) fn with(address: &str, rest: &str) -> String {
    if rest.is_empty() {
        address.to_owned()
    } else {
        format!("{address}?{rest}")
    }
}

/// Corners of a map as its page says them: west, south, east, north.
pub(in crate::http) fn bounds_of((low, high): (Spot, Spot)) -> String {
    let ((west, north), (east, south)) = (low.degrees(), high.degrees());
    format!("{west:.5},{south:.5},{east:.5},{north:.5}")
}

pub(super) async fn show(
    desk: Desk,
    Query(query): Query<Asked>,
) -> Result<Page<SystemMap>, Failure> {
    let layer = desk.layer_asked(&query)?;
    let wanted = desk.map_wanted(&query, SHOWN)?;
    let (registry, audience) = (desk.registry(), desk.audience());
    let bounds = registry.map_bounds(audience, &layer, &wanted).await?;
    let listing = registry.map_page(audience, &layer, &wanted).await?;
    let views = &desk.declared().views;
    let columns = desk.columns(desk.kind().first_list(views));
    let labels = desk.labels(&listing.items).await?;
    let rows: Vec<ListRow> = listing
        .items
        .iter()
        .map(|record| desk.list_row(record, &columns, &labels))
        .collect();
    listing
        .items
        .iter()
        .for_each(|record| desk.saw_columns(record, &columns));
    let narrowing = kept(&query, &["sau"]);
    let address = desk.link("ban-do");
    let declared = desk.declared();
    let words = desk.words();
    let list_query = kept(&query, &["sau", "lop"]);
    let maps = views
        .iter()
        .filter(|view| *view.kind == pack::declaration::ViewKind::Map);
    let maps: Vec<Choice> = maps
        .map(|view| Choice {
            value: format!("{address}?lop={}", &*view.id),
            label: desk.say(&view.title),
            selected: layer
                .view
                .is_some_and(|chosen| chosen.id.text == view.id.text),
        })
        .collect();
    let filters = desk.filters(&query).await?;
    Ok(Page(SystemMap {
        title: layer.view.map_or_else(
            || words.t1("map-title-of", "kind", desk.say(&declared.record.title)),
            |view| desk.say(&view.title),
        ),
        crumbs: vec![
            Link::new(links::SYSTEMS, words.t("systems-title")),
            Link::new(desk.link(""), desk.say(&declared.record.title)),
        ],
        list: with(&desk.link(""), &list_query),
        views: if maps.len() > 1 { maps } else { Vec::new() },
        map: MapView {
            tiles: with(&format!("{address}/o/{{z}}/{{x}}/{{y}}"), &narrowing),
            at: with(&desk.link("ban-do/tai"), &narrowing),
            bounds: bounds_of(bounds.unwrap_or_else(|| desk.around())),
            legend: legend(words.lang, &desk.systems, &layer, audience),
        },
        words: asked(&query, "q").to_owned(),
        has_words: !filters.is_empty(),
        filters,
        heads: columns.iter().map(|column| column.title(&desk)).collect(),
        rows,
        exports: desk
            .exports(
                &list_query
                    .split('&')
                    .filter(|part| !part.is_empty())
                    .map(str::to_owned)
                    .collect::<Vec<_>>(),
            )
            .into_iter()
            .filter(|link| link.href.contains("dang=geojson"))
            .collect(),
        pager: Pager {
            previous: (!asked(&query, "sau").is_empty()).then(|| with(&address, &narrowing)),
            next: listing.next.map(|next| {
                let more = format!("sau={next}");
                let rest = [narrowing.as_str(), &more];
                let rest: Vec<&str> = rest.into_iter().filter(|part| !part.is_empty()).collect();
                with(&address, &rest.join("&"))
            }),
        },
        address,
        is_public: false,
        shell: desk.shell(),
    }))
}

impl Desk {
    /// The corners of the province, where a map without shapes begins.
    pub(super) fn around(&self) -> (Spot, Spot) {
        around(self.systems.ground())
    }
}

/// The corners of the province.
pub(in crate::http) fn around(ground: &geometry::Ground) -> (Spot, Spot) {
    let spots = ground.province.outline.iter().copied().map(Spot::from);
    let corner = Spot { x: 0, y: 0 };
    spots
        .map(|spot| (spot, spot))
        .reduce(|(low, high), (spot, _)| {
            (
                Spot {
                    x: low.x.min(spot.x),
                    y: low.y.min(spot.y),
                },
                Spot {
                    x: high.x.max(spot.x),
                    y: high.y.max(spot.y),
                },
            )
        })
        .unwrap_or((corner, corner))
}

pub(super) async fn tile(
    desk: Desk,
    headers: HeaderMap,
    Query(query): Query<Asked>,
) -> Result<Response, Failure> {
    let AskedTile(tile) = AskedTile::read(desk.param("z"), desk.param("x"), desk.param("y"))?;
    let layer = desk.layer_asked(&query)?;
    let wanted = desk.map_wanted(&query, 1)?;
    let sent = desk
        .registry()
        .tile(desk.audience(), &layer, &wanted, tile)
        .await?;
    Ok(tile_sent(&headers, &sent))
}

pub(super) async fn at(desk: Desk, Query(query): Query<Asked>) -> Result<Response, Failure> {
    let place = Place::read(&query)?;
    let layer = desk.layer_asked(&query)?;
    let wanted = desk.map_wanted(&query, 1)?;
    let records = desk
        .registry()
        .map_at(
            desk.audience(),
            &layer,
            &wanted,
            place.spot,
            place.steps,
            TOLD + 1,
        )
        .await?;
    let columns: Vec<Column<'_>> = desk
        .columns(desk.kind().first_list(&desk.declared().views))
        .into_iter()
        .filter(|column| match column {
            Column::Field(field) => !desk.kind().is_personal(&field.id),
            _ => true,
        })
        .take(FACTS)
        .chain(desk.declared().lifecycle.as_ref().map(|_| Column::State))
        .collect();
    let labels = desk.labels(&records).await?;
    let found = records.iter().take(TOLD).map(|record| Found {
        href: desk.link_to(record.id, ""),
        label: desk.label(record),
        facts: columns
            .iter()
            .map(|column| (column.title(&desk), column.value(&desk, record, &labels)))
            .filter(|(_, value)| !value.is_empty() && value != "–")
            .collect(),
    });
    let found: Vec<Found> = found.collect();
    Ok(at_place(&found, records.len() > TOLD))
}

/// A record as a feature: its first shape, and what is told of it by field.
pub(in crate::http) fn feature(record: &Record, shape: &str, said: Map<String, Value>) -> Value {
    let shape = record.body.get(shape);
    let shape = shape.and_then(geometry::geojson::of_body);
    geometry::geojson::feature(&record.id.to_string(), shape.as_ref(), said)
}

/// Records of a page of a list as features, with what the visitor sees of them.
pub(super) fn features(
    desk: &Desk,
    query: &Asked,
    records: &[Record],
    _: &Labels,
) -> Result<Vec<String>, Failure> {
    let layer = desk.layer_asked(query)?;
    let feature = |record: &Record| {
        let mut said = Map::new();
        said.insert("unit".to_owned(), json!(desk.unit_name(record.unit)));
        said.insert("state".to_owned(), json!(record.state));
        for field in &desk.declared().fields {
            let Some(value) = record.body.get(&field.id.text) else {
                continue;
            };
            let value = match *field.kind {
                FieldType::Table | FieldType::File | FieldType::Photo => continue,
                _ if *field.id.text == *layer.shape => continue,
                kind if kind.is_geometry() => registry::system::geojson(value),
                _ => value.clone(),
            };
            said.insert(field.id.text.clone(), value);
        }
        let code = record.body.get("code");
        said.extend(code.map(|code| ("code".to_owned(), code.clone())));
        feature(record, layer.shape, said).to_string()
    };
    Ok(records.iter().map(feature).collect())
}
