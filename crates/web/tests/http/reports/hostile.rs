//! What nobody should send.

use axum::http::StatusCode;
use directory::Role;
use plan::import::IndicatorKind;
use web::http::Settings;
use web::pages::links;

use super::province::{
    PERIOD, Province, UNIT, begin, between, entered, form, form_at, location, ratio, read, saved,
};

#[tokio::test]
async fn absurd_numbers_are_refused_beside_their_field() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let new = province.begin(UNIT, IndicatorKind::Ratio).await;
    for (numerator, denominator, field) in [
        ("1.000,5.2", "2", "tu-so"),
        ("9999999999999999", "9999999999999999", "tu-so"),
        ("99999999999999999999999999", "2", "tu-so"),
        ("-5", "2", "tu-so"),
        ("12a", "2", "tu-so"),
        ("1,5", "2", "tu-so"),
        ("3", "2", "tu-so"),
        ("0", "0", "mau-so"),
        ("1e3", "2", "tu-so"),
        ("١٢", "20", "tu-so"),
        ("<script>alert(1)</script>", "2", "tu-so"),
    ] {
        let answer = entered(
            &mut officer,
            &new,
            &ratio("0", numerator, denominator, "luu"),
        )
        .await;
        let text = answer.text();
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{numerator}"
        );
        assert!(
            text.contains(&format!("{field}-loi")),
            "{numerator}: {text}"
        );
        assert!(!text.contains('⟦'), "{numerator}: {text}");
        assert!(!text.contains("<script>alert(1)"), "{text}");
    }
    // Nothing of all this was kept.
    assert_eq!(officer.get(&new).await.status, StatusCode::OK);
}

