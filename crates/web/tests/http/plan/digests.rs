//! Digests by mail: chosen on one's own page, and what they say.

use axum::http::StatusCode;
use directory::Role;
use plan::digests::{DigestLetter, Rhythm};
use plan::view::changed;
use vocab::{Instant, Lang};
use web::pages::links;

use super::fixture::over_the_plan;
use crate::fixture::TestApp;

/// Where the form stands.
const AT: &str = "id=\"thu-tong-hop\"";

#[tokio::test]
async fn everybody_chooses_for_themselves() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("canbo", Role::Officer).await;
    let page = browser.get(links::ACCOUNT).await.text().to_owned();
    assert!(page.contains(AT));
    assert!(page.contains("chưa có địa chỉ thư"), "{page}");
    assert!(page.contains("chưa được cấu hình"), "{page}");
    assert!(page.contains("value=\"never\" selected"), "{page}");

    let fields = [("khi", "friday")];
    let answer = browser.post(links::ACCOUNT, links::DIGEST, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = browser.get(links::ACCOUNT).await.text().to_owned();
    assert!(page.contains("value=\"friday\" selected"), "{page}");
    let account = app.app.directory.account_by_login("canbo").await.unwrap();
    let chosen = app.app.plans.subscription(account.unwrap().id).await;
    assert_eq!(chosen.unwrap().rhythm, Rhythm::from_value("friday"));

    // Another person's page says what that person chose; a day off cannot be chosen.
    let mut other = app.signed_in("lanhdao", Role::Head).await;
    let page = other.get(links::ACCOUNT).await.text().to_owned();
    assert!(page.contains("value=\"never\" selected"), "{page}");
    let fields = [("khi", "sunday")];
    let answer = other.post(links::ACCOUNT, links::DIGEST, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn a_digest_names_what_changed_and_leads_there() {
    over_the_plan(async |app| {
        let view = app.app.plans.view().await.unwrap().unwrap();
        let all = view.targets.len();
        let letter = |lang, changes| DigestLetter {
            to: "ngoc@vinhlong.test".to_owned(),
            name: "Nguyễn Thị Bích Ngọc".to_owned(),
            lang,
            since: Instant::from_vietnam(jiff::civil::date(2023, 8, 11).at(6, 30, 0, 0)),
            tasks: 5,
            late: 2,
            changes,
        };
        // Without an earlier view every target is new.
        let changes = changed(None, &view, Instant::from_micros(0));
        let at = "https://phusa.test";
        let mail = web::mails::digest(letter(Lang::Vi, Some(changes.clone())), at);
        assert_eq!(mail.to, "ngoc@vinhlong.test");
        assert!(
            mail.subject.contains("11/8/2023") || mail.subject.contains("11/08/2023"),
            "{}",
            mail.subject
        );
        let lines: Vec<&str> = mail.text.lines().collect();
        for wanted in [
            "Việc đang chờ xử lý: 5, trong đó quá hạn: 2.",
            "https://phusa.test/viec-cua-toi",
            "https://phusa.test/tien-do/thay-doi?tu=2023-08-11",
            &format!("Mục tiêu có thay đổi: {all}."),
            &format!("… và {} mục tiêu khác.", all - 20),
        ] {
            assert!(lines.contains(&wanted), "{wanted}:\n{}", mail.text);
        }
        let named = lines.iter().filter(|line| line.starts_with("- ")).count();
        assert_eq!(named, 20);
        assert!(lines.iter().any(|line| line.starts_with("- 1. ")));
        assert!(
            mail.text.contains("https://phusa.test/tai-khoan\n"),
            "{}",
            mail.text
        );

        let english = web::mails::digest(letter(Lang::En, None), at);
        assert!(english.text.contains("More changed in the plan"));
        for text in [&mail.text, &mail.subject, &english.text, &english.subject] {
            assert!(!text.contains('⟦'), "{text}");
        }
    });
}
