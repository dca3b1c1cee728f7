//! Maps: a tile shows what a naive look at every record says, for every reader, on each engine.

mod drawing;
mod slow;

use std::collections::BTreeSet;
use std::sync::Arc;

use directory::{Act, Principal, UnitKind, province};
use geometry::mercator::{Spot, Tile};
use geometry::{Coord, meeting};
use registry::system::maps::{Audience, Layer, number};
use registry::system::{NewRecord, StepAsked, Systems, Wanted};
use registry::{Record, Registry};
use serde_json::{Value, json};
use vocab::Id;

use self::drawing::{Dice, drawn, read_tile, square, tile_of};
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
