//! What a unit reports, what all units have handed in, what waits for whom.

use axum::http::StatusCode;
use directory::{Act, Role};
use plan::import::IndicatorKind;
use web::pages::links;

use super::province::{PERIOD, Province, UNIT, begin, between, entered, location, ratio, read};
use crate::personal::holding;

#[tokio::test]
async fn a_head_approves_many_and_sees_which_were_not() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let mut head = province.person(UNIT, "lanhdao.snv", Role::Head).await;
    let mut reports = Vec::new();
    for (number, place) in province
        .targets(UNIT, IndicatorKind::Ratio)
        .await
        .into_iter()
        .take(3)
    {
        let new = begin(number, place, PERIOD);
        let answer = entered(&mut officer, &new, &ratio("0", "1", "2", "gui")).await;
        reports.push((number, location(&answer)));
    }
    assert_eq!(reports.len(), 3);
    let here = format!("{}?ky={PERIOD}", links::REPORT_LIST);
    let list = read(&mut head, &here).await;
    let ticks: Vec<String> = reports
        .iter()
        .map(|(_, report)| format!("{}:2", report.rsplit('/').next().unwrap()))
        .collect();
    assert!(
        ticks
            .iter()
            .all(|tick| list.contains(&format!("value=\"{tick}\""))),
        "{list}"
    );
    assert!(
        !read(&mut officer, &here)
            .await
            .contains("type=\"checkbox\" name=\"id\"")
    );
    let counted = between(&list, "class=\"count\">", "<");
    assert_eq!(counted, "3");

    // The second one is sent back meanwhile: the others are approved, it says why not.
    let (number, second) = &reports[1];
    head.post(
        second,
        &format!("{second}/tra-lai"),
        &[("phien-ban", "2"), ("ly-do", "Thiếu tệp")],
    )
    .await;
    let unit = province.app.unit(UNIT).await.to_string();
    let mut fields = vec![
        ("ky", PERIOD),
        ("tinh-trang", ""),
        ("don-vi", unit.as_str()),
    ];
    fields.extend(ticks.iter().map(|tick| ("id", tick.as_str())));
    let answer = head.post(&here, links::APPROVE_MANY, &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let text = answer.text();
    assert!(
        text.contains(&format!("Mục tiêu {number} chưa được duyệt")),
        "{text}"
    );
    assert_eq!(text.matches("chưa được duyệt:").count(), 1, "{text}");
    for (_, report) in [&reports[0], &reports[2]] {
        assert!(read(&mut head, report).await.contains("state-approved"));
    }
    let answer = head.post(&here, links::APPROVE_MANY, &fields[..3]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Chưa chọn báo cáo nào"));

    // By state, and over all units for whoever follows them.
    let list = read(&mut officer, &format!("{here}&tinh-trang=sent_back")).await;
    assert!(
        list.contains(second) && !list.contains(&reports[0].1),
        "{list}"
    );
    let mut viewer = province
        .person("Sở Thông tin và Truyền thông", "lanhdaotinh", Role::Viewer)
        .await;
    for query in ["?tinh-trang=approved", "?tinh-trang=approved&ky=2023Q1"] {
        let list = read(&mut viewer, &format!("{}{query}", links::REPORT_LIST)).await;
        assert!(
            list.contains(&reports[0].1) && !list.contains(second),
            "{list}"
        );
        assert!(list.contains(UNIT), "{list}");
    }
    let list = read(&mut viewer, "/bao-cao?tinh-trang=approved&ky=2023Q2").await;
    assert!(!list.contains(&reports[0].1), "{list}");
}

#[tokio::test]
async fn lists_speak_both_languages_and_drafts_stay_inside() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let mut coordinator = province
        .person(
            "Sở Thông tin và Truyền thông",
            "dieuphoi.sttt",
            Role::Coordinator,
        )
        .await;
    let draft = super::province::saved(&province, &mut officer, "luu").await;
    for lang in ["vi", "en"] {
        for browser in [&mut officer, &mut coordinator] {
            browser.cookies.insert("lang".to_owned(), lang.to_owned());
            for path in [
                links::INBOX,
                links::REPORT_LIST,
                "/viec-cua-toi?loai=duyet",
                "/bao-cao?sau=zz",
            ] {
                read(browser, path).await;
            }
        }
        for path in ["", "/sua", "/lich-su"] {
            read(&mut officer, &format!("{draft}{path}")).await;
        }
    }
    assert_eq!(coordinator.get(&draft).await.status, StatusCode::NOT_FOUND);
    for state in ["draft", "none", "x"] {
        let list = read(&mut coordinator, &format!("/bao-cao?tinh-trang={state}")).await;
        assert!(!list.contains(&draft), "{state}");
    }
    let mut anybody = province.app.browser();
    for path in [links::INBOX, links::REPORT_LIST] {
        assert!(location(&anybody.get(path).await).starts_with(links::SIGN_IN));
    }
}

#[tokio::test]
async fn a_decision_is_told_below_the_tasks_until_it_is_put_aside() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let mut head = province.person(UNIT, "lanhdao.snv", Role::Head).await;
    let report = super::province::saved(&province, &mut officer, "gui").await;
    let fields = [("phien-ban", "2"), ("ly-do", "Thiếu danh sách")];
    let answer = head
        .post(&report, &format!("{report}/tra-lai"), &fields)
        .await;
    assert_eq!(location(&answer), report);
    assert!(!read(&mut officer, links::INBOX).await.contains("thong-bao"));
    let (store, plans) = (province.app.app.store(), &province.app.app.plans);
    let worker = store.context().new_id();
    for job in store.lease_jobs(worker, 10, 60).await.unwrap() {
        plans.notify(&job, worker).await.unwrap();
    }
    let inbox = read(&mut officer, links::INBOX).await;
    assert!(
        inbox.contains("Thông báo") && inbox.contains("bị trả lại."),
        "{inbox}"
    );
    assert!(!read(&mut head, links::INBOX).await.contains("thong-bao"));
    let path = format!(
        "/viec-cua-toi/thong-bao/{}",
        between(&inbox, "/thong-bao/", "\"")
    );
    let answer = head.post(links::INBOX, &path, &[]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let answer = officer.post(links::INBOX, &path, &[]).await;
    assert_eq!(location(&answer), links::INBOX);
    let inbox = read(&mut officer, links::INBOX).await;
    assert!(
        inbox.contains("Đã cất thông báo") && !inbox.contains("/thong-bao/"),
        "{inbox}"
    );
    let answer = officer
        .post(links::INBOX, "/viec-cua-toi/thong-bao/x/cat", &[])
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_is_to_correct_a_report_is_told_until_when_whatever_the_role_is_called() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let mut head = province.person(UNIT, "lanhdao.snv", Role::Head).await;
    let report = super::province::saved(&province, &mut officer, "gui").await;
    let fields = [("phien-ban", "2"), ("ly-do", "Thiếu danh sách")];
    let back = format!("{report}/tra-lai");
    location(&head.post(&report, &back, &fields).await);
    let verbs = [Act::Read, Act::Draft, Act::Submit];
    let mut writer = holding(&province.app, "cong_tac_vien", "observation", &verbs, &[]).await;
    for browser in [&mut officer, &mut writer] {
        let list = read(browser, &format!("{}?ky={PERIOD}", links::REPORT_LIST)).await;
        assert_eq!(list.matches("<b>Còn ").count(), 1, "{list}");
    }
}
