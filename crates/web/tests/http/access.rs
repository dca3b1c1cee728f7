//! Lost passwords, invitations, tokens and the administration of accounts.

use std::net::SocketAddr;

use axum::Extension;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use directory::{Directory, Role};
use web::http::Settings;
use web::pages::links;

use crate::fixture::{Answer, PASSWORD, TestApp};

const NEXT: &str = "bảy con cò trắng bay";

/// What stands in a page behind these words, up to the next quote.
fn after(answer: &Answer, words: &str) -> String {
    let text = answer.text();
    let at = text
        .find(words)
        .unwrap_or_else(|| panic!("{words} in {text}"))
        + words.len();
    text[at..at + text[at..].find('"').unwrap()].to_owned()
}

fn path_of(link: &str) -> String {
    link.strip_prefix("http://localhost:8080")
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn an_administrator_hands_over_a_new_password_once() {
    let app = TestApp::new().await;
    let made = app.account("tran.be", "Trần Bé", Role::Officer).await;
    let mut be = app.browser();
    be.sign_in("tran.be", PASSWORD, "/").await;
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let page = links::account_edit(&made.id.to_string());
    let given = admin.post(&page, &format!("{page}/mat-khau"), &[]).await;
    assert_eq!(given.status, StatusCode::OK);
    let link = path_of(&after(&given, "readonly value=\""));
    assert_eq!(be.get(links::ACCOUNT).await.status, StatusCode::SEE_OTHER);
    let token = link.rsplit('/').next().unwrap();
    assert!(!admin.get(&page).await.text().contains(token), "shown once");
    let mut somewhere = app.browser();
    // A mail server that looks ahead uses nothing up.
    for _ in 0..3 {
        assert_eq!(somewhere.get(&link).await.status, StatusCode::OK);
    }
    let set = |one: &'static str, other: &'static str| [("mat-khau", one), ("mat-khau-lai", other)];
    for wrong in [set(NEXT, "khác"), set("tran.be123456", "tran.be123456")] {
        let refused = somewhere.post(&link, &link, &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let form = somewhere.get(&link).await.token();
    let done = somewhere.post(&link, &link, &set(NEXT, NEXT)).await;
    assert_eq!(done.header("location"), links::SIGN_IN);
    assert_eq!(somewhere.get(&link).await.status, StatusCode::GONE);
    let again = format!("csrf={form}&mat-khau=a&mat-khau-lai=a");
    assert_eq!(
        somewhere.post_raw(&link, again).await.status,
        StatusCode::GONE
    );
    let signed = somewhere.sign_in("tran.be", NEXT, "/").await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn asking_for_a_link_says_nothing_about_who_there_is() {
    let settings = Settings {
        sends_mail: true,
        ..Settings::default()
    };
    let app = TestApp::with(settings, axum::Router::new()).await;
    app.account("tran.be", "Trần Bé", Role::Officer).await;
    let mut answers = Vec::new();
    for login in ["tran.be", "khong.co", "' OR 1=1"] {
        let mut browser = app.browser();
        let fields = [("ten-dang-nhap", login)];
        let answer = browser
            .post(links::PASSWORD_LOST, links::PASSWORD_LOST, &fields)
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        let text = answer.text();
        let main = text[text.find("<main").unwrap()..text.find("</main").unwrap()].to_owned();
        answers.push(main);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let jobs = app.app.store().job_counts().await.unwrap();
    assert_eq!(jobs[Directory::RESET_MAIL].waiting, 3);
    let mut browser = app.browser();
    let mut last = None;
    for _ in 0..4 {
        let fields = [("ten-dang-nhap", "khong.co")];
        let answer = browser
            .post(links::PASSWORD_LOST, links::PASSWORD_LOST, &fields)
            .await;
        last = Some(answer);
    }
    let last = last.unwrap();
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.header("retry-after").parse::<u32>().unwrap() > 0);
}

#[tokio::test]
async fn who_is_invited_chooses_login_and_password_once() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let invite = |unit: &'static str| {
        [
            ("ho-ten", "Lê <b>Sáu</b>"),
            ("thu", ""),
            ("vai-tro", "officer"),
            ("don-vi", unit),
        ]
    };
    let wrong = admin
        .post(links::ACCOUNTS, links::INVITATIONS, &invite("Sở Không Có"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = admin
        .post(links::ACCOUNTS, links::INVITATIONS, &invite("Sở Nội vụ"))
        .await;
    let link = path_of(&after(&made, "readonly value=\""));
    let fields = [
        ("ten-dang-nhap", "le.sau"),
        ("mat-khau", NEXT),
        ("mat-khau-lai", NEXT),
    ];
    let mut sau = app.browser();
    let done = sau.post(&link, &link, &fields).await;
    assert_eq!(done.header("location"), links::ACCOUNT);
    let page = sau.get(links::ACCOUNT).await;
    assert!(page.text().contains("Sở Nội vụ") && page.text().contains("Lê &#60;b&#62;"));
    assert_eq!(app.browser().get(&link).await.status, StatusCode::GONE);
    // One that is taken back opens nothing either.
    let other = admin
        .post(links::ACCOUNTS, links::INVITATIONS, &invite("Sở Nội vụ"))
        .await;
    let link = path_of(&after(&other, "readonly value=\""));
    assert_eq!(app.browser().get(&link).await.status, StatusCode::OK);
    let action = format!("{}/", links::INVITATIONS) + &after(&other, "action=\"/quan-tri/loi-moi/");
    let withdraw = action.replace("lien-ket", "thu-hoi");
    let gone = admin.post(links::ACCOUNTS, &withdraw, &[]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!(app.browser().get(&link).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_token_is_shown_once_and_opens_what_it_was_made_for() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("tran.be", Role::Officer).await;
    let form = [
        ("nhan", "Kho dữ liệu"),
        ("quyen", "doc"),
        ("phan", "units"),
        ("so-ngay", "30"),
    ];
    let made = browser.post(links::TOKENS, links::TOKENS, &form).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let token = after(&made, "readonly value=\"");
    let page = browser.get(links::TOKENS).await;
    assert!(page.text().contains("Kho dữ liệu") && !page.text().contains(&token));
    let mut program = app.browser();
    let mut asked = async |method: &str, path: &str| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::empty())
            .unwrap();
        program.send(request).await.status.as_u16()
    };
    assert_eq!(asked("GET", "/api/v1/me").await, 200);
    assert_eq!(asked("GET", "/api/v1/units").await, 200);
    assert_eq!(asked("GET", "/api/v1/tasks").await, 403);
    assert_eq!(asked("POST", "/api/v1/observations").await, 403);
    let end = format!("{}/", links::TOKENS) + &after(&page, "action=\"/tai-khoan/ma-truy-cap/");
    let ended = browser.post(links::TOKENS, &end, &[]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{end}");
    assert_eq!(asked("GET", "/api/v1/me").await, 401);
    for (name, value) in [("so-ngay", "0"), ("so-ngay", "9999"), ("nhan", "")] {
        let wrong = form.map(|(key, old)| (key, if key == name { value } else { old }));
        let refused = browser.post(links::TOKENS, links::TOKENS, &wrong).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name} {value}"
        );
    }
}

#[tokio::test]
async fn only_administrators_look_after_accounts_and_one_is_left() {
    let app = TestApp::new().await;
    let mut officer = app.signed_in("tran.be", Role::Officer).await;
    assert_eq!(
        officer.get(links::ACCOUNTS).await.status,
        StatusCode::FORBIDDEN
    );
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let found = app.app.directory.account_by_login("quantri").await.unwrap();
    let page = links::account_edit(&found.unwrap().id.to_string());
    assert_eq!(officer.get(&page).await.status, StatusCode::FORBIDDEN);
    let version = [("phien-ban", "1")];
    let last = admin.post(&page, &format!("{page}/khoa"), &version).await;
    assert_eq!(last.status, StatusCode::CONFLICT);
    assert!(last.text().contains("quản trị viên cuối cùng"));
    let found = app.app.directory.account_by_login("tran.be").await.unwrap();
    let page = links::account_edit(&found.unwrap().id.to_string());
    assert_eq!(officer.get(links::ACCOUNT).await.status, StatusCode::OK);
    let closed = admin.post(&page, &format!("{page}/khoa"), &version).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    assert_eq!(
        officer.get(links::ACCOUNT).await.status,
        StatusCode::SEE_OTHER
    );
    // Against the version before: somebody changed it meanwhile.
    let late = admin.post(&page, &format!("{page}/mo"), &version).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn an_administrator_ends_what_acts_for_somebody_else() {
    let app = TestApp::new().await;
    let made = app.account("tran.be", "Trần Bé", Role::Officer).await;
    let mut sessions = [app.browser(), app.browser(), app.browser()];
    for browser in &mut sessions {
        browser.sign_in("tran.be", PASSWORD, "/").await;
    }
    let directory = &app.app.directory;
    let actor = made.principal().actor("page", vocab::Id::NIL);
    let new = directory::NewToken::named("Kho dữ liệu");
    let token = directory.create_token(&actor, made.id, &new).await.unwrap();
    let mut other = app.signed_in("le.sau", Role::Officer).await;
    let page = links::account_edit(&made.id.to_string());
    let step = |name: &str| format!("{page}/{name}");
    for name in ["phien", "moi-phien", "ma"] {
        let refused = other.post(links::ACCOUNT, &step(name), &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{name}");
    }

    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let shown = admin.get(&page).await;
    assert!(shown.text().contains("Kho dữ liệu"));
    // A session of another account is none of this one's.
    let strange = directory.account_by_login("le.sau").await.unwrap().unwrap();
    let strange = directory.sessions_of(strange.id).await.unwrap();
    let field = [("phien", &strange[0].public_id[..])];
    admin.post(&page, &step("phien"), &field).await;
    assert_eq!(other.get(links::ACCOUNT).await.status, StatusCode::OK);
    assert_eq!(directory.sessions_of(made.id).await.unwrap().len(), 3);

    let one = after(&shown, "name=\"phien\" value=\"");
    let done = admin.post(&page, &step("phien"), &[("phien", &one)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let mut left = 0;
    for browser in &mut sessions {
        left += usize::from(browser.get(links::ACCOUNT).await.status == StatusCode::OK);
    }
    assert_eq!(left, 2);
    admin.post(&page, &step("moi-phien"), &[]).await;
    for browser in &mut sessions {
        let answer = browser.get(links::ACCOUNT).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
    assert!(directory.token_use(&token).await.unwrap().is_some());
    let id = after(&shown, "name=\"ma\" value=\"");
    admin.post(&page, &step("ma"), &[("ma", &id)]).await;
    assert!(directory.token_use(&token).await.unwrap().is_none());

    // Who did it stands in the account's history.
    let versions = app
        .app
        .store()
        .history("account", &store::Scope::bypass("a test"), made.id, 10)
        .await
        .unwrap();
    let ended: Vec<_> = versions
        .iter()
        .filter(|version| version.action == "end-sessions")
        .collect();
    assert_eq!(ended.len(), 2);
    let admin = directory
        .account_by_login("quantri")
        .await
        .unwrap()
        .unwrap();
    assert!(ended.iter().all(|version| version.actor == admin.id));
}

#[tokio::test]
async fn guessing_from_elsewhere_does_not_shut_the_owner_out() {
    let mut app = TestApp::new().await;
    app.account("tran.be", "Trần Bé", Role::Officer).await;
    let router = app.router.clone();
    let mut from = |address: [u8; 4]| {
        let peer = ConnectInfo(SocketAddr::from((address, 4_000)));
        app.router = router.clone().layer(Extension(peer));
        app.browser()
    };
    let mut owner = from([10, 0, 0, 1]);
    let signed = owner.sign_in("tran.be", PASSWORD, "/").await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER);
    for at in 0..30 {
        let mut guesser = from([192, 0, 2, at]);
        guesser.sign_in("tran.be", "đoán bừa", "/").await;
    }
    let stranger = from([198, 51, 100, 7])
        .sign_in("tran.be", PASSWORD, "/")
        .await;
    assert_eq!(stranger.status, StatusCode::TOO_MANY_REQUESTS);
    // The owner's own browser gets in, from a network that nobody has seen.
    let mut moved = from([203, 0, 113, 9]);
    moved.cookies = owner.cookies.clone();
    moved.cookies.remove("phusa");
    let signed = moved.sign_in("tran.be", PASSWORD, "/").await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER);
}
