//! Vector tiles over many shapes, as a page asks for them: for somebody at work in one commune, in
//! fourteen, for anybody by a condition, for who sees all; at each zoom, drawn anew and kept.

use std::sync::Arc;
use std::time::Instant;

use directory::{Directory, Grant, Principal, Role, UnitKind, province};
use geometry::Coord;
use geometry::mercator::{Spot, Tile, WORLD_BITS};
use pack::folder::PackFolder;
use pack::{Surroundings, check};
use registry::system::maps::{Audience, Layer};
use registry::system::{NewRecord, Wanted};
use registry::{Caller, Kind, Registry, Systems};
use serde_json::{Map, Value, json};
use store::Store;
use vocab::calendar::{OfficeHours, WorkingCalendar};
use vocab::context::fixed;
use vocab::{Context, Id};

use crate::Failure;
use crate::figure::{Figure, millis, percentile};
use crate::options::Options;
use crate::place::{Engine, connect};
use crate::records::mix;

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
title = { vi = "Đất", en = "Ground" }
[[grant]]
role = "plots.keeper"
may = ["create", "read"]
scope = "all"
[[grant]]
role = "plots.reader"
may = "read"
scope = "unit"
[[view]]
id = "map"
title = { vi = "Bản đồ", en = "Map" }
kind = "map"
shape = "ground"
colour = "kind"
[public]
when = "kind == 'rice'"
fields = ["name", "kind", "ground"]
"#;
const KINDS: &str = "code,vi,en\nrice,Lúa,Rice\nfruit,Cây ăn trái,Fruit\nfish,Cá,Fish\n";

/// The zooms of a map, from the whole province to a garden.
const ZOOMS: std::ops::RangeInclusive<u8> = 6..=18;
/// How many tiles are asked for at each zoom by each reader.
const TILES: u64 = 12;
/// The communes that have records.
const COMMUNES: u64 = 100;

