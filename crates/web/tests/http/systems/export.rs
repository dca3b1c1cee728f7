//! A long list as a file: every record once, as whoever takes it sees it.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use registry::system::NewRecord;
use serde_json::json;

use super::growing_area::somebody;
use crate::fixture::TestApp;

const LIST: &str = "/he-thong/it-equipment/device";
/// One more than are read at once.
const DEVICES: usize = 1_001;

/// Devices of the keeper's unit, each with a number of its own.
async fn devices(app: &TestApp) {
    let by = app.acting("giu").await;
    let registry = app.app.plans.registry();
    let systems = registry.systems().clone();
    let kind = systems.find("it-equipment", "device").unwrap();
    for number in 0..DEVICES {
        let fields = json!({
            "kind": "printer", "model": "=Máy in (giả lập)", "serial": format!("SN-{number}"),
            "bought_on": "2023-01-05", "price_vnd": 5_000_000, "source": "recurrent",
        });
        let new = NewRecord {
            fields: fields.as_object().unwrap().clone(),
            unit: None,
            id: None,
        };
        registry.make(&by, kind, new).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_longer_than_is_read_at_once_goes_out_whole() {
    for app in TestApp::with_packs().await {
        let unit = app.unit("Sở Nội vụ").await;
        let mut keeper = somebody(&app, "giu", "equipment.keeper", &unit.to_string()).await;
        devices(&app).await;
        let all: BTreeSet<String> = (0..DEVICES).map(|number| format!("SN-{number}")).collect();

        let file = keeper.get(&format!("{LIST}/xuat?dang=csv")).await;
        assert_eq!(file.status, StatusCode::OK);
        let table = office::csv::read(file.text()).unwrap();
        let column = |title: &str| {
            let heads = &table.rows[0].cells;
            heads.iter().position(|cell| cell.text == title).unwrap()
        };
        let (serial, price) = (column("Số sê-ri"), column("Nguyên giá"));
        let rows = &table.rows[1..];
        let serials: Vec<&str> = rows.iter().map(|row| &*row.cells[serial].text).collect();
        assert_eq!(serials.len(), DEVICES);
        assert_eq!(
            serials
                .iter()
                .map(|it| (*it).to_owned())
                .collect::<BTreeSet<_>>(),
            all
        );
        assert!(rows[0].cells[price].text.contains("5.000.000"));
        // What is not said is an empty cell.
        assert_eq!(rows[0].cells[column("Phòng, vị trí")].text, "");

        let file = keeper.get(&format!("{LIST}/xuat?dang=xlsx")).await;
        let sheet = office::xlsx_in::read(&file.bytes).unwrap();
        assert_eq!(sheet.rows.len(), DEVICES + 1);
        // A number can be counted with, and no text is a formula.
        assert_eq!(sheet.rows[1].cells[price].text, "5000000");
        let model = column("Hãng và kiểu");
        assert_eq!(sheet.rows[1].cells[model].text, "=Máy in (giả lập)");

        // Filters narrow the file as they narrow the list; others' devices are not in it.
        let file = keeper
            .get(&format!("{LIST}/xuat?dang=csv&f_kind=scanner"))
            .await;
        assert_eq!(office::csv::read(file.text()).unwrap().rows.len(), 1);
        let elsewhere = app.unit("Sở Công Thương").await.to_string();
        let mut other = somebody(&app, "giu.khac", "equipment.keeper", &elsewhere).await;
        let file = other.get(&format!("{LIST}/xuat?dang=csv")).await;
        assert_eq!(office::csv::read(file.text()).unwrap().rows.len(), 1);
        let broken = keeper.get(&format!("{LIST}/xuat?dang=csv&sau=x")).await;
        assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    }
}
