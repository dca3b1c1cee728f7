//! Finding targets and units by words, and words that mean harm.

use web::pages::links;

use super::fixture::{over_the_plan, targets};
use crate::fixture::TestApp;

async fn listed(app: &TestApp, words: &str) -> Vec<u16> {
    let path = format!("{}?q={}", links::TARGET_LIST, links::encode(words));
    targets(&app.page(&path).await)
}

#[test]
fn words_find_targets_with_and_without_tone_marks() {
    over_the_plan(|app| async move {
        let toned = listed(app, "thanh toán không dùng tiền mặt").await;
        let plain = listed(app, "thanh toan khong dung tien mat").await;
        assert!(!toned.is_empty() && toned.len() < 20, "{toned:?}");
        assert_eq!(toned, plain);
        let decomposed: String =
            unicode_normalization::UnicodeNormalization::nfd("thanh toán không dùng tiền mặt")
                .collect();
        assert_eq!(listed(app, &decomposed).await, toned);
        assert_eq!(listed(app, "zzzz").await, Vec::<u16>::new());
        assert!(listed(app, "148").await.contains(&148));
    });
}

#[test]
fn typed_tones_tell_communes_apart() {
    over_the_plan(|app| async move {
        let units = |words: &str| format!("{}?q={}", links::SEARCH, links::encode(words));
        let page = app.page(&units("xã Đông Thành")).await;
        assert!(page.contains("UBND xã Đông Thành") && !page.contains("Đông Thạnh"));
        let page = app.page(&units("xã Đông Thạnh")).await;
        assert!(page.contains("UBND xã Đông Thạnh") && !page.contains("UBND xã Đông Thành"));
        let page = app.page(&units("xa dong thanh")).await;
        assert!(page.contains("UBND xã Đông Thành") && page.contains("UBND xã Đông Thạnh"));
    });
}

#[test]
fn results_are_paged_without_doubles() {
    over_the_plan(|app| async move {
        let view = app.app.plans.view().await.unwrap().unwrap();
        let all = view.search("UBND", 10_000).len().min(600);
        let mut seen = 0;
        let mut path = format!("{}?q=UBND", links::SEARCH);
        loop {
            let page = app.page(&path).await;
            let hits = page.split("class=\"list\"").nth(1).unwrap();
            seen += hits.split("</ol>").next().unwrap().matches("<li>").count();
            let Some((before, _)) = page.split_once("\" rel=\"next\"") else {
                break;
            };
            let next = &before[before.rfind('"').unwrap() + 1..];
            path = next.replace("&#38;", "&").replace("&amp;", "&");
        }
        assert!(all > 60);
        assert_eq!(seen, all);
    });
}

#[test]
fn hostile_questions_are_only_words() {
    over_the_plan(|app| async move {
        let long = "đ".repeat(3_000);
        for words in [
            "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
            "%00",
            "a%00b",
            "%ff%fe",
            "%F0%9F%98%80",
            "x&q=y&q[]=z&=&&%",
            "..%2f..%2fetc",
            "' OR 1=1 --",
            &links::encode(&long),
            &"a+".repeat(2_000),
        ] {
            let words = words.replace(' ', "+");
            for path in [
                format!("/ke-hoach?q={words}"),
                format!("/ke-hoach?nhom={words}&chu-tri={words}&trang-thai={words}"),
                format!("/tim?q={words}&trang={words}"),
                format!("/tim?q=ubnd&trang=99999999999999999999{words}"),
            ] {
                let page = app.page(&path).await;
                let start: String = path.chars().take(80).collect();
                assert!(!page.contains("<script>"), "{start}");
                assert!(!page.contains("<img"), "{start}");
                assert!(!page.contains('\0'), "{start}");
                assert!(!page.contains('⟦'), "{start}");
            }
        }
    });
}
