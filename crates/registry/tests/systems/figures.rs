//! Indicators computed from records: as of any instant, by unit, for whoever may see them.

use directory::{Resolution, UnitChange, UnitEvent, UnitKind, province};
use jiff::civil::date;
use pack::declaration::Function;
use registry::system::figures::{Amount, Measured, Source, Span};
use registry::system::{NewRecord, StepAsked};
use registry::{Kind, Record, Registry};
use serde_json::{Value, json};
use vocab::{Decimal, Id, Instant};

use crate::fixture::{Place, declared, fields, page, places_of};

const PACK: &str = r#"
[pack]
id = "counts"
title = { vi = "Đếm", en = "Counts" }
plan = ["1.1"]
calendar = "vn"
[[role]]
id = "counts.keeper"
title = { vi = "Người giữ", en = "Keeper" }
"#;

const RECORD: &str = r#"
[record]
id = "item"
title = { vi = "Việc", en = "Item" }
label = "{name}"
owner = { unit = "any" }
order = ["name"]
[[field]]
id = "name"
type = "text"
required = true
max_length = 40
title = { vi = "Tên", en = "Name" }
[[field]]
id = "size"
type = "decimal"
decimals = 2
title = { vi = "Cỡ", en = "Size" }
[[field]]
id = "good"
type = "flag"
title = { vi = "Tốt", en = "Good" }
[[field]]
id = "on"
type = "date"
title = { vi = "Ngày", en = "Day" }
[lifecycle]
initial = "open"
[[lifecycle.state]]
id = "open"
title = { vi = "Mở", en = "Open" }
editable = true
[[lifecycle.state]]
id = "closed"
title = { vi = "Đóng", en = "Closed" }
editable = true
final = true
[[lifecycle.step]]
id = "close"
title = { vi = "Đóng", en = "Close" }
from = "open"
to = "closed"
by = "counts.keeper"
[[grant]]
role = "counts.keeper"
may = ["create", "read", "edit", "step", "delete"]
scope = "subtree"
[[indicator]]
id = "closed-share"
title = { vi = "Tỷ lệ đã đóng", en = "Share closed" }
function = "share"
when = "size > 1 || !has(size)"
part = "state == 'closed'"
period = "quarter"
taken = "end"
feeds = "1.1"
[[indicator]]
id = "sizes"
title = { vi = "Tổng cỡ", en = "Sizes" }
function = "sum"
value = "size"
period = "quarter"
taken = "over"
date = "on"
by = ["good"]
"#;

/// What keepers of the province and of two communes do.
struct Office<'a> {
    registry: &'a Registry,
    kind: &'a Kind,
    keeper: directory::Principal,
}

impl Office<'_> {
    async fn item(&self, unit: Id, sent: Value) -> Record {
        let new = NewRecord {
            unit: Some(unit),
            fields: fields(sent),
            ..NewRecord::default()
        };
        let made = self
            .registry
            .make(&page(&self.keeper), self.kind, new)
            .await;
        made.unwrap().record
    }

    async fn close(&self, id: Id) -> Instant {
        let asked = StepAsked {
            step: "close".to_owned(),
            ..StepAsked::default()
        };
        let by = page(&self.keeper);
        let done = self.registry.take_step(&by, self.kind, id, asked).await;
        done.unwrap().record.at
    }

    async fn measured(&self, source: &Source<'_>, span: Span) -> Measured {
        let measured = self.registry.measure(source, span).await.unwrap();
        measured.as_ref().clone()
    }
}

fn share(part: i64, whole: i64) -> Amount {
    Amount {
        records: whole,
        value: Some(Decimal::from(part)),
        among: Some(Decimal::from(whole)),
    }
}

const fn at(as_of: Instant) -> Span {
    Span { as_of, days: None }
}

/// Two communes that stand in 2023.
async fn communes(place: &Place) -> [Id; 2] {
    let directory = place.registry.directory();
    let units = directory.units_on(date(2023, 4, 14)).await.unwrap();
    let mut communes = units.iter().filter(|unit| unit.kind == UnitKind::Commune);
    [(); 2].map(|()| communes.next().unwrap().id)
}

