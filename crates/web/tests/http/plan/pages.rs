//! What the pages show of the shipped decision.

use axum::http::StatusCode;
use directory::Role;
use web::pages::links;

use super::fixture::{over_the_plan, targets};
use crate::fixture::{PASSWORD, TestApp};

const PAGES: [&str; 7] = [
    links::OVERVIEW,
    links::TARGET_LIST,
    links::PROJECTS,
    links::FINDINGS,
    links::DOCUMENT,
    links::UNITS,
    "/tim?q=hồ",
];

fn assert_worded(path: &str, page: &str) {
    for marker in ["⟦", "{{", "{%", "{ $"] {
        assert!(!page.contains(marker), "{path} shows {marker}");
    }
    assert_eq!(page.matches("<h1").count(), 1, "{path}");
}

#[test]
fn every_public_page_is_worded_in_both_languages() {
    over_the_plan(|app| async move {
        let tree = app.app.directory.units().await.unwrap();
        let units = tree.iter().step_by(7);
        let units = units.map(|unit| links::unit(&unit.id.to_string()));
        let targets = (1..=148).map(|number: u16| links::target(number));
        let pages = PAGES.map(|page| page.replace('ồ', "%E1%BB%93"));
        for path in pages.into_iter().chain(units).chain(targets) {
            for lang in ["vi", "en"] {
                assert_worded(&path, &app.page_in(lang, &path).await);
            }
        }
    });
}

#[test]
fn all_targets_stand_under_the_headings_of_the_annex() {
    over_the_plan(|app| async move {
        let page = app.page(links::TARGET_LIST).await;
        assert_eq!(targets(&page), (1..=148).collect::<Vec<u16>>());
        assert_eq!(page.matches("<tbody data-group>").count(), 3);
        for (group, title, numbers) in [
            ("I", "I. Chính quyền số", 1..=77_u16),
            ("II", "II. Kinh tế số", 78..=109),
            ("III", "III. Xã hội số", 110..=148),
        ] {
            assert!(page.contains(title), "{title} is missing");
            let page = app.page(&links::target_list(Some(group), None, None)).await;
            assert_eq!(targets(&page), numbers.collect::<Vec<u16>>(), "{group}");
        }
        let overview = app.page(links::OVERVIEW).await;
        assert!(overview.contains("833/QĐ-UBND"));
        assert_eq!(overview.matches("class=\"cell ").count(), 148);
    });
}

#[test]
fn lists_are_narrowed_by_lead_and_status() {
    over_the_plan(|app| async move {
        let office = app.unit_called("Văn phòng UBND tỉnh").await.to_string();
        let page = app
            .page(&links::target_list(None, Some(&office), None))
            .await;
        let led = targets(&page);
        assert!(!led.is_empty() && led.len() < 148, "{led:?}");
        let view = app.app.plans.view().await.unwrap().unwrap();
        let expected = view.reported_by(office.parse().unwrap());
        let expected: Vec<u16> = expected.map(|target| target.body.number).collect();
        assert_eq!(led, expected);

        let page = app
            .page(&links::target_list(None, Some("districts"), None))
            .await;
        assert!(targets(&page).iter().all(|number| {
            let leads = &view.target(*number).unwrap().body.leads;
            leads
                .iter()
                .any(|party| party.group.as_deref() == Some("districts"))
        }));
        assert!(!targets(&page).is_empty());

        let silent = app
            .page(&links::target_list(None, None, Some("no_data")))
            .await;
        let silent = targets(&silent);
        assert!(!silent.is_empty());
        let standing = |number: &u16| view.target(*number).unwrap().standing;
        assert!(
            silent
                .iter()
                .all(|number| standing(number) == plan::Standing::NoData)
        );
        // What is chosen but not known narrows nothing.
        let all = app.page("/ke-hoach?nhom=X&chu-tri=y&trang-thai=z").await;
        assert_eq!(targets(&all).len(), 148);
    });
}

#[test]
fn what_does_not_add_up_is_all_there_with_amounts_for_people() {
    over_the_plan(|app| async move {
        let page = app.page(links::FINDINGS).await;
        let view = app.app.plans.view().await.unwrap().unwrap();
        let rows = page.matches("<tr><th scope=\"row\">").count();
        assert_eq!(rows, view.body.findings.len());
        assert_eq!(rows, 60);
        assert!(page.contains("25.727.000.000\u{a0}đồng"));
        assert!(page.contains("href=\"/van-ban?dong=2105#dong-2105\""));
        let page = app.page_in("en", links::FINDINGS).await;
        assert!(page.contains("VND\u{a0}25,727,000,000"));
        let overview = app.page(links::OVERVIEW).await;
        assert!(overview.contains("27.388.000") || overview.contains("6.927.388.000"));
    });
}

