//! The periodic report through its pages: begun, written by two, signed, taken out, compared.

use axum::http::StatusCode;
use directory::Role;
use web::pages::links;

use super::province::{PERIOD, Province, between, location, name_of, read};
use crate::fixture::{Browser, TestApp};

const COORDINATOR: &str = "Sở Thông tin và Truyền thông";

/// Begins the report; gives its address.
async fn begun(coordinator: &mut Browser) -> String {
    let new = links::PERIODIC_NEW;
    let answer = coordinator.post(new, new, &[("ky", PERIOD)]).await;
    location(&answer)
}

/// The address of the first section's form, on the page of a report.
async fn first_section(browser: &mut Browser, report: &str) -> String {
    let page = read(browser, report).await;
    let prefix = format!("{}/phan/", links::PERIODIC);
    format!("{prefix}{}", between(&page, &prefix, "\""))
}

#[tokio::test]
async fn from_the_draft_to_the_signed_file() {
    for province in Province::on_each_engine().await {
        signed_and_taken_out(&province).await;
    }
}

async fn signed_and_taken_out(province: &Province) {
    let mut coordinator = province
        .person(COORDINATOR, "dieuphoi.sttt", Role::Coordinator)
        .await;
    let mut officer = province
        .person(COORDINATOR, "canbo.sttt", Role::Officer)
        .await;
    let mut head = province
        .person(COORDINATOR, "lanhdao.sttt", Role::Head)
        .await;
    let report = begun(&mut coordinator).await;
    // The same again leads to the one there is.
    assert_eq!(begun(&mut coordinator).await, report);
    let list = read(&mut officer, links::PERIODIC).await;
    assert!(list.contains(&report), "{list}");

    // Both open the same section; the later one is shown both texts and loses nothing.
    let section = first_section(&mut coordinator, &report).await;
    let mine = [
        ("phien-ban", "1"),
        ("tieu-de", "KẾT QUẢ CHUNG"),
        ("bai-viet", "Có [[sl]] mục tiêu <b>&"),
    ];
    let answer = coordinator.post(&section, &section, &mine).await;
    assert_eq!(location(&answer), report);
    let theirs = [
        ("phien-ban", "1"),
        ("tieu-de", "KẾT QUẢ CHUNG"),
        ("bai-viet", "Bài của cán bộ"),
    ];
    let answer = officer.post(&section, &section, &theirs).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let both = answer.text();
    for kept in ["Bài của cán bộ", "Có [[sl]] mục tiêu", "value=\"2\""] {
        assert!(both.contains(kept), "{kept}: {both}");
    }
    assert!(both.contains(&name_of("dieuphoi.sttt")), "{both}");
    // A code that means nothing comes back with what was typed.
    let wrong = [
        ("phien-ban", "2"),
        ("tieu-de", "KẾT QUẢ CHUNG"),
        ("bai-viet", "Đạt [[mt9999]]"),
    ];
    let answer = officer.post(&section, &section, &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text();
    assert!(text.contains("bai-viet-loi") && text.contains("Đạt [[mt9999]]"));
    assert!(!text.contains('⟦'), "{text}");

    // Its particulars.
    let around = format!("{report}/thong-tin");
    let page = read(&mut officer, &around).await;
    assert!(page.contains("/BC-STTTT"), "{page}");
    let fields = [
        ("phien-ban", "1"),
        ("co-quan-chu-quan", "UBND TỈNH VĨNH LONG"),
        ("co-quan", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"),
        ("so-ky-hieu", "Số: 05/BC-STTTT"),
        ("dia-danh-ngay", "Vĩnh Long, ngày 05 tháng 4 năm 2023"),
        ("trich-yeu", "Kết quả quý I"),
        ("chuc-vu", "GIÁM ĐỐC"),
        ("nguoi-ky", "Huỳnh Quốc Dũng"),
        ("noi-nhan", "- Lưu: VT."),
    ];
    let answer = officer.post(&around, &around, &fields).await;
    assert_eq!(location(&answer), report);

    // Handed in, found among the tasks of whoever signs, read and signed.
    let submit = format!("{report}/gui");
    let answer = coordinator
        .post(&report, &submit, &[("phien-ban", "2")])
        .await;
    assert_eq!(location(&answer), report);
    let inbox = read(&mut head, links::INBOX).await;
    assert!(inbox.contains(&report), "{inbox}");
    let paper = format!("{report}/xem");
    let page = read(&mut head, &paper).await;
    assert!(page.contains("Có ") && page.contains("<b>148</b> mục tiêu &#60;b&#62;&#38;"));
    let digest = between(&page, "name=\"noi-dung\" value=\"", "\"").to_owned();
    let sign = format!("{report}/ky");
    let other = [("phien-ban", "3"), ("noi-dung", "không phải bản này")];
    let answer = head.post(&paper, &sign, &other).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains(&digest), "shown as it reads");
    let fields = [("phien-ban", "3"), ("noi-dung", digest.as_str())];
    let answer = head.post(&paper, &sign, &fields).await;
    assert_eq!(location(&answer), report);
    // Pressed twice it did its work the first time.
    let answer = head.post(&paper, &sign, &fields).await;
    assert_eq!(location(&answer), report);
    let page = read(&mut head, &report).await;
    assert!(page.contains(&name_of("lanhdao.sttt")), "{page}");
    assert!(
        read(&mut head, &format!("{report}/doi-chieu"))
            .await
            .contains("<h2>")
    );

    // The files.
    let file = head.get(&format!("{report}/tai.docx")).await;
    let name = file.header("content-disposition");
    assert!(name.contains("bao-cao-2023Q1-lan-1.docx"), "{name}");
    let read_again = office::reading::read(&file.bytes).unwrap().text;
    for said in [
        "I. KẾT QUẢ CHUNG",
        "Có 148 mục tiêu <b>&",
        "Số: 05/BC-STTTT",
    ] {
        assert!(read_again.contains(said), "{said}: {read_again}");
    }
    assert!(!read_again.contains("DỰ THẢO"), "signed");
    let again = head.get(&format!("{report}/tai.docx")).await;
    assert_eq!(again.bytes, file.bytes, "the same file every time");
    // The same paper as it is printed: the annexes lie behind it, each in its columns.
    let paper = head.get(&format!("{report}/tai.pdf")).await;
    let name = paper.header("content-disposition");
    assert!(name.contains("bao-cao-2023Q1-lan-1.pdf"), "{name}");
    if let Some(text) = crate::paper::said(&paper) {
        let pages: Vec<&str> = text.lines().collect();
        assert!(pages.len() > 15, "{} pages", pages.len());
        for said in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "I. KẾT QUẢ CHUNG",
            "Có 148 mục tiêu <b>&",
            "Số: 05/BC-STTTT",
            "Nơi nhận:",
            "Phụ lục 1",
            "Phụ lục 2",
            "Phụ lục 3",
            "Đơn vị tính: triệu đồng",
            "UBND thành phố 2.130 2.130",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!text.contains("DỰ THẢO"), "signed");
        // The first page has no number, the others have theirs at the top.
        assert!(
            !pages[0].starts_with('1') && pages[1].starts_with("2 "),
            "{}",
            pages[1]
        );
    }
    let again = head.get(&format!("{report}/tai.pdf")).await;
    assert!(again.bytes == paper.bytes, "the same paper every time");
    let sheet = head.get(&format!("{report}/phu-luc.xlsx?so=2")).await;
    let table = office::reading::read(&sheet.bytes).unwrap();
    assert!(table.text.contains("Nguồn đầu tư"), "{}", table.text);
    let none = head.get(&format!("{report}/phu-luc.xlsx?so=9")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);

    // Another edition.
    let again = format!("{report}/lam-lai");
    let answer = coordinator.post(&report, &again, &[]).await;
    let second = location(&answer);
    assert_ne!(second, report);
    let page = read(&mut coordinator, &second).await;
    assert!(page.contains(&report), "{page}");
    let file = coordinator.get(&format!("{second}/tai.docx")).await;
    assert!(
        office::reading::read(&file.bytes)
            .unwrap()
            .text
            .contains("DỰ THẢO")
    );
}

