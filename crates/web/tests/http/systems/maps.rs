//! Maps of growing areas over HTTP: what one may see and no more, in forms, tiles, files.

use axum::http::StatusCode;
use directory::UnitKind;

use super::growing_area::{form, somebody, step, went};
use crate::fixture::TestApp;

const LIST: &str = "/he-thong/growing-area/growing-area";
const PUBLIC: &str = "/ban-do/growing-area/growing-area";

/// The tile of a zoom in which the area lies.
fn tile(zoom: u32) -> String {
    let side = f64::from(1_u32 << zoom);
    let lat = 10.202_f64.to_radians();
    let north = (lat.tan() + 1.0 / lat.cos()).ln() / std::f64::consts::PI;
    let (x, y) = ((105.902 / 360.0 + 0.5) * side, (1.0 - north) / 2.0 * side);
    format!("o/{zoom}/{}/{}", x.floor(), y.floor())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_area_is_on_the_map_of_those_who_see_it() {
    for app in TestApp::with_packs().await {
        let units = app.app.directory.units().await.unwrap();
        let mut communes = units.iter().filter(|unit| unit.kind == UnitKind::Commune);
        let unit = communes.next().unwrap().id.to_string();
        let elsewhere = communes.next().unwrap().id.to_string();
        let province = directory::province().to_string();
        let mut officer = somebody(&app, "canbo.xa", "agri.officer", &unit).await;
        let mut neighbour = somebody(&app, "canbo.khac", "agri.officer", &elsewhere).await;
        let mut approver = somebody(&app, "duyet", "agri.approver", &province).await;
        let mut anybody = app.browser();

        // What is wrong with a shape is told, with what to do; nothing typed is lost.
        let new = format!("{LIST}/moi");
        for (typed, told) in [
            ("10.2 105.9\nx", "Không đọc được điểm thứ 2"),
            (
                r#"{"type":"Polygon","coordinates":[[[10.2,105.9],[10.3,105.9],[10.3,106.0],[10.2,105.9]]]}"#,
                "vĩ độ trước kinh độ",
            ),
            (
                "105.9 10.2\n105.91 10.21\n105.91 10.2\n105.9 10.21",
                "tự cắt",
            ),
            ("48.8 2.3\n48.9 2.3\n48.9 2.4", "ngoài lãnh thổ"),
        ] {
            let answer = officer
                .post_parts(&new, &new, &form(&unit, &[("f_boundary", "", typed)]))
                .await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            let text = answer.text();
            assert!(text.contains(told), "{typed}: {text}");
            assert!(text.contains("ấp Phú Long") && text.contains("href=\"#f_boundary\""));
        }
        // Metres of a chosen grid; the size comes from the boundary.
        let metres = [
            (
                "f_boundary",
                "",
                "1128000 543800\n1128000 544300\n1128400 544300\n1128400 543800",
            ),
            ("f_boundary.luoi", "", "105-30"),
            ("f_area_ha", "", ""),
        ];
        let record = went(&officer.post_parts(&new, &new, &form(&unit, &metres)).await);
        let text = officer.get(&record).await.text().to_owned();
        assert!(text.contains("Diện tích theo ranh giới: 20 ha"), "{text}");
        assert!(
            text.contains("<svg") && text.contains("1128000.002 544300.004"),
            "{text}"
        );
        let edit = officer.get(&format!("{record}/sua")).await;
        assert!(edit.text().contains("data-kind=\"draw\""));

        // Its officer sees it on the map at once; nobody else does.
        let tiles = format!("{LIST}/ban-do/{}?lop=map-work", tile(14));
        let drawn = officer.get(&tiles).await;
        assert_eq!(drawn.status, StatusCode::OK);
        assert_eq!(
            drawn.header("content-type"),
            "application/vnd.mapbox-vector-tile"
        );
        assert!(drawn.header("cache-control").contains("no-cache"));
        for other in [&mut neighbour, &mut approver] {
            assert_eq!(other.get(&tiles).await.status, StatusCode::NO_CONTENT);
        }
        assert_ne!(anybody.get(&tiles).await.status, StatusCode::OK);
        let public = format!("{PUBLIC}/{}", tile(14));
        assert_eq!(anybody.get(&public).await.status, StatusCode::NO_CONTENT);

        // The view for grown areas alone leaves it out.
        let granted = format!("{LIST}/ban-do/{}", tile(14));
        assert_eq!(officer.get(&granted).await.status, StatusCode::NO_CONTENT);

        // Filters narrow the map as they narrow the list; the list stands beside.
        let page = officer
            .get(&format!("{LIST}/ban-do?lop=map-work&f_crop=durian-ri6"))
            .await;
        let text = page.text();
        assert!(
            text.contains("Phú Long") && text.contains("data-tiles"),
            "{text}"
        );
        let none = officer.get(&format!("{tiles}&f_crop=rambutan")).await;
        assert_eq!(none.status, StatusCode::NO_CONTENT);
        let place = format!("{LIST}/ban-do/tai?lop=map-work&kinh=105.902&vi=10.202&muc=14");
        let found = officer.get(&place).await;
        assert!(found.text().contains("Phú Long") && found.text().contains(&record));
        assert!(!neighbour.get(&place).await.text().contains("Phú Long"));
        assert_eq!(
            officer.get(&format!("{LIST}/ban-do/o/3/9/9")).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            officer
                .get(&format!("{LIST}/ban-do/tai?kinh=NaN&vi=1"))
                .await
                .status,
            StatusCode::BAD_REQUEST
        );

        // Proposed, it is seen by those who handle it; granted, by everybody, without what is
        // personal or not published.
        went(&step(&mut officer, &record, "propose", &[]).await);
        assert_eq!(approver.get(&tiles).await.status, StatusCode::OK);
        assert_eq!(anybody.get(&public).await.status, StatusCode::NO_CONTENT);
        let text = anybody.get(PUBLIC).await.text().to_owned();
        assert!(!text.contains("Phú Long"));
        assert_eq!(
            anybody.get("/ban-do/it-equipment/device").await.status,
            StatusCode::NOT_FOUND
        );
        let base = anybody.get("/ban-do/nen").await;
        assert!(base.text().contains("outline"));
        assert!(anybody.get("/ban-do").await.text().contains("Vùng trồng"));
    }
}
