//! Pages for administrators.

use axum::http::StatusCode;
use directory::Role;
use store::{NewJob, Op, Write};
use web::pages::links;

use crate::fixture::{TestApp, system};

#[tokio::test]
async fn only_administrators_see_them() {
    let app = TestApp::new().await;
    let mut officer = app.signed_in("canbo", Role::Officer).await;
    let mut coordinator = app.signed_in("dieuphoi", Role::Coordinator).await;
    let id = "0189d3c4-5a6b-7c8d-9e0f-112233445566";
    for path in [links::JOBS, links::AUDIT] {
        assert_eq!(app.browser().get(path).await.status, StatusCode::SEE_OTHER);
        for browser in [&mut officer, &mut coordinator] {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            assert!(answer.text().contains("không có vai trò"));
            // Coordinators set up units, and nothing else of it.
            let links = answer.text().matches("href=\"/quan-tri").count();
            let units = format!("href=\"{}\"", links::UNIT_EVENTS);
            assert_eq!(links, answer.text().matches(&units).count());
        }
    }
    for path in [links::run_again(id), links::AUDIT_CHECK.to_owned()] {
        let answer = officer.post(links::ABOUT, &path, &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        let answer = app.browser().post(links::ABOUT, &path, &[]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(answer.text().contains("href=\"/dang-nhap\""));
    }
}

#[tokio::test]
async fn a_job_that_died_is_seen_and_run_again() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("quantri", Role::Administrator).await;
    assert!(
        browser
            .get(links::JOBS)
            .await
            .text()
            .contains("Không có tác vụ nào hỏng")
    );
    let store = app.app.store();
    let job = NewJob {
        kind: "notify.<b>email".to_owned(),
        payload: "{}".to_owned(),
        unique_key: None,
        run_at: None,
    };
    store
        .commit(Write::by(system()).op(Op::Enqueue(job)))
        .await
        .unwrap();
    let page = browser.get(links::JOBS).await;
    assert!(
        page.text().contains("việc đến lượt sớm nhất"),
        "nothing waits"
    );
    let worker = store.context().new_id();
    let job = store.lease_jobs(worker, 1, 60).await.unwrap().remove(0);
    let tried = store::jobs::Job {
        attempts: store::jobs::ATTEMPTS,
        ..job
    };
    store
        .fail_job(&tried, worker, "connection refused")
        .await
        .unwrap();

    let page = browser.get(links::JOBS).await;
    assert!(
        page.text().contains("notify.&#60;b&#62;email")
            && page.text().contains("connection refused")
    );
    let path = links::run_again(&tried.id.to_string());
    browser.post(links::JOBS, &path, &[]).await;
    let page = browser.get(links::JOBS).await;
    assert!(
        page.text().contains("sẽ được chạy lại") && !page.text().contains("connection refused")
    );
    browser.post(links::JOBS, &path, &[]).await;
    assert!(
        browser
            .get(links::JOBS)
            .await
            .text()
            .contains("không còn ở danh sách hỏng")
    );
    for path in [
        "/quan-tri/cong-viec?truoc=x",
        "/quan-tri/cong-viec?truoc=1_x",
    ] {
        assert_eq!(browser.get(path).await.status, StatusCode::BAD_REQUEST);
    }
    let answer = browser
        .post(links::JOBS, "/quan-tri/cong-viec/..%2f/chay-lai", &[])
        .await;
    assert!(answer.status.is_client_error());
}

#[tokio::test]
async fn the_audit_is_paged_searched_and_checked() {
    let app = TestApp::new().await;
    let account = app.account("lan.pt", "Phạm Thị Lan", Role::Officer).await;
    let mut browser = app.signed_in("quantri", Role::Administrator).await;
    let page = browser.get(links::AUDIT).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Tạo mới") && page.text().contains("Hệ thống"));
    assert!(page.text().contains("?truoc="), "no way to older entries");
    for text in [account.id.to_string(), "account".to_owned()] {
        let page = browser
            .get(&format!("{}?tu-khoa={text}", links::AUDIT))
            .await;
        assert!(page.text().contains(&account.id.to_string()), "{text}");
    }
    let page = browser
        .get(&format!("{}?tu-khoa=%22%3E%3Cscript%3E", links::AUDIT))
        .await;
    assert!(page.text().contains("Không có mục nào phù hợp") && !page.text().contains("<script>"));
    assert!(
        browser
            .get("/quan-tri/nhat-ky?truoc=x")
            .await
            .status
            .is_client_error()
    );

    assert!(page.text().contains("Chuỗi chưa được kiểm tra"));
    let answer = browser.post(links::AUDIT, links::AUDIT_CHECK, &[]).await;
    assert_eq!(answer.header("location"), links::AUDIT);
    let mut page = browser.get(links::AUDIT).await;
    for _ in 0..200 {
        if page.text().contains("Chuỗi nguyên vẹn") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        page = browser.get(links::AUDIT).await;
    }
    assert!(page.text().contains("Chuỗi nguyên vẹn"), "{}", page.text());
    let head = app.app.store().audit_head().await.unwrap();
    assert!(page.text().contains(&head.hash));
}
