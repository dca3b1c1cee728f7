//! Boards, charts and calendars: the records that the reader may see, told apart, and no more.

use directory::province;
use jiff::civil::date;
use registry::system::{NewRecord, Pile, StepAsked, Wanted};
use registry::{Kind, Record};
use serde_json::{Value, json};
use vocab::{Decimal, Id};

use crate::fixture::{Place, declared, fields, page, places_of};

const PACK: &str = r#"
[pack]
id = "looks"
title = { vi = "Cách xem", en = "Looks" }
calendar = "vn"
[[role]]
id = "looks.keeper"
title = { vi = "Người giữ", en = "Keeper" }
[[role]]
id = "looks.guest"
title = { vi = "Khách", en = "Guest" }
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
id = "illness"
type = "code"
list = "colours"
personal = true
title = { vi = "Bệnh", en = "Illness" }
[[field]]
id = "begins"
type = "date"
title = { vi = "Từ ngày", en = "From" }
[[field]]
id = "ends"
type = "date"
title = { vi = "Đến ngày", en = "Until" }
[lifecycle]
initial = "open"
[[lifecycle.state]]
id = "open"
title = { vi = "Mở", en = "Open" }
editable = true
[[lifecycle.state]]
id = "closed"
title = { vi = "Đóng", en = "Closed" }
final = true
[[lifecycle.step]]
id = "close"
title = { vi = "Đóng", en = "Close" }
from = "open"
to = "closed"
by = "looks.keeper"
[[grant]]
role = "looks.keeper"
may = ["create", "read", "edit", "step", "unmask"]
scope = "subtree"
[[grant]]
role = "looks.guest"
may = "read"
scope = "unit"
[[view]]
id = "states"
title = { vi = "Theo tình trạng", en = "By state" }
kind = "board"
by = "state"
[[view]]
id = "good"
title = { vi = "Tốt", en = "Good" }
kind = "chart"
by = "good"
sum = "size"
when = "size > 1 || !has(size)"
[[view]]
id = "ill"
title = { vi = "Bệnh", en = "Illness" }
kind = "chart"
by = "illness"
[[view]]
id = "months"
title = { vi = "Tháng", en = "Months" }
kind = "chart"
chart = "line"
by = "begins"
[[view]]
id = "units"
title = { vi = "Đơn vị", en = "Units" }
kind = "board"
by = "unit"
[[view]]
id = "days"
title = { vi = "Lịch", en = "Calendar" }
kind = "calendar"
date = "begins"
until = "ends"
"#;

const LIST: &str = "code,vi,en,valid_from,valid_to,parent\nflu,Cúm,Flu,,,\npox,Đậu,Pox,,,\n";

async fn made(place: &Place, keeper: &directory::Principal, unit: Id, sent: Value) -> Record {
    let kind = place.systems.find("looks", "item").unwrap();
    let new = NewRecord {
        unit: Some(unit),
        fields: fields(sent),
        ..NewRecord::default()
    };
    let made = place.registry.make(&page(keeper), kind, new).await;
    made.unwrap().record
}

fn wanted<'a>(place: &'a Place, kind: &Kind, view: &str) -> Wanted<'a> {
    let mut views = place.systems.record(kind).declared.views.iter();
    Wanted {
        view: views.find(|known| *known.id.text == *view),
        limit: 10,
        ..Wanted::default()
    }
}

fn pile(value: impl Into<Option<Value>>, count: usize, sum: Option<&str>) -> Pile {
    Pile {
        value: value.into(),
        count,
        sum: sum.map(|sum| sum.parse::<Decimal>().unwrap()),
    }
}

