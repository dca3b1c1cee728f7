//! What is strange about a value is asked about beside it, and told to whoever decides.

use axum::http::StatusCode;
use directory::Role;
use plan::import::IndicatorKind;

use super::province::{
    Province, UNIT, begin, between, entered, form, location, name_of, ratio, read,
};

const WORDS: &str = "Quý I báo gộp cả đơn vị trực thuộc";

/// The pairs of findings and words that a page's form has.
fn asked(page: &str) -> Vec<String> {
    let start = "name=\"phat-hien\" value=\"";
    let parts = page.split(start).skip(1);
    parts
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_strange_value_goes_on_with_its_explanation_and_not_without() {
    for province in Province::on_each_engine().await {
        let mut officer = province.officer().await;
        let (number, place) = province.targets(UNIT, IndicatorKind::Ratio).await[0];
        let first = begin(number, place, "2023Q1");
        let answer = entered(&mut officer, &first, &ratio("0", "80", "100", "gui")).await;
        let first = location(&answer);
        assert!(!read(&mut officer, &first).await.contains("class=\"check\""));

        let second = begin(number, place, "2023Q2");
        let refused = entered(&mut officer, &second, &ratio("0", "30", "100", "gui")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = refused.text();
        assert!(!text.contains('⟦'), "{text}");
        // All that was typed is there, what is strange about it, and room for words.
        for kept in [
            "value=\"30\"",
            "Trích từ hệ thống",
            "Tử số lũy kế giảm từ 80 (quý I/2023) xuống 30",
            "lệch 50 điểm phần trăm",
            "href=\"#giai-trinh-1\"",
        ] {
            assert!(text.contains(kept), "{kept}: {text}");
        }
        let tokens = asked(text);
        assert_eq!(tokens.len(), 2);
        let action = between(text, "enctype=\"multipart/form-data\" data-draft=\"", "\"");
        let action = action.to_owned();
        // One word is no explanation, and comes back as it was typed.
        let explained = |sending: super::province::Sending, words: [&str; 2]| {
            let pairs = tokens.iter().zip(words);
            pairs.fold(sending, |sending, (token, words)| {
                sending.text("phat-hien", token).text("giai-trinh", words)
            })
        };
        let refused = explained(form(&refused), [WORDS, "ok"])
            .texts(&ratio("1", "30", "100", "gui"))
            .send(&mut officer, &action)
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(">ok</textarea>"));
        assert!(refused.text().contains("ít nhất 10 chữ cái"));
        let answer = explained(form(&refused), [WORDS, WORDS])
            .texts(&ratio("2", "30", "100", "gui"))
            .send(&mut officer, &action)
            .await;
        let report = location(&answer);
        // Whoever approves reads both, in the report and in the list.
        let mut head = province.person(UNIT, "lanhdao.snv", Role::Head).await;
        let page = read(&mut head, &report).await;
        assert_eq!(page.matches("<blockquote>").count(), 2 + 2, "{page}");
        assert!(page.contains(WORDS) && page.contains(&name_of("canbo.snv")));
        let list = read(&mut head, "/bao-cao?ky=2023Q2").await;
        assert!(list.contains("2 điểm bất thường"), "{list}");
        let version = [("phien-ban", "4")];
        let approve = format!("{report}/duyet");
        assert_eq!(
            location(&head.post(&report, &approve, &version).await),
            report
        );
        let mut coordinator = province
            .person(
                "Sở Thông tin và Truyền thông",
                "dieuphoi",
                Role::Coordinator,
            )
            .await;
        assert!(read(&mut coordinator, &report).await.contains(WORDS));
        let consolidate = format!("{report}/tong-hop");
        let version = [("phien-ban", "5")];
        location(&coordinator.post(&report, &consolidate, &version).await);
        // And so does everybody who asks where the public figure comes from.
        let mut anybody = province.app.browser();
        let target = read(&mut anybody, &format!("/muc-tieu/{number}")).await;
        assert!(target.contains(WORDS), "{target}");
    }
}

#[tokio::test]
async fn words_about_another_value_must_be_confirmed() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let (number, place) = province.targets(UNIT, IndicatorKind::Ratio).await[0];
    let first = begin(number, place, "2023Q1");
    let answer = entered(&mut officer, &first, &ratio("0", "80", "100", "gui")).await;
    location(&answer);
    let second = begin(number, place, "2023Q2");
    let answer = entered(&mut officer, &second, &ratio("0", "70", "100", "luu")).await;
    let report = location(&answer);
    // The button below the draft leads to the form.
    let submit = format!("{report}/gui");
    let refused = officer.post(&report, &submit, &[("phien-ban", "1")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let token = asked(refused.text()).remove(0);
    let edit = format!("{report}/sua");
    let refused = form(&refused)
        .text("phat-hien", &token)
        .text("giai-trinh", WORDS)
        .texts(&ratio("1", "60", "100", "gui"))
        .send(&mut officer, &edit)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(text.contains(WORDS) && text.contains("Số liệu đã đổi từ khi viết lời này"));
    let token = asked(text).remove(0);
    let answer = form(&refused)
        .text("phat-hien", &token)
        .text("giai-trinh", WORDS)
        .texts(&ratio("2", "60", "100", "gui"))
        .send(&mut officer, &edit)
        .await;
    assert_eq!(location(&answer), report);
}