#[tokio::test]
async fn a_figure_of_the_past_stays_what_it_was() {
    for place in places_of(declared([("pack.toml", PACK), ("item.toml", RECORD)]), 77).await {
        let name = place.name;
        let [one, other] = communes(&place).await;
        let office = Office {
            registry: &place.registry,
            kind: place.systems.find("counts", "item").unwrap(),
            keeper: place.somebody(1, &[("counts.keeper", province())]).await,
        };
        let source = place.systems.indicator("counts/item/closed-share").unwrap();
        let first = office.item(one, json!({ "name": "A", "size": "2" })).await;
        let second = office.item(one, json!({ "name": "B" })).await;
        let small = office
            .item(other, json!({ "name": "C", "size": "0.5" }))
            .await;
        let third = office
            .item(other, json!({ "name": "D", "size": "9.99" }))
            .await;
        let before = at(third.at);
        let shown = office.measured(&source, before).await;
        // What is too small does not count; what says no size does.
        assert_eq!(shown.whole, share(0, 3), "{name}");
        assert_eq!((shown.known, shown.untold), (4, 0), "{name}");
        assert_eq!(shown.units[&one], share(0, 2), "{name}");

        let closed = office.close(first.id).await;
        assert_eq!(
            office.measured(&source, at(closed)).await.whole,
            share(1, 3)
        );
        // One grows into what counts, one is removed.
        let by = page(&office.keeper);
        let grown = fields(json!({ "name": "C", "size": "5" }));
        let registry = &place.registry;
        let grown = registry.revise(&by, office.kind, small.id, 1, grown).await;
        let grown = grown.unwrap().record.at;
        registry
            .discard(&by, office.kind, second.id, 1)
            .await
            .unwrap();
        let now = registry.store().context().now();
        assert_eq!(office.measured(&source, at(grown)).await.whole, share(1, 4));
        let shown = office.measured(&source, at(now)).await;
        assert_eq!(shown.whole, share(1, 3), "{name}");
        assert_eq!(shown.units[&other], share(0, 2), "{name}");

        // Another process, which holds nothing, says the same of the past.
        let fresh = place.other(78).await;
        for (span, whole) in [
            (before, share(0, 3)),
            (at(closed), share(1, 3)),
            (at(grown), share(1, 4)),
            (
                at(Instant::from_micros(first.at.as_micros() - 1)),
                share(0, 0),
            ),
        ] {
            let source = fresh.systems().indicator("counts/item/closed-share");
            let shown = fresh.measure(&source.unwrap(), span).await.unwrap();
            assert_eq!(shown.whole, whole, "{name} at {:?}", span.as_of);
        }

        // Who sees one commune's records is told of no other's.
        let keeper = place.somebody(2, &[("counts.keeper", one)]).await;
        let shown = registry.measure_for(&keeper, &source, before).await;
        let shown = shown.unwrap();
        assert_eq!(shown.units.keys().collect::<Vec<_>>(), [&one], "{name}");
        let stranger = place.somebody(3, &[]).await;
        let shown = registry.measure_for(&stranger, &source, before).await;
        assert_eq!(shown.unwrap().whole, share(0, 0), "{name}");
        let behind = registry.counted_for(&keeper, &source, at(now)).await;
        let behind: Vec<_> = behind.unwrap().into_iter().map(|one| one.id).collect();
        assert_eq!(behind, [first.id], "{name}");
        assert!(!Registry::sees_all(&keeper, &source));
    }
}

