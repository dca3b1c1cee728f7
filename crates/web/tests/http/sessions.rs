//! Signing in and out, and one's own sessions.

use axum::http::StatusCode;
use directory::Role;
use web::http::{Demo, DemoLogin, Settings};
use web::pages::links;

use crate::fixture::{PASSWORD, TestApp};

#[tokio::test]
async fn signing_in_leads_on_with_a_guarded_cookie() {
    let app = TestApp::new().await;
    app.account("lan.pt", "<b>Phạm Thị Lan</b>", Role::Officer)
        .await;
    let mut browser = app.browser();
    let answer = browser.sign_in("lan.pt", PASSWORD, "/gioi-thieu?a=1").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/gioi-thieu?a=1");
    let cookie = answer.cookie("phusa").unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(
        !cookie.contains("Secure") && !cookie.contains("Max-Age"),
        "{cookie}"
    );

    let page = browser.get(links::ABOUT).await;
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(
        page.text().contains("&#60;b&#62;Phạm Thị Lan"),
        "the name is not escaped"
    );
    assert!(page.text().contains("Sở Nội vụ"));
    assert!(
        !page.text().contains(&browser.cookies["phusa"]),
        "the page shows the token"
    );
    let again = browser.get("/dang-nhap?tiep=/design").await;
    assert_eq!(again.header("location"), "/design");
}

#[tokio::test]
async fn signing_in_leads_nowhere_else() {
    let app = TestApp::new().await;
    app.account("lan.pt", "Lan", Role::Officer).await;
    for next in [
        "https://example.com",
        "//example.com/x",
        "/\\example.com",
        "",
    ] {
        let answer = app.browser().sign_in("lan.pt", PASSWORD, next).await;
        assert_eq!(answer.header("location"), links::INBOX, "{next:?}");
        let page = app
            .browser()
            .get(&format!("/dang-nhap?tiep={}", links::encode(next)))
            .await;
        assert!(
            page.text()
                .contains("name=\"tiep\" value=\"/viec-cua-toi\"")
        );
    }
}

#[tokio::test]
async fn a_refused_sign_in_keeps_the_login_and_not_the_password() {
    let app = TestApp::new().await;
    app.account("lan.pt", "Lan", Role::Officer).await;
    for login in ["lan.pt", "khong.co", "\"><script>alert(1)</script>"] {
        let answer = app.browser().sign_in(login, "sai mật khẩu rồi", "/").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer
                .text()
                .contains("Tên đăng nhập hoặc mật khẩu không đúng.")
        );
        assert!(!answer.text().contains("sai mật khẩu rồi"));
        assert!(!answer.text().contains("<script>"));
        assert!(answer.cookie("phusa").is_none());
    }
}

#[tokio::test]
async fn too_many_tries_wait() {
    let app = TestApp::new().await;
    app.account("lan.pt", "Lan", Role::Officer).await;
    let mut browser = app.browser();
    let mut last = browser.sign_in("lan.pt", "sai mật khẩu rồi", "/").await;
    for _ in 0..10 {
        last = browser.sign_in("lan.pt", "sai mật khẩu rồi", "/").await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u32 = last.header("retry-after").parse().unwrap();
    assert!(seconds > 0);
    assert!(last.text().contains(&format!("Chờ {seconds} giây")));
}

#[tokio::test]
async fn signing_out_ends_the_session_and_clears_drafts() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("lan.pt", Role::Officer).await;
    let thief = browser.clone();
    let answer = browser.post(links::ABOUT, links::SIGN_OUT, &[]).await;
    assert_eq!(answer.header("location"), "/");
    assert_eq!(answer.header("clear-site-data"), "\"storage\"");
    assert!(!browser.cookies.contains_key("phusa"));
    let page = browser.get(links::ABOUT).await;
    assert!(page.text().contains("Đã đăng xuất."));
    assert!(
        !browser
            .get(links::ABOUT)
            .await
            .text()
            .contains("Đã đăng xuất."),
        "said twice"
    );
    let answer = thief.clone().get(links::ACCOUNT).await;
    assert_eq!(answer.header("location"), "/dang-nhap?tiep=%2Ftai-khoan");
}

