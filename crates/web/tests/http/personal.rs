//! Personal data of people and accounts: shown as far as a role's grant shows them, noted for
//! whose they are; and the pages that a grant opens to others than administrators.

use axum::http::StatusCode;
use directory::permission::{Reach, RoleGrant, RoleName, RoleSpec};
use directory::{Act, Principal, Role};
use vocab::Id;
use web::pages::links;

use crate::fixture::{Browser, PASSWORD, TestApp, system};

const NUMBER: &str = "086185000001";
const PHONE: &str = "0912 345 678";
const EMAIL: &str = "lan.pt@vinhlong.gov.vn";

/// Somebody signed in who holds one grant on things of a kind.
pub(crate) async fn holding(
    app: &TestApp,
    code: &str,
    kind: &str,
    verbs: &[Act],
    masks: &[&str],
) -> Browser {
    let spec = RoleSpec {
        code: code.to_owned(),
        name: RoleName {
            vi: format!("Vai trò {code}"),
            en: format!("Role {code}"),
        },
        grants: vec![RoleGrant {
            kinds: vec![kind.to_owned()],
            verbs: verbs.to_vec(),
            reach: Reach::All,
            states: Vec::new(),
            condition: None,
            masks: masks.iter().map(ToString::to_string).collect(),
            four_eyes: false,
        }],
        valid_from: None,
        valid_to: None,
    };
    let directory = &app.app.directory;
    directory
        .put_role(&Principal::system(), &system(), &spec)
        .await
        .unwrap();
    let login = code.replace('_', ".");
    app.signed_in(&login, Role::coded(code).unwrap()).await
}

/// Lan with all that there is to know; her page.
async fn lan(app: &TestApp, admin: &mut Browser) -> String {
    app.account("lan.pt", "Phạm Thị Lan", Role::Viewer).await;
    let fields = [
        ("phien-ban", "0"),
        ("ho-ten", "Phạm Thị Lan"),
        ("so-dinh-danh", NUMBER),
        ("dien-thoai", "0912345678"),
        ("thu-dien-tu", EMAIL),
        ("ten-dang-nhap", "lan.pt"),
    ];
    let new = links::PERSON_NEW;
    let answer = admin.post(new, new, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").to_owned()
}

#[tokio::test]
async fn what_a_grant_hides_of_people_goes_out_nowhere_and_stays_as_it_is() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let page = lan(&app, &mut admin).await;
    let id: Id = page.rsplit('/').next().unwrap().parse().unwrap();
    let all = ["citizen_id", "phone", "email"];
    let mut hr = holding(
        &app,
        "nhan_su",
        "person",
        &[Act::Read, Act::Configure],
        &all,
    )
    .await;
    let secrets = [NUMBER, PHONE, "0912345678", EMAIL];
    for path in [
        page.clone(),
        format!("{page}/sua"),
        links::PEOPLE.to_owned(),
        format!("{}?q=lan", links::PEOPLE),
        format!("{page}/thoi-viec"),
    ] {
        let answer = hr.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        for secret in secrets {
            assert!(!answer.text().contains(secret), "{path}: {secret}");
        }
    }
    let shown = hr.get(&page).await;
    assert!(shown.text().contains("Đang che"), "{}", shown.text());
    assert!(shown.text().contains("********0001"));
    // What is hidden and left empty stays; what is typed over it is taken.
    let form = format!("{page}/sua");
    let fields = [
        ("phien-ban", "1"),
        ("ho-ten", "Phạm Thị Hoa Lan"),
        ("so-dinh-danh", ""),
        ("dien-thoai", ""),
        ("thu-dien-tu", "lan@vinhlong.gov.vn"),
        ("ten-dang-nhap", "lan.pt"),
    ];
    let saved = hr.post(&form, &form, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let stands = app.app.directory.person(id).await.unwrap().unwrap().draft;
    assert_eq!(stands.name, "Phạm Thị Hoa Lan");
    assert_eq!(stands.citizen_id.unwrap().expose(), NUMBER);
    assert_eq!(stands.phone.unwrap().national(), PHONE);
    assert_eq!(stands.email.as_deref(), Some("lan@vinhlong.gov.vn"));
    // The administrators' grant shows all but the number.
    let shown = admin.get(&page).await;
    assert!(shown.text().contains(PHONE) && shown.text().contains("********0001"));
    assert!(!shown.text().contains(NUMBER));
}

#[tokio::test]
async fn whoever_is_shown_a_number_is_noted_for_whose_it_is() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let page = lan(&app, &mut admin).await;
    let mut lan = app.browser();
    lan.sign_in("lan.pt", PASSWORD, "/").await;
    let mut masked = holding(
        &app,
        "xem_mot_phan",
        "person",
        &[Act::Read],
        &["phone", "email"],
    )
    .await;
    let mut hidden = holding(
        &app,
        "xem_ten",
        "person",
        &[Act::Read],
        &["phone", "email", "citizen_id"],
    )
    .await;
    hidden.get(&page).await;
    let mine = lan.get(links::MY_READINGS).await;
    assert!(!mine.text().contains("Số định danh cá nhân"));
    assert!(!mine.text().contains("Số điện thoại"));
    let shown = masked.get(&page).await;
    assert!(shown.text().contains(NUMBER), "{}", shown.text());
    assert!(!shown.text().contains(PHONE));
    let mine = lan.get(links::MY_READINGS).await;
    assert!(
        mine.text().contains("Số định danh cá nhân"),
        "{}",
        mine.text()
    );
    assert!(!mine.text().contains("Số điện thoại"));
    assert!(mine.text().contains("Trần Thị Mỹ Lệ"));
}

