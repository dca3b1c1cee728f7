//! Maps: a tile shows what a naive look at every record says, for every reader, on each engine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use directory::{Act, Principal, UnitKind, province};
use geometry::mercator::{Spot, Tile, WORLD_BITS};
use geometry::{Coord, Shape, meeting};
use registry::system::maps::{Audience, Layer, number};
use registry::system::{NewRecord, StepAsked, Systems, Wanted};
use registry::{Record, Registry};
use serde_json::{Value, json};
use vocab::Id;

use crate::fixture::{Place, declared, fields, page, places_of};

const PACK: &str = r#"
[pack]
id = "plots"
title = { vi = "Thửa", en = "Plots" }
[[role]]
id = "plots.keeper"
title = { vi = "Người giữ", en = "Keeper" }
[[role]]
id = "plots.reader"
title = { vi = "Người đọc", en = "Reader" }
"#;

const RECORD: &str = r#"
[record]
id = "plot"
title = { vi = "Thửa", en = "Plot" }
label = "{name}"
owner = { unit = "any" }
order = ["name"]
[[field]]
id = "name"
type = "text"
required = true
search = true
title = { vi = "Tên", en = "Name" }
[[field]]
id = "kind"
type = "code"
list = "kinds"
filter = true
title = { vi = "Loại", en = "Kind" }
[[field]]
id = "ground"
type = "polygon"
inside = "province"
title = { vi = "Đất", en = "Ground" }
[[field]]
id = "home"
type = "point"
personal = true
title = { vi = "Nhà", en = "Home" }
[[duplicate]]
overlaps = "ground"
action = "refuse"
when = "kind == 'own'"
message = { vi = "Chồng lên thửa khác", en = "Overlaps another" }
[lifecycle]
initial = "draft"
[[lifecycle.state]]
id = "draft"
title = { vi = "Nháp", en = "Draft" }
editable = true
[[lifecycle.state]]
id = "open"
title = { vi = "Công khai", en = "Open" }
editable = true
[[lifecycle.step]]
id = "publish"
title = { vi = "Công khai", en = "Publish" }
from = "draft"
to = "open"
by = "plots.keeper"
[[lifecycle.step]]
id = "close"
title = { vi = "Đóng", en = "Close" }
from = "open"
to = "draft"
by = "plots.keeper"
[[grant]]
role = "plots.keeper"
may = ["create", "read", "edit", "step", "delete", "unmask"]
scope = "all"
[[grant]]
role = "plots.reader"
may = "read"
scope = "unit"
[[grant]]
role = "plots.reader"
may = "read"
scope = "all"
when = "state == 'open' && kind == 'rice'"
[[view]]
id = "map"
title = { vi = "Bản đồ", en = "Map" }
kind = "map"
shape = "ground"
colour = "kind"
[[view]]
id = "homes"
title = { vi = "Nhà", en = "Homes" }
kind = "map"
shape = "home"
[public]
when = "state == 'open'"
fields = ["name", "ground"]
"#;

const KINDS: &str = "code,vi,en\nrice,Lúa,Rice\nfruit,Cây ăn trái,Fruit\nown,Riêng,Own\n";

fn plots() -> Arc<Systems> {
    declared([
        ("pack.toml", PACK),
        ("plot.toml", RECORD),
        ("lists/kinds.csv", KINDS),
    ])
}

struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn share(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "31 bits")]
        let share = self.next() as f64 / f64::from(1_u32 << 31);
        share
    }

    /// A star around a place: no side crosses another.
    fn star(&mut self) -> Value {
        let (lon, lat) = (105.7 + self.share() * 0.3, 9.9 + self.share() * 0.3);
        let size = 0.0002 * 300_f64.powf(self.share());
        let count = 3 + self.next() % 40;
        let mut ring: Vec<[f64; 2]> = (0..count)
            .map(|at| {
                #[expect(clippy::cast_precision_loss, reason = "a few corners")]
                let angle = at as f64 / count as f64 * std::f64::consts::TAU;
                let far = size * (0.4 + 0.6 * self.share());
                [lon + far * angle.cos(), lat + far * angle.sin()]
            })
            .collect();
        ring.push(ring[0]);
        json!({ "type": "Polygon", "coordinates": [ring] })
    }
}

