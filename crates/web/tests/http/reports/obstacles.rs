//! The files behind an obstacle: for whoever may read it, and nobody else.

use axum::http::StatusCode;
use directory::Role;
use plan::import::IndicatorKind;
use plan::obstacles::{About, ObstacleDraft, Rung};

use super::province::{Province, UNIT, between, form, location};

#[tokio::test]
async fn the_files_of_an_obstacle_open_for_whoever_reads_it() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let report = province.begin(UNIT, IndicatorKind::Ratio).await;
    let target = report.split("muc-tieu=").nth(1).unwrap();
    let target = target.split('&').next().unwrap();
    let new = format!("/vuong-mac/moi?muc-tieu={target}");
    let page = officer.get(&new).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let text = page.text().to_owned();
    let hidden = |name: &str| between(&text, &format!("name=\"{name}\" value=\""), "\"").to_owned();
    let unit = province.app.unit(UNIT).await.to_string();
    let (about, version) = (hidden("ve"), hidden("phien-ban"));
    let texts = |since| {
        [
            ("ve", about.as_str()),
            ("don-vi", unit.as_str()),
            ("phien-ban", version.as_str()),
            ("vuong-mac", "Chưa được bố trí kinh phí (giả lập)"),
            ("tu-ngay", since),
            ("kien-nghi", "Bố trí kinh phí"),
            ("gui-toi", "coordinator"),
            ("viec", "luu"),
        ]
    };
    let refused = form(&page)
        .texts(&texts("2033-04-15"))
        .send(&mut officer, "/vuong-mac/moi")
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .text()
            .contains("Ngày phát sinh không thể ở sau hôm nay")
    );
    let answer = form(&page)
        .texts(&texts("2023-04-14"))
        .file("Công văn.pdf", b"%PDF-1.7 cong van")
        .send(&mut officer, "/vuong-mac/moi")
        .await;
    let obstacle = location(&answer);
    let page = officer.get(&obstacle).await;
    let digest = between(page.text(), "href=\"/tep/", "\"").to_owned();
    let file = format!("/tep/{digest}");

    let opened = officer.get(&file).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text());
    assert!(opened.text().contains("%PDF-1.7 cong van"));
    // Another unit's officer knows its digest, and nothing more.
    let mut other = province
        .person("Sở Công Thương", "canbo.sct", Role::Officer)
        .await;
    assert_eq!(other.get(&file).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_long_list_is_turned_page_by_page() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let unit = province.app.unit(UNIT).await;
    let plans = &province.app.app.plans;
    let view = plans.view().await.unwrap().unwrap();
    let target = view.reported_by(unit).next().unwrap().id;
    let by = province.app.acting("canbo.snv").await;
    for number in 0..60 {
        let draft = ObstacleDraft {
            about: About::Target(target),
            what: format!("Vướng mắc thứ {number} (giả lập)"),
            since: jiff::civil::date(2023, 4, 14),
            asks: "Bố trí kinh phí".to_owned(),
            of: Rung::Coordinator,
            evidence: Vec::new(),
        };
        plans.begin_obstacle(&by, None, unit, draft).await.unwrap();
    }
    let first = officer.get("/vuong-mac").await;
    let next = between(first.text(), "href=\"/vuong-mac?", "\"").to_owned();
    let second = officer.get(&format!("/vuong-mac?{next}")).await;
    for number in 0..60 {
        let what = format!("Vướng mắc thứ {number} (giả lập)");
        let told = [&first, &second].map(|page| page.text().matches(&what).count());
        assert_eq!(told.iter().sum::<usize>(), 1, "{what}: {told:?}");
    }
    let beyond = officer.get("/vuong-mac?trang=99").await;
    assert_eq!(beyond.status, StatusCode::OK);
}
