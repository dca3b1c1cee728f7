//! The main job: a number with its evidence, approved, consolidated, public.

use axum::http::StatusCode;
use directory::Role;
use plan::import::IndicatorKind;
use web::pages::links;

use super::province::{Province, UNIT, between, form_at, location, name_of, ratio, read, saved};

const COORDINATOR: &str = "Sở Thông tin và Truyền thông";

#[tokio::test]
async fn a_number_becomes_public_with_its_way() {
    for province in Province::on_each_engine().await {
        becomes_public(&province).await;
    }
}

async fn becomes_public(province: &Province) {
    let mut officer = province.officer().await;
    let mut head = province.person(UNIT, "lanhdao.snv", Role::Head).await;
    let mut coordinator = province
        .person(COORDINATOR, "dieuphoi.sttt", Role::Coordinator)
        .await;

    // The list leads to the form, the form takes a value with its evidence.
    let list = read(&mut officer, links::REPORT_LIST).await;
    assert!(list.contains(links::REPORT_NEW), "{list}");
    let new = province.begin(UNIT, IndicatorKind::Ratio).await;
    let form = form_at(&mut officer, &new).await;
    let answer = form
        .texts(&ratio("0", "1.655", "2.290", "gui"))
        .file("Danh sách hồ sơ.pdf", b"%PDF-1.7 danh sach")
        .send(&mut officer, &new)
        .await;
    let report = location(&answer);
    let page = read(&mut officer, &report).await;
    assert!(page.contains("1.655") && page.contains("72,27"), "{page}");
    let file = format!("/tep/{}", between(&page, "/tep/", "\""));

    // The head finds it among his tasks and sends it back; without a reason he cannot.
    let inbox = read(&mut head, links::INBOX).await;
    assert!(inbox.contains(&report), "{inbox}");
    let answer = head
        .post(
            &report,
            &format!("{report}/tra-lai"),
            &[("phien-ban", "2"), ("ly-do", "  ")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("ly-do-loi"), "{}", answer.text());
    let answer = head
        .post(
            &report,
            &format!("{report}/tra-lai"),
            &[("phien-ban", "2"), ("ly-do", "Thiếu danh sách 18 xã")],
        )
        .await;
    assert_eq!(location(&answer), report);

    // The officer sees why and by whom, corrects it, and hands it in again.
    let inbox = read(&mut officer, links::INBOX).await;
    assert!(inbox.contains("Thiếu danh sách 18 xã"), "{inbox}");
    assert!(inbox.contains(&name_of("lanhdao.snv")), "{inbox}");
    let edit = format!("{report}/sua");
    let form = form_at(&mut officer, &edit).await;
    let answer = form
        .texts(&ratio("3", "1.660", "2.290", "gui"))
        .file("18 xã.csv", b"xa;so\n1;2\n")
        .send(&mut officer, &edit)
        .await;
    assert_eq!(location(&answer), report);
    let page = read(&mut officer, &report).await;
    assert!(page.contains("18 xã.csv") && page.contains("Danh sách hồ sơ.pdf"));

    // Not public yet.
    let mut anybody = province.app.browser();
    let answer = anybody.get(&report).await;
    assert!(location(&answer).starts_with(links::SIGN_IN));

    let answer = head
        .post(&report, &format!("{report}/duyet"), &[("phien-ban", "5")])
        .await;
    assert_eq!(location(&answer), report);
    let inbox = read(&mut coordinator, links::INBOX).await;
    assert!(inbox.contains(&report), "{inbox}");
    let list = read(&mut coordinator, links::REPORT_LIST).await;
    assert!(list.contains(&report), "{list}");
    let consolidate = format!("{report}/tong-hop");
    let answer = coordinator
        .post(&report, &consolidate, &[("phien-ban", "6")])
        .await;
    assert_eq!(location(&answer), report);
    // Pressed twice: done once, and said so.
    let answer = coordinator
        .post(&report, &consolidate, &[("phien-ban", "6")])
        .await;
    assert_eq!(location(&answer), report);

    // Everybody sees the figure and who answers for it, not what was sent back before.
    let page = read(&mut anybody, &report).await;
    assert!(page.contains("72,49"), "{page}");
    for login in ["canbo.snv", "lanhdao.snv", "dieuphoi.sttt"] {
        assert!(page.contains(&name_of(login)), "{login}: {page}");
    }
    assert!(!page.contains("Thiếu danh sách 18 xã"), "{page}");
    assert!(page.contains(COORDINATOR), "{page}");
    let view = province.app.app.plans.view().await.unwrap().unwrap();
    assert_eq!(view.changes.len(), 1);

    // Evidence is for those who sign in.
    assert!(location(&anybody.get(&file).await).starts_with(links::SIGN_IN));
    let answer = head.get(&file).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.bytes, b"%PDF-1.7 danh sach");
    let source = view.body.source[0].sha256.clone();
    let answer = anybody.get(&format!("/tep/{source}")).await;
    assert_eq!(answer.status, StatusCode::OK);

    // The versions show what changed, field by field.
    let history = read(&mut officer, &format!("{report}/lich-su")).await;
    assert!(history.contains("<del>1.655</del>"), "{history}");
    assert!(history.contains("<ins>1.660</ins>"), "{history}");
    let answer = anybody.get(&format!("{report}/lich-su")).await;
    assert!(location(&answer).starts_with(links::SIGN_IN));
}

