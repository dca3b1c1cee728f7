//! Where the plan stands: pages, files, and what of it is public.

use axum::http::StatusCode;
use directory::Role;
use web::pages::links;

use super::figures::Desk;
use super::fixture::{over_the_plan, targets};
use crate::fixture::{PASSWORD, TestApp};

/// The figure that the tests of this folder report: 4.321 of 9.876.
const FIGURE: &str = "43,75\u{a0}%";

#[test]
fn the_wall_has_a_tile_for_each_target_and_links_that_narrow_it() {
    over_the_plan(|app| async move {
        let page = app.page(links::PROGRESS).await;
        assert_eq!(targets(&page).len(), 148);
        assert_eq!(page.matches("<a class=\"tile ").count(), 148);
        // Words, not only colours; and no form, so no script is ever needed.
        assert!(page.matches("Chưa có số liệu").count() > 100);
        let narrowed = |page: &str, part: &str| -> Vec<String> {
            let links = page.split("href=\"/tien-do?").skip(1);
            let links = links.map(|rest| rest[..rest.find('"').unwrap()].to_owned());
            links.filter(|query| query.starts_with(part)).collect()
        };
        for part in ["nhom=", "trang-thai=", "han=", "chu-tri="] {
            let found = narrowed(&page, part);
            assert!(!found.is_empty(), "{part}");
            for query in found.iter().take(3) {
                let page = app.page(&format!("/tien-do?{query}")).await;
                let shown = targets(&page).len();
                assert_eq!(page.matches("<a class=\"tile ").count(), shown, "{query}");
                assert!(page.contains("aria-current=\"true\""), "{query}");
            }
        }
        let group = app.page("/tien-do?nhom=II&trang-thai=no_data").await;
        assert!(!targets(&group).is_empty() && targets(&group).len() < 148);
        // What the plan does not know narrows nothing.
        let all = app
            .page("/tien-do?nhom=X&chu-tri=y&han=z&trang-thai=w")
            .await;
        assert_eq!(targets(&all).len(), 148);
        let none = app.page("/tien-do?han=1999-01-01").await;
        assert!(targets(&none).is_empty() && none.contains("Không có mục tiêu nào phù hợp"));
    });
}

#[test]
fn every_page_of_progress_is_there_in_both_languages() {
    over_the_plan(|app| async move {
        let unit = app.unit_called("Sở Nội vụ").await.to_string();
        for path in [
            links::PROGRESS.to_owned(),
            links::PROGRESS_HEAT.to_owned(),
            format!("{}?ngay=2025-07-01&nhom=I", links::PROGRESS_HEAT),
            links::PROGRESS_COMMITTEE.to_owned(),
            links::PROGRESS_CHANGES.to_owned(),
            format!("{}?tu=2023-01-01", links::PROGRESS_CHANGES),
            links::PROGRESS_MONEY.to_owned(),
            links::progress_unit(&unit),
            format!("{}?ngay=2025-07-01", links::progress_unit(&unit)),
            format!("{}?ngay=2025-07-01", links::target(15)),
            links::PROGRESS_FEED.to_owned(),
        ] {
            for lang in ["vi", "en"] {
                let page = app.page_in(lang, &path).await;
                assert!(!page.contains('⟦'), "{path} in {lang}");
            }
        }
        // A unit by the code of its area, and what no unit is called.
        let page = app.page("/tien-do/don-vi/86").await;
        assert!(page.contains("<h1>UBND tỉnh"), "the province");
        for wrong in [
            "/tien-do/don-vi/x",
            "/tien-do/tep/x.csv",
            "/tien-do/tep/muc-tieu.doc",
        ] {
            let answer = app.asked("vi", wrong).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
        }
    });
}

#[test]
fn the_map_has_a_row_for_each_unit_that_owes_and_the_same_as_a_table() {
    over_the_plan(|app| async move {
        let view = app.app.plans.view().await.unwrap().unwrap();
        let page = app.page(links::PROGRESS_HEAT).await;
        let rows = view.board.units.len();
        assert!(rows > 100, "{rows}");
        let links = page.matches("href=\"/tien-do/don-vi/").count();
        assert_eq!(links, 2 * rows, "in the map and in the table");
        let owed: usize = view.board.units.iter().map(plan::view::UnitRow::owed).sum();
        assert!(owed > 1_000);
        let file = app.asked("vi", "/tien-do/tep/don-vi-va-muc-tieu.csv").await;
        assert_eq!(file.text().lines().count(), rows + 1);
        let cells = file.text().matches("Chưa có số liệu").count();
        assert!(cells > owed / 2, "{cells} of {owed}");
    });
}

