//! Entering values: what comes back, what is kept, who was quicker.

use axum::http::StatusCode;
use directory::Role;
use plan::import::IndicatorKind;
use web::pages::links;

use super::province::{
    PERIOD, Province, UNIT, begin, between, entered, form, form_at, location, name_of, ratio, read,
    saved,
};

#[tokio::test]
async fn what_is_wrong_comes_back_as_it_was_typed_with_the_files() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let new = province.begin(UNIT, IndicatorKind::Ratio).await;
    let sending = form_at(&mut officer, &new).await;
    let refused = sending
        .texts(&ratio("0", "1,655", "12a", "gui"))
        .file("Minh chứng.pdf", b"%PDF-1.7 minh chung")
        .file("chay.exe", b"MZ\x90\0")
        .send(&mut officer, &new)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(!text.contains('⟦'), "{text}");
    for kept in [
        "value=\"1,655\"",
        "value=\"12a\"",
        "Trích từ hệ thống",
        "viết 1655",
        "chay.exe",
    ] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    // The file that was taken in goes along, without being chosen again.
    let received = between(text, "name=\"tep-da-nhan\" value=\"", "\"");
    assert!(received.ends_with(" Minh chứng.pdf"), "{received}");
    let answer = form(&refused)
        .texts(&ratio("0", "1655", "2.290", "luu"))
        .text("tep-da-nhan", received)
        .send(&mut officer, &new)
        .await;
    let report = location(&answer);
    let page = read(&mut officer, &report).await;
    assert!(page.contains("Minh chứng.pdf") && page.contains("1.655"));

    // Somebody else cannot put that file into a report by its digest alone.
    let mut other = province
        .person("Sở Công Thương", "canbo.sct", Role::Officer)
        .await;
    let theirs = province.begin("Sở Công Thương", IndicatorKind::Ratio).await;
    let sending = form_at(&mut other, &theirs).await;
    let answer = sending
        .texts(&ratio("0", "1", "2", "luu"))
        .text("tep-da-nhan", received)
        .send(&mut other, &theirs)
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let digest = received.split_once(' ').unwrap().0;
    let answer = other.get(&format!("/tep/{digest}")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);

    // Beginning it again leads to its form; a file can be taken off again.
    let edit = format!("{report}/sua");
    assert_eq!(location(&officer.get(&new).await), edit);
    let sending = form_at(&mut officer, &edit).await;
    let answer = sending
        .texts(&ratio("1", "1655", "2290", "luu"))
        .text("bo-tep", digest)
        .send(&mut officer, &edit)
        .await;
    assert_eq!(location(&answer), report);
    let page = read(&mut officer, &report).await;
    assert!(!between(&page, "<dl class=\"facts\">", "</dl>").contains("Minh chứng.pdf"));
}

#[tokio::test]
async fn two_people_editing_see_both_versions() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let mut colleague = province.person(UNIT, "canbo2.snv", Role::Officer).await;
    let report = saved(&province, &mut officer, "luu").await;
    let edit = format!("{report}/sua");
    let mine = form_at(&mut officer, &edit).await;
    let answer = entered(&mut colleague, &edit, &ratio("1", "1.700", "2.290", "luu")).await;
    assert_eq!(location(&answer), report);
    let conflict = mine
        .texts(&ratio("1", "1.600", "2.300", "luu"))
        .file("Của tôi.pdf", b"%PDF-1.7 cua toi")
        .send(&mut officer, &edit)
        .await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    let text = conflict.text();
    assert!(!text.contains('⟦'), "{text}");
    for shown in ["1.600", "1.700", "2.300", "2.290", "Của tôi.pdf"] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    assert!(text.contains(&name_of("canbo2.snv")), "{text}");
    let version = between(text, "name=\"phien-ban\" value=\"", "\"").to_owned();
    assert_eq!(version, "2");
    let received = between(text, "name=\"tep-da-nhan\" value=\"", "\"").to_owned();
    let answer = form(&conflict)
        .texts(&ratio(&version, "1.600", "2.300", "luu"))
        .text("tep-da-nhan", &received)
        .send(&mut officer, &edit)
        .await;
    assert_eq!(location(&answer), report);
    let page = read(&mut officer, &report).await;
    assert!(
        page.contains("1.600") && page.contains("Của tôi.pdf"),
        "{page}"
    );

    // The report moves on while somebody edits it: what was typed is shown, not lost.
    let late = form_at(&mut colleague, &edit).await;
    let answer = officer
        .post(&report, &format!("{report}/gui"), &[("phien-ban", "3")])
        .await;
    assert_eq!(location(&answer), report);
    let answer = late
        .texts(&ratio("3", "9", "10", "luu"))
        .send(&mut colleague, &edit)
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains("chuyển sang bước khác"));
    assert!(!answer.text().contains("Lưu nội dung vừa nhập"));
}

