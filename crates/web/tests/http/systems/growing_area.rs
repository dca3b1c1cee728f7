//! The life of a growing area from proposal to grant, by the forms of the pages.

use axum::http::StatusCode;
use directory::{Role, UnitKind};

use crate::fixture::{Answer, Browser, PASSWORD, TestApp};

const DECISION: &str = include_str!("../../../../../data/plan/decision-833-2023.txt");
pub(super) const LIST: &str = "/he-thong/growing-area/growing-area";
/// About 19 ha near Vĩnh Long.
const BOUNDARY: &str = r#"{"type":"Polygon","coordinates":[[[105.9,10.2],[105.904,10.2],[105.904,10.204],[105.9,10.204],[105.9,10.2]]]}"#;

pub(super) fn form<'a>(
    unit: &'a str,
    more: &[(&'a str, &'a str, &'a str)],
) -> Vec<(&'a str, &'a str, &'a str)> {
    let mut parts = vec![
        ("phien-ban", "", "0"),
        ("f_name", "", "Vùng sầu riêng ấp Phú Long (giả lập)"),
        ("f_crop", "", "durian-ri6"),
        ("f_commune", "", unit),
        ("f_boundary", "", BOUNDARY),
        ("f_area_ha", "", "19,4"),
        ("f_responsible_name", "", "Hợp tác xã Phú Long (giả lập)"),
        ("f_representative_name", "", "Nguyễn Văn A (giả lập)"),
        ("f_representative_phone", "", "0912 345 678"),
        ("f_holders.dong", "", "1"),
        ("f_holders/0/full_name", "", "Nguyễn Văn A (giả lập)"),
        ("f_holders/0/citizen_id", "", "086090000123"),
        ("f_holders/0/plot_ha", "", "5,5"),
        ("f_markets", "", "CN"),
        ("f_yearly_yield_t", "", "120"),
    ];
    for part in more {
        parts.retain(|(name, _, _)| name != &part.0);
        parts.push(*part);
    }
    parts
}

pub(super) fn went(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").to_owned()
}

pub(super) async fn step(
    browser: &mut Browser,
    record: &str,
    step: &str,
    more: &[(&str, &str, &str)],
) -> Answer {
    let page = browser.get(record).await;
    let version = page.text().split("name=\"phien-ban\" value=\"").nth(1);
    let version = version
        .map_or("1", |rest| rest.split('"').next().unwrap())
        .to_owned();
    let mut parts = vec![("phien-ban", "", version.as_str())];
    parts.extend_from_slice(more);
    browser
        .post_parts(record, &format!("{record}/buoc/{step}"), &parts)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_area_goes_from_proposal_to_its_code() {
    for app in TestApp::with_packs().await {
        let units = app.app.directory.units().await.unwrap();
        let commune = units
            .iter()
            .find(|unit| unit.kind == UnitKind::Commune)
            .unwrap();
        let (unit, commune) = (commune.id.to_string(), commune.name.clone());
        let province = directory::province().to_string();
        let mut officer = somebody(&app, "canbo.xa", "agri.officer", &unit).await;
        let mut inspector = somebody(&app, "kiemtra", "agri.inspector", &province).await;
        let mut approver = somebody(&app, "duyet", "agri.approver", &province).await;
        let mut head = somebody(&app, "chicuc", "agri.head", &province).await;
        let mut stranger = app.signed_in("nguoila", Role::Officer).await;

        // The list is there, and for whom it is not it does not exist.
        let index = officer.get("/he-thong").await;
        assert!(index.text().contains("Vùng trồng"), "{}", index.text());
        assert_eq!(officer.get(LIST).await.status, StatusCode::OK);
        assert_eq!(stranger.get(LIST).await.status, StatusCode::NOT_FOUND);
        let page = officer.get(&format!("{LIST}/moi")).await;
        assert!(
            page.text()
                .contains("Chỉ điền khi «Tiêu chuẩn canh tác» khác Chưa áp dụng.")
        );

        // What is wrong comes back at its field, with what was typed.
        let new = format!("{LIST}/moi");
        let wrong = [
            ("f_representative_phone", "", "12"),
            ("f_markets", "", "XX"),
            ("f_area_ha", "", "2,5"),
        ];
        let answer = officer.post_parts(&new, &new, &form(&unit, &wrong)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = answer.text();
        assert!(
            text.contains("href=\"#f_representative_phone\"")
                && text.contains("href=\"#f_markets\""),
            "{text}"
        );
        assert!(text.contains("ấp Phú Long"));
        // A rule of the pack says its own words at its own field.
        let answer = officer
            .post_parts(&new, &new, &form(&unit, &[("f_area_ha", "", "2,5")]))
            .await;
        assert!(
            answer
                .text()
                .contains("Tổng diện tích các hộ lớn hơn diện tích vùng trồng")
        );

        let record = went(&officer.post_parts(&new, &new, &form(&unit, &[])).await);
        let page = officer.get(&record).await;
        let text = page.text();
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            text.contains("Đang lập hồ sơ") && text.contains("19,4 ha") && text.contains(&commune)
        );
        // Personal data is masked for whoever was not granted to see it, and shown for correction.
        assert!(
            !text.contains("0912 345 678") && !text.contains("086090000123"),
            "{text}"
        );
        let edit = officer.get(&format!("{record}/sua")).await;
        assert!(edit.text().contains("0912 345 678") && edit.text().contains("086090000123"));
        // Others do not see drafts.
        for other in [&mut inspector, &mut approver, &mut stranger] {
            assert_eq!(other.get(&record).await.status, StatusCode::NOT_FOUND);
        }

        // An edit over a version that somebody else changed shows both.
        let edited = [("phien-ban", "", "1"), ("f_hamlet", "", "Ấp Phú Long")];
        went(
            &officer
                .post_parts(
                    &format!("{record}/sua"),
                    &format!("{record}/sua"),
                    &form(&unit, &edited),
                )
                .await,
        );
        let again = officer
            .post_parts(
                &format!("{record}/sua"),
                &format!("{record}/sua"),
                &form(&unit, &edited),
            )
            .await;
        assert_eq!(again.status, StatusCode::CONFLICT);

        went(&step(&mut officer, &record, "propose", &[]).await);
        let text = officer.get(&record).await.text().to_owned();
        assert!(
            text.contains("Đã đề nghị") && text.contains("Thời hạn cấp mã"),
            "{text}"
        );
        assert_eq!(
            officer.get(&format!("{record}/sua")).await.status,
            StatusCode::CONFLICT
        );

        // The inspector sees the dossier with its personal data, has it as a task before there is
        // a plan and after, and waits for the commune to confirm.
        let before = inspector.get("/viec-cua-toi").await;
        let by = registry::Caller::new(directory::Principal::system(), "test", vocab::Id::NIL);
        let imported = app.app.plans.import(&by, "833.txt", DECISION).await;
        imported.unwrap();
        let inbox = inspector.get("/viec-cua-toi").await;
        for inbox in [&before, &inbox] {
            assert_eq!(inbox.status, StatusCode::OK, "{}", inbox.text());
            assert!(
                inbox.text().contains("Ghi kết quả kiểm tra") && inbox.text().contains("Phú Long"),
                "{}",
                inbox.text()
            );
        }
        let left = |text: &str| {
            let at = text.find("Ghi kết quả kiểm tra").unwrap();
            let begins = ["<li>", "<tr>"].map(|tag| text[..at].rfind(tag));
            let row = &text[begins.into_iter().flatten().max().unwrap()..];
            let days = row.split("Còn ").nth(1).unwrap();
            days.split(" ngày").next().unwrap().to_owned()
        };
        let in_inbox = left(inbox.text());
        let text = inspector.get(&record).await.text().to_owned();
        assert_eq!(left(&text), in_inbox, "the same deadline on both pages");
        assert!(
            text.contains("0912 345 678") && text.contains("Còn việc phải làm xong"),
            "{text}"
        );
        let task = officer
            .get(&record)
            .await
            .text()
            .split("/viec/")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        // Pressed twice, a button did its work the first time.
        let done = format!("{record}/viec/{task}");
        went(&officer.post(&record, &done, &[]).await);
        went(&officer.again().await);
        let (page, said) = (
            format!("{record}/gop-y"),
            [("gop-y", "Đã xác nhận (giả lập)")],
        );
        went(&officer.post(&record, &page, &said).await);
        went(&officer.again().await);
        let comments = officer.get(&record).await;
        assert_eq!(comments.text().matches("Đã xác nhận (giả lập)").count(), 1);
        let missing = step(
            &mut inspector,
            &record,
            "inspect",
            &[("f_inspected_on", "", "2023-04-14")],
        )
        .await;
        assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            missing
                .text()
                .contains("href=\"#inspect-f_inspection_report\""),
            "{}",
            missing.text()
        );
        let report = (
            "f_inspection_report",
            "bien-ban.pdf",
            "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
        );
        went(
            &step(
                &mut inspector,
                &record,
                "inspect",
                &[("f_inspected_on", "", "2023-04-14"), report],
            )
            .await,
        );

        // The file is for whoever may read the record.
        let page = inspector.get(&record).await;
        let file = page.text().split("href=\"/tep/").nth(1).unwrap();
        let file = format!("/tep/{}", file.split('"').next().unwrap());
        let read = inspector.get(&file).await;
        assert!(read.text().starts_with("%PDF"), "{}", read.text());
        assert_eq!(stranger.get(&file).await.status, StatusCode::NOT_FOUND);

        // Two must approve, each in a role of their own; then the code is given.
        let refused = step(
            &mut inspector,
            &record,
            "grant",
            &[("f_decision_number", "", "12/QĐ")],
        )
        .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        went(
            &step(
                &mut approver,
                &record,
                "grant",
                &[("f_decision_number", "", "12/QĐ-BVTV")],
            )
            .await,
        );
        let text = approver.get(&record).await.text().to_owned();
        assert!(text.contains("Đã kiểm tra") && !text.contains("VN-VLOR-0001"));
        assert!(text.contains("Anh chị đã phê duyệt"), "{text}");
        went(
            &step(
                &mut head,
                &record,
                "grant",
                &[("f_decision_number", "", "12/QĐ-BVTV")],
            )
            .await,
        );
        let text = head.get(&record).await.text().to_owned();
        assert!(
            text.contains("Đang hoạt động")
                && text.contains("VN-VLOR-0001")
                && text.contains("14/04/2023"),
            "{text}"
        );
        let found = head.get(&format!("{LIST}?q=vlor+0001")).await;
        assert!(found.text().contains("Phú Long"));
        let history = head.get(&format!("{record}/lich-su")).await;
        assert!(
            history.text().contains("Phê duyệt: Cấp mã số")
                && history.text().contains("12/QĐ-BVTV")
        );

        // Whoever lists its visits chooses it by what it is called, as far as they see it.
        let visits = "/he-thong/growing-area/monitoring-visit";
        let id = record.rsplit('/').next().unwrap();
        let list = approver.get(&format!("{visits}?f_area={id}")).await;
        assert_eq!(list.status, StatusCode::OK);
        let chosen = format!("<option value=\"{id}\" selected>VN-VLOR-0001 – ");
        assert!(list.text().contains(&chosen), "{}", list.text());
        let list = stranger.get(visits).await;
        assert!(!list.text().contains("VN-VLOR-0001"));

        // Exports hold what one sees; who may not export is refused.
        let csv = approver.get(&format!("{LIST}/xuat?dang=csv")).await;
        assert!(csv.text().contains("VN-VLOR-0001") && csv.text().contains("0912 345 678"));
        let csv = head.get(&format!("{LIST}/xuat?dang=csv")).await;
        assert!(csv.text().contains("VN-VLOR-0001") && !csv.text().contains("0912 345 678"));
        assert_eq!(
            officer.get(&format!("{LIST}/xuat?dang=csv")).await.status,
            StatusCode::FORBIDDEN
        );

        // Looking at personal data was noted.
        app.app.store().write_readings().await.unwrap();
        let query = store::reads::ReadingQuery {
            limit: 100,
            ..Default::default()
        };
        let readings = app.app.store().readings(&query).await.unwrap();
        assert!(
            readings.iter().any(|row| row
                .fields
                .iter()
                .any(|field| field == "representative_phone")),
            "{readings:?}"
        );
        // And nothing was altered.
        let verified = app.app.store().verify(None).await.unwrap();
        assert!(verified.findings.is_empty(), "{:?}", verified.findings);
    }
}

/// Somebody who holds a role of the pack in a unit.
pub(super) async fn somebody(app: &TestApp, login: &str, role: &str, unit: &str) -> Browser {
    let new = directory::NewAccount {
        login: login.to_owned(),
        name: "Cán bộ xã (giả lập)".to_owned(),
        password: PASSWORD.to_owned(),
        grants: vec![directory::Grant::new(
            Role::coded(role).unwrap(),
            unit.parse().unwrap(),
        )],
        demo: false,
    };
    app.app
        .directory
        .create_account(&crate::fixture::system(), new)
        .await
        .unwrap();
    let mut browser = app.browser();
    assert_eq!(
        browser.sign_in(login, PASSWORD, "/").await.status,
        StatusCode::SEE_OTHER
    );
    browser
}