/// The ids of a tile's features by layer; `grid` has none and is counted.
fn read_tile(bytes: &[u8]) -> BTreeMap<String, Vec<Option<u64>>> {
    fn varint(bytes: &mut &[u8]) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = bytes[0];
            *bytes = &bytes[1..];
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return value;
            }
        }
    }
    fn fields_of(mut bytes: &[u8]) -> Vec<(u64, u64, &[u8])> {
        let mut all = Vec::new();
        while !bytes.is_empty() {
            let key = varint(&mut bytes);
            let value = varint(&mut bytes);
            if key.trailing_zeros() >= 3 {
                all.push((key >> 3, value, &bytes[..0]));
            } else {
                let (content, rest) = bytes.split_at(usize::try_from(value).unwrap());
                all.push((key >> 3, value, content));
                bytes = rest;
            }
        }
        all
    }
    let mut layers = BTreeMap::new();
    for (_, _, layer) in fields_of(bytes) {
        let parts = fields_of(layer);
        let name = parts.iter().find(|part| part.0 == 1).unwrap().2;
        let features = parts.iter().filter(|part| part.0 == 2).map(|part| {
            let feature = fields_of(part.2);
            feature
                .iter()
                .find(|field| field.0 == 1)
                .map(|field| field.1)
        });
        layers.insert(
            String::from_utf8(name.to_vec()).unwrap(),
            features.collect(),
        );
    }
    layers
}

fn drawn(bytes: &[u8]) -> BTreeSet<u64> {
    let layers = read_tile(bytes);
    assert!(!layers.contains_key("grid"));
    let all: Vec<u64> = layers.into_values().flatten().flatten().collect();
    let set: BTreeSet<u64> = all.iter().copied().collect();
    assert_eq!(all.len(), set.len(), "a shape is drawn once in a tile");
    set
}

/// A tile's square, so many of its 4,096 units wider on each side.
fn square(tile: Tile, wider: i32) -> Shape {
    let step = i64::from(tile.side()) * i64::from(wider) / 4_096;
    let at = |value: i32, by: i64| i32::try_from(i64::from(value) + by).unwrap();
    let (corner, side) = (tile.corner(), i64::from(tile.side()));
    let degrees = |x: i32, y: i32| {
        let (lon, lat) = Spot { x, y }.degrees();
        Coord::of_degrees(lon.clamp(102.0, 118.0), lat.clamp(7.0, 24.0)).unwrap()
    };
    let (west, north) = (at(corner.x, -step), at(corner.y, -step));
    let (east, south) = (at(corner.x, side + step), at(corner.y, side + step));
    let ring = vec![
        degrees(west, south),
        degrees(east, south),
        degrees(east, north),
        degrees(west, north),
        degrees(west, south),
    ];
    Shape::checked(geometry::Kind::Polygon, vec![ring]).unwrap()
}

fn tile_of(zoom: u8, lon: f64, lat: f64) -> Tile {
    let spot = Spot::from(Coord::of_degrees(lon, lat).unwrap());
    let shift = WORLD_BITS - u32::from(zoom);
    Tile::new(
        zoom,
        spot.x.unsigned_abs() >> shift,
        spot.y.unsigned_abs() >> shift,
    )
    .unwrap()
}

async fn make(place: &Place, who: &Principal, unit: Id, said: Value) -> Record {
    let kind = place.systems.find("plots", "plot").unwrap();
    let new = NewRecord {
        unit: Some(unit),
        fields: fields(said),
        ..NewRecord::default()
    };
    place
        .registry
        .make(&page(who), kind, new)
        .await
        .unwrap()
        .record
}

async fn publish(place: &Place, who: &Principal, id: Id, step: &str) -> Record {
    let kind = place.systems.find("plots", "plot").unwrap();
    let asked = StepAsked {
        step: step.to_owned(),
        ..StepAsked::default()
    };
    let kept = place.registry.take_step(&page(who), kind, id, asked).await;
    kept.unwrap().record
}

