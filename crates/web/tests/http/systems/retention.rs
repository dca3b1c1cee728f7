//! How long records are kept, as pages say it; holding one back; confirming a rule.

use axum::http::StatusCode;
use directory::{Grant, NewAccount, Role};

use super::import::{step, tried};
use crate::fixture::{PASSWORD, TestApp, system};

const LIST: &str = "/he-thong/it-equipment/device";
const DEVICE: &str = "Loại thiết bị,Hãng và kiểu,Serial number,Ngày mua,Nguyên giá,Nguồn kinh phí\n\
    Máy in,Máy in A (giả lập),SN-1,05/01/2023,5.000.000,Nguồn sự nghiệp\n";

async fn somebody(app: &TestApp, login: &str, roles: &[&str]) -> crate::fixture::Browser {
    let unit = app.unit("Sở Nội vụ").await;
    let grants = roles
        .iter()
        .map(|role| Grant::new(Role::coded(role).unwrap(), unit));
    let new = NewAccount {
        login: login.to_owned(),
        name: format!("Ông {login} (giả lập)"),
        password: PASSWORD.to_owned(),
        grants: grants.collect(),
        demo: false,
    };
    let directory = &app.app.directory;
    directory.create_account(&system(), new).await.unwrap();
    let mut browser = app.browser();
    browser.sign_in(login, PASSWORD, "/").await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_a_record_is_said_held_back_and_confirmed() {
    for app in TestApp::with_packs().await {
        let roles = ["equipment.keeper", "equipment.head", "administrator"];
        let mut keeper = somebody(&app, "giu.thietbi", &roles).await;
        let import = tried(&app, &mut keeper, LIST, ("a.csv", DEVICE)).await;
        step(&app, &mut keeper, &import, "bat-dau").await;
        let list = keeper.get(LIST).await;
        let record = list
            .text()
            .split("href=\"")
            .filter_map(|part| part.split('"').next())
            .find(|href| href.starts_with(LIST) && href.len() == LIST.len() + 37)
            .unwrap()
            .to_owned();
        let page = keeper.get(&record).await;
        assert!(
            !page.text().contains("Thời hạn lưu trữ"),
            "nothing comes of it yet"
        );
        let parts = [
            ("phien-ban", "", "1"),
            ("ly-do", "", "Hỏng"),
            ("f_disposal_minutes", "bien-ban.pdf", "%PDF-1.4\n"),
        ];
        let step = format!("{record}/buoc/dispose");
        let done = keeper.post_parts(&record, &step, &parts).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());

        let page = keeper.get(&record).await;
        let text = page.text();
        assert!(
            text.contains("Lưu 5 năm kể từ khi ở trạng thái Đã thanh lý"),
            "{text}"
        );
        assert!(
            text.contains("15/2017/QH14") && text.contains("chưa được xác nhận"),
            "{text}"
        );
        let hold = format!("{record}/giu");
        let refused = keeper.post(&record, &hold, &[("ly-do-giu", " ")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let why = [("ly-do-giu", "Thanh tra theo quyết định 12 (giả lập)")];
        let kept_back = keeper.post(&record, &hold, &why).await;
        let status = kept_back.status;
        assert_eq!(status, StatusCode::SEE_OTHER, "{}", kept_back.text());
        let page = keeper.get(&record).await;
        assert!(
            page.text().contains("Thanh tra theo quyết định 12"),
            "{}",
            page.text()
        );
        let let_go = format!("{record}/thoi-giu");
        let freed = keeper
            .post(&record, &let_go, &[("ly-do-giu", "Đã kết luận")])
            .await;
        assert_eq!(freed.status, StatusCode::SEE_OTHER, "{}", freed.text());

        // An administrator who reads no device sees the rule and confirms it, and is told of none.
        let mut admin = somebody(&app, "quantri", &["administrator"]).await;
        let kept = format!("{LIST}/luu-tru");
        app.app.plans.registry().retain_all().await.unwrap();
        let page = admin.get(&kept).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert!(
            page.text().contains("Đang chờ người quản trị xác nhận"),
            "{}",
            page.text()
        );
        assert!(!page.text().contains("Máy in A"), "{}", page.text());
        let confirmed = admin.post(&kept, &kept, &[]).await;
        assert_eq!(
            confirmed.status,
            StatusCode::SEE_OTHER,
            "{}",
            confirmed.text()
        );
        let page = admin.get(&kept).await;
        assert!(
            !page.text().contains("Đang chờ người quản trị"),
            "{}",
            page.text()
        );
        let again = admin.post(&kept, &kept, &[]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        // Others neither see the page nor hold anything back.
        let mut stranger = somebody(&app, "nguoi.la", &["officer"]).await;
        assert_eq!(stranger.get(&kept).await.status, StatusCode::NOT_FOUND);
    }
}
