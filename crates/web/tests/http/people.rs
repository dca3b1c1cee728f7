//! The pages about people.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use directory::Role;
use web::pages::links;

use crate::fixture::{Answer, Browser, PASSWORD, TestApp, system};

/// The forms' fields for a person of this name.
fn person<'a>(name: &'a str, number: &'a str, login: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("phien-ban", "0"),
        ("ho-ten", name),
        ("so-dinh-danh", number),
        ("dien-thoai", ""),
        ("thu-dien-tu", ""),
        ("ten-dang-nhap", login),
    ]
}

/// Enters somebody; gives the address of their page.
async fn entered(browser: &mut Browser, name: &str, number: &str, login: &str) -> String {
    let new = links::PERSON_NEW;
    let answer = browser.post(new, new, &person(name, number, login)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").to_owned()
}

async fn positioned(browser: &mut Browser, page: &str, unit: &str, title: &str, role: &str) {
    let form = format!("{page}/vi-tri");
    let fields = [
        ("phien-ban", "0"),
        ("don-vi", unit),
        ("chuc-danh", title),
        ("vai-tro", role),
        ("hinh-thuc", "regular"),
        ("tu-ngay", "1/1/2023"),
        ("den-ngay", ""),
    ];
    let answer = browser.post(&form, &form, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

async fn list(browser: &mut Browser, text: &str, what: &str) -> Answer {
    let token = browser.get(links::PEOPLE_IMPORT).await.token();
    let part = |name: &str, value: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = format!(
        "{}{}--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a.csv\"\r\n\r\n{text}\r\n--x--\r\n",
        part("csrf", &token),
        part("viec", what)
    );
    let request = Request::post(links::PEOPLE_IMPORT)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    browser.send(request).await
}

#[tokio::test]
async fn whose_data_it_is_sees_who_looked() {
    let app = TestApp::new().await;
    let mut admin = app.signed_in("quantri", Role::Administrator).await;
    let lan = app.account("lan.pt", "Phạm Thị Lan", Role::Officer).await;
    let mut browser = app.browser();
    browser.sign_in("lan.pt", PASSWORD, "/").await;
    let new = links::PERSON_NEW;
    let mut fields = person("Phạm Thị Lan", "", "lan.pt");
    fields[3].1 = "0912345678";
    let page = admin.post(new, new, &fields).await;
    let page = page.header("location").to_owned();
    let unseen = browser.get(links::MY_READINGS).await;
    assert!(
        !unseen.text().contains("Số điện thoại"),
        "{}",
        unseen.text()
    );

    // Her page and the form to change it, then her account.
    admin.get(&page).await;
    admin.get(&format!("{page}/sua")).await;
    admin.get(&links::account_edit(&lan.id.to_string())).await;
    let seen = browser.get(links::MY_READINGS).await;
    let text = seen.text();
    assert!(text.contains("Số điện thoại"), "{text}");
    assert!(text.contains("Tên đăng nhập"), "{text}");
    assert!(text.contains("data-label=\"Số lần\">2<"), "{text}");
}

#[tokio::test]
async fn only_administrators_see_and_change_people() {
    let app = TestApp::new().await;
    let mut nobody = app.browser();
    let mut head = app.signed_in("lanh.dao", Role::Head).await;
    for path in [links::PEOPLE, links::PERSON_NEW, links::PEOPLE_IMPORT] {
        assert_eq!(
            nobody.get(path).await.status,
            StatusCode::SEE_OTHER,
            "{path}"
        );
        assert_eq!(head.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let new = links::PERSON_NEW;
    let answer = head.post(links::ACCOUNT, new, &person("Lan", "", "")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let mut administrator = app.signed_in("quan.tri", Role::Administrator).await;
    let raw = administrator.post_raw(new, "ho-ten=Lan").await;
    assert_eq!(
        raw.status,
        StatusCode::FORBIDDEN,
        "a form without its token"
    );
}

#[tokio::test]
async fn a_person_is_entered_placed_delegates_and_leaves() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("quan.tri", Role::Administrator).await;
    app.account("lan.pt", "Phạm Thị Lan", Role::Viewer).await;
    let unit = app.unit("Sở Nội vụ").await.to_string();
    let lan = entered(&mut browser, "Phạm Thị Lan", "086185000001", "lan.pt").await;
    let tam = entered(&mut browser, "Lê Văn Tám", "", "").await;
    let page = browser.get(&lan).await;
    assert!(page.text().contains("0001") && !page.text().contains("086185"));
    // Nobody is entered twice, and the form keeps what was typed.
    let new = links::PERSON_NEW;
    let again = browser
        .post(new, new, &person("Người Khác", "086185000001", ""))
        .await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("so-dinh-danh-loi") && again.text().contains("Người Khác"));

    positioned(&mut browser, &lan, &unit, "Giám đốc", "head").await;
    let mut own = app.browser();
    own.sign_in("lan.pt", PASSWORD, "/").await;
    assert!(
        own.get(links::ACCOUNT)
            .await
            .text()
            .contains("Lãnh đạo đơn vị, Sở Nội vụ")
    );
    let found = browser.get(&format!("{}?q=pham+thi", links::PEOPLE)).await;
    assert!(found.text().contains("Giám đốc, Sở Nội vụ") && !found.text().contains("Tám"));

    let form = format!("{lan}/uy-quyen");
    let delegation = |receiver: &'static str, role: &'static str| {
        [
            ("phien-ban", "0"),
            ("nguoi-nhan", receiver),
            ("vi-tri", ""),
            ("vai-tro", role),
            ("tu-ngay", "2023-05-01"),
            ("den-ngay", "2023-05-31"),
            ("ly-do", "Đi công tác"),
            ("van-ban", ""),
        ]
    };
    for (receiver, role, field) in [
        ("Phạm Thị Lan", "head", "nguoi-nhan"),
        ("Không Có Ai", "head", "nguoi-nhan"),
        ("Lê Văn Tám", "coordinator", "vai-tro"),
    ] {
        let answer = browser
            .post(&form, &form, &delegation(receiver, role))
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{receiver}"
        );
        assert!(
            answer.text().contains(&format!("{field}-loi")),
            "{receiver} {role}"
        );
    }
    let answer = browser
        .post(&form, &form, &delegation("Lê Văn Tám", "head"))
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(browser.get(&lan).await.text().contains("31/05/2023"));

    let form = format!("{lan}/thoi-viec");
    assert!(
        browser
            .get(&form)
            .await
            .text()
            .contains("Lãnh đạo đơn vị, Sở Nội vụ")
    );
    let leave = |successor: &'static str| {
        [
            ("phien-ban", "1"),
            ("ngay", "2020-01-01"),
            ("ban-giao", successor),
            ("hinh-thuc", "in_charge"),
        ]
    };
    let today = [("ngay", "2023-06-15")];
    let mut open = leave("");
    open[1] = today[0];
    let answer = browser.post(&form, &form, &open).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("ban-giao-loi"));
    let mut named = leave("Lê Văn Tám");
    named[1] = today[0];
    let answer = browser.post(&form, &form, &named).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(browser.get(&tam).await.text().contains("Phụ trách"));
    let twice = browser.post(&tam, &form, &named).await;
    assert_ne!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_same_form_sent_twice_enters_one_person() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("quan.tri", Role::Administrator).await;
    let token = browser.get(links::PERSON_NEW).await.token();
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("csrf", &token)
        .extend_pairs(person("Phạm Thị Lan", "", ""));
    let form = form.finish();
    let first = browser.post_raw(links::PERSON_NEW, form.clone()).await;
    let second = browser.post_raw(links::PERSON_NEW, form).await;
    assert_eq!(first.header("location"), second.header("location"));
    let people = app
        .app
        .directory
        .find_people(store::Scope::bypass("a test"), "Lan", 10)
        .await
        .unwrap();
    assert_eq!(people.len(), 1);
}

#[tokio::test]
async fn a_list_is_taken_in_and_its_refused_rows_come_back() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("quan.tri", Role::Administrator).await;
    let rows = "Họ và tên,Đơn vị,Chức danh,Vai trò,Từ ngày\n\
        Phạm Thị Lan,Sở Nội vụ,Chuyên viên,officer,1/1/2023\n\
        <script>x</script>,Sở Nội vu,Văn thư,,1/1/2023\n";
    let tried = list(&mut browser, rows, "thu").await;
    assert_eq!(tried.status, StatusCode::OK, "{}", tried.text());
    assert!(
        app.app
            .directory
            .find_people(store::Scope::bypass("a test"), "Lan", 10)
            .await
            .unwrap()
            .is_empty()
    );
    let taken = list(&mut browser, rows, "nhap").await;
    assert!(
        taken.text().contains("Có phải: Sở Nội vụ"),
        "{}",
        taken.text()
    );
    assert!(!taken.text().contains("<script>x"));
    assert_eq!(
        app.app
            .directory
            .find_people(store::Scope::bypass("a test"), "Lan", 10)
            .await
            .unwrap()
            .len(),
        1
    );
    let at = taken
        .text()
        .find("/quan-tri/can-bo/nhap/bi-tu-choi?tep=")
        .unwrap();
    let rest = &taken.text()[at..];
    let href = rest[..rest.find('"').unwrap()].to_owned();
    let back = browser.get(&href).await;
    assert!(back.header("content-disposition").contains("attachment"));
    assert_eq!(back.text().lines().count(), 2, "{}", back.text());
    let mut head = app.signed_in("lanh.dao", Role::Head).await;
    assert_eq!(head.get(&href).await.status, StatusCode::FORBIDDEN);

    for (bad, what) in [
        ("Đơn vị\nx\n", "no column for names"),
        ("PK\u{3}\u{4}", "no spreadsheet"),
    ] {
        let answer = list(&mut browser, bad, "nhap").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
    }
}

