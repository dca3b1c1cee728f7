//! Units keep their own people: whoever administers a unit's people sees, finds and changes those,
//! and comes to nobody else's by any address.

use axum::http::StatusCode;
use directory::{Device, PersonDraft, PositionDraft, PositionKind, Role};
use jiff::civil::date;
use vocab::Id;
use web::pages::links;

use crate::fixture::{Browser, PASSWORD, TestApp, system};

const OWN: &str = "Sở Công Thương";
const OTHER: &str = "Sở Nội vụ";

fn keeper() -> Role {
    Role::coded("unit_administrator").unwrap()
}

/// Somebody who keeps the people of a unit by a position there.
async fn chief(app: &TestApp, login: &str, name: &str, unit: &str) -> Browser {
    placed(app, login, name, unit, keeper()).await;
    let mut browser = app.browser();
    let answer = browser.sign_in(login, PASSWORD, "/").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    browser
}

/// Somebody with an account and a position; the person and the account.
async fn placed(app: &TestApp, login: &str, name: &str, unit: &str, role: Role) -> (Id, Id) {
    let directory = &app.app.directory;
    let account = directory::NewAccount {
        login: login.to_owned(),
        name: name.to_owned(),
        password: PASSWORD.to_owned(),
        grants: Vec::new(),
        demo: false,
    };
    let account = directory.create_account(&system(), account).await.unwrap();
    let draft = PersonDraft {
        name: name.to_owned(),
        account: Some(account.id),
        ..PersonDraft::default()
    };
    let position = PositionDraft {
        unit: app.unit(unit).await,
        title: format!("Chức danh của {login}"),
        roles: vec![role],
        kind: PositionKind::Regular,
        primary: true,
        valid_from: date(2023, 1, 1),
        valid_to: None,
    };
    let fresh = || directory.store().context().new_id();
    let by = system();
    let entered = directory.enter_person(&by, fresh(), draft, Some((fresh(), position)));
    (entered.await.unwrap().id, account.id)
}

fn entry<'a>(name: &'a str, unit: &'a str, role: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("phien-ban", "0"),
        ("ho-ten", name),
        ("so-dinh-danh", ""),
        ("dien-thoai", ""),
        ("thu-dien-tu", ""),
        ("don-vi", unit),
        ("chuc-danh", "Chuyên viên"),
        ("vai-tro", role),
        ("hinh-thuc", "regular"),
        ("tu-ngay", "2023-01-01"),
        ("den-ngay", ""),
    ]
}