#[tokio::test]
async fn the_same_form_twice_is_one_report() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let targets = province.targets(UNIT, IndicatorKind::Ratio).await;
    let fields = ratio("0", "1655", "2290", "gui");
    // Often, for one or the other may be quicker at any of its steps.
    for (number, place) in &targets[1..] {
        let new = begin(*number, *place, PERIOD);
        let page = officer.get(&new).await;
        let send = |officer: &crate::fixture::Browser| {
            let (sending, mut officer, new) = (form(&page), officer.clone(), new.clone());
            async move { sending.texts(&fields).send(&mut officer, &new).await }
        };
        let (one, other) = tokio::join!(send(&officer), send(&officer));
        let third = send(&officer).await;
        let report = location(&one);
        assert_eq!(location(&other), report);
        assert_eq!(location(&third), report);
        let history = read(&mut officer, &format!("{report}/lich-su")).await;
        assert_eq!(history.matches("Phiên bản").count(), 2, "{history}");
    }

    // Somebody who begins it with other numbers at the same time sees both.
    let (number, place) = targets[0];
    let new = begin(number, place, PERIOD);
    let mine = form_at(&mut officer, &new).await;
    let theirs = form_at(&mut officer, &new).await;
    location(
        &mine
            .texts(&ratio("0", "1", "2", "luu"))
            .send(&mut officer, &new)
            .await,
    );
    let answer = theirs
        .texts(&ratio("0", "1", "3", "luu"))
        .send(&mut officer, &new)
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn every_kind_of_indicator_has_its_form() {
    let province = Province::new().await;
    let units = ["Sở Thông tin và Truyền thông", UNIT];
    let view = province.app.app.plans.view().await.unwrap().unwrap();
    let mut kinds = 0;
    for (kind, value) in [
        (IndicatorKind::Count, ("so-luong", "1.234,5")),
        (IndicatorKind::Milestone, ("hoan-thanh", "khong")),
        (IndicatorKind::Standing, ("hoan-thanh", "co")),
    ] {
        let unit = units.into_iter().find(|unit| {
            let unit = view
                .units
                .iter()
                .find(|known| known.name == **unit)
                .unwrap()
                .id;
            view.reported_by(unit).any(|target| {
                let of_kind = |of: &plan::view::IndicatorView| of.body.measure.kind == kind;
                target.indicators.iter().any(of_kind)
            })
        });
        let unit = unit.unwrap_or_else(|| panic!("no {kind:?}"));
        let login = format!("canbo.{}", value.0.len() + kinds);
        let mut officer = province.person(unit, &login, Role::Officer).await;
        let new = province.begin(unit, kind).await;
        let sending = form_at(&mut officer, &new).await;
        // Handed in empty: asked for, by name.
        let mut fields = vec![("phien-ban", "0"), ("ghi-chu", ""), ("viec", "gui")];
        if kind == IndicatorKind::Count {
            fields.push(("so-luong", ""));
        }
        let refused = sending.texts(&fields).send(&mut officer, &new).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.text().contains(&format!("{}-loi", value.0)),
            "{kind:?}"
        );
        let answer = form(&refused)
            .texts(&[("phien-ban", "0"), ("ghi-chu", ""), ("viec", "luu"), value])
            .send(&mut officer, &new)
            .await;
        let report = location(&answer);
        read(&mut officer, &report).await;
        // And back again, in English.
        officer.cookies.insert("lang".to_owned(), "en".to_owned());
        let edit = read(&mut officer, &format!("{report}/sua")).await;
        match kind {
            IndicatorKind::Count => assert!(edit.contains("value=\"1,234.5\""), "{edit}"),
            _ => assert!(edit.contains(" checked"), "{edit}"),
        }
        kinds += 1;
    }
    assert_eq!(kinds, 3);
}

#[tokio::test]
async fn a_report_without_a_value_is_not_handed_in() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let new = province.begin(UNIT, IndicatorKind::Ratio).await;
    let answer = entered(&mut officer, &new, &ratio("0", "", "", "luu")).await;
    let report = location(&answer);
    let answer = officer
        .post(&report, &format!("{report}/gui"), &[("phien-ban", "1")])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("tu-so-loi"), "{}", answer.text());

    // Half of a ratio is kept, shown and asked for.
    let edit = format!("{report}/sua");
    let answer = entered(&mut officer, &edit, &ratio("1", "1.655", "", "luu")).await;
    assert_eq!(location(&answer), report);
    let page = read(&mut officer, &report).await;
    let facts = between(&page, "<dl class=\"facts\">", "</dl>");
    assert!(
        facts.contains("Tử số") && facts.contains("1.655"),
        "{facts}"
    );
    assert!(page.contains("Còn thiếu: Mẫu số."), "{page}");
    let answer = officer
        .post(&report, &format!("{report}/gui"), &[("phien-ban", "2")])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text();
    assert!(
        text.contains("mau-so-loi") && !text.contains("tu-so-loi"),
        "{text}"
    );
    assert!(text.contains("value=\"1.655\""), "{text}");
    // The same form, filled in at the place it names.
    let answer = form(&answer)
        .texts(&ratio("2", "1.655", "2.290", "gui"))
        .send(&mut officer, &edit)
        .await;
    assert_eq!(location(&answer), report);
    assert!(!read(&mut officer, &report).await.contains("Còn thiếu"));
    let list = format!("{}?ky={PERIOD}", links::REPORT_LIST);
    assert!(read(&mut officer, &list).await.contains(&report));
}