pub(crate) async fn measure(engine: &Engine, options: &Options) -> Result<Vec<Figure>, Failure> {
    let count = options.scaled(200_000, 20_000);
    let place = Place::open(engine, count).await?;
    let few: Vec<(&str, Id)> = place.units[..14]
        .iter()
        .map(|unit| ("plots.reader", *unit))
        .collect();
    let all = place.somebody(2, &[("plots.keeper", province())]).await?;
    let one = place.somebody(3, &few[..1]).await?;
    let fourteen = place.somebody(4, &few).await?;
    let readers: [(&str, Audience<'_>); 4] = [
        ("all", Audience::Reader(&all)),
        ("one commune", Audience::Reader(&one)),
        ("fourteen communes", Audience::Reader(&fourteen)),
        ("the public, a third of them", Audience::Public),
    ];
    let kind = place.kind()?;
    let layer = place.systems.layer(kind, "").ok_or("no map")?;
    let (mut cold_by_zoom, mut kept, mut largest) = (Vec::new(), Vec::new(), 0);
    for zoom in ZOOMS {
        let mut cold = Vec::new();
        for (who, audience) in readers {
            let mut times = Vec::new();
            for number in 0..TILES {
                let tile = tile_at(zoom, number)?;
                // Moves the epoch on: the tile is drawn anew.
                let caller = Place::caller(&all);
                let mut batch = place.registry.batch(&caller);
                batch.bump(&format!("map:{}", kind.name));
                batch.commit(String::new()).await?;
                times.push(place.tile(audience, &layer, tile, &mut largest).await?);
                kept.push(place.tile(audience, &layer, tile, &mut largest).await?);
            }
            println!(
                "  {} z{zoom} {who}: p50 {:.1}, p95 {:.1} ms",
                engine.name(),
                percentile(&times, 50),
                percentile(&times, 95)
            );
            cold.extend(times);
        }
        cold_by_zoom.push((zoom, percentile(&cold, 95)));
    }
    let worst =
        cold_by_zoom.iter().copied().fold(
            (0, 0.0),
            |worst, one| if one.1 > worst.1 { one } else { worst },
        );
    let warm = percentile(&kept, 95);
    let figure = |what: String, ours: String, needed: &str, met: bool| Figure {
        engine: engine.name(),
        what,
        peer: String::new(),
        theirs: String::new(),
        ours,
        ratio: None,
        needed: needed.to_owned(),
        met,
    };
    Ok(vec![
        figure(
            format!(
                "vector tile of {count} shapes drawn anew, each zoom from {} to {}, four readers, the slowest zoom",
                ZOOMS.start(),
                ZOOMS.end()
            ),
            format!(
                "p95 {:.1} ms (zoom {}), largest {} kB",
                worst.1,
                worst.0,
                largest / 1_000
            ),
            "p95 < 50 ms",
            worst.1 < 50.0,
        ),
        figure(
            "the same tiles kept".to_owned(),
            format!("p95 {warm:.2} ms"),
            "p95 < 5 ms",
            warm < 5.0,
        ),
    ])
}

/// A registry with many shapes.
struct Place {
    registry: Registry,
    systems: Arc<Systems>,
    units: Vec<Id>,
}

impl Place {
    async fn open(engine: &Engine, count: u64) -> Result<Self, Failure> {
        let config = engine.empty("maps").await?;
        let systems = Arc::new(systems()?);
        let mut tables = directory::tables();
        tables.extend(Registry::tables(&systems.declarations()));
        let context = Context::new(
            fixed::SteppingClock::new(vocab::Instant::from_micros(1_790_000_000_000_000), 100),
            fixed::SeededEntropy::new(mix(71)),
        );
        let store = Store::open(&config, tables, context).await?;
        let directory = Directory::open(store).await?;
        let actor = Principal::system().actor("cli", Id::NIL);
        directory.load_shipped(&actor).await?;
        let calendar = WorkingCalendar::new(OfficeHours::default(), [])?;
        let registry = Registry::with_systems(directory, Vec::new(), systems.clone(), calendar);
        let units = registry.directory().units().await?;
        let mut units: Vec<Id> = units
            .iter()
            .filter(|unit| unit.kind == UnitKind::Commune)
            .map(|unit| unit.id)
            .collect();
        units.sort_unstable();
        let place = Self {
            registry,
            systems,
            units,
        };
        place.load(count).await?;
        if let Some(url) = &config.database_url {
            connect(url).await?.batch_execute("VACUUM ANALYZE").await?;
        }
        Ok(place)
    }

    fn kind(&self) -> Result<&Kind, Failure> {
        Ok(self.systems.find("plots", "plot").ok_or("no such kind")?)
    }

    fn caller(who: &Principal) -> Caller {
        Caller::new(who.clone(), "bench", Id::NIL)
    }

    async fn somebody(&self, number: u8, roles: &[(&str, Id)]) -> Result<Principal, Failure> {
        let grants = roles
            .iter()
            .filter_map(|(role, unit)| Some(Grant::new(Role::coded(role)?, *unit)));
        let principal = Principal {
            account: Some(Id::from_digest([number; 16])),
            login: format!("nguoi{number}"),
            grants: grants.collect(),
            ..Principal::public()
        };
        Ok(self.registry.directory().permitted(principal).await?)
    }

    async fn load(&self, count: u64) -> Result<(), Failure> {
        let keeper = self.somebody(1, &[("plots.keeper", province())]).await?;
        let began = Instant::now();
        let workers: u64 = 256;
        let mut making = tokio::task::JoinSet::new();
        for worker in 0..workers {
            let (registry, systems) = (self.registry.clone(), self.systems.clone());
            let (caller, units) = (Self::caller(&keeper), self.units.clone());
            making.spawn(async move {
                for number in (worker..count).step_by(256) {
                    let kind = systems.find("plots", "plot").ok_or("no such kind")?;
                    let (commune, fields) = plot(number);
                    let new = NewRecord {
                        unit: units.get(commune).copied(),
                        fields,
                        ..NewRecord::default()
                    };
                    let made = registry.make(&caller, kind, new).await;
                    made.map_err(|error| error.to_string())?;
                }
                Ok::<(), String>(())
            });
        }
        while let Some(done) = making.join_next().await {
            done??;
        }
        println!(
            "  loaded {count} shapes in {:.0} s",
            began.elapsed().as_secs_f64()
        );
        Ok(())
    }

    async fn tile(
        &self,
        audience: Audience<'_>,
        layer: &Layer<'_>,
        tile: Tile,
        largest: &mut usize,
    ) -> Result<f64, Failure> {
        let began = Instant::now();
        let sent = self
            .registry
            .tile(audience, layer, &Wanted::default(), tile)
            .await?;
        *largest = sent.gzip.len().max(*largest);
        Ok(millis(began.elapsed()))
    }
}

fn systems() -> Result<Systems, Failure> {
    let files = [
        ("pack.toml", PACK),
        ("plot.toml", RECORD),
        ("lists/kinds.csv", KINDS),
    ];
    let folder = PackFolder::in_memory("packs/bench/plots", files);
    let book = directory::permission::RoleBook::shipped();
    let surroundings = Surroundings {
        roles: book.iter().map(|role| role.code.clone()).collect(),
        calendars: ["vn".to_owned()].into(),
    };
    let outcome = check(&[folder], &surroundings);
    let catalog = outcome.into_catalog().ok_or("the pack is wrong")?;
    Ok(Systems::load(catalog).map_err(|error| error.to_string())?)
}

/// A share between 0 and 1 that a number stands for.
fn share(number: u64, which: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "32 bits")]
    let share = (mix(number * 16 + which) >> 32) as f64 / f64::from(u32::MAX);
    share
}