fn normal(piles: Vec<Pile>) -> Vec<Pile> {
    let normal = |pile: Pile| Pile {
        sum: pile.sum.map(Decimal::normalized),
        ..pile
    };
    piles.into_iter().map(normal).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_tells_apart_what_its_reader_sees() {
    let systems = declared([
        ("pack.toml", PACK),
        ("item.toml", RECORD),
        ("lists/colours.csv", LIST),
    ]);
    for place in places_of(systems, 83).await {
        let registry = &place.registry;
        let kind = place.systems.find("looks", "item").unwrap();
        let units = registry.directory().units().await.unwrap();
        let mut others = units.iter().filter(|unit| unit.id != province());
        let (one, two) = (others.next().unwrap().id, others.next().unwrap().id);
        let keeper = place.somebody(1, &[("looks.keeper", province())]).await;
        let guest = place.somebody(2, &[("looks.guest", one)]).await;
        let nobody = place.somebody(3, &[]).await;
        for (unit, sent) in [
            (
                one,
                json!({"name": "a", "size": "2.50", "good": true, "illness": "flu", "begins": "2023-03-30", "ends": "2023-04-02"}),
            ),
            (
                one,
                json!({"name": "b", "size": "0.50", "good": true, "illness": "pox", "begins": "2023-04-30"}),
            ),
            (
                two,
                json!({"name": "c", "size": "4", "good": false, "illness": "flu", "begins": "2023-02-01", "ends": "2023-06-01"}),
            ),
            (
                two,
                json!({"name": "d", "good": true, "begins": "2023-05-01", "ends": "2023-05-02"}),
            ),
            (two, json!({"name": "e"})),
        ] {
            made(&place, &keeper, unit, sent).await;
        }
        let closed = made(&place, &keeper, one, json!({"name": "f", "size": "1.25"})).await;
        let step = StepAsked {
            step: "close".to_owned(),
            version: Some(closed.version),
            ..StepAsked::default()
        };
        registry
            .take_step(&page(&keeper), kind, closed.id, step)
            .await
            .unwrap();
        let piles = |reader, view| {
            let wanted = wanted(&place, kind, view);
            async move { normal(registry.piles(reader, kind, &wanted, 10).await.unwrap()) }
        };

        // States, and the records of one.
        let states = piles(&keeper, "states").await;
        assert_eq!(
            states,
            [pile(json!("open"), 5, None), pile(json!("closed"), 1, None)],
            "{}",
            place.name
        );
        assert_eq!(
            piles(&guest, "states").await[0],
            pile(json!("open"), 2, None)
        );
        assert_eq!(piles(&nobody, "states").await, []);
        let names = |items: Vec<Record>| -> Vec<String> {
            let names = items
                .iter()
                .map(|record| record.body["name"].as_str().unwrap().to_owned());
            names.collect()
        };
        let board = wanted(&place, kind, "states");
        let open = registry
            .pile(&guest, kind, &board, Some(&json!("open")))
            .await
            .unwrap();
        assert_eq!(names(open.items), ["a", "b"]);
        let board = wanted(&place, kind, "units");
        let theirs = registry
            .pile(&keeper, kind, &board, Some(&json!(two.to_string())))
            .await
            .unwrap();
        assert_eq!(names(theirs.items), ["c", "d", "e"]);
        // A unit beyond one's own is not reached by naming it.
        let theirs = registry
            .pile(&guest, kind, &board, Some(&json!(two.to_string())))
            .await
            .unwrap();
        assert!(theirs.items.is_empty());

        // What is added up, of the records that the view is about.
        let good = piles(&keeper, "good").await;
        assert_eq!(
            good,
            [
                pile(json!(true), 2, Some("2.5")),
                pile(None, 2, Some("1.25")),
                pile(json!(false), 1, Some("4")),
            ],
            "{}",
            place.name
        );
        // What one is not shown of a record does not count it either.
        assert_eq!(piles(&keeper, "ill").await.len(), 3);
        assert_eq!(piles(&guest, "ill").await, []);
        let chart = wanted(&place, kind, "ill");
        let flu = registry
            .pile(&guest, kind, &chart, Some(&json!("flu")))
            .await
            .unwrap();
        assert!(flu.items.is_empty());

        let months = piles(&keeper, "months").await;
        assert_eq!(months.len(), 5);
        assert!(months.contains(&pile(json!("2023-04"), 1, None)));

        let on = |reader, first, last| {
            let wanted = wanted(&place, kind, "days");
            async move {
                let found = registry.on_days(reader, kind, &wanted, (first, last)).await;
                names(found.unwrap().items)
            }
        };
        let april = (date(2023, 4, 1), date(2023, 4, 30));
        assert_eq!(on(&keeper, april.0, april.1).await, ["a", "b", "c"]);
        assert_eq!(on(&guest, april.0, april.1).await, ["a", "b"]);
        assert_eq!(
            on(&keeper, date(2023, 5, 1), date(2023, 5, 31)).await,
            ["c", "d"]
        );
        assert!(
            on(&keeper, date(2022, 5, 1), date(2022, 5, 31))
                .await
                .is_empty()
        );
    }
}