#[test]
fn budgets_are_shown_as_stated_and_as_added() {
    over_the_plan(|app| async move {
        let page = app.page(links::PROJECTS).await;
        assert_eq!(page.matches("<tr id=\"du-an-").count(), 97);
        // Stated, and what the lines add up to, in millions of đồng.
        for amount in ["82.237", "75.310,612", "25.727", "18.800", "58.207,612"] {
            assert!(page.contains(amount), "{amount} is missing");
        }
        // Thị xã Bình Minh states nothing and has no project.
        assert!(page.contains("Thị xã Bình Minh"));
    });
}

#[test]
fn the_document_is_shown_line_by_line_with_its_outline() {
    over_the_plan(|app| async move {
        let contents = app.page(links::DOCUMENT).await;
        let view = app.app.plans.view().await.unwrap().unwrap();
        for heading in [
            "Phần I. Đánh giá kết quả thực hiện năm 2022",
            "VI. Tổ chức thực hiện",
            "Phụ lục 1 · I. Chính quyền số (1/2)",
            "Phụ lục 3 (1/2)",
        ] {
            assert!(contents.contains(&format!("{heading}</a>")), "{heading}");
        }
        // Page after page, each line once, and no page without end.
        let (mut next, mut lines) = (Some(links::DOCUMENT.to_owned()), 0);
        while let Some(path) = next {
            let page = app.page(path.split('#').next().unwrap()).await;
            let shown = page.matches("<li id=\"dong-").count();
            assert!((1..=340).contains(&shown), "{path}: {shown}");
            assert!(page.contains(&format!("<li id=\"dong-{}\"", lines + 1)));
            lines += shown;
            next = page.split_once("\" rel=\"next\"").map(|(before, _)| {
                let at = before.rfind("href=\"").unwrap();
                before[at + 6..].to_owned()
            });
        }
        assert_eq!(lines, view.lines.len());
    });
}

#[test]
fn every_link_to_a_line_leads_to_it() {
    over_the_plan(|app| async move {
        for path in [
            links::OVERVIEW,
            links::FINDINGS,
            links::PROJECTS,
            "/muc-tieu/15",
        ] {
            let page = app.page(path).await;
            let mut found = 0;
            for link in page.split("href=\"/van-ban?dong=").skip(1).step_by(9) {
                let (line, anchor) = link.split('"').next().unwrap().split_once('#').unwrap();
                assert_eq!(anchor, format!("dong-{line}"));
                let page = app.page(&format!("/van-ban?dong={line}")).await;
                assert!(page.contains(&format!("<li id=\"{anchor}\"")), "{anchor}");
                found += 1;
            }
            assert!(found > 0, "{path}");
        }
        let page = app.page("/van-ban?dong=2105").await;
        assert!(page.contains("<li id=\"dong-2105\" class=\"noted\">"));
        let jump = app.asked("vi", "/van-ban?den=477").await;
        assert_eq!(jump.header("location"), "/van-ban?dong=477#dong-477");
        for wrong in ["den=0", "den=99999", "dong=-1", "dong=x", "dong=2572"] {
            let answer = app.asked("vi", &format!("/van-ban?{wrong}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
        }
    });
}

#[test]
fn what_is_not_there_is_not_found() {
    over_the_plan(|app| async move {
        for path in [
            "/muc-tieu/0",
            "/muc-tieu/149",
            "/muc-tieu/99999",
            "/muc-tieu/-1",
            "/muc-tieu/x%00y",
            "/don-vi/x",
            "/don-vi/00000000-0000-0000-0000-000000000000",
        ] {
            let answer = app.asked("vi", path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert_worded(path, answer.text());
        }
    });
}

#[test]
fn officers_of_a_unit_that_reports_are_led_to_the_form() {
    over_the_plan(|app| async move {
        let view = app.app.plans.view().await.unwrap().unwrap();
        let unit = app.unit_called("Sở Nội vụ").await;
        let own = view.reported_by(unit).next().unwrap().body.number;
        let others = view
            .targets
            .iter()
            .find(|target| !target.reporters.contains(&unit));
        let others = others.unwrap().body.number;
        let form = "href=\"/bao-cao/moi?";
        assert!(!app.page(&links::target(own)).await.contains(form));
        app.account("canbo.form", "Trần Thị Mỹ Lệ", Role::Officer)
            .await;
        let mut officer = app.browser();
        officer.sign_in("canbo.form", PASSWORD, "/").await;
        let page = officer.get(&links::target(own)).await;
        assert!(page.text().contains(form));
        let page = officer.get(&links::target(others)).await;
        assert!(!page.text().contains(form));
    });
}

#[tokio::test]
async fn without_a_plan_the_pages_say_how_one_comes_in() {
    let app = TestApp::new().await;
    for path in PAGES.map(|page| page.replace('ồ', "o")) {
        for lang in ["vi", "en"] {
            let page = app.page_in(lang, &path).await;
            assert_worded(&path, &page);
            let told = page.contains("phusa plan import");
            assert_eq!(told, path != links::UNITS, "{path}");
        }
    }
    let units = app.page(links::UNITS).await;
    assert!(units.contains("UBND xã Đông Thành"));
    assert_eq!(app.asked("vi", "/muc-tieu/1").await.status, StatusCode::OK);
}
