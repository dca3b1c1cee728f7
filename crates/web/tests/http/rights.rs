//! Roles made and changed, why somebody may, delegations of one's own, void credentials.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use directory::{Grant, PersonDraft, PositionDraft, PositionKind, Role};
use jiff::civil::date;
use vocab::Id;
use web::pages::links;

use crate::fixture::{Answer, Browser, PASSWORD, TestApp, system};

/// What a role's form sends.
#[derive(Clone)]
struct Sent {
    code: &'static str,
    version: String,
    seen: String,
    grants: Vec<Vec<(&'static str, &'static str)>>,
}

impl Sent {
    fn new(code: &'static str, grants: &[&[(&'static str, &'static str)]]) -> Self {
        Self {
            code,
            version: "0".to_owned(),
            seen: String::new(),
            grants: grants.iter().map(|grant| grant.to_vec()).collect(),
        }
    }

    async fn send(&self, browser: &mut Browser, step: &str, is_new: bool) -> Answer {
        let path = if is_new {
            links::ROLE_NEW.to_owned()
        } else {
            links::role_edit(self.code)
        };
        let mut fields = vec![
            ("phien-ban".to_owned(), self.version.clone()),
            ("da-xem".to_owned(), self.seen.clone()),
            ("ma".to_owned(), self.code.to_owned()),
            ("ten-vi".to_owned(), "Thanh tra".to_owned()),
            ("ten-en".to_owned(), "Inspector".to_owned()),
            ("tu-ngay".to_owned(), String::new()),
            ("den-ngay".to_owned(), String::new()),
            ("so-quyen".to_owned(), self.grants.len().to_string()),
            ("viec".to_owned(), step.to_owned()),
        ];
        for (place, grant) in self.grants.iter().enumerate() {
            for once in ["pham-vi", "dieu-kien", "che"] {
                let value = grant.iter().find(|(name, _)| *name == once);
                let value = value.map_or(if once == "pham-vi" { "all" } else { "" }, |one| one.1);
                fields.push((format!("q{place}-{once}"), value.to_owned()));
            }
            let boxes = grant
                .iter()
                .filter(|(name, _)| !["pham-vi", "dieu-kien", "che"].contains(name));
            fields.extend(
                boxes.map(|(name, value)| (format!("q{place}-{name}"), (*value).to_owned())),
            );
        }
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        browser.post(links::ROLES, &path, &fields).await
    }

    /// Looks, and saves what was looked at.
    async fn save(&mut self, browser: &mut Browser, is_new: bool) -> Answer {
        let looked = self.send(browser, "xem", is_new).await;
        assert_eq!(looked.status, StatusCode::OK, "{}", looked.text());
        self.seen = after(&looked, "name=\"da-xem\" value=\"");
        self.send(browser, "luu", is_new).await
    }
}

fn after(answer: &Answer, words: &str) -> String {
    let text = answer.text();
    let at = text
        .find(words)
        .unwrap_or_else(|| panic!("{words} in {text}"))
        + words.len();
    text[at..at + text[at..].find('"').unwrap()].to_owned()
}

const READS: &[(&str, &str)] = &[("doi-tuong", "observation"), ("viec", "read")];