/// A list that is larger than what is read at once is refused, not read as far as it goes.
#[tokio::test]
async fn a_list_is_taken_in_whole_or_refused() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("quan.tri", Role::Administrator).await;
    let mut rows = "Họ và tên,Đơn vị,Chức danh,Vai trò,Từ ngày\n\
        Phạm Thị Lan,Sở Nội vụ,Chuyên viên,officer,1/1/2023\n"
        .to_owned();
    rows.push_str(&"\n".repeat(17 << 20));
    rows.push_str("Lê Văn Bền,Sở Nội vụ,Văn thư,,1/1/2023\n");
    let refused = list(&mut browser, &rows, "nhap").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("16 MB"));
    let found = app
        .app
        .directory
        .find_people(store::Scope::bypass("a test"), "Lan", 10)
        .await
        .unwrap();
    assert!(found.is_empty());
}

#[tokio::test]
async fn people_change_their_own_telephone_and_nothing_else() {
    let app = TestApp::new().await;
    let account = app.account("lan.pt", "Phạm Thị Lan", Role::Officer).await;
    let draft = directory::PersonDraft {
        name: "Phạm Thị Lan".to_owned(),
        account: Some(account.id),
        ..directory::PersonDraft::default()
    };
    let directory = &app.app.directory;
    let id = directory.store().context().new_id();
    directory.create_person(&system(), id, draft).await.unwrap();
    let mut browser = app.browser();
    browser.sign_in("lan.pt", PASSWORD, "/").await;
    let own = links::PROFILE;
    let good = [
        ("phien-ban", "1"),
        ("dien-thoai", "0912 345 678"),
        ("thu-dien-tu", ""),
    ];
    let answer = browser.post(own, own, &good).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let person = directory.person(id).await.unwrap().unwrap();
    assert_eq!(person.draft.phone.unwrap().national(), "0912 345 678");
    let more = [
        ("phien-ban", "2"),
        ("dien-thoai", ""),
        ("thu-dien-tu", ""),
        ("ho-ten", "Giám đốc Lan"),
    ];
    let answer = browser.post(own, own, &more).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let stale = browser.post(own, own, &good).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
}
