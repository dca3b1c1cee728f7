//! How targets are measured, and the form that confirms it.

use axum::http::StatusCode;
use directory::Role;

use super::fixture::{over_the_plan, targets};

#[test]
fn everybody_sees_what_is_counted_why_and_what_is_in_doubt() {
    over_the_plan(|app| async move {
        let all = app.page("/so-do").await;
        // The two that share a figure lead to each other, out of order.
        let mut shown = targets(&all);
        shown.sort_unstable();
        assert_eq!(shown, (1..=148).collect::<Vec<u16>>());
        assert!(all.contains("từ 85\u{a0}% trở lên") && all.contains("trên 50\u{a0}%"));
        assert!(!all.contains("/muc-tieu/12/so-do"));
        let doubtful = app.page("/so-do?loc=xem-lai").await;
        assert!(targets(&doubtful).contains(&35) && !targets(&doubtful).contains(&12));
        assert!(doubtful.contains("Nội dung ghi tối thiểu 02 chuyên gia, ô mục tiêu ghi 01"));
        // One figure for two targets, and each says so.
        assert!(app.page("/muc-tieu/138").await.contains("/muc-tieu/62"));
    });
}

#[test]
fn the_coordinator_confirms_and_what_is_wrong_comes_back_as_typed() {
    over_the_plan(|app| async move {
        let mut coordinator = app.signed_in("dieu.phoi", Role::Coordinator).await;
        let form = "/muc-tieu/41/so-do";
        let page = coordinator.get(form).await;
        let value = |name: &str| {
            let at = page.text().find(&format!("name=\"{name}\"")).unwrap();
            let rest = &page.text()[at..];
            let from = rest.find("value=\"").unwrap() + 7;
            rest[from..].split('"').next().unwrap().to_owned()
        };
        let (id, version) = (value("chi-so-1"), value("phien-ban-1"));
        let fields = |value, counts| {
            [
                ("chi-so-1", id.as_str()),
                ("phien-ban-1", version.as_str()),
                ("loai-1", "ratio"),
                ("chieu-1", "at-least"),
                ("muc-1", value),
                ("don-vi-1", ""),
                ("dem-1", counts),
                ("tren-1", "ý kiến đã tiếp nhận"),
            ]
        };
        for (value, counts) in [("chín mươi", "ý kiến"), ("101", "ý kiến"), ("90", " ")] {
            let refused = coordinator.post(form, form, &fields(value, counts)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
            assert!(refused.text().contains("ý kiến đã tiếp nhận"), "{value}");
        }
        let unknown = [fields("90", "ý kiến")[0]];
        let refused = coordinator.post(form, form, &unknown).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

        let sent = fields("92,5", "ý kiến trả lời đúng hạn");
        let done = coordinator.post(form, form, &sent).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let shown = app.page("/muc-tieu/41").await;
        assert!(shown.contains("ý kiến trả lời đúng hạn") && shown.contains("đã xác nhận"));
        assert!(!targets(&app.page("/so-do?loc=chua-xac-nhan").await).contains(&41));
        // The page that was open before says that somebody was faster.
        let stale = coordinator.post(form, form, &sent).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.text().contains("ý kiến trả lời đúng hạn"));
    });
}
