//! Changes are made against a version.

use axum::http::StatusCode;
use serde_json::json;

use crate::fixture::run;

#[test]
fn a_stale_change_is_answered_with_both_versions() {
    run(|office| async {
        let (place, begun) = office.draft().await;
        let officer = office.program("canbo.snv");
        let path = format!("/api/v1/observations/{}", begun.id());
        let first = officer
            .matching(&begun)
            .put(&path, &office.report(&place, 46, 60))
            .await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.text());
        for answer in [
            officer
                .matching(&begun)
                .put(&path, &office.report(&place, 47, 60))
                .await,
            officer.step(&begun, "submit").await,
            officer
                .matching(&begun)
                .post(&format!("{path}/comments"), &json!({"text": "Xem lại"}))
                .await,
        ] {
            assert_eq!(answer.status, StatusCode::CONFLICT);
            assert_eq!(answer.problem(), "stale-version");
            let problem = answer.json();
            assert_eq!(
                (
                    &problem["expected"]["version"],
                    &problem["expected"]["numerator"]
                ),
                (&json!(1), &json!(45))
            );
            assert_eq!(
                (
                    &problem["current"]["version"],
                    &problem["current"]["numerator"]
                ),
                (&json!(2), &json!(46))
            );
        }
        assert_eq!(officer.get(&path).await.bytes, first.bytes);
    });
}

#[test]
fn a_version_that_the_asker_may_not_read_is_not_shown() {
    run(|office| async {
        let (_, begun) = office.draft().await;
        let submitted = office.program("canbo.snv").step(&begun, "submit").await;
        assert_eq!(submitted.status, StatusCode::OK);
        let stale = office
            .program("dieuphoi.sttt")
            .step(&begun, "consolidate")
            .await;
        assert_eq!(stale.problem(), "stale-version");
        assert!(stale.json()["expected"].is_null());
        assert_eq!(stale.json()["current"]["version"], 2);
    });
}

#[test]
fn half_of_a_ratio_is_kept_and_not_handed_in() {
    run(|office| async {
        let place = office.place();
        let officer = office.program("canbo.snv");
        let mut half = office.report(&place, 45, 60);
        half["denominator"] = serde_json::Value::Null;
        let begun = officer.post("/api/v1/observations", &half).await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
        assert_eq!(begun.json()["numerator"], 45);
        let submitted = officer.step(&begun, "submit").await;
        assert_eq!(submitted.status, StatusCode::UNPROCESSABLE_ENTITY);
        let missing = ("/denominator".to_owned(), "field-required".to_owned());
        assert_eq!(submitted.faults(), [missing]);
    });
}

#[test]
fn the_version_must_be_said() {
    run(|office| async {
        let (place, begun) = office.draft().await;
        let officer = office.program("canbo.snv");
        let path = format!("/api/v1/observations/{}", begun.id());
        let body = office.report(&place, 46, 60);
        let missing = officer.put(&path, &body).await;
        assert_eq!(
            (missing.status.as_u16(), missing.problem()),
            (428, "if-match-missing".to_owned())
        );
        for tag in ["*", "W/\"1\"", "1", "\"một\"", "\"1\", \"2\""] {
            let answer = officer.with("if-match", tag).put(&path, &body).await;
            assert_eq!(answer.status.as_u16(), 412, "{tag}");
        }
        let twice = officer.with("if-match", "\"1\"").with("if-match", "\"1\"");
        assert_eq!(twice.put(&path, &body).await.status.as_u16(), 412);
    });
}

#[test]
fn a_report_stays_what_it_is_about() {
    run(|office| async {
        let (place, begun) = office.draft().await;
        let officer = office.program("canbo.snv").matching(&begun);
        let path = format!("/api/v1/observations/{}", begun.id());
        let mut moved = office.report(&place, 1, 2);
        moved["period"] = "2023Q2".into();
        let answer = officer.put(&path, &moved).await;
        assert_eq!(
            answer.faults(),
            [("/period".to_owned(), "not-changeable".to_owned())]
        );
        let again = office
            .program("canbo.snv")
            .post("/api/v1/observations", &office.report(&place, 1, 2))
            .await;
        assert_eq!(
            (again.status, again.problem()),
            (StatusCode::CONFLICT, "report-exists".to_owned())
        );
    });
}

#[test]
fn what_is_known_is_not_sent_again() {
    run(|office| async {
        let (_, begun) = office.draft().await;
        let officer = office.program("canbo.snv");
        let path = format!("/api/v1/observations/{}", begun.id());
        for path in [
            path.as_str(),
            "/api/v1/plan",
            "/api/v1/units?limit=3",
            "/api/openapi.json",
            "/api/v1/me",
        ] {
            let first = officer.get(path).await;
            assert_eq!(first.status, StatusCode::OK, "{}", first.text());
            let tag = first.header("etag").to_owned();
            let known = officer
                .with("if-none-match", format!("\"x\", W/{tag}"))
                .get(path)
                .await;
            assert_eq!(
                (known.status, known.bytes.len()),
                (StatusCode::NOT_MODIFIED, 0),
                "{path}"
            );
            assert_eq!(known.header("etag"), tag);
            assert_eq!(known.header("cache-control"), first.header("cache-control"));
            let other = officer.with("if-none-match", "\"x\"").get(path).await;
            assert_eq!((other.status, other.bytes), (StatusCode::OK, first.bytes));
        }
        let shown = officer.get(&path).await;
        assert_eq!(shown.header("cache-control"), "private, no-cache");
        assert!(
            shown
                .headers
                .get_all("vary")
                .iter()
                .any(|vary| vary == "authorization, cookie")
        );
        // With an account one sees figures that are not published: nobody else keeps them.
        for (who, policy) in [
            (officer, "private, no-cache"),
            (office.nobody(), "public, no-cache"),
        ] {
            let plan = who.get("/api/v1/plan").await;
            assert_eq!(plan.header("cache-control"), policy);
        }
    });
}
