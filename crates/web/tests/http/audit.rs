//! The audit browser: filters, one entry, the file, and who saw whose personal data.

use axum::http::StatusCode;
use directory::{AccountChange, Role};
use store::reads::Reading;
use web::pages::links;

use crate::fixture::{Answer, Browser, TestApp, system};

async fn on_each_engine() -> Vec<TestApp> {
    let mut apps = vec![TestApp::new().await];
    apps.extend(TestApp::on_postgres().await);
    apps
}

async fn read(browser: &mut Browser, path: &str) -> Answer {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer
}

fn rows(answer: &Answer) -> usize {
    answer.text().matches("/quan-tri/nhat-ky/muc/").count()
}

#[tokio::test]
async fn each_filter_narrows_the_log() {
    for app in on_each_engine().await {
        let mut browser = app.signed_in("quantri", Role::Administrator).await;
        let account = app.account("lan.pt", "Phạm Thị Lan", Role::Officer).await;
        let own = account.principal().actor("api", account.id);
        let change = AccountChange {
            name: Some("Phạm Thị Lan Anh".to_owned()),
            ..AccountChange::default()
        };
        let directory = &app.app.directory;
        directory
            .change_account(&own, account.id, account.version, change)
            .await
            .unwrap();
        for (query, expected) in [
            ("nguoi=lan.pt".to_owned(), 1),
            ("qua=api".to_owned(), 1),
            ("viec=edit&tu-khoa=account".to_owned(), 1),
            (format!("tu-khoa={}", account.id), 2),
            ("qua=cli".to_owned(), 0),
            ("nguoi=khong.ai".to_owned(), 0),
            ("den=1999-01-01".to_owned(), 0),
            ("tu=2099-01-01".to_owned(), 0),
            ("nguoi=lan.pt&tu=2000-01-01&den=2099-01-01".to_owned(), 1),
        ] {
            let page = read(&mut browser, &format!("{}?{query}", links::AUDIT)).await;
            assert_eq!(rows(&page), expected, "{query}");
        }
        for (query, said) in [
            ("nguoi=khong.ai", "Không có tài khoản nào"),
            ("tu=hom-qua", "Ngày không đọc được"),
            ("tu=2023-02-01&den=2023-01-01", "Ngày cuối đứng trước"),
        ] {
            let page = read(&mut browser, &format!("{}?{query}", links::AUDIT)).await;
            assert!(page.text().contains(said), "{query}");
        }
        for broken in ["truoc=1", "truoc=x_y", "truoc=1_"] {
            let answer = browser.get(&format!("{}?{broken}", links::AUDIT)).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{broken}");
        }
        // A page leads on with its filters kept.
        let page = read(&mut browser, &format!("{}?qua=job", links::AUDIT)).await;
        assert!(page.text().contains("?qua=job&#38;truoc="));
    }
}

