//! Devices from a table: tried, taken in, refused rows with their reasons, ended and undone.

use axum::http::StatusCode;
use directory::{Grant, NewAccount, Role};
use registry::system::imports::WORK;
use vocab::Id;

use crate::fixture::{Browser, PASSWORD, TestApp, system};

const LIST: &str = "/he-thong/it-equipment/device";
const TABLE: &str = "Loại thiết bị,Hãng và kiểu,Serial number,Ngày mua,Nguyên giá,Nguồn kinh phí\n\
    Máy in,Máy in A (giả lập),SN-1,05/01/2023,5.000.000,Nguồn sự nghiệp\n\
    printer,Máy in B (giả lập),SN-2,2023-02-30,5.000.000,recurrent\n\
    printer,,SN-3,2023-01-05,năm triệu,recurrent\n\
    printer,Máy in D (giả lập),SN-4,2023-01-05,6000000,capital\n";

impl TestApp {
    /// Does what waits for imports, as the background does.
    pub(super) async fn work_on_imports(&self) {
        let registry = self.app.plans.registry();
        let worker = Id::from_digest([7; 16]);
        loop {
            let jobs = self.app.store().lease_jobs(worker, 1, 60).await.unwrap();
            let Some(job) = jobs.first() else { return };
            if job.kind != WORK {
                continue;
            }
            registry.work_on_import(job, worker).await.unwrap();
        }
    }
}

/// Sends a file; the address of the import that it begins, once every row was tried.
pub(super) async fn tried(
    app: &TestApp,
    browser: &mut Browser,
    list: &str,
    file: (&str, &str),
) -> String {
    let address = format!("{list}/nhap");
    let parts = [("tep", file.0, file.1)];
    let begun = browser.post_parts(&address, &address, &parts).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    app.work_on_imports().await;
    begun.header("location").to_owned()
}

/// Takes a step with it, and does what follows.
pub(super) async fn step(app: &TestApp, browser: &mut Browser, import: &str, step: &str) {
    let address = format!("{import}/buoc/{step}");
    let done = browser.post(import, &address, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    app.work_on_imports().await;
}

async fn keeper(app: &TestApp, login: &str) -> Browser {
    let unit = app.unit("Sở Nội vụ").await;
    let new = NewAccount {
        login: login.to_owned(),
        name: "Bà Tư (giả lập)".to_owned(),
        password: PASSWORD.to_owned(),
        grants: vec![Grant::new(Role::coded("equipment.keeper").unwrap(), unit)],
        demo: false,
    };
    let actor = system();
    let made = app.app.directory.create_account(&actor, new);
    made.await.unwrap();
    let mut browser = app.browser();
    browser.sign_in(login, PASSWORD, "/").await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_tried_taken_in_and_refused_with_reasons() {
    for app in TestApp::with_packs().await {
        let mut keeper = keeper(&app, "giu.thietbi").await;
        let import = tried(&app, &mut keeper, LIST, ("a.csv", TABLE)).await;
        let page = keeper.get(&import).await;
        let text = page.text();
        assert!(
            text.contains("2 dòng nhập được") && text.contains("từ chối 2 dòng"),
            "{text}"
        );
        assert!(text.contains("Ngày mua: Nhập ngày hợp lệ"), "{text}");
        let list = keeper.get(LIST).await;
        assert!(
            list.text().contains("Không có bản ghi nào"),
            "trying keeps nothing"
        );

        step(&app, &mut keeper, &import, "bat-dau").await;
        let page = keeper.get(&import).await;
        assert!(page.text().contains("Đã nhập 2 dòng"), "{}", page.text());
        let list = keeper.get(LIST).await;
        assert!(
            list.text().contains("Máy in A") && list.text().contains("TB-2023-00002"),
            "{}",
            list.text()
        );
        let rows = keeper.get(&format!("{import}/loi?buoc=nhap")).await;
        let rows = rows.text().to_owned();
        assert!(
            rows.contains("Máy in B") && rows.contains("năm triệu") && !rows.contains("Máy in A"),
            "{rows}"
        );
        assert!(
            rows.lines().next().unwrap().ends_with("Lý do từ chối"),
            "{rows}"
        );
        let imports = keeper.get(&format!("{LIST}/nhap")).await;
        assert!(
            imports.text().contains("Đã nhập xong"),
            "{}",
            imports.text()
        );

        // The refused rows, corrected, are a file that comes in with its reasons still there.
        let corrected = rows
            .replace("2023-02-30", "2023-02-28")
            .replace("năm triệu", "5000000")
            .replace("printer,,", "printer,Máy in C (giả lập),");
        let again = tried(&app, &mut keeper, LIST, ("b.csv", &corrected)).await;
        step(&app, &mut keeper, &again, "bat-dau").await;
        let list = keeper.get(LIST).await;
        assert!(list.text().contains("TB-2023-00004"), "{}", list.text());

        // What is there already is refused row by row, a column that there is not at once.
        let longer = format!("{TABLE}printer,Máy in E (giả lập),SN-5,2023-01-05,6000000,capital\n");
        let third = tried(&app, &mut keeper, LIST, ("a.csv", &longer)).await;
        let page = keeper.get(&third).await;
        assert!(page.text().contains("từ chối 4 dòng"), "{}", page.text());
        step(&app, &mut keeper, &third, "dung").await;
        assert!(keeper.get(&third).await.text().contains("Đã dừng"));
        let strange = TABLE.replace("Nguyên giá", "Giá trị");
        let address = format!("{LIST}/nhap");
        let refused = keeper
            .post_parts(&address, &address, &[("tep", "a.csv", &strange)])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Không có cột nào tên «Giá trị»"));

        step(&app, &mut keeper, &import, "hoan-tac").await;
        let page = keeper.get(&import).await;
        assert!(page.text().contains("Đã rút 2 bản ghi"), "{}", page.text());
        let list = keeper.get(LIST).await;
        assert!(!list.text().contains("Máy in A"), "{}", list.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_sees_neither_the_import_nor_its_rows() {
    for app in TestApp::with_packs().await {
        let mut first = keeper(&app, "giu.thietbi").await;
        let mut other = keeper(&app, "giu.khac").await;
        let import = tried(&app, &mut first, LIST, ("a.csv", TABLE)).await;
        for address in [import.clone(), format!("{import}/loi")] {
            assert_eq!(first.get(&address).await.status, StatusCode::OK);
            assert_eq!(other.get(&address).await.status, StatusCode::NOT_FOUND);
        }
        let list = other.get(&format!("{LIST}/nhap")).await;
        assert!(!list.text().contains("a.csv"), "{}", list.text());
        // Nor does it stand under another system.
        let elsewhere = import.replace("it-equipment/device", "growing-area/growing-area");
        assert_eq!(first.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
    }
}
