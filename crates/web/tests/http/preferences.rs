//! Languages and themes, and the form that chooses them.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use web::pages::links;

use crate::fixture::TestApp;

/// The fields of a form.
type Pairs = &'static [(&'static str, &'static str)];

#[tokio::test]
async fn pages_speak_the_visitors_language() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    assert!(
        browser
            .get(links::ABOUT)
            .await
            .text()
            .contains("<html lang=\"vi\"")
    );
    let english = Request::get(links::ABOUT)
        .header(header::ACCEPT_LANGUAGE, "fr, en;q=0.5")
        .body(Body::empty())
        .unwrap();
    assert!(
        browser
            .send(english)
            .await
            .text()
            .contains("<html lang=\"en\"")
    );
}

#[tokio::test]
async fn a_chosen_language_stays_and_leads_back() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    let fields = [("lang", "en"), ("tiep", "/gioi-thieu?a=1")];
    let answer = browser.post(links::ABOUT, links::LANGUAGE, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/gioi-thieu?a=1");
    let cookie = answer.cookie("lang").unwrap();
    for part in [
        "lang=en",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=31536000",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(
        browser
            .get(links::ABOUT)
            .await
            .text()
            .contains("<html lang=\"en\"")
    );
}

#[tokio::test]
async fn a_chosen_theme_stays() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    let fields = [("theme", "dark"), ("tiep", "/")];
    let answer = browser.post(links::ABOUT, links::THEME, &fields).await;
    let cookie = answer.cookie("theme").unwrap();
    assert!(
        !cookie.contains("HttpOnly"),
        "the script reads it: {cookie}"
    );
    assert!(
        browser
            .get(links::ABOUT)
            .await
            .text()
            .contains("data-theme=\"dark\"")
    );
}

#[tokio::test]
async fn forms_lead_nowhere_else() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    for next in [
        "https://example.com/",
        "//example.com",
        "/\\example.com",
        "/\t/example.com",
        "javascript:alert(1)",
    ] {
        let fields = [("lang", "en"), ("tiep", next)];
        let answer = browser.post(links::ABOUT, links::LANGUAGE, &fields).await;
        assert_eq!(answer.header("location"), "/", "{next:?}");
    }
}

#[tokio::test]
async fn forms_without_the_right_token_change_nothing() {
    let app = TestApp::new().await;
    let token = app.browser().get(links::ABOUT).await.token();
    let mut browser = app.browser();
    browser.get(links::ABOUT).await;
    for body in [
        "csrf=&lang=en&tiep=/".to_owned(),
        format!("csrf={token}&lang=en&tiep=/"),
    ] {
        let answer = browser.post_raw(links::LANGUAGE, body.clone()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{body}");
        assert!(answer.cookie("lang").is_none());
        assert!(answer.text().contains("Biểu mẫu đã hết hạn"));
    }
}

#[tokio::test]
async fn public_pages_need_no_token_to_change_what_a_browser_remembers() {
    let app = TestApp::new().await;
    let body = "lang=en&tiep=/";
    let from = |site: &'static str| {
        Request::post(links::LANGUAGE)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site)
            .body(Body::from(body))
            .unwrap()
    };
    for (site, status) in [
        ("same-origin", StatusCode::SEE_OTHER),
        ("none", StatusCode::SEE_OTHER),
        ("same-site", StatusCode::FORBIDDEN),
        ("cross-site", StatusCode::FORBIDDEN),
    ] {
        let answer = app.browser().send(from(site)).await;
        assert_eq!(answer.status, status, "{site}");
        assert_eq!(answer.cookie("lang").is_some(), status.is_redirection());
    }
    let old = app.browser().post_raw(links::LANGUAGE, body).await;
    assert_eq!(old.header("location"), "/");
    // With a session every form proves where it comes from.
    let mut officer = app.signed_in("lan.pt", directory::Role::Officer).await;
    let answer = officer.send(from("same-origin")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn fields_must_be_those_of_the_form() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    let cases: [(Pairs, u16, &str); 4] = [
        (
            &[("lang", "en"), ("tiep", "/"), ("<b>la", "1")],
            422,
            "“&#60;b&#62;la”",
        ),
        (&[("lang", "en")], 422, "thiếu ô “tiep”"),
        (
            &[("lang", "en"), ("lang", "vi"), ("tiep", "/")],
            422,
            "“lang” nhiều hơn một lần",
        ),
        (
            &[("lang", "fr"), ("tiep", "/")],
            422,
            "không có trong danh sách chọn",
        ),
    ];
    for (fields, status, words) in cases {
        let answer = browser.post(links::ABOUT, links::LANGUAGE, fields).await;
        assert_eq!(answer.status.as_u16(), status, "{fields:?}");
        assert!(answer.text().contains(words), "{}", answer.text());
    }
    let answer = browser.post_raw(links::LANGUAGE, "csrf=%ff").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("UTF-8"));
}