#[tokio::test]
async fn an_entry_shows_what_changed_and_no_secret() {
    for app in on_each_engine().await {
        let mut browser = app.signed_in("quantri", Role::Administrator).await;
        let account = app.account("lan.pt", "Phạm Thị Lan", Role::Officer).await;
        let directory = &app.app.directory;
        let change = AccountChange {
            name: Some("Phạm Thị <b>Mai</b>".to_owned()),
            ..AccountChange::default()
        };
        directory
            .change_account(&system(), account.id, account.version, change)
            .await
            .unwrap();
        let store = app.app.store();
        let entries = store
            .audit_of("account", &store::Scope::bypass("a test"), account.id, 10)
            .await
            .unwrap();
        let page = read(&mut browser, &links::audit_entry(entries[0].ord)).await;
        let text = page.text();
        assert!(
            text.contains("Phạm Thị Lan") && text.contains("&#60;b&#62;Mai"),
            "{text}"
        );
        assert!(text.contains(&entries[0].hash) && text.contains("Chờ niêm phong"));
        assert!(
            !text.contains("lan.pt</td><td data-label=\"Sau\">"),
            "the login did not change"
        );

        for _ in 0..200 {
            if store.seal().await.unwrap().leaves > entries[0].ord {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let (segment, hash) = store
            .audit_segment_of(entries[1].ord)
            .await
            .unwrap()
            .unwrap();
        let page = read(&mut browser, &links::audit_entry(entries[1].ord)).await;
        assert!(page.text().contains(&format!("{segment}:{hash}")));
        assert!(page.text().contains("Không có phiên bản trước"));

        let asked = store::audit::AuditQuery {
            table: Some("credential".to_owned()),
            limit: 1,
            ..Default::default()
        };
        let secret = store
            .audit_entries(&store::Scope::bypass("a test"), &asked)
            .await
            .unwrap()
            .remove(0);
        let page = read(&mut browser, &links::audit_entry(secret.ord)).await;
        assert!(page.text().contains("bí mật, không hiển thị"));
        assert!(!page.text().contains("argon2"));
        let gone = browser.get(&links::audit_entry(9_999_999_u64)).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_file_holds_what_the_page_shows() {
    let app = TestApp::new().await;
    let mut browser = app.signed_in("quantri", Role::Administrator).await;
    let path = format!("{}?tu-khoa=account", links::AUDIT_EXPORT);
    let file = read(&mut browser, &path).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.header("content-disposition").contains(".csv"));
    let text = file.text();
    assert!(text.starts_with("\u{feff}Thứ tự,"), "{text}");
    assert!(text.lines().skip(1).all(|line| line.contains(",account,")));
    assert_eq!(text.lines().count(), 2);
    // Every entry is there, beyond one reading's worth.
    let all = read(&mut browser, links::AUDIT_EXPORT).await;
    let query = store::audit::AuditQuery {
        limit: 1,
        ..Default::default()
    };
    let newest = app
        .app
        .store()
        .audit_entries(&store::Scope::bypass("a test"), &query)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(
        all.text().lines().count(),
        usize::try_from(newest.ord).unwrap() + 1
    );
}

#[tokio::test]
async fn looks_at_personal_data_are_seen_by_whose_data_it_is() {
    for app in on_each_engine().await {
        let mut admin = app.signed_in("quantri", Role::Administrator).await;
        let lan = app.account("lan.pt", "Phạm Thị Lan", Role::Officer).await;
        let mut browser = app.browser();
        browser
            .sign_in("lan.pt", crate::fixture::PASSWORD, "/")
            .await;
        let mine = read(&mut browser, links::MY_READINGS).await;
        assert!(mine.text().contains("Chưa có lượt xem nào"));

        // The administrator looks at versions of her account, twice.
        let store = app.app.store();
        let entry = store
            .audit_of("account", &store::Scope::bypass("a test"), lan.id, 1)
            .await
            .unwrap()
            .remove(0);
        for _ in 0..2 {
            read(&mut admin, &links::audit_entry(entry.ord)).await;
        }
        let mine = read(&mut browser, links::MY_READINGS).await;
        let text = mine.text();
        assert!(
            text.contains("Trần Thị Mỹ Lệ") && text.contains("Họ và tên"),
            "{text}"
        );
        assert!(text.contains("data-label=\"Số lần\">2<"), "{text}");

        let all = read(&mut admin, &format!("{}?cua=lan.pt", links::READINGS)).await;
        assert!(all.text().contains("Phạm Thị Lan"));
        for query in [
            "cua=quantri",
            "nguoi=lan.pt",
            "den=1999-01-01",
            "nguoi=khong.ai",
        ] {
            let none = read(&mut admin, &format!("{}?{query}", links::READINGS)).await;
            assert!(none.text().contains("Chưa có lượt xem nào"), "{query}");
        }
        // Nobody else's are on one's own page.
        store.note_reading(Reading {
            reader: lan.id,
            subject: vocab::Id::NIL,
            kind: "person",
            record: vocab::Id::NIL,
            fields: &["citizen_id"],
            via: "page",
        });
        let mine = read(&mut browser, links::MY_READINGS).await;
        assert!(!mine.text().contains("Số định danh"));
        let all = read(&mut admin, &format!("{}?nguoi=lan.pt", links::READINGS)).await;
        assert!(all.text().contains("Số định danh cá nhân"));
    }
}
