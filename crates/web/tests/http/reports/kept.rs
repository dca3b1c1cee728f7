//! Public pages are kept by browsers until they change, and belong to nobody.

use axum::body::Body;
use axum::http::{HeaderName, Request, StatusCode, header};
use directory::Role;
use web::pages::links;

use super::province::{PERIOD, Province, UNIT, location, saved};
use crate::fixture::{Answer, Browser};

const NOTHING: [(HeaderName, &str); 0] = [];

async fn ask(browser: &mut Browser, path: &str, headers: &[(HeaderName, &str)]) -> Answer {
    let request = headers
        .iter()
        .fold(Request::get(path), |request, (name, value)| {
            request.header(name, *value)
        });
    browser.send(request.body(Body::empty()).unwrap()).await
}

/// Asks as a browser that has the page with this tag.
async fn again(province: &Province, path: &str, tag: &str) -> Answer {
    let mut browser = province.app.browser();
    ask(&mut browser, path, &[(header::IF_NONE_MATCH, tag)]).await
}

#[tokio::test]
async fn a_public_page_is_not_sent_twice() {
    let province = Province::new().await;
    let unit = links::unit(&province.app.unit(UNIT).await.to_string());
    let target = links::target(1);
    let search = format!("{}?q=h%E1%BB%93%20s%C6%A1", links::SEARCH);
    for path in [
        links::OVERVIEW,
        links::TARGET_LIST,
        links::PROJECTS,
        links::FINDINGS,
        links::DOCUMENT,
        links::UNITS,
        &search,
        &target,
        &unit,
    ] {
        let mut anybody = province.app.browser();
        let page = ask(&mut anybody, path, &NOTHING).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        // What is everybody's holds nothing of one visitor's.
        assert!(anybody.cookies.is_empty(), "{path}: {:?}", anybody.cookies);
        for own in ["name=\"csrf\"", "nonce"] {
            assert!(!page.text().contains(own), "{path}: {own}");
        }
        let tag = page.header("etag").to_owned();
        let kept = again(&province, path, &format!("\"other\", {tag}")).await;
        assert_eq!(kept.status, StatusCode::NOT_MODIFIED, "{path}");
        assert!(kept.bytes.is_empty());
        for name in ["etag", "cache-control", "vary", "content-security-policy"] {
            assert_eq!(kept.header(name), page.header(name), "{path}");
        }
        assert_eq!(page.header("cache-control"), "private, no-cache");
        for part in ["cookie", "accept-language"] {
            assert!(page.header("vary").contains(part), "{path}");
        }

        // What differs has another tag: language, theme, the address.
        let english = [
            (header::IF_NONE_MATCH, tag.as_str()),
            (header::ACCEPT_LANGUAGE, "en"),
        ];
        let answer = ask(&mut province.app.browser(), path, &english).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let dark = [
            (header::IF_NONE_MATCH, tag.as_str()),
            (header::COOKIE, "theme=dark"),
        ];
        let answer = ask(&mut province.app.browser(), path, &dark).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let other = if path.contains('?') {
            format!("{path}&trang=2")
        } else {
            format!("{path}?x=1")
        };
        assert_eq!(
            again(&province, &other, &tag).await.status,
            StatusCode::OK,
            "{path}"
        );

        // What is said once is said.
        let said = [
            (header::IF_NONE_MATCH, tag.as_str()),
            (header::COOKIE, "notice=flash-saved"),
        ];
        let answer = ask(&mut province.app.browser(), path, &said).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.text().contains("role=\"status\""), "{path}");
        assert!(!answer.headers.contains_key(header::ETAG), "{path}");
    }
}

#[tokio::test]
async fn a_new_figure_is_seen_at_once_and_a_person_sees_their_own_page() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let report = saved(&province, &mut officer, "gui").await;
    let path = format!("{}?ky={PERIOD}", links::TARGET_LIST);
    let page = ask(&mut province.app.browser(), &path, &NOTHING).await;
    let tag = page.header("etag").to_owned();
    let kept = again(&province, &path, &tag).await;
    assert_eq!(kept.status, StatusCode::NOT_MODIFIED);

    // With a session it is another page, which nothing keeps.
    let own = ask(&mut officer, &path, &[(header::IF_NONE_MATCH, &tag)]).await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(own.text().contains("canbo.snv"));
    assert_eq!(own.header("cache-control"), "no-store");
    assert!(!own.headers.contains_key(header::ETAG));

    let mut head = province.person(UNIT, "lanhdao.snv", Role::Head).await;
    let approve = format!("{report}/duyet");
    location(&head.post(&report, &approve, &[("phien-ban", "2")]).await);
    let kept = again(&province, &path, &tag).await;
    assert_eq!(kept.status, StatusCode::NOT_MODIFIED, "not public yet");
    let mut coordinator = province
        .person(
            "Sở Thông tin và Truyền thông",
            "dieuphoi.sttt",
            Role::Coordinator,
        )
        .await;
    let consolidate = format!("{report}/tong-hop");
    let fields = [("phien-ban", "3")];
    location(&coordinator.post(&report, &consolidate, &fields).await);
    let answer = again(&province, &path, &tag).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_ne!(answer.header("etag"), tag);
}
