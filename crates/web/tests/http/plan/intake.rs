//! Taking in a decision at a page: read on trial, told, confirmed; names; duties.

use axum::http::{Request, StatusCode, header};
use directory::{Principal, Role};
use registry::Caller;
use vocab::Id;

use crate::fixture::{Answer, Browser, TestApp};

const DECISION: &str = include_str!("../../../../../data/plan/decision-833-2023.txt");
const PAGE: &str = "/ke-hoach/nhap";

/// Sends a file through the form.
async fn upload(browser: &mut Browser, name: &str, content: &[u8]) -> Answer {
    let token = browser.get(PAGE).await.token();
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
         --x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n"
    )
    .into_bytes();
    body.extend(content);
    body.extend(b"\r\n--x--\r\n");
    let request = Request::post(PAGE)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(body.into())
        .unwrap();
    browser.send(request).await
}

fn hidden(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\"")).unwrap();
    let rest = &page[at..];
    let from = rest.find("value=\"").unwrap() + 7;
    rest[from..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_decision_is_read_on_trial_told_and_confirmed() {
    let app = TestApp::new().await;
    let mut coordinator = app.signed_in("dieu.phoi", Role::Coordinator).await;
    let refused = upload(&mut coordinator, "a.pdf", b"%PDF-1.7 x").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("DOCX hoặc XLSX"));
    // A saved page is no evidence anywhere else; here it is read, and found to be no decision.
    let page = upload(&mut coordinator, "a.html", b"<!DOCTYPE html><p>x").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("phụ lục mục tiêu"), "{}", page.text());

    let sent = upload(&mut coordinator, "833.txt", DECISION.as_bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let preview = sent.header("location").to_owned();
    let page = coordinator.get(&preview).await;
    assert!(page.text().contains("chưa có trong hệ thống"));
    assert!(page.text().contains("833/QĐ-UBND") && page.text().contains("148"));
    assert!(
        app.app.plans.view().await.unwrap().is_none(),
        "nothing was written yet"
    );
    // Nobody else reaches the file by its digest.
    let mut other = app.signed_in("dieu.phoi.2", Role::Coordinator).await;
    assert_eq!(other.get(&preview).await.status, StatusCode::NOT_FOUND);

    let action = preview.split('?').next().unwrap();
    let (name, version) = (hidden(page.text(), "ten"), hidden(page.text(), "phien-ban"));
    let fields = [("ten", name.as_str()), ("phien-ban", version.as_str())];
    // Somebody else was quicker: nothing is lost, and the page tells what differs now.
    let by = Caller::new(Principal::system(), "cli", Id::NIL);
    let other = DECISION.replacen("Chuyển đổi số", "Chuyển Đổi Số", 1);
    app.app
        .plans
        .import(&by, "833-2.txt", &other)
        .await
        .unwrap();
    let late = coordinator.post(&preview, action, &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("vừa được người khác thay đổi"));
    let version = hidden(late.text(), "phien-ban");
    assert_eq!(version, "1");
    let fields = [("ten", name.as_str()), ("phien-ban", version.as_str())];
    let done = coordinator.post(&preview, action, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let view = app.app.plans.view().await.unwrap().unwrap();
    assert_eq!(view.targets.len(), 148);
    assert_eq!(view.body.source[0].name, "833.txt");

    // The names that wait, and one decided.
    let names = "/ke-hoach/ten-goi";
    let page = coordinator.get(names).await;
    let written = view.body.names[0].written.clone();
    let unit = app.unit("Sở Nội vụ").await;
    let choice = format!("don-vi:{unit}");
    let decided = [
        ("ten", written.as_str()),
        ("phien-ban", "0"),
        ("nghia", choice.as_str()),
        ("ten-day-du", ""),
    ];
    assert_eq!(page.status, StatusCode::OK);
    let nothing = [
        decided[0],
        decided[1],
        ("nghia", "co-ten"),
        ("ten-day-du", "Sở Không Có"),
    ];
    let refused = coordinator.post(names, names, &nothing).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Sở Không Có"));
    let done = coordinator.post(names, names, &decided).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let now = app.app.plans.view().await.unwrap().unwrap();
    assert_eq!(now.body.names.len() + 1, view.body.names.len());

    // Duties, and one reported.
    let page = coordinator.get("/nhiem-vu").await;
    assert_eq!(page.status, StatusCode::OK);
    let overdue = coordinator.get("/nhiem-vu?tinh-trang=overdue").await;
    assert!(overdue.text().contains("Quá hạn"));
    let duty = now
        .duties
        .iter()
        .find(|duty| duty.body.last_day().is_some());
    let duty = format!("/nhiem-vu/{}", duty.unwrap().id);
    let report = |day| {
        [
            ("phien-ban", "1"),
            ("ngay", day),
            ("ket-qua", "Báo cáo số 12"),
            ("viec", "luu"),
        ]
    };
    let refused = coordinator.post(&duty, &duty, &report("hôm qua")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Báo cáo số 12"));
    let done = coordinator.post(&duty, &duty, &report("2023-03-30")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let page = app.browser().get("/nhiem-vu?tinh-trang=reported").await;
    assert!(page.text().contains("Báo cáo số 12"));
    let told = app.browser().get("/so-lieu-truoc").await;
    assert_eq!(told.status, StatusCode::OK);
    assert!(told.text().contains("Chưa gắn được với số đo nào"));
}