#[tokio::test]
async fn nobody_decides_on_what_he_handed_in_or_on_another_units_report() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let report = saved(&province, &mut officer, "luu").await;
    // Another unit's people do not know of it.
    for role in [Role::Officer, Role::Head] {
        let login = format!("khac.{}", role.value());
        let mut other = province.person("Sở Công Thương", &login, role).await;
        for path in ["", "/sua", "/lich-su"] {
            let answer = other.get(&format!("{report}{path}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
        let answer = other
            .post(
                links::INBOX,
                &format!("{report}/gop-y"),
                &[("gop-y", "Chào")],
            )
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    // An officer does not approve.
    let answer = officer
        .post(&report, &format!("{report}/gui"), &[("phien-ban", "1")])
        .await;
    assert_eq!(location(&answer), report);
    let answer = officer
        .post(&report, &format!("{report}/duyet"), &[("phien-ban", "2")])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(!answer.text().contains('⟦'));

    // Whoever is both officer and head hands in, and another head decides.
    let unit = province.app.unit(UNIT).await;
    let both = [Role::Officer, Role::Head].map(|role| directory::Grant::new(role, unit));
    let new = directory::NewAccount {
        login: "kiem.nhiem".to_owned(),
        name: "Kiêm Nhiệm".to_owned(),
        password: crate::fixture::PASSWORD.to_owned(),
        grants: both.to_vec(),
        demo: false,
    };
    let directory = &province.app.app.directory;
    directory
        .create_account(&crate::fixture::system(), new)
        .await
        .unwrap();
    let mut both = province.app.browser();
    both.sign_in("kiem.nhiem", crate::fixture::PASSWORD, "/")
        .await;
    let answer = both
        .post(
            &report,
            &format!("{report}/tra-lai"),
            &[("phien-ban", "2"), ("ly-do", "Kiểm lại mẫu số")],
        )
        .await;
    assert_eq!(location(&answer), report);
    let answer = both
        .post(&report, &format!("{report}/gui"), &[("phien-ban", "3")])
        .await;
    assert_eq!(location(&answer), report);
    for (step, fields) in [("duyet", vec![]), ("tra-lai", vec![("ly-do", "Sai")])] {
        let mut sent = vec![("phien-ban", "4")];
        sent.extend(fields);
        let answer = both.post(&report, &format!("{report}/{step}"), &sent).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{step}");
        assert!(answer.text().contains("Cần một người khác"));
    }
    assert!(read(&mut both, links::INBOX).await.contains(&report));
}

#[tokio::test]
async fn comments_are_kept_and_empty_ones_are_asked_for() {
    let province = Province::new().await;
    let mut officer = province.officer().await;
    let report = saved(&province, &mut officer, "gui").await;
    let comment = format!("{report}/gop-y");
    let answer = officer.post(&report, &comment, &[("gop-y", " ")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let long = "ở".repeat(4_001);
    let answer = officer.post(&report, &comment, &[("gop-y", &long)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains(&long), "what was typed is kept");
    let words = "<b>Số liệu</b> tạm tính";
    let answer = officer.post(&report, &comment, &[("gop-y", words)]).await;
    assert_eq!(location(&answer), report);
    let page = read(&mut officer, &report).await;
    assert!(page.contains("Số liệu") && !page.contains(words), "{page}");
}
