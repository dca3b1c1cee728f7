//! Units through time: who may look, who may change, and a whole event from form to undoing.

use axum::http::StatusCode;
use directory::Role;
use web::pages::links;

use crate::fixture::TestApp;

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
    for path in [links::UNIT_IMPORT, links::UNIT_IMPORT_APPLY] {
        let answer = officer.post(links::ABOUT, path, &[("tep", "date")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
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
    let answer = browser
        .post(links::UNIT_EVENTS, links::UNIT_IMPORT, &[("tep", bad)])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("dissolve"), "{}", answer.text());
    assert!(app.app.directory.unit_events().await.unwrap().is_empty());
}
