//! Pages of lists cover everything once.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::fixture::{Program, run};

async fn all(program: &Program, first: &str) -> Vec<Value> {
    let mut items = Vec::new();
    let mut path = Some(first.to_owned());
    while let Some(here) = path {
        let page = program.get(&here).await;
        assert_eq!(page.status, StatusCode::OK, "{here}: {}", page.text());
        let json = page.json();
        items.extend(json["items"].as_array().unwrap().clone());
        path = json["next"].as_str().map(str::to_owned);
        let link = page
            .headers
            .get("link")
            .map(|link| link.to_str().unwrap().to_owned());
        assert_eq!(
            link,
            path.as_ref().map(|next| format!("<{next}>; rel=\"next\""))
        );
    }
    items
}

fn distinct(items: &[Value], key: &str) -> usize {
    items
        .iter()
        .map(|item| item[key].to_string())
        .collect::<BTreeSet<_>>()
        .len()
}

#[test]
fn lists_of_the_plan_are_complete() {
    run(|office| async {
        let nobody = office.nobody();
        for (path, count) in [
            ("/api/v1/targets?limit=7", 148),
            ("/api/v1/projects?limit=10", 97),
            (
                "/api/v1/units?limit=33",
                office.app.directory.units().await.unwrap().len(),
            ),
        ] {
            let items = all(&nobody, path).await;
            assert_eq!(
                (items.len(), distinct(&items, "id")),
                (count, count),
                "{path}"
            );
        }
        let plan = nobody.get("/api/v1/plan").await.json();
        assert_eq!(
            (&plan["symbol"], &plan["targets"], &plan["projects"]),
            (&json!("833/QĐ-UBND"), &json!(148), &json!(97))
        );
        let findings = nobody.get("/api/v1/findings").await.json();
        assert_eq!(
            json!(findings["items"].as_array().unwrap().len()),
            plan["findings"]
        );
    });
}

#[test]
fn filters_narrow_and_stay_on_the_next_page() {
    run(|office| async {
        let nobody = office.nobody();
        let unit = office.unit;
        let led = all(&nobody, &format!("/api/v1/targets?lead={unit}&limit=2")).await;
        let detail = nobody.get(&format!("/api/v1/units/{unit}")).await.json();
        let numbers: Vec<Value> = led.iter().map(|target| target["number"].clone()).collect();
        assert!(numbers.len() > 2);
        assert_eq!(json!(numbers), detail["reportsOn"]);
        let folded = all(&nobody, "/api/v1/targets?q=cap%20xa&limit=5").await;
        let toned = all(&nobody, "/api/v1/targets?q=c%E1%BA%A5p%20x%C3%A3&limit=200").await;
        let numbers = |targets: &[Value]| -> BTreeSet<u64> {
            targets
                .iter()
                .filter_map(|target| target["number"].as_u64())
                .collect()
        };
        let (folded, toned) = (numbers(&folded), numbers(&toned));
        assert!(
            !toned.is_empty() && toned.is_subset(&folded),
            "{toned:?} {folded:?}"
        );
        let none = all(&nobody, "/api/v1/targets?group=khong-co").await;
        assert!(none.is_empty());
    });
}

#[test]
fn reports_are_listed_once() {
    run(|office| async {
        let officer = office.program("canbo.snv");
        let mut begun = BTreeSet::new();
        for _ in 0..3 {
            begun.insert(office.draft().await.1.id());
        }
        let first = format!(
            "/api/v1/observations?state=draft&unit={}&period=2023Q1&limit=1",
            office.unit
        );
        let drafts = all(&officer, &first).await;
        assert_eq!(distinct(&drafts, "id"), drafts.len());
        let listed: BTreeSet<String> = drafts
            .iter()
            .map(|draft| draft["id"].as_str().unwrap().to_owned())
            .collect();
        assert!(begun.is_subset(&listed));
        let other = all(&officer, "/api/v1/observations?state=draft&period=2023Q4").await;
        assert!(other.is_empty());
    });
}
