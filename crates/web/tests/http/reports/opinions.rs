//! What partners say of a report, over HTTP: asked, answered with a file, waited for, consolidated.

use axum::http::StatusCode;
use directory::Role;

use super::province::{PERIOD, Province, UNIT, begin, between, entered, form, location, ratio};
use crate::fixture::Browser;

/// Led by Sở Nội vụ, with all departments and districts as partners.
const TARGET: u16 = 19;
const PARTNER: &str = "Sở Công Thương";

/// The version that the form to `action` of a page sends.
async fn version(browser: &mut Browser, page: &str, action: &str) -> String {
    let text = browser.get(page).await.text().to_owned();
    let form = text.split(&format!("action=\"{action}\"")).nth(1);
    let form = form.unwrap_or_else(|| panic!("no form to {action} in {text}"));
    between(form, "name=\"phien-ban\" value=\"", "\"").to_owned()
}

#[tokio::test]
async fn a_partner_is_asked_and_heard_before_the_report_counts() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let mut head = province.person(UNIT, "lanhdao.snv", Role::Head).await;
    let mut partner = province.person(PARTNER, "canbo.sct", Role::Officer).await;
    let mut other = province
        .person("Sở Tài chính", "canbo.stc", Role::Officer)
        .await;
    let coordinating = "Sở Thông tin và Truyền thông";
    let mut coordinator = province
        .person(coordinating, "dieuphoi", Role::Coordinator)
        .await;
    let new = begin(TARGET, 1, PERIOD);
    let fields = ratio("0", "1.655", "2.290", "gui");
    let report = location(&entered(&mut officer, &new, &fields).await);
    let step = format!("{report}/duyet");
    let read = version(&mut head, &report, &step).await;
    location(&head.post(&report, &step, &[("phien-ban", &read)]).await);

    // The lead's officer asks from the report's page.
    let text = officer.get(&report).await.text().to_owned();
    assert!(text.contains("Lấy ý kiến cơ quan phối hợp"), "{text}");
    let asking = format!("{report}/y-kien");
    let page = officer.get(&asking).await.text().to_owned();
    assert!(!page.contains('⟦'), "{page}");
    assert!(page.contains(PARTNER), "{page}");
    let unit = province.app.unit(PARTNER).await.to_string();
    let read = version(&mut officer, &asking, &asking).await;
    let nobody = [("phien-ban", read.as_str()), ("han", "2023-04-21")];
    let refused = officer.post(&asking, &asking, &nobody).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Chọn ít nhất một cơ quan"));
    let day = between(&page, "name=\"han\" type=\"date\"", "required");
    let day = between(day, "value=\"", "\"").to_owned();
    let fields = [
        ("phien-ban", read.as_str()),
        ("don-vi", unit.as_str()),
        ("han", day.as_str()),
    ];
    location(&officer.post(&asking, &asking, &fields).await);
    let page = officer.get(&asking).await.text().to_owned();
    assert!(page.contains("chờ ý kiến") && page.contains("Kết thúc lấy ý kiến"));

    // Consolidating is refused, with who is waited for.
    let step = format!("{report}/tong-hop");
    let read = version(&mut coordinator, &report, &step).await;
    let refused = coordinator
        .post(&report, &step, &[("phien-ban", &read)])
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let text = refused.text();
    assert!(
        text.contains("còn chờ ý kiến của 1 cơ quan phối hợp (Sở Công Thương)"),
        "{text}"
    );
    let [year, month, date] = day.split('-').collect::<Vec<_>>()[..] else {
        panic!("{day} is a day");
    };
    assert!(text.contains(&format!("{date}/{month}/{year}")), "{text}");

    // The partner has a task, and answers with a file; not without words.
    let inbox = partner.get("/viec-cua-toi").await.text().to_owned();
    let opinion = format!("/y-kien/{}", between(&inbox, "href=\"/y-kien/", "\""));
    let page = partner.get(&opinion).await;
    assert!(page.text().contains("1.655") && page.text().contains("Trích từ hệ thống"));
    let answered = form(&page)
        .texts(&[
            ("phien-ban", "1"),
            ("y-kien", "disagree"),
            ("noi-dung-y-kien", " "),
        ])
        .file("Công văn.pdf", b"%PDF-1.7 cong van")
        .send(&mut partner, &opinion)
        .await;
    assert_eq!(answered.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = answered.text().to_owned();
    assert!(again.contains("vì sao không đồng ý"), "{again}");
    let received = between(&again, "name=\"tep-da-nhan\" value=\"", "\"").to_owned();
    let answered = form(&page)
        .texts(&[
            ("phien-ban", "1"),
            ("y-kien", "disagree"),
            ("noi-dung-y-kien", "Thiếu hai đơn vị"),
            ("tep-da-nhan", &received),
        ])
        .send(&mut partner, &opinion)
        .await;
    assert_eq!(location(&answered), opinion);

    // The lead and the coordinator read it beside the report, and its file; others neither.
    let file = format!("/tep/{}", received.split(' ').next().unwrap());
    for reader in [&mut officer, &mut coordinator, &mut partner] {
        let opened = reader.get(&file).await;
        assert_eq!(opened.status, StatusCode::OK, "{}", opened.text());
    }
    assert_eq!(other.get(&file).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.get(&opinion).await.status, StatusCode::NOT_FOUND);
    for reader in [&mut officer, &mut coordinator] {
        let text = reader.get(&report).await.text().to_owned();
        assert!(text.contains("Thiếu hai đơn vị"), "{text}");
    }
    let step = format!("{report}/tong-hop");
    let read = version(&mut coordinator, &report, &step).await;
    location(
        &coordinator
            .post(&report, &step, &[("phien-ban", &read)])
            .await,
    );
    let closed = partner.get(&opinion).await.text().to_owned();
    assert!(closed.contains("Đã kết thúc lấy ý kiến"), "{closed}");
    assert!(!closed.contains("Gửi ý kiến"));

    // The way of the figure names it to those who may read it, and to nobody else.
    let target = between(
        &text_of(&mut officer, &report).await,
        "href=\"/muc-tieu/",
        "\"",
    )
    .to_owned();
    let target = format!("/muc-tieu/{target}");
    let way = text_of(&mut coordinator, &target).await;
    assert!(way.contains("Không đồng ý: Thiếu hai đơn vị"), "{way}");
    let mut anybody = province.app.browser();
    for reader in [&mut other, &mut anybody] {
        assert!(!text_of(reader, &target).await.contains("Thiếu hai đơn vị"));
    }
}

async fn text_of(browser: &mut Browser, path: &str) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    page.text().to_owned()
}
