//! The first administrator.

use axum::http::StatusCode;
use directory::Role;
use web::pages::links;

use crate::fixture::{PASSWORD, TestApp};

fn form<'a>(code: &'a str, password: &'a str, again: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("ma-thiet-lap", code),
        ("ho-ten", "Lê <i>Quang</i>"),
        ("ten-dang-nhap", "quantri"),
        ("mat-khau", password),
        ("mat-khau-lai", again),
    ]
}

#[tokio::test]
async fn the_first_administrator_is_made_once() {
    let app = TestApp::new().await;
    let code = app.app.directory.issue_setup_code().await.unwrap().unwrap();
    let mut browser = app.browser();
    for (fields, status, words) in [
        (
            form("sai", PASSWORD, PASSWORD),
            403,
            "Mã thiết lập không đúng",
        ),
        (form(&code, PASSWORD, "khác"), 422, "Hai lần nhập mật khẩu"),
        (form(&code, "ngắn", "ngắn"), 422, "ít nhất 12 ký tự"),
    ] {
        let answer = browser.post(links::SETUP, links::SETUP, &fields).await;
        assert_eq!(answer.status.as_u16(), status);
        assert!(answer.text().contains(words), "{}", answer.text());
        assert!(answer.text().contains("value=\"Lê &#60;i&#62;Quang"));
        assert!(!answer.text().contains(PASSWORD) && !answer.text().contains(&code));
    }
    let fields = form(&code, PASSWORD, PASSWORD);
    let answer = browser.post(links::SETUP, links::SETUP, &fields).await;
    assert_eq!(answer.header("location"), links::ACCOUNT);
    let page = browser.get(links::ACCOUNT).await;
    assert!(page.text().contains("Quản trị hệ thống"));
    assert_eq!(browser.get(links::JOBS).await.status, StatusCode::OK);
    assert_eq!(
        app.browser().get(links::SETUP).await.status,
        StatusCode::NOT_FOUND
    );
    let token = browser.get(links::ABOUT).await.token();
    let body = format!("csrf={token}&ma-thiet-lap={code}");
    assert_eq!(
        browser.post_raw(links::SETUP, body).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn it_is_closed_where_there_is_an_administrator() {
    let app = TestApp::new().await;
    app.account("quantri", "Lê Quang", Role::Administrator)
        .await;
    assert_eq!(
        app.browser().get(links::SETUP).await.status,
        StatusCode::NOT_FOUND
    );
}