#[tokio::test]
async fn what_was_seen_before_there_was_an_account_is_seen_too() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let fields = |version, login| {
        [
            ("phien-ban", version),
            ("ho-ten", "Phạm Thị Lan"),
            ("so-dinh-danh", ""),
            ("dien-thoai", "0912345678"),
            ("thu-dien-tu", ""),
            ("ten-dang-nhap", login),
        ]
    };
    let new = links::PERSON_NEW;
    let made = admin.post(new, new, &fields("0", "")).await;
    let page = made.header("location").to_owned();
    admin.get(&page).await;
    app.account("lan.pt", "Phạm Thị Lan", Role::Viewer).await;
    let form = format!("{page}/sua");
    let linked = admin.post(&form, &form, &fields("1", "lan.pt")).await;
    assert_eq!(linked.status, StatusCode::SEE_OTHER, "{}", linked.text());
    let mut lan = app.browser();
    lan.sign_in("lan.pt", PASSWORD, "/").await;
    let mine = lan.get(links::MY_READINGS).await;
    // Once on the page, and once more on the form.
    assert!(mine.text().contains("Số điện thoại"), "{}", mine.text());
    let twice = "data-label=\"Số lần\">2<";
    assert!(mine.text().contains(twice), "{}", mine.text());
}

#[tokio::test]
async fn whoever_may_only_look_changes_nobody() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let page = lan(&app, &mut admin).await;
    let mut reader = holding(&app, "xem_can_bo", "person", &[Act::Read], &[]).await;
    let shown = reader.get(&page).await;
    for step in ["sua", "vi-tri", "uy-quyen", "thoi-viec"] {
        assert!(!shown.text().contains(&format!("{page}/{step}")), "{step}");
        let form = reader.get(&format!("{page}/{step}")).await;
        assert_eq!(form.status, StatusCode::FORBIDDEN, "{step}");
    }
    let list = reader.get(links::PEOPLE).await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.text().contains("Phạm Thị Lan"));
    assert!(!list.text().contains(links::PERSON_NEW));
    // The top bar and the tabs lead where they may go, and nowhere else.
    assert!(list.text().contains(&format!("href=\"{}\"", links::PEOPLE)));
    for other in [links::JOBS, links::AUDIT, links::ACCOUNTS, links::ROLES] {
        assert!(
            !list.text().contains(&format!("href=\"{other}\"")),
            "{other}"
        );
        assert_eq!(
            reader.get(other).await.status,
            StatusCode::FORBIDDEN,
            "{other}"
        );
    }
}

#[tokio::test]
async fn accounts_hide_addresses_and_where_one_is_signed_in() {
    let app = TestApp::new().await;
    let lan = app.account("lan.pt", "Phạm Thị Lan", Role::Viewer).await;
    let mut browser = app.browser();
    browser.sign_in("lan.pt", PASSWORD, "/").await;
    let change = directory::AccountChange {
        email: Some(EMAIL.to_owned()),
        ..directory::AccountChange::default()
    };
    let directory = &app.app.directory;
    directory
        .change_account(&system(), lan.id, 1, change)
        .await
        .unwrap();
    let invited = directory::NewInvitation {
        name: "Lê Văn Tám".to_owned(),
        email: "tam@vinhlong.gov.vn".to_owned(),
        grants: Vec::new(),
    };
    directory.invite(&system(), invited).await.unwrap();
    let all = [Act::Read, Act::Configure];
    let mut keeper = holding(&app, "tai_khoan", "account", &all, &["email", "sessions"]).await;
    // A viewer's rights are not among theirs: they may look, and change nothing.
    let page = links::account_edit(&lan.id.to_string());
    let shown = keeper.get(&page).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
    assert!(!shown.text().contains(EMAIL));
    assert!(shown.text().contains("Đang che"), "{}", shown.text());
    let list = keeper.get(links::ACCOUNTS).await;
    assert!(list.text().contains("Lê Văn Tám"));
    assert!(!list.text().contains("tam@vinhlong.gov.vn"));
    let step = links::account_step(&lan.id.to_string(), "sua");
    let fields = [("phien-ban", "2"), ("ho-ten", "Lan"), ("thu", "")];
    let refused = keeper.post(&page, &step, &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text());
    assert!(
        refused.text().contains("nhờ Quản trị hệ thống")
            || refused.text().contains("Nhờ Quản trị hệ thống")
    );
    let reset = links::account_step(&lan.id.to_string(), "mat-khau");
    let refused = keeper.post(&page, &reset, &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    // A new account of no rights is theirs to keep.
    let by = system();
    let clean = app.app.directory.create_account(
        &by,
        directory::NewAccount {
            login: "nguoi.moi".to_owned(),
            name: "Người mới".to_owned(),
            password: PASSWORD.to_owned(),
            grants: Vec::new(),
            demo: false,
        },
    );
    let clean = clean.await.unwrap();
    let page = links::account_edit(&clean.id.to_string());
    let step = links::account_step(&clean.id.to_string(), "sua");
    let fields = [("phien-ban", "1"), ("ho-ten", "Người cũ"), ("thu", "")];
    let saved = keeper.post(&page, &step, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let grant = links::account_step(&clean.id.to_string(), "vai-tro");
    let fields = [
        ("phien-ban", "2"),
        ("vai-tro", "administrator"),
        ("don-vi", ""),
    ];
    let refused = keeper.post(&page, &grant, &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        refused.text().contains("bản thân bạn chưa được làm"),
        "{}",
        refused.text()
    );
}
