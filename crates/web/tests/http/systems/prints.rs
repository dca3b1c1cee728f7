//! Papers of records, who gets them, and what anyone learns who holds one.

use axum::http::StatusCode;
use directory::{Grant, NewAccount, Role, UnitKind};

use super::growing_area::{LIST, form, somebody, step, went};
use crate::fixture::{PASSWORD, TestApp, system};
use crate::paper;

/// What must not be in a paper, on a page or in an answer for anybody.
const PERSONAL: [&str; 3] = ["0912 345 678", "086090000123", "Nguyễn Văn A"];

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_printed_verified_and_void_when_it_is_suspended() {
    for app in TestApp::with_packs().await {
        let units = app.app.directory.units().await.unwrap();
        let mut communes = units.iter().filter(|unit| unit.kind == UnitKind::Commune);
        let commune = communes.next().unwrap();
        let (unit, commune) = (commune.id.to_string(), commune.name.clone());
        let province = directory::province().to_string();
        let mut officer = somebody(&app, "canbo.xa", "agri.officer", &unit).await;
        let mut inspector = somebody(&app, "kiemtra", "agri.inspector", &province).await;
        let mut approver = somebody(&app, "duyet", "agri.approver", &province).await;
        let mut head = somebody(&app, "chicuc", "agri.head", &province).await;
        let mut stranger = app.signed_in("nguoila", Role::Officer).await;
        let mut anybody = app.browser();

        let new = format!("{LIST}/moi");
        let record = went(&officer.post_parts(&new, &new, &form(&unit, &[])).await);
        let id = record.rsplit('/').next().unwrap().to_owned();
        let certificate = format!("{record}/in/certificate");
        // Before it is granted there is no paper, and the page offers none.
        assert_eq!(officer.get(&certificate).await.status, StatusCode::CONFLICT);
        assert!(
            !officer
                .get(&record)
                .await
                .text()
                .contains("/in/certificate")
        );
        let verify = |version: i64| {
            format!("/xac-thuc/growing-area/growing-area/certificate/{id}/{version}")
        };
        let early = anybody.get(&verify(1)).await;
        assert!(!early.text().contains("Phú Long"), "{}", early.text());

        went(&step(&mut officer, &record, "propose", &[]).await);
        let page = officer.get(&record).await;
        let task = page.text().split("/viec/").nth(1).unwrap();
        let task = task.split('"').next().unwrap().to_owned();
        went(
            &officer
                .post(&record, &format!("{record}/viec/{task}"), &[])
                .await,
        );
        let report = ("f_inspection_report", "bien-ban.pdf", "%PDF-1.4\n%%EOF\n");
        let inspected = [("f_inspected_on", "", "2023-04-14"), report];
        went(&step(&mut inspector, &record, "inspect", &inspected).await);
        let decision = [("f_decision_number", "", "12/QĐ-BVTV")];
        went(&step(&mut approver, &record, "grant", &decision).await);
        went(&step(&mut head, &record, "grant", &decision).await);

        // The paper: the record in words, with the code that leads back.
        let page = head.get(&record).await;
        assert!(
            page.text().contains("In Giấy chứng nhận"),
            "{}",
            page.text()
        );
        let printed = head.get(&certificate).await;
        let name = printed.header("content-disposition");
        assert!(name.contains("certificate-vn-vlor-0001.pdf"), "{name}");
        if let Some(text) = paper::said(&printed) {
            for said in [
                "GIẤY CHỨNG NHẬN",
                "VN-VLOR-0001",
                "Vùng sầu riêng ấp Phú Long (giả lập)",
                "19,4 ha",
                "số 12/QĐ-BVTV, ngày 14 tháng 4 năm 2023",
                "Hợp tác xã Phú Long (giả lập)",
                commune.as_str(),
            ] {
                assert!(text.contains(said), "{said}: {text}");
            }
            assert_eq!(text.trim().lines().count(), 1, "one page: {text}");
        }
        assert_eq!(
            stranger.get(&certificate).await.status,
            StatusCode::NOT_FOUND
        );
        let unknown = head.get(&format!("{record}/in/no-such")).await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        let asked = anybody.get(&certificate).await;
        assert_ne!(
            asked.status,
            StatusCode::OK,
            "it leads to the way to sign in"
        );

        // Whoever holds it learns what is public, and nothing else.
        let registry = app.app.plans.registry();
        let kind = registry.systems().find("growing-area", "growing-area");
        let kind = kind.unwrap().name;
        let stands = registry
            .find(kind, id.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        let page = anybody.get(&verify(stands.version)).await;
        let text = page.text();
        assert_eq!(page.status, StatusCode::OK, "{text}");
        assert!(
            text.contains("đang có hiệu lực") && text.contains("VN-VLOR-0001"),
            "{text}"
        );
        assert!(
            text.contains(&commune) && text.contains("19,4 ha"),
            "{text}"
        );
        assert!(PERSONAL.iter().all(|one| !text.contains(one)), "{text}");
        assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
        // No paper was ever made of the draft, nor of a version that there is not.
        for version in [1, stands.version + 1] {
            let never = anybody.get(&verify(version)).await;
            assert_eq!(never.status, StatusCode::NOT_FOUND);
        }

        // By its number too, however it is typed.
        let lookup = "/tra-cuu/growing-area/growing-area/by-code";
        let found = anybody.get(&format!("{lookup}?code=vn-vlor-0001+")).await;
        let text = found.text();
        assert!(text.contains("Vùng sầu riêng ấp Phú Long"), "{text}");
        assert!(PERSONAL.iter().all(|one| !text.contains(one)), "{text}");
        let nothing = anybody.get(&format!("{lookup}?code=VN-VLOR-0002")).await;
        assert!(nothing.text().contains("Không tìm thấy"));
        assert!(anybody.get("/tra-cuu").await.text().contains(lookup));

        // Suspended, the paper is void and says so; nothing new is printed.
        let reason = [
            ("ly-do", "", "Không khắc phục lỗi (giả lập)"),
            ("f_revocation_reason", "", "Không khắc phục lỗi (giả lập)"),
        ];
        went(&step(&mut approver, &record, "suspend", &reason).await);
        let page = anybody.get(&verify(stands.version)).await;
        let text = page.text();
        assert!(
            text.contains("không còn hiệu lực") && text.contains("Tạm dừng"),
            "{text}"
        );
        assert!(!text.contains("đang có hiệu lực"), "{text}");
        assert_eq!(head.get(&certificate).await.status, StatusCode::CONFLICT);

        // Whoever tries addresses or numbers one after another is stopped.
        let guess = |number: u32| {
            format!(
                "/xac-thuc/growing-area/growing-area/certificate/0189d3c4-5a6b-7c8d-9e0f-{number:012x}/1"
            )
        };
        let mut stopped = false;
        for number in 0..70 {
            stopped |= anybody.get(&guess(number)).await.status == StatusCode::TOO_MANY_REQUESTS;
        }
        assert!(stopped);
        let looked = anybody.get(&format!("{lookup}?code=VN-VLOR-0001")).await;
        assert_eq!(looked.status, StatusCode::TOO_MANY_REQUESTS);
        // What is not asked is not counted.
        assert_eq!(anybody.get(lookup).await.status, StatusCode::OK);
    }
}

/// With the compiler that will print them, which the checks of `pack` itself do not have.
#[test]
fn the_templates_that_ship_and_the_one_to_begin_with_are_right() {
    let mut folders = pack::folder::PackFolder::find(std::path::Path::new("../../packs")).unwrap();
    let files = pack::starter::files("flood-relief");
    let files = files.iter().map(|(name, text)| (*name, text.as_str()));
    folders.push(pack::folder::PackFolder::in_memory("flood-relief", files));
    let shipped = directory::permission::RoleBook::shipped();
    let surroundings = pack::Surroundings {
        roles: shipped.iter().map(|role| role.code.clone()).collect(),
        calendars: ["vn".to_owned()].into(),
    };
    let tried = std::cell::Cell::new(0);
    let outcome = pack::check(&folders, &surroundings).try_templates(|trial| {
        tried.set(tried.get() + 1);
        web::prints::tried(trial)
    });
    let said: Vec<String> = outcome
        .findings
        .iter()
        .map(|found| found.render(outcome.sources(), vocab::Lang::En))
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    assert_eq!(tried.get(), 10, "five templates, each twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_hide_what_their_reader_is_not_shown() {
    for app in TestApp::with_packs().await {
        let unit = app.unit("Sở Nội vụ").await;
        let mut browsers = Vec::new();
        for (login, role) in [
            ("giu.thietbi", "equipment.keeper"),
            ("truong", "equipment.head"),
        ] {
            let new = NewAccount {
                login: login.to_owned(),
                name: "Bà Tư (giả lập)".to_owned(),
                password: PASSWORD.to_owned(),
                grants: vec![Grant::new(Role::coded(role).unwrap(), unit)],
                demo: false,
            };
            let directory = &app.app.directory;
            directory.create_account(&system(), new).await.unwrap();
            let mut browser = app.browser();
            browser.sign_in(login, PASSWORD, "/").await;
            browsers.push(browser);
        }
        let list = "/he-thong/it-equipment/device";
        let new = format!("{list}/moi");
        let parts = [
            ("phien-ban", "", "0"),
            ("f_kind", "", "printer"),
            ("f_model", "", "Máy in (giả lập)"),
            ("f_bought_on", "", "2023-01-05"),
            ("f_price_vnd", "", "5.000.000"),
            ("f_source", "", "recurrent"),
            ("f_user_name", "", "Ông Năm (giả lập)"),
            ("f_repairs.dong", "", "1"),
            ("f_repairs/0/on", "", "2023-03-01"),
            ("f_repairs/0/what", "", "Thay trống mực"),
            ("f_repairs/0/cost_vnd", "", "1.250.000"),
        ];
        let record = went(&browsers[0].post_parts(&new, &new, &parts).await);
        let card = format!("{record}/in/card");
        let whole = browsers[0].get(&card).await;
        let masked = browsers[1].get(&card).await;
        let (Some(whole), Some(masked)) = (paper::said(&whole), paper::said(&masked)) else {
            continue;
        };
        for text in [&whole, &masked] {
            for said in [
                "Máy in (giả lập)",
                "5.000.000 đồng",
                "Thay trống mực",
                "SỞ NỘI VỤ",
            ] {
                assert!(text.contains(said), "{said}: {text}");
            }
        }
        assert!(whole.contains("Ông Năm (giả lập)"), "{whole}");
        assert!(
            !masked.contains("Ông Năm") && masked.contains("Đã che"),
            "{masked}"
        );
    }
}