#[tokio::test]
async fn an_officer_is_entered_invited_and_signs_in() {
    let app = TestApp::new().await;
    let mut browser = chief(&app, "chanh.vp", "Nguyễn Thị Tâm", OWN).await;
    let (own, other) = (app.unit(OWN).await, app.unit(OTHER).await);
    let (own, other) = (own.to_string(), other.to_string());
    let new = links::PERSON_NEW;
    // Offered are their unit and the roles that they may give.
    let form = browser.get(new).await;
    assert!(form.text().contains(&format!("value=\"{own}\"")));
    assert!(!form.text().contains(&other) && !form.text().contains("ten-dang-nhap"));
    assert!(form.text().contains("value=\"officer\"") && form.text().contains("value=\"head\""));
    for role in ["administrator", "coordinator", "viewer"] {
        assert!(
            !form.text().contains(&format!("value=\"{role}\"")),
            "{role}"
        );
    }
    // What is typed all the same is refused at its field.
    for (unit, role, field) in [
        (&other, "officer", "don-vi-loi"),
        (&own, "coordinator", "vai-tro-loi"),
    ] {
        let refused = browser
            .post(new, new, &entry("Lê Văn Tám", unit, role))
            .await;
        assert!(refused.status.is_client_error());
        assert!(refused.text().contains(field), "{}", refused.text());
    }
    let made = browser
        .post(new, new, &entry("Lê Văn Tám", &own, "officer"))
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let page = made.header("location").to_owned();
    let shown = browser.get(&page).await;
    assert!(shown.text().contains("Mời nhận tài khoản"));
    let step = format!("{page}/moi-tai-khoan");
    let invited = browser.post(&page, &step, &[]).await;
    assert_eq!(invited.status, StatusCode::OK, "{}", invited.text());
    let text = invited.text();
    let link = text.split("/loi-moi/").nth(1).unwrap();
    let link = format!("/loi-moi/{}", link.split('"').next().unwrap());
    let mut guest = app.browser();
    let answer = guest
        .post(
            &link,
            &link,
            &[
                ("ten-dang-nhap", "tam.lv"),
                ("mat-khau", PASSWORD),
                ("mat-khau-lai", PASSWORD),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let account = guest.get(links::ACCOUNT).await;
    assert!(account.text().contains("Cán bộ báo cáo, Sở Công Thương"));
    // The account is the unit's, with its page; who has one is invited no more.
    let shown = browser.get(&page).await;
    assert!(shown.text().contains("tam.lv") && !shown.text().contains("Mời nhận tài khoản"));
    let again = browser.post(links::ABOUT, &step, &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text().contains("đã có tài khoản"));
    let accounts = browser.get(links::ACCOUNTS).await;
    assert!(accounts.text().contains("tam.lv") && !accounts.text().contains("name=\"vai-tro\""));
}

#[tokio::test]
async fn other_units_people_are_nowhere() {
    let app = TestApp::new().await;
    let mut browser = chief(&app, "chanh.vp", "Nguyễn Thị Tâm", OWN).await;
    let (stranger, account) = placed(&app, "phuoc.tv", "Trần Văn Phước", OTHER, Role::Head).await;
    app.account("lan.pt", "Phạm Thị Lan", Role::Officer).await;
    let directory = &app.app.directory;
    let position = directory.positions_of(stranger).await.unwrap()[0].id;
    let invited = directory
        .invite(
            &system(),
            directory::NewInvitation {
                name: "Khách Mời".to_owned(),
                ..directory::NewInvitation::default()
            },
        )
        .await
        .unwrap();
    let lists = [
        links::PEOPLE.to_owned(),
        format!("{}?q=phuoc", links::PEOPLE),
        format!("{}?q=tran", links::PEOPLE),
        links::ACCOUNTS.to_owned(),
    ];
    for list in lists {
        let answer = browser.get(&list).await;
        assert_eq!(answer.status, StatusCode::OK, "{list}");
        for name in ["Phước", "phuoc.tv", "lan.pt", "Khách Mời"] {
            assert!(!answer.text().contains(name), "{list}: {name}");
        }
    }
    let person = links::person(&stranger.to_string());
    for path in ["", "/sua", "/vi-tri", "/uy-quyen", "/thoi-viec"] {
        let answer = browser.get(&format!("{person}{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in [
        "sua",
        "vi-tri",
        "uy-quyen",
        "thoi-viec",
        "tro-lai",
        "moi-tai-khoan",
    ] {
        let answer = browser
            .post(
                links::ABOUT,
                &format!("{person}/{path}"),
                &[("phien-ban", "1")],
            )
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let position = links::position(&position.to_string());
    assert_eq!(browser.get(&position).await.status, StatusCode::NOT_FOUND);
    let theirs = links::account_edit(&account.to_string());
    assert_eq!(browser.get(&theirs).await.status, StatusCode::NOT_FOUND);
    for (path, fields) in [
        (format!("{theirs}/mat-khau"), &[][..]),
        (format!("{theirs}/moi-phien"), &[]),
        (format!("{theirs}/khoa"), &[("phien-ban", "1")]),
        (links::invitation(&invited.id.to_string(), "lien-ket"), &[]),
        (links::invitation(&invited.id.to_string(), "thu-hoi"), &[]),
    ] {
        let answer = browser.post(links::ABOUT, &path, fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    // Other administrators' pages are not theirs.
    for path in [
        links::ROLES,
        links::RIGHTS,
        links::AUDIT,
        links::JOBS,
        links::READINGS,
    ] {
        assert_eq!(
            browser.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let denied = browser
        .post(
            links::ABOUT,
            links::INVITATIONS,
            &[
                ("ho-ten", "A"),
                ("thu", ""),
                ("vai-tro", "officer"),
                ("don-vi", OWN),
            ],
        )
        .await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    let still = directory.account(account).await.unwrap().unwrap();
    assert!(!still.disabled);
}

#[tokio::test]
async fn a_unit_resets_ends_and_hands_over_what_is_its_own() {
    let app = TestApp::new().await;
    let mut browser = chief(&app, "chanh.vp", "Nguyễn Thị Tâm", OWN).await;
    let (head, account) = placed(&app, "ha.ptt", "Phạm Thị Thu Hà", OWN, Role::Head).await;
    placed(&app, "nam.lh", "Lê Hoàng Nam", OWN, Role::Officer).await;
    placed(&app, "phuoc.tv", "Trần Văn Phước", OTHER, Role::Head).await;
    let directory = &app.app.directory;
    let device = Device::default();
    directory
        .sign_in("ha.ptt", PASSWORD, &device)
        .await
        .unwrap();
    let theirs = links::account_edit(&account.to_string());
    let page = browser.get(&theirs).await;
    assert_eq!(page.status, StatusCode::OK);
    // A way to a page that is not theirs is not shown.
    assert!(!page.text().contains("href=\"/quan-tri/quyen"));
    let ended = browser
        .post(&theirs, &format!("{theirs}/moi-phien"), &[])
        .await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text());
    assert!(directory.sessions_of(account).await.unwrap().is_empty());
    let link = browser
        .post(&theirs, &format!("{theirs}/mat-khau"), &[])
        .await;
    assert!(link.text().contains("/mat-khau-moi/"), "{}", link.text());
    // Handed over within the unit: others are not found.
    let person = links::person(&head.to_string());
    let form = format!("{person}/thoi-viec");
    let leave = |successor| {
        [
            ("phien-ban", "1"),
            ("ngay", "2023-06-15"),
            ("ban-giao", successor),
            ("hinh-thuc", "in_charge"),
        ]
    };
    for stranger in ["Trần Văn Phước", "phuoc.tv"] {
        let refused = browser.post(&form, &form, &leave(stranger)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Không tìm thấy người này"));
    }
    let done = browser.post(&form, &form, &leave("nam.lh")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    // Who has left stays the unit's, and may come back.
    let page = browser.get(&person).await;
    assert_eq!(page.status, StatusCode::OK);
    let version = directory.person(head).await.unwrap().unwrap().version;
    let back = browser
        .post(
            &person,
            &format!("{person}/tro-lai"),
            &[("phien-ban", &version.to_string())],
        )
        .await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text());
}

#[tokio::test]
async fn somebody_of_two_units_is_shown_to_each_as_they_are_there() {
    let app = TestApp::new().await;
    let mut browser = chief(&app, "chanh.vp", "Nguyễn Thị Tâm", OWN).await;
    let (both, _) = placed(&app, "phuoc.tv", "Trần Văn Phước", OTHER, Role::Head).await;
    let directory = &app.app.directory;
    let side = PositionDraft {
        unit: app.unit(OWN).await,
        title: "Thành viên Tổ công tác".to_owned(),
        roles: Vec::new(),
        kind: PositionKind::Regular,
        primary: false,
        valid_from: date(2023, 1, 1),
        valid_to: None,
    };
    let own = directory.store().context().new_id();
    directory
        .add_position(&system(), own, both, side)
        .await
        .unwrap();
    let person = links::person(&both.to_string());
    let shown = browser.get(&person).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text().contains("Thành viên Tổ công tác"));
    assert!(!shown.text().contains("Sở Nội vụ") && !shown.text().contains("/sua"));
    let listed = browser.get(links::PEOPLE).await;
    assert!(listed.text().contains("Thành viên Tổ công tác"));
    assert!(!listed.text().contains("Sở Nội vụ"));
    assert_eq!(
        browser.get(&format!("{person}/sua")).await.status,
        StatusCode::NOT_FOUND
    );
    // The unit ends what they are there.
    let form = links::position(&own.to_string());
    let fields = [
        ("phien-ban", "1"),
        ("don-vi", &*app.unit(OWN).await.to_string()),
        ("chuc-danh", "Thành viên Tổ công tác"),
        ("hinh-thuc", "regular"),
        ("tu-ngay", "2023-01-01"),
        ("den-ngay", "2023-02-01"),
    ]
    .map(|(name, value)| (name, value.to_owned()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let ended = browser.post(&form, &form, &fields).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text());
    assert_eq!(browser.get(&person).await.status, StatusCode::NOT_FOUND);
}