/// What shows a figure of this target to whoever looks.
async fn shown_to(
    app: &TestApp,
    browser: Option<&mut crate::fixture::Browser>,
    number: u16,
    unit: &str,
    report: &str,
) -> Vec<(String, bool)> {
    let mut anybody = app.browser();
    let browser = browser.unwrap_or(&mut anybody);
    let mut shown = Vec::new();
    for path in [
        links::target(number),
        links::PROGRESS.to_owned(),
        links::progress_unit(unit),
        format!("{}?ngay=2024-06-01", links::progress_unit(unit)),
        "/tien-do/tep/muc-tieu.csv".to_owned(),
        format!("/tien-do/tep/don-vi.csv?don-vi={unit}"),
        links::TARGET_LIST.to_owned(),
        links::PROGRESS_CHANGES.to_owned(),
        "/tien-do/tep/thay-doi.csv".to_owned(),
        format!("{}?ngay=2024-06-01", links::target(number)),
        format!("/tien-do/tep/lich-su.csv?muc-tieu={number}"),
        format!("{}?muc-tieu={number}", links::PROGRESS_FEED),
        format!("{}?don-vi={unit}&muc-tieu={number}", links::PROGRESS_FEED),
        format!("/api/v1/targets/{number}"),
        format!("/api/v1/observations/{report}"),
        "/api/v1/observations?state=consolidated&limit=200".to_owned(),
    ] {
        let answer = browser.get(&path).await;
        let text = answer.text();
        // Of pages with other targets' figures only what stands by the own number counts.
        let of_target = format!("muc-tieu={number}");
        let alone = path.starts_with(&links::target(number))
            || path.ends_with(&format!("/{number}"))
            || path.ends_with(&of_target);
        let own: String = if alone || path.ends_with(report) {
            text.to_owned()
        } else if path.contains("limit=200") {
            text.matches(report).collect()
        } else if path.contains(".csv") {
            let own = format!("{number},");
            text.lines().filter(|line| line.starts_with(&own)).collect()
        } else {
            let own = [format!("{number}\""), format!("{number}#")];
            let parts = text.split("href=\"/muc-tieu/");
            let begins = |part: &&str| own.iter().any(|own| part.starts_with(own));
            parts.filter(begins).collect()
        };
        // Identities of units hold any four digits by chance.
        let figure = [
            FIGURE,
            "43.75",
            "4.321 / 9.876",
            "4321,9876",
            "\"numerator\":4321",
            report,
        ];
        shown.push((path, figure.iter().any(|figure| own.contains(figure))));
    }
    shown
}

#[test]
fn what_the_coordinator_holds_back_is_on_no_public_page() {
    over_the_plan(|app| async move {
        let desk = Desk::of(app, "held").await;
        let (number, indicator) = desk.target(app, 2).await;
        let report = desk.consolidated(app, indicator).await.to_string();
        let unit = desk.unit.to_string();
        for (path, shown) in shown_to(app, None, number, &unit, &report).await {
            assert!(shown, "{path} shows what is public");
        }
        // The coordinator takes the tick away; nobody else may.
        let mut officer = app.signed_in("canbo.giu", Role::Officer).await;
        let answer = officer.get(links::PROGRESS_PUBLICATION).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let account = app.account("dieuphoi.giu", "Trần Thị Mỹ Lệ", Role::Coordinator);
        account.await;
        let mut coordinator = app.browser();
        coordinator.sign_in("dieuphoi.giu", PASSWORD, "/").await;
        let before = number.to_string();
        let form = [("viec", "luu"), ("truoc", before.as_str())];
        let page = links::PROGRESS_PUBLICATION;
        let answer = coordinator.post_raw(page, "viec=luu&truoc=1").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "without a token");
        let answer = coordinator.post(page, page, &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        for (path, shown) in shown_to(app, None, number, &unit, &report).await {
            assert!(!shown, "{path} shows what is held back");
        }
        let page = app.page(&links::target(number)).await;
        assert!(page.contains("Chưa công bố") && page.contains("chưa công bố số liệu"));
        for (path, shown) in shown_to(app, Some(&mut officer), number, &unit, &report).await {
            assert!(shown, "{path} shows it to whoever has an account");
        }
        // What was sent wrongly changes nothing; all of a heading at once, and back.
        let page = links::PROGRESS_PUBLICATION;
        for wrong in [
            [("viec", "x"), ("truoc", "")],
            [("viec", "luu"), ("truoc", "1,x")],
        ] {
            let answer = coordinator.post(page, page, &wrong).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        }
        let group = app.app.plans.view().await.unwrap().unwrap();
        let group = group.target(number).unwrap().body.group.clone();
        let publish = format!("cong-bo:{group}");
        let form = [("viec", publish.as_str()), ("truoc", "")];
        coordinator.post(page, page, &form).await;
        for (path, shown) in shown_to(app, None, number, &unit, &report).await {
            assert!(shown, "{path} shows what is public again");
        }
    });
}

#[test]
fn files_open_and_hold_what_the_page_shows() {
    over_the_plan(|app| async move {
        for (name, least) in [
            ("muc-tieu", 149),
            ("don-vi-va-muc-tieu", 100),
            ("du-an", 98),
            ("thay-doi", 1),
        ] {
            let csv = app.asked("vi", &format!("/tien-do/tep/{name}.csv")).await;
            assert!(csv.header("content-type").starts_with("text/csv"));
            assert!(csv.header("content-disposition").contains(name));
            let rows = office::csv::read(csv.text().trim_start_matches('\u{feff}'))
                .unwrap()
                .rows;
            assert!(rows.len() >= least, "{name}: {}", rows.len());
            let xlsx = app.asked("en", &format!("/tien-do/tep/{name}.xlsx")).await;
            let table = office::xlsx_in::read(&xlsx.bytes).unwrap();
            assert_eq!(table.rows.len(), rows.len(), "{name}");
        }
        let narrowed = app.asked("vi", "/tien-do/tep/muc-tieu.csv?nhom=II").await;
        let rows = office::csv::read(narrowed.text().trim_start_matches('\u{feff}'))
            .unwrap()
            .rows;
        assert_eq!(
            rows.len(),
            1 + targets(&app.page("/tien-do?nhom=II").await).len()
        );
    });
}