#[tokio::test]
async fn impossible_addresses_and_fields_are_named() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let (number, place) = province.targets(UNIT, IndicatorKind::Ratio).await[0];
    for (period, said) in [
        ("2023Q5", "không phải kỳ báo cáo"),
        ("1999Q1", "không thuộc năm"),
        ("2023Q4", "chưa bắt đầu"),
        ("2023-01", "không thuộc năm"),
        ("<b>", "không phải kỳ báo cáo"),
    ] {
        let answer = officer.get(&begin(number, place, period)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{period}");
        assert!(answer.text().contains(said), "{period}: {}", answer.text());
        assert!(!answer.text().contains("<b>”"), "{}", answer.text());
        let list = format!("{}?ky={}", links::REPORT_LIST, links::encode(period));
        let answer = officer.get(&list).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{period}");
    }
    for (number, place) in [(999, 1), (number, 99), (number, 0)] {
        let answer = officer.get(&begin(number, place, PERIOD)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    for path in ["/bao-cao/0", "/bao-cao/%2e%2e", "/bao-cao/moi/sua"] {
        let answer = officer.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let new = begin(number, place, PERIOD);
    for (field, value) in [
        ("la", "1"),
        ("so-luong", "1"),
        ("unit", "x"),
        ("tu-so", "2"),
    ] {
        let sending = form_at(&mut officer, &new).await;
        let answer = sending
            .texts(&ratio("0", "1", "2", "luu"))
            .text(field, value)
            .send(&mut officer, &new)
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(answer.text().contains(field), "{}", answer.text());
    }
    for (version, what) in [("x", "luu"), ("0", "xoa")] {
        let answer = entered(&mut officer, &new, &ratio(version, "1", "2", what)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
    }
    // A target that the unit does not lead is not its to report.
    let mut other = province
        .person("Sở Công Thương", "canbo.sct", Role::Officer)
        .await;
    let theirs = province
        .targets("Sở Công Thương", IndicatorKind::Ratio)
        .await;
    let ours = province.targets(UNIT, IndicatorKind::Ratio).await;
    let only_ours = ours.iter().find(|target| !theirs.contains(target));
    if let Some((number, place)) = only_ours {
        let answer = other.get(&begin(*number, *place, PERIOD)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    let mut anybody = province.app.browser();
    let answer = anybody.get(&new).await;
    assert!(location(&answer).starts_with(links::SIGN_IN));
}

#[tokio::test]
async fn names_and_notes_cannot_do_anything() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let new = province.begin(UNIT, IndicatorKind::Ratio).await;
    let sending = form_at(&mut officer, &new).await;
    let answer = sending
        .texts(&[
            ("phien-ban", "0"),
            ("tu-so", "1"),
            ("mau-so", "2"),
            ("ghi-chu", "<img src=x onerror=alert(1)> =1+1"),
            ("viec", "luu"),
        ])
        .file("..\\..\\<svg onload=1>.pdf", b"%PDF-1.7 a")
        .file("../../etc/passwd", b"%PDF-1.7 b")
        .send(&mut officer, &new)
        .await;
    let report = location(&answer);
    for path in ["", "/sua", "/lich-su"] {
        let page = read(&mut officer, &format!("{report}{path}")).await;
        assert!(!page.contains("<img src=x"), "{page}");
        assert!(!page.contains("<svg onload"), "{page}");
        assert!(!page.contains("etc/passwd"), "{page}");
        assert!(page.contains("passwd"), "{page}");
    }
}

#[tokio::test]
async fn programs_and_pages_are_no_evidence() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let new = province.begin(UNIT, IndicatorKind::Ratio).await;
    for (name, content) in [
        ("bao-cao.pdf", &b"MZ\x90\0\x03"[..]),
        ("bao-cao.pdf", b"<!DOCTYPE html><script>alert(1)</script>"),
        (
            "anh.png",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        ),
        ("chay.sh", b"#!/bin/sh\nrm -rf /\n"),
        ("gi-do.bin", b"\0\x01\x02"),
    ] {
        let sending = form_at(&mut officer, &new).await;
        let answer = sending
            .texts(&ratio("0", "1", "2", "luu"))
            .file(name, content)
            .send(&mut officer, &new)
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.text().contains("tep-loi"), "{}", answer.text());
        assert!(answer.text().contains(name), "{}", answer.text());
    }
    assert_eq!(officer.get(&new).await.status, StatusCode::OK);
}

#[tokio::test]
async fn files_that_are_too_large_leave_the_rest_of_the_form() {
    let settings = Settings {
        evidence_limit: 1 << 20,
        ..Settings::default()
    };
    let province = Province::with(settings).await;
    let mut officer = province.officer().await;
    let new = province.begin(UNIT, IndicatorKind::Ratio).await;
    let large = [&b"%PDF-1.7 "[..], &vec![b'x'; 3 << 19]].concat();
    let sending = form_at(&mut officer, &new).await;
    let answer = sending
        .texts(&ratio("0", "1655", "2290", "luu"))
        .file("lớn.pdf", &large)
        .file("nhỏ.pdf", b"%PDF-1.7 nho")
        .send(&mut officer, &new)
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text();
    assert!(
        text.contains("lớn.pdf") && text.contains("value=\"1655\""),
        "{text}"
    );
    let received = between(text, "name=\"tep-da-nhan\" value=\"", "\"");
    assert!(received.ends_with("nhỏ.pdf"), "{text}");
    // 60 MB against all that one form may measure.
    let sending = form_at(&mut officer, &new).await;
    let huge = vec![b'x'; 60 << 20];
    let answer = sending
        .texts(&ratio("0", "1655", "2290", "luu"))
        .file("rất lớn.pdf", &huge)
        .send(&mut officer, &new)
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(!answer.text().contains('⟦'));
}

#[tokio::test]
async fn digests_of_nothing_or_of_others_files_come_back_as_missing() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let report = saved(&province, &mut officer, "luu").await;
    let edit = format!("{report}/sua");
    for named in [
        "",
        "xyz a.pdf",
        &"0".repeat(64),
        &format!("{} a.pdf", "ab".repeat(32)),
    ] {
        let page = officer.get(&edit).await;
        let answer = form(&page)
            .texts(&ratio("1", "1", "2", "luu"))
            .text("tep-da-nhan", named)
            .send(&mut officer, &edit)
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{named}");
        assert!(answer.text().contains("tep-loi"), "{}", answer.text());
    }
}