#[tokio::test]
async fn one_session_ends_another() {
    let app = TestApp::new().await;
    let mut here = app.signed_in("lan.pt", Role::Officer).await;
    let mut there = app.browser();
    there.sign_in("lan.pt", PASSWORD, "/").await;
    let page = here.get(links::ACCOUNT).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Cán bộ báo cáo, Sở Nội vụ"));
    assert_eq!(page.text().matches("Phiên này").count(), 1);
    let start = "action=\"/tai-khoan/phien/";
    let at = page.text().find(start).unwrap() + "action=\"".len();
    let path = &page.text()[at..at + page.text()[at..].find('"').unwrap()];
    let answer = here.post(links::ACCOUNT, path, &[]).await;
    assert_eq!(answer.header("location"), links::ACCOUNT);
    assert!(
        here.get(links::ACCOUNT)
            .await
            .text()
            .contains("Đã kết thúc phiên")
    );
    assert_eq!(
        there.get(links::ACCOUNT).await.status,
        StatusCode::SEE_OTHER
    );
    here.post(links::ACCOUNT, path, &[]).await;
    assert!(
        here.get(links::ACCOUNT)
            .await
            .text()
            .contains("đã kết thúc từ trước")
    );
}

#[tokio::test]
async fn a_form_of_another_session_is_refused() {
    let app = TestApp::new().await;
    let mut one = app.signed_in("lan.pt", Role::Officer).await;
    let mut other = app.signed_in("khoa.lm", Role::Head).await;
    let token = other.get(links::ABOUT).await.token();
    let answer = one.post_raw(links::SIGN_OUT, format!("csrf={token}")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(one.get(links::ACCOUNT).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_that_ended_leaves_forms_that_work() {
    let app = TestApp::new().await;
    app.account("lan.pt", "Lan", Role::Officer).await;
    let mut browser = app.browser();
    browser
        .cookies
        .insert("phusa".to_owned(), "a token long gone".to_owned());
    let answer = browser.sign_in("lan.pt", PASSWORD, "/").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn demonstration_accounts_show_only_in_a_demonstration() {
    let plain = TestApp::new().await.browser().get(links::SIGN_IN).await;
    assert!(!plain.text().contains("phu-sa-demo"));
    let settings = Settings {
        demo: Some(Demo {
            password: "phu-sa-demo".to_owned(),
            accounts: vec![DemoLogin {
                login: "canbo.snv".to_owned(),
                role: Role::Officer,
                unit: "Sở Nội vụ".to_owned(),
            }],
        }),
        ..Settings::default()
    };
    let app = TestApp::with(settings, axum::Router::new()).await;
    let page = app.browser().get(links::SIGN_IN).await;
    for part in ["canbo.snv", "phu-sa-demo", "Cán bộ báo cáo", "giả lập"] {
        assert!(page.text().contains(part), "{part}");
    }
}

#[tokio::test]
async fn people_change_their_password_and_other_sessions_end() {
    let app = TestApp::new().await;
    let mut here = app.signed_in("lan.pt", Role::Officer).await;
    let mut there = app.browser();
    there.sign_in("lan.pt", PASSWORD, "/").await;
    let next = "bảy con cò trắng bay";
    for (old, new, again, field, said) in [
        ("không phải đâu", next, next, "mat-khau-cu", "chưa đúng"),
        (
            PASSWORD,
            next,
            "bảy con cò",
            "mat-khau-lai",
            "không giống nhau",
        ),
        (PASSWORD, "ngắn", "ngắn", "mat-khau", "ít nhất 12 ký tự"),
        (
            PASSWORD,
            PASSWORD,
            PASSWORD,
            "mat-khau",
            "giống mật khẩu đang dùng",
        ),
    ] {
        let fields = [
            ("mat-khau-cu", old),
            ("mat-khau", new),
            ("mat-khau-lai", again),
        ];
        let answer = here.post(links::ACCOUNT, links::PASSWORD, &fields).await;
        let text = answer.text();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        assert!(
            text.contains(&format!("{field}-loi")) && text.contains(said),
            "{text}"
        );
        assert!(!text.contains(next) && !text.contains('⟦'), "{text}");
    }
    assert_eq!(there.get(links::ACCOUNT).await.status, StatusCode::OK);
    let stolen = here.clone();
    let fields = [
        ("mat-khau-cu", PASSWORD),
        ("mat-khau", next),
        ("mat-khau-lai", next),
    ];
    let answer = here.post(links::ACCOUNT, links::PASSWORD, &fields).await;
    assert_eq!(
        answer.header("location"),
        links::ACCOUNT,
        "{}",
        answer.text()
    );
    let page = here.get(links::ACCOUNT).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Đã đổi mật khẩu"), "{}", page.text());
    for mut other in [there, stolen] {
        let answer = other.get(links::ACCOUNT).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
    let answer = app.browser().sign_in("lan.pt", PASSWORD, "/").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = app.browser().sign_in("lan.pt", next, "/").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let answer = app
        .browser()
        .post(links::ABOUT, links::PASSWORD, &fields)
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}
