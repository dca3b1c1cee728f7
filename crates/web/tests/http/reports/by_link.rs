//! A body without accounts reports by a link: made, filled in, sent, sent back, consolidated.

use axum::http::StatusCode;
use directory::Role;
use web::pages::links;

use super::province::{Province, Sending, UNIT, between, form, location, read};
use crate::fixture::{Answer, Browser};

const COORDINATOR: &str = "Sở Thông tin và Truyền thông";

/// A call for a report of a body in which nobody has an account.
struct Call {
    page: String,
    campaign: String,
    unit: String,
    number: u16,
}

async fn called(province: &Province, coordinator: &mut Browser) -> Call {
    let plans = &province.app.app.plans;
    let view = plans.view().await.unwrap().unwrap();
    let unit = province.app.unit(UNIT).await;
    let ratio = |target: &&plan::view::TargetView| {
        target.reporters == [unit]
            && target.indicators.len() == 1
            && target.indicators[0].body.measure.kind == plan::import::IndicatorKind::Ratio
    };
    let target = view.targets.iter().find(ratio).unwrap();
    let number = target.body.number.to_string();
    let fields = [
        ("ten", "Báo cáo quý I"),
        ("ky", "2023Q1"),
        ("pham-vi", "so"),
        ("nhom", ""),
        ("so", &number),
        ("doi-tuong", ""),
        ("han", ""),
        ("so-ngay", "5"),
        ("nhac-can-bo", ""),
        ("nhac-lanh-dao", ""),
        ("nhac-cap-tren", ""),
    ];
    let opened = coordinator
        .post(links::CAMPAIGN_NEW, links::CAMPAIGN_NEW, &fields)
        .await;
    let page = location(&opened);
    let campaign = page.rsplit('/').next().unwrap().to_owned();
    Call {
        page,
        campaign,
        unit: unit.to_string(),
        number: target.body.number,
    }
}

impl Call {
    fn making(&self) -> String {
        links::sheet_link(&self.campaign, &self.unit)
    }

    /// Makes the link; gives its address as the page shows it.
    async fn made(&self, coordinator: &mut Browser, version: &str) -> String {
        let making = self.making();
        let page = read(coordinator, &making).await;
        let field = between(&page, "type=\"date\"", "required");
        let day = between(field, " value=\"", "\"");
        let fields = [("viec", "tao"), ("phien-ban", version), ("den-ngay", day)];
        let answer = coordinator.post(&making, &making, &fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let start = "id=\"lien-ket-mot-lan\" readonly value=\"";
        let shown = between(answer.text(), start, "\"");
        let at = shown.find("/phieu/").unwrap();
        shown[at..].to_owned()
    }
}

/// A form with the token that the link's own form carries.
fn proven(page: &Answer) -> Sending {
    let (_, own) = page.text().split_once("id=\"phieu\"").unwrap();
    let token = between(own, "name=\"csrf\" value=\"", "\"");
    Sending::default().text("csrf", token)
}

/// What the form of a sheet with one ratio sends, with these values.
fn filled(page: &Answer, [part, whole, note]: [&str; 3], what: &str) -> Sending {
    let text = page.text();
    let version = |name: &str| between(text, &format!("name=\"{name}\" value=\""), "\"");
    proven(page)
        .text("phien-ban", version("phien-ban"))
        .text("pb-1", version("pb-1"))
        .texts(&[("ts-1", part), ("ms-1", whole), ("gc-1", note)])
        .text("viec", what)
}

#[tokio::test]
async fn a_body_reports_by_its_link() {
    for province in Province::on_each_engine().await {
        reports_by_its_link(&province).await;
    }
}

async fn reports_by_its_link(province: &Province) {
    let mut coordinator = province
        .person(COORDINATOR, "dieuphoi.sttt", Role::Coordinator)
        .await;
    let call = called(province, &mut coordinator).await;
    let page = read(&mut coordinator, &call.page).await;
    assert!(page.contains("Chưa có liên kết"), "{page}");
    assert!(page.contains(&call.making()), "{page}");
    let link = call.made(&mut coordinator, "0").await;
    // Shown this once.
    let making = read(&mut coordinator, &call.making()).await;
    assert!(!making.contains(&link) && making.contains("Liên kết đang dùng được"));
    let page = read(&mut coordinator, &call.page).await;
    assert!(!page.contains(&link) && page.contains("Liên kết đang dùng được"));

    // Without an account; not even a cookie is needed.
    let mut phone = province.app.browser();
    let sheet = phone.get(&link).await;
    assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.text());
    assert_eq!(sheet.header("referrer-policy"), "no-referrer");
    assert_eq!(sheet.header("cache-control"), "no-store");
    let text = sheet.text();
    assert!(text.contains("Báo cáo quý I") && text.contains("Đơn vị tính"));
    assert!(text.contains("Đăng nhập"), "no session");
    phone.cookies.clear();
    let answer = filled(&sheet, ["12", "", ""], "luu")
        .send(&mut phone, &link)
        .await;
    assert_eq!(location(&answer), link);
    // What cannot be comes back as it was typed, and a file beside it is not lost.
    let sheet = phone.get(&link).await;
    assert!(sheet.text().contains(
        "name=\"ts-1\" type=\"text\" inputmode=\"decimal\" autocomplete=\"off\" value=\"12\""
    ));
    let wrong = filled(&sheet, ["120", "100", ""], "luu")
        .file_in("tep-1", "Danh sách.pdf", b"%PDF-1.7 danh sach")
        .send(&mut phone, &link)
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = wrong.text();
    assert!(
        again.contains("value=\"120\"") && again.contains("name=\"tep-da-nhan-1\""),
        "{again}"
    );
    let named = between(again, "name=\"tep-da-nhan-1\" value=\"", "\"").to_owned();
    let answer = filled(&wrong, ["1.655", "2.290", "Theo sổ"], "gui")
        .text("tep-da-nhan-1", &named)
        .send(&mut phone, &link)
        .await;
    assert_eq!(location(&answer), link, "{}", answer.text());
    let sent = phone.get(&link).await;
    let text = sent.text();
    assert!(
        text.contains("Phiếu đã gửi lúc") && text.contains("1.655"),
        "{text}"
    );
    assert!(text.contains("Danh sách.pdf") && !text.contains("name=\"ts-1\""));
    let late = proven(&sent)
        .texts(&[("phien-ban", "4"), ("viec", "luu")])
        .send(&mut phone, &link)
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);

    // The coordinator sees how it came, and reopens it with a reason.
    let at_work = links::sheet(&call.campaign, &call.unit);
    let page = read(&mut coordinator, &at_work).await;
    assert!(
        page.contains("Cơ quan gửi phiếu qua liên kết lúc"),
        "{page}"
    );
    let version = between(&page, "name=\"phien-ban\" value=\"", "\"");
    let reopen = format!("{at_work}/mo-lai");
    let fields = [
        ("phien-ban", version),
        ("ly-do", "Thiếu quý I"),
        ("lai", "1"),
    ];
    let answer = coordinator.post(&at_work, &reopen, &fields).await;
    assert_eq!(location(&answer), at_work);
    let sheet = phone.get(&link).await;
    assert!(sheet.text().contains("Thiếu quý I"), "{}", sheet.text());
    let answer = filled(&sheet, ["1.656", "2.290", "Theo sổ"], "gui")
        .send(&mut phone, &link)
        .await;
    assert_eq!(location(&answer), link, "{}", answer.text());
    let page = read(&mut coordinator, &at_work).await;
    let version = between(&page, &format!("value=\"{}:", call.unit), "\"");
    let tick = format!("{}:{version}", call.unit);
    let consolidate = format!("{}/tong-hop", call.page);
    let answer = coordinator
        .post(&at_work, &consolidate, &[("id", &tick)])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());

    // The public figure says that it came by a link; the audit says by which way.
    let public = read(&mut province.app.browser(), &links::target(call.number)).await;
    assert!(
        public.contains("Gửi qua liên kết, không qua tài khoản"),
        "{public}"
    );

    // Withdrawn, unknown and spoilt links get the same page.
    let making = read(&mut coordinator, &call.making()).await;
    let version = between(&making, "name=\"phien-ban\" value=\"", "\"");
    let withdraw = links::sheet_link_withdraw(&call.campaign, &call.unit);
    let answer = coordinator
        .post(&call.making(), &withdraw, &[("phien-ban", version)])
        .await;
    assert_eq!(location(&answer), call.making());
    let unknown = links::sheet_by_link(&"A".repeat(43));
    let mut pages = Vec::new();
    for void in [link.as_str(), &unknown, "/phieu/x"] {
        // Somebody else: what was done before is told once more to whoever did it.
        let answer = province.app.browser().get(void).await;
        assert_eq!(answer.status, StatusCode::GONE, "{void}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        let text = answer.text().replace(void, "");
        assert!(text.contains("Hãy hỏi cơ quan đã gửi liên kết"), "{text}");
        assert!(!text.contains("Báo cáo quý I"));
        // Below stands which request it was.
        pages.push(between(&text, "<main", "<code>").to_owned());
    }
    for page in &pages {
        assert_eq!(page, &pages[0]);
    }
}