#[tokio::test]
async fn what_happens_over_a_period_goes_by_its_day_and_is_broken_down() {
    for place in places_of(declared([("pack.toml", PACK), ("item.toml", RECORD)]), 79).await {
        let [one, _] = communes(&place).await;
        let office = Office {
            registry: &place.registry,
            kind: place.systems.find("counts", "item").unwrap(),
            keeper: place.somebody(1, &[("counts.keeper", province())]).await,
        };
        for (name, size, on, good) in [
            ("A", "1.25", Some("2023-03-31"), Some(true)),
            ("B", "2.50", Some("2023-04-01"), Some(true)),
            ("C", "0.75", Some("2023-01-01"), None),
            ("D", "9", None, Some(true)),
        ] {
            let sent = json!({ "name": name, "size": size, "on": on, "good": good });
            office.item(one, sent).await;
        }
        let source = place.systems.indicator("counts/item/sizes").unwrap();
        let period = source.period_of(date(2023, 2, 14)).unwrap();
        let now = place.registry.store().context().now();
        let span = Span::of(&source, period, now);
        let shown = office.measured(&source, span).await;
        assert_eq!(shown.whole.value, Some("2".parse().unwrap()));
        assert_eq!(shown.whole.records, 2);
        let (cut, values) = &shown.cuts[0];
        let value = |key: &str| values[key].value.unwrap().to_string();
        assert_eq!((cut.as_str(), values.len()), ("good", 2));
        assert_eq!(
            (value("true"), value("false")),
            ("1.25".to_owned(), "0.75".to_owned())
        );
    }
}

/// Records of a commune that ended count for the one that it became, on a day after that.
#[tokio::test]
async fn merged_units_are_told_as_the_units_of_the_day() {
    for place in places_of(declared([("pack.toml", PACK), ("item.toml", RECORD)]), 80).await {
        let directory = place.registry.directory();
        let (then, later) = (date(2023, 4, 14), date(2025, 8, 1));
        let units = directory.units_on(then).await.unwrap();
        let [one, became] = communes(&place).await;
        let one = units.get(one).unwrap();
        let merged = UnitEvent {
            date: date(2025, 7, 1),
            change: UnitChange::Merge {
                from: vec![one.id],
                into: became,
            },
            ordered_by: Resolution::default(),
        };
        let actor = directory::Principal::system().actor("cli", Id::NIL);
        directory.rearrange(&actor, &[merged]).await.unwrap();
        let office = Office {
            registry: &place.registry,
            kind: place.systems.find("counts", "item").unwrap(),
            keeper: place.somebody(1, &[("counts.keeper", province())]).await,
        };
        office
            .item(one.id, json!({ "name": "A", "size": "3" }))
            .await;
        let source = place.systems.indicator("counts/item/closed-share").unwrap();
        let now = place.registry.store().context().now();
        let shown = office.measured(&source, at(now)).await;
        let registry = &place.registry;
        let then = registry.by_units_of(&source, &shown, then).await.unwrap();
        assert_eq!(then.own.keys().collect::<Vec<_>>(), [&one.id]);
        // The district above counts it among what stands under it.
        let district = one.parent.unwrap();
        let below = then.below(&units, Function::Share, district);
        assert_eq!(below, share(0, 1));
        let now = registry.by_units_of(&source, &shown, later).await.unwrap();
        assert_eq!(now.own.keys().collect::<Vec<_>>(), [&became]);
        assert_eq!(now.unclear.records, 0);
    }
}

/// What is held in one process is counted again once another one writes.
#[tokio::test]
async fn a_figure_of_now_counts_what_others_write() {
    for place in places_of(declared([("pack.toml", PACK), ("item.toml", RECORD)]), 81).await {
        let [unit, _] = communes(&place).await;
        let there = place.other(82).await;
        let keeper = place.somebody(1, &[("counts.keeper", province())]).await;
        let kind = place.systems.find("counts", "item").unwrap();
        let [here, there] = [&place.registry, &there].map(|registry| Office {
            registry,
            kind,
            keeper: keeper.clone(),
        });
        let source = place.systems.indicator("counts/item/closed-share").unwrap();
        let mut known = 0;
        for round in 0..3 {
            let item = json!({ "name": format!("Việc {round}"), "size": "2" });
            let record = there.item(unit, item).await;
            known += 1;
            // The clocks of both begin alike: asked for once it is in the past of both.
            let span = at(record.at.max(here.registry.store().context().now()));
            for later in 0..3 {
                let span = at(span.as_of.plus_micros(later));
                let figure = here.measured(&source, span).await;
                assert_eq!((figure.known, figure.as_of), (known, span.as_of));
            }
        }
        assert_eq!(known, 3, "{}", place.name);
    }
}
