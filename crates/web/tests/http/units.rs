//! Units through time: who may look, who may change, and a whole event from form to undoing.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use directory::{PersonDraft, PositionDraft, PositionKind, Role};
use jiff::civil::date;
use vocab::hex;
use web::pages::links;

use crate::fixture::{Answer, Browser, TestApp, system};

const MERGE: [(&str, &str); 7] = [
    ("loai", "merge"),
    ("ngay", "2024-11-01"),
    ("don-vi", "29551"),
    ("vao", "29548"),
    ("so-ky-hieu", "1234/NQ-UBTVQH15"),
    ("ngay-van-ban", "2024-09-28"),
    ("co-quan", "Ủy ban Thường vụ Quốc hội"),
];

#[tokio::test]
async fn everybody_looks_and_few_may_change() {
    let app = TestApp::new().await;
    let mut anybody = app.browser();
    let tree = anybody
        .get("/don-vi/cay?ngay=2023-04-14&q=29551")
        .await
        .text()
        .to_owned();
    assert!(tree.contains("UBND phường 2") && tree.contains("1 đơn vị từng mang"));
    assert!(!tree.contains(links::UNIT_EVENTS));
    for path in [links::UNIT_MAP, links::UNIT_MAPPING, links::UNIT_TREE] {
        assert_eq!(anybody.get(path).await.status, StatusCode::OK, "{path}");
    }
    let nobody = anybody.get("/don-vi/khong-co/lich-su").await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    let mut officer = app.signed_in("canbo", Role::Officer).await;
    for path in [links::UNIT_EVENTS, links::UNIT_EVENT_NEW] {
        assert_eq!(anybody.get(path).await.status, StatusCode::SEE_OTHER);
        assert_eq!(officer.get(path).await.status, StatusCode::FORBIDDEN);
    }
    for path in [links::UNIT_EVENT_NEW, links::UNIT_EVENT_APPLY] {
        let answer = officer.post(links::ABOUT, path, &MERGE).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    let answer = upload(&mut officer, links::ABOUT, "date").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let answer = officer
        .post(links::ABOUT, links::UNIT_IMPORT_APPLY, &[("tep", "00")])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(app.app.directory.unit_events().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_merger_is_previewed_applied_once_and_undone() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("dieuphoi", Role::Coordinator).await;
    let first = browser.get(links::UNIT_EVENT_NEW).await;
    assert!(first.text().contains("Việc gì xảy ra?"));
    let form = format!("{}?loai=merge&ngay=2024-11-01", links::UNIT_EVENT_NEW);

    let shown = browser.post(&form, links::UNIT_EVENT_NEW, &MERGE).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text().contains("UBND phường 2 → UBND phường 1"));
    assert!(app.app.directory.unit_events().await.unwrap().is_empty());

    let done = browser.post(&form, links::UNIT_EVENT_APPLY, &MERGE).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let events = app.app.directory.unit_events().await.unwrap();
    assert_eq!(events.len(), 1);
    let list = browser.get(links::UNIT_EVENTS).await;
    assert!(list.text().contains("1234/NQ-UBTVQH15"));

    // What ended cannot be merged again; the form keeps what was typed.
    let again = browser.post(&form, links::UNIT_EVENT_NEW, &MERGE).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("1234/NQ-UBTVQH15"));

    let undo = links::unit_undo(&events[0].rearrangement.to_string());
    assert_eq!(browser.get(&undo).await.status, StatusCode::OK);
    let undone = browser.post(&undo, &undo, &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get(&undo).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_cannot_be_is_said_beside_its_field() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("quantri", Role::Administrator).await;
    let form = format!("{}?loai=split&ngay=2024-11-01", links::UNIT_EVENT_NEW);
    for (fields, says) in [
        (
            [
                ("loai", "split"),
                ("ngay", "2024-11-01"),
                ("don-vi", "99999"),
                ("vao", "29548"),
            ],
            "99999",
        ),
        (
            [
                ("loai", "split"),
                ("ngay", "2024-11-01"),
                ("don-vi", "29551"),
                ("vao", "29548; ba phần"),
            ],
            "ba phần",
        ),
        (
            [
                ("loai", "split"),
                ("ngay", "2024-11-01"),
                ("don-vi", "29551"),
                ("vao", " "),
            ],
            "error-summary",
        ),
    ] {
        let answer = browser.post(&form, links::UNIT_EVENT_NEW, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(answer.text().contains(says), "{says}");
        assert!(!answer.text().contains('⟦'));
    }
    let bad = "date,event,from_code,to_code,to_name,share\n2024-11-01,dissolve,1,2,x,whole\n";
    let answer = upload(&mut browser, links::UNIT_IMPORT, bad).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("dissolve"), "{}", answer.text());
    assert!(app.app.directory.unit_events().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_step_is_gone_through_at_a_time_and_back_again() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("quantri", Role::Administrator).await;
    let form = format!("{}?loai=merge&ngay=2024-11-01", links::UNIT_EVENT_NEW);
    let units = browser.get(&form).await;
    assert!(units.text().contains("Những đơn vị nào?") && !units.text().contains("so-ky-hieu"));

    let mut fields = MERGE[..4].to_vec();
    fields.push(("buoc", "van-ban"));
    let order = browser.post(&form, links::UNIT_EVENT_NEW, &fields).await;
    let asks = order.text();
    assert!(asks.contains("name=\"so-ky-hieu\"") && asks.contains("value=\"29551\""));

    // What cannot be is said before the next step is asked.
    let wrong = [
        ("loai", "merge"),
        ("ngay", "2024-11-01"),
        ("don-vi", "x"),
        ("buoc", "van-ban"),
    ];
    let refused = browser.post(&form, links::UNIT_EVENT_NEW, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Những đơn vị nào?"));

    // A day of the resolution that is none is said in its own step, with the units kept.
    let mut fields = MERGE.to_vec();
    fields[5] = ("ngay-van-ban", "hôm qua");
    let refused = browser.post(&form, links::UNIT_EVENT_NEW, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(
        text.contains("name=\"ngay-van-ban\" type=\"date\"") && text.contains("value=\"29551\"")
    );

    // Back to the units from the last step, with what was typed.
    let mut fields = MERGE.to_vec();
    fields.push(("buoc", "don-vi"));
    let back = browser.post(&form, links::UNIT_EVENT_NEW, &fields).await;
    let text = back.text();
    assert!(text.contains("29551</textarea>") && text.contains("value=\"1234/NQ-UBTVQH15\""));
    assert!(app.app.directory.unit_events().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_preview_names_who_holds_positions_there() {
    let app = TestApp::new().await;
    let directory = &app.app.directory;
    let tree = directory.units_on(date(2024, 1, 1)).await.unwrap();
    let unit = tree.by_area_code("29551").unwrap().id;
    let actor = system();
    let id = app.app.store().context().new_id();
    let draft = PersonDraft {
        name: "Hồ Thị Kỷ Niệm".to_owned(),
        ..PersonDraft::default()
    };
    directory.create_person(&actor, id, draft).await.unwrap();
    let position = PositionDraft {
        unit,
        title: "Chủ tịch UBND phường".to_owned(),
        roles: vec![Role::Head],
        kind: PositionKind::Acting,
        primary: true,
        valid_from: date(2023, 1, 1),
        valid_to: None,
    };
    let at = app.app.store().context().new_id();
    directory
        .add_position(&actor, at, id, position)
        .await
        .unwrap();

    let mut browser = app.signed_in("quantri", Role::Administrator).await;
    let form = format!("{}?loai=merge&ngay=2024-11-01", links::UNIT_EVENT_NEW);
    let shown = browser.post(&form, links::UNIT_EVENT_NEW, &MERGE).await;
    let text = shown.text();
    for says in [
        "1 người giữ vị trí",
        "Hồ Thị Kỷ Niệm",
        "Chủ tịch UBND phường",
        "Vị trí công tác: 1",
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }
}

#[tokio::test]
async fn a_file_is_read_on_trial_applied_whole_and_once() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("quantri", Role::Administrator).await;
    let good = "date,event,from_code,to_code,to_name,share\n\
                2024-11-01,merge-into,29551,29548,Phường 1,whole\n";
    let mixed = format!("{good}2024-11-01,merge-into,99999,29548,Phường 1,whole\n");
    let refused = upload(&mut browser, links::UNIT_IMPORT, &mixed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(text.contains(">3</th>") && text.contains("99999"), "{text}");

    let shown = upload(&mut browser, links::UNIT_IMPORT, good).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
    assert!(shown.text().contains("UBND phường 2 → UBND phường 1"));
    assert!(app.app.directory.unit_events().await.unwrap().is_empty());
    let digest = hex::encode(&sha256(good));
    let apply = [("tep", digest.as_str()), ("ten", "sap-xep.csv")];
    for _ in 0..2 {
        let done = browser
            .post(links::UNIT_IMPORT, links::UNIT_IMPORT_APPLY, &apply)
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    }
    let events = app.app.directory.unit_events().await.unwrap();
    assert_eq!(events.len(), 1);
    let order = &events[0].event.as_ref().unwrap().ordered_by;
    assert_eq!(order.source, "sap-xep.csv:2");
    let again = upload(&mut browser, links::UNIT_IMPORT, good).await;
    assert!(
        again.text().contains("đã được áp dụng") && !again.text().contains("Xác nhận và áp dụng")
    );

    let binary = upload(&mut browser, links::UNIT_IMPORT, "").await;
    assert_eq!(binary.status, StatusCode::UNPROCESSABLE_ENTITY);
    let gone = [("tep", "00"), ("ten", "a.csv")];
    let gone = browser
        .post(links::UNIT_IMPORT, links::UNIT_IMPORT_APPLY, &gone)
        .await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn every_page_of_units_speaks_of_the_day_that_is_asked() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("quantri", Role::Administrator).await;
    let form = format!("{}?loai=merge&ngay=2024-11-01", links::UNIT_EVENT_NEW);
    browser.post(&form, links::UNIT_EVENT_APPLY, &MERGE).await;
    let tree = app.app.directory.units_on(date(2024, 1, 1)).await.unwrap();
    let id = tree.by_area_code("29551").unwrap().id.to_string();
    let (before, after) = (date(2024, 10, 31), date(2024, 11, 1));

    let page = browser.get(&links::unit_on(&id, before)).await;
    assert!(
        page.text().contains("1,52 km²") && page.text().contains("13.319 người"),
        "{}",
        page.text()
    );
    let gone = browser.get(&links::unit_on(&id, after)).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let history = browser.get(&links::unit_history_on(&id, after)).await;
    assert!(history.text().contains("không có đơn vị này"));
    let history = browser.get(&links::unit_history_on(&id, before)).await;
    assert!(history.text().contains("(ngày đang xem)"));
    for (path, day, there) in [
        (links::UNITS, before, true),
        (links::UNITS, after, false),
        (links::UNIT_MAP, before, true),
        (links::UNIT_MAP, after, false),
    ] {
        let page = browser.get(&format!("{path}?ngay={day}")).await;
        assert_eq!(
            page.text().contains("UBND phường 2<"),
            there,
            "{path} {day}"
        );
    }
    let never = browser.get("/don-vi/khong-co?ngay=2024-01-01").await;
    assert_eq!(never.status, StatusCode::NOT_FOUND);
}

/// Sends a file of events as the page does.
async fn upload(browser: &mut Browser, from: &str, text: &str) -> Answer {
    let token = browser.get(from).await.token();
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
         --x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"sap-xep.csv\"\r\n\r\n\
         {text}\r\n--x--\r\n"
    );
    let request = Request::post(links::UNIT_IMPORT)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    browser.send(request).await
}

fn sha256(text: &str) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    Sha256::digest(text).into()
}
