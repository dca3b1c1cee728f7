//! Boards and charts of devices over HTTP: columns, bars, the table as a file, filters.

use axum::http::StatusCode;
use directory::{Grant, NewAccount, Role};

use super::import::{step, tried};
use crate::fixture::{PASSWORD, TestApp, system};

const LIST: &str = "/he-thong/it-equipment/device";
const TABLE: &str = "Loại thiết bị,Hãng và kiểu,Serial number,Ngày mua,Nguyên giá,Nguồn kinh phí\n\
    Máy in,Máy in A (giả lập),SN-1,05/01/2023,5.000.000,Nguồn sự nghiệp\n\
    printer,Máy in <b>B</b> (giả lập),SN-2,2023-02-20,5.000.000,recurrent\n\
    scanner,Máy quét C (giả lập),SN-3,2023-03-05,6000000,capital\n";

#[tokio::test(flavor = "multi_thread")]
async fn devices_stand_on_a_board_and_are_counted_by_kind() {
    for app in TestApp::with_packs().await {
        let unit = app.unit("Sở Nội vụ").await;
        let elsewhere = app.unit("Sở Công Thương").await;
        let accounts = [("giu.thietbi", unit), ("giu.khac", elsewhere)];
        for (login, unit) in accounts {
            let new = NewAccount {
                login: login.to_owned(),
                name: "Bà Tư (giả lập)".to_owned(),
                password: PASSWORD.to_owned(),
                grants: vec![Grant::new(Role::coded("equipment.keeper").unwrap(), unit)],
                demo: false,
            };
            let made = app.app.directory.create_account(&system(), new).await;
            made.unwrap();
        }
        let mut keeper = app.browser();
        keeper.sign_in("giu.thietbi", PASSWORD, "/").await;
        let mut other = app.browser();
        other.sign_in("giu.khac", PASSWORD, "/").await;
        let import = tried(&app, &mut keeper, LIST, ("a.csv", TABLE)).await;
        step(&app, &mut keeper, &import, "bat-dau").await;

        // The list leads to the views that the pack declares.
        let list = keeper.get(LIST).await;
        for view in ["by-state", "by-kind"] {
            let link = format!("href=\"{LIST}/xem/{view}\"");
            assert!(list.text().contains(&link), "{}", list.text());
        }

        let board = keeper.get(&format!("{LIST}/xem/by-state")).await;
        assert_eq!(board.status, StatusCode::OK);
        let text = board.text();
        assert!(
            text.contains("Máy in A (giả lập)") && text.contains("Đã thanh lý"),
            "{text}"
        );
        assert!(!text.contains("<b>B</b>"), "what is typed is no markup");
        assert_eq!(text.matches("class=\"look-card\"").count(), 3);
        let narrowed = keeper
            .get(&format!("{LIST}/xem/by-state?f_kind=scanner"))
            .await;
        assert_eq!(narrowed.text().matches("class=\"look-card\"").count(), 1);

        let chart = keeper.get(&format!("{LIST}/xem/by-kind")).await;
        let text = chart.text();
        assert!(text.contains("<td class=\"number\">2</td>"), "{text}");
        assert!(
            text.contains(&format!("href=\"{LIST}?f_kind=printer\"")),
            "{text}"
        );
        let file = keeper.get(&format!("{LIST}/xem/by-kind?dang=csv")).await;
        assert!(file.header("content-type").starts_with("text/csv"));
        let lines: Vec<&str> = file.text().lines().collect();
        assert!(lines[0].contains("Loại thiết bị") && lines[0].contains("Số hồ sơ"));
        assert!(
            lines[1].ends_with(",2") && lines[2].ends_with(",1"),
            "{lines:?}"
        );

        // Another unit's keeper sees nothing of them.
        for view in ["by-state", "by-kind"] {
            let page = other.get(&format!("{LIST}/xem/{view}")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(!page.text().contains("Máy in A") && !page.text().contains(">2</td>"));
        }
        let list = keeper.get(&format!("{LIST}/xem/unsupported")).await;
        assert_eq!(list.header("location"), format!("{LIST}?kieu=unsupported"));
        let none = keeper.get(&format!("{LIST}/xem/none")).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
        let stranger = app.browser().get(&format!("{LIST}/xem/by-kind")).await;
        assert_eq!(stranger.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_has_the_months_that_there_are() {
    for app in TestApp::with_packs().await {
        let mut reader = super::growing_area::somebody(
            &app,
            "canbo.xem",
            "agri.approver",
            &directory::province().to_string(),
        )
        .await;
        let address = "/he-thong/growing-area/monitoring-visit/xem/calendar";
        let page = reader.get(&format!("{address}?thang=2023-05")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("Tháng 05/2023"));
        assert!(page.text().contains("thang=2023-04") && page.text().contains("thang=2023-06"));
        for (month, status) in [
            ("2023-13", StatusCode::BAD_REQUEST),
            ("x", StatusCode::BAD_REQUEST),
            ("9999-12", StatusCode::OK),
            ("-9999-01", StatusCode::BAD_REQUEST),
            ("-009999-01", StatusCode::OK),
        ] {
            let page = reader.get(&format!("{address}?thang={month}")).await;
            assert_eq!(page.status, status, "{month}");
        }
    }
}