#[tokio::test]
async fn a_role_is_made_given_previewed_changed_and_removed() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let mut made = Sent::new("thanh_tra", &[READS]);
    // Nothing is saved that was not looked at.
    let unseen = made.send(&mut admin, "luu", true).await;
    assert_eq!(unseen.status, StatusCode::OK);
    assert!(unseen.text().contains("id=\"xem-truoc\""));
    let missing = admin.get(&links::role("thanh_tra")).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let saved = made.save(&mut admin, true).await;
    assert_eq!(saved.header("location"), links::role("thanh_tra"));
    // The same code again is refused at its field.
    let twice = made.send(&mut admin, "xem", true).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    assert!(twice.text().contains("id=\"ma-loi\""));

    // It is offered where roles are given; four hold it, one of whom reads everything anyway.
    let accounts = ["a.mot", "b.hai", "c.ba", "d.bon"];
    for login in accounts {
        app.account(login, &format!("Người {login}"), Role::Officer)
            .await;
        let account = app
            .app
            .directory
            .account_by_login(login)
            .await
            .unwrap()
            .unwrap();
        let page = links::account_edit(&account.id.to_string());
        let fields = [
            ("phien-ban", account.version.to_string()),
            ("vai-tro", "thanh_tra".to_owned()),
            ("don-vi", String::new()),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let given = admin.post(&page, &format!("{page}/vai-tro"), &fields).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
        assert!(admin.get(&page).await.text().contains("Thanh tra"));
    }
    let account = app
        .app
        .directory
        .account_by_login("d.bon")
        .await
        .unwrap()
        .unwrap();
    let more = directory::AccountChange {
        grants: Some(vec![
            Grant::new(Role::coded("thanh_tra").unwrap(), Id::NIL),
            Grant::new(Role::Coordinator, Id::NIL),
        ]),
        ..directory::AccountChange::default()
    };
    let (directory, version) = (&app.app.directory, account.version);
    directory
        .change_account(&system(), account.id, version, more)
        .await
        .unwrap();

    // Comments on what was submitted: the coordinator could already; nothing is lost.
    let comments: &[(&str, &str)] = &[
        ("doi-tuong", "observation"),
        ("viec", "comment"),
        ("buoc", "submitted"),
    ];
    let mut edited = Sent::new("thanh_tra", &[READS, comments]);
    edited.version = "1".to_owned();
    let looked = edited.send(&mut admin, "xem", false).await;
    assert!(
        looked
            .text()
            .contains("3 người có thêm quyền, 0 người mất quyền")
    );
    for login in ["a.mot", "b.hai", "c.ba"] {
        assert!(looked.text().contains(&format!("({login})")));
    }
    assert!(!looked.text().contains("(d.bon)"));
    let stale = Sent {
        version: "0".to_owned(),
        ..edited.clone()
    };
    let saved = edited.save(&mut admin, false).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let refused = stale.send(&mut admin, "luu", false).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text().contains("Bản đang có hiệu lực"));
    assert_eq!(after(&refused, "name=\"phien-ban\" value=\""), "2");
    let page = admin.get(&links::role("thanh_tra")).await;
    assert!(page.text().contains("Phiên bản 2") && page.text().contains("Phiên bản 1"));

    // Whoever is given it holds it fast; afterwards it goes, and may come again.
    let removal = [("phien-ban", "2")];
    let path = links::role_remove("thanh_tra");
    let held = admin.post(links::ROLES, &path, &removal).await;
    assert_eq!(held.status, StatusCode::CONFLICT);
    assert!(held.text().contains("4 người"), "{}", held.text());
    for login in accounts {
        let account = directory.account_by_login(login).await.unwrap().unwrap();
        let none = directory::AccountChange {
            grants: Some(Vec::new()),
            ..directory::AccountChange::default()
        };
        directory
            .change_account(&system(), account.id, account.version, none)
            .await
            .unwrap();
    }
    let gone = admin.post(links::ROLES, &path, &removal).await;
    assert_eq!(gone.header("location"), links::ROLES, "{}", gone.text());
    let mut again = Sent::new("thanh_tra", &[READS]);
    let again = again.save(&mut admin, true).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
    let shipped = admin
        .post(
            links::ROLES,
            &links::role_remove("head"),
            &[("phien-ban", "0")],
        )
        .await;
    assert_eq!(shipped.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_role_that_means_harm_or_nothing_is_refused_at_its_field() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let deep = "(".repeat(17) + "state == \"draft\"" + &")".repeat(17);
    let deep: &'static str = Box::leak(deep.into_boxed_str());
    let long: &'static str = Box::leak("state == \"a\" || ".repeat(200).into_boxed_str());
    let with = |condition: &'static str| vec![READS[0], READS[1], ("dieu-kien", condition)];
    let nobody: &[(&str, &str)] = &[
        ("doi-tuong", "role"),
        ("viec", "configure"),
        ("pham-vi", "subtree"),
    ];
    let masks: &[(&str, &str)] = &[READS[0], READS[1], ("che", "khong_co")];
    for (grant, field) in [
        (nobody.to_vec(), "q0-pham-vi-loi"),
        (vec![("doi-tuong", "observation")], "q0-viec-loi"),
        (vec![("viec", "read")], "q0-doi-tuong-loi"),
        (with("while true"), "q0-dieu-kien-loi"),
        (with(deep), "q0-dieu-kien-loi"),
        (with(long), "q0-dieu-kien-loi"),
        (with("khong_co == 1"), "q0-dieu-kien-loi"),
        (masks.to_vec(), "q0-che-loi"),
    ] {
        let refused = Sent::new("moi", &[&grant])
            .send(&mut admin, "xem", true)
            .await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{grant:?}"
        );
        assert!(
            refused.text().contains(&format!("id=\"{field}\"")),
            "{grant:?}"
        );
        assert!(!refused.text().contains("id=\"xem-truoc\""));
    }
    // A grant that was left out does not shift the fields of the next.
    let dropped: &[(&str, &str)] = &[READS[0], READS[1], ("bo", "co")];
    let bad = with("while true");
    let refused = Sent::new("moi", &[dropped, &bad])
        .send(&mut admin, "xem", true)
        .await;
    assert!(refused.text().contains("id=\"q1-dieu-kien-loi\""));
    let locked = Sent::new("administrator", &[READS])
        .send(&mut admin, "xem", false)
        .await;
    assert_eq!(locked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(locked.text().contains("sẽ không còn ai thiết lập được"));
    let fixed = Sent::new("everybody", &[READS])
        .send(&mut admin, "xem", false)
        .await;
    assert_eq!(fixed.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn why_somebody_may_not_and_who_may() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let hoa = app.account("hoa.tt", "Trần Thị Hoa", Role::Officer).await;
    app.account("hoa.lt", "Lê Thị Hoa", Role::Officer).await;
    let record = format!(
        "http://localhost:8080{}",
        links::account_edit(&hoa.id.to_string())
    );
    let asked = |who: &str, verb: &str| links::rights(who, verb, &record, "");
    let one = admin.get(&asked("hoa.lt", "configure")).await;
    assert!(one.text().contains("Không được.") && one.text().contains("Quản trị hệ thống"));
    // A name without tone marks finds both and offers them.
    let both = admin.get(&asked("thi hoa", "read")).await;
    assert!(both.text().contains("(hoa.tt)") && both.text().contains("(hoa.lt)"));
    let own = admin.get(&asked("Trần Thị Hoa", "read")).await;
    assert!(own.text().contains("Được."), "{}", own.text());
    let who = admin.get(&asked("", "read")).await;
    assert!(
        who.text().contains("<code>hoa.tt</code>") && who.text().contains("<code>quantri</code>")
    );
    assert!(!who.text().contains("<code>hoa.lt</code>"));
    let role = links::rights("", "configure", &links::role("head"), "");
    let nothing = admin.get(&role).await;
    assert_eq!(nothing.status, StatusCode::OK);
    for (query, field) in [
        (
            links::rights("hoa.tt", "read", "/khong/co", ""),
            "ho-so-loi",
        ),
        (links::rights("ai", "read", &record, ""), "nguoi-loi"),
        (links::rights("ai", "read", &record, "32/13"), "ngay-loi"),
    ] {
        let wrong = admin.get(&query).await;
        assert!(wrong.text().contains(field), "{query}");
    }
}

#[tokio::test]
async fn whoever_holds_something_delegates_it_and_ends_it() {
    let app = TestApp::new().await;
    let directory = &app.app.directory;
    let unit = app.unit("Sở Nội vụ").await;
    let today = app.app.store().context().now().in_vietnam().date();
    for (place, login) in (1_u8..).zip(["lan.pt", "minh.nv"]) {
        let account = app.account(login, login, Role::Viewer).await;
        let id = Id::from_digest([place; 16]);
        let draft = PersonDraft {
            name: login.to_owned(),
            account: Some(account.id),
            ..PersonDraft::default()
        };
        directory.create_person(&system(), id, draft).await.unwrap();
    }
    let lan = Id::from_digest([1; 16]);
    let position = PositionDraft {
        unit,
        title: "Giám đốc".to_owned(),
        roles: vec![Role::Head],
        kind: PositionKind::Regular,
        primary: true,
        valid_from: date(2023, 1, 1),
        valid_to: None,
    };
    let own = Id::from_digest([9; 16]);
    directory
        .add_position(&system(), own, lan, position)
        .await
        .unwrap();
    let mut browser = app.browser();
    browser.sign_in("lan.pt", PASSWORD, "/").await;
    let last = today.saturating_add(jiff::ToSpan::days(10)).to_string();
    let (from, path) = (today.to_string(), links::MY_DELEGATION_NEW);
    let fields = |receiver: &'static str, role: &'static str| {
        vec![
            ("phien-ban", "0".to_owned()),
            ("nguoi-nhan", receiver.to_owned()),
            ("vai-tro", role.to_owned()),
            ("vi-tri", String::new()),
            ("tu-ngay", from.clone()),
            ("den-ngay", last.clone()),
            ("ly-do", "Đi công tác".to_owned()),
            ("van-ban", String::new()),
        ]
    };
    let form = browser.get(path).await;
    assert!(
        form.text().contains("value=\"head\"") && !form.text().contains("value=\"administrator\"")
    );
    for (receiver, role, code) in [
        ("lan.pt", "head", StatusCode::UNPROCESSABLE_ENTITY),
        ("minh.nv", "administrator", StatusCode::UNPROCESSABLE_ENTITY),
        ("minh.nv", "head", StatusCode::SEE_OTHER),
    ] {
        let sent = fields(receiver, role);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let answer = browser.post(path, path, &sent).await;
        assert_eq!(answer.status, code, "{receiver} {role}: {}", answer.text());
    }
    let page = browser.get(links::MY_DELEGATIONS).await;
    assert!(page.text().contains("minh.nv"));
    let end =
        format!("{}/", links::MY_DELEGATIONS) + &after(&page, "action=\"/tai-khoan/uy-quyen/");
    let mut minh = app.browser();
    minh.sign_in("minh.nv", PASSWORD, "/").await;
    let version = [("phien-ban", "1")];
    let other = minh.post(links::MY_DELEGATIONS, &end, &version).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    let ended = browser.post(links::MY_DELEGATIONS, &end, &version).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn void_credentials_are_refused_at_public_addresses_of_the_api() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    for credentials in ["Bearer", "Bearer x", "Basic YTpi", "Bearer phusa_0000"] {
        let request = Request::get("/api/v1/units")
            .header(header::AUTHORIZATION, credentials)
            .body(Body::empty())
            .unwrap();
        let answer = browser.send(request).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{credentials}");
        assert!(
            answer
                .header("content-type")
                .starts_with("application/problem+json")
        );
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        assert!(answer.text().contains("token-unknown"));
    }
    assert_eq!(browser.get("/api/v1/units").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_last_administrator_stays_whatever_gives_the_role() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let other = app
        .account("phu.qt", "Phó quản trị", Role::Administrator)
        .await;
    // The other one's role has run out: whoever is left is the last.
    let expired = Grant {
        valid_to: Some(date(2000, 1, 1)),
        ..other.grants[0]
    };
    let change = directory::AccountChange {
        grants: Some(vec![expired]),
        ..directory::AccountChange::default()
    };
    app.app
        .directory
        .change_account(&system(), other.id, other.version, change)
        .await
        .unwrap();
    let account = app
        .app
        .directory
        .account_by_login("quantri")
        .await
        .unwrap()
        .unwrap();
    let page = links::account_edit(&account.id.to_string());
    let version = account.version.to_string();
    let refused = admin
        .post(&page, &format!("{page}/khoa"), &[("phien-ban", &version)])
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
}

/// Whoever sets up roles, but not accounts, gives by them what they hold in every unit, and is
/// told at the grant what they do not, before anything is saved.
#[tokio::test]
async fn whoever_sets_up_roles_gives_no_more_than_they_hold() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let mut keeper = Sent::new(
        "giu_vai_tro",
        &[
            &[("doi-tuong", "role"), ("viec", "configure")],
            &[("doi-tuong", "task"), ("viec", "read")],
        ],
    );
    let made = keeper.save(&mut admin, true).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let role = Role::coded("giu_vai_tro").unwrap();
    let mut keeper = app.signed_in("giu.vai.tro", role).await;
    let more: &[(&str, &str)] = &[("doi-tuong", "account"), ("viec", "configure")];
    let refused = Sent::new("moi", &[more])
        .send(&mut keeper, "xem", true)
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        refused.text().contains("id=\"q0-viec-loi\""),
        "{}",
        refused.text()
    );
    assert!(!refused.text().contains("id=\"xem-truoc\""));
    let less: &[(&str, &str)] = &[
        ("doi-tuong", "task"),
        ("viec", "read"),
        ("pham-vi", "subtree"),
    ];
    let made = Sent::new("xem_viec", &[less]).save(&mut keeper, true).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    for path in [links::ACCOUNTS, links::PEOPLE] {
        assert_eq!(
            keeper.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}