/// Where a commune's middle lies, in a province of some 70 by 70 km.
fn commune_at(commune: u64) -> (f64, f64) {
    let (x, y) = (commune % 10, commune / 10);
    #[expect(clippy::cast_precision_loss, reason = "below ten")]
    let at = |cell: u64, from: f64| from + (cell as f64 + 0.5) * 0.065;
    (at(x, 105.70), at(y, 9.70))
}

/// A garden of some corners, fifty to four hundred metres wide, in its commune.
fn plot(number: u64) -> (usize, Map<String, Value>) {
    let commune = mix(number) % COMMUNES;
    let (east, north) = commune_at(commune);
    let lon = east + (share(number, 1) - 0.5) * 0.065;
    let lat = north + (share(number, 2) - 0.5) * 0.065;
    let size = 0.0003 + 0.002 * share(number, 3) * share(number, 4);
    let corners = 5 + mix(number * 16 + 5) % 26;
    let mut ring: Vec<[f64; 2]> = (0..corners)
        .map(|at| {
            #[expect(clippy::cast_precision_loss, reason = "a few corners")]
            let angle = at as f64 / corners as f64 * std::f64::consts::TAU;
            let far = size * (0.6 + 0.4 * share(number, 6 + at % 8));
            [lon + far * angle.cos(), lat + far * angle.sin()]
        })
        .collect();
    ring.push(ring[0]);
    let kind = ["rice", "fruit", "fish"][usize::try_from(number % 3).unwrap_or(0)];
    let said = json!({
        "name": format!("Thửa {number} (giả lập)"), "kind": kind,
        "ground": { "type": "Polygon", "coordinates": [ring] },
    });
    let fields = match said {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    (usize::try_from(commune).unwrap_or(0), fields)
}

/// A tile in which somebody looks: in one of the first fourteen communes every other time.
fn tile_at(zoom: u8, number: u64) -> Result<Tile, Failure> {
    let seed = u64::from(zoom) * 100 + number;
    let commune = if number.is_multiple_of(2) {
        mix(seed) % 14
    } else {
        mix(seed) % COMMUNES
    };
    let (lon, lat) = commune_at(commune);
    let coord = Coord::of_degrees(
        lon + (share(seed, 9) - 0.5) * 0.06,
        lat + (share(seed, 10) - 0.5) * 0.06,
    );
    let spot = Spot::from(coord.ok_or("a place outside Viet Nam")?);
    let shift = WORLD_BITS - u32::from(zoom);
    let at = |value: i32| value.unsigned_abs() >> shift;
    Ok(Tile::new(zoom, at(spot.x), at(spot.y)).ok_or("no such tile")?)
}