#[tokio::test]
async fn a_layout_is_changed_or_refused_with_the_reason() {
    let province = Province::new().await;
    let mut coordinator = province
        .person(COORDINATOR, "dieuphoi.sttt", Role::Coordinator)
        .await;
    let address = links::PERIODIC_LAYOUT;
    let page = read(&mut coordinator, address).await;
    assert!(
        page.contains("left_mm = 30") && page.contains("style.body"),
        "{page}"
    );
    let shipped = plan::periodic::layout::SHIPPED;
    let broken = shipped.replace("left_mm = 30", "left_mm = ba mươi");
    let fields = [("phien-ban", "0"), ("mau", broken.as_str())];
    let answer = coordinator.post(address, address, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("ba mươi") && answer.text().contains("mau-loi"));
    let own = shipped.replace("left_mm = 30", "left_mm = 35");
    let fields = [("phien-ban", "0"), ("mau", own.as_str())];
    let answer = coordinator.post(address, address, &fields).await;
    assert_eq!(location(&answer), address);
    let page = read(&mut coordinator, address).await;
    assert!(page.contains("left_mm = 35"), "{page}");
    let late = shipped.replace("left_mm = 30", "left_mm = 31");
    let fields = [("phien-ban", "0"), ("mau", late.as_str())];
    let answer = coordinator.post(address, address, &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains("left_mm = 35") && answer.text().contains("left_mm = 31"));
}

#[tokio::test]
async fn without_a_plan_there_is_nothing_to_report() {
    let app = TestApp::new().await;
    let mut coordinator = app.signed_in("dieuphoi", Role::Coordinator).await;
    let answer = coordinator.get(links::PERIODIC).await;
    assert_eq!(answer.status, StatusCode::OK);
    let answer = coordinator.get(links::PERIODIC_NEW).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