async fn tile(
    registry: &Registry,
    audience: Audience<'_>,
    layer: &Layer<'_>,
    wanted: &Wanted<'_>,
    tile: Tile,
) -> Vec<u8> {
    registry
        .tile(audience, layer, wanted, tile)
        .await
        .unwrap()
        .plain()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_shows_at_once_in_every_process_and_what_is_hidden_does_not() {
    for place in places_of(plots(), 62).await {
        let (registry, other) = (&place.registry, place.other(63).await);
        let kind = place.systems.find("plots", "plot").unwrap();
        let units = registry.directory().units().await.unwrap();
        let commune = units
            .iter()
            .find(|unit| unit.kind == UnitKind::Commune)
            .unwrap()
            .id;
        let keeper = place.somebody(1, &[("plots.keeper", province())]).await;
        let reader = place.somebody(2, &[("plots.reader", commune)]).await;
        let at = |west: f64| {
            json!({ "type": "Polygon", "coordinates": [[[west, 10.0], [west + 0.01, 10.0],
                [west + 0.01, 10.01], [west, 10.01], [west, 10.0]]] })
        };
        let home = json!({ "type": "Point", "coordinates": [105.805, 10.005] });
        let said = json!({ "name": "Một", "kind": "own", "ground": at(105.8), "home": home });
        let record = make(&place, &keeper, commune, said).await;
        let layer = place.systems.layer(kind, "map").unwrap();
        let all = Wanted::default();
        let (here, there) = (tile_of(14, 105.805, 10.005), tile_of(14, 105.905, 10.005));
        let look = async |registry: &Registry, asked: Tile| {
            !drawn(&tile(registry, Audience::Reader(&reader), &layer, &all, asked).await).is_empty()
        };
        for registry in [registry, &other] {
            assert!(look(registry, here).await && !look(registry, there).await);
        }
        let kept = registry
            .tile(Audience::Reader(&reader), &layer, &all, here)
            .await
            .unwrap();
        let again = registry
            .tile(Audience::Reader(&reader), &layer, &all, here)
            .await
            .unwrap();
        assert!(
            Arc::ptr_eq(&kept.gzip, &again.gzip),
            "kept while nothing changes"
        );

        let moved = json!({ "name": "Một", "kind": "own", "ground": at(105.9), "home": home });
        let record = registry
            .revise(
                &page(&keeper),
                kind,
                record.id,
                record.version,
                fields(moved),
            )
            .await
            .unwrap()
            .record;
        for registry in [registry, &other] {
            assert!(!look(registry, here).await && look(registry, there).await);
        }

        // A personal shape is on the map of those alone who are shown it.
        let homes = place.systems.layer(kind, "homes").unwrap();
        let of_keeper = tile(registry, Audience::Reader(&keeper), &homes, &all, here).await;
        let of_reader = tile(registry, Audience::Reader(&reader), &homes, &all, here).await;
        assert_eq!((drawn(&of_keeper).len(), drawn(&of_reader).len()), (1, 0));
        assert!(homes.clone().published().is_none());

        // What is published, and no more of it.
        let published = layer.clone().published().unwrap();
        let spot = Spot::from(Coord::of_degrees(105.905, 10.005).unwrap());
        let public = async || {
            registry
                .map_at(Audience::Public, &published, &all, spot, 100, 5)
                .await
                .unwrap()
        };
        assert!(public().await.is_empty());
        publish(&place, &keeper, record.id, "publish").await;
        let found = public().await;
        let names: Vec<&String> = found[0].body.keys().collect();
        assert_eq!(names, ["ground", "name"]);
        assert!(found[0].author.is_none());
        assert!(
            !drawn(&tile(registry, Audience::Public, &published, &all, there).await).is_empty()
        );
        let bounds = registry
            .map_bounds(Audience::Public, &published, &all)
            .await
            .unwrap();
        let (low, high) = bounds.unwrap();
        assert!(low.x <= spot.x && spot.x <= high.x && low.y <= spot.y && spot.y <= high.y);

        // Ground that is somebody's already, beside it, and far from the province.
        let refused = async |ground: Value| {
            let said = json!({ "name": "Hai", "kind": "own", "ground": ground });
            let new = NewRecord {
                unit: Some(commune),
                fields: fields(said),
                ..NewRecord::default()
            };
            registry.make(&page(&keeper), kind, new).await
        };
        let error = refused(at(105.905)).await.unwrap_err().to_string();
        assert!(error.contains("plot"), "{error}");
        assert!(refused(at(105.91)).await.unwrap().warnings.is_empty());
        let hanoi = json!("105.8 21.0\n105.81 21.0\n105.81 21.01");
        let warned = refused(hanoi).await.unwrap().warnings;
        assert_eq!(warned[0].code, "shape-beyond-about");
        // Metres of VN-2000 are the same place.
        let metres = json!(
            "VN-2000 105°30'\n1133543,154 551290,311\n1133643,154 551290,311\n1133643,154 551390,311"
        );
        let kept = refused(metres).await.unwrap().record;
        let shape = geometry::geojson::of_body(&kept.body["ground"]).unwrap();
        let near = shape.parts()[0]
            .iter()
            .any(|point| point.degrees() == (105.97, 10.25));
        assert!(near, "{shape:?}");
    }
}

mod slow {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_tile_shows_what_a_naive_look_says() {
        let mut on_each: Vec<Vec<Vec<u8>>> = Vec::new();
        for place in places_of(plots(), 61).await {
            let registry = &place.registry;
            let kind = place.systems.find("plots", "plot").unwrap();
            let units = registry.directory().units().await.unwrap();
            let mut communes: Vec<Id> = units
                .iter()
                .filter(|unit| unit.kind == UnitKind::Commune)
                .map(|unit| unit.id)
                .collect();
            communes.sort_unstable();
            communes.truncate(12);
            let keeper = place.somebody(1, &[("plots.keeper", province())]).await;
            let mut dice = Dice(11);
            let mut records: Vec<Record> = Vec::new();
            for at in 0..160_u64 {
                let unit = communes[usize::try_from(dice.next() % 12).unwrap()];
                let code = ["rice", "fruit"][usize::try_from(dice.next() % 2).unwrap()];
                let said =
                    json!({ "name": format!("Thửa {at}"), "kind": code, "ground": dice.star() });
                let mut record = make(&place, &keeper, unit, said).await;
                if dice.next().is_multiple_of(2) {
                    record = publish(&place, &keeper, record.id, "publish").await;
                }
                records.push(record);
            }
            // One that was there and is no more, and one without a shape.
            let gone = make(
                &place,
                &keeper,
                communes[0],
                json!({ "name": "Bỏ", "ground": dice.star() }),
            )
            .await;
            registry
                .discard(&page(&keeper), kind, gone.id, 1)
                .await
                .unwrap();
            make(
                &place,
                &keeper,
                communes[0],
                json!({ "name": "Không hình" }),
            )
            .await;

            let few = [("plots.reader", communes[3]), ("plots.reader", communes[7])];
            let readers = [
                keeper.clone(),
                place.somebody(2, &[("plots.reader", communes[0])]).await,
                place.somebody(3, &few).await,
                Principal::public(),
            ];
            let layer = place.systems.layer(kind, "map").unwrap();
            let published = layer.clone().published().unwrap();
            let rice = Wanted {
                filters: vec![("kind".to_owned(), json!("rice"))],
                ..Wanted::default()
            };
            let open = Wanted {
                state: Some("open".to_owned()),
                ..Wanted::default()
            };
            let mut seen: Vec<Vec<u8>> = Vec::new();
            let mut count = 0;
            for (who, reader) in readers.iter().enumerate() {
                for (narrowed, wanted) in [Wanted::default(), rice.clone(), open.clone()]
                    .iter()
                    .enumerate()
                {
                    let is_public = reader.account.is_none();
                    let (audience, layer) = if is_public {
                        (Audience::Public, &published)
                    } else {
                        (Audience::Reader(reader), &layer)
                    };
                    let visible = |record: &Record| {
                        let by_right = if is_public {
                            record.state == "open"
                        } else {
                            registry.may(reader, Act::Read, kind.name, record)
                        };
                        by_right
                            && (narrowed != 1 || record.body["kind"] == "rice")
                            && (narrowed != 2 || record.state == "open")
                    };
                    let zooms = [6, 9, 11, 12, 13, 15, 17];
                    for at in zooms {
                        for _ in 0..5 {
                            let asked =
                                tile_of(at, 105.65 + dice.share() * 0.4, 9.85 + dice.share() * 0.4);
                            let bytes = tile(registry, audience, layer, wanted, asked).await;
                            let found = drawn(&bytes);
                            let (inner, outer) = (square(asked, -8), square(asked, 80));
                            for record in &records {
                                let shape =
                                    geometry::geojson::of_body(&record.body["ground"]).unwrap();
                                let is_drawn = found.contains(&number(record.id));
                                let (low, high) = shape.bounds();
                                let (low, high) = (Spot::from(low), Spot::from(high));
                                let unit = i64::from(asked.side()) / 4_096;
                                let wide = i64::from((high.x - low.x).max(low.y - high.y));
                                let told =
                                    format!("{} {who} {narrowed} {asked:?} {record:?}", place.name);
                                if is_drawn {
                                    assert!(visible(record), "not to be seen: {told}");
                                    assert!(
                                        meeting::shapes_meet(&shape, &outer),
                                        "elsewhere: {told}"
                                    );
                                } else if visible(record) && wide > 40 * unit.max(1) {
                                    assert!(
                                        !meeting::shapes_meet(&shape, &inner),
                                        "left out: {told}"
                                    );
                                } else if visible(record) && wide < 12 * unit {
                                    let middle = Spot::from(shape.middle());
                                    let own = asked.corner();
                                    let inside = middle.x >= own.x + 16
                                        && middle.y >= own.y + 16
                                        && middle.x < own.x + asked.side() - 16
                                        && middle.y < own.y + asked.side() - 16;
                                    assert!(!inside || unit < 16, "no dot: {told}");
                                }
                            }
                            count += found.len();
                            seen.push(bytes);
                        }
                    }
                }
            }
            assert!(count > 1_000, "{count}");
            on_each.push(seen);
        }
        // The same bytes on both engines.
        assert!(on_each.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn of_many_shapes_a_dot_stands_in_each_square() {
        for place in places_of(plots(), 64).await {
            let registry = &place.registry;
            let kind = place.systems.find("plots", "plot").unwrap();
            let units = registry.directory().units().await.unwrap();
            let communes: Vec<Id> = units
                .iter()
                .filter(|unit| unit.kind == UnitKind::Commune)
                .map(|unit| unit.id)
                .collect();
            let keeper = place.somebody(1, &[("plots.keeper", province())]).await;
            let mut dice = Dice(5);
            let mut spots: Vec<(Id, Spot)> = Vec::new();
            let mut making = tokio::task::JoinSet::new();
            for at in 0..2_900_u64 {
                let unit = communes[usize::try_from(dice.next() % 90).unwrap()];
                let (lon, lat) = (105.7 + dice.share() * 0.2, 9.9 + dice.share() * 0.2);
                let ground = format!(
                    "{lon:.6} {lat:.6}\n{:.6} {lat:.6}\n{lon:.6} {:.6}",
                    lon + 1e-4,
                    lat + 1e-4
                );
                let new = NewRecord {
                    unit: Some(unit),
                    fields: fields(
                        json!({ "name": format!("{at}"), "kind": "rice", "ground": ground }),
                    ),
                    ..NewRecord::default()
                };
                let (registry, keeper, systems) =
                    (registry.clone(), keeper.clone(), place.systems.clone());
                making.spawn(async move {
                    let kind = systems.find("plots", "plot").unwrap();
                    registry
                        .make(&page(&keeper), kind, new)
                        .await
                        .unwrap()
                        .record
                });
            }
            while let Some(record) = making.join_next().await {
                let record = record.unwrap();
                let shape = geometry::geojson::of_body(&record.body["ground"]).unwrap();
                spots.push((record.unit, Spot::from(shape.middle())));
            }
            let layer = place.systems.layer(kind, "map").unwrap();
            let few: Vec<(&str, Id)> = communes
                .iter()
                .take(80)
                .map(|unit| ("plots.reader", *unit))
                .collect();
            let many = place.somebody(2, &few).await;
            let asked = tile_of(8, 105.8, 10.0);
            for (reader, sees) in [(&keeper, 90), (&many, 80)] {
                let seen: Vec<Spot> = spots
                    .iter()
                    .filter(|(unit, _)| {
                        communes.iter().position(|known| known == unit).unwrap() < sees
                    })
                    .map(|(_, spot)| *spot)
                    .filter(|spot| {
                        spot.x >> 22 == asked.corner().x >> 22
                            && spot.y >> 22 == asked.corner().y >> 22
                    })
                    .collect();
                let squares: BTreeSet<(i32, i32)> = seen
                    .iter()
                    .map(|spot| (spot.x >> 16, spot.y >> 16))
                    .collect();
                let bytes = tile(
                    registry,
                    Audience::Reader(reader),
                    &layer,
                    &Wanted::default(),
                    asked,
                )
                .await;
                let layers = read_tile(&bytes);
                if seen.len() > 2_500 {
                    assert_eq!(layers["grid"].len(), squares.len(), "{}", place.name);
                } else {
                    assert_eq!(layers["dots"].len(), seen.len(), "{}", place.name);
                }
            }
        }
    }
}