#[tokio::test]
async fn a_form_proves_by_its_own_link_alone() {
    let province = Province::new().await;
    let mut coordinator = province
        .person(COORDINATOR, "dieuphoi.sttt", Role::Coordinator)
        .await;
    let call = called(&province, &mut coordinator).await;
    let link = call.made(&mut coordinator, "0").await;
    let mut phone = province.app.browser();
    let sheet = phone.get(&link).await;
    // A token of the browser's own visit is no proof here, nor is that of an earlier link.
    let elsewhere = phone.get(links::SIGN_IN).await;
    let foreign = form(&elsewhere).texts(&[("phien-ban", "1"), ("viec", "luu")]);
    let answer = foreign.send(&mut phone, &link).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let newer = call.made(&mut coordinator, "1").await;
    let stale = filled(&sheet, ["1", "2", ""], "luu")
        .send(&mut phone, &newer)
        .await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN);
    let ended = filled(&sheet, ["1", "2", ""], "luu")
        .send(&mut phone, &link)
        .await;
    assert_eq!(ended.status, StatusCode::GONE);
    // Whoever is signed in acts as the link here, not as themselves.
    let sheet = coordinator.get(&newer).await;
    assert!(sheet.text().contains("Đăng nhập"), "{}", sheet.text());
    // Asking for one more with what was read before is told that there is a newer one.
    let fields = [
        ("viec", "tao"),
        ("phien-ban", "1"),
        ("den-ngay", "2023-04-28"),
    ];
    let late = coordinator
        .post(&call.making(), &call.making(), &fields)
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text());
    assert!(!late.text().contains("/phieu/A"));
}

#[tokio::test]
async fn who_tries_links_is_held_up() {
    let province = Province::new().await;
    let mut phone = province.app.browser();
    let mut seen = Vec::new();
    for _ in 0..40 {
        let answer = phone.get(&links::sheet_by_link(&"B".repeat(43))).await;
        seen.push(answer.status);
    }
    assert_eq!(seen[0], StatusCode::GONE);
    assert_eq!(seen[39], StatusCode::TOO_MANY_REQUESTS);
}
