//! Devices from a table: tried, taken in, refused rows with their reasons.

use axum::http::StatusCode;
use directory::{Grant, NewAccount, Role};

use crate::fixture::{PASSWORD, TestApp, system};

const LIST: &str = "/he-thong/it-equipment/device";
const TABLE: &str = "Loại thiết bị,Hãng và kiểu,Serial number,Ngày mua,Nguyên giá,Nguồn kinh phí\n\
    Máy in,Máy in A (giả lập),SN-1,05/01/2023,5.000.000,Nguồn sự nghiệp\n\
    printer,Máy in B (giả lập),SN-2,2023-02-30,5.000.000,recurrent\n\
    printer,,SN-3,2023-01-05,năm triệu,recurrent\n\
    printer,Máy in D (giả lập),SN-4,2023-01-05,6000000,capital\n";

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_tried_taken_in_and_refused_with_reasons() {
    for app in TestApp::with_packs().await {
        let unit = app.unit("Sở Nội vụ").await;
        let new = NewAccount {
            login: "giu.thietbi".to_owned(),
            name: "Bà Tư (giả lập)".to_owned(),
            password: PASSWORD.to_owned(),
            grants: vec![Grant::new(Role::coded("equipment.keeper").unwrap(), unit)],
            demo: false,
        };
        app.app
            .directory
            .create_account(&system(), new)
            .await
            .unwrap();
        let mut keeper = app.browser();
        keeper.sign_in("giu.thietbi", PASSWORD, "/").await;
        let address = format!("{LIST}/nhap");
        let tried = keeper
            .post_parts(
                &address,
                &address,
                &[("viec", "", "thu"), ("tep", "a.csv", TABLE)],
            )
            .await;
        assert_eq!(tried.status, StatusCode::OK, "{}", tried.text());
        assert!(
            tried.text().contains("Nhận 2 dòng, từ chối 2 dòng"),
            "{}",
            tried.text()
        );
        assert!(
            keeper
                .get(LIST)
                .await
                .text()
                .contains("Không có bản ghi nào"),
            "trying keeps nothing"
        );

        let done = keeper
            .post_parts(
                &address,
                &address,
                &[("viec", "", "nhap"), ("tep", "a.csv", TABLE)],
            )
            .await;
        let text = done.text();
        assert!(
            text.contains("Nhận 2 dòng") && text.contains("Ngày mua: Nhập ngày hợp lệ"),
            "{text}"
        );
        let list = keeper.get(LIST).await;
        assert!(
            list.text().contains("Máy in A") && list.text().contains("TB-2023-00002"),
            "{}",
            list.text()
        );
        let file = text
            .split("href=\"")
            .find(|part| part.contains("/nhap/loi?"))
            .unwrap();
        let file = file
            .split('"')
            .next()
            .unwrap()
            .replace("&amp;", "&")
            .replace("&#38;", "&");
        let rows = keeper.get(&file).await;
        let rows = rows.text();
        assert!(
            rows.contains("Máy in B") && rows.contains("năm triệu") && !rows.contains("Máy in A"),
            "{rows}"
        );
        assert!(
            rows.lines().next().unwrap().ends_with("Lý do từ chối"),
            "{rows}"
        );

        // Sent twice, it was taken in once.
        let repeated = keeper.again().await;
        assert!(
            repeated.text().contains("Nhận 2 dòng, từ chối 2 dòng"),
            "{}",
            repeated.text()
        );
        let list = keeper.get(LIST).await;
        assert!(!list.text().contains("TB-2023-00003"), "{}", list.text());

        // What is there already is refused row by row, a column that there is not at once.
        let longer = format!("{TABLE}printer,Máy in E (giả lập),SN-5,2023-01-05,6000000,capital\n");
        let again = keeper
            .post_parts(
                &address,
                &address,
                &[("viec", "", "nhap"), ("tep", "a.csv", &longer)],
            )
            .await;
        assert!(
            again.text().contains("Nhận 1 dòng, từ chối 4 dòng"),
            "{}",
            again.text()
        );
        let strange = TABLE.replace("Nguyên giá", "Giá trị");
        let refused = keeper
            .post_parts(
                &address,
                &address,
                &[("viec", "", "thu"), ("tep", "a.csv", &strange)],
            )
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Không có cột nào tên «Giá trị»"));
    }
}
