//! The same done with several records of a list at once.

use axum::http::StatusCode;
use directory::UnitKind;

use super::growing_area::{LIST, form, somebody, step, went};
use crate::fixture::{Browser, TestApp};

const MANY: &str = "/he-thong/growing-area/growing-area/cung-luc";

/// A plot of its own, so many steps east of the first.
fn plot(number: u32) -> (String, String) {
    let west = 105.9 + f64::from(number) * 0.01;
    let east = west + 0.004;
    let boundary = format!(
        r#"{{"type":"Polygon","coordinates":[[[{west},10.2],[{east},10.2],[{east},10.204],[{west},10.204],[{west},10.2]]]}}"#
    );
    (format!("Vùng số {number} (giả lập)"), boundary)
}

async fn make(officer: &mut Browser, unit: &str, number: u32) -> String {
    let (name, boundary) = plot(number);
    let own = [("f_name", "", name.as_str()), ("f_boundary", "", &boundary)];
    let new = format!("{LIST}/moi");
    went(&officer.post_parts(&new, &new, &form(unit, &own)).await)
}

fn id_of(record: &str) -> &str {
    record.rsplit('/').next().unwrap()
}

/// What the page of several records sends for those with which it can be done.
fn chosen(page: &str) -> Vec<String> {
    let parts = page.split("name=\"id\" value=\"").skip(1);
    parts
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_taken_with_those_chosen_and_the_others_say_why_not() {
    for app in TestApp::with_packs().await {
        let units = app.app.directory.units().await.unwrap();
        let commune = units.iter().find(|unit| unit.kind == UnitKind::Commune);
        let unit = commune.unwrap().id.to_string();
        let province = directory::province().to_string();
        let mut officer = somebody(&app, "canbo.xa", "agri.officer", &unit).await;
        let mut inspector = somebody(&app, "kiemtra", "agri.inspector", &province).await;
        let mut records = Vec::new();
        for number in 0..3 {
            records.push(make(&mut officer, &unit, number).await);
        }
        went(&step(&mut officer, &records[2], "propose", &[]).await);

        let list = officer.get(LIST).await;
        let text = list.text();
        assert!(text.contains("value=\"buoc.propose\""), "{text}");
        assert!(text.contains("value=\"sua.crop\""), "{text}");
        for hidden in ["sua.boundary", "sua.holders", "buoc.send-back"] {
            assert!(!text.contains(hidden), "{hidden}");
        }

        let asked: Vec<String> = records
            .iter()
            .map(|record| id_of(record).to_owned())
            .collect();
        let here = format!("{MANY}?viec=buoc.propose&id={}", asked.join("&id="));
        let page = officer.get(&here).await;
        let text = page.text();
        assert!(text.contains("Bản ghi không ở bước này"), "{text}");
        assert!(text.contains("Thực hiện với 2 bản ghi"), "{text}");
        let mut ids = chosen(text);
        assert_eq!(ids.len(), 2);
        // One that cannot be done is sent along, as by somebody else's step meanwhile.
        ids.push(format!("{}.1", asked[2]));
        let mut fields = vec![("viec", "buoc.propose")];
        fields.extend(ids.iter().map(|id| ("id", id.as_str())));
        let done = officer.post(&here, MANY, &fields).await;
        assert_eq!(done.status, StatusCode::OK);
        let text = done.text();
        assert!(text.contains("Đã thực hiện với 2 bản ghi."), "{text}");
        assert!(text.contains("1 bản ghi chưa thực hiện được"), "{text}");
        for record in &records {
            let page = inspector.get(record).await;
            assert!(page.text().contains("buoc/send-back"), "{}", page.text());
        }
        // Sent twice it counts once, and says the same.
        let again = officer.again().await;
        assert!(again.text().contains("Đã thực hiện với 2 bản ghi."));

        // A step with a reason asks for it once for all.
        let here = format!("{MANY}?viec=buoc.send-back&id={}", asked.join("&id="));
        let ids = chosen(inspector.get(&here).await.text());
        assert_eq!(ids.len(), 3);
        let mut fields = vec![("viec", "buoc.send-back"), ("ly-do", " ")];
        fields.extend(ids.iter().map(|id| ("id", id.as_str())));
        let refused = inspector.post(&here, MANY, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(chosen(refused.text()).len(), 3);
        fields[1].1 = "Thiếu sơ đồ (giả lập)";
        let done = inspector.post(&here, MANY, &fields).await;
        assert!(
            done.text().contains("Đã thực hiện với 3 bản ghi."),
            "{}",
            done.text()
        );
        let history = officer.get(&format!("{}/lich-su", records[0])).await;
        assert!(history.text().contains("Thiếu sơ đồ"));
        // What is nobody's to do, or unknown, is not there.
        let foreign = inspector
            .get(&format!("{MANY}?viec=buoc.unknown&id={}", asked[0]))
            .await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        let none = officer.get(&format!("{MANY}?viec=buoc.propose")).await;
        assert!(none.text().contains("Chưa chọn bản ghi nào"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_is_given_one_value_and_everything_else_stays() {
    for app in TestApp::with_packs().await {
        let units = app.app.directory.units().await.unwrap();
        let commune = units.iter().find(|unit| unit.kind == UnitKind::Commune);
        let unit = commune.unwrap().id.to_string();
        let mut officer = somebody(&app, "canbo.xa", "agri.officer", &unit).await;
        let records = [
            make(&mut officer, &unit, 0).await,
            make(&mut officer, &unit, 1).await,
        ];
        let kind = app.app.plans.registry().systems();
        let kind = kind.find("growing-area", "growing-area").unwrap().name;
        let body = async |record: &str| {
            let id = id_of(record).parse().unwrap();
            let found = app.app.plans.registry().find(kind, id).await.unwrap();
            found.unwrap().body
        };
        let before = body(&records[1]).await;
        let here = format!(
            "{MANY}?viec=sua.yearly_yield_t&id={}&id={}",
            id_of(&records[0]),
            id_of(&records[1])
        );
        let ids = chosen(officer.get(&here).await.text());
        let mut fields = vec![
            ("viec", "sua.yearly_yield_t"),
            ("f_yearly_yield_t", "rất nhiều"),
        ];
        fields.extend(ids.iter().map(|id| ("id", id.as_str())));
        let refused = officer.post(&here, MANY, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(body(&records[1]).await, before);
        // What only the rules of each record refuse stands at its line.
        fields[1].1 = "-5";
        let left = officer.post(&here, MANY, &fields).await;
        assert!(
            left.text().contains("2 bản ghi chưa thực hiện được"),
            "{}",
            left.text()
        );
        assert_eq!(body(&records[1]).await, before);

        fields[1].1 = "77,5";
        let done = officer.post(&here, MANY, &fields).await;
        assert!(
            done.text().contains("Đã thực hiện với 2 bản ghi."),
            "{}",
            done.text()
        );
        for record in &records {
            assert_eq!(body(record).await["yearly_yield_t"], "77.5");
        }
        let mut expected = before;
        expected.insert("yearly_yield_t".to_owned(), "77.5".into());
        assert_eq!(
            body(&records[1]).await,
            expected,
            "the rest stays, personal data too"
        );
        // Over the version that was seen: somebody else's change is not written over.
        fields[1].1 = "1";
        let stale = officer.post(&here, MANY, &fields).await;
        assert!(
            stale.text().contains("2 bản ghi chưa thực hiện được"),
            "{}",
            stale.text()
        );
        assert_eq!(body(&records[1]).await, expected);
    }
}
