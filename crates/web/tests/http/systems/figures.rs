//! From the records of a system to a public figure of the plan: tied, offered, corrected, led down.

use axum::http::StatusCode;
use directory::Role;
use registry::system::scenario::Player;

use super::growing_area::somebody;
use crate::fixture::TestApp;

const DECISION: &str = include_str!("../../../../../data/plan/decision-833-2023.txt");
const SHARE: &str = "system-level/information-system/approved-share";
const TIE: &str = "/muc-tieu/19/nguon-so-lieu";

/// Makes the records that ship as made up; every one is marked as such.
async fn samples(app: &TestApp) {
    let registry = app.app.plans.registry();
    let systems = registry.systems().clone();
    for (place, pack) in systems.catalog().packs.iter().enumerate() {
        for file in &pack.samples {
            let player = Player::of_samples(registry, place, &file.declared, "t".to_owned());
            for scenario in &file.declared.scenarios {
                assert!(!player.was_played(scenario).await.unwrap());
                let mismatches = player.play(scenario).await.unwrap();
                assert_eq!(mismatches, [], "{}", scenario.title.text);
                assert!(player.was_played(scenario).await.unwrap());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_goes_from_records_to_the_public_page_and_back_down() {
    for app in TestApp::with_packs().await {
        let by = registry::Caller::new(directory::Principal::system(), "test", vocab::Id::NIL);
        app.app
            .plans
            .import(&by, "833.txt", DECISION)
            .await
            .unwrap();
        samples(&app).await;
        let province = directory::province().to_string();
        let mut anybody = app.browser();
        let mut coordinator = app.signed_in("dieuphoi", Role::Coordinator).await;
        let mut officer = app.signed_in("canbo", Role::Officer).await;
        let mut head = app.signed_in("lanhdao", Role::Head).await;
        let mut specialist = somebody(&app, "chuyentrach", "security.specialist", &province).await;

        // Made-up records say so wherever they are listed.
        let list = specialist
            .get("/he-thong/system-level/information-system")
            .await;
        assert_eq!(
            list.text().matches("(giả lập)</a>").count(),
            5,
            "{}",
            list.text()
        );

        // What a figure counts is anybody's to know, its number and records are not.
        let page = format!("/so-lieu/{SHARE}");
        let index = anybody.get("/so-lieu").await;
        assert!(index.text().contains(&page), "{}", index.text());
        let shown = anybody.get(&page).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
        assert!(
            shown.text().contains("«Tình trạng» là Đã phê duyệt cấp độ"),
            "{}",
            shown.text()
        );
        assert!(
            shown.text().contains("dành cho người được xem hồ sơ")
                && !shown.text().contains("giả lập)</a>")
        );
        let shown = specialist.get(&page).await;
        assert!(shown.text().contains("40\u{a0}% (2/5)"), "{}", shown.text());
        assert_eq!(
            shown.text().matches("giả lập)</a>").count(),
            5,
            "{}",
            shown.text()
        );
        let none = anybody.get("/so-lieu/it-equipment/device/spent").await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);

        // Only what feeds the plan can be tied to a ratio.
        let form = coordinator.get(TIE).await;
        assert!(form.text().contains(SHARE) && !form.text().contains("granted-areas"));
        let tie = |source| {
            [
                ("phien-ban-1", "0"),
                ("nguon-1", source),
                ("pham-vi-1", "all"),
            ]
        };
        let wrong = coordinator
            .post(TIE, TIE, &tie("it-equipment/device/protected-share"))
            .await;
        assert_eq!(
            wrong.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            wrong.text()
        );
        let tied = coordinator.post(TIE, TIE, &tie(SHARE)).await;
        assert_eq!(tied.status, StatusCode::SEE_OTHER, "{}", tied.text());
        let index = anybody.get("/so-lieu").await;
        assert!(index.text().contains("/muc-tieu/19\""), "{}", index.text());

        // The report comes filled in; the officer is told from what.
        let new = "/bao-cao/moi?muc-tieu=19&chi-tieu=1&ky=2023Q2";
        let form = officer.get(new).await;
        assert!(form.text().contains("name=\"tu-so\" type=\"text\" inputmode=\"decimal\" autocomplete=\"off\" value=\"2\""), "{}", form.text());
        assert!(form.text().contains("40\u{a0}% (2/5)") && form.text().contains(&page));
        let sent = |part: &'static str, note: &'static str, version: &'static str| {
            vec![
                ("phien-ban", "", version),
                ("tu-so", "", part),
                ("mau-so", "", "5"),
                ("ghi-chu", "", note),
                ("viec", "", "gui"),
            ]
        };
        let refused = officer.post_parts(new, new, &sent("3", "", "0")).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            refused.text()
        );
        assert!(
            refused.text().contains("khác số tính từ hồ sơ"),
            "{}",
            refused.text()
        );
        let edit = refused.text().split("action=\"/bao-cao/").nth(1).unwrap();
        let report = format!("/bao-cao/{}", edit.split('/').next().unwrap());
        let edit = format!("{report}/sua");
        let done = officer
            .post_parts(
                &edit,
                &edit,
                &sent("3", "Có một hệ thống duyệt trên giấy", "1"),
            )
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        for (who, step, version) in [
            (&mut head, "duyet", "3"),
            (&mut coordinator, "tong-hop", "4"),
        ] {
            let step = format!("{report}/{step}");
            let done = who.post(&report, &step, &[("phien-ban", version)]).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        }

        // Everybody sees the unit's figure, that it was corrected, why, and from what.
        let target = anybody.get("/muc-tieu/19").await;
        assert!(
            target.text().contains("60\u{a0}%") && target.text().contains("là 40\u{a0}% (2/5)"),
            "{}",
            target.text()
        );
        assert!(target.text().contains(&report), "{}", target.text());
        let told = anybody.get(&report).await;
        assert!(
            told.text().contains("Có một hệ thống duyệt trên giấy"),
            "{}",
            told.text()
        );
        assert!(
            told.text().contains("báo cáo số khác với số tính từ hồ sơ")
                && told.text().contains("40\u{a0}% (2/5)")
        );
        let way = told
            .text()
            .split(&format!("href=\"{page}?luc="))
            .nth(1)
            .unwrap();
        let way = format!(
            "{page}?luc={}",
            way.split('"').next().unwrap().replace("&amp;", "&")
        );
        let kept = specialist.get(&way).await;
        assert!(kept.text().contains("40\u{a0}% (2/5)"), "{}", kept.text());

        // The duty on levels names the figures that tell of it; the manual says how it is worked.
        let duties = anybody.get("/nhiem-vu").await;
        assert!(duties.text().contains(&page), "{}", duties.text());
        let manual = specialist.get("/huong-dan/system-level").await;
        assert!(
            manual.text().contains("Trình thẩm định") && manual.text().contains("15 ngày"),
            "{}",
            manual.text()
        );
        assert_eq!(
            officer.get("/huong-dan/system-level").await.status,
            StatusCode::NOT_FOUND
        );
    }
}
