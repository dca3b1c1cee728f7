//! A list in the order that its reader chooses: on the page, in the file, in the API.

use axum::http::StatusCode;
use registry::system::NewRecord;
use serde_json::Value;

use super::growing_area::somebody;
use crate::fixture::{Answer, TestApp};

const LIST: &str = "/he-thong/it-equipment/device";
const API: &str = "/api/v1/systems/it-equipment/device";
const DEVICES: i64 = 60;

/// What a device costs: no two the same, in another order than that of their making.
fn price(number: i64) -> i64 {
    number * 37 % DEVICES * 1_000_000 + 9_000_000
}

async fn devices(app: &TestApp) {
    let by = app.acting("giu").await;
    let registry = app.app.plans.registry();
    let systems = registry.systems().clone();
    let kind = systems.find("it-equipment", "device").unwrap();
    for number in 0..DEVICES {
        let printer = number % 2 == 0;
        let fields = serde_json::json!({
            "kind": if printer { "printer" } else { "scanner" }, "model": "Máy (giả lập)",
            "serial": format!("SN-{number}"), "bought_on": "2023-01-05",
            "price_vnd": price(number), "source": "recurrent",
        });
        let new = NewRecord {
            fields: fields.as_object().unwrap().clone(),
            unit: None,
            id: None,
        };
        registry.make(&by, kind, new).await.unwrap();
    }
}

/// The serial numbers of a page's rows, from its labels.
fn serials(page: &str) -> Vec<String> {
    let rows = page.split("<th scope=\"row\">").skip(1);
    let serial = |row: &str| {
        let from = row.find("SN-")?;
        let rest = &row[from..];
        let until = rest[3..].find(|letter: char| !letter.is_ascii_digit())? + 3;
        Some(rest[..until].to_owned())
    };
    rows.filter_map(serial).collect()
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(answer.text()).unwrap()
}

/// The same by price, as it should be.
fn by_price(falling: bool, wanted: impl Fn(i64) -> bool) -> Vec<String> {
    let mut numbers: Vec<i64> = (0..DEVICES).filter(|number| wanted(*number)).collect();
    numbers.sort_by_key(|number| price(*number));
    if falling {
        numbers.reverse();
    }
    let numbers = numbers.into_iter();
    numbers.map(|number| format!("SN-{number}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_in_the_order_that_its_reader_chooses() {
    for app in TestApp::with_packs().await {
        let unit = app.unit("Sở Nội vụ").await;
        let mut keeper = somebody(&app, "giu", "equipment.keeper", &unit.to_string()).await;
        devices(&app).await;

        let usual = keeper.get(LIST).await;
        assert!(usual.text().contains("xep=price_vnd"));
        assert!(!usual.text().contains("aria-sort"));
        // The smallest first, then the largest; over two pages nothing twice and nothing missing.
        for (asked, falling, sort) in [
            ("price_vnd", false, "ascending"),
            ("-price_vnd", true, "descending"),
        ] {
            let page = keeper.get(&format!("{LIST}?xep={asked}")).await;
            assert_eq!(page.status, StatusCode::OK);
            let text = page.text();
            assert!(text.contains(&format!("aria-sort=\"{sort}\"")));
            let other = if falling { "price_vnd" } else { "-price_vnd" };
            assert!(
                text.contains(&format!("?xep={other}\"")),
                "the other way round"
            );
            let mut seen = serials(text);
            assert_eq!(seen.len(), 50);
            let mark = text.split("sau=").nth(1).unwrap();
            let mark = mark.split(['"', '&']).next().unwrap();
            let rest = keeper.get(&format!("{LIST}?xep={asked}&sau={mark}")).await;
            seen.extend(serials(rest.text()));
            assert_eq!(seen, by_price(falling, |_| true));
        }
        // With a filter, in the file and in the API alike.
        let printers = by_price(true, |number| number % 2 == 0);
        let narrowed = "f_kind=printer&xep=-price_vnd";
        let page = keeper.get(&format!("{LIST}?{narrowed}")).await;
        assert_eq!(serials(page.text()), printers);
        let file = keeper
            .get(&format!("{LIST}/xuat?dang=csv&{narrowed}"))
            .await;
        let table = office::csv::read(file.text()).unwrap();
        let mut heads = table.rows[0].cells.iter();
        let serial = heads.position(|cell| cell.text == "Số sê-ri").unwrap();
        let rows = table.rows[1..].iter();
        let rows: Vec<&str> = rows.map(|row| &*row.cells[serial].text).collect();
        assert_eq!(rows, printers);
        let mut api = Vec::new();
        let mut next = Some(format!("{API}?kind=printer&sort=-price_vnd&limit=7"));
        while let Some(address) = next {
            let page = json(&keeper.get(&address).await);
            let items = page["items"].as_array().unwrap();
            let serials = items.iter().map(|item| item["fields"]["serial"].as_str());
            api.extend(serials.map(|serial| serial.unwrap().to_owned()));
            next = page["next"].as_str().map(str::to_owned);
        }
        assert_eq!(api, printers);

        // What the pack does not allow, personal data above all, is refused.
        for name in ["serial", "user_name", "x"] {
            let page = keeper.get(&format!("{LIST}?xep={name}")).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{name}");
            let refused = keeper.get(&format!("{API}?sort={name}")).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            let problem = json(&refused);
            let kind = problem["type"].as_str().unwrap();
            assert!(kind.ends_with("order-unknown"), "{kind}");
        }
    }
}
